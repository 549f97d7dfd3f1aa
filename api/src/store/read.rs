//! Reading within a viewer's scope.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::TimeDelta;
use sea_orm::prelude::{DateTimeUtc, Uuid};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LockType, Query, SelectStatement};
use sea_orm::{DbBackend, EntityTrait, FromQueryResult, IdenStatic, Iterable, QueryResult, Statement};

use super::access::AccessProof;
use super::shown::Shown;
use super::{
    AccessVersion, Bound, Compound, Expected, Found, Known, Parameter, Reached, Rows, Scoped, Store,
    StoreError, Template, ViewerFact, id_in, primary_key,
};

/// The facts about one viewer, ready to be bound.
#[derive(Clone, Debug)]
pub struct ViewerValues {
    facts: Vec<Bound>,
    known: Known,
}

impl ViewerValues {
    /// Gathers each fact.
    #[must_use]
    pub fn gather(fact: impl FnMut(ViewerFact) -> Bound) -> Self {
        let facts: Vec<Bound> = ViewerFact::ALL.into_iter().map(fact).collect();
        let known = ViewerFact::ALL
            .into_iter()
            .zip(&facts)
            .filter(|(_, bound)| bound.holds_something())
            .fold(Known::default(), |known, (fact, _)| known.with_fact(fact));
        Self { facts, known }
    }

    /// What the viewer or the clock says for a parameter; none for the parameters of a page.
    fn bind(&self, parameter: Parameter, now: DateTimeUtc) -> Option<Bound> {
        Some(match parameter {
            Parameter::Viewer(fact) => self.facts[fact as usize].clone(),
            Parameter::Now => Bound::instant(now),
            Parameter::DayAgo => Bound::instant(now - TimeDelta::days(1)),
            Parameter::Today => Bound::Value(now.date_naive().into()),
            _ => return None,
        })
    }
}

/// One request's reads: the viewer's facts, the instant, and a count of the statements asked.
#[derive(Clone)]
pub struct ReadSession {
    pub(super) store: Store,
    pub(super) viewer: Arc<ViewerValues>,
    pub(super) now: DateTimeUtc,
    pub(super) shown: Shown,
    statements: Arc<AtomicU32>,
    downloads: Option<Downloads>,
    /// Where the viewer is as remembered: what that relies on.
    access: Option<AccessProof>,
}

/// Gives the address at which a file is fetched that the viewer was found to read.
pub type Downloads = Arc<dyn Fn(Uuid) -> String + Send + Sync>;

impl std::fmt::Debug for ReadSession {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ReadSession")
            .field("now", &self.now)
            .field("statements", &self.statements)
            .finish_non_exhaustive()
    }
}

impl ReadSession {
    /// Opens the reads of one request.
    #[must_use]
    pub fn new(store: Store, viewer: Arc<ViewerValues>, now: DateTimeUtc) -> Self {
        Self {
            store,
            viewer,
            now,
            shown: Shown::default(),
            statements: Arc::default(),
            downloads: None,
            access: None,
        }
    }

    /// For a viewer who is as remembered at a number of changes: [`ReadSession::still_holds`] tells whether the reads may be answered.
    #[must_use]
    pub fn relying_on(mut self, version: Option<AccessVersion>) -> Self {
        self.access = version.map(AccessProof::of);
        self
    }

