//! Applicants say how to reach them about this application.

use sea_orm_migration::prelude::*;

/// Adds `application.contact`, and takes it away.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::alter();
        table
            .table("application")
            .add_column(ColumnDef::new("contact").string().null());
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::alter();
        table.table("application").drop_column("contact");
        manager.alter_table(table).await
    }
}
