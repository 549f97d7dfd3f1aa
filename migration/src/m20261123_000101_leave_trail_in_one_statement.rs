//! What a change leaves before it is over, written by one statement: the answer kept for the same request, the audit's entries and the outbox's.
//!
//! Only PostgreSQL has it. Whoever adds to the audit's chain makes all others wait until the transaction is over; with a function of the
//! database's own nobody waits for messages that go to and fro in between. SQLite has no messages, and one writer.

use sea_orm_migration::prelude::*;

use crate::statements::run_either;

/// Creates and drops `leave_trail`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// The statement after the lock sees what the holder before has committed: each statement of the function looks anew. The fingerprint covers
/// what `api/src/events/audit.rs` says; `before` and `after` are the parts of its spelling that the caller knows.
///
/// What the entries refer to is held first: whoever waited for one of those rows with the chain in hand could wait in a ring.
///
/// The transaction does not wait for the disk with the chain in hand. Its caller waits for it afterwards, before anybody is answered.
const POSTGRES: &str = r#"CREATE FUNCTION leave_trail(
    happened timestamptz, by_user uuid, by_service uuid, request text, events jsonb, kept jsonb, kept_until timestamptz
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    event record;
    last_sequence bigint;
    last_hash text;
    own_hash text;
BEGIN
    IF kept IS NOT NULL THEN
        DELETE FROM idempotency_record
            WHERE actor = kept->>'actor' AND operation = kept->>'operation' AND key = kept->>'key' AND expires_at <= happened;
        INSERT INTO idempotency_record (id, organisation_id, actor, operation, key, request_hash, answer, created_at, expires_at)
            VALUES ((kept->>'id')::uuid, (kept->>'organisation_id')::uuid, kept->>'actor', kept->>'operation', kept->>'key',
                kept->>'request_hash', kept->'answer', happened, kept_until);
    END IF;
    PERFORM 1 FROM organisation WHERE id IN (
        SELECT (event_said->>name)::uuid FROM jsonb_array_elements(events) AS event_said,
            unnest(ARRAY['organisation_id', 'acting_organisation_id']) AS name)
        ORDER BY id FOR KEY SHARE;
    PERFORM 1 FROM partnership WHERE id IN (
        SELECT (event_said->>'partnership_id')::uuid FROM jsonb_array_elements(events) AS event_said)
        ORDER BY id FOR KEY SHARE;
    PERFORM 1 FROM user_account WHERE id = by_user FOR KEY SHARE;
    PERFORM 1 FROM service_account WHERE id = by_service FOR KEY SHARE;
    PERFORM set_config('synchronous_commit', 'off', true);
    PERFORM pg_advisory_xact_lock(418581342580);
    SELECT sequence, hash INTO last_sequence, last_hash FROM audit_event ORDER BY sequence DESC LIMIT 1;
    last_sequence := coalesce(last_sequence, 0);
    last_hash := coalesce(last_hash, '');
    FOR event IN SELECT * FROM jsonb_to_recordset(events) AS event(
        id uuid, acting_organisation_id uuid, action text, entity text, entity_id uuid, changed jsonb, reason text, subject_person_id uuid,
        before text, after text, outbox_id uuid, organisation_id uuid, partnership_id uuid, payload jsonb)
    LOOP
        last_sequence := last_sequence + 1;
        own_hash := encode(sha256(convert_to(
            '[' || last_sequence || ',' || event.before || ',"' || last_hash || '",' || event.after || ']', 'UTF8')), 'hex');
        INSERT INTO audit_event (id, sequence, at, actor_user_id, actor_service_account_id, acting_organisation_id, action, entity,
                entity_id, changed, reason, request_id, previous_hash, hash, subject_person_id)
            VALUES (event.id, last_sequence, happened, by_user, by_service, event.acting_organisation_id, event.action, event.entity,
                event.entity_id, event.changed, event.reason, request, last_hash, own_hash, event.subject_person_id);
        IF event.outbox_id IS NOT NULL THEN
            INSERT INTO outbox_event (id, sequence, at, topic, entity, entity_id, organisation_id, partnership_id, payload)
                VALUES (event.outbox_id, last_sequence, happened, event.action, event.entity, event.entity_id, event.organisation_id,
                    event.partnership_id, event.payload);
        END IF;
        last_hash := own_hash;
    END LOOP;
END $$"#;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_either(manager, &[POSTGRES], &[]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_either(manager, &["DROP FUNCTION leave_trail"], &[]).await
    }
}
