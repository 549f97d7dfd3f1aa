//! The statements of searches, built once for each shape: the texts of two searches differ in nothing but their values, where all that is
//! named here is the same.

use std::any::TypeId;
use std::sync::Arc;

use moka::sync::Cache;
use sea_orm::IdenStatic;

use super::statement::Part;
use super::{Narrowed, Search};
use crate::store::{Known, Scoped, Template};

/// How many statements are kept at most. There are a few for each kind of viewer and each set of filters.
const KEPT: u64 = 1_000;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Asks {
    /// A page of a part of what fits, from its beginning or after a position.
    Page { part: Part, positioned: bool },
    /// How many rows fit.
    Total,
}

/// What decides the text of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    table: TypeId,
    asks: Asks,
    columns: Vec<&'static str>,
    /// The address of the function that narrows, which looks at nothing but the number and the database.
    narrowed: (usize, u32),
    leaves_out_past: bool,
    has_unwanted: bool,
    known: Known,
}

impl Shape {
    pub fn of<E: Scoped>(search: &Search<'_, E>, asks: Asks, columns: &[E::Column], known: Known) -> Self {
        let narrowed: Narrowed<E> = search.narrowed;
        Self {
            table: TypeId::of::<E>(),
            asks,
            columns: columns.iter().map(IdenStatic::as_str).collect(),
            narrowed: (narrowed as usize, search.tests),
            leaves_out_past: search.leaves_out_past,
            has_unwanted: !search.query.unwanted.is_empty(),
            known,
        }
    }
}

/// The statements of searches that were asked lately. Cheap to clone.
#[derive(Clone, Debug)]
pub(in crate::store) struct SearchStatements(Cache<Shape, Arc<Template>>);

impl Default for SearchStatements {
    fn default() -> Self {
        Self(Cache::new(KEPT))
    }
}

impl SearchStatements {
    /// The statement of a shape, built when it is not there yet.
    pub(super) fn get(&self, shape: Shape, build: impl FnOnce() -> Template) -> Arc<Template> {
        if let Some(known) = self.0.get(&shape) {
            return known;
        }
        let statement = Arc::new(build());
        self.0.insert(shape, statement.clone());
        statement
    }
}
