//! People told apart by one thing.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `disaggregation`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("disaggregation")
            .one_of(
                "dimension",
                &[
                    "TOTAL",
                    "AGE",
                    "SEX",
                    "ETHNICITY",
                    "SUPPORT_REASON",
                    "SETTING",
                    "CARER",
                ],
            )
            .text("code")
            .text("label")
            .required("ordinal", ColumnDef::integer)
            .check("ordinal_from_one", "ordinal >= 1")
            .versioned()
            .unique(&["dimension", "code"])
            .index(&["ordinal", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "disaggregation").await
    }
}
