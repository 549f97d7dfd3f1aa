//! No number of `access_version` is used twice, not even after a crash of PostgreSQL.
//!
//! A change is seen by others shortly before it is on the disk. Counted in ones, a number that a crash took back would come again with
//! another change, and what a node remembers of the first would seem to hold. SQLite takes its nodes down with it.

use sea_orm_migration::prelude::*;

use crate::statements::run_either;

/// Changes how PostgreSQL counts, and takes that back.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// The next number, and at least the microseconds since 1970.
const BY_THE_CLOCK: &str = "greatest(version + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)";

fn counting(next: &str) -> String {
    format!(
        "CREATE OR REPLACE FUNCTION access_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
         IF current_setting('roundtable.access_changed', true) IS DISTINCT FROM 'yes' THEN \
         UPDATE access_version SET version = {next} WHERE name = 'accounts'; \
         PERFORM set_config('roundtable.access_changed', 'yes', true); END IF; RETURN NULL; END $$"
    )
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_either(manager, &[&counting(BY_THE_CLOCK)], &[]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_either(manager, &[&counting("version + 1")], &[]).await
    }
}
