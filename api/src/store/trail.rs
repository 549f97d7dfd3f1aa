//! The audit trail and the outbox: what a transaction must leave before it can commit.

use entity::id::{AuditEventId, OrganisationId, OutboxEventId, ServiceAccountId, UserId};
use entity::platform::{audit_event, outbox_event};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QueryOrder, QuerySelect, Set, Statement};

use super::{Recorded, StoreError, WriteSession};
use crate::events::{AuditEntry, Event, fingerprint};

/// The advisory lock that orders the audit's chain on PostgreSQL; any constant of our own does.
const AUDIT_CHAIN: i64 = 0x0061_7564_6974;

impl WriteSession {
    /// Records what happened and ends the change with its answer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record<T>(&self, event: Event, answer: T) -> Result<Recorded<T>, StoreError> {
        self.record_all(vec![event], answer).await
    }

    /// The same for a change of several objects.
    ///
    /// # Errors
    /// When the database fails, or there is no event.
    pub async fn record_all<T>(&self, events: Vec<Event>, answer: T) -> Result<Recorded<T>, StoreError> {
        if events.is_empty() {
            return Err(StoreError::Failed(sea_orm::DbErr::Custom(
                "a change without an event".into(),
            )));
        }
        self.append_all(events).await?;
        Ok(Recorded(answer))
    }

    /// Appends events to the trail: one after the other, each with the fingerprint of the one before.
    async fn append_all(&self, events: Vec<Event>) -> Result<(), StoreError> {
        if self.backend == DbBackend::Postgres {
            let lock = Statement::from_sql_and_values(
                self.backend,
                "SELECT pg_advisory_xact_lock($1)",
                [sea_orm::Value::from(AUDIT_CHAIN)],
            );
            self.transaction.execute_raw(lock).await?;
        }
        let last = audit_event::Entity::find()
            .order_by_desc(audit_event::Column::Sequence)
            .limit(1)
            .one(&self.transaction)
            .await?;
        let (mut sequence, mut previous_hash) =
            last.map_or((0, String::new()), |last| (last.sequence, last.hash));
        for event in events {
            sequence += 1;
            previous_hash = self.append(sequence, previous_hash, event).await?;
        }
        Ok(())
    }

    async fn append(&self, sequence: i64, previous_hash: String, event: Event) -> Result<String, StoreError> {
        let acting_organisation = self.actor.acting_organisation.filter(|_| !event.private);
        let hash = fingerprint(&AuditEntry {
            sequence,
            at: self.now,
            actor_user: self.actor.user,
            actor_service: self.actor.service,
            acting_organisation,
            action: event.action,
            entity: event.entity,
            entity_id: event.entity_id,
            changed: &event.changed,
            reason: event.reason.as_deref(),
            request_id: &self.actor.request_id,
            previous_hash: &previous_hash,
            subject_person: event.read_about.map(|person| person.0),
        });
        if event.read_about.is_none() {
            self.announce(sequence, &event).await?;
        }
        let audit = audit_event::ActiveModel {
            id: Set(AuditEventId::new()),
            sequence: Set(sequence),
            at: Set(self.now),
            actor_user_id: Set(self.actor.user.map(UserId)),
            actor_service_account_id: Set(self.actor.service.map(ServiceAccountId)),
            acting_organisation_id: Set(acting_organisation.map(OrganisationId)),
            action: Set(event.action.into()),
            entity: Set(event.entity.into()),
            entity_id: Set(event.entity_id),
            changed: Set(event.changed),
            reason: Set(event.reason),
            request_id: Set(self.actor.request_id.clone()),
            previous_hash: Set(previous_hash),
            hash: Set(hash.clone()),
            subject_person_id: Set(event.read_about),
        };
        audit_event::Entity::insert(audit)
            .exec_without_returning(&self.transaction)
            .await?;
        Ok(hash)
    }

    /// Puts an event into the outbox, for those who want to hear of it.
    async fn announce(&self, sequence: i64, event: &Event) -> Result<(), StoreError> {
        let outbox = outbox_event::ActiveModel {
            id: Set(OutboxEventId::new()),
            sequence: Set(sequence),
            at: Set(self.now),
            topic: Set(event.action.into()),
            entity: Set(event.entity.into()),
            entity_id: Set(event.entity_id),
            organisation_id: Set(event.organisation),
            partnership_id: Set(event.partnership),
            payload: Set(serde_json::json!({ "fields": field_names(&event.changed) })),
            delivered_at: Set(None),
        };
        outbox_event::Entity::insert(outbox)
            .exec_without_returning(&self.transaction)
            .await?;
        Ok(())
    }
}

fn field_names(changed: &serde_json::Value) -> Vec<&str> {
    changed
        .as_object()
        .map(|fields| fields.keys().map(String::as_str).collect())
        .unwrap_or_default()
}
