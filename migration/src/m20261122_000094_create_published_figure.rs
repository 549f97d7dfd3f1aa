//! What releases say, figure by figure. A number that is withheld is not here.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `published_figure`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// How a number can stand.
const STANDS: [&str; 5] = [
    "EXACT",
    "ROUNDED",
    "SUPPRESSED",
    "NOT_AVAILABLE",
    "NOT_APPLICABLE",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("published_figure")
            .reference("release_id", "release")
            .optional_reference("observation_id", "observation")
            .required("indicator_version_id", ColumnDef::uuid)
            .reference("indicator_id", "indicator")
            .foreign_key(
                &["indicator_version_id", "indicator_id"],
                "indicator_version",
                &["id", "indicator_id"],
            )
            .subject()
            .required("period_start", ColumnDef::date)
            .required("period_end", ColumnDef::date)
            .in_order("period_start", "period_end")
            .reference("disaggregation_id", "disaggregation")
            .optional("numerator", ColumnDef::big_integer)
            .one_of("numerator_as", &STANDS)
            .check(
                "numerator_shown",
                "(numerator IS NOT NULL) = (numerator_as IN ('EXACT', 'ROUNDED'))",
            )
            .optional("denominator", ColumnDef::big_integer)
            .one_of("denominator_as", &STANDS)
            .check(
                "denominator_shown",
                "(denominator IS NOT NULL) = (denominator_as IN ('EXACT', 'ROUNDED'))",
            )
            .optional("value", ColumnDef::big_integer)
            .one_of("value_as", &STANDS)
            .check(
                "value_shown",
                "(value IS NOT NULL) = (value_as IN ('EXACT', 'ROUNDED'))",
            )
            .one_of("change", &["ADDED", "CHANGED", "SAME", "REMOVED"])
            .check(
                "made_of_a_figure",
                "(change = 'REMOVED') = (observation_id IS NULL)",
            )
            .required("created_at", ColumnDef::timestamp_with_time_zone)
            .unique_as(
                "figure",
                &[
                    "release_id",
                    "indicator_version_id",
                    "period_start",
                    "period_end",
                    "disaggregation_id",
                    "subject_id",
                ],
            )
            .index(&["release_id", "period_start", "id"])
            .index(&["indicator_version_id", "period_start", "id"])
            .index(&["indicator_id", "period_start", "id"])
            .index(&["geography_id", "period_start", "id"])
            .index(&["organisation_id", "period_start", "id"])
            .index(&["service_id", "period_start", "id"])
            .index(&["site_id", "period_start", "id"])
            .index(&["disaggregation_id", "id"])
            .index(&["observation_id", "id"])
            .index(&["period_start", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "published_figure").await
    }
}
