//! Files that people upload.

use entity::media::kinds::{MediaKind, MediaScan, MediaStatus};
use entity::media::media;
use entity::private::Private;

use super::{at, canary, key, nobody, recorded};
use crate::Rows;

pub(super) fn fill(rows: &mut Rows) {
    // What others point to comes first.
    for name in ["captions", "transcript"] {
        let mut row = media(name, Some("visitor"), None);
        row.kind = match name {
            "captions" => MediaKind::Captions,
            _ => MediaKind::Document,
        };
        rows.media.push(row);
    }
    let mut interview = media("interview", Some("visitor"), None);
    interview.caption_media_id = Some(key("media", "captions"));
    interview.transcript_media_id = Some(key("media", "transcript"));
    interview.transcript = None;
    interview.unreferenced_at = None;
    rows.media.push(interview);
    rows.media
        .push(media("film", Some("board-chair"), Some("ashdown-council")));
    rows.media.push(media("poster", None, Some("cedar-voices")));
    rows.media
        .push(media("fernley", Some("fernley-member"), Some("fernley-council")));
}

/// A film that was stored and found clean, to which nothing points.
pub fn media(name: &str, person: Option<&str>, organisation: Option<&str>) -> media::Model {
    let private = |column| Private::new(canary("media", name, column));
    media::Model {
        id: key("media", name),
        organisation_id: organisation.map(|name| key("organisation", name)),
        uploaded_by_person_id: person.map(|name| key("person", name)),
        file_name: private("file_name"),
        kind: MediaKind::Video,
        declared_type: "video/mp4".to_owned(),
        media_type: Some("video/mp4".to_owned()),
        bytes: 1_000,
        expected_sha256: Some("0".repeat(64)),
        sha256: Some("0".repeat(64)),
        status: MediaStatus::Stored,
        scan: MediaScan::Clean,
        scan_finding: None,
        scanned_at: Some(recorded()),
        duration_seconds: Some(60),
        language: Some("en".to_owned()),
        caption_media_id: None,
        transcript: Some(private("transcript")),
        transcript_media_id: None,
        upload_expires_at: at("2026-01-06T09:00:00Z"),
        stored_at: Some(recorded()),
        unreferenced_at: Some(recorded()),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}
