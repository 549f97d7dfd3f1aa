//! One full row of each table of the platform's own tables.

use entity::id::{AuditEventId, IdempotencyRecordId, OrganisationId, OutboxEventId, PartnershipId, UserId};
use entity::platform::{access_version, audit_event, idempotency_record, outbox_event, setting};

use super::{id, instant, json};

pub fn audit_event() -> audit_event::Model {
    audit_event::Model {
        id: AuditEventId(id(25)),
        sequence: 1,
        at: instant(),
        actor_user_id: Some(UserId(id(8))),
        actor_service_account_id: None,
        acting_organisation_id: Some(OrganisationId(id(1))),
        action: "action".to_owned(),
        entity: "entity".to_owned(),
        entity_id: id(99),
        changed: json(),
        reason: Some("reason".to_owned()),
        request_id: "request id".to_owned(),
        previous_hash: "previous hash".to_owned(),
        hash: "hash".to_owned(),
        subject_person_id: None,
    }
}

pub fn outbox_event() -> outbox_event::Model {
    outbox_event::Model {
        id: OutboxEventId(id(26)),
        sequence: 1,
        at: instant(),
        topic: "topic".to_owned(),
        entity: "entity".to_owned(),
        entity_id: id(99),
        organisation_id: Some(OrganisationId(id(1))),
        partnership_id: Some(PartnershipId(id(15))),
        payload: json(),
        delivered_at: Some(instant()),
    }
}

pub fn idempotency_record() -> idempotency_record::Model {
    idempotency_record::Model {
        id: IdempotencyRecordId(id(27)),
        organisation_id: Some(OrganisationId(id(1))),
        actor: "actor".to_owned(),
        operation: "operation".to_owned(),
        key: "key".to_owned(),
        request_hash: "request hash".to_owned(),
        answer: json(),
        created_at: instant(),
        expires_at: instant(),
    }
}

pub fn setting() -> setting::Model {
    setting::Model {
        name: "name".to_owned(),
        value: "value".to_owned(),
    }
}

pub fn access_version() -> access_version::Model {
    access_version::Model {
        name: "name".to_owned(),
        version: 1,
    }
}
