//! Full-text search within a viewer's scope.
//!
//! The index of a table is kept by the database, in the transaction that changes a row: see the migration that creates
//! `<table>_words`. A search asks the index for rows that fit, keeps those in scope, and orders them by where the words were
//! found: in the title, in what introduces the text, or in the text itself; within each the newest first.
//!
//! A row's place depends on nothing but that row. The usual measures of relevance count in how many texts a word is found,
//! those included that the viewer may not read: by moving around what is shown, a hidden text would tell which words are in it.
//! And a cursor would lose its place whenever anything is written.

mod fold;
mod query;
mod spelling;

use sea_orm::sea_query::{
    Alias, CaseStatement, Condition, Expr, ExprTrait, JoinType, Order, Query, SelectStatement,
};
use sea_orm::{DbBackend, prelude::Uuid};

pub use fold::fold;
pub use query::{Phrase, QueryFault, TextQuery, is_common};
use spelling::Spelt;

use super::{
    Bound, Parameter, Reached, ReadSession, Rows, Scoped, StoreError, Template, count_rows, primary_key, row,
};

/// Where the words of a search were found: the higher, the nearer to the front.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the text, or some here and some there.
    Text = 0,
    /// In title, topics and summary.
    Head = 1,
    /// All in the title.
    Title = 2,
}

impl Place {
    /// The place with this number.
    #[must_use]
    pub const fn from_number(number: i32) -> Option<Self> {
        match number {
            0 => Some(Self::Text),
            1 => Some(Self::Head),
            2 => Some(Self::Title),
            _ => None,
        }
    }
}

/// A row that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its id.
    pub id: Uuid,
    /// Where the words were found.
    pub place: Place,
    /// The columns asked for.
    pub texts: Vec<Option<String>>,
}

/// Which rows count beside those that fit, with a client's values as [`Search::filter`].
type Narrowed<'a, E> = &'a (dyn Fn(&Rows<E>, DbBackend) -> Condition + Sync);

/// What is asked of an indexed table.
#[derive(Clone, Copy)]
pub struct Search<'a, E: Scoped> {
    query: &'a TextQuery,
    narrowed: Narrowed<'a, E>,
    filters: &'a [Bound],
    leaves_out_past: bool,
}

/// The parameters of the search itself stand before the client's filters.
const FITS: Parameter = Parameter::Filter(0);
const IN_TITLE: Parameter = Parameter::Filter(1);
const IN_HEAD: Parameter = Parameter::Filter(2);
const OWN: u8 = 3;

impl<'a, E: Scoped> Search<'a, E> {
    /// A search for rows that fit, that `narrowed` lets pass, and that the viewer may read.
    #[must_use]
    pub const fn new(query: &'a TextQuery, narrowed: Narrowed<'a, E>, filters: &'a [Bound]) -> Self {
        Self {
            query,
            narrowed,
            filters,
            leaves_out_past: false,
        }
    }

    /// Looks only among the words of rows that are not past, as the index says: `narrowed` need not meet the others. Which rows are
    /// past, the migration of the index decides.
    #[must_use]
    pub const fn leaving_out_past(mut self, leaves_out: bool) -> Self {
        self.leaves_out_past = leaves_out;
        self
    }

    /// The n-th of the client's values.
    #[must_use]
    pub const fn filter(n: u8) -> Parameter {
        Parameter::Filter(OWN + n)
    }

    fn value(&self, spelt: &Spelt, parameter: Parameter) -> Option<Bound> {
        let text = |text: &String| Some(Bound::Value(text.clone().into()));
        match parameter {
            FITS => text(&spelt.fits),
            IN_TITLE => text(&spelt.in_title),
            IN_HEAD => text(&spelt.in_head),
            Parameter::Filter(place) => self.filters.get(usize::from(place.checked_sub(OWN)?)).cloned(),
            _ => None,
        }
    }
}

impl ReadSession {
    /// The rows that fit, nearest first: at most `limit` of them, after a position if there is one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn search<E: Scoped>(
        &self,
        search: &Search<'_, E>,
        columns: &[E::Column],
        after: Option<(Place, Uuid)>,
        limit: u64,
    ) -> Result<Vec<Hit>, StoreError> {
        let backend = self.backend();
        let template = {
            let select = page::<E>(search, columns, after.is_some(), backend);
            Template::of(&select, backend, self.known())
        };
        let spelt = Spelt::of(search.query, backend);
        let value = |parameter| match (parameter, after) {
            (Parameter::Limit, _) => Bound::Value(limit.into()),
            (Parameter::Position(0), Some((place, _))) => Bound::Value((place as i32).into()),
            (Parameter::Position(_), Some((_, id))) => Bound::id(Some(id)),
            _ => search.value(&spelt, parameter).unwrap_or(Bound::id(None)),
        };
        let found = self.rows(&template, value).await?;
        found
            .iter()
            .map(|found| {
                let place = row::integer(found, 1)?.and_then(Place::from_number);
                let texts =
                    (2..2 + columns.len()).map(|column| Ok(row::text(found, column)?.map(str::to_owned)));
                Ok(Hit {
                    id: row::id(found, 0)?.unwrap_or_default(),
                    place: place.unwrap_or(Place::Text),
                    texts: texts.collect::<Result<_, StoreError>>()?,
                })
            })
            .collect()
    }

    /// How many rows fit.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn search_total<E: Scoped>(&self, search: &Search<'_, E>) -> Result<i64, StoreError> {
        let backend = self.backend();
        let template = {
            let mut select = matches::<E>(search, backend);
            select.expr(count_rows());
            Template::of(&select, backend, self.known())
        };
        let spelt = Spelt::of(search.query, backend);
        let value = |parameter| search.value(&spelt, parameter).unwrap_or(Bound::id(None));
        let found = self.rows(&template, value).await?;
        Ok(match found.first() {
            Some(found) => row::big_integer(found, 0)?.unwrap_or_default(),
            None => 0,
        })
    }
}

