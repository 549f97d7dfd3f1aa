//! Training: until when a completion counts.

use chrono::{DateTime, Months, NaiveDate, Utc};

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, day, days_in_order};

/// The last day on which a completion counts, for a course that counts so many months: of one completed on 5 July 2026,
/// with 12 months, 5 July 2027. Nothing for a course that counts for good.
#[must_use]
pub fn last_day(completed_on: NaiveDate, valid_months: Option<i32>) -> Option<NaiveDate> {
    let months = u32::try_from(valid_months?).ok()?;
    completed_on.checked_add_months(Months::new(months))
}

/// Whether training counts on a day.
#[must_use]
pub fn is_current(completed_on: NaiveDate, expires_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    completed_on <= today && expires_on.is_none_or(|last| today <= last)
}

/// What the record of a completion depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The day of completion.
    pub completed_on: NaiveDate,
    /// The last day on which it counts, when the administrator says so.
    pub expires_on: Option<NaiveDate>,
    /// How many months the course counts.
    pub valid_months: Option<i32>,
    /// When the course was given up.
    pub course_closed_at: Option<DateTime<Utc>>,
    /// The day of the change.
    pub today: NaiveDate,
}

/// Plans the last day on which a completion counts.
///
/// # Errors
/// `OUT_OF_RANGE` for a completion in the future, and for a last day before it or after the course allows; `INACTIVE` for a
/// completion after the course was given up.
pub fn plan_completion(facts: &Completion) -> Result<Option<NaiveDate>, Vec<Violation>> {
    let mut violations = Violations::default();
    violations.check(
        facts.completed_on <= facts.today,
        Code::OutOfRange,
        "completedOn",
        || "Completed on lies in the future. Record a training once it is completed.".to_owned(),
    );
    let closed_on = facts.course_closed_at.map(|at| at.date_naive());
    violations.check(
        closed_on.is_none_or(|closed| facts.completed_on <= closed),
        Code::Inactive,
        "completedOn",
        || {
            "The course had been given up by that day. Record completions up to the day on which it was."
                .to_owned()
        },
    );
    let longest = last_day(facts.completed_on, facts.valid_months);
    let last = facts.expires_on.or(longest);
    violations.keep(days_in_order(
        ("completedOn", Some(facts.completed_on)),
        ("expiresOn", last),
    ));
    if let (Some(last), Some(longest)) = (last, longest) {
        violations.check(last <= longest, Code::OutOfRange, "expiresOn", || {
            format!(
                "This course counts until {} when it is completed on that day. Choose that day or an earlier one.",
                day(longest)
            )
        });
    }
    violations.into_result_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn july(year: i32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, 7, day).unwrap()
    }

    fn usual() -> Completion {
        Completion {
            completed_on: july(2026, 5),
            expires_on: None,
            valid_months: Some(12),
            course_closed_at: None,
            today: july(2026, 6),
        }
    }

    fn broken(facts: &Completion) -> Vec<(Code, String)> {
        let found = plan_completion(facts).unwrap_err();
        found
            .into_iter()
            .map(|violation| (violation.code, violation.path.join(".")))
            .collect()
    }

    #[test]
    fn a_completion_counts_as_long_as_its_course_says() {
        assert_eq!(plan_completion(&usual()), Ok(Some(july(2027, 5))));
        let for_good = Completion {
            valid_months: None,
            ..usual()
        };
        assert_eq!(plan_completion(&for_good), Ok(None));
        let shorter = Completion {
            expires_on: Some(july(2026, 30)),
            ..usual()
        };
        assert_eq!(plan_completion(&shorter), Ok(Some(july(2026, 30))));
    }

    #[test]
    fn it_counts_up_to_and_including_its_last_day() {
        let last = Some(july(2027, 5));
        assert!(is_current(july(2026, 5), last, july(2027, 5)));
        assert!(!is_current(july(2026, 5), last, july(2027, 6)));
        assert!(!is_current(july(2026, 5), None, july(2026, 4)));
    }

    #[test]
    fn nothing_is_completed_in_the_future_or_counts_too_long() {
        let wrong = Completion {
            completed_on: july(2026, 7),
            expires_on: Some(july(2027, 8)),
            course_closed_at: july(2026, 1).and_hms_opt(9, 0, 0).map(|at| at.and_utc()),
            ..usual()
        };
        let field = |name: &str| name.to_owned();
        assert_eq!(
            broken(&wrong),
            [
                (Code::OutOfRange, field("completedOn")),
                (Code::Inactive, field("completedOn")),
                (Code::OutOfRange, field("expiresOn")),
            ]
        );
        let backwards = Completion {
            expires_on: Some(july(2026, 4)),
            ..usual()
        };
        assert_eq!(broken(&backwards), [(Code::OutOfRange, field("expiresOn"))]);
    }
}
