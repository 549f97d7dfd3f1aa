//! The areas that figures and sites refer to. Codes are unique over all time: one that was retired is not
//! given out again.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `geography`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("geography")
            .optional_text("gss")
            .optional_text("cassr")
            .optional_text("local_code")
            .text("name")
            .one_of(
                "level",
                &["COUNTRY", "REGION", "LOCAL_AUTHORITY", "COUNCIL_TYPE", "ICB"],
            )
            .optional_reference("parent_id", "geography")
            .optional("valid_from", ColumnDef::date)
            .optional("valid_to", ColumnDef::date)
            .optional_reference("successor_id", "geography")
            .check("parent_is_another", "parent_id <> id")
            .check("successor_is_another", "successor_id <> id")
            .in_order("valid_from", "valid_to")
            .versioned()
            .unique(&["gss"])
            .unique(&["cassr"])
            .unique(&["local_code"])
            .index(&["name", "id"])
            .index(&["level", "name", "id"])
            .index(&["parent_id"])
            .index(&["successor_id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "geography").await
    }
}
