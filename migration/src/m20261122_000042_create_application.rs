//! Applications for vacancies: one a person.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `application`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("application")
            .reference("vacancy_id", "vacancy")
            .reference("person_id", "person")
            .optional_text("statement")
            .optional_text("media_url")
            .one_of(
                "status",
                &[
                    "SUBMITTED",
                    "SHORTLISTED",
                    "INTERVIEWED",
                    "OFFERED",
                    "ACCEPTED",
                    "REJECTED",
                    "DECLINED",
                    "WITHDRAWN",
                ],
            )
            .required("submitted_at", ColumnDef::timestamp_with_time_zone)
            .optional("shortlisted_at", ColumnDef::timestamp_with_time_zone)
            .versioned()
            .unique(&["vacancy_id", "person_id"])
            .index(&["person_id", "id"])
            .index(&["vacancy_id", "status", "id"])
            .index(&["submitted_at", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "application").await
    }
}
