//! Writing: one transaction for the change, its trace and its answer.
//!
//! [`Store::begin`] opens the transaction, and [`WriteSession::commit`] ends it only with the proof of [`WriteSession::record`]: no
//! change without an event. On SQLite it takes the one writer at once; on PostgreSQL, rows that a rule depends on are locked
//! ([`WriteSession::lock`]) before the rule looks at them.
//!
//! - `facts`: what a change looks at before it writes.
//! - `trail` and `answers`: what it leaves besides the change.
//! - `commit`: how it ends.

mod answers;
mod commit;
mod facts;
mod trail;

pub use answers::KeptAnswer;
pub use commit::Written;

use std::collections::HashSet;
use std::str::FromStr;
use std::sync::{Arc, Mutex};

use entity::id::UserId;
use sea_orm::prelude::{DateTimeUtc, Uuid};
use sea_orm::sea_query::{ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ActiveValue, ColumnTrait, ConnectionTrait, DatabaseTransaction,
    DbBackend, EntityTrait, IntoActiveModel, Iterable, ModelTrait, QueryFilter, QueryTrait,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use self::trail::Trail;
use super::{Store, StoreError, ViewerValues, primary_key};
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
    pub(in crate::store) transaction: DatabaseTransaction,
    /// Where is asked what is asked beside the transaction.
    store: Store,
    viewer: Arc<ViewerValues>,
    actor: Actor,
    pub(in crate::store) now: DateTimeUtc,
    pub(in crate::store) backend: DbBackend,
    trail: Mutex<Trail>,
}

/// Proof that an event was recorded: what a transaction must end with.
#[derive(Debug)]
pub struct Recorded<T>(T);

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
            store: self.clone(),
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
        for some in self.in_statements(rows) {
            <A::Entity as EntityTrait>::insert_many(some)
                .exec_without_returning(&self.transaction)
                .await?;
        }
        Ok(())
    }

    /// The same, without the rows whose like is there: those that a unique index does not take, because of a row from before or of one
    /// that comes before them. Says which were added. Who adds the same elsewhere at this moment is waited for.
    ///
    /// # Errors
    /// When the database refuses one for another reason.
    pub async fn insert_new<A, P, M>(
        &self,
        _permit: &Permit<P, M>,
        rows: Vec<A>,
    ) -> Result<HashSet<Uuid>, StoreError>
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
    {
        let key = primary_key::<A::Entity>();
        let mut added = HashSet::with_capacity(rows.len());
        for some in self.in_statements(rows) {
            let mut insert = <A::Entity as EntityTrait>::insert_many(some);
            let insert = insert.query();
            insert.on_conflict(OnConflict::new().do_nothing().to_owned());
            insert.returning_col(key);
            for row in self.transaction.query_all(insert).await? {
                added.insert(row.try_get_by_index(0)?);
            }
        }
        Ok(added)
    }

    /// Rows to add, as many together as a statement takes.
    fn in_statements<A: ActiveModelTrait>(&self, rows: Vec<A>) -> impl Iterator<Item = Vec<A>> {
        /// The values that a statement of SQLite takes, which takes fewer than PostgreSQL.
        const MOST_VALUES: usize = 32_766;
        let columns = <A::Entity as EntityTrait>::Column::iter().count();
        let mut rows = rows.into_iter().map(|row| self.with_bookkeeping(row));
        std::iter::from_fn(move || {
            let some: Vec<A> = rows.by_ref().take(MOST_VALUES / columns.max(1)).collect();
            (!some.is_empty()).then_some(some)
        })
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
