//! The places where organisations provide services. Positions are degrees in WGS 84.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `site`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("site")
            .reference("organisation_id", "organisation")
            .text("name")
            .optional_text("uprn")
            .optional_text("postcode")
            .optional("latitude", ColumnDef::double)
            .optional("longitude", ColumnDef::double)
            .optional_reference("local_authority_id", "geography")
            .optional("beds", ColumnDef::integer)
            .optional_one_of(
                "cqc_rating",
                &[
                    "OUTSTANDING",
                    "GOOD",
                    "REQUIRES_IMPROVEMENT",
                    "INADEQUATE",
                    "NOT_RATED",
                ],
            )
            .optional("rating_on", ColumnDef::date)
            .check("latitude_in_degrees", "latitude BETWEEN -90 AND 90")
            .check("longitude_in_degrees", "longitude BETWEEN -180 AND 180")
            .check("position_is_whole", "(latitude IS NULL) = (longitude IS NULL)")
            .check("beds_from_none", "beds >= 0")
            .versioned()
            .index(&["name", "id"])
            .index(&["organisation_id", "name", "id"])
            .index(&["local_authority_id", "name", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "site").await
    }
}
