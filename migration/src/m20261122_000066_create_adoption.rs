//! That organisations and services adopt a version of a resource.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `adoption`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// That what was withdrawn says when and why, and nothing else does.
const WITHDRAWN: &str = "(status = 'WITHDRAWN' AND withdrawn_at IS NOT NULL AND withdrawn_reason IS NOT NULL) \
    OR (status <> 'WITHDRAWN' AND withdrawn_at IS NULL AND withdrawn_reason IS NULL)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("adoption")
            .reference("resource_id", "resource")
            .required("resource_version_id", ColumnDef::uuid)
            .foreign_key(
                &["resource_version_id", "resource_id"],
                "resource_version",
                &["id", "resource_id"],
            )
            .reference("organisation_id", "organisation")
            .optional_reference("service_id", "service")
            .optional_reference("geography_id", "geography")
            .one_of("status", &["PLEDGED", "ADOPTED", "EVIDENCED", "WITHDRAWN"])
            .required("pledged_on", ColumnDef::date)
            .optional("adopted_on", ColumnDef::date)
            .optional("review_due_on", ColumnDef::date)
            .optional("renewed_on", ColumnDef::date)
            .optional_text("evidence")
            .optional_reference("evidence_media_id", "media")
            .optional("evidenced_at", ColumnDef::timestamp_with_time_zone)
            .optional("withdrawn_at", ColumnDef::timestamp_with_time_zone)
            .optional_text("withdrawn_reason")
            .in_order("pledged_on", "adopted_on")
            .check(
                "adopted_with_a_review",
                "status NOT IN ('ADOPTED', 'EVIDENCED') OR (adopted_on IS NOT NULL AND review_due_on IS NOT NULL)",
            )
            .check(
                "evidenced_with_evidence",
                "status <> 'EVIDENCED' OR (evidence IS NOT NULL AND evidenced_at IS NOT NULL)",
            )
            .check("withdrawn_for_a_reason", WITHDRAWN)
            .versioned()
            .index(&["resource_version_id", "resource_id"])
            .unique_where(
                &["resource_version_id", "organisation_id"],
                "service_id IS NULL AND status <> 'WITHDRAWN'",
            )
            .unique_where(
                &["resource_version_id", "service_id"],
                "service_id IS NOT NULL AND status <> 'WITHDRAWN'",
            )
            .index(&["resource_version_id", "pledged_on", "id"])
            .index(&["resource_id", "pledged_on", "id"])
            .index(&["organisation_id", "pledged_on", "id"])
            .index(&["service_id", "pledged_on", "id"])
            .index(&["geography_id", "pledged_on", "id"])
            .index(&["evidence_media_id", "id"])
            .index(&["pledged_on", "id"])
            .index_where(&["review_due_on", "id"], "status IN ('ADOPTED', 'EVIDENCED')")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "adoption").await
    }
}
