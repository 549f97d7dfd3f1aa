//! The statements of a search.

use sea_orm::DbBackend;
use sea_orm::sea_query::{
    Alias, CaseStatement, Condition, Expr, ExprTrait, JoinType, Order, Query, SelectStatement,
};

use super::super::{Parameter, Reached, Rows, Scoped, count_rows, primary_key};
use super::{FITS, IN_TITLE, Place, Search, UNWANTED, WANTED};

/// Which of the rows that fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// Those that have all that is wanted in their head: title, topics and summary.
    Head,
    /// All others.
    Text,
    /// All, wherever they have it.
    Anywhere,
}

/// How many rows fit.
pub(super) fn total<E: Scoped>(search: &Search<'_, E>, backend: DbBackend) -> SelectStatement {
    let (index, fits) = fits(Part::Anywhere, search, backend);
    let mut total = matches(search, &index, fits, backend);
    total.expr(count_rows());
    total
}

/// A page of a part of them, with columns of their own if there are any; after a position if it is `positioned`.
///
/// What fits by the index is put in order by its keys, and then row by row it is looked whether it is in scope, until the page is full. Both
/// databases see that the order is that of the keys: they sort nothing twice, and read no more rows than they must.
pub(super) fn page<E: Scoped>(
    search: &Search<'_, E>,
    part: Part,
    columns: &[E::Column],
    positioned: bool,
    backend: DbBackend,
) -> SelectStatement {
    let (index, fits) = fits(part, search, backend);
    let (mut fitting, keys) = indexed(search, &index, fits, backend);
    let key = column(&keys, "version_id");
    let place = match part {
        Part::Head => in_head::<E>(backend),
        Part::Text | Part::Anywhere => number(Place::Text),
    };
    fitting
        .expr_as(key.clone(), Alias::new("id"))
        .expr_as(place.clone(), Alias::new("place"));
    nearest_first(&mut fitting, part, Expr::col(Alias::new("place")), key.clone());
    if positioned {
        fitting.and_where(beyond(part, place, key));
    }
    // Without a limit SQLite takes the order of a subquery for an idle wish.
    fitting.limit(i64::MAX.unsigned_abs());
    let rows = Rows::<E>::new("t0", backend);
    let mut page = Query::select();
    page.expr(column("fitting", "id"))
        .expr(column("fitting", "place"))
        .exprs(columns.iter().map(|column| rows.column(*column)))
        .from_subquery(fitting, Alias::new("fitting"))
        // SQLite takes it for the order in which to go through the tables.
        .join_as(
            JoinType::CrossJoin,
            E::default(),
            Alias::new("t0"),
            Condition::all(),
        )
        .and_where(rows.column(primary_key::<E>()).eq(column("fitting", "id")));
    readable(&mut page, search, &rows, backend);
    nearest_first(
        &mut page,
        part,
        column("fitting", "place"),
        column("fitting", "id"),
    );
    page.limit(Parameter::limit());
    page
}

/// Those found nearer to the front first, and of them the newest. In the texts all have the same place: PostgreSQL would not see that an order
/// by it is none.
fn nearest_first(select: &mut SelectStatement, part: Part, place: Expr, key: Expr) {
    if part == Part::Head {
        select.order_by_expr(place, Order::Desc);
    }
    select.order_by_expr(key, Order::Desc);
}

/// What comes after a position.
fn beyond(part: Part, place: Expr, key: Expr) -> Expr {
    let there = Parameter::Position(0).expr();
    match part {
        Part::Head => Expr::tuple([place, key]).lt(Expr::tuple([Parameter::Position(1).expr(), there])),
        Part::Text | Part::Anywhere => key.lt(there),
    }
}

/// The rows that fit by an index, in scope, as `t0`; nothing is selected of them yet.
fn matches<E: Scoped>(
    search: &Search<'_, E>,
    index: &str,
    fits: Expr,
    backend: DbBackend,
) -> SelectStatement {
    let rows = Rows::<E>::new("t0", backend);
    let (mut select, keys) = indexed(search, index, fits, backend);
    let same = rows.column(primary_key::<E>()).eq(column(&keys, "version_id"));
    select.join_as(
        JoinType::InnerJoin,
        E::default(),
        Alias::new("t0"),
        Condition::all().add(same),
    );
    readable(&mut select, search, &rows, backend);
    select
}

