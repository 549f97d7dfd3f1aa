//! The audit trail and the outbox: what a transaction must leave before it can commit.
//!
//! The trail is written last of all: on PostgreSQL whoever adds to the audit's chain makes all others wait, until the transaction is over.

use std::sync::{MutexGuard, PoisonError};

use entity::id::{
    AuditEventId, IdempotencyRecordId, OrganisationId, OutboxEventId, ServiceAccountId, UserId,
};
use entity::platform::{audit_event, outbox_event};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QueryOrder, QuerySelect, Set, Statement, Value};
use serde_json::{Value as Json, json};

use super::{KeptAnswer, Recorded, WriteSession};
use crate::events::{AuditEntry, Event, fingerprint};
use crate::store::StoreError;

/// What a transaction leaves when it ends.
#[derive(Debug, Default)]
pub(super) struct Trail {
    /// What happened.
    pub events: Vec<Event>,
    /// The answers to keep for the same requests, should they come again.
    pub answers: Vec<(KeptAnswer, Json)>,
}

impl WriteSession {
    /// Records what happened and ends the change with its answer.
    pub fn record<T>(&self, event: Event, answer: T) -> Recorded<T> {
        self.record_all(vec![event], answer)
    }

    /// The same for a change of several objects. Without an event [`WriteSession::commit`] refuses it.
    pub fn record_all<T>(&self, events: Vec<Event>, answer: T) -> Recorded<T> {
        self.trail().events.extend(events);
        Recorded(answer)
    }

    pub(super) fn trail(&self) -> MutexGuard<'_, Trail> {
        self.trail.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes the trail: the last statement of a transaction.
    ///
    /// # Errors
    /// When nothing was recorded; when the database fails.
    pub(super) async fn leave_trail(&self) -> Result<(), StoreError> {
        let trail = std::mem::take(&mut *self.trail());
        if trail.events.is_empty() {
            return Err(StoreError::Failed(sea_orm::DbErr::Custom(
                "a change without an event".into(),
            )));
        }
        match self.backend {
            DbBackend::Postgres => self.leave_at_once(trail).await,
            _ => self.leave_one_by_one(trail).await,
        }
    }

    /// The whole trail in one statement, so that the chain is held no longer than that and the end of the transaction.
    async fn leave_at_once(&self, trail: Trail) -> Result<(), StoreError> {
        let events = trail.events.iter().map(|event| self.event_to_leave(event));
        let (events, changed): (Vec<_>, Vec<_>) = events.unzip();
        let answers = trail.answers.into_iter();
        let answers = answers.map(|(kept, answer)| self.answer_to_leave(&kept, answer));
        let statement = Statement::from_sql_and_values(
            self.backend,
            "SELECT leave_trail($1, $2, $3, $4, $5, $6)",
            [
                Value::from(self.now),
                self.actor.user.into(),
                self.actor.service.into(),
                Json::Array(events).into(),
                changed.into(),
                Json::Array(answers.collect()).into(),
            ],
        );
        self.transaction.execute_raw(statement).await?;
        Ok(())
    }

    /// An event as the database's function takes it, which alone knows its place in the chain; and, written once for the entry and its
    /// fingerprint, what changed.
    fn event_to_leave(&self, event: &Event) -> (Json, String) {
        let entry = self.entry(event);
        let spelled = entry.spelled();
        let announced = event.read_about.is_none();
        let left = json!({
            "id": AuditEventId::new(),
            "acting_organisation_id": entry.acting_organisation,
            "request_id": entry.request_id,
            "before": spelled.before,
            "between": spelled.between,
            "behind": spelled.behind,
            "outbox_id": announced.then(OutboxEventId::new),
            "payload": announced.then(|| payload(event)),
            "action": event.action,
            "entity": event.entity,
            "entity_id": event.entity_id,
            "organisation_id": event.organisation,
            "partnership_id": event.partnership,
            "reason": event.reason,
            "subject_person_id": event.read_about,
        });
        (left, spelled.changed.to_owned())
    }

    fn answer_to_leave(&self, kept: &KeptAnswer, answer: Json) -> Json {
        json!({
            "id": IdempotencyRecordId::new(),
            "organisation_id": self.actor.acting_organisation,
            "actor": self.actor.key(),
            "operation": kept.operation,
            "key": kept.key,
            "request_hash": kept.request_hash,
            "answer": answer,
            "expires_at": kept.expires_at,
        })
    }

    /// Appends events to the trail: one after the other, each with the fingerprint of the one before.
    async fn leave_one_by_one(&self, trail: Trail) -> Result<(), StoreError> {
        for (kept, answer) in trail.answers {
            self.insert_answer(kept, answer).await?;
        }
        let last = audit_event::Entity::find()
            .order_by_desc(audit_event::Column::Sequence)
            .limit(1)
            .one(&self.transaction)
            .await?;
        let (mut sequence, mut previous_hash) =
            last.map_or((0, String::new()), |last| (last.sequence, last.hash));
        for event in trail.events {
            sequence += 1;
            previous_hash = self.append(sequence, previous_hash, event).await?;
        }
        Ok(())
    }

    async fn append(&self, sequence: i64, previous_hash: String, event: Event) -> Result<String, StoreError> {
        let entry = AuditEntry {
            sequence,
            previous_hash: &previous_hash,
            ..self.entry(&event)
        };
        let (hash, acting_organisation) = (fingerprint(&entry), entry.acting_organisation);
        let request_id = entry.request_id.to_owned();
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
            request_id: Set(request_id),
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
            payload: Set(payload(event)),
            delivered_at: Set(None),
        };
        outbox_event::Entity::insert(outbox)
            .exec_without_returning(&self.transaction)
            .await?;
        Ok(())
    }

    /// What the fingerprint of an event covers, but for its place in the chain.
    fn entry<'a>(&'a self, event: &'a Event) -> AuditEntry<'a> {
        AuditEntry {
            sequence: 0,
            at: self.now,
            actor_user: self.actor.user,
            actor_service: self.actor.service,
            acting_organisation: self.actor.acting_organisation.filter(|_| !event.private),
            action: event.action,
            entity: event.entity,
            entity_id: event.entity_id,
            changed: event.spelled_changed(),
            reason: event.reason.as_deref(),
            request_id: event.request_id.as_deref().unwrap_or(&self.actor.request_id),
            previous_hash: "",
            subject_person: event.read_about.map(|person| person.0),
        }
    }
}

/// What the outbox says of an event: which fields changed, and not to what.
fn payload(event: &Event) -> Json {
    let fields = event.changed.as_object();
    let names: Vec<_> = fields.map(|fields| fields.keys().collect()).unwrap_or_default();
    json!({ "fields": names })
}
