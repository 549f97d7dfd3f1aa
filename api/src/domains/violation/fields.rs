//! Checks that many inputs share: texts, numbers, days; and the words in which rules speak of them.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, Utc};

use super::{UserErrorCode, Violation};

/// One line of text: trimmed, with as many characters (not bytes) as `length` allows, and nothing hidden in it.
///
/// # Errors
/// `REQUIRED` when nothing can be read in it and `length` starts above 0, `TOO_LONG`, `OUT_OF_RANGE` when it is too short,
/// `INVALID_FORMAT` for line breaks and other control characters.
pub fn text(field: &str, raw: &str, length: RangeInclusive<usize>) -> Result<String, Violation> {
    measured(field, raw.trim().to_owned(), &length, is_hidden)
}

/// Text of several lines: as [`text`], with line breaks (written as `\n`) and tabs allowed.
///
/// # Errors
/// As [`text`].
pub fn long_text(field: &str, raw: &str, length: RangeInclusive<usize>) -> Result<String, Violation> {
    let lines = raw.trim().replace("\r\n", "\n");
    measured(field, lines, &length, |character| {
        is_hidden(character) && !matches!(character, '\n' | '\t')
    })
}

/// One line of text that may be left out; blank is the same as left out.
///
/// # Errors
/// `TOO_LONG` and `INVALID_FORMAT` as [`text`].
pub fn optional_text(field: &str, raw: Option<&str>, longest: usize) -> Result<Option<String>, Violation> {
    raw.filter(|raw| !is_blank(raw))
        .map(|raw| text(field, raw, 1..=longest))
        .transpose()
}

/// Text of several lines that may be left out; blank is the same as left out.
///
/// # Errors
/// `TOO_LONG` and `INVALID_FORMAT` as [`text`].
pub fn optional_long_text(
    field: &str,
    raw: Option<&str>,
    longest: usize,
) -> Result<Option<String>, Violation> {
    raw.filter(|raw| !is_blank(raw))
        .map(|raw| long_text(field, raw, 1..=longest))
        .transpose()
}

/// Whether nobody could read anything in `text`: white space and invisible characters only.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|character| character.is_whitespace() || is_hidden(character) || is_joiner(character))
}

/// A whole number within `range`, both ends included.
///
/// # Errors
/// `OUT_OF_RANGE`.
pub fn number(field: &str, value: i32, range: RangeInclusive<i32>) -> Result<i32, Violation> {
    if range.contains(&value) {
        return Ok(value);
    }
    let allowed = match (*range.start(), *range.end()) {
        (least, i32::MAX) => format!("at least {least}"),
        (least, most) => format!("between {least} and {most}"),
    };
    Err(Violation::new(
        UserErrorCode::OutOfRange,
        field,
        format!("{} is {value}; it must be {allowed}.", label(field)),
    ))
}

/// The last day is not before the first; an absent day is open.
///
/// # Errors
/// `OUT_OF_RANGE` at the field of the last day.
pub fn days_in_order(
    (from_field, from): (&str, Option<NaiveDate>),
    (to_field, to): (&str, Option<NaiveDate>),
) -> Result<(), Violation> {
    match (from, to) {
        (Some(from), Some(to)) if to < from => Err(Violation::new(
            UserErrorCode::OutOfRange,
            to_field,
            format!(
                "{} is {}, which is before {} ({}). Choose the same day or a later one.",
                label(to_field),
                day(to),
                label(from_field).to_lowercase(),
                day(from)
            ),
        )),
        _ => Ok(()),
    }
}

