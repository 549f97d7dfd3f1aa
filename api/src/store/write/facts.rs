//! What a change looks at before it writes: what its viewer may see, what its rules must know, and holding both still.

use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, IdenStatic, QueryFilter,
    QueryOrder, QueryResult, QuerySelect, QueryTrait, Related, Statement,
};

use super::WriteSession;
use crate::store::{AccessVersion, Scoped, StoreError, primary_key, read};

impl WriteSession {
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

    /// Those of several rows that exist and that the viewer may read, asked beside the transaction, which goes on meanwhile: what others have
    /// committed, and nothing that this one has written.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn visible_beside<E: Scoped>(&self, ids: Vec<Uuid>) -> Result<Vec<E::Model>, StoreError> {
        let statement = read::by_keys::<E>(ids, self.backend, &self.viewer, self.now);
        let found = self.ask_beside(statement).await?;
        found.iter().map(read::model::<E>).collect()
    }

    /// SQLite's one writer waits for nobody while it keeps all others waiting: it asks itself.
    async fn ask_beside(&self, statement: Statement) -> Result<Vec<QueryResult>, StoreError> {
        Ok(match self.backend {
            DbBackend::Postgres => self.store.readers.all(statement).await?,
            _ => self.transaction.query_all_raw(statement).await?,
        })
    }

    /// Whether nothing has changed what anybody may do since a number of changes; asked beside the transaction, too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn still_holds(&self, version: AccessVersion) -> Result<bool, StoreError> {
        if self.backend == DbBackend::Postgres {
            return self.store.still_holds(version).await;
        }
        let question = AccessVersion::question(self.backend);
        let now = AccessVersion::found(self.transaction.query_one_raw(question).await?);
        Ok(now == Some(version))
    }

    /// The row with an id, if it exists and the viewer may read it, kept as it is until the transaction ends, together with others who do
    /// the same; whoever [locks](Self::lock) it
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

    /// The same, asked beside the transaction, which goes on meanwhile: what others have committed, and nothing that this one has written.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn facts_beside<E: EntityTrait>(
        &self,
        condition: Condition,
    ) -> Result<Vec<E::Model>, StoreError> {
        let facts = E::find().filter(condition).order_by_asc(primary_key::<E>());
        let found = self.ask_beside(facts.build(self.backend)).await?;
        let models = found.iter().map(|row| E::Model::from_query_result(row, ""));
        Ok(models.collect::<Result<_, _>>()?)
    }

    /// Rows that a rule must look at, with the row that each of them belongs to.
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
}
