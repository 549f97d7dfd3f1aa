//! On PostgreSQL, an index of the words in titles, topics and summaries: a search looks there first, and most pages are filled by
//! what it finds. SQLite's index knows in which column a word stands.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::statements::run;

/// Creates and drops two indexes: of all heads, and of those of versions that are not past.
#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: [&str; 2] = [
    "CREATE INDEX ix_resource_version_words_head ON resource_version_words USING gin (head)",
    "CREATE INDEX ix_resource_version_words_head_part ON resource_version_words USING gin (head) WHERE NOT past",
];

const DOWN: [&str; 2] = [
    "DROP INDEX ix_resource_version_words_head_part",
    "DROP INDEX ix_resource_version_words_head",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match manager.get_database_backend() {
            DbBackend::Postgres => run(manager, &UP).await,
            _ => Ok(()),
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match manager.get_database_backend() {
            DbBackend::Postgres => run(manager, &DOWN).await,
            _ => Ok(()),
        }
    }
}