/// Something that is said to have happened did not happen in the future.
///
/// # Errors
/// `OUT_OF_RANGE`.
pub fn not_in_future(field: &str, at: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Violation> {
    if at <= now {
        return Ok(());
    }
    Err(Violation::new(
        UserErrorCode::OutOfRange,
        field,
        format!(
            "{} lies in the future. Give the time at which it happened.",
            label(field)
        ),
    ))
}

/// The next state is one that can be reached from the present one in one step.
///
/// `thing` names what is in that state, in the words of the sentence: `"membership"`, `"board"`.
///
/// # Errors
/// `ILLEGAL_TRANSITION`, with the states that could be reached.
pub fn transition<S: Copy + PartialEq + fmt::Display>(
    field: &str,
    thing: &str,
    (from, to): (S, S),
    legal: &[S],
) -> Result<(), Violation> {
    if legal.contains(&to) {
        return Ok(());
    }
    let ways = match (from == to, legal.is_empty()) {
        (true, true) => format!("This {thing} is {from} already, for good."),
        (false, true) => format!("This {thing} is {from}, which is final: it cannot become {to}."),
        (true, false) => format!(
            "This {thing} is {from} already. It can become {}.",
            alternatives(legal)
        ),
        (false, false) => {
            let ways = alternatives(legal);
            format!("This {thing} is {from} and cannot become {to} in one step. It can become {ways}.")
        }
    };
    Err(Violation::new(UserErrorCode::IllegalTransition, field, ways))
}

/// Something can be done only while a thing is in one of these states.
///
/// `what` says what can be done, in the words of the sentence: `"Panellists are added"`.
///
/// # Errors
/// `INACTIVE` at the field, with the states in which it could be done.
pub fn in_state<S: Copy + PartialEq + fmt::Display>(
    field: &str,
    (thing, what): (&str, &str),
    status: S,
    allowed: &[S],
) -> Result<(), Violation> {
    if allowed.contains(&status) {
        return Ok(());
    }
    let these = alternatives(allowed);
    let message = format!("The {thing} is {status}. {what} while it is {these}.");
    Err(Violation::new(UserErrorCode::Inactive, field, message))
}

/// A day as people in the United Kingdom write it: `5 July 2026`.
#[must_use]
pub fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// The name of an input field as words: `legalName` is `Legal name`.
#[must_use]
pub fn label(field: &str) -> String {
    let mut words = String::with_capacity(field.len() + 4);
    for character in field.chars() {
        if words.is_empty() {
            words.extend(character.to_uppercase());
        } else if character.is_uppercase() {
            words.push(' ');
            words.extend(character.to_lowercase());
        } else {
            words.push(character);
        }
    }
    words
}

/// Names as a list in a sentence: `A, B or C`.
#[must_use]
pub fn alternatives<T: fmt::Display>(names: impl IntoIterator<Item = T>) -> String {
    let mut names: Vec<String> = names.into_iter().map(|name| name.to_string()).collect();
    let last = names.pop().unwrap_or_default();
    if names.is_empty() {
        return last;
    }
    format!("{} or {last}", names.join(", "))
}

fn measured(
    field: &str,
    text: String,
    length: &RangeInclusive<usize>,
    refused: impl Fn(char) -> bool,
) -> Result<String, Violation> {
    let (least, most) = (*length.start(), *length.end());
    let characters = text.chars().count();
    let named = label(field);
    let (code, message) = if least > 0 && is_blank(&text) {
        (
            UserErrorCode::Required,
            format!("{named} is needed, and nothing is written in it."),
        )
    } else if characters > most {
        let message = format!("{named} has {characters} characters; the most is {most}. Please shorten it.");
        (UserErrorCode::TooLong, message)
    } else if characters < least {
        let message = format!("{named} has {characters} characters; it needs at least {least}.");
        (UserErrorCode::OutOfRange, message)
    } else if text.chars().any(refused) {
        let message = format!(
            "{named} contains line breaks or hidden control characters that cannot stand here. Please type it again \
             instead of pasting it."
        );
        (UserErrorCode::InvalidFormat, message)
    } else {
        return Ok(text);
    };
    Err(Violation::new(code, field, message))
}

/// Control characters, and those that reverse the direction of text so that a name can look like another.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

/// Characters that show nothing by themselves and have their place between others, as in emoji or Persian.
fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{00AD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code<T: fmt::Debug>(outcome: Result<T, Violation>) -> UserErrorCode {
        outcome.unwrap_err().code
    }

    #[test]
    fn text_is_trimmed_and_counted_in_characters() {
        assert_eq!(
            text("name", "  Gwasanaeth Tŷ  ", 1..=13).unwrap(),
            "Gwasanaeth Tŷ"
        );
        assert_eq!(
            code(text("name", "Gwasanaeth Tŷ", 1..=12)),
            UserErrorCode::TooLong
        );
        assert_eq!(code(text("code", "ab", 3..=9)), UserErrorCode::OutOfRange);
    }

    #[test]
    fn text_that_shows_nothing_is_missing() {
        for blank in ["", "   ", "\u{200B}\u{200D}", "\u{FEFF} "] {
            assert_eq!(
                code(text("name", blank, 1..=9)),
                UserErrorCode::Required,
                "{blank:?}"
            );
            assert_eq!(optional_text("name", Some(blank), 9), Ok(None), "{blank:?}");
        }
        assert_eq!(optional_text("name", None, 9), Ok(None));
    }

    #[test]
    fn one_line_of_text_holds_no_line_break_and_nothing_hidden() {
        for hidden in ["a\nb", "a\0b", "a\u{202E}b", "a\tb"] {
            assert_eq!(
                code(text("name", hidden, 1..=9)),
                UserErrorCode::InvalidFormat,
                "{hidden:?}"
            );
        }
        assert_eq!(long_text("summary", "a\r\nb\tc", 1..=9).unwrap(), "a\nb\tc");
        assert_eq!(
            code(long_text("summary", "a\0b", 1..=9)),
            UserErrorCode::InvalidFormat
        );
        assert_eq!(
            optional_long_text("summary", Some("a\nb"), 9),
            Ok(Some("a\nb".to_owned()))
        );
    }

    #[test]
    fn the_last_day_is_not_before_the_first() {
        let days = |from, to| days_in_order(("startsOn", from), ("endsOn", to));
        let (monday, tuesday) = (
            NaiveDate::from_ymd_opt(2026, 7, 6),
            NaiveDate::from_ymd_opt(2026, 7, 7),
        );
        assert_eq!(days(monday, monday), Ok(()));
        assert_eq!(days(tuesday, None), Ok(()));
        assert_eq!(days(None, monday), Ok(()));
        let violation = days(tuesday, monday).unwrap_err();
        assert_eq!(violation.path, ["endsOn"]);
        assert_eq!(
            violation.message,
            "Ends on is 6 July 2026, which is before starts on (7 July 2026). Choose the same day or a later one."
        );
    }

    #[test]
    fn a_number_outside_its_range_is_told_the_range() {
        assert_eq!(number("minLivedBp", 10_000, 0..=10_000), Ok(10_000));
        let violation = number("minLivedBp", 10_001, 0..=10_000).unwrap_err();
        assert_eq!(
            violation.message,
            "Min lived bp is 10001; it must be between 0 and 10000."
        );
        assert_eq!(code(number("quorum", 0, 1..=i32::MAX)), UserErrorCode::OutOfRange);
    }

    #[test]
    fn an_illegal_transition_is_answered_with_the_legal_ones() {
        let message = |from, to, legal: &[&'static str]| {
            let violation = transition("status", "board", (from, to), legal).unwrap_err();
            assert_eq!(violation.code, UserErrorCode::IllegalTransition);
            violation.message
        };
        assert_eq!(
            message("FORMING", "DORMANT", &["ACTIVE", "CLOSED"]),
            "This board is FORMING and cannot become DORMANT in one step. It can become ACTIVE or CLOSED."
        );
        assert_eq!(
            message("ACTIVE", "ACTIVE", &["CLOSED"]),
            "This board is ACTIVE already. It can become CLOSED."
        );
        assert_eq!(
            message("CLOSED", "ACTIVE", &[]),
            "This board is CLOSED, which is final: it cannot become ACTIVE."
        );
        assert_eq!(
            message("CLOSED", "CLOSED", &[]),
            "This board is CLOSED already, for good."
        );
        assert_eq!(
            transition("status", "board", ("FORMING", "ACTIVE"), &["ACTIVE"]),
            Ok(())
        );
    }

    #[test]
    fn alternatives_read_as_a_sentence() {
        assert_eq!(alternatives(["A", "B", "C"]), "A, B or C");
        assert_eq!(alternatives(["A"]), "A");
        assert_eq!(alternatives::<&str>([]), "");
    }
}
