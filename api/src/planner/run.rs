//! Running a plan: one statement a level, siblings at the same time. On PostgreSQL those of several levels go to the database
//! together ([`together`]).

mod ask;
mod parents;
mod together;

use std::collections::HashMap;

use async_graphql::Variables;
use futures_util::future::{BoxFuture, try_join, try_join_all};
use sea_orm::prelude::{DateTimeUtc, Uuid};

use parents::{Parents, distinct_ids, shown};
use together::Ahead;

use super::batch::BatchValue;
use super::catalogue::Catalogue;
use super::page::{ArgumentError, PageRequest, PageSizes, argument, instant};
use super::plan::{Access, Level, Plan, PlannedBatch};
use super::statement;
use crate::events::SpecialCategoryRead;
use crate::policy::Viewer;
use crate::store::{Bound, Found, Parameter, ReadSession, StoreError, row};

/// Why a read gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The client's argument cannot be used.
    #[error(transparent)]
    Argument(#[from] ArgumentError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The selection has no plan: a fault of ours.
    #[error(transparent)]
    Unplanned(#[from] super::select::Unplanned),
}

/// The column in which the rows of a list below others have their parent's id.
const PARENT: usize = 1;

/// A plan with everything a request brings to it.
pub(super) struct Run<'a> {
    pub catalogue: &'a Catalogue,
    pub plan: &'a Plan,
    pub session: &'a ReadSession,
    pub viewer: &'a Viewer,
    pages: Vec<Option<PageRequest>>,
    /// The instants of the levels that look back.
    instants: Vec<Option<DateTimeUtc>>,
    ahead: Ahead,
}

/// The rows of a level and of those below.
pub(super) struct Fetched {
    pub rows: Vec<Found>,
    /// The rows of each parent, in order; a list of its own has the nil id for parent, rows by id their own.
    pub groups: HashMap<Uuid, Group>,
    pub totals: HashMap<Uuid, i64>,
    pub children: Vec<Fetched>,
    pub batches: Vec<FetchedBatch>,
}

/// The values of a batch, and the objects they list.
#[derive(Default)]
pub(super) struct FetchedBatch {
    pub values: HashMap<Uuid, Vec<BatchValue>>,
    pub lists: Vec<Fetched>,
}

/// One parent's rows.
#[derive(Default)]
pub(super) struct Group {
    pub rows: Vec<usize>,
    /// Whether there are more beyond the page.
    pub more: bool,
}

impl<'a> Run<'a> {
    /// Checks every argument of the plan before the first statement. `as_of` is what fields that look back take when they
    /// are not given an instant of their own; without it, the present.
    pub fn new(
        catalogue: &'a Catalogue,
        plan: &'a Plan,
        session: &'a ReadSession,
        viewer: &'a Viewer,
        variables: &Variables,
        as_of: Option<DateTimeUtc>,
        sizes: PageSizes,
    ) -> Result<Self, ArgumentError> {
        let page = |level: &Level| match level.access {
            Access::ByIds => Ok(None),
            _ => PageRequest::read(catalogue.object(level.object), &level.arguments, variables, sizes)
                .map(Some),
        };
        let pages = plan.levels.iter().map(page).collect::<Result<_, _>>()?;
        let instant = |level: &Level| {
            if level.as_of.is_none() {
                Ok(None)
            } else {
                let at = instant("at", argument(&level.arguments, variables, "at"))?;
                Ok(at.or(as_of).or(Some(session.now())))
            }
        };
        let instants = plan.levels.iter().map(instant).collect::<Result<_, _>>()?;
        Ok(Self {
            catalogue,
            plan,
            session,
            viewer,
            pages,
            instants,
            ahead: Ahead::default(),
        })
    }

    pub fn page(&self, level: usize) -> Option<&PageRequest> {
        self.pages[level].as_ref()
    }

