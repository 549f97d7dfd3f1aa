//! The words of every version of a resource, for full-text search. The database keeps them itself, in the transaction that changes
//! a text: whoever writes texts need not know.
//!
//! On PostgreSQL a table of `tsvector`s, on SQLite an FTS5 index; both read English word forms ("caring", "cares" and "care" are
//! one), take capitals and accents for nothing, and keep no copy of the texts. They are no tables of the domain: nobody reads them
//! but the search itself.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::statements::{run, run_either};

/// Creates and drops `resource_version_words`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// PostgreSQL. Its `english` leaves common words out, so that a phrase such as "at home" would find every home; ours is the same
/// without a list of them. Whatever is no letter and no digit separates words, so that addresses and hyphenated words are not
/// kept whole, which SQLite does not do either.
///
/// A `tsvector` holds one megabyte, and refuses more: so of a text, and of what is left of it once each character is taken apart,
/// the first 150,000 characters are read (some 25,000 words). What stands after is not found on PostgreSQL, and phrases are found
/// among the first 16,383 words, because positions end there. SQLite reads everything.
const POSTGRES: [&str; 12] = [
    "CREATE TEXT SEARCH DICTIONARY roundtable_english (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION roundtable_english (COPY = pg_catalog.english)",
    "ALTER TEXT SEARCH CONFIGURATION roundtable_english ALTER MAPPING REPLACE english_stem WITH roundtable_english",
    r"CREATE FUNCTION resource_version_words_of(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT to_tsvector('roundtable_english', regexp_replace(
        left(regexp_replace(normalize(left($1, 150000), NFKD), '[\u0300-\u036f]+', '', 'g'), 150000),
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+', ' ', 'g')) $$",
    "CREATE TABLE resource_version_words (
        version_id uuid PRIMARY KEY REFERENCES resource_version (id) ON DELETE CASCADE,
        title tsvector NOT NULL, head tsvector NOT NULL, text tsvector NOT NULL)",
    r"CREATE FUNCTION resource_version_words_keep(changed uuid) RETURNS void LANGUAGE sql AS
    $$ INSERT INTO resource_version_words (version_id, title, head, text)
        SELECT v.id, resource_version_words_of(v.title), resource_version_words_of(h.head),
            resource_version_words_of(h.head || E'\n' || coalesce(v.body, ''))
        FROM resource_version v JOIN resource r ON r.id = v.resource_id,
            LATERAL (SELECT concat_ws(E'\n', v.title, r.topics::text, v.summary) AS head) h
        WHERE v.id = changed
        ON CONFLICT (version_id) DO UPDATE SET title = excluded.title, head = excluded.head, text = excluded.text $$",
    "CREATE FUNCTION resource_version_words_changed() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM resource_version_words_keep(NEW.id); RETURN NULL; END $$",
    "CREATE FUNCTION resource_topics_changed() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM resource_version_words_keep(v.id) FROM resource_version v WHERE v.resource_id = NEW.id; RETURN NULL; END $$",
    "CREATE TRIGGER resource_version_words_changed AFTER INSERT OR UPDATE OF title, summary, body ON resource_version
    FOR EACH ROW EXECUTE FUNCTION resource_version_words_changed()",
    "CREATE TRIGGER resource_topics_changed AFTER UPDATE OF topics ON resource
    FOR EACH ROW WHEN (OLD.topics IS DISTINCT FROM NEW.topics) EXECUTE FUNCTION resource_topics_changed()",
    "SELECT resource_version_words_keep(id) FROM resource_version",
    "CREATE INDEX ix_resource_version_words_text ON resource_version_words USING gin (text)",
];

