//! What a run asks of the database: the rows of a level and how many there are, and of two lists at once.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use sea_orm::DbBackend;
use sea_orm::prelude::Uuid;

use super::{Parents, Run};
use crate::planner::plan::Access;
use crate::planner::statement::{self, Shape};
use crate::store::{Bound, Found, Pair, Parameter, StoreError, Template, row};

/// How many columns two lists that are asked for together may have: well below the 1,664 that PostgreSQL gives a statement.
const MOST_COLUMNS: usize = 400;

impl Run<'_> {
    pub(super) async fn rows(&self, place: usize, parents: &Parents) -> Result<Vec<Found>, StoreError> {
        if !self.plan.levels[place].wants_rows {
            return Ok(Vec::new());
        }
        self.ask(place, parents, false).await
    }

    pub(super) async fn totals(
        &self,
        place: usize,
        parents: &Parents,
    ) -> Result<HashMap<Uuid, i64>, StoreError> {
        let level = &self.plan.levels[place];
        if !level.wants_total {
            return Ok(HashMap::new());
        }
        let rows = self.ask(place, parents, true).await?;
        let below = matches!(level.access, Access::Below { .. });
        let total = |found: &Found| {
            let parent = if below {
                row::id(found, 0)?.unwrap_or_default()
            } else {
                Uuid::nil()
            };
            Ok((
                parent,
                row::big_integer(found, usize::from(below))?.unwrap_or_default(),
            ))
        };
        rows.iter().map(total).collect()
    }

    /// Whether the rows of two lists can be asked for by one statement. SQLite is in the process: there is no way to it to be saved.
    pub(super) fn can_be_asked_together(&self, lists: [&(usize, Parents); 2]) -> bool {
        self.session.backend() == DbBackend::Postgres
            && lists
                .iter()
                .all(|(place, parents)| self.plan.levels[*place].wants_rows && !parents.keys.is_empty())
            && lists.iter().map(|(place, _)| self.columns(*place)).sum::<usize>() <= MOST_COLUMNS
    }

    /// The rows of two lists below the rows of one level, by one statement. Boxed as `ask` is.
    pub(super) fn rows_of_both<'now>(
        &'now self,
        above: usize,
        lists: [(usize, &'now Parents); 2],
    ) -> BoxFuture<'now, Result<[Vec<Found>; 2], StoreError>> {
        let shapes = lists.map(|(place, parents)| (place, self.shape(place, parents, false)));
        let pair = self.plan.levels[above].pairs.get(shapes, || {
            let statements = shapes.map(|(place, shape)| self.template(place, shape));
            Pair::of(statements, shapes.map(|(place, _)| self.columns(place)))
        });
        let values = lists.map(|(place, parents)| move |parameter| self.value(place, parents, parameter));
        Box::pin(async move { self.session.both(&pair, values).await })
    }

    /// Boxed, because whoever joins it with others would copy all that a statement holds while it runs.
    fn ask<'now>(
        &'now self,
        place: usize,
        parents: &'now Parents,
        counting: bool,
    ) -> BoxFuture<'now, Result<Vec<Found>, StoreError>> {
        // The first statement of a request; those below it come later.
        let asks_for_access = place == 0 && !counting && self.session.asks_for_access();
        let shape = self.shape(place, parents, counting);
        let template = self.template(place, shape.asking_for_access(asks_for_access));
        let value = move |parameter| self.value(place, parents, parameter);
        Box::pin(async move {
            let found = self.session.rows(&template, value).await;
            if asks_for_access {
                self.session.learn_access(&found, self.columns(place));
            }
            found
        })
    }

    fn shape(&self, place: usize, parents: &Parents, counting: bool) -> Shape {
        let known = parents.known(self.session.known());
        Shape::of(self.page(place), parents.keys.len() > 1, counting, known)
    }

    fn template(&self, place: usize, shape: Shape) -> Arc<Template> {
        let level = &self.plan.levels[place];
        level.templates.get(shape, || {
            statement::build(self.catalogue, level, shape, self.session.backend())
        })
    }

    /// How many columns the rows of a level have: the last of a list's is what it is ordered by.
    fn columns(&self, place: usize) -> usize {
        let level = &self.plan.levels[place];
        level.columns.len() + usize::from(level.access != Access::ByIds)
    }

    /// What a request brings to the statement of a level.
    fn value(&self, place: usize, parents: &Parents, parameter: Parameter) -> Bound {
        let (page, keys) = (self.page(place), &parents.keys);
        match (parameter, page) {
            (Parameter::AsOf, _) => {
                Bound::instant(self.instants[place].unwrap_or_else(|| self.session.now()))
            }
            (Parameter::Keys, _) => Bound::Ids(keys.clone()),
            (Parameter::Key, _) => Bound::id(keys.first().copied()),
            (Parameter::Proven(condition), _) => Bound::Ids(parents.proven(condition)),
            (Parameter::Limit, Some(page)) => {
                let beyond = u64::from(self.plan.levels[place].wants_more);
                Bound::Value((page.size + beyond).into())
            }
            (Parameter::Position(part), Some(page)) => match (&page.position, part) {
                (Some(position), 0) => position.value.clone(),
                (position, _) => Bound::id(position.as_ref().map(|position| position.id)),
            },
            (Parameter::Filter(place), Some(page)) => page
                .filters
                .iter()
                .find(|(given, _)| *given == usize::from(place))
                .map_or(Bound::id(None), |(_, value)| value.clone()),
            _ => Bound::id(None),
        }
    }
}
