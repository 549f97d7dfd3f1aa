//! What shows whether an outcome is met. Its framework is that of its outcome.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `indicator`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("indicator")
            .reference("framework_id", "outcome_framework")
            .required("outcome_id", ColumnDef::uuid)
            .foreign_key(
                &["outcome_id", "framework_id"],
                "outcome",
                &["id", "framework_id"],
            )
            .text("code")
            .text("title")
            .one_of(
                "unit",
                &["PERCENT", "COUNT", "RATE_100K", "SCORE", "THUMBS", "PENCE"],
            )
            .required("decimals", ColumnDef::integer)
            .check("decimals_kept", "decimals BETWEEN 0 AND 6")
            .one_of("polarity", &["HIGHER", "LOWER", "NEUTRAL"])
            .required("ordinal", ColumnDef::integer)
            .check("ordinal_from_one", "ordinal >= 1")
            .versioned()
            .unique(&["framework_id", "code"])
            .index(&["framework_id", "ordinal", "id"])
            .index(&["outcome_id", "ordinal", "id"])
            .index(&["ordinal", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "indicator").await
    }
}
