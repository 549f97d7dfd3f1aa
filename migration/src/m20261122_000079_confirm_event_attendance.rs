//! Who asked for a place at an event, and when the person whose place it is confirmed it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Adds `event_attendance.registered_by_person_id` and `event_attendance.confirmed_at`, and takes them away.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "event_attendance";
/// SQLite adds a foreign key only together with its column, which no builder says.
const ADD: &str = "ALTER TABLE event_attendance ADD COLUMN registered_by_person_id uuid_text \
    CONSTRAINT fk_event_attendance_registered_by_person_id REFERENCES person (id) ON DELETE RESTRICT ON UPDATE RESTRICT";
const INDEX: &str = "ix_event_attendance_registered_by_person_id_id";

/// Whoever made a row had asked for the place; whoever asked for their own has confirmed it with that. Where it was asked for
/// again, nobody knows by whom.
const FILL: [&str; 2] = [
    "UPDATE event_attendance SET registered_by_person_id = \
        (SELECT u.person_id FROM user_account u WHERE u.id = event_attendance.created_by) \
        WHERE registered_at = created_at",
    "UPDATE event_attendance SET confirmed_at = registered_at WHERE registered_by_person_id = person_id",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing, on SQLite too: what moves rows must not stop half-way.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = match manager.get_database_backend() {
            DbBackend::Postgres => ADD.replace("uuid_text", "uuid"),
            _ => ADD.to_owned(),
        };
        manager.get_connection().execute_unprepared(&add).await?;
        let mut confirmed_at = ColumnDef::new("confirmed_at");
        let mut table = Table::alter();
        table
            .table(TABLE)
            .add_column(confirmed_at.timestamp_with_time_zone().null());
        manager.alter_table(table).await?;
        for fill in FILL {
            manager.get_connection().execute_unprepared(fill).await?;
        }
        let mut index = Index::create();
        index
            .name(INDEX)
            .table(TABLE)
            .col("registered_by_person_id")
            .col("id");
        manager.create_index(index.take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut index = Index::drop();
        index.name(INDEX).table(TABLE);
        manager.drop_index(index).await?;
        for column in ["confirmed_at", "registered_by_person_id"] {
            let mut table = Table::alter();
            table.table(TABLE).drop_column(column);
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}
