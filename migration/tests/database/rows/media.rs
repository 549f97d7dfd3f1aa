//! One full row of each table of media.

use entity::id::{MediaId, OrganisationId, PersonId};
use entity::media::kinds::{MediaKind, MediaScan, MediaStatus};
use entity::media::media;
use entity::private::Private;

use super::{id, instant};

pub fn media() -> media::Model {
    media::Model {
        id: MediaId(id(61)),
        organisation_id: Some(OrganisationId(id(1))),
        uploaded_by_person_id: Some(PersonId(id(7))),
        file_name: Private::new("interview.mp4".to_owned()),
        kind: MediaKind::Video,
        declared_type: "video/mp4".to_owned(),
        media_type: Some("video/mp4".to_owned()),
        bytes: 5_000_000_000,
        expected_sha256: Some("0".repeat(64)),
        sha256: Some("0".repeat(64)),
        status: MediaStatus::Removed,
        scan: MediaScan::Infected,
        scan_finding: Some("scan finding".to_owned()),
        scanned_at: Some(instant()),
        duration_seconds: Some(60),
        language: Some("bfi".to_owned()),
        caption_media_id: None,
        transcript: Some(Private::new("transcript".to_owned())),
        transcript_media_id: None,
        upload_expires_at: instant(),
        stored_at: Some(instant()),
        unreferenced_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}
