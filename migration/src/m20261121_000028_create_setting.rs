//! The small facts the platform keeps about itself, by name.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `setting`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::new("setting")
            .named("name")
            .required("value", ColumnDef::string)
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "setting").await
    }
}
