//! Whether a version is past, beside its words: superseded by a later one, or withdrawn. A search leaves those out unless somebody
//! asks for them, and every text that is changed leaves one behind; so they must not cost the search anything.

use sea_orm_migration::prelude::*;

use crate::statements::run_either;

/// Adds and drops the column and its triggers; on PostgreSQL an index of the words of what is not past, too.
#[derive(DeriveMigrationName)]
pub struct Migration;

const POSTGRES: [&str; 6] = [
    "ALTER TABLE resource_version_words ADD COLUMN past boolean NOT NULL DEFAULT false",
    "UPDATE resource_version_words w SET past = true
        FROM resource_version v WHERE v.id = w.version_id AND v.status IN ('SUPERSEDED', 'WITHDRAWN')",
    r"CREATE OR REPLACE FUNCTION resource_version_words_keep(changed uuid) RETURNS void LANGUAGE sql AS
    $$ INSERT INTO resource_version_words (version_id, title, head, text, past)
        SELECT v.id, resource_version_words_of(v.title), resource_version_words_of(h.head),
            resource_version_words_of(h.head || E'\n' || coalesce(v.body, '')), v.status IN ('SUPERSEDED', 'WITHDRAWN')
        FROM resource_version v JOIN resource r ON r.id = v.resource_id,
            LATERAL (SELECT concat_ws(E'\n', v.title, r.topics::text, v.summary) AS head) h
        WHERE v.id = changed
        ON CONFLICT (version_id) DO UPDATE
        SET title = excluded.title, head = excluded.head, text = excluded.text, past = excluded.past $$",
    "CREATE FUNCTION resource_version_words_passed() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        UPDATE resource_version_words SET past = NOT past
            WHERE version_id = NEW.id AND past <> (NEW.status IN ('SUPERSEDED', 'WITHDRAWN'));
        RETURN NULL;
    END $$",
    "CREATE TRIGGER resource_version_words_passed AFTER UPDATE OF status ON resource_version
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION resource_version_words_passed()",
    "CREATE INDEX ix_resource_version_words_text_part ON resource_version_words USING gin (text) WHERE NOT past",
];

const POSTGRES_DOWN: [&str; 5] = [
    "DROP INDEX ix_resource_version_words_text_part",
    "DROP TRIGGER resource_version_words_passed ON resource_version",
    "DROP FUNCTION resource_version_words_passed()",
    r"CREATE OR REPLACE FUNCTION resource_version_words_keep(changed uuid) RETURNS void LANGUAGE sql AS
    $$ INSERT INTO resource_version_words (version_id, title, head, text)
        SELECT v.id, resource_version_words_of(v.title), resource_version_words_of(h.head),
            resource_version_words_of(h.head || E'\n' || coalesce(v.body, ''))
        FROM resource_version v JOIN resource r ON r.id = v.resource_id,
            LATERAL (SELECT concat_ws(E'\n', v.title, r.topics::text, v.summary) AS head) h
        WHERE v.id = changed
        ON CONFLICT (version_id) DO UPDATE SET title = excluded.title, head = excluded.head, text = excluded.text $$",
    "ALTER TABLE resource_version_words DROP COLUMN past",
];

/// SQLite's index of words has no columns of its own: what is past stands beside its numbers. A trigger is replaced in one go:
/// another connection would not know yet that it is gone.
const SQLITE: [&str; 4] = [
    "ALTER TABLE resource_version_words_key ADD COLUMN past boolean NOT NULL DEFAULT FALSE",
    "UPDATE resource_version_words_key SET past = TRUE
        WHERE version_id IN (SELECT id FROM resource_version WHERE status IN ('SUPERSEDED', 'WITHDRAWN'))",
    "DROP TRIGGER resource_version_words_added;
    CREATE TRIGGER resource_version_words_added AFTER INSERT ON resource_version BEGIN
        INSERT INTO resource_version_words_key (version_id, past)
            VALUES (NEW.id, NEW.status IN ('SUPERSEDED', 'WITHDRAWN'));
        INSERT INTO resource_version_words (rowid, title, topics, summary, text)
            SELECT k.number, NEW.title, r.topics, NEW.summary, NEW.body
            FROM resource_version_words_key k, resource r WHERE k.version_id = NEW.id AND r.id = NEW.resource_id;
    END",
    "CREATE TRIGGER resource_version_words_passed AFTER UPDATE OF status ON resource_version
    WHEN OLD.status IS NOT NEW.status BEGIN
        UPDATE resource_version_words_key SET past = NEW.status IN ('SUPERSEDED', 'WITHDRAWN') WHERE version_id = NEW.id;
    END",
];

const SQLITE_DOWN: [&str; 3] = [
    "DROP TRIGGER resource_version_words_passed",
    "DROP TRIGGER resource_version_words_added;
    CREATE TRIGGER resource_version_words_added AFTER INSERT ON resource_version BEGIN
        INSERT INTO resource_version_words_key (version_id) VALUES (NEW.id);
        INSERT INTO resource_version_words (rowid, title, topics, summary, text)
            SELECT k.number, NEW.title, r.topics, NEW.summary, NEW.body
            FROM resource_version_words_key k, resource r WHERE k.version_id = NEW.id AND r.id = NEW.resource_id;
    END",
    "ALTER TABLE resource_version_words_key DROP COLUMN past",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_either(manager, &POSTGRES, &SQLITE).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_either(manager, &POSTGRES_DOWN, &SQLITE_DOWN).await
    }
}