    /// Whether what is known of the viewer held when something was read, or holds now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn still_holds(&self) -> Result<bool, StoreError> {
        let Some(access) = &self.access else {
            return Ok(true);
        };
        match access.answer() {
            Some(answer) => answer,
            None => self.store.still_holds(access.relies_on).await,
        }
    }

    /// Whether the statement about to be asked is to bring [`AccessVersion::column`] along.
    pub(crate) fn asks_for_access(&self) -> bool {
        self.access.as_ref().is_some_and(AccessProof::is_to_ask)
    }

    /// Takes in what that statement found in that column.
    pub(crate) fn learn_access(&self, found: Result<&[Found], &StoreError>, column: usize) {
        if let Some(access) = &self.access {
            access.learn(found, column);
        }
    }

    /// With what gives the addresses of files; without it, there are none.
    #[must_use]
    pub fn with_downloads(mut self, downloads: Downloads) -> Self {
        self.downloads = Some(downloads);
        self
    }

    /// The address at which a file is fetched, for a row that this session has read.
    #[must_use]
    pub fn download(&self, file: Uuid) -> Option<String> {
        self.downloads.as_ref().map(|address| address(file))
    }

    /// Which of the databases it is.
    #[must_use]
    pub const fn backend(&self) -> DbBackend {
        self.store.backend()
    }

    /// How many statements this request has asked so far.
    #[must_use]
    pub fn statements(&self) -> u32 {
        self.statements.load(Ordering::Relaxed)
    }

    /// What is known of the viewer beforehand.
    pub(crate) fn known(&self) -> Known {
        self.viewer.known
    }

    /// The instant of the request.
    #[must_use]
    pub const fn now(&self) -> DateTimeUtc {
        self.now
    }

    /// Runs a template; `other` answers for the parameters that are not the viewer's or the clock's.
    pub(crate) async fn rows(
        &self,
        template: &Template,
        mut other: impl FnMut(Parameter) -> Bound,
    ) -> Result<Vec<Found>, StoreError> {
        let value = |parameter| {
            self.viewer
                .bind(parameter, self.now)
                .unwrap_or_else(|| other(parameter))
        };
        let statement = template.bind(value);
        self.run(statement).await
    }

    /// Runs several templates as one; `other` answers for the part with a number.
    pub(crate) async fn rows_of_each(
        &self,
        compound: &Compound,
        mut other: impl FnMut(usize, Parameter) -> Bound,
    ) -> Result<Vec<Vec<Found>>, StoreError> {
        let value = |part, parameter| {
            self.viewer
                .bind(parameter, self.now)
                .unwrap_or_else(|| other(part, parameter))
        };
        let statement = compound.bind(value);
        compound.rows(self.run(statement).await?)
    }

    async fn run<R: From<QueryResult>>(&self, statement: Statement) -> Result<Vec<R>, StoreError> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        tracing::trace!(target: "roundtable::sql", sql = statement.sql, "read");
        let found = self.store.readers.all(statement).await?;
        tracing::trace!(target: "roundtable::sql", rows = found.len(), "found");
        Ok(found)
    }

    /// The row with an id, if it exists and the viewer may read it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find<E: Scoped>(&self, id: impl Into<Uuid>) -> Result<Option<E::Model>, StoreError> {
        Ok(self
            .select::<E>(primary_key::<E>(), id.into())
            .await?
            .into_iter()
            .next())
    }

    /// The rows whose column holds an id, as far as the viewer may read them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_by<E: Scoped>(
        &self,
        column: E::Column,
        id: impl Into<Uuid>,
    ) -> Result<Vec<E::Model>, StoreError> {
        self.select::<E>(column, id.into()).await
    }

    /// The rows that pass a test and that the viewer may read, by their keys: at most `limit` of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn narrowed<E: Scoped>(
        &self,
        test: impl FnOnce(&Rows<E>) -> Condition,
        limit: u64,
    ) -> Result<Vec<E::Model>, StoreError> {
        let template = {
            let rows = Rows::<E>::new("t0", self.backend());
            let mut select = Query::select();
            select
                .exprs(E::Column::iter().map(|column| rows.column(column)))
                .from_as(E::default(), "t0")
                .cond_where(E::scope(&rows).into_condition(Reached::Directly))
                .cond_where(test(&rows))
                .order_by_expr(rows.column(primary_key::<E>()), sea_orm::sea_query::Order::Asc)
                .limit(limit);
            Template::of(&select, self.backend(), self.known())
        };
        let value = |parameter| self.viewer.bind(parameter, self.now).unwrap_or(Bound::id(None));
        let found: Vec<QueryResult> = self.run(template.bind(value)).await?;
        found.iter().map(model::<E>).collect()
    }

    async fn select<E: Scoped>(&self, column: E::Column, id: Uuid) -> Result<Vec<E::Model>, StoreError> {
        let statement = by_key::<E>(column, id, self.backend(), &self.viewer, self.now);
        self.run(statement).await?.iter().map(model::<E>).collect()
    }
}

