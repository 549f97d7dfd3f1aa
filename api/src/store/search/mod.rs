//! Full-text search within a viewer's scope.
//!
//! The index of a table is kept by the database, in the transaction that changes a row: see the migration that creates
//! `<table>_words`. A search asks the index for rows that fit, keeps those in scope, and orders them by where the words were
//! found: in the title, in what introduces the text, or in the text itself; within each the newest first.
//!
//! A row's place depends on nothing but that row. The usual measures of relevance count in how many texts a word is found,
//! those included that the viewer may not read: by moving around what is shown, a hidden text would tell which words are in it.
//! And a cursor would lose its place whenever anything is written.
//!
//! A page is read in two parts, because words stand in many texts and in few titles, topics and summaries: what has them in its
//! head is looked for in an index of heads, and only what is left of the page is looked for in whole texts, where what was found before is
//! passed over.

mod fold;
mod query;
mod shape;
mod spelling;
mod statement;

use sea_orm::sea_query::Condition;
use sea_orm::{DbBackend, prelude::Uuid};

pub use fold::fold;
pub use query::{Phrase, QueryFault, TextQuery, is_common};
pub(in crate::store) use shape::SearchStatements;
use spelling::Spelt;

use self::shape::{Asks, Shape};
use self::statement::Part;
use super::{Bound, Parameter, ReadSession, Rows, Scoped, StoreError, Template, row};

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

/// Which rows count beside those that fit, by the tests that a client asked for, with the client's values as [`Search::filter`]. It depends on
/// nothing else, so that the statement can be kept.
pub type Narrowed<E> = fn(u32, &Rows<E>, DbBackend) -> Condition;

/// What is asked of an indexed table.
#[derive(Clone, Copy)]
pub struct Search<'a, E: Scoped> {
    query: &'a TextQuery,
    narrowed: Narrowed<E>,
    tests: u32,
    filters: &'a [Bound],
    leaves_out_past: bool,
}

/// The parameters of the search itself stand before the client's filters.
const FITS: Parameter = Parameter::Filter(0);
const IN_TITLE: Parameter = Parameter::Filter(1);
const WANTED: Parameter = Parameter::Filter(2);
const UNWANTED: Parameter = Parameter::Filter(3);
const OWN: u8 = 4;

impl<'a, E: Scoped> Search<'a, E> {
    /// A search for rows that fit, that `narrowed` lets pass by these tests and values, and that the viewer may read.
    #[must_use]
    pub const fn new(
        query: &'a TextQuery,
        narrowed: Narrowed<E>,
        (tests, filters): (u32, &'a [Bound]),
    ) -> Self {
        Self {
            query,
            narrowed,
            tests,
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
            WANTED => text(&spelt.wanted),
            UNWANTED => text(&spelt.unwanted),
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
        let mut hits = Vec::new();
        if after.is_none_or(|(place, _)| place > Place::Text) {
            hits = self.part(search, Part::Head, columns, after, limit).await?;
        }
        let left = limit.saturating_sub(hits.len() as u64);
        if left > 0 {
            // On a first page all that have it in their head are known by now. Later, some were on the pages before.
            let part = if after.is_none() {
                Part::Anywhere
            } else {
                Part::Text
            };
            // They are passed over; so is a row whose head a word has left in between.
            let twice = hits.len() as u64;
            let after = after.filter(|(place, _)| *place == Place::Text);
            let mut beyond = self.part(search, part, columns, after, left + twice).await?;
            beyond.retain(|hit| hits.iter().all(|before| before.id != hit.id));
            beyond.truncate(usize::try_from(left).unwrap_or(usize::MAX));
            hits.extend(beyond);
        }
        Ok(hits)
    }

    async fn part<E: Scoped>(
        &self,
        search: &Search<'_, E>,
        part: Part,
        columns: &[E::Column],
        after: Option<(Place, Uuid)>,
        limit: u64,
    ) -> Result<Vec<Hit>, StoreError> {
        let backend = self.backend();
        let positioned = after.is_some();
        let shape = Shape::of(search, Asks::Page { part, positioned }, columns, self.known());
        let template = self.store.searches.get(shape, || {
            let select = statement::page::<E>(search, part, columns, positioned, backend);
            Template::of(&select, backend, self.known())
        });
        let spelt = Spelt::of(search.query, backend);
        let value = |parameter| match (parameter, after) {
            (Parameter::Limit, _) => Bound::Value(limit.into()),
            (Parameter::Position(0), Some((_, id))) => Bound::id(Some(id)),
            (Parameter::Position(_), Some((place, _))) => Bound::Value((place as i32).into()),
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
        let shape = Shape::of(search, Asks::Total, &[], self.known());
        let template = self.store.searches.get(shape, || {
            Template::of(&statement::total::<E>(search, backend), backend, self.known())
        });
        let spelt = Spelt::of(search.query, backend);
        let value = |parameter| search.value(&spelt, parameter).unwrap_or(Bound::id(None));
        let found = self.rows(&template, value).await?;
        Ok(match found.first() {
            Some(found) => row::big_integer(found, 0)?.unwrap_or_default(),
            None => 0,
        })
    }
}
