//! What an operator may say about media.

use entity::media::kinds::MediaKind;
use serde::{Deserialize, Serialize};

use crate::config::{Report, Secret, Section};

const MEBIBYTE: u64 = 1024 * 1024;
const GIBIBYTE: u64 = 1024 * MEBIBYTE;

/// How much can be uploaded, how, and how long it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MediaSettings {
    /// The longest video, in bytes. Default 4,294,967,296 (4 GiB): an hour in high definition.
    pub video_bytes: u64,
    /// The longest recording of sound, in bytes. Default 1,073,741,824 (1 GiB).
    pub audio_bytes: u64,
    /// The longest document, in bytes. Default 268,435,456 (256 MiB).
    pub document_bytes: u64,
    /// The longest picture, in bytes. Default 67,108,864 (64 MiB).
    pub image_bytes: u64,
    /// The longest captions, in bytes. Default 2,097,152 (2 MiB).
    pub captions_bytes: u64,
    /// How much of an upload is held in memory, and written at a time, in bytes. Default 8,388,608 (8 MiB).
    pub piece_bytes: u64,
    /// The most pieces of one file. Default 10,000. Whoever sends a long file in very small requests comes to it.
    pub most_pieces: u32,
    /// Until when an announced file can be uploaded, in hours. Default 24. What has not arrived by then is removed.
    pub upload_hours: u32,
    /// How long an address for a download holds, in minutes. Default 15.
    pub download_minutes: u32,
    /// How long an upload or a download may stand still before it is ended, in seconds. Default 30. Both can be resumed.
    pub idle_seconds: u64,
    /// Uploads under way at once on a node, and as many downloads beside them; more are answered 503 with Retry-After. Default
    /// 64.
    pub transfers: usize,
    /// Announced files that one account may have that have not arrived. Default 20.
    pub open_uploads: u32,
    /// How much one person may have of their own, in bytes. Default 10,737,418,240 (10 GiB).
    pub person_bytes: u64,
    /// How much one organisation may have, in bytes. Default 1,099,511,627,776 (1 TiB).
    pub organisation_bytes: u64,
    /// How much a packed document may hold when it is unpacked, in bytes. Default 1,073,741,824 (1 GiB).
    pub unpacked_bytes: u64,
    /// How many times longer than packed that may be. Default 200: texts pack to a twentieth at best.
    pub unpacked_ratio: u64,
    /// How many files a packed document may hold. Default 10,000.
    pub packed_files: u32,
    /// The longest transcript, in characters. Default 200,000: a day of talk.
    pub longest_transcript: u32,
    /// How long a file is kept to which nothing points, in days. Default 30.
    pub retention_days: u32,
    /// Whether files count as clean where no scanner is set (`scanner.address`). Default true. If false, they stay pending, and
    /// nobody can download them, until there is one.
    pub clean_without_scanner: bool,
    /// After how long something is tried again that was refused: by the scanner, or by the store of objects; in minutes. Default
    /// 10; it doubles with each refusal of the scanner, up to a day.
    pub retry_minutes: u32,
    /// What stands before the addresses of uploads and downloads, such as `https://api.example.org`. Default none: they are
    /// paths on this server.
    pub origin: Option<String>,
    /// What those addresses are signed with: at least 32 characters by chance, the same on every node. Default none: a key that
    /// the first node makes and the database keeps.
    pub signing_key: Option<Secret>,
}

impl Default for MediaSettings {
    fn default() -> Self {
        Self {
            video_bytes: 4 * GIBIBYTE,
            audio_bytes: GIBIBYTE,
            document_bytes: 256 * MEBIBYTE,
            image_bytes: 64 * MEBIBYTE,
            captions_bytes: 2 * MEBIBYTE,
            piece_bytes: 8 * MEBIBYTE,
            most_pieces: 10_000,
            upload_hours: 24,
            download_minutes: 15,
            idle_seconds: 30,
            transfers: 64,
            open_uploads: 20,
            person_bytes: 10 * GIBIBYTE,
            organisation_bytes: 1_024 * GIBIBYTE,
            unpacked_bytes: GIBIBYTE,
            unpacked_ratio: 200,
            packed_files: 10_000,
            longest_transcript: 200_000,
            retention_days: 30,
            clean_without_scanner: true,
            retry_minutes: 10,
            origin: None,
            signing_key: None,
        }
    }
}

impl MediaSettings {
    /// The longest file of a kind, in bytes.
    #[must_use]
    pub const fn longest(&self, kind: MediaKind) -> u64 {
        match kind {
            MediaKind::Video => self.video_bytes,
            MediaKind::Audio => self.audio_bytes,
            MediaKind::Document => self.document_bytes,
            MediaKind::Image => self.image_bytes,
            MediaKind::Captions => self.captions_bytes,
        }
    }
}

/// The shortest key that is accepted, in characters: as long as the signature it makes.
const SHORTEST_KEY: usize = 32;

impl Section for MediaSettings {
    fn check(&self, report: &mut Report<'_>) {
        for (name, bytes) in [
            ("video_bytes", self.video_bytes),
            ("audio_bytes", self.audio_bytes),
            ("document_bytes", self.document_bytes),
            ("image_bytes", self.image_bytes),
            ("captions_bytes", self.captions_bytes),
            ("person_bytes", self.person_bytes),
            ("organisation_bytes", self.organisation_bytes),
            ("unpacked_bytes", self.unpacked_bytes),
        ] {
            report.within(name, bytes, 1, 1 << 50, "bytes");
        }
        report.within("piece_bytes", self.piece_bytes, 1, 256 * MEBIBYTE, "bytes");
        report.within("most_pieces", self.most_pieces, 1, 100_000, "pieces");
        report.within("upload_hours", self.upload_hours, 1, 720, "hours");
        report.within("download_minutes", self.download_minutes, 1, 10_080, "minutes");
        report.within("idle_seconds", self.idle_seconds, 1, 3_600, "seconds");
        report.within("transfers", self.transfers, 1, 10_000, "transfers");
        report.within("open_uploads", self.open_uploads, 1, 10_000, "uploads");
        report.within("unpacked_ratio", self.unpacked_ratio, 1, 100_000, "times");
        report.within("packed_files", self.packed_files, 1, 100_000, "files");
        report.within(
            "longest_transcript",
            self.longest_transcript,
            1,
            10_000_000,
            "characters",
        );
        report.within("retention_days", self.retention_days, 1, 36_500, "days");
        report.within("retry_minutes", self.retry_minutes, 1, 1_440, "minutes");
        if self
            .signing_key
            .as_ref()
            .is_some_and(|key| key.expose().len() < SHORTEST_KEY)
        {
            report.wrong(
                "signing_key",
                "",
                "must have at least 32 characters, chosen by chance",
            );
        }
        if let Some(origin) = &self.origin
            && reqwest::Url::parse(origin).is_err()
        {
            report.wrong(
                "origin",
                origin,
                "must be an address such as https://api.example.org",
            );
        }
    }
}
