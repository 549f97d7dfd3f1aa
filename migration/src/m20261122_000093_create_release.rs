//! Releases. One of a publisher and a framework is the latest; a number is given when it is published, and never again.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `release`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// That a release is numbered and dated once everybody reads it, and not before.
const PUBLISHED: &str =
    "(status = 'PUBLISHED') = (number IS NOT NULL) AND (status = 'PUBLISHED') = (published_at IS NOT NULL)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("release")
            .reference("framework_id", "outcome_framework")
            .optional_reference("publisher_organisation_id", "organisation")
            .optional("number", ColumnDef::integer)
            .text("title")
            .optional_text("note")
            .one_of("status", &["DRAFT", "PUBLISHED", "DISCARDED"])
            .optional_reference("suppression_policy_id", "suppression_policy")
            .required("suppress_min", ColumnDef::integer)
            .required("suppress_max", ColumnDef::integer)
            .required("round_to", ColumnDef::integer)
            .required("secondary", ColumnDef::boolean)
            .check(
                "masks_something",
                "suppress_min >= 1 AND suppress_max >= suppress_min AND round_to >= 1",
            )
            .required("made_after", ColumnDef::integer)
            .text("sha256")
            .optional("published_at", ColumnDef::timestamp_with_time_zone)
            .optional("superseded_at", ColumnDef::timestamp_with_time_zone)
            .check("number_from_one", "number >= 1 AND made_after >= 0")
            .check("hash_whole", "length(sha256) = 64")
            .check("published_once_published", PUBLISHED)
            .check(
                "superseded_once_published",
                "superseded_at IS NULL OR published_at IS NOT NULL",
            )
            .in_order("published_at", "superseded_at")
            .versioned()
            .unique(&["framework_id", "publisher_organisation_id", "number"])
            .unique_where(&["framework_id", "number"], "publisher_organisation_id IS NULL")
            .index(&["framework_id", "created_at", "id"])
            .index(&["publisher_organisation_id", "created_at", "id"])
            .index(&["suppression_policy_id", "created_at", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "release").await
    }
}
