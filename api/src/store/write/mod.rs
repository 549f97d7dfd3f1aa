//! Writing: one transaction for the change, its trace and its answer.
//!
//! [`Store::begin`] opens the transaction, and [`WriteSession::commit`] (`store::commit`) ends it only with the proof of
//! [`WriteSession::record`]: no change without an event. On SQLite it takes the one writer at once; on PostgreSQL, rows that
//! a rule depends on are locked ([`WriteSession::lock`]) before the rule looks at them.

use std::str::FromStr;
use std::sync::{Arc, Mutex};

use entity::id::UserId;
use sea_orm::prelude::{DateTimeUtc, Uuid};
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ActiveValue, ColumnTrait, ConnectionTrait, DatabaseTransaction,
    DbBackend, EntityTrait, IdenStatic, IntoActiveModel, Iterable, ModelTrait, QueryFilter, QueryOrder,
    QuerySelect, Related, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

use super::trail::Trail;
use super::{Scoped, Store, StoreError, ViewerValues, primary_key, read};
use crate::events::{Actor, changed_fields};
use crate::policy::Permit;

/// Why a write did not happen.
#[derive(Debug, thiserror::Error)]
pub enum WriteError<R> {
    /// The domain refused it.
    #[error("refused")]
    Refused(R),
    /// The row has changed since the version the client knows.
    #[error("stale")]
    Stale,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// One transaction under way.
#[derive(Debug)]
pub struct WriteSession {
    pub(super) transaction: DatabaseTransaction,
    viewer: Arc<ViewerValues>,
    pub(super) actor: Actor,
    pub(super) now: DateTimeUtc,
    pub(super) backend: DbBackend,
    pub(super) trail: Mutex<Trail>,
}

/// Proof that an event was recorded: what a transaction must end with.
#[derive(Debug)]
pub struct Recorded<T>(pub(super) T);

impl Store {
    /// Opens a transaction. Dropping the session takes everything back.
    ///
    /// # Errors
    /// When the database cannot be reached, or its one writer is busy for too long.
    pub async fn begin(
        &self,
        viewer: Arc<ViewerValues>,
        actor: Actor,
        now: DateTimeUtc,
    ) -> Result<WriteSession, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.writer.begin_with_options(options).await?;
        Ok(WriteSession {
            transaction,
            viewer,
            actor,
            now,
            backend: self.backend(),
            trail: Mutex::default(),
        })
    }
}

impl WriteSession {
    /// The instant of the change.
    #[must_use]
    pub const fn now(&self) -> DateTimeUtc {
        self.now
    }

