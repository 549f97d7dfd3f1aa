//! What people write together.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `resource`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("resource")
            .reference("owner_organisation_id", "organisation")
            .optional_reference("initiative_id", "initiative")
            .optional_reference("board_id", "board")
            .one_of(
                "kind",
                &[
                    "GUIDE", "POLICY", "STANDARD", "PLEDGE", "TRAINING", "REPORT", "TOOL", "VIDEO",
                ],
            )
            .text("title")
            .json("topics")
            .json("target_groups")
            .one_of("status", &["DRAFT", "PUBLISHED", "WITHDRAWN"])
            .optional_reference("signer_person_id", "person")
            .versioned()
            .index(&["owner_organisation_id", "title", "id"])
            .index(&["initiative_id", "title", "id"])
            .index(&["board_id", "title", "id"])
            .index(&["signer_person_id", "id"])
            .index(&["title", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "resource").await
    }
}
