//! The accounts with which people sign in: one a person, one an identity.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `user_account`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("user_account")
            .reference("person_id", "person")
            .text("issuer")
            .text("subject")
            .one_of("status", &["ACTIVE", "SUSPENDED", "CLOSED"])
            .versioned()
            .unique(&["person_id"])
            .unique(&["issuer", "subject"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "user_account").await
    }
}
