//! A published series is the figures of one subject: they are found without passing over those of all others.

use sea_orm_migration::prelude::*;

/// Creates and drops the index.
#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEX: &str = "idx_published_figure_subject_id_indicator_id_period_start";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = sea_query::Index::create()
            .name(INDEX)
            .table("published_figure")
            .col("subject_id")
            .col("indicator_id")
            .col("period_start")
            .take();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = sea_query::Index::drop()
            .name(INDEX)
            .table("published_figure")
            .to_owned();
        manager.drop_index(index).await
    }
}
