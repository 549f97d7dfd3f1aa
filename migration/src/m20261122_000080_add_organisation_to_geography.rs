//! An area has a council that answers for it: whose figures those about the area are.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Adds `geography.organisation_id`, and takes it away.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// SQLite adds a foreign key only together with its column, which no builder says.
const ADD: &str = "ALTER TABLE geography ADD COLUMN organisation_id uuid_text \
    CONSTRAINT fk_geography_organisation_id REFERENCES organisation (id) ON DELETE RESTRICT ON UPDATE RESTRICT";
const INDEX: &str = "ix_geography_organisation_id_id";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = match manager.get_database_backend() {
            DbBackend::Postgres => ADD.replace("uuid_text", "uuid"),
            _ => ADD.to_owned(),
        };
        manager.get_connection().execute_unprepared(&add).await?;
        let mut index = Index::create();
        index
            .name(INDEX)
            .table("geography")
            .col("organisation_id")
            .col("id");
        manager.create_index(index.take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut index = Index::drop();
        index.name(INDEX).table("geography");
        manager.drop_index(index).await?;
        let mut table = Table::alter();
        table.table("geography").drop_column("organisation_id");
        manager.alter_table(table).await
    }
}
