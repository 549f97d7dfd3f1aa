//! Formats of a version (`domain.md` 2.6 and 4). They go on being made after sign-off, as translations of a text that stays: each is
//! shown once a user group has checked it, and from sign-off what was checked stays as it is.

use entity::media::kinds::MediaKind;
use entity::media::media;
use entity::parties::kinds::InformationFormat;
use entity::resources::kinds::ResourceVersionStatus as Status;
use entity::resources::rendition;

use crate::domains::violation::{UserErrorCode as Code, Violation};

/// Whether a user group has checked a rendition as the text is now.
#[must_use]
pub fn is_checked(rendition: &rendition::Model, content_revision: i32) -> bool {
    rendition.checked_content_revision == Some(content_revision)
}

/// Formats are added and checked from the first draft on, as long as the version counts or will.
///
/// # Errors
/// `INACTIVE` at the field.
pub fn check_open(field: &str, status: Status) -> Result<(), Violation> {
    if !matches!(status, Status::Superseded | Status::Withdrawn) {
        return Ok(());
    }
    let message = format!("This version is {status}, so no formats are made for it any more.");
    Err(Violation::new(Code::Inactive, field, message))
}

/// A rendition is changed and taken away while its version is written; from sign-off only as long as it has not been checked.
///
/// # Errors
/// `INACTIVE` at `id`.
pub fn check_changeable(
    rendition: &rendition::Model,
    (status, content_revision): (Status, i32),
) -> Result<(), Violation> {
    check_open("id", status)?;
    let is_written = matches!(status, Status::Draft | Status::Review);
    if is_written || !is_checked(rendition, content_revision) {
        return Ok(());
    }
    let message = format!(
        "A user group has checked this rendition, and the version is {status}: it stays as it is. Add another rendition, or begin \
         another version."
    );
    Err(Violation::new(Code::Inactive, "id", message))
}

/// A rendition is a file or a text.
///
/// # Errors
/// `REQUIRED` when it is neither, `RULE_BROKEN` when it is both.
pub fn check_content(has_media: bool, has_body: bool) -> Result<(), Violation> {
    match (has_media, has_body) {
        (false, false) => Err(Violation::new(
            Code::Required,
            "body",
            "Send its text, or name the file that was uploaded for it.",
        )),
        (true, true) => Err(Violation::new(
            Code::RuleBroken,
            "mediaId",
            "Send a text or name a file, not both: readers could not tell which one counts.",
        )),
        _ => Ok(()),
    }
}

/// The sort of file that a format is, where it is just one. A text cannot be heard or seen signing.
const fn kind_of(format: InformationFormat) -> Option<MediaKind> {
    match format {
        InformationFormat::Audio => Some(MediaKind::Audio),
        InformationFormat::BslVideo | InformationFormat::CaptionedVideo => Some(MediaKind::Video),
        _ => None,
    }
}

/// The file is what its format promises; no file at all is a text.
///
/// # Errors
/// `RULE_BROKEN` at `mediaId`.
pub fn check_kind(format: InformationFormat, file: Option<MediaKind>) -> Result<(), Violation> {
    let Some(expected) = kind_of(format) else {
        return Ok(());
    };
    if file == Some(expected) {
        return Ok(());
    }
    let message =
        format!("A rendition as {format} is a file of the kind {expected}. Upload one, and name it here.");
    Err(Violation::new(Code::RuleBroken, "mediaId", message))
}

/// What is heard can be read, too: before a user group checks it, a film that is called captioned has captions, and a recording has a
/// transcript.
///
/// # Errors
/// `REQUIRED` at the field.
pub fn check_companions(
    field: &str,
    format: InformationFormat,
    file: &media::Model,
) -> Result<(), Violation> {
    let missing = match format {
        InformationFormat::CaptionedVideo if file.caption_media_id.is_none() => "captions",
        InformationFormat::Audio if file.transcript.is_none() && file.transcript_media_id.is_none() => {
            "a transcript"
        }
        _ => return Ok(()),
    };
    let message = format!("Its file has not got {missing} yet. Add that to the file first (mediaUpdate).");
    Err(Violation::new(Code::Required, field, message))
}

#[cfg(test)]
mod tests {
    use entity::Described;
    use entity::id::{OrganisationId, PersonId, RenditionId, ResourceId, ResourceVersionId};

    use super::*;

    fn rendition(checked: bool) -> rendition::Model {
        rendition::Model {
            id: RenditionId::new(),
            resource_id: ResourceId::new(),
            resource_version_id: ResourceVersionId::new(),
            format: InformationFormat::EasyRead,
            language: "en".to_owned(),
            media_id: None,
            body: Some("Text.".to_owned()),
            checked_by_organisation_id: checked.then(OrganisationId::new),
            checked_by_person_id: checked.then(PersonId::new),
            checked_at: checked.then_some(chrono::DateTime::UNIX_EPOCH),
            checked_content_revision: checked.then_some(2),
            version: 1,
            created_at: chrono::DateTime::UNIX_EPOCH,
            updated_at: chrono::DateTime::UNIX_EPOCH,
            created_by: None,
        }
    }

    #[test]
    fn a_change_of_the_text_makes_a_checked_rendition_stale() {
        assert!(is_checked(&rendition(true), 2));
        assert!(!is_checked(&rendition(true), 3));
        assert!(!is_checked(&rendition(false), 2));
    }

    #[test]
    fn what_was_checked_stays_from_sign_off() {
        for (status, _) in Status::values() {
            let status: Status = status.parse().unwrap();
            let open = !matches!(status, Status::Superseded | Status::Withdrawn);
            let written = matches!(status, Status::Draft | Status::Review);
            assert_eq!(check_open("id", status).is_ok(), open, "{status}");
            assert_eq!(
                check_changeable(&rendition(false), (status, 2)).is_ok(),
                open,
                "{status}"
            );
            assert_eq!(
                check_changeable(&rendition(true), (status, 2)).is_ok(),
                written,
                "{status}"
            );
        }
    }

    #[test]
    fn what_is_stale_can_be_changed_after_sign_off() {
        assert!(check_changeable(&rendition(true), (Status::SignedOff, 3)).is_ok());
        assert!(check_changeable(&rendition(true), (Status::SignedOff, 2)).is_err());
    }

    #[test]
    fn what_is_heard_or_seen_is_a_file_of_that_kind() {
        use InformationFormat as Format;
        for (format, kind) in [
            (Format::Audio, MediaKind::Audio),
            (Format::BslVideo, MediaKind::Video),
            (Format::CaptionedVideo, MediaKind::Video),
        ] {
            assert_eq!(check_kind(format, Some(kind)), Ok(()), "{format}");
            for other in [None, Some(MediaKind::Document)] {
                assert_eq!(
                    check_kind(format, other).unwrap_err().code,
                    Code::RuleBroken,
                    "{format}"
                );
            }
        }
        for kind in [None, Some(MediaKind::Document), Some(MediaKind::Video)] {
            assert_eq!(
                check_kind(Format::EasyRead, kind),
                Ok(()),
                "an easy text may be a film, too"
            );
        }
    }

    #[test]
    fn a_rendition_is_a_file_or_a_text() {
        assert!(check_content(true, false).is_ok() && check_content(false, true).is_ok());
        assert_eq!(check_content(false, false).unwrap_err().code, Code::Required);
        assert_eq!(check_content(true, true).unwrap_err().code, Code::RuleBroken);
    }
}
