//! The organisations of a data-sharing agreement and their signatures. A signature has a time and a
//! signatory.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `agreement_party`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("agreement_party")
            .reference("agreement_id", "data_sharing_agreement")
            .reference("organisation_id", "organisation")
            .optional("signed_at", ColumnDef::timestamp_with_time_zone)
            .optional_reference("signed_by_user_id", "user_account")
            .check(
                "signature_is_whole",
                "(signed_at IS NULL) = (signed_by_user_id IS NULL)",
            )
            .versioned()
            .unique(&["agreement_id", "organisation_id"])
            .index(&["organisation_id", "id"])
            .index(&["signed_by_user_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "agreement_party").await
    }
}
