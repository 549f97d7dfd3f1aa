//! How many days before a meeting its papers are due, by board: a week unless a board has set itself something else.

use sea_orm_migration::prelude::*;

/// Adds `papers_due_days` to `board`, and takes it away.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut days = ColumnDef::new("papers_due_days");
        let table = Table::alter()
            .table("board")
            .add_column(days.integer().not_null().default(7))
            .take();
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter()
            .table("board")
            .drop_column("papers_due_days")
            .take();
        manager.alter_table(table).await
    }
}
