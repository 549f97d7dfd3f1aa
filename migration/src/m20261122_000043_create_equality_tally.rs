//! How many applicants of a vacancy gave an answer about themselves: numbers only, in rows that are there before the first
//! of them applies.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `equality_tally`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("equality_tally")
            .reference("vacancy_id", "vacancy")
            .one_of(
                "answer",
                &[
                    "AGE_UNDER_25",
                    "AGE_25_TO_49",
                    "AGE_50_TO_64",
                    "AGE_65_OR_OVER",
                    "DISABLED_YES",
                    "DISABLED_NO",
                    "CARER_YES",
                    "CARER_NO",
                    "SEX_FEMALE",
                    "SEX_MALE",
                    "ETHNICITY_ASIAN",
                    "ETHNICITY_BLACK",
                    "ETHNICITY_MIXED",
                    "ETHNICITY_WHITE",
                    "ETHNICITY_OTHER",
                ],
            )
            .required("people", ColumnDef::integer)
            .check("people_not_negative", "people >= 0")
            .unique(&["vacancy_id", "answer"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "equality_tally").await
    }
}
