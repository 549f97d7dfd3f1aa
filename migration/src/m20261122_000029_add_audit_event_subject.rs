//! Whose special-category data an entry of the audit trail is about, so that people can see who read it. There is no
//! foreign key: SQLite could not take the column back with one, and people are never deleted.

use sea_orm_migration::prelude::*;

/// Adds and removes `audit_event.subject_person_id`.
#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEX: &str = "idx_audit_event_subject_person_id_sequence";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = sea_query::Table::alter()
            .table("audit_event")
            .add_column(ColumnDef::new("subject_person_id").uuid().null())
            .take();
        manager.alter_table(column).await?;
        let index = sea_query::Index::create()
            .name(INDEX)
            .table("audit_event")
            .col("subject_person_id")
            .col("sequence")
            .take();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = sea_query::Index::drop()
            .name(INDEX)
            .table("audit_event")
            .to_owned();
        manager.drop_index(index).await?;
        let column = sea_query::Table::alter()
            .table("audit_event")
            .drop_column("subject_person_id")
            .take();
        manager.alter_table(column).await
    }
}
