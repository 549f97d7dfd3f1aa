//! The codes organisations are known by in other registers. At most one organisation holds a code at a
//! time.

use sea_orm_migration::prelude::*;

use crate::identifier_format;
use crate::table::{Table, drop_table};

/// Creates and drops `organisation_identifier`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("organisation_identifier")
            .reference("organisation_id", "organisation")
            .one_of(
                "scheme",
                &[
                    "ODS",
                    "GSS",
                    "CASSR",
                    "CQC_PROVIDER",
                    "CQC_LOCATION",
                    "COMPANIES_HOUSE",
                    "CHARITY_ENGLAND_WALES",
                    "CHARITY_SCOTLAND",
                    "CHARITY_NORTHERN_IRELAND",
                    "CARE_INSPECTORATE",
                ],
            )
            .text("value")
            .optional("valid_from", ColumnDef::date)
            .optional("valid_to", ColumnDef::date)
            .check(
                "value_fits_scheme",
                &identifier_format::rule(manager.get_database_backend()),
            )
            .in_order("valid_from", "valid_to")
            .versioned()
            .unique_where(&["scheme", "value"], "valid_to IS NULL")
            .index(&["organisation_id", "id"])
            .index(&["scheme", "value", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "organisation_identifier").await
    }
}
