//! What people agreed to. A consent to share with an organisation names it.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `consent`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("consent")
            .reference("person_id", "person")
            .one_of(
                "purpose",
                &[
                    "CONTACT",
                    "SHARE_ACCESS_NEEDS",
                    "SHARE_STORY",
                    "PUBLISH_NAME",
                    "SHARE_WITH_ORGANISATION",
                    "RECORDING",
                ],
            )
            .optional_reference("grantee_organisation_id", "organisation")
            .required("given_at", ColumnDef::timestamp_with_time_zone)
            .one_of(
                "method",
                &["SPOKEN", "SIGNED", "WRITTEN", "ONLINE", "THROUGH_SUPPORTER"],
            )
            .optional("withdrawn_at", ColumnDef::timestamp_with_time_zone)
            .check(
                "sharing_names_an_organisation",
                "purpose <> 'SHARE_WITH_ORGANISATION' OR grantee_organisation_id IS NOT NULL",
            )
            .in_order("given_at", "withdrawn_at")
            .versioned()
            .index(&["person_id", "purpose", "id"])
            .index(&["grantee_organisation_id", "purpose", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "consent").await
    }
}
