//! The partnerships organisations work in.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `partnership`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("partnership")
            .text("name")
            .text("purpose")
            .one_of("status", &["FORMING", "ACTIVE", "CLOSED"])
            .required("starts_on", ColumnDef::date)
            .optional("ends_on", ColumnDef::date)
            .reference("lead_organisation_id", "organisation")
            .in_order("starts_on", "ends_on")
            .versioned()
            .index(&["name", "id"])
            .index(&["lead_organisation_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "partnership").await
    }
}
