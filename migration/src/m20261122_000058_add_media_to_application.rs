//! Applications may hold a recording that was uploaded here.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Adds `application.media_id`, and takes it away.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// SQLite adds a foreign key only together with its column, which no builder says.
const ADD: &str = "ALTER TABLE application ADD COLUMN media_id uuid_text \
    CONSTRAINT fk_application_media_id REFERENCES media (id) ON DELETE RESTRICT ON UPDATE RESTRICT";
const INDEX: &str = "ix_application_media_id_id";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = match manager.get_database_backend() {
            DbBackend::Postgres => ADD.replace("uuid_text", "uuid"),
            _ => ADD.to_owned(),
        };
        manager.get_connection().execute_unprepared(&add).await?;
        let mut index = Index::create();
        index.name(INDEX).table("application").col("media_id").col("id");
        manager.create_index(index.take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut index = Index::drop();
        index.name(INDEX).table("application");
        manager.drop_index(index).await?;
        let mut table = Table::alter();
        table.table("application").drop_column("media_id");
        manager.alter_table(table).await
    }
}