/// The row with an id, in scope or not, if a condition of the policy holds for it: the very one that answers `viewerCan`.
pub(super) fn allowed<E: EntityTrait>(
    id: Uuid,
    condition: fn(&str, DbBackend) -> Condition,
    backend: DbBackend,
    viewer: &ViewerValues,
    now: DateTimeUtc,
) -> Statement {
    let rows = Rows::<E>::new("t0", backend);
    let mut select = Query::select();
    select
        .expr(Expr::val(1))
        .from_as(E::default(), "t0")
        .cond_where(condition("t0", backend))
        .and_where(rows.column(primary_key::<E>()).eq(Parameter::Key.expr()));
    let bind = |parameter| viewer.bind(parameter, now).unwrap_or(Bound::id(Some(id)));
    Template::of(&select, backend, viewer.known).bind(bind)
}

/// The rows in scope whose column holds an id.
pub(super) fn by_key<E: Scoped>(
    column: E::Column,
    id: Uuid,
    backend: DbBackend,
    viewer: &ViewerValues,
    now: DateTimeUtc,
) -> Statement {
    bound_to_key(&select_by::<E>(column, backend), id, backend, viewer, now)
}

/// The rows in scope with these ids.
pub(super) fn by_keys<E: Scoped>(
    ids: Vec<Uuid>,
    backend: DbBackend,
    viewer: &ViewerValues,
    now: DateTimeUtc,
) -> Statement {
    let select = select_where::<E>(backend, Expected::Any, |rows| {
        id_in(rows.column(primary_key::<E>()), Parameter::Keys, backend)
    });
    let bind = |parameter| viewer.bind(parameter, now).unwrap_or(Bound::Ids(ids.clone()));
    Template::of(&select, backend, viewer.known).bind(bind)
}

/// The row in scope with an id, kept as it is until the transaction ends. SQLite has only one writer, which keeps everything.
pub(super) fn kept<E: Scoped>(
    id: Uuid,
    backend: DbBackend,
    viewer: &ViewerValues,
    now: DateTimeUtc,
) -> Statement {
    let mut select = select_by::<E>(primary_key::<E>(), backend);
    if backend == DbBackend::Postgres {
        select.lock_with_tables(LockType::Share, ["t0"]);
    }
    bound_to_key(&select, id, backend, viewer, now)
}

fn select_by<E: Scoped>(column: E::Column, backend: DbBackend) -> SelectStatement {
    let expected = if column.as_str() == primary_key::<E>().as_str() {
        Expected::One
    } else {
        Expected::Any
    };
    select_where::<E>(backend, expected, |rows| {
        rows.column(column).eq(Parameter::Key.expr())
    })
}

/// The rows in scope that pass a test.
fn select_where<E: Scoped>(
    backend: DbBackend,
    expected: Expected,
    test: impl FnOnce(&Rows<E>) -> Expr,
) -> SelectStatement {
    let rows = Rows::<E>::new("t0", backend).expecting(expected);
    let mut select = Query::select();
    select
        .from_as(E::default(), "t0")
        .cond_where(E::scope(&rows).into_condition(Reached::Directly))
        .and_where(test(&rows));
    for column in E::Column::iter() {
        select.expr(rows.column(column));
    }
    select.order_by_expr(rows.column(primary_key::<E>()), sea_orm::sea_query::Order::Asc);
    select
}

fn bound_to_key(
    select: &SelectStatement,
    id: Uuid,
    backend: DbBackend,
    viewer: &ViewerValues,
    now: DateTimeUtc,
) -> Statement {
    let bind = |parameter| viewer.bind(parameter, now).unwrap_or(Bound::id(Some(id)));
    Template::of(select, backend, viewer.known).bind(bind)
}

/// A model out of a row that holds its columns by name.
pub(super) fn model<E: Scoped>(row: &QueryResult) -> Result<E::Model, StoreError> {
    Ok(E::Model::from_query_result(row, "")?)
}
