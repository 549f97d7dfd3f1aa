//! Answers kept for requests that come again: written in the transaction of the change itself.

use entity::id::{IdempotencyRecordId, OrganisationId};
use entity::platform::idempotency_record;
use sea_orm::prelude::DateTimeUtc;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};

use super::{StoreError, WriteSession};

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

impl WriteSession {
    /// The answer kept for a key, with what told its request apart.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn kept_answer(
        &self,
        operation: &str,
        key: &str,
    ) -> Result<Option<(String, serde_json::Value)>, StoreError> {
        let kept = idempotency_record::Entity::find()
            .filter(self.same_key(operation, key))
            .one(&self.transaction)
            .await?;
        Ok(kept.map(|kept| (kept.request_hash, kept.answer)))
    }

    fn same_key(&self, operation: &str, key: &str) -> Condition {
        use idempotency_record::Column as C;
        let organisation = match self.actor.acting_organisation {
            Some(id) => C::OrganisationId.eq(OrganisationId(id)),
            None => C::OrganisationId.is_null(),
        };
        Condition::all()
            .add(C::Actor.eq(self.actor.key()))
            .add(C::Operation.eq(operation))
            .add(C::Key.eq(key))
            .add(organisation)
            .add(C::ExpiresAt.gt(self.now))
    }

    /// Keeps an answer in the same transaction as the change. An expired answer under the same key makes room.
    ///
    /// When the same request comes twice at once, [`WriteSession::commit`] fails with [`StoreError::Constraint`]: the other one has
    /// answered it.
    pub fn keep_answer(&self, kept: KeptAnswer, answer: serde_json::Value) {
        self.trail().answer = Some((kept, answer));
    }

    pub(super) async fn insert_answer(
        &self,
        kept: KeptAnswer,
        answer: serde_json::Value,
    ) -> Result<(), StoreError> {
        use idempotency_record::Column as C;
        let expired = Condition::all()
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