    /// Reads a level for these keys, and everything below it.
    pub fn fetch(
        &self,
        place: usize,
        parents: impl Into<Parents>,
    ) -> BoxFuture<'_, Result<Fetched, StoreError>> {
        let parents = parents.into();
        Box::pin(async move {
            let level = &self.plan.levels[place];
            if parents.keys.is_empty() && level.access != Access::List {
                return Ok(self.nothing(level));
            }
            if !self.ahead.has(place) {
                self.read_together(&[(place, &parents)]).await?;
            }
            let (rows, totals) = try_join(self.rows(place, &parents), self.totals(place, &parents)).await?;
            self.below(place, rows, totals).await
        })
    }

    /// What was read of a level, and everything below it.
    fn below(
        &self,
        place: usize,
        rows: Vec<Found>,
        totals: HashMap<Uuid, i64>,
    ) -> BoxFuture<'_, Result<Fetched, StoreError>> {
        Box::pin(async move {
            let level = &self.plan.levels[place];
            let (rows, groups) = self.grouped(place, rows)?;
            self.account_for(level, &rows, &groups)?;
            let children = self.children(place, &rows);
            let batches = try_join_all(level.batches.iter().map(|batch| self.batch(batch, &rows)));
            let (children, batches) = try_join(children, batches).await?;
            Ok(Fetched {
                rows,
                groups,
                totals,
                children,
                batches,
            })
        })
    }

    /// The lists below a level's rows.
    async fn children(&self, place: usize, rows: &[Found]) -> Result<Vec<Fetched>, StoreError> {
        let mut lists = Vec::new();
        for child in &self.plan.levels[place].children {
            let parents = Parents::of(rows, child)?;
            self.compare(child, &parents);
            lists.push((child.level, parents));
        }
        let unread: Vec<(usize, &Parents)> = lists
            .iter()
            .filter(|(level, parents)| !parents.keys.is_empty() && !self.ahead.has(*level))
            .map(|(level, parents)| (*level, parents))
            .collect();
        if unread.len() > 1 {
            self.read_together(&unread).await?;
        }
        try_join_all(
            lists
                .into_iter()
                .map(|(level, parents)| self.fetch(level, parents)),
        )
        .await
    }

    /// Notes whose special-category data the answer shows, apart from the viewer's own.
    fn account_for(
        &self,
        level: &Level,
        rows: &[Found],
        groups: &HashMap<Uuid, Group>,
    ) -> Result<(), StoreError> {
        for special in &level.special {
            let in_the_answer = groups.values().flat_map(|group| &group.rows);
            for found in shown(in_the_answer.map(|place| &rows[*place]), &special.shown_where)? {
                if let (Some(entity_id), Some(person)) =
                    (row::id(found, special.id)?, row::id(found, special.person)?)
                    && self.viewer.person() != Some(person)
                {
                    self.session.note_shown([SpecialCategoryRead {
                        entity: special.entity,
                        entity_id,
                        person,
                    }]);
                }
            }
        }
        Ok(())
    }

    fn nothing(&self, level: &Level) -> Fetched {
        let children = level
            .children
            .iter()
            .map(|child| self.nothing(&self.plan.levels[child.level]))
            .collect();
        Fetched {
            rows: Vec::new(),
            groups: HashMap::new(),
            totals: HashMap::new(),
            children,
            batches: level.batches.iter().map(|_| FetchedBatch::default()).collect(),
        }
    }

    /// Works out a batch for all rows with one statement, and reads the objects its values list.
    async fn batch(&self, planned: &PlannedBatch, rows: &[Found]) -> Result<FetchedBatch, StoreError> {
        let rows = shown(rows, &planned.shown_where)?;
        let keys = distinct_ids(rows.iter().copied(), planned.key)?;
        if keys.is_empty() {
            return Ok(FetchedBatch::default());
        }
        let many = keys.len() > 1;
        let parent = &self.catalogue.object(planned.object).source;
        let shape = (many, self.session.known());
        let template = planned.templates.get(shape, || {
            statement::facts(&planned.batch.facts, parent, shape, self.session.backend())
        });
        let value = |parameter| match parameter {
            Parameter::Keys => Bound::Ids(keys.clone()),
            _ => Bound::id(keys.first().copied()),
        };
        let facts = self.session.rows(&template, value).await?;
        let own = (planned.key, planned.columns.as_slice());
        let values = planned.batch.work_out(rows, own, &facts)?;
        let lists = planned
            .lists
            .iter()
            .map(|(field, level)| self.fetch(*level, listed(&values, *field)));
        let lists = try_join_all(lists).await?;
        Ok(FetchedBatch { values, lists })
    }

    /// Sorts a level's rows under their parents; the row beyond each page, where it is wanted, only says that there is more.
    fn grouped(
        &self,
        place: usize,
        rows: Vec<Found>,
    ) -> Result<(Vec<Found>, HashMap<Uuid, Group>), StoreError> {
        let parent_column = match self.plan.levels[place].access {
            Access::ByIds => Some(0),
            Access::List => None,
            Access::Below { .. } => Some(PARENT),
        };
        let size = self.page(place).map(|page| page.size);
        let mut groups: HashMap<Uuid, Group> = HashMap::new();
        let mut kept = Vec::with_capacity(rows.len());
        for found in rows {
            let parent = match parent_column {
                Some(column) => row::id(&found, column)?.unwrap_or_default(),
                None => Uuid::nil(),
            };
            let group = groups.entry(parent).or_default();
            if size.is_some_and(|size| group.rows.len() as u64 >= size) {
                group.more = true;
            } else {
                group.rows.push(kept.len());
                kept.push(found);
            }
        }
        if self.page(place).is_some_and(|page| page.backward) {
            for group in groups.values_mut() {
                group.rows.reverse();
            }
        }
        Ok((kept, groups))
    }
}

/// The ids that a field of a batch lists for any row.
fn listed(values: &HashMap<Uuid, Vec<BatchValue>>, field: usize) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = values
        .values()
        .filter_map(|values| match values.get(field) {
            Some(BatchValue::Ids(ids)) => Some(ids),
            _ => None,
        })
        .flatten()
        .copied()
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