/// What fits by an index, and the table that has its keys.
fn indexed<E: Scoped>(
    search: &Search<'_, E>,
    index: &str,
    fits: Expr,
    backend: DbBackend,
) -> (SelectStatement, String) {
    let mut select = Query::select();
    select.from(Alias::new(index));
    let keys = if backend == DbBackend::Postgres {
        index.to_owned()
    } else {
        let on = Condition::all().add(number_of::<E>().eq(column(index, "rowid")));
        let numbers = numbers::<E>();
        select.join(JoinType::InnerJoin, Alias::new(&numbers), on);
        numbers
    };
    if search.leaves_out_past {
        select.and_where(column(&keys, "past").eq(false));
    }
    select.and_where(fits);
    (select, keys)
}

/// Only rows that the viewer may read and that the client asked for.
fn readable<E: Scoped>(
    select: &mut SelectStatement,
    search: &Search<'_, E>,
    rows: &Rows<E>,
    backend: DbBackend,
) {
    select
        .cond_where(E::scope(rows).into_condition(Reached::Directly))
        .cond_where((search.narrowed)(search.tests, rows, backend));
}

/// The index in which to look for a part of the rows that fit, and the condition on it.
fn fits<E: Scoped>(part: Part, search: &Search<'_, E>, backend: DbBackend) -> (String, Expr) {
    let (words, heads) = (words::<E>(), heads::<E>());
    let has_unwanted = !search.query.unwanted.is_empty();
    match (part, backend) {
        (Part::Head, DbBackend::Postgres) => {
            let mut fits = asked(column(&words, "head"), WANTED);
            if has_unwanted {
                // What no index is asked for: the rows are few.
                fits = fits.and(asked(column(&words, "text"), UNWANTED).not());
            }
            (words, fits)
        }
        (Part::Text, DbBackend::Postgres) => {
            let elsewhere = asked(column(&words, "head"), WANTED).not();
            let fits = asked(column(&words, "text"), FITS).and(elsewhere);
            (words, fits)
        }
        (Part::Anywhere, DbBackend::Postgres) => {
            let fits = asked(column(&words, "text"), FITS);
            (words, fits)
        }
        (Part::Head, _) => {
            let mut fits = matched(&heads, WANTED);
            if has_unwanted {
                fits = fits.and(is_among::<E>(&words, UNWANTED).not());
            }
            (heads, fits)
        }
        (Part::Text, _) => {
            let fits = matched(&words, FITS).and(is_among::<E>(&heads, WANTED).not());
            (words, fits)
        }
        (Part::Anywhere, _) => {
            let fits = matched(&words, FITS);
            (words, fits)
        }
    }
}

/// The name of a table's index.
fn words<E: Scoped>() -> String {
    format!("{}_words", E::default().table_name())
}

/// On SQLite, the index of its titles, topics and summaries. PostgreSQL has one on a column of the other.
fn heads<E: Scoped>() -> String {
    format!("{}_head", words::<E>())
}

/// On SQLite, where both indexes have the numbers of their texts from.
fn numbers<E: Scoped>() -> String {
    format!("{}_key", words::<E>())
}

fn number_of<E: Scoped>() -> Expr {
    column(&numbers::<E>(), "number")
}

fn column(table: &str, name: &str) -> Expr {
    Expr::col((Alias::new(table), Alias::new(name)))
}

/// Where in the head the words were found, as a number.
fn in_head<E: Scoped>(backend: DbBackend) -> Expr {
    let title = match backend {
        DbBackend::Postgres => asked(column(&words::<E>(), "title"), IN_TITLE),
        _ => is_among::<E>(&heads::<E>(), IN_TITLE),
    };
    CaseStatement::new()
        .case(title, number(Place::Title))
        .finally(number(Place::Head))
        .into()
}

fn number(place: Place) -> Expr {
    Expr::val(place as i32)
}

/// On PostgreSQL, a document fits.
fn asked(document: Expr, query: Parameter) -> Expr {
    Expr::cust_with_exprs(
        "$1 @@ (SELECT to_tsquery('roundtable_english', $2))",
        [document, query.expr()],
    )
}

/// On SQLite, an index's row at hand fits.
fn matched(index: &str, query: Parameter) -> Expr {
    Expr::cust_with_exprs("? MATCH ?", [Expr::col(Alias::new(index)), query.expr()])
}

/// On SQLite, the text at hand is one of those that fit by an index: they are looked up once, not for each.
fn is_among<E: Scoped>(index: &str, query: Parameter) -> Expr {
    let mut fitting = Query::select();
    fitting
        .expr(Expr::col(Alias::new("rowid")))
        .from(Alias::new(index))
        .and_where(matched(index, query));
    number_of::<E>().in_subquery(fitting)
}
