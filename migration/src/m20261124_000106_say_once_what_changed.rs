//! What a change leaves before it is over, with what changed said once: the entry of the audit has it from the very words that its fingerprint
//! covers. Said three times over, it was most of what a change sends to the database at its end, while all others wait for the chain.

use sea_orm_migration::prelude::*;

use crate::statements::run_either;

/// Creates and drops another `leave_trail` beside those before, which nodes call that were not replaced yet.
#[derive(DeriveMigrationName)]
pub struct Migration;

const DROP: &str = "DROP FUNCTION leave_trail(timestamptz, uuid, uuid, jsonb, text[], jsonb)";

/// What it does, in which order and why, is said where those before are.
const POSTGRES: &str = r#"CREATE FUNCTION leave_trail(
    happened timestamptz, by_user uuid, by_service uuid, events jsonb, changes text[], answers jsonb
)
RETURNS void LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    organisations uuid[];
    partnerships uuid[];
    written bigint := 0;
    last_sequence bigint;
    hashes text[];
    spelled record;
BEGIN
    IF answers->0->>'organisation_id' IS NULL THEN
        INSERT INTO idempotency_record AS there (id, actor, operation, key, request_hash, answer, created_at, expires_at)
            SELECT id, actor, operation, key, request_hash, answer, happened, expires_at FROM jsonb_to_recordset(answers) AS kept(
                id uuid, actor text, operation text, key text, request_hash text, answer jsonb, expires_at timestamptz)
            ORDER BY key
            ON CONFLICT (actor, operation, key) WHERE organisation_id IS NULL DO UPDATE
            SET id = EXCLUDED.id, request_hash = EXCLUDED.request_hash, answer = EXCLUDED.answer, created_at = EXCLUDED.created_at,
                expires_at = EXCLUDED.expires_at
            WHERE there.expires_at <= happened;
    ELSE
        INSERT INTO idempotency_record AS there (id, organisation_id, actor, operation, key, request_hash, answer, created_at, expires_at)
            SELECT id, organisation_id, actor, operation, key, request_hash, answer, happened, expires_at
            FROM jsonb_to_recordset(answers) AS kept(id uuid, organisation_id uuid, actor text, operation text, key text,
                request_hash text, answer jsonb, expires_at timestamptz)
            ORDER BY key
            ON CONFLICT (organisation_id, actor, operation, key) DO UPDATE
            SET id = EXCLUDED.id, request_hash = EXCLUDED.request_hash, answer = EXCLUDED.answer, created_at = EXCLUDED.created_at,
                expires_at = EXCLUDED.expires_at
            WHERE there.expires_at <= happened;
    END IF;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written < jsonb_array_length(answers) THEN
        RAISE unique_violation USING MESSAGE = 'the same request was answered meanwhile', TABLE = 'idempotency_record';
    END IF;
    SELECT array_agg(DISTINCT organisation), array_agg(DISTINCT (event->>'partnership_id')::uuid) INTO organisations, partnerships
        FROM jsonb_array_elements(events) AS event, LATERAL (VALUES ((event->>'organisation_id')::uuid),
            ((event->>'acting_organisation_id')::uuid)) AS of(organisation);
    PERFORM 1 FROM organisation WHERE id = ANY(organisations) ORDER BY id FOR KEY SHARE;
    PERFORM 1 FROM partnership WHERE id = ANY(partnerships) ORDER BY id FOR KEY SHARE;
    PERFORM 1 FROM user_account WHERE id = by_user FOR KEY SHARE;
    PERFORM 1 FROM service_account WHERE id = by_service FOR KEY SHARE;
    PERFORM set_config('synchronous_commit', 'off', true);
    PERFORM pg_advisory_xact_lock(418581342580);
    SELECT sequence, ARRAY[hash] INTO last_sequence, hashes FROM audit_event ORDER BY sequence DESC LIMIT 1;
    last_sequence := coalesce(last_sequence, 0);
    hashes := coalesce(hashes, ARRAY['']);
    FOR spelled IN SELECT event->>'before' AS before, event->>'between' AS between, event->>'behind' AS behind, place
        FROM jsonb_array_elements(events) WITH ORDINALITY AS said(event, place) ORDER BY place
    LOOP
        hashes := hashes || encode(sha256(convert_to('[' || last_sequence + spelled.place || ',' || spelled.before || ','
            || changes[spelled.place] || ',' || spelled.between || ',"' || hashes[spelled.place] || '",' || spelled.behind || ']', 'UTF8')), 'hex');
    END LOOP;
    WITH event AS MATERIALIZED (
        SELECT * FROM ROWS FROM (jsonb_to_recordset(events) AS (
            id uuid, acting_organisation_id uuid, action text, entity text, entity_id uuid, reason text, request_id text,
            subject_person_id uuid, outbox_id uuid, organisation_id uuid, partnership_id uuid, payload jsonb
        )) WITH ORDINALITY AS said(id, acting_organisation_id, action, entity, entity_id, reason, request_id, subject_person_id,
            outbox_id, organisation_id, partnership_id, payload, place)
    ), announced AS (
        INSERT INTO outbox_event (id, sequence, at, topic, entity, entity_id, organisation_id, partnership_id, payload)
            SELECT outbox_id, last_sequence + place, happened, action, entity, entity_id, organisation_id, partnership_id, payload
            FROM event WHERE outbox_id IS NOT NULL
    )
    INSERT INTO audit_event (id, sequence, at, actor_user_id, actor_service_account_id, acting_organisation_id, action, entity, entity_id,
            changed, reason, request_id, previous_hash, hash, subject_person_id)
        SELECT id, last_sequence + place, happened, by_user, by_service, acting_organisation_id, action, entity, entity_id,
            changes[place]::jsonb, reason, request_id, hashes[place], hashes[place + 1], subject_person_id
        FROM event ORDER BY place;
END $$"#;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_either(manager, &[POSTGRES], &[]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_either(manager, &[DROP], &[]).await
    }
}
