//! How well a service meets each outcome, as its visitors found it.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `visit_rating`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("visit_rating")
            .reference("visit_id", "monitoring_visit")
            .reference("outcome_id", "outcome")
            .one_of("level", &["GOOD", "OK", "NOT_GOOD"])
            .reference("descriptor_id", "outcome_descriptor")
            .text("evidence")
            .versioned()
            .unique(&["visit_id", "outcome_id"])
            .index(&["visit_id", "created_at", "id"])
            .index(&["outcome_id", "id"])
            .index(&["descriptor_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "visit_rating").await
    }
}
