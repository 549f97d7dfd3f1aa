//! What was shown before each showing was kept: the last of each adoption, under the adoption's own number. Who showed it was not
//! written down with it.

use sea_orm_migration::prelude::*;

/// Fills `adoption_evidence` with what adoptions hold. What is in it stays with it, so there is nothing to take back: the
/// adoptions still hold the last.
#[derive(DeriveMigrationName)]
pub struct Migration;

const FILL: &str = "INSERT INTO adoption_evidence (id, adoption_id, text, media_id, shown_at) \
    SELECT id, id, evidence, evidence_media_id, evidenced_at FROM adoption \
    WHERE evidence IS NOT NULL AND length(trim(evidence)) > 0 AND evidenced_at IS NOT NULL \
    AND NOT EXISTS (SELECT 1 FROM adoption_evidence shown WHERE shown.adoption_id = adoption.id)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing, on SQLite too: what moves rows must not stop half-way.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(FILL).await?;
        Ok(())
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}
