//! Which media types are taken, and which kind each is of. What is not on this list is not taken.

use entity::media::kinds::MediaKind;

use crate::domains::violation::{UserErrorCode as Code, Violation};

/// How the content of a type is recognised and checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// By the bytes it begins with.
    Signature,
    /// Packed files: by what is in the package.
    Package,
    /// A drawing made of XML.
    Drawing,
    /// Plain text.
    Text,
    /// A table as text: in UTF-8 or in Windows-1252, which spreadsheets write.
    Table,
    /// The same, packed with gzip.
    PackedTable,
    /// Captions.
    Captions,
}

/// A media type that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcceptedType {
    /// Its name (RFC 6838).
    pub name: &'static str,
    /// Its kind.
    pub kind: MediaKind,
    /// How its content is recognised.
    pub form: Form,
    /// What the content may be taken for beside: containers that hold either sound or pictures, and other names.
    pub found_as: &'static [&'static str],
}

const fn accepted(
    name: &'static str,
    kind: MediaKind,
    form: Form,
    found_as: &'static [&'static str],
) -> AcceptedType {
    AcceptedType {
        name,
        kind,
        form,
        found_as,
    }
}

use Form::{Captions, Drawing, Package, PackedTable, Signature, Table, Text};
use MediaKind as K;

/// Every type that is taken.
pub const ACCEPTED: &[AcceptedType] = &[
    accepted("video/mp4", K::Video, Signature, &["video/x-m4v"]),
    accepted("video/webm", K::Video, Signature, &["video/x-matroska"]),
    accepted("video/quicktime", K::Video, Signature, &["video/mp4"]),
    accepted("audio/mpeg", K::Audio, Signature, &[]),
    accepted("audio/mp4", K::Audio, Signature, &["audio/m4a", "video/mp4"]),
    accepted("audio/ogg", K::Audio, Signature, &["audio/opus"]),
    accepted(
        "audio/webm",
        K::Audio,
        Signature,
        &["video/webm", "video/x-matroska"],
    ),
    accepted("audio/wav", K::Audio, Signature, &["audio/x-wav"]),
    accepted("audio/flac", K::Audio, Signature, &["audio/x-flac"]),
    accepted("audio/aac", K::Audio, Signature, &[]),
    accepted("image/jpeg", K::Image, Signature, &[]),
    accepted("image/png", K::Image, Signature, &["image/apng"]),
    accepted("image/gif", K::Image, Signature, &[]),
    accepted("image/webp", K::Image, Signature, &[]),
    accepted("image/svg+xml", K::Image, Drawing, &[]),
    accepted("application/pdf", K::Document, Signature, &[]),
    accepted(DOCX, K::Document, Package, &[]),
    accepted(XLSX, K::Document, Package, &[]),
    accepted(PPTX, K::Document, Package, &[]),
    accepted(
        "application/vnd.oasis.opendocument.text",
        K::Document,
        Package,
        &[],
    ),
    accepted(
        "application/vnd.oasis.opendocument.spreadsheet",
        K::Document,
        Package,
        &[],
    ),
    accepted(
        "application/vnd.oasis.opendocument.presentation",
        K::Document,
        Package,
        &[],
    ),
    accepted("application/epub+zip", K::Document, Package, &[]),
    accepted("text/plain", K::Document, Text, &[]),
    accepted("text/markdown", K::Document, Text, &[]),
    accepted(CSV, K::Document, Table, &[]),
    accepted(GZIP, K::Document, PackedTable, &[]),
    accepted("text/vtt", K::Captions, Captions, &[]),
];

/// Tables as comma-separated values (RFC 4180).
pub const CSV: &str = "text/csv";
/// The same, packed (RFC 6713).
pub const GZIP: &str = "application/gzip";
/// Word-processing documents of Office Open XML.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// Sheets of Office Open XML.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Slides of Office Open XML.
pub const PPTX: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

impl AcceptedType {
    /// Whether content that was recognised as another type may be of this one.
    #[must_use]
    pub fn may_be(&self, found: &str) -> bool {
        self.name == found || self.found_as.contains(&found)
    }
}

/// The type of a name, whatever its parameters and case.
#[must_use]
pub fn accepted_type(name: &str) -> Option<&'static AcceptedType> {
    let essence = name
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    ACCEPTED.iter().find(|accepted| accepted.name == essence)
}

/// The type that an upload announces.
///
/// # Errors
/// `INVALID_FORMAT` for one that is not taken, with those that are.
pub fn check_media_type(raw: &str) -> Result<&'static AcceptedType, Violation> {
    accepted_type(raw).ok_or_else(|| {
        let names: Vec<&str> = ACCEPTED.iter().map(|accepted| accepted.name).collect();
        let message = format!(
            "This media type is not taken. Those that are: {}.",
            names.join(", ")
        );
        Violation::new(Code::InvalidFormat, "mediaType", message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_known_whatever_its_case_and_parameters() {
        assert_eq!(
            accepted_type(" Text/Plain; charset=utf-8").unwrap().name,
            "text/plain"
        );
        assert_eq!(check_media_type("video/mp4").unwrap().kind, MediaKind::Video);
    }

    #[test]
    fn what_runs_in_a_browser_or_a_machine_is_not_taken() {
        for name in [
            "text/html",
            "application/xhtml+xml",
            "text/javascript",
            "application/x-msdownload",
            "application/zip",
            "application/java-archive",
            "application/vnd.ms-word.document.macroenabled.12",
            "application/octet-stream",
            "",
        ] {
            assert_eq!(
                check_media_type(name).unwrap_err().code,
                Code::InvalidFormat,
                "{name}"
            );
        }
    }
}
