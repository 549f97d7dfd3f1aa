//! Files that people upload. Their bytes lie in the store of objects.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `media`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("media")
            .optional_reference("organisation_id", "organisation")
            .optional_reference("uploaded_by_person_id", "person")
            .text("file_name")
            .one_of("kind", &["DOCUMENT", "IMAGE", "AUDIO", "VIDEO", "CAPTIONS"])
            .text("declared_type")
            .optional_text("media_type")
            .required("bytes", ColumnDef::big_integer)
            .optional_text("expected_sha256")
            .optional_text("sha256")
            .one_of("status", &["EXPECTED", "STORED", "REMOVED"])
            .one_of("scan", &["PENDING", "CLEAN", "INFECTED"])
            .optional_text("scan_finding")
            .optional("scanned_at", ColumnDef::timestamp_with_time_zone)
            .optional("duration_seconds", ColumnDef::integer)
            .optional_text("language")
            .optional_reference("caption_media_id", "media")
            .optional_text("transcript")
            .optional_reference("transcript_media_id", "media")
            .required("upload_expires_at", ColumnDef::timestamp_with_time_zone)
            .optional("stored_at", ColumnDef::timestamp_with_time_zone)
            .optional("unreferenced_at", ColumnDef::timestamp_with_time_zone)
            .check(
                "somebody_s",
                "organisation_id IS NOT NULL OR uploaded_by_person_id IS NOT NULL",
            )
            .check("bytes_positive", "bytes > 0")
            .check("duration_not_negative", "duration_seconds >= 0")
            .check(
                "stored_is_described",
                "status <> 'STORED' OR (media_type IS NOT NULL AND sha256 IS NOT NULL AND stored_at IS NOT NULL)",
            )
            .check("infected_is_removed", "(scan = 'INFECTED') = (status = 'REMOVED')")
            .check(
                "one_transcript",
                "transcript IS NULL OR transcript_media_id IS NULL",
            )
            .check(
                "captions_of_another",
                "(caption_media_id IS NULL OR caption_media_id <> id) \
                 AND (transcript_media_id IS NULL OR transcript_media_id <> id)",
            )
            .versioned()
            .index(&["organisation_id", "id"])
            .index(&["uploaded_by_person_id", "id"])
            .index(&["caption_media_id", "id"])
            .index(&["transcript_media_id", "id"])
            .index(&["status", "upload_expires_at", "id"])
            .index(&["scan", "id"])
            .index(&["unreferenced_at", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "media").await
    }
}
