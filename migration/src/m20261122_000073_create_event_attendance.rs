//! Who wants to come to an event, and who came: one row for each person.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `event_attendance`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("event_attendance")
            .reference("event_id", "event")
            .reference("person_id", "person")
            .one_of(
                "status",
                &["REGISTERED", "WAITING", "APOLOGIES", "CAME", "ABSENT"],
            )
            .required("registered_at", ColumnDef::timestamp_with_time_zone)
            .versioned()
            .unique(&["event_id", "person_id"])
            .index(&["event_id", "status", "registered_at", "id"])
            .index(&["person_id", "event_id"])
            .index(&["registered_at", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "event_attendance").await
    }
}
