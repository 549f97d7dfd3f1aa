//! Recurring meetings: the next ones of a series, by a part of what RRULE can say (RFC 5545, 3.3.10).
//!
//! A rule has `FREQ=WEEKLY` or `FREQ=MONTHLY`, and may have `INTERVAL`, `BYDAY`, `BYMONTHDAY` and `BYSETPOS`. It has no end of
//! its own: how many meetings are made is said beside. Rules are read in the time of the United Kingdom, so that a meeting at
//! ten stays at ten when the clocks change.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use rrule::{RRule, Tz, Unvalidated};

use crate::domains::violation::{UserErrorCode as Code, Violation, alternatives};

/// The most weeks or months between two meetings.
const LONGEST_INTERVAL: u16 = 12;
/// The parts that a rule may have.
const PARTS: [&str; 5] = ["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYSETPOS"];
const FIELD: &str = "recurrenceRule";

/// A rule that was checked, as it is kept: in capitals, without blanks or the name `RRULE:`.
///
/// # Errors
/// `INVALID_FORMAT`, with what a rule can say.
pub fn rule(raw: &str) -> Result<String, Violation> {
    let wrong = |message: String| Violation::new(Code::InvalidFormat, FIELD, message);
    let text: String = raw.to_ascii_uppercase().split_whitespace().collect();
    let text = text.trim_start_matches("RRULE:").to_owned();
    for part in text.split(';') {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        if !PARTS.contains(&name) {
            return Err(wrong(format!(
                "{name} cannot stand in a rule here. Use {}, such as FREQ=MONTHLY;BYDAY=2TU for the second Tuesday of each month.",
                alternatives(PARTS)
            )));
        }
        let is_known = match name {
            "FREQ" => matches!(value, "WEEKLY" | "MONTHLY"),
            "INTERVAL" => value
                .parse()
                .is_ok_and(|interval: u16| (1..=LONGEST_INTERVAL).contains(&interval)),
            _ => !value.is_empty(),
        };
        if !is_known {
            return Err(wrong(format!(
                "{part} is not understood here. FREQ is WEEKLY or MONTHLY, and INTERVAL from 1 to {LONGEST_INTERVAL}."
            )));
        }
    }
    RRule::<Unvalidated>::from_str(&text)
        .map(|_| text)
        .map_err(|error| wrong(format!("This is not a recurrence rule of RFC 5545: {error}.")))
}

/// The next times by a checked rule, after a first one.
///
/// # Errors
/// `INVALID_FORMAT` for a rule that does not fit the first time, `OUT_OF_RANGE` when there are not so many times.
pub fn next_times(rule: &str, first: DateTime<Utc>, count: usize) -> Result<Vec<DateTime<Utc>>, Violation> {
    let wrong = |error: &dyn std::fmt::Display| {
        let message = format!("This rule does not fit the first meeting: {error}.");
        Violation::new(Code::InvalidFormat, FIELD, message)
    };
    let begins = first.with_timezone(&Tz::Europe__London);
    let rule = RRule::<Unvalidated>::from_str(rule).map_err(|error| wrong(&error))?;
    // Limited: a rule that hardly ever comes round must not keep a processor busy.
    let set = rule.build(begins).map_err(|error| wrong(&error))?.limit();
    let times: Vec<_> = (&set)
        .into_iter()
        .map(|time| time.with_timezone(&Utc))
        .filter(|time| *time > first)
        .take(count)
        .collect();
    if times.len() < count {
        let message =
            "This rule does not give so many meetings. Choose one that comes round at least once a year.";
        return Err(Violation::new(Code::OutOfRange, FIELD, message));
    }
    Ok(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn days(text: &str, first: &str, count: usize) -> Vec<String> {
        let rule = rule(text).unwrap();
        let times = next_times(&rule, at(first), count).unwrap();
        times
            .iter()
            .map(|time| time.format("%Y-%m-%dT%H:%M").to_string())
            .collect()
    }

    #[test]
    fn the_second_tuesday_of_each_month() {
        let found = days("FREQ=MONTHLY;BYDAY=2TU", "2026-01-13T10:00:00Z", 3);
        assert_eq!(
            found,
            ["2026-02-10T10:00", "2026-03-10T10:00", "2026-04-14T09:00"]
        );
    }

    #[test]
    fn every_other_week_on_the_day_of_the_first() {
        let found = days("rrule:freq=weekly; interval=2", "2026-01-05T14:30:00Z", 2);
        assert_eq!(found, ["2026-01-19T14:30", "2026-02-02T14:30"]);
    }

    #[test]
    fn a_meeting_at_ten_stays_at_ten_when_the_clocks_change() {
        // On 29 March 2026 the United Kingdom goes forward an hour, on 25 October back.
        assert_eq!(
            days("FREQ=WEEKLY", "2026-03-23T10:00:00Z", 1),
            ["2026-03-30T09:00"]
        );
        assert_eq!(
            days("FREQ=WEEKLY", "2026-10-19T09:00:00Z", 1),
            ["2026-10-26T10:00"]
        );
    }

    #[test]
    fn the_last_friday_and_a_day_of_the_month() {
        assert_eq!(
            days("FREQ=MONTHLY;BYDAY=-1FR", "2026-01-30T10:00:00Z", 1),
            ["2026-02-27T10:00"]
        );
        assert_eq!(
            days("FREQ=MONTHLY;BYMONTHDAY=15", "2026-01-15T10:00:00Z", 1),
            ["2026-02-15T10:00"]
        );
    }

    #[test]
    fn a_rule_says_only_how_meetings_follow_each_other() {
        for wrong in [
            "",
            "Every second Tuesday",
            "FREQ=DAILY",
            "FREQ=MONTHLY;COUNT=3",
            "FREQ=MONTHLY;UNTIL=20270101T000000Z",
            "FREQ=WEEKLY;INTERVAL=0",
            "FREQ=WEEKLY;INTERVAL=13",
            "INTERVAL=2",
            "FREQ=MONTHLY;BYDAY=2XX",
        ] {
            assert_eq!(
                rule(wrong).map_err(|wrong| wrong.code),
                Err(Code::InvalidFormat),
                "{wrong}"
            );
        }
    }
}
