//! What people need in order to take part.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `access_need`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("access_need")
            .reference("person_id", "person")
            .one_of(
                "category",
                &[
                    "INFORMATION_FORMAT",
                    "COMMUNICATION_SUPPORT",
                    "CONTACT_METHOD",
                    "PHYSICAL",
                    "SUPPORT_PERSON",
                    "TIMING",
                    "DIETARY",
                    "OTHER",
                ],
            )
            .text("code")
            .optional_text("detail")
            .optional("review_due_on", ColumnDef::date)
            .versioned()
            .index(&["person_id", "id"])
            .index(&["review_due_on", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "access_need").await
    }
}
