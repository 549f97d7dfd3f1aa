//! Reading within a viewer's scope.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::prelude::{DateTimeUtc, Uuid};
use sea_orm::sea_query::{Condition, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Iterable, QueryResult, Statement};

use super::{Bound, Parameter, Reached, Rows, Scoped, Store, StoreError, Template, ViewerFact, primary_key};

/// The facts about one viewer, ready to be bound.
#[derive(Clone, Debug)]
pub struct ViewerValues {
    facts: Vec<(Bound, Option<Bound>)>,
}

impl ViewerValues {
    /// Gathers each fact, and for sets of pairs the second half.
    #[must_use]
    pub fn gather(fact: impl FnMut(ViewerFact) -> (Bound, Option<Bound>)) -> Self {
        Self {
            facts: ViewerFact::ALL.into_iter().map(fact).collect(),
        }
    }

    fn first(&self, fact: ViewerFact) -> Bound {
        self.facts[fact as usize].0.clone()
    }

    fn second(&self, fact: ViewerFact) -> Bound {
        self.facts[fact as usize]
            .1
            .clone()
            .unwrap_or(Bound::Ids(Vec::new()))
    }
}

/// One request's reads: the viewer's facts, the instant, and a count of the statements asked.
#[derive(Clone, Debug)]
pub struct ReadSession {
    store: Store,
    viewer: Arc<ViewerValues>,
    now: DateTimeUtc,
    statements: Arc<AtomicU32>,
}

impl ReadSession {
    /// Opens the reads of one request.
    #[must_use]
    pub fn new(store: Store, viewer: Arc<ViewerValues>, now: DateTimeUtc) -> Self {
        Self {
            store,
            viewer,
            now,
            statements: Arc::default(),
        }
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
    ) -> Result<Vec<QueryResult>, StoreError> {
        let statement = template.bind(|parameter| match parameter {
            Parameter::Viewer(fact) => self.viewer.first(fact),
            Parameter::Counterpart(fact) => self.viewer.second(fact),
            Parameter::Now => Bound::instant(self.now),
            Parameter::Today => Bound::Value(self.now.date_naive().into()),
            parameter => other(parameter),
        });
        self.run(statement).await
    }

    async fn run(&self, statement: Statement) -> Result<Vec<QueryResult>, StoreError> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        tracing::trace!(target: "roundtable::sql", sql = statement.sql, "read");
        Ok(self.store.reader.query_all_raw(statement).await?)
    }

    /// The row with an id, if it exists and the viewer may read it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find<E: Scoped>(&self, id: impl Into<Uuid>) -> Result<Option<E::Model>, StoreError> {
        let rows = Rows::<E>::new("t0", self.backend());
        let key = Condition::all().add(rows.column(primary_key::<E>()).eq(Parameter::Key.expr()));
        Ok(self.select::<E>(key, id.into()).await?.into_iter().next())
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
        let rows = Rows::<E>::new("t0", self.backend());
        let link = Condition::all().add(rows.column(column).eq(Parameter::Key.expr()));
        self.select::<E>(link, id.into()).await
    }

    async fn select<E: Scoped>(&self, condition: Condition, id: Uuid) -> Result<Vec<E::Model>, StoreError> {
        let rows = Rows::<E>::new("t0", self.backend());
        let mut select = Query::select();
        select
            .from_as(E::default(), "t0")
            .cond_where(E::scope(&rows).into_condition(Reached::Directly))
            .cond_where(condition);
        for column in E::Column::iter() {
            select.expr(rows.column(column));
        }
        select.order_by(("t0", primary_key::<E>()), sea_orm::sea_query::Order::Asc);
        let template = Template::of(&select, self.backend());
        let found = self.rows(&template, |_| Bound::id(Some(id))).await?;
        found
            .iter()
            .map(|row| E::Model::from_query_result(row, "").map_err(StoreError::from))
            .collect()
    }
}