fn column(table: &str, name: &str) -> Expr {
    Expr::col((Alias::new(table), Alias::new(name)))
}

/// The name of a table's index.
fn index<E: Scoped>() -> String {
    format!("{}_words", E::default().table_name())
}

/// The rows that fit, in scope, as `t0`; nothing is selected of them yet.
fn matches<E: Scoped>(search: &Search<'_, E>, backend: DbBackend) -> SelectStatement {
    let index = index::<E>();
    let rows = Rows::<E>::new("t0", backend);
    let key = rows.column(primary_key::<E>());
    let mut select = Query::select();
    select.from(Alias::new(&index));
    let keys = if backend == DbBackend::Postgres {
        index.clone()
    } else {
        // SQLite's index numbers its texts.
        let numbers = format!("{index}_key");
        let numbered = column(&numbers, "number").eq(column(&index, "rowid"));
        let on = Condition::all().add(numbered);
        select.join(JoinType::InnerJoin, Alias::new(&numbers), on);
        numbers
    };
    if search.leaves_out_past {
        select.and_where(column(&keys, "past").eq(false));
    }
    let on = Condition::all().add(key.eq(column(&keys, "version_id")));
    select
        .join_as(JoinType::InnerJoin, E::default(), Alias::new("t0"), on)
        .and_where(fits(&index, backend))
        .cond_where(E::scope(&rows).into_condition(Reached::Directly))
        .cond_where((search.narrowed)(&rows, backend));
    select
}

fn fits(index: &str, backend: DbBackend) -> Expr {
    match backend {
        DbBackend::Postgres => asked(column(index, "text"), FITS),
        _ => matched(index, FITS),
    }
}

/// A page of them, with columns of their own if there are any.
fn page<E: Scoped>(
    search: &Search<'_, E>,
    columns: &[E::Column],
    positioned: bool,
    backend: DbBackend,
) -> SelectStatement {
    let rows = Rows::<E>::new("t0", backend);
    let (key, place) = (rows.column(primary_key::<E>()), place(&index::<E>(), backend));
    let mut page = matches::<E>(search, backend);
    page.expr_as(key.clone(), Alias::new("id"))
        .expr_as(place.clone(), Alias::new("place"))
        .order_by(Alias::new("place"), Order::Desc)
        .order_by_expr(key.clone(), Order::Desc)
        .limit(Parameter::limit());
    if positioned {
        let there = Expr::tuple([Parameter::Position(0).expr(), Parameter::Position(1).expr()]);
        page.and_where(Expr::tuple([place, key]).lt(there));
    }
    if columns.is_empty() {
        return page;
    }
    // Texts are long: only those of the page are read.
    let shown = Rows::<E>::new("shown", backend);
    let same = shown.column(primary_key::<E>()).eq(column("page", "id"));
    let mut select = Query::select();
    select
        .expr(column("page", "id"))
        .expr(column("page", "place"))
        .exprs(columns.iter().map(|column| shown.column(*column)))
        .from_subquery(page, Alias::new("page"))
        .join_as(
            JoinType::InnerJoin,
            E::default(),
            Alias::new("shown"),
            Condition::all().add(same),
        )
        .order_by_expr(column("page", "place"), Order::Desc)
        .order_by_expr(column("page", "id"), Order::Desc);
    select
}

/// Where the words were found, as a number.
fn place(index: &str, backend: DbBackend) -> Expr {
    let (title, head) = match backend {
        DbBackend::Postgres => (
            asked(column(index, "title"), IN_TITLE),
            asked(column(index, "head"), IN_HEAD),
        ),
        _ => (is_among(index, IN_TITLE), is_among(index, IN_HEAD)),
    };
    CaseStatement::new()
        .case(title, number(Place::Title))
        .case(head, number(Place::Head))
        .finally(number(Place::Text))
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

/// On SQLite, the index's row at hand fits.
fn matched(index: &str, query: Parameter) -> Expr {
    Expr::cust_with_exprs("? MATCH ?", [Expr::col(Alias::new(index)), query.expr()])
}

/// On SQLite, the text at hand is one of those that fit: they are looked up once, not for each.
fn is_among(index: &str, query: Parameter) -> Expr {
    let mut fitting = Query::select();
    fitting
        .expr(Expr::col(Alias::new("rowid")))
        .from(Alias::new(index))
        .and_where(matched(index, query));
    column(&format!("{index}_key"), "number").in_subquery(fitting)
}
