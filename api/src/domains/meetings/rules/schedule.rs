//! When a meeting is, and where.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domains::violation::{UserErrorCode as Code, Violation, label};

/// The longest meeting: a day and its night.
pub const LONGEST: TimeDelta = TimeDelta::hours(24);
/// The longest link, in characters.
pub const LONGEST_LINK: usize = 2_000;

/// A meeting ends after it begins, within a day.
///
/// # Errors
/// `OUT_OF_RANGE` at `endsAt`.
pub fn check_times(starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) -> Result<(), Violation> {
    let message = if ends_at <= starts_at {
        "A meeting ends after it begins. Choose a later end."
    } else if ends_at - starts_at > LONGEST {
        "A meeting lasts no longer than 24 hours. Make a meeting for each day."
    } else {
        return Ok(());
    };
    Err(Violation::new(Code::OutOfRange, "endsAt", message))
}

/// A link to the web, if there is one; blank is the same as none.
///
/// # Errors
/// `INVALID_FORMAT` for anything but `https://` with a host, `TOO_LONG`.
pub fn link(field: &str, raw: Option<&str>) -> Result<Option<String>, Violation> {
    let Some(text) = raw.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let length = text.chars().count();
    if length > LONGEST_LINK {
        let message = format!(
            "{} has {length} characters; the most is {LONGEST_LINK}.",
            label(field)
        );
        return Err(Violation::new(Code::TooLong, field, message));
    }
    let host = text.strip_prefix("https://").unwrap_or_default();
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    let is_plain = !text.contains(|character: char| character.is_whitespace() || character.is_control());
    if host.is_empty() || !is_plain {
        let message = format!(
            "{} must be a web address such as https://meet.example.org/board, without spaces.",
            label(field)
        );
        return Err(Violation::new(Code::InvalidFormat, field, message));
    }
    Ok(Some(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meeting_ends_after_it_begins_within_a_day() {
        let noon: DateTime<Utc> = "2026-03-02T12:00:00Z".parse().unwrap();
        let check = |after: TimeDelta| check_times(noon, noon + after).map_err(|wrong| wrong.code);
        assert_eq!(check(TimeDelta::minutes(1)), Ok(()));
        assert_eq!(check(TimeDelta::hours(24)), Ok(()));
        assert_eq!(check(TimeDelta::zero()), Err(Code::OutOfRange));
        assert_eq!(check(TimeDelta::hours(25)), Err(Code::OutOfRange));
    }

    #[test]
    fn a_link_is_a_secure_web_address() {
        let read = |text| link("onlineUrl", Some(text)).map_err(|wrong| wrong.code);
        assert_eq!(
            read(" https://meet.example.org/board "),
            Ok(Some("https://meet.example.org/board".to_owned()))
        );
        assert_eq!(read("  "), Ok(None));
        for wrong in [
            "meet.example.org",
            "http://meet.example.org",
            "https://",
            "https://a b",
            "javascript:x",
        ] {
            assert_eq!(read(wrong), Err(Code::InvalidFormat), "{wrong}");
        }
        let long = format!("https://example.org/{}", "x".repeat(LONGEST_LINK));
        assert_eq!(read(&long), Err(Code::TooLong));
    }
}
