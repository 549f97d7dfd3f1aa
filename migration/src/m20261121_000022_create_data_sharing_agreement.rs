//! The agreements under which the organisations of a partnership open data to each other.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `data_sharing_agreement`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("data_sharing_agreement")
            .reference("partnership_id", "partnership")
            .text("title")
            .text("purpose")
            .json("categories")
            .one_of(
                "lawful_basis",
                &[
                    "CONSENT",
                    "CONTRACT",
                    "LEGAL_OBLIGATION",
                    "VITAL_INTERESTS",
                    "PUBLIC_TASK",
                    "LEGITIMATE_INTERESTS",
                ],
            )
            .optional_one_of(
                "art9_condition",
                &[
                    "EXPLICIT_CONSENT",
                    "EMPLOYMENT_AND_SOCIAL_PROTECTION",
                    "VITAL_INTERESTS",
                    "NOT_FOR_PROFIT_BODY",
                    "MADE_PUBLIC",
                    "LEGAL_CLAIMS",
                    "SUBSTANTIAL_PUBLIC_INTEREST",
                    "HEALTH_OR_SOCIAL_CARE",
                    "PUBLIC_HEALTH",
                    "ARCHIVING_RESEARCH_STATISTICS",
                ],
            )
            .optional_text("dpia_reference")
            .one_of("status", &["DRAFT", "ACTIVE", "EXPIRED", "TERMINATED"])
            .required("starts_on", ColumnDef::date)
            .required("expires_on", ColumnDef::date)
            .optional("terminated_at", ColumnDef::timestamp_with_time_zone)
            .optional_reference("terminated_by_organisation_id", "organisation")
            .check("expires_after_start", "expires_on > starts_on")
            .check(
                "terminated_has_a_time",
                "(status = 'TERMINATED') = (terminated_at IS NOT NULL)",
            )
            .check(
                "terminated_by_a_party",
                "(status = 'TERMINATED') = (terminated_by_organisation_id IS NOT NULL)",
            )
            .versioned()
            .index(&["partnership_id", "status", "id"])
            .index(&["terminated_by_organisation_id", "id"])
            .index(&["status", "expires_on", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "data_sharing_agreement").await
    }
}
