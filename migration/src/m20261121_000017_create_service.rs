//! The care and support services that organisations provide.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `service`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("service")
            .reference("provider_organisation_id", "organisation")
            .optional_reference("site_id", "site")
            .optional_reference("commissioner_organisation_id", "organisation")
            .text("name")
            .one_of(
                "kind",
                &[
                    "HOMECARE",
                    "SUPPORTED_LIVING",
                    "RESIDENTIAL",
                    "NURSING",
                    "DAY",
                    "ADVOCACY",
                    "COMMUNITY_HEALTH",
                    "HOSPITAL",
                    "OTHER",
                ],
            )
            .one_of("delivery", &["IN_HOUSE", "COMMISSIONED", "GRANT", "SELF_FUNDED"])
            .json("client_groups")
            .required("starts_on", ColumnDef::date)
            .optional("ends_on", ColumnDef::date)
            .in_order("starts_on", "ends_on")
            .versioned()
            .index(&["name", "id"])
            .index(&["provider_organisation_id", "name", "id"])
            .index(&["site_id", "name", "id"])
            .index(&["commissioner_organisation_id", "name", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "service").await
    }
}
