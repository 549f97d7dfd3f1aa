//! The audit trail holds over everything that is done, and one altered row shows.

use std::collections::BTreeSet;

use entity::platform::audit_event;
use harness::{World, both_databases, world};
use roundtable_api::events::{AuditEntry, fingerprint};
use roundtable_api::planner::global_id;
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::json;

use super::mutations;

/// Follows the trail from its beginning; says where it breaks.
pub fn verify(trail: &[audit_event::Model]) -> Result<(), String> {
    let mut entries: Vec<_> = trail.iter().collect();
    entries.sort_by_key(|entry| entry.sequence);
    let mut previous_hash = "";
    for (place, entry) in (1..).zip(&entries) {
        if entry.sequence != place {
            return Err(format!("entry {place} is missing"));
        }
        if entry.previous_hash != previous_hash {
            return Err(format!("entry {place} does not follow the one before"));
        }
        let expected = fingerprint(&AuditEntry {
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
        if entry.hash != expected {
            return Err(format!("entry {place} was altered"));
        }
        previous_hash = &entry.hash;
    }
    Ok(())
}

/// Lets the trail be altered, as somebody with every right to the database could.
async fn open_the_trail(world: &World) {
    let database = world.connection();
    let statements: &[&str] = match database.get_database_backend() {
        DbBackend::Sqlite => &[
            "DROP TRIGGER audit_event_refuses_UPDATE",
            "DROP TRIGGER audit_event_refuses_DELETE",
        ],
        _ => &["ALTER TABLE audit_event DISABLE TRIGGER USER"],
    };
    for statement in statements {
        database.execute_unprepared(statement).await.unwrap();
    }
}

both_databases! {
    /// Every mutation leaves an entry, and the trail of all of them holds.
    async fn the_trail_of_everything_that_is_done_holds(world: World) {
        let mut done = 0;
        for case in mutations::cases() {
            case.arrange(&world).await;
            let before = world.rows().await.audit_event.len();
            let answer = world.client(case.by).query(&case.document(), case.variables()).await;
            if answer.user_errors(case.mutation).is_empty() {
                done += 1;
                assert!(
                    world.rows().await.audit_event.len() > before,
                    "`{}` left no entry in the audit",
                    case.mutation
                );
            }
        }
        assert!(done > 0, "nothing was done");
        let trail = world.rows().await.audit_event;
        assert_eq!(verify(&trail), Ok(()));
    }

    /// One altered field, one missing entry: found, with its place.
    async fn one_altered_entry_shows(world: World) {
        assert_eq!(verify(&world.rows().await.audit_event), Ok(()));
        let refused = world.connection().execute_unprepared("UPDATE audit_event SET action = 'x' WHERE sequence = 3").await;
        assert!(refused.is_err(), "the database lets the audit be altered");
        open_the_trail(&world).await;
        let alter = |sql: &'static str| world.connection().execute_unprepared(sql);
        alter("UPDATE audit_event SET reason = 'another' WHERE sequence = 3").await.unwrap();
        assert_eq!(verify(&world.rows().await.audit_event), Err("entry 3 was altered".to_owned()));
        alter("DELETE FROM audit_event WHERE sequence = 3").await.unwrap();
        assert_eq!(verify(&world.rows().await.audit_event), Err("entry 3 is missing".to_owned()));
    }
    /// The place of an entry is read as a number, however long the trail is.
    async fn the_place_in_the_trail_is_a_number(engine: Engine) {
        let mut rows = world::rows();
        for (entry, place) in rows.audit_event.iter_mut().zip([1, 127, 128, 4_294_967_296]) {
            entry.sequence = place;
        }
        rows.audit_event.truncate(4);
        let world = World::of(engine, &rows, |_| ()).await;
        let query = "{ auditEvents(first: 100) { nodes { id sequence } } }";
        let answer = world.client("platform-admin").query(query, json!(null)).await;
        let read = answer.data("/auditEvents/nodes").as_array().unwrap();
        let read: BTreeSet<_> = read
            .iter()
            .map(|entry| (entry["id"].as_str().unwrap().to_owned(), entry["sequence"].as_str().unwrap().to_owned()))
            .collect();
        let kept = rows.audit_event.iter();
        let kept: BTreeSet<_> = kept
            .map(|entry| (global_id::encode("audit_event", entry.id.0), entry.sequence.to_string()))
            .collect();
        assert!(!read.is_empty() && read.is_subset(&kept), "{read:?}");
        assert_eq!(read.len(), kept.len());
        world.close().await;
    }
}
