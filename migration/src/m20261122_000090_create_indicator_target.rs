//! What indicators are to reach, and what they are compared with.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `indicator_target`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// That the column of its type is filled, and no other.
const ONE_SUBJECT: &str = "(subject_type = 'GEOGRAPHY') = (geography_id IS NOT NULL) \
    AND (subject_type = 'ORGANISATION') = (organisation_id IS NOT NULL) \
    AND (subject_type = 'SERVICE') = (service_id IS NOT NULL) \
    AND (subject_type = 'SITE') = (site_id IS NOT NULL)";
/// That the subject's id is that of the column that is filled.
const SUBJECT: &str = "subject_id = COALESCE(geography_id, organisation_id, service_id, site_id)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("indicator_target")
            .reference("indicator_id", "indicator")
            .one_of("kind", &["TARGET", "BASELINE"])
            .one_of("subject_type", &["GEOGRAPHY", "ORGANISATION", "SERVICE", "SITE"])
            .required("subject_id", ColumnDef::uuid)
            .optional_reference("geography_id", "geography")
            .optional_reference("organisation_id", "organisation")
            .optional_reference("service_id", "service")
            .optional_reference("site_id", "site")
            .check("one_subject", ONE_SUBJECT)
            .check("subject_named", SUBJECT)
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
