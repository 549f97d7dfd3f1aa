//! What indicators are to reach, and what they are compared with.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `indicator_target`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("indicator_target")
            .reference("indicator_id", "indicator")
            .one_of("kind", &["TARGET", "BASELINE"])
            .subject()
            .required("period_start", ColumnDef::date)
            .required("period_end", ColumnDef::date)
            .in_order("period_start", "period_end")
            .reference("disaggregation_id", "disaggregation")
            .required("value", ColumnDef::big_integer)
            .optional_text("note")
            .required("agreed_on", ColumnDef::date)
            .reference("set_by_organisation_id", "organisation")
            .versioned()
            .unique_as(
                "figure",
                &[
                    "indicator_id",
                    "kind",
                    "subject_id",
                    "period_start",
                    "period_end",
                    "disaggregation_id",
                ],
            )
            .index(&["indicator_id", "period_start", "id"])
            .index(&["geography_id", "period_start", "id"])
            .index(&["organisation_id", "period_start", "id"])
            .index(&["service_id", "period_start", "id"])
            .index(&["site_id", "period_start", "id"])
            .index(&["disaggregation_id", "id"])
            .index(&["set_by_organisation_id", "id"])
            .index(&["period_start", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "indicator_target").await
    }
}
