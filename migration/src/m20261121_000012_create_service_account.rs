//! The accounts with which computer systems sign in.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `service_account`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("service_account")
            .reference("organisation_id", "organisation")
            .text("name")
            .text("client_id")
            .json("scopes")
            .required("expires_at", ColumnDef::timestamp_with_time_zone)
            .optional("revoked_at", ColumnDef::timestamp_with_time_zone)
            .versioned()
            .unique(&["client_id"])
            .index(&["organisation_id", "name", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "service_account").await
    }
}