    /// Who makes the change.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The row with an id, if it exists and the viewer may read it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn visible<E: Scoped>(&self, id: impl Into<Uuid>) -> Result<Option<E::Model>, StoreError> {
        let statement = read::by_key::<E>(
            primary_key::<E>(),
            id.into(),
            self.backend,
            &self.viewer,
            self.now,
        );
        let found = self.transaction.query_one_raw(statement).await?;
        found.map(|row| read::model::<E>(&row)).transpose()
    }

    /// The same, kept as it is until the transaction ends, together with others who do the same; whoever [locks](Self::lock) it
    /// waits for all of them. Where it had to wait, the row is as the one before left it, and what its scope depends on as it was
    /// when the wait began.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn visible_and_kept<E: Scoped>(
        &self,
        id: impl Into<Uuid>,
    ) -> Result<Option<E::Model>, StoreError> {
        let statement = read::kept::<E>(id.into(), self.backend, &self.viewer, self.now);
        let found = self.transaction.query_one_raw(statement).await?;
        found.map(|row| read::model::<E>(&row)).transpose()
    }

    /// Whether a condition of the policy holds for a row: the very one that answers `viewerCan`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn allowed<E: EntityTrait>(
        &self,
        id: impl Into<Uuid>,
        condition: fn(&str, DbBackend) -> Condition,
    ) -> Result<bool, StoreError> {
        let statement = read::allowed::<E>(id.into(), condition, self.backend, &self.viewer, self.now);
        Ok(self.transaction.query_one_raw(statement).await?.is_some())
    }

    /// Rows that a rule must look at, whether or not the viewer may see them. They decide; they are never shown.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn facts<E: EntityTrait>(&self, condition: Condition) -> Result<Vec<E::Model>, StoreError> {
        Ok(E::find()
            .filter(condition)
            .order_by_asc(primary_key::<E>())
            .all(&self.transaction)
            .await?)
    }

    /// The same with the row that each of them belongs to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn facts_with<E, R>(
        &self,
        condition: Condition,
    ) -> Result<Vec<(E::Model, Option<R::Model>)>, StoreError>
    where
        E: EntityTrait + Related<R>,
        R: EntityTrait,
    {
        Ok(E::find()
            .find_also_related(R::default())
            .filter(condition)
            .order_by_asc(primary_key::<E>())
            .all(&self.transaction)
            .await?)
    }

    /// How many rows fulfil a condition: a fact for a rule.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count<E: EntityTrait>(&self, condition: Condition) -> Result<u64, StoreError>
    where
        E::Model: Send + Sync,
    {
        use sea_orm::PaginatorTrait;
        Ok(E::find().filter(condition).count(&self.transaction).await?)
    }

    /// The sum of a column of 64 bits over the rows that fulfil a condition: a fact for a rule.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sum<E: EntityTrait>(
        &self,
        column: E::Column,
        condition: Condition,
    ) -> Result<i64, StoreError> {
        let sum = format!("CAST(COALESCE(SUM({}), 0) AS BIGINT)", column.as_str());
        let summed = E::find()
            .select_only()
            .expr_as(Expr::cust(sum), "sum")
            .filter(condition)
            .into_tuple::<i64>()
            .one(&self.transaction)
            .await?;
        Ok(summed.unwrap_or_default())
    }

    /// Holds a row until the transaction ends, so that what a rule finds out about it stays true. SQLite has only one
    /// writer, which holds everything.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lock<E: EntityTrait>(&self, id: impl Into<Uuid>) -> Result<(), StoreError> {
        if self.backend == DbBackend::Postgres {
            let key = primary_key::<E>();
            let locked = E::find()
                .select_only()
                .column(key)
                .filter(key.into_expr().eq(id.into()))
                .lock_exclusive();
            locked.into_tuple::<Uuid>().all(&self.transaction).await?;
        }
        Ok(())
    }

    /// Keeps a row as it is until the transaction ends, together with others who do the same; whoever [locks](Self::lock) it
    /// waits for all of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep<E: EntityTrait>(&self, id: impl Into<Uuid>) -> Result<(), StoreError> {
        if self.backend == DbBackend::Postgres {
            let key = primary_key::<E>();
            let kept = E::find()
                .select_only()
                .column(key)
                .filter(key.into_expr().eq(id.into()))
                .lock_shared();
            kept.into_tuple::<Uuid>().all(&self.transaction).await?;
        }
        Ok(())
    }

    /// Holds a name until the transaction ends, so that what a rule finds out about rows that may not be there yet, such as
    /// those with one code, stays true.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold(&self, name: &str) -> Result<(), StoreError> {
        if self.backend == DbBackend::Postgres {
            let lock = Statement::from_sql_and_values(
                self.backend,
                "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
                [sea_orm::Value::from(name)],
            );
            self.transaction.execute_raw(lock).await?;
        }
        Ok(())
    }

    /// Adds a row, under a permit for what it belongs to.
    ///
    /// # Errors
    /// When the database refuses it.
    pub async fn insert<A, P, M>(
        &self,
        _permit: &Permit<P, M>,
        row: A,
    ) -> Result<<A::Entity as EntityTrait>::Model, StoreError>
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        Ok(<A::Entity as EntityTrait>::insert(self.with_bookkeeping(row))
            .exec_with_returning(&self.transaction)
            .await?)
    }

    /// Adds rows, as many a statement as the database takes, under a permit for what they belong to. All of them set the same
    /// columns.
    ///
    /// # Errors
    /// When the database refuses one.
    pub async fn insert_all<A, P, M>(&self, _permit: &Permit<P, M>, rows: Vec<A>) -> Result<(), StoreError>
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
    {
        /// The values that a statement of SQLite takes, which takes fewer than PostgreSQL.
        const MOST_VALUES: usize = 32_766;
        let columns = <A::Entity as EntityTrait>::Column::iter().count();
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let some = rows.by_ref().take(MOST_VALUES / columns.max(1));
            let some: Vec<A> = some.map(|row| self.with_bookkeeping(row)).collect();
            <A::Entity as EntityTrait>::insert_many(some)
                .exec_without_returning(&self.transaction)
                .await?;
        }
        Ok(())
    }

    fn with_bookkeeping<A: ActiveModelTrait>(&self, mut row: A) -> A {
        let now = sea_orm::Value::from(self.now);
        let author = self.actor.user.map(UserId);
        for (name, value) in [
            ("version", 1_i32.into()),
            ("created_at", now.clone()),
            ("updated_at", now),
            ("created_by", author.into()),
        ] {
            if let Ok(column) = <A::Entity as EntityTrait>::Column::from_str(name)
                && !row.get(column).is_set()
            {
                row.set(column, value);
            }
        }
        row
    }

    /// Changes a row, if it still has the version that the client knows.
    ///
    /// # Errors
    /// [`WriteError::Stale`] when it has not; the database's failure.
    pub async fn update<A, P, M, R>(
        &self,
        permit: &Permit<P, M>,
        expected_version: i32,
        mut row: A,
    ) -> Result<M, WriteError<R>>
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
        A::Entity: EntityTrait<Model = M>,
        M: IntoActiveModel<A> + Clone + Send + Sync,
    {
        let key = primary_key::<A::Entity>();
        let Some(id) = permit.model().clone().into_active_model().get(key).into_value() else {
            return Err(WriteError::Stale);
        };
        let mut update = <A::Entity as EntityTrait>::update_many().filter(key.into_expr().eq(id));
        if let Ok(version) = <A::Entity as EntityTrait>::Column::from_str("version") {
            row.set(version, (expected_version + 1).into());
            update = update.filter(version.into_expr().eq(expected_version));
        }
        if let Ok(updated_at) = <A::Entity as EntityTrait>::Column::from_str("updated_at") {
            row.set(updated_at, self.now.into());
        }
        let changed = update
            .set(row)
            .exec_with_returning(&self.transaction)
            .await
            .map_err(StoreError::from)?;
        changed.into_iter().next().ok_or(WriteError::Stale)
    }

    /// Takes a row away, if it still has the version that the client knows. Only what is nobody's record but the
    /// person's own is ever deleted; everything else ends.
    ///
    /// # Errors
    /// [`WriteError::Stale`] when it has not; the database's failure.
    pub async fn delete<P, M, R>(
        &self,
        permit: &Permit<P, M>,
        expected_version: i32,
    ) -> Result<(), WriteError<R>>
    where
        M: ModelTrait,
    {
        let key = primary_key::<M::Entity>();
        let mut delete = M::Entity::delete_many().filter(key.into_expr().eq(permit.model().get(key)));
        if let Ok(version) = <M::Entity as EntityTrait>::Column::from_str("version") {
            delete = delete.filter(version.into_expr().eq(expected_version));
        }
        let deleted = delete.exec(&self.transaction).await.map_err(StoreError::from)?;
        if deleted.rows_affected == 0 {
            return Err(WriteError::Stale);
        }
        Ok(())
    }

    /// The fields that a change touches, for its event.
    pub fn changed<A, M>(before: Option<&M>, after: &A) -> serde_json::Value
    where
        A: ActiveModelTrait,
        M: IntoActiveModel<A> + Clone,
    {
        changed_fields(
            before.map(|model| model.clone().into_active_model()).as_ref(),
            after,
        )
    }
}

impl<T> Recorded<T> {
    /// The answer.
    pub const fn answer(&self) -> &T {
        &self.0
    }
}

/// A value to write that is not set unless the client sent it.
pub fn set_if<V>(value: Option<V>) -> ActiveValue<V>
where
    V: Into<sea_orm::Value>,
{
    value.map_or(ActiveValue::NotSet, ActiveValue::Set)
}
