//! Who did what for a version of a resource.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `contributor`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("contributor")
            .reference("resource_id", "resource")
            .required("resource_version_id", ColumnDef::uuid)
            .foreign_key(
                &["resource_version_id", "resource_id"],
                "resource_version",
                &["id", "resource_id"],
            )
            .optional_reference("person_id", "person")
            .optional_reference("organisation_id", "organisation")
            .one_of("role", &["AUTHOR", "EDITOR", "DESIGNER", "REVIEWER", "TESTER"])
            .required("lived_experience", ColumnDef::boolean)
            .required("lead", ColumnDef::boolean)
            .optional_text("credit_name")
            .optional_reference("contribution_id", "contribution")
            .check(
                "a_person_or_an_organisation",
                "(person_id IS NULL) <> (organisation_id IS NULL)",
            )
            .check(
                "paid_in_person",
                "contribution_id IS NULL OR person_id IS NOT NULL",
            )
            .versioned()
            .index(&["resource_version_id", "resource_id"])
            .unique(&["resource_version_id", "person_id"])
            .unique(&["resource_version_id", "organisation_id"])
            .index(&["resource_version_id", "created_at", "id"])
            .index(&["resource_id", "person_id"])
            .index(&["person_id", "created_at", "id"])
            .index(&["organisation_id", "created_at", "id"])
            .index(&["contribution_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "contributor").await
    }
}
