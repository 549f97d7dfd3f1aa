//! Indicators and how they are worded for a time (`domain.md` 1, row 6, and 2.8). Versions do not overlap; where one is not
//! comparable with the one before it, the series breaks.

use chrono::NaiveDate;
use entity::outcomes::indicator_version;

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, day, days_in_order, number};

/// How many decimal places an indicator's values can have.
///
/// # Errors
/// `OUT_OF_RANGE` at `decimals`.
pub fn check_decimals(decimals: i32) -> Result<i32, Violation> {
    number("decimals", decimals, 0..=6)
}

/// A new wording: it begins after the one before has ended, and the first of all is comparable with none.
///
/// # Errors
/// `OUT_OF_RANGE` at `validTo` when it ends before it begins; `RULE_BROKEN` at `validFrom` where it would overlap, and at
/// `comparableWithPrevious` for the first.
pub fn check_new_version(
    (from, to): (NaiveDate, Option<NaiveDate>),
    is_comparable: bool,
    last: Option<&indicator_version::Model>,
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.keep(days_in_order(("validFrom", Some(from)), ("validTo", to)));
    match last {
        None => violations.check(!is_comparable, Code::RuleBroken, "comparableWithPrevious", || {
            "This is the first version: there is none before it to be compared with.".to_owned()
        }),
        Some(last) => match last.valid_to {
            None => violations.push(Violation::new(
                Code::RuleBroken,
                "validFrom",
                format!(
                    "Version {} has no last day. End it before the next begins.",
                    last.number
                ),
            )),
            Some(end) => violations.check(end < from, Code::RuleBroken, "validFrom", || {
                format!(
                    "Version {} counts until {}. Two versions do not count for the same day.",
                    last.number,
                    day(end)
                )
            }),
        },
    }
    violations.into_result()
}

/// A wording that was measured stays as it is.
///
/// # Errors
/// `RULE_BROKEN` at the id.
pub fn check_unused(observations: u64) -> Result<(), Violation> {
    if observations == 0 {
        return Ok(());
    }
    let message =
        "Figures have been recorded of this version: it stays as it is worded. End it, and begin another.";
    Err(Violation::new(Code::RuleBroken, "id", message))
}

/// The last day of a wording: not before its first, and not before the last period of its figures.
///
/// # Errors
/// `OUT_OF_RANGE` or `RULE_BROKEN` at `validTo`; `INACTIVE` at the id when it has ended.
pub fn check_end(
    version: &indicator_version::Model,
    to: NaiveDate,
    figures_beyond: u64,
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.check(version.valid_to.is_none(), Code::Inactive, "id", || {
        "This version has a last day already.".to_owned()
    });
    violations.keep(days_in_order(
        ("validFrom", Some(version.valid_from)),
        ("validTo", Some(to)),
    ));
    violations.check(figures_beyond == 0, Code::RuleBroken, "validTo", || {
        format!("There are figures of it for periods that end after {}.", day(to))
    });
    violations.into_result()
}

/// A period that the wording counts for.
///
/// # Errors
/// `OUT_OF_RANGE` at `periodStart` or `periodEnd`.
pub fn check_period(
    (start, end): (NaiveDate, NaiveDate),
    version: &indicator_version::Model,
    today: NaiveDate,
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.keep(days_in_order(
        ("periodStart", Some(start)),
        ("periodEnd", Some(end)),
    ));
    violations.check(
        start >= version.valid_from,
        Code::OutOfRange,
        "periodStart",
        || {
            format!(
                "This version of the indicator counts from {}.",
                day(version.valid_from)
            )
        },
    );
    violations.check(end <= today, Code::OutOfRange, "periodEnd", || {
        "The period is not over yet. Name the part of it that is.".to_owned()
    });
    if let Some(last) = version.valid_to.filter(|last| *last < end) {
        let message = format!("This version of the indicator counts until {}.", day(last));
        violations.push(Violation::new(Code::OutOfRange, "periodEnd", message));
    }
    violations.into_result()
}

#[cfg(test)]
mod tests {
    use entity::id::{IndicatorId, IndicatorVersionId};

    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn version(from: &str, to: Option<&str>) -> indicator_version::Model {
        indicator_version::Model {
            id: IndicatorVersionId::new(),
            indicator_id: IndicatorId::new(),
            number: 1,
            definition: "x".to_owned(),
            valid_from: on(from),
            valid_to: to.map(on),
            comparable_with_previous: false,
            version: 1,
            created_at: chrono::DateTime::UNIX_EPOCH,
            updated_at: chrono::DateTime::UNIX_EPOCH,
            created_by: None,
        }
    }

    fn codes(outcome: Result<(), Vec<Violation>>) -> Vec<(Code, String)> {
        let found = outcome.err().unwrap_or_default();
        found
            .into_iter()
            .map(|wrong| (wrong.code, wrong.path.join(".")))
            .collect()
    }

    fn at(code: Code, field: &str) -> (Code, String) {
        (code, field.to_owned())
    }

    #[test]
    fn versions_do_not_overlap_and_the_first_is_comparable_with_none() {
        let new = |from: &str, comparable, last: Option<&indicator_version::Model>| {
            codes(check_new_version((on(from), None), comparable, last))
        };
        assert_eq!(new("2023-04-01", false, None), []);
        assert_eq!(
            new("2023-04-01", true, None),
            [at(Code::RuleBroken, "comparableWithPrevious")]
        );
        let ended = version("2014-04-01", Some("2023-03-31"));
        assert_eq!(new("2023-04-01", true, Some(&ended)), []);
        assert_eq!(
            new("2023-03-31", true, Some(&ended)),
            [at(Code::RuleBroken, "validFrom")]
        );
        let open = version("2014-04-01", None);
        assert_eq!(
            new("2023-04-01", false, Some(&open)),
            [at(Code::RuleBroken, "validFrom")]
        );
        let backwards = check_new_version((on("2023-04-01"), Some(on("2023-03-01"))), false, None);
        assert_eq!(codes(backwards), [at(Code::OutOfRange, "validTo")]);
    }

    #[test]
    fn a_version_that_was_measured_stays_and_ends_after_its_figures() {
        assert!(check_unused(0).is_ok());
        assert_eq!(check_unused(1).unwrap_err().code, Code::RuleBroken);
        let open = version("2014-04-01", None);
        assert_eq!(codes(check_end(&open, on("2023-03-31"), 0)), []);
        assert_eq!(
            codes(check_end(&open, on("2013-03-31"), 1)),
            [at(Code::OutOfRange, "validTo"), at(Code::RuleBroken, "validTo")]
        );
        let ended = version("2014-04-01", Some("2023-03-31"));
        assert_eq!(
            codes(check_end(&ended, on("2024-03-31"), 0)),
            [at(Code::Inactive, "id")]
        );
    }

    #[test]
    fn a_period_is_one_that_the_version_counts_for_and_is_over() {
        let of = version("2014-04-01", Some("2023-03-31"));
        let period = |from: &str, to: &str| codes(check_period((on(from), on(to)), &of, on("2022-06-30")));
        assert_eq!(period("2020-04-01", "2021-03-31"), []);
        assert_eq!(
            period("2014-03-31", "2015-03-30"),
            [at(Code::OutOfRange, "periodStart")]
        );
        assert_eq!(
            period("2023-04-01", "2024-03-31"),
            [
                at(Code::OutOfRange, "periodEnd"),
                at(Code::OutOfRange, "periodEnd")
            ]
        );
        assert_eq!(
            period("2021-04-01", "2021-03-31"),
            [at(Code::OutOfRange, "periodEnd")]
        );
    }
}
