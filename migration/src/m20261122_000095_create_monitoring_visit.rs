//! Visits to services by peer reviewers. What everybody reads is complete: both texts, and the comment or the time for it.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `monitoring_visit`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// That the provider is sent something, and told until when it can comment.
const SENT: &str = "(sent_to_provider_at IS NULL) = (comment_due_at IS NULL) \
    AND (sent_to_provider_at IS NULL OR (text_for_provider IS NOT NULL AND text_for_public IS NOT NULL)) \
    AND (status NOT IN ('PROVIDER_COMMENT', 'PUBLISHED') OR sent_to_provider_at IS NOT NULL) \
    AND (status NOT IN ('PLANNED', 'VISITED', 'DRAFT') OR sent_to_provider_at IS NULL)";

/// That the provider comments on what it was sent.
const COMMENTED: &str = "(provider_comment IS NULL) = (provider_commented_at IS NULL) \
    AND (provider_comment IS NULL OR sent_to_provider_at IS NOT NULL)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("monitoring_visit")
            .reference("service_id", "service")
            .reference("framework_id", "outcome_framework")
            .reference("responsible_organisation_id", "organisation")
            .reference("required_course_id", "training_course")
            .required("visited_on", ColumnDef::date)
            .one_of(
                "status",
                &[
                    "PLANNED",
                    "VISITED",
                    "DRAFT",
                    "PROVIDER_COMMENT",
                    "PUBLISHED",
                    "CANCELLED",
                ],
            )
            .optional_text("text_for_provider")
            .optional_text("text_for_public")
            .optional("sent_to_provider_at", ColumnDef::timestamp_with_time_zone)
            .optional("comment_due_at", ColumnDef::timestamp_with_time_zone)
            .optional_text("provider_comment")
            .optional("provider_commented_at", ColumnDef::timestamp_with_time_zone)
            .optional("published_at", ColumnDef::timestamp_with_time_zone)
            .optional_text("cancellation_reason")
            .check("sent_whole", SENT)
            .check("commented_once_sent", COMMENTED)
            .check(
                "published_once_published",
                "(status = 'PUBLISHED') = (published_at IS NOT NULL)",
            )
            .check(
                "published_after_comment",
                "published_at IS NULL OR provider_commented_at IS NOT NULL OR published_at >= comment_due_at",
            )
            .check(
                "cancelled_with_reason",
                "(status = 'CANCELLED') = (cancellation_reason IS NOT NULL)",
            )
            .check(
                "answered_after_sent",
                "comment_due_at >= sent_to_provider_at AND (provider_commented_at IS NULL OR provider_commented_at >= sent_to_provider_at)",
            )
            .versioned()
            .index(&["service_id", "visited_on", "id"])
            .index(&["service_id", "created_at", "id"])
            .index(&["framework_id", "visited_on", "id"])
            .index(&["responsible_organisation_id", "visited_on", "id"])
            .index(&["required_course_id", "id"])
            .index(&["visited_on", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "monitoring_visit").await
    }
}
