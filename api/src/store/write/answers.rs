//! Answers kept for requests that come again: written in the transaction of the change itself.

use std::collections::HashMap;

use entity::id::{IdempotencyRecordId, OrganisationId};
use entity::platform::idempotency_record;
use sea_orm::prelude::DateTimeUtc;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, DbBackend, EntityTrait, QueryFilter, Set, Statement, Value};
use serde_json::Value as Json;

use super::WriteSession;
use crate::store::StoreError;

/// An answer that is kept for the same request, should it come again.
#[derive(Clone, Debug)]
pub struct KeptAnswer {
    /// The operation, such as `boardCreate`.
    pub operation: String,
    /// The client's key.
    pub key: String,
    /// What tells its request apart.
    pub request_hash: String,
    /// Until when it is kept.
    pub expires_at: DateTimeUtc,
}

const KEPT_ON_POSTGRES: &str = "SELECT * FROM kept_answers($1, $2, $3, $4, $5)";
const KEPT_ON_SQLITE: &str =
    "SELECT * FROM idempotency_record WHERE organisation_id IS ?1 AND actor = ?2 AND operation = ?3
    AND expires_at > ?4 AND key IN (SELECT value FROM json_each(?5))";

impl WriteSession {
    /// The answer kept for a key, with what told its request apart.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn kept_answer(
        &self,
        operation: &str,
        key: &str,
    ) -> Result<Option<(String, Json)>, StoreError> {
        Ok(self.kept_answers(operation, [key]).await?.remove(key))
    }

    /// The same for several keys.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn kept_answers(
        &self,
        operation: &str,
        keys: impl IntoIterator<Item = &str>,
    ) -> Result<HashMap<String, (String, Json)>, StoreError> {
        let keys: Vec<String> = keys.into_iter().map(str::to_owned).collect();
        let (keys, sql) = match self.backend {
            DbBackend::Postgres => (Value::from(keys), KEPT_ON_POSTGRES),
            _ => (Json::from(keys).to_string().into(), KEPT_ON_SQLITE),
        };
        let values = [
            self.actor.acting_organisation.into(),
            self.actor.key().into(),
            operation.into(),
            self.now.into(),
            keys,
        ];
        let statement = Statement::from_sql_and_values(self.backend, sql, values);
        let kept = idempotency_record::Entity::find()
            .from_raw_sql(statement)
            .all(&self.transaction)
            .await?;
        let of_key = |kept: idempotency_record::Model| (kept.key, (kept.request_hash, kept.answer));
        Ok(kept.into_iter().map(of_key).collect())
    }

    /// Keeps an answer in the same transaction as the change. An expired answer under the same key makes room.
    ///
    /// When the same request comes twice at once, [`WriteSession::commit`] fails with [`StoreError::Constraint`]: the other one has
    /// answered it.
    pub fn keep_answer(&self, kept: KeptAnswer, answer: Json) {
        self.trail().answers.push((kept, answer));
    }

    pub(super) async fn insert_answer(&self, kept: KeptAnswer, answer: Json) -> Result<(), StoreError> {
        use idempotency_record::Column as C;
        let organisation = match self.actor.acting_organisation {
            Some(id) => C::OrganisationId.eq(OrganisationId(id)),
            None => C::OrganisationId.is_null(),
        };
        let expired = Condition::all()
            .add(organisation)
            .add(C::Actor.eq(self.actor.key()))
            .add(C::Operation.eq(kept.operation.as_str()))
            .add(C::Key.eq(kept.key.as_str()))
            .add(C::ExpiresAt.lte(self.now));
        idempotency_record::Entity::delete_many()
            .filter(expired)
            .exec(&self.transaction)
            .await?;
        let row = idempotency_record::ActiveModel {
            id: Set(IdempotencyRecordId::new()),
            organisation_id: Set(self.actor.acting_organisation.map(OrganisationId)),
            actor: Set(self.actor.key()),
            operation: Set(kept.operation),
            key: Set(kept.key),
            request_hash: Set(kept.request_hash),
            answer: Set(answer),
            created_at: Set(self.now),
            expires_at: Set(kept.expires_at),
        };
        idempotency_record::Entity::insert(row)
            .exec_without_returning(&self.transaction)
            .await?;
        Ok(())
    }
}
