//! When everybody may read a board (`domain.md` 3: published boards, their seats, and members who consent to be named).

use chrono::{DateTime, Utc};

use crate::domains::violation::{UserErrorCode as Code, Violation};

/// From when everybody may read a board that is published at `now`.
///
/// # Errors
/// `ALREADY_EXISTS` when it is published already.
pub fn publish(published_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Violation> {
    match published_at {
        Some(at) if at <= now => {
            let message =
                "This board is published already: everybody can read it. There is nothing more to do.";
            Err(Violation::new(Code::AlreadyExists, "id", message))
        }
        _ => Ok(now),
    }
}

/// Whether a board can be taken back from the public.
///
/// # Errors
/// `RULE_BROKEN` when it is not published.
pub fn unpublish(published_at: Option<DateTime<Utc>>) -> Result<(), Violation> {
    if published_at.is_some() {
        return Ok(());
    }
    let message = "This board is not published, so only its own people and partners can read it already.";
    Err(Violation::new(Code::RuleBroken, "id", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_is_published_once_and_taken_back_once() {
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(publish(None, now), Ok(now));
        assert_eq!(publish(Some(now), now).unwrap_err().code, Code::AlreadyExists);
        assert_eq!(unpublish(Some(now)), Ok(()));
        assert_eq!(unpublish(None).unwrap_err().code, Code::RuleBroken);
    }
}
