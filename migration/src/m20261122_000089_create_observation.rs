//! Figures: one row a revision, and one of them the current one. Numbers are whole millionths, so that both databases keep
//! them exactly.
//!
//! The unique index stands in the order in which series are read. There is no index by the time of recording: figures come in
//! by the hundred thousand, and each index costs every one of them.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `observation`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// That a figure is absent just when its marker says why.
const VALUE_UNLESS_MARKED: &str = "(value IS NULL) = (marker IS NOT NULL AND marker <> 'LOW')";
/// That nobody invents what a reported figure was counted of.
const REPORTED: &str = "quality <> 'REPORTED' \
    OR (numerator IS NULL AND denominator IS NULL AND base IS NULL AND margin IS NULL)";
/// That what an organisation records is final once somebody else than its recorder says so. What the server loads may come so.
const SECOND_PERSON: &str = "(finalised_at IS NULL) = (finalised_by IS NULL) \
    AND (finalised_at IS NULL OR quality = 'FINAL') \
    AND (quality <> 'FINAL' OR finalised_at IS NOT NULL OR recorded_by_organisation_id IS NULL) \
    AND (finalised_by IS NULL OR created_by IS NULL OR finalised_by <> created_by)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("observation")
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
            .optional("denominator", ColumnDef::big_integer)
            .optional("base", ColumnDef::big_integer)
            .optional("value", ColumnDef::big_integer)
            .optional("margin", ColumnDef::big_integer)
            .check(
                "counts_not_negative",
                "numerator >= 0 AND denominator >= 0 AND base >= 0 AND margin >= 0",
            )
            .optional_one_of("marker", &["C", "X", "Z", "LOW"])
            .check("value_unless_marked", VALUE_UNLESS_MARKED)
            .one_of("quality", &["FINAL", "PROVISIONAL", "ESTIMATE", "REPORTED"])
            .check("reported_without_counts", REPORTED)
            .required("revision", ColumnDef::integer)
            .required("is_current", ColumnDef::boolean)
            .optional_text("correction_reason")
            .check("revision_from_one", "revision >= 1")
            .check(
                "corrected_for_a_reason",
                "(revision = 1) = (correction_reason IS NULL)",
            )
            .optional_reference("recorded_by_organisation_id", "organisation")
            .optional("finalised_at", ColumnDef::timestamp_with_time_zone)
            .optional("finalised_by", ColumnDef::uuid)
            .check("final_by_a_second_person", SECOND_PERSON)
            .optional_reference("import_batch_id", "import_batch")
            .required("version", ColumnDef::integer)
            .required("created_at", ColumnDef::timestamp_with_time_zone)
            .required("updated_at", ColumnDef::timestamp_with_time_zone)
            .optional("created_by", ColumnDef::uuid)
            .check("version_from_one", "version >= 1")
            .unique_as(
                "figure",
                &[
                    "indicator_version_id",
                    "period_start",
                    "period_end",
                    "disaggregation_id",
                    "subject_id",
                    "revision",
                ],
            )
            .index(&["indicator_id", "period_start", "id"])
            .index(&["geography_id", "period_start", "id"])
            .index(&["organisation_id", "period_start", "id"])
            .index(&["service_id", "period_start", "id"])
            .index(&["site_id", "period_start", "id"])
            .index(&["disaggregation_id", "id"])
            .index(&["recorded_by_organisation_id", "period_start", "id"])
            .index(&["import_batch_id", "id"])
            .index(&["period_start", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "observation").await
    }
}
