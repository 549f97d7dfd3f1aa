//! The boards on which people decide together. Shares are basis points: 10,000 is the whole.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `board`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("board")
            .text("name")
            .one_of(
                "kind",
                &[
                    "COPRODUCTION_BOARD",
                    "COMMISSION",
                    "REFERENCE_GROUP",
                    "PROVIDER_GROUP",
                    "STEERING_GROUP",
                    "IMPLEMENTATION_GROUP",
                ],
            )
            .optional_reference("initiative_id", "initiative")
            .reference("partnership_id", "partnership")
            .reference("host_organisation_id", "organisation")
            .optional_text("purpose")
            .optional_text("terms_of_reference")
            .required("quorum", ColumnDef::integer)
            .required("quorum_lived", ColumnDef::integer)
            .required("min_lived_bp", ColumnDef::integer)
            .optional("term_months", ColumnDef::integer)
            .optional_text("eligibility_note")
            .one_of("status", &["FORMING", "ACTIVE", "DORMANT", "CLOSED"])
            .optional("published_at", ColumnDef::timestamp_with_time_zone)
            .check("quorum_from_one", "quorum >= 1")
            .check("quorum_lived_within_quorum", "quorum_lived BETWEEN 0 AND quorum")
            .check("min_lived_bp_is_a_share", "min_lived_bp BETWEEN 0 AND 10000")
            .check("term_months_from_one", "term_months >= 1")
            .versioned()
            .index(&["name", "id"])
            .index(&["partnership_id", "name", "id"])
            .index(&["initiative_id", "id"])
            .index(&["host_organisation_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "board").await
    }
}
