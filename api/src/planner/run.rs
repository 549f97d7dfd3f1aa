//! Running a plan: one statement a level, siblings at the same time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::Variables;
use futures_util::future::{BoxFuture, try_join, try_join_all};
use sea_orm::QueryResult;
use sea_orm::prelude::{DateTimeUtc, Uuid};

use super::batch::BatchValue;
use super::catalogue::Catalogue;
use super::page::{ArgumentError, PageRequest, argument, instant};
use super::plan::{Access, Level, Plan, PlannedBatch};
use super::statement::{self, Shape};
use crate::events::SpecialCategoryRead;
use crate::policy::Viewer;
use crate::store::{Bound, Parameter, ReadSession, StoreError, Template, row};

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

/// A plan with everything a request brings to it.
pub(super) struct Run<'a> {
    pub catalogue: &'a Catalogue,
    pub plan: &'a Plan,
    pub session: &'a ReadSession,
    pub viewer: &'a Viewer,
    pages: Vec<Option<PageRequest>>,
    /// The instants of the levels that look back.
    instants: Vec<Option<DateTimeUtc>>,
}

/// The rows of a level and of those below.
pub(super) struct Fetched {
    pub rows: Vec<QueryResult>,
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
    ) -> Result<Self, ArgumentError> {
        let page = |level: &Level| match level.access {
            Access::ByIds => Ok(None),
            _ => PageRequest::read(catalogue.object(level.object), &level.arguments, variables).map(Some),
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
        })
    }

    pub fn page(&self, level: usize) -> Option<&PageRequest> {
        self.pages[level].as_ref()
    }

    /// Reads a level for these keys, and everything below it.
    pub fn fetch(&self, place: usize, keys: Vec<Uuid>) -> BoxFuture<'_, Result<Fetched, StoreError>> {
        Box::pin(async move {
            let level = &self.plan.levels[place];
            if keys.is_empty() && level.access != Access::List {
                return Ok(self.nothing(level));
            }
            let (rows, totals) = try_join(self.rows(place, &keys), self.totals(place, &keys)).await?;
            let (rows, groups) = self.grouped(place, rows)?;
            self.account_for(level, &rows, &groups)?;
            let children = try_join_all(level.children.iter().map(|child| async {
                let keys = distinct_ids(&rows, child.parent_key)?;
                self.fetch(child.level, keys).await
            }));
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

    /// Notes whose special-category data the answer shows, apart from the viewer's own.
    fn account_for(
        &self,
        level: &Level,
        rows: &[QueryResult],
        groups: &HashMap<Uuid, Group>,
    ) -> Result<(), StoreError> {
        for special in &level.special {
            for place in groups.values().flat_map(|group| &group.rows) {
                let shown = (
                    row::id(&rows[*place], special.id)?,
                    row::id(&rows[*place], special.person)?,
                );
                if let (Some(entity_id), Some(person)) = shown
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
    async fn batch(&self, planned: &PlannedBatch, rows: &[QueryResult]) -> Result<FetchedBatch, StoreError> {
        let keys = distinct_ids(rows, planned.key)?;
        if keys.is_empty() {
            return Ok(FetchedBatch::default());
        }
        let many = keys.len() > 1;
        let parent = self.catalogue.object(planned.object).source.table();
        let template = planned.templates[usize::from(many)]
            .get_or_init(|| statement::facts(&planned.batch.facts, parent, many, self.session.backend()));
        let value = |parameter| match parameter {
            Parameter::Keys => Bound::Ids(keys.clone()),
            _ => Bound::id(keys.first().copied()),
        };
        let facts = self.session.rows(template, value).await?;
        let own = (planned.key, planned.columns.as_slice());
        let values = planned.batch.work_out(rows, own, &facts)?;
        let lists = planned
            .lists
            .iter()
            .map(|(field, level)| self.fetch(*level, listed(&values, *field)));
        let lists = try_join_all(lists).await?;
        Ok(FetchedBatch { values, lists })
    }

    async fn rows(&self, place: usize, keys: &[Uuid]) -> Result<Vec<QueryResult>, StoreError> {
        if !self.plan.levels[place].wants_rows {
            return Ok(Vec::new());
        }
        self.ask(place, keys, false).await
    }

    async fn totals(&self, place: usize, keys: &[Uuid]) -> Result<HashMap<Uuid, i64>, StoreError> {
        let level = &self.plan.levels[place];
        if !level.wants_total {
            return Ok(HashMap::new());
        }
        let rows = self.ask(place, keys, true).await?;
        let below = matches!(level.access, Access::Below { .. });
        let total = |found: &QueryResult| {
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

    async fn ask(&self, place: usize, keys: &[Uuid], counting: bool) -> Result<Vec<QueryResult>, StoreError> {
        let page = self.page(place);
        let template = self.template(
            &self.plan.levels[place],
            Shape::of(page, keys.len() > 1, counting),
        );
        let instant = self.instants[place].unwrap_or_else(|| self.session.now());
        let value = |parameter| match (parameter, page) {
            (Parameter::AsOf, _) => Bound::instant(instant),
            (Parameter::Keys, _) => Bound::Ids(keys.to_vec()),
            (Parameter::Key, _) => Bound::id(keys.first().copied()),
            (Parameter::Limit, Some(page)) => Bound::Value((page.size + 1).into()),
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
        };
        self.session.rows(&template, value).await
    }

    fn template(&self, level: &Level, shape: Shape) -> Arc<Template> {
        let known = level
            .templates
            .read()
            .ok()
            .and_then(|templates| templates.get(&shape).cloned());
        known.unwrap_or_else(|| {
            let template = Arc::new(statement::build(
                self.catalogue,
                level,
                shape,
                self.session.backend(),
            ));
            if let Ok(mut templates) = level.templates.write() {
                templates.insert(shape, template.clone());
            }
            template
        })
    }

    /// Sorts a level's rows under their parents; the row beyond each page only says that there is more.
    fn grouped(
        &self,
        place: usize,
        rows: Vec<QueryResult>,
    ) -> Result<(Vec<QueryResult>, HashMap<Uuid, Group>), StoreError> {
        let parent_column = match self.plan.levels[place].access {
            Access::ByIds => Some(0),
            Access::List => None,
            Access::Below { .. } => Some(1),
        };
        let mut groups: HashMap<Uuid, Group> = HashMap::new();
        for (index, found) in rows.iter().enumerate() {
            let parent = match parent_column {
                Some(column) => row::id(found, column)?.unwrap_or_default(),
                None => Uuid::nil(),
            };
            let group = groups.entry(parent).or_default();
            let full = self
                .page(place)
                .is_some_and(|page| group.rows.len() as u64 >= page.size);
            if full {
                group.more = true;
            } else {
                group.rows.push(index);
            }
        }
        if self.page(place).is_some_and(|page| page.backward) {
            for group in groups.values_mut() {
                group.rows.reverse();
            }
        }
        Ok((rows, groups))
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

fn distinct_ids(rows: &[QueryResult], column: usize) -> Result<Vec<Uuid>, StoreError> {
    let mut ids = Vec::with_capacity(rows.len());
    for found in rows {
        ids.extend(row::id(found, column)?);
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}
