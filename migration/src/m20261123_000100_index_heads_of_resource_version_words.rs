//! An index of the words in titles, topics and summaries alone: a search looks there first, and most pages are filled by what it finds.
//!
//! On PostgreSQL it is one of the column that holds them. SQLite's index of words knows in which column a word stands, but passes over every
//! text that has it anywhere: so there heads have an index of their own, under the numbers of the other.

use sea_orm_migration::prelude::*;

use crate::statements::run_either;

/// Creates and drops the indexes; on PostgreSQL one of all heads, and one of those of versions that are not past.
#[derive(DeriveMigrationName)]
pub struct Migration;

const POSTGRES: [&str; 2] = [
    "CREATE INDEX ix_resource_version_words_head ON resource_version_words USING gin (head)",
    "CREATE INDEX ix_resource_version_words_head_part ON resource_version_words USING gin (head) WHERE NOT past",
];

const POSTGRES_DOWN: [&str; 2] = [
    "DROP INDEX ix_resource_version_words_head_part",
    "DROP INDEX ix_resource_version_words_head",
];

/// A number is given to a version, and taken away with it, by the triggers of the other index.
const SQLITE: [&str; 6] = [
    "CREATE VIRTUAL TABLE resource_version_words_head USING fts5 (title, topics, summary,
        content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2')",
    "INSERT INTO resource_version_words_head (rowid, title, topics, summary)
        SELECT k.number, v.title, r.topics, v.summary
        FROM resource_version_words_key k JOIN resource_version v ON v.id = k.version_id JOIN resource r ON r.id = v.resource_id",
    "CREATE TRIGGER resource_version_words_head_added AFTER INSERT ON resource_version_words_key BEGIN
        INSERT INTO resource_version_words_head (rowid, title, topics, summary)
            SELECT NEW.number, v.title, r.topics, v.summary
            FROM resource_version v JOIN resource r ON r.id = v.resource_id WHERE v.id = NEW.version_id;
    END",
    "CREATE TRIGGER resource_version_words_head_changed AFTER UPDATE OF title, summary ON resource_version BEGIN
        DELETE FROM resource_version_words_head
            WHERE rowid = (SELECT number FROM resource_version_words_key WHERE version_id = NEW.id);
        INSERT INTO resource_version_words_head (rowid, title, topics, summary)
            SELECT k.number, NEW.title, r.topics, NEW.summary
            FROM resource_version_words_key k, resource r WHERE k.version_id = NEW.id AND r.id = NEW.resource_id;
    END",
    "CREATE TRIGGER resource_version_words_head_removed BEFORE DELETE ON resource_version_words_key BEGIN
        DELETE FROM resource_version_words_head WHERE rowid = OLD.number;
    END",
    "CREATE TRIGGER resource_topics_changed_head AFTER UPDATE OF topics ON resource WHEN OLD.topics IS NOT NEW.topics BEGIN
        DELETE FROM resource_version_words_head WHERE rowid IN (
            SELECT k.number FROM resource_version_words_key k JOIN resource_version v ON v.id = k.version_id
            WHERE v.resource_id = NEW.id);
        INSERT INTO resource_version_words_head (rowid, title, topics, summary)
            SELECT k.number, v.title, NEW.topics, v.summary
            FROM resource_version_words_key k JOIN resource_version v ON v.id = k.version_id
            WHERE v.resource_id = NEW.id;
    END",
];

const SQLITE_DOWN: [&str; 5] = [
    "DROP TRIGGER resource_topics_changed_head",
    "DROP TRIGGER resource_version_words_head_removed",
    "DROP TRIGGER resource_version_words_head_changed",
    "DROP TRIGGER resource_version_words_head_added",
    "DROP TABLE resource_version_words_head",
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