const POSTGRES_DOWN: [&str; 9] = [
    "DROP TRIGGER resource_topics_changed ON resource",
    "DROP TRIGGER resource_version_words_changed ON resource_version",
    "DROP FUNCTION resource_topics_changed()",
    "DROP FUNCTION resource_version_words_changed()",
    "DROP FUNCTION resource_version_words_keep(uuid)",
    "DROP TABLE resource_version_words",
    "DROP FUNCTION resource_version_words_of(text)",
    "DROP TEXT SEARCH CONFIGURATION roundtable_english",
    "DROP TEXT SEARCH DICTIONARY roundtable_english",
];

/// SQLite. An index has numbers for its texts: `resource_version_words_key` says which is whose.
const SQLITE: [&str; 7] = [
    "CREATE TABLE resource_version_words_key (
        number INTEGER PRIMARY KEY,
        version_id uuid_text NOT NULL UNIQUE REFERENCES resource_version (id) ON DELETE CASCADE)",
    "CREATE VIRTUAL TABLE resource_version_words USING fts5 (title, topics, summary, text,
        content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER resource_version_words_added AFTER INSERT ON resource_version BEGIN
        INSERT INTO resource_version_words_key (version_id) VALUES (NEW.id);
        INSERT INTO resource_version_words (rowid, title, topics, summary, text)
            SELECT k.number, NEW.title, r.topics, NEW.summary, NEW.body
            FROM resource_version_words_key k, resource r WHERE k.version_id = NEW.id AND r.id = NEW.resource_id;
    END",
    "CREATE TRIGGER resource_version_words_changed AFTER UPDATE OF title, summary, body ON resource_version BEGIN
        DELETE FROM resource_version_words
            WHERE rowid = (SELECT number FROM resource_version_words_key WHERE version_id = NEW.id);
        INSERT INTO resource_version_words (rowid, title, topics, summary, text)
            SELECT k.number, NEW.title, r.topics, NEW.summary, NEW.body
            FROM resource_version_words_key k, resource r WHERE k.version_id = NEW.id AND r.id = NEW.resource_id;
    END",
    "CREATE TRIGGER resource_version_words_removed BEFORE DELETE ON resource_version BEGIN
        DELETE FROM resource_version_words
            WHERE rowid = (SELECT number FROM resource_version_words_key WHERE version_id = OLD.id);
        DELETE FROM resource_version_words_key WHERE version_id = OLD.id;
    END",
    "CREATE TRIGGER resource_topics_changed AFTER UPDATE OF topics ON resource WHEN OLD.topics IS NOT NEW.topics BEGIN
        DELETE FROM resource_version_words WHERE rowid IN (
            SELECT k.number FROM resource_version_words_key k JOIN resource_version v ON v.id = k.version_id
            WHERE v.resource_id = NEW.id);
        INSERT INTO resource_version_words (rowid, title, topics, summary, text)
            SELECT k.number, v.title, NEW.topics, v.summary, v.body
            FROM resource_version_words_key k JOIN resource_version v ON v.id = k.version_id
            WHERE v.resource_id = NEW.id;
    END",
    "INSERT INTO resource_version_words_key (version_id) SELECT id FROM resource_version",
];

/// The texts that were there before.
const SQLITE_FILL: &str = "INSERT INTO resource_version_words (rowid, title, topics, summary, text)
    SELECT k.number, v.title, r.topics, v.summary, v.body
    FROM resource_version_words_key k JOIN resource_version v ON v.id = k.version_id JOIN resource r ON r.id = v.resource_id";

const SQLITE_DOWN: [&str; 6] = [
    "DROP TRIGGER resource_topics_changed",
    "DROP TRIGGER resource_version_words_removed",
    "DROP TRIGGER resource_version_words_changed",
    "DROP TRIGGER resource_version_words_added",
    "DROP TABLE resource_version_words",
    "DROP TABLE resource_version_words_key",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match manager.get_database_backend() {
            DbBackend::Sqlite => {
                run(manager, &SQLITE).await?;
                run(manager, &[SQLITE_FILL]).await
            }
            _ => run(manager, &POSTGRES).await,
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_either(manager, &POSTGRES_DOWN, &SQLITE_DOWN).await
    }
}
