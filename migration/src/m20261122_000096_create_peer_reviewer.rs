//! Who goes on a monitoring visit. One of them leads it.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `peer_reviewer`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("peer_reviewer")
            .reference("visit_id", "monitoring_visit")
            .reference("person_id", "person")
            .required("lead", ColumnDef::boolean)
            .versioned()
            .unique(&["visit_id", "person_id"])
            .unique_where(&["visit_id"], "lead")
            .index(&["visit_id", "created_at", "id"])
            .index(&["person_id", "visit_id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "peer_reviewer").await
    }
}
