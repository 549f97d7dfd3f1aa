//! What a run asks of the database: the rows of a level, and how many there are.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use sea_orm::prelude::Uuid;

use super::together::Wanted;
use super::{PARENT, Parents, Run};
use crate::planner::plan::Access;
use crate::planner::statement::{self, Shape};
use crate::store::{Bound, Found, Parameter, StoreError, Template, row};

impl Run<'_> {
    pub(super) async fn rows(&self, place: usize, parents: &Parents) -> Result<Vec<Found>, StoreError> {
        if !self.plan.levels[place].wants_rows {
            return Ok(Vec::new());
        }
        let Some(found) = self.ahead.take(place, Wanted::Rows) else {
            return self.ask(place, parents, false).await;
        };
        let Access::Below { .. } = self.plan.levels[place].access else {
            return Ok(found);
        };
        // Rows were read below the one beyond the page, too, which only says that there is more.
        let mut of_the_page = Vec::with_capacity(found.len());
        for found in found {
            if row::id(&found, PARENT)?.is_some_and(|parent| parents.has(parent)) {
                of_the_page.push(found);
            }
        }
        Ok(of_the_page)
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
        let rows = match self.ahead.take(place, Wanted::Totals) {
            Some(found) => found,
            None => self.ask(place, parents, true).await?,
        };
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
                let found = found.as_deref();
                self.session.learn_access(found, self.columns(place));
            }
            found
        })
    }

    pub(super) fn shape(&self, place: usize, parents: &Parents, counting: bool) -> Shape {
        let known = parents.known(self.session.known());
        Shape::of(self.page(place), parents.keys.len() > 1, counting, known)
    }

    pub(super) fn template(&self, place: usize, shape: Shape) -> Arc<Template> {
        let level = &self.plan.levels[place];
        level.templates.get(shape, || {
            statement::build(self.catalogue, level, shape, self.session.backend())
        })
    }

    /// How many columns the rows of a level have: the last of a list's is what it is ordered by.
    pub(super) fn columns(&self, place: usize) -> usize {
        let level = &self.plan.levels[place];
        level.columns.len() + usize::from(level.access != Access::ByIds)
    }

    /// The same where their number is asked for: below others, the first column says of whom it is.
    pub(super) fn columns_of_totals(&self, place: usize) -> usize {
        match self.plan.levels[place].access {
            Access::Below { .. } => 2,
            Access::List | Access::ByIds => 1,
        }
    }

    /// What a request brings to the statement of a level.
    pub(super) fn value(&self, place: usize, parents: &Parents, parameter: Parameter) -> Bound {
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
