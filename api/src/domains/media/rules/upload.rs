//! What may be announced, and what may be said about a file.

use entity::media::kinds::{MediaKind, MediaStatus};

use super::super::settings::MediaSettings;
use crate::domains::violation::{UserErrorCode as Code, Violation};

/// The length that is announced.
///
/// # Errors
/// `OUT_OF_RANGE` for nothing, and for more than this server takes of the kind.
pub fn check_length(bytes: i64, kind: MediaKind, settings: &MediaSettings) -> Result<i64, Violation> {
    let longest = settings.longest(kind);
    if bytes >= 1 && bytes.unsigned_abs() <= longest {
        return Ok(bytes);
    }
    let message = format!("Bytes must be between 1 and {longest} for {kind}, as long as the file is.");
    Err(Violation::new(Code::OutOfRange, "bytes", message))
}

/// The number of bytes, as it is written.
///
/// # Errors
/// `INVALID_FORMAT` for what is no number.
pub fn read_length(text: &str) -> Result<i64, Violation> {
    text.trim().parse().map_err(|_| {
        let message = "Bytes must be a whole number, such as \"1048576\".";
        Violation::new(Code::InvalidFormat, "bytes", message)
    })
}

/// A SHA-256 in hexadecimal, in lower case.
///
/// # Errors
/// `INVALID_FORMAT`.
pub fn check_sha256(raw: &str) -> Result<String, Violation> {
    let text = raw.trim().to_ascii_lowercase();
    if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(text);
    }
    let message = "Sha256 must be 64 hexadecimal digits, as `sha256sum` prints them.";
    Err(Violation::new(Code::InvalidFormat, "sha256", message))
}

/// How long something plays.
///
/// # Errors
/// `OUT_OF_RANGE` for less than nothing or more than a week, `RULE_BROKEN` for what does not play.
pub fn check_duration(seconds: i32, kind: MediaKind) -> Result<i32, Violation> {
    const WEEK: i32 = 7 * 24 * 3_600;
    if !plays(kind) {
        let message = "Only audio and video play for a time: leave durationSeconds out.";
        return Err(Violation::new(Code::RuleBroken, "durationSeconds", message));
    }
    if (0..=WEEK).contains(&seconds) {
        return Ok(seconds);
    }
    let message = "DurationSeconds must be between 0 and 604800, which is a week.";
    Err(Violation::new(Code::OutOfRange, "durationSeconds", message))
}

/// Whether it is something to hear or to see and hear.
#[must_use]
pub const fn plays(kind: MediaKind) -> bool {
    matches!(kind, MediaKind::Audio | MediaKind::Video)
}

/// What a file that is to be captions or a transcript is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Companion {
    /// Its kind.
    pub kind: MediaKind,
    /// How far it has got.
    pub status: MediaStatus,
    /// Whether it is the recording itself.
    pub is_itself: bool,
}

/// Whether a file can be the captions, or the transcript, of a recording.
///
/// # Errors
/// `RULE_BROKEN` for the wrong kind, for the file itself, and for captions of what does not play; `INACTIVE` until it is stored.
pub fn check_companion(
    field: &str,
    wanted: MediaKind,
    of: MediaKind,
    companion: Companion,
) -> Result<(), Violation> {
    let broken = |message: String| Err(Violation::new(Code::RuleBroken, field, message));
    if !plays(of) {
        return broken("Only audio and video have captions and transcripts.".to_owned());
    }
    if companion.is_itself || companion.kind != wanted {
        return broken(format!("It must be another file, of the kind {wanted}."));
    }
    if companion.status != MediaStatus::Stored {
        let message = "It has not been stored yet. Upload it first.";
        return Err(Violation::new(Code::Inactive, field, message));
    }
    Ok(())
}

/// What an account, and its organisation, have already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Announced files that have not arrived.
    pub open: u64,
    /// Bytes of all files, whether they have arrived or not.
    pub bytes: u64,
    /// How much they may have.
    pub most_bytes: u64,
}

/// Whether there is room for another file.
///
/// # Errors
/// `LIMIT_EXCEEDED`.
pub fn check_room(held: Held, bytes: i64, settings: &MediaSettings) -> Result<(), Violation> {
    if held.open >= settings.open_uploads.into() {
        let message = format!(
            "{} announced files have not arrived, which is the most. Upload them or remove them first.",
            held.open
        );
        return Err(Violation::new(Code::LimitExceeded, "", message));
    }
    if held.bytes.saturating_add(bytes.unsigned_abs()) > held.most_bytes {
        let message = format!(
            "With this file there would be more than {} bytes, which is the most. Remove files that you no longer need.",
            held.most_bytes
        );
        return Err(Violation::new(Code::LimitExceeded, "bytes", message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_limited_by_kind() {
        let settings = MediaSettings {
            image_bytes: 10,
            ..MediaSettings::default()
        };
        let check =
            |bytes| check_length(bytes, MediaKind::Image, &settings).map_err(|violation| violation.code);
        assert_eq!([check(1), check(10)], [Ok(1), Ok(10)]);
        for wrong in [0, -1, 11, i64::MAX, i64::MIN] {
            assert_eq!(check(wrong), Err(Code::OutOfRange), "{wrong}");
        }
        assert_eq!(check_length(11, MediaKind::Video, &settings), Ok(11));
    }

    #[test]
    fn a_digest_is_64_digits() {
        let upper = "AB".repeat(32);
        assert_eq!(check_sha256(&format!(" {upper}\n")), Ok(upper.to_lowercase()));
        for wrong in ["", "ab", &"g".repeat(64), &"a".repeat(63), &"a".repeat(65)] {
            assert_eq!(
                check_sha256(wrong).unwrap_err().code,
                Code::InvalidFormat,
                "{wrong}"
            );
        }
    }

    #[test]
    fn only_recordings_play_and_have_captions() {
        assert_eq!(check_duration(60, MediaKind::Audio), Ok(60));
        assert_eq!(
            check_duration(-1, MediaKind::Video).unwrap_err().code,
            Code::OutOfRange
        );
        assert_eq!(
            check_duration(60, MediaKind::Image).unwrap_err().code,
            Code::RuleBroken
        );
        let good = Companion {
            kind: MediaKind::Captions,
            status: MediaStatus::Stored,
            is_itself: false,
        };
        let check = |of, companion| {
            check_companion("captionMediaId", MediaKind::Captions, of, companion)
                .map_err(|violation| violation.code)
        };
        assert_eq!(check(MediaKind::Video, good), Ok(()));
        assert_eq!(check(MediaKind::Document, good), Err(Code::RuleBroken));
        let expected = Companion {
            status: MediaStatus::Expected,
            ..good
        };
        assert_eq!(check(MediaKind::Video, expected), Err(Code::Inactive));
        for (kind, is_itself) in [(MediaKind::Document, false), (MediaKind::Captions, true)] {
            let wrong = Companion {
                kind,
                is_itself,
                ..good
            };
            assert_eq!(check(MediaKind::Video, wrong), Err(Code::RuleBroken));
        }
    }

    #[test]
    fn there_is_room_for_so_much() {
        let settings = MediaSettings::default();
        let held = Held {
            open: 19,
            bytes: 90,
            most_bytes: 100,
        };
        assert_eq!(check_room(held, 10, &settings), Ok(()));
        assert_eq!(
            check_room(held, 11, &settings).unwrap_err().code,
            Code::LimitExceeded
        );
        let full = Held { open: 20, ..held };
        assert_eq!(
            check_room(full, 1, &settings).unwrap_err().code,
            Code::LimitExceeded
        );
    }
}
