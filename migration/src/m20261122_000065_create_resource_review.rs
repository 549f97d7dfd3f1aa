//! What reviewers think of a version of a resource, and what became of it.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `resource_review`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// That a resolution says what, when and who, or that there is none.
const RESOLVED: &str = "(resolution IS NULL AND resolved_at IS NULL AND resolved_by_person_id IS NULL) \
    OR (resolution IS NOT NULL AND resolved_at IS NOT NULL AND resolved_by_person_id IS NOT NULL)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("resource_review")
            .reference("resource_id", "resource")
            .required("resource_version_id", ColumnDef::uuid)
            .foreign_key(
                &["resource_version_id", "resource_id"],
                "resource_version",
                &["id", "resource_id"],
            )
            .reference("contributor_id", "contributor")
            .required("content_revision", ColumnDef::integer)
            .one_of("verdict", &["APPROVE", "CHANGES", "REJECT"])
            .text("comment")
            .optional_text("resolution")
            .optional("resolved_at", ColumnDef::timestamp_with_time_zone)
            .optional_reference("resolved_by_person_id", "person")
            .check("a_resolution_is_whole", RESOLVED)
            .check(
                "approval_needs_no_resolution",
                "verdict <> 'APPROVE' OR resolved_at IS NULL",
            )
            .versioned()
            .index(&["resource_version_id", "resource_id"])
            .index(&["resource_version_id", "created_at", "id"])
            .index(&["resource_id", "id"])
            .index(&["contributor_id", "created_at", "id"])
            .index(&["resolved_by_person_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "resource_review").await
    }
}
