//! Expressions that statements are made of; the two databases spell some of them differently.

use sea_orm::sea_query::Expr;
use sea_orm::{DbBackend, EntityTrait, Iterable, PrimaryKeyToColumn};

use super::{Parameter, ViewerFact};

/// The column of an entity's primary key; each has just one.
pub(crate) fn primary_key<E: EntityTrait>() -> E::Column {
    #[expect(
        clippy::expect_used,
        reason = "SeaORM refuses an entity without a primary key"
    )]
    E::PrimaryKey::iter()
        .next()
        .expect("an entity has a primary key")
        .into_column()
}

/// An expression that the two databases spell differently.
fn custom<const N: usize>(
    backend: DbBackend,
    postgres: &'static str,
    sqlite: &'static str,
    parts: [Expr; N],
) -> Expr {
    match backend {
        DbBackend::Postgres => Expr::cust_with_exprs(postgres, parts),
        _ => Expr::cust_with_exprs(sqlite, parts),
    }
}

/// `expr` is one of the ids of a parameter.
pub(crate) fn id_in(expr: Expr, ids: Parameter, backend: DbBackend) -> Expr {
    let sqlite = "? IN (SELECT unhex(value) FROM json_each(?))";
    custom(backend, "$1 = ANY($2)", sqlite, [expr, ids.expr()])
}

/// Two ids are one of the pairs of a parameter.
pub(super) fn pair_in(first: Expr, second: Expr, pairs: Parameter, backend: DbBackend) -> Expr {
    // `unnest`, because PostgreSQL expects the same few rows of it whatever it is given: it plans once, and not at every request.
    let postgres = "($1, $2) IN (SELECT pair.first, pair.second
        FROM (SELECT $3::uuid[] AS ids, cardinality($3::uuid[]) / 2 AS half) AS of,
            unnest(of.ids[:of.half], of.ids[of.half + 1:]) AS pair(first, second))";
    let sqlite = "(hex(?) || hex(?)) IN (SELECT value FROM json_each(?))";
    custom(backend, postgres, sqlite, [first, second, pairs.expr()])
}

/// `expr` is one of the texts of a parameter.
pub(crate) fn text_in(expr: Expr, texts: Parameter, backend: DbBackend) -> Expr {
    let sqlite = "? IN (SELECT value FROM json_each(?))";
    custom(backend, "$1 = ANY($2)", sqlite, [expr, texts.expr()])
}

/// `expr`, a list of texts, holds one of the texts of a parameter.
pub(crate) fn lists_one_of(expr: Expr, texts: Parameter, backend: DbBackend) -> Expr {
    let postgres = "EXISTS (SELECT 1 FROM jsonb_array_elements_text($1) AS listed WHERE listed = ANY($2))";
    let sqlite = "EXISTS (SELECT 1 FROM json_each(?) AS listed WHERE listed.value IN (SELECT value FROM json_each(?)))";
    custom(backend, postgres, sqlite, [expr, texts.expr()])
}

/// `expr` contains a parameter's text, whatever its case; the text is a pattern with `\\` as its escape.
pub(crate) fn text_like(expr: Expr, pattern: Parameter, backend: DbBackend) -> Expr {
    let (postgres, sqlite) = (r"lower($1) LIKE $2 ESCAPE '\'", r"lower(?) LIKE ? ESCAPE '\'");
    custom(backend, postgres, sqlite, [expr, pattern.expr()])
}

/// The viewer has this fact: it is true, the set is not empty, the value is not null. This is known before the database is
/// asked: what it excludes costs nothing.
#[must_use]
pub fn has(fact: ViewerFact) -> Expr {
    Parameter::Has(fact).expr()
}

/// The fact is true.
#[must_use]
pub fn is_true(fact: ViewerFact) -> Expr {
    has(fact)
}

/// The number of rows.
pub(crate) fn count_rows() -> Expr {
    Expr::cust("count(*)")
}
