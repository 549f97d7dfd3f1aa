//! The ties between people and organisations, from which conflicts of interest are found.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `affiliation`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("affiliation")
            .reference("person_id", "person")
            .reference("organisation_id", "organisation")
            .one_of(
                "kind",
                &[
                    "EMPLOYEE",
                    "VOLUNTEER",
                    "COUNCILLOR",
                    "TRUSTEE",
                    "USER_LED_MEMBER",
                    "RECEIVES_SERVICE",
                    "FAMILY_RECEIVES_SERVICE",
                ],
            )
            .required("from_on", ColumnDef::date)
            .optional("to_on", ColumnDef::date)
            .in_order("from_on", "to_on")
            .versioned()
            .index(&["person_id", "id"])
            .index(&["organisation_id", "kind", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "affiliation").await
    }
}
