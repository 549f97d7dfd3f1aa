//! The versions of resources. At most one of a resource is open to be worked on, and at most one is published.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `resource_version`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// That each step was taken for the state that needs it.
const STEPS: &str = "(status NOT IN ('REVIEW', 'SIGNED_OFF', 'PUBLISHED', 'SUPERSEDED') OR submitted_at IS NOT NULL) \
    AND (status NOT IN ('SIGNED_OFF', 'PUBLISHED', 'SUPERSEDED') OR signed_off_at IS NOT NULL) \
    AND (status NOT IN ('PUBLISHED', 'SUPERSEDED') OR published_at IS NOT NULL) \
    AND (status <> 'SUPERSEDED' OR superseded_at IS NOT NULL)";

/// That what was withdrawn says when and why, and nothing else does.
const WITHDRAWN: &str = "(status = 'WITHDRAWN' AND withdrawn_at IS NOT NULL AND withdrawn_reason IS NOT NULL) \
    OR (status <> 'WITHDRAWN' AND withdrawn_at IS NULL AND withdrawn_reason IS NULL)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("resource_version")
            .reference("resource_id", "resource")
            .required("number", ColumnDef::integer)
            .one_of(
                "status",
                &[
                    "DRAFT",
                    "REVIEW",
                    "SIGNED_OFF",
                    "PUBLISHED",
                    "SUPERSEDED",
                    "WITHDRAWN",
                ],
            )
            .text("title")
            .optional_text("summary")
            .optional_text("body")
            .text("language")
            .optional_text("licence")
            .required("content_revision", ColumnDef::integer)
            .optional("submitted_at", ColumnDef::timestamp_with_time_zone)
            .optional_reference("signed_off_by_person_id", "person")
            .optional("signed_off_at", ColumnDef::timestamp_with_time_zone)
            .optional("published_at", ColumnDef::timestamp_with_time_zone)
            .optional("superseded_at", ColumnDef::timestamp_with_time_zone)
            .optional("withdrawn_at", ColumnDef::timestamp_with_time_zone)
            .optional_text("withdrawn_reason")
            .check("number_from_one", "number >= 1")
            .check("content_revision_from_one", "content_revision >= 1")
            .check("steps_in_order", STEPS)
            .check(
                "somebody_signed_it_off",
                "(signed_off_at IS NULL) = (signed_off_by_person_id IS NULL)",
            )
            .check("withdrawn_for_a_reason", WITHDRAWN)
            .versioned()
            .unique(&["id", "resource_id"])
            .unique(&["resource_id", "number"])
            .unique_where(&["resource_id"], "status IN ('DRAFT', 'REVIEW', 'SIGNED_OFF')")
            .unique_where(&["resource_id", "status"], "status = 'PUBLISHED'")
            .index(&["signed_off_by_person_id", "id"])
            .index(&["title", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "resource_version").await
    }
}
