//! What people said, what was done or why not, and what is known of the effect.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `you_said_we_did`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// That figures come together: what they are about, both of them, of which sort, and what is claimed.
const FIGURES: &str = "(figure_kind IS NULL AND reported_measure IS NULL AND reported_before IS NULL \
        AND reported_after IS NULL AND effect_claim IS NULL) \
    OR (figure_kind IS NOT NULL AND reported_measure IS NOT NULL AND reported_before IS NOT NULL \
        AND reported_after IS NOT NULL AND effect_claim IS NOT NULL)";

/// That what is published says by whom and when, and what was withdrawn says when and why.
const PUBLISHED: &str = "(status = 'DRAFT') = (published_at IS NULL) \
    AND (published_at IS NULL) = (published_by_person_id IS NULL) \
    AND (status = 'WITHDRAWN') = (withdrawn_at IS NOT NULL) \
    AND (withdrawn_at IS NULL) = (withdrawal_reason IS NULL)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("you_said_we_did")
            .reference("organisation_id", "organisation")
            .text("said")
            .optional_text("did")
            .optional_text("why_not")
            .one_of("status", &["DRAFT", "PUBLISHED", "WITHDRAWN"])
            .optional_text("reported_measure")
            .optional_text("reported_before")
            .optional_text("reported_after")
            .optional_one_of("figure_kind", &["REPORTED_ESTIMATE"])
            .optional_one_of("effect_claim", &["AFTERWARDS", "CONTRIBUTED"])
            .optional("published_at", ColumnDef::timestamp_with_time_zone)
            .optional_reference("published_by_person_id", "person")
            .optional("withdrawn_at", ColumnDef::timestamp_with_time_zone)
            .optional_text("withdrawal_reason")
            .check("done_or_why_not", "did IS NOT NULL OR why_not IS NOT NULL")
            .check("figures_whole", FIGURES)
            .check("published_by_somebody", PUBLISHED)
            .in_order("published_at", "withdrawn_at")
            .versioned()
            .index(&["organisation_id", "status", "id"])
            .index(&["published_by_person_id", "id"])
            .index(&["status", "created_at", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "you_said_we_did").await
    }
}
