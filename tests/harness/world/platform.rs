//! What the platform keeps about itself: an audit trail that holds, an event on its way out, an answer kept.

use entity::id::{
    AuditEventId, IdempotencyRecordId, OrganisationId, OutboxEventId, ServiceAccountId, UserId,
};
use entity::platform::{access_version, audit_event, idempotency_record, outbox_event, setting};
use roundtable_api::events::{AuditEntry, fingerprint};
use serde_json::json;

use super::{at, canary, key, recorded};
use crate::Rows;

pub(super) fn fill(rows: &mut Rows) {
    let user = |name| (Some(key::<UserId>("user", name)), None);
    let service = |name| (None, Some(key::<ServiceAccountId>("service_account", name)));
    for (name, (actor_user, actor_service), acting, action, on, of) in [
        (
            "by-council",
            user("council-admin"),
            Some("ashdown-council"),
            "board.create",
            "board",
            "team-up",
        ),
        (
            "by-chair",
            user("board-chair"),
            None,
            "board.update",
            "board",
            "team-up",
        ),
        (
            "by-service",
            service("service-account"),
            Some("ashdown-council"),
            "board.update",
            "board",
            "team-up",
        ),
        (
            "by-stranger",
            user("stranger"),
            Some("fernley-council"),
            "board.create",
            "board",
            "fernley-inner",
        ),
        (
            "by-system",
            (None, None),
            None,
            "membership.expire",
            "board_membership",
            "team-up former-member",
        ),
    ] {
        let entry = append(rows, name, action, (on, of));
        entry.actor_user_id = actor_user;
        entry.actor_service_account_id = actor_service;
        entry.acting_organisation_id = acting.map(|name| key::<OrganisationId>("organisation", name));
        seal(entry);
    }
    rows.outbox_event.push(outbox_event::Model {
        id: key::<OutboxEventId>("outbox_event", "board"),
        sequence: 1,
        at: recorded(),
        topic: canary("outbox_event", "board", "topic"),
        entity: "board".to_owned(),
        entity_id: super::ids::uuid("board", "team-up"),
        organisation_id: None,
        partnership_id: None,
        payload: json!({ "fields": [canary("outbox_event", "board", "payload")] }),
        delivered_at: None,
    });
    rows.idempotency_record.push(idempotency_record::Model {
        id: key::<IdempotencyRecordId>("idempotency_record", "board"),
        organisation_id: None,
        actor: canary("idempotency_record", "board", "actor"),
        operation: "boardCreate".to_owned(),
        key: canary("idempotency_record", "board", "key"),
        request_hash: canary("idempotency_record", "board", "request_hash"),
        answer: json!({}),
        created_at: recorded(),
        expires_at: at("2026-12-31T00:00:00Z"),
    });
    rows.setting.push(setting::Model {
        name: canary("setting", "world", "name"),
        value: canary("setting", "world", "value"),
    });
    rows.access_version.push(access_version::Model {
        name: canary("access_version", "world", "name"),
        version: 1,
    });
}

fn append<'a>(
    rows: &'a mut Rows,
    name: &str,
    action: &str,
    (on, of): (&str, &str),
) -> &'a mut audit_event::Model {
    let previous_hash = rows
        .audit_event
        .last()
        .map(|last| last.hash.clone())
        .unwrap_or_default();
    let sequence = i64::try_from(rows.audit_event.len()).unwrap() + 1;
    rows.audit_event.push(audit_event::Model {
        id: key::<AuditEventId>("audit_event", name),
        sequence,
        at: recorded(),
        actor_user_id: None,
        actor_service_account_id: None,
        acting_organisation_id: None,
        action: action.to_owned(),
        entity: on.to_owned(),
        entity_id: super::ids::uuid(on, of),
        changed: json!({ "name": [null, canary("audit_event", name, "changed")] }),
        reason: Some(canary("audit_event", name, "reason")),
        request_id: canary("audit_event", name, "request_id"),
        previous_hash,
        hash: String::new(),
        subject_person_id: None,
    });
    rows.audit_event.last_mut().unwrap()
}

fn seal(entry: &mut audit_event::Model) {
    entry.hash = fingerprint(&AuditEntry {
        sequence: entry.sequence,
        at: entry.at,
        actor_user: entry.actor_user_id.map(|id| id.0),
        actor_service: entry.actor_service_account_id.map(|id| id.0),
        acting_organisation: entry.acting_organisation_id.map(|id| id.0),
        action: &entry.action,
        entity: &entry.entity,
        entity_id: entry.entity_id,
        changed: &entry.changed.to_string(),
        reason: entry.reason.as_deref(),
        request_id: &entry.request_id,
        previous_hash: &entry.previous_hash,
        subject_person: entry.subject_person_id.map(|id| id.0),
    });
}
