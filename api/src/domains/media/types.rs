//! How media look to clients.

use entity::media::kinds::{MediaKind, MediaScan, MediaStatus};
use entity::media::media;
use entity::parties::{organisation, person};

use crate::planner::Catalogue;
use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType, Scalar};
use crate::policy::areas::media::may_manage_media;

/// Adds this area's types and where their reads begin.
#[must_use]
pub fn declare(catalogue: Catalogue) -> Catalogue {
    catalogue.with::<media::Entity>().roots::<media::Entity>(
        "media",
        "A file that somebody uploaded, by its id.",
        "mediaFiles",
        "The files that you may read: your own, those of your organisation, and those that something you may read points to.",
    )
}

impl Declared for media::Entity {
    const NAME: &'static str = "Media";
    const PREFIX: &'static str = "media";

    fn declare() -> ObjectType {
        use media::Column as C;
        let media = ObjectType::of::<Self>(
            "A file that somebody uploads: a recording, a document, a picture, captions. Read by the uploader, by the \
             administrator of the organisation that it belongs to, by its systems where one of them uploaded it, and by whoever may read what points to it, such as an \
             application.",
        )
        .column(
            "fileName",
            C::FileName,
            "What the uploader calls the file, without folders.",
        )
        .one_of::<MediaKind>("kind", C::Kind, "What sort of thing it holds.")
        .column(
            "declaredType",
            C::DeclaredType,
            "The media type that was announced, such as `video/mp4`.",
        )
        .column(
            "detectedType",
            C::MediaType,
            "The media type that was found in its content; null until it is stored.",
        )
        .column("bytes", C::Bytes, "How long it is, in bytes.")
        .column(
            "expectedSha256",
            C::ExpectedSha256,
            "The SHA-256 that was announced, in hexadecimal; null when none was.",
        )
        .column(
            "sha256",
            C::Sha256,
            "The SHA-256 of what was stored, in hexadecimal; null until then.",
        )
        .one_of::<MediaStatus>("status", C::Status, "How far it has got.")
        .one_of::<MediaScan>("scan", C::Scan, "What the search for harmful software has found.")
        .column(
            "scanFinding",
            C::ScanFinding,
            "What was found, by the scanner's name for it.",
        )
        .column("scannedAt", C::ScannedAt, "When that search ended.")
        .column(
            "durationSeconds",
            C::DurationSeconds,
            "How long it plays, in seconds, as the uploader says.",
        )
        .column(
            "language",
            C::Language,
            "The language of what it says, as a tag of BCP 47, such as `en` or `cy`; `bfi` for British Sign Language.",
        )
        .to_one::<media::Entity>(
            "captions",
            C::CaptionMediaId,
            "Its captions, for audio and video: whoever may read the recording may read them.",
        )
        .column("transcript", C::Transcript, "What is said and shown, as a text.")
        .to_one::<media::Entity>(
            "transcriptFile",
            C::TranscriptMediaId,
            "The same as a file of its own: whoever may read the recording may read it.",
        )
        .column("uploadExpiresAt", C::UploadExpiresAt, "Until when its bytes are taken.")
        .column("storedAt", C::StoredAt, "When all of it was there and had been checked.")
        .column(
            "unreferencedSince",
            C::UnreferencedAt,
            "Since when nothing points to it: it is removed when that has been so for long. Null while something does.",
        )
        .to_one::<organisation::Entity>(
            "organisation",
            C::OrganisationId,
            "The organisation that it belongs to; null for a person's own.",
        )
        .to_one::<person::Entity>(
            "uploadedBy",
            C::UploadedByPersonId,
            "Who uploads it; null when a computer system does.",
        );
        use_of(media)
            .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
            .order("CREATED_AT", C::CreatedAt, "By when the upload was announced.")
            .filter_one_of::<MediaKind>("kind", C::Kind, "Only of these kinds.")
            .filter_one_of::<MediaStatus>("status", C::Status, "Only in these states.")
            .filter_one_of::<MediaScan>("scan", C::Scan, "Only with these findings.")
            .filter(
                "organisation",
                FilterTest::Is("organisation_id", organisation::Entity::PREFIX),
                "Only of this organisation.",
            )
    }
}

/// Where its bytes are fetched, and what the viewer may do to it.
fn use_of(media: ObjectType) -> ObjectType {
    use media::Column as C;
    media
        .computed(
            "downloadUrl",
            "String",
            vec![("id", Scalar::Id(media::Entity::PREFIX)), ("status", Scalar::String), ("scan", Scalar::String)],
            |row, _| {
                let is_clean = row.text(1)? == "STORED" && row.text(2)? == "CLEAN";
                let address = if is_clean { row.download(row.id(0)?) } else { None };
                Ok(address.into())
            },
            "Where to fetch its bytes, for a while: a path on this server, unless the server is set otherwise. Read by whoever may \
             read the file; each reading gives a new one. Whoever knows it can fetch the file until it expires: fetch at once, \
             and do not pass it on. Null until the file is stored and found clean.",
        )
        .viewer_can(
            "MediaViewerCan",
            vec![Ability::new(
                "manage",
                &[C::UploadedByPersonId, C::OrganisationId],
                "Say what it is, and remove it while nothing points to it.",
                |row, viewer| Ok(may_manage_media(viewer, row.optional_id(0)?, row.optional_id(1)?).into()),
            )],
        )
}
