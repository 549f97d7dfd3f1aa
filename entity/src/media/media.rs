//! A file that somebody uploads (`domain.md` 2.1). Its bytes lie in the store of objects; this is what is known about them.

use sea_orm::entity::prelude::*;

use super::kinds::{MediaKind, MediaScan, MediaStatus};
use crate::id::{MediaId, OrganisationId, PersonId, UserId};
use crate::private::Private;

/// One row of `media`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "media")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MediaId,
    /// The organisation that it belongs to; absent for a person's own.
    pub organisation_id: Option<OrganisationId>,
    /// Who uploads it; absent when a computer system does.
    pub uploaded_by_person_id: Option<PersonId>,
    /// What the uploader calls the file: for people only, nothing is stored under it.
    pub file_name: Private<String>,
    /// What sort of thing it holds.
    pub kind: MediaKind,
    /// The media type that was announced, such as `video/mp4` (RFC 6838).
    pub declared_type: String,
    /// The media type that was found in its content; absent until it is stored.
    pub media_type: Option<String>,
    /// How long it is, in bytes, as announced; what was stored is as long.
    pub bytes: i64,
    /// The SHA-256 that was announced, in hexadecimal.
    pub expected_sha256: Option<String>,
    /// The SHA-256 of what was stored, in hexadecimal.
    pub sha256: Option<String>,
    /// How far it has got.
    pub status: MediaStatus,
    /// What the search for harmful software has found.
    pub scan: MediaScan,
    /// What was found, by the scanner's name for it.
    pub scan_finding: Option<String>,
    /// When the search ended.
    pub scanned_at: Option<DateTimeUtc>,
    /// How long it plays, in seconds, as the uploader says.
    pub duration_seconds: Option<i32>,
    /// The language of what it says, as a tag of BCP 47.
    pub language: Option<String>,
    /// Its captions, for audio and video.
    pub caption_media_id: Option<MediaId>,
    /// What is said and shown, as a text.
    pub transcript: Option<Private<String>>,
    /// The same as a file of its own.
    pub transcript_media_id: Option<MediaId>,
    /// Until when its bytes are taken.
    pub upload_expires_at: DateTimeUtc,
    /// When all of it was there and had been checked.
    pub stored_at: Option<DateTimeUtc>,
    /// Since when nothing points to it; absent while something does.
    pub unreferenced_at: Option<DateTimeUtc>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `organisation_id` refers to.
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<Option<crate::parties::organisation::Entity>>,
    /// The row that `uploaded_by_person_id` refers to.
    #[sea_orm(belongs_to, from = "uploaded_by_person_id", to = "id")]
    pub uploaded_by: BelongsTo<Option<crate::parties::person::Entity>>,
    /// The row that `caption_media_id` refers to.
    #[sea_orm(self_ref, relation_enum = "Captions", from = "caption_media_id", to = "id")]
    pub captions: BelongsTo<Option<Entity>>,
    /// The row that `transcript_media_id` refers to.
    #[sea_orm(
        self_ref,
        relation_enum = "TranscriptFile",
        from = "transcript_media_id",
        to = "id"
    )]
    pub transcript_file: BelongsTo<Option<Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
