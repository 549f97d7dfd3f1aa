//! What people want to be true.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `outcome`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("outcome")
            .reference("framework_id", "outcome_framework")
            .text("code")
            .text("statement")
            .one_of("voice", &["I", "WE", "SYSTEM"])
            .optional_text("theme")
            .required("ordinal", ColumnDef::integer)
            .check("ordinal_from_one", "ordinal >= 1")
            .versioned()
            .unique(&["framework_id", "code"])
            .unique(&["id", "framework_id"])
            .index(&["framework_id", "ordinal", "id"])
            .index(&["ordinal", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "outcome").await
    }
}
