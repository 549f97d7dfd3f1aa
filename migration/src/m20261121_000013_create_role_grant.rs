//! The roles given to accounts: to one account, in the one scope that its type names.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `role_grant`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("role_grant")
            .optional_reference("user_id", "user_account")
            .optional_reference("service_account_id", "service_account")
            .one_of(
                "role",
                &[
                    "PLATFORM_ADMIN",
                    "ORGANISATION_ADMIN",
                    "CHAIR",
                    "FACILITATOR",
                    "COMMISSIONER",
                    "PROVIDER_USER",
                    "RESEARCHER",
                    "ANALYST",
                    "FINANCE",
                    "INTEGRATION",
                ],
            )
            .one_of(
                "scope_type",
                &["PLATFORM", "ORGANISATION", "PARTNERSHIP", "BOARD"],
            )
            .optional_reference("organisation_id", "organisation")
            .optional_reference("partnership_id", "partnership")
            .optional_reference("board_id", "board")
            .required("valid_from", ColumnDef::timestamp_with_time_zone)
            .optional("valid_to", ColumnDef::timestamp_with_time_zone)
            .optional_text("reason")
            .check("one_account", "(user_id IS NULL) <> (service_account_id IS NULL)")
            .check(
                "organisation_scope",
                "(scope_type = 'ORGANISATION') = (organisation_id IS NOT NULL)",
            )
            .check(
                "partnership_scope",
                "(scope_type = 'PARTNERSHIP') = (partnership_id IS NOT NULL)",
            )
            .check("board_scope", "(scope_type = 'BOARD') = (board_id IS NOT NULL)")
            .in_order("valid_from", "valid_to")
            .versioned()
            .index(&["user_id", "id"])
            .index(&["service_account_id", "id"])
            .index(&["organisation_id", "id"])
            .index(&["partnership_id", "id"])
            .index(&["board_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "role_grant").await
    }
}
