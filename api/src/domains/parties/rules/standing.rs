//! What the standing of an organisation, of a code or of an area allows (`domain.md` 2.1).

use chrono::NaiveDate;
use entity::parties::kinds::{GeographyLevel, OrganisationStatus};

use super::identifier::Period;
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, day, days_in_order};

/// Whether sites and services can be added to an organisation: while it waits to be checked, and while it takes part.
///
/// # Errors
/// `INACTIVE` for one that is suspended or closed.
pub fn check_open(field: &str, status: OrganisationStatus) -> Result<(), Violation> {
    if matches!(status, OrganisationStatus::Pending | OrganisationStatus::Active) {
        return Ok(());
    }
    let message = format!("This organisation is {status}: nothing can be added to it now.");
    Err(Violation::new(Code::Inactive, field, message))
}

/// What a platform administrator does to let an organisation take part.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Admits one that has been checked.
    Activate,
    /// Lets one take part again.
    Resume,
}

/// Whether the step is the one for this status: both lead to `ACTIVE`, from different places.
///
/// # Errors
/// `ILLEGAL_TRANSITION` with the step that would be right.
pub fn check_admission(field: &str, step: Admission, status: OrganisationStatus) -> Result<(), Violation> {
    let message = match (step, status) {
        (Admission::Activate, OrganisationStatus::Suspended) => {
            "This organisation is SUSPENDED: it was checked before. Resume it instead."
        }
        (Admission::Resume, OrganisationStatus::Pending) => {
            "This organisation is PENDING: it has never been checked. Activate it instead."
        }
        _ => return Ok(()),
    };
    Err(Violation::new(Code::IllegalTransition, field, message))
}

/// Plans that a code ends: on the day given, today when none is. It is the last day on which it holds.
///
/// # Errors
/// `EXPIRED` when it has an end already, `OUT_OF_RANGE` for a day before it began or in the future.
pub fn plan_end(
    period: Period,
    valid_to: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<NaiveDate, Vec<Violation>> {
    let mut violations = Violations::default();
    if let Some(ended) = period.to {
        let message = format!("This code has an end already: {}.", day(ended));
        violations.push(Violation::new(Code::Expired, "id", message));
    }
    let last = valid_to.unwrap_or(today);
    violations.check(last <= today, Code::OutOfRange, "validTo", || {
        format!(
            "{} lies in the future. End the code on that day, or name an earlier one.",
            day(last)
        )
    });
    violations.keep(days_in_order(("validFrom", period.from), ("validTo", Some(last))));
    violations.into_result_with(last)
}

/// Whether a site can lie in an area: in that of one council, not in a region or in all councils of a type.
///
/// # Errors
/// `RULE_BROKEN`.
pub fn check_local_authority(field: &str, level: GeographyLevel) -> Result<(), Violation> {
    if level == GeographyLevel::LocalAuthority {
        return Ok(());
    }
    let message =
        format!("A site lies in the area of one council, and this area is a {level}. Choose the council's.");
    Err(Violation::new(Code::RuleBroken, field, message))
}

/// Whether a service can be provided at a site: at one of its provider's own, as the Care Quality Commission registers
/// locations by provider. `None` when no site is named.
///
/// # Errors
/// `RULE_BROKEN` for somebody else's site.
pub fn check_own_site(field: &str, is_own: Option<bool>) -> Result<(), Violation> {
    if is_own.unwrap_or(true) {
        return Ok(());
    }
    let message = "This site belongs to another organisation. Add the place as a site of the service's own provider, and choose \
                   that one.";
    Err(Violation::new(Code::RuleBroken, field, message))
}

#[cfg(test)]
mod tests {
    use OrganisationStatus::{Active, Closed, Pending, Suspended};

    use super::*;

    fn july(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, day).unwrap()
    }

    fn found<T>(outcome: Result<T, Vec<Violation>>) -> Vec<(Code, String)> {
        let violations = outcome.err().unwrap_or_default();
        violations
            .into_iter()
            .map(|violation| (violation.code, violation.path.join(".")))
            .collect()
    }

    #[test]
    fn an_organisation_grows_while_it_is_pending_or_active() {
        for (status, open) in [
            (Pending, true),
            (Active, true),
            (Suspended, false),
            (Closed, false),
        ] {
            assert_eq!(check_open("organisationId", status).is_ok(), open, "{status}");
        }
    }

    #[test]
    fn one_is_admitted_once_and_resumed_after_that() {
        for (step, status, right) in [
            (Admission::Activate, Pending, true),
            (Admission::Activate, Suspended, false),
            (Admission::Resume, Suspended, true),
            (Admission::Resume, Pending, false),
        ] {
            assert_eq!(
                check_admission("id", step, status).is_ok(),
                right,
                "{step:?} {status}"
            );
        }
    }

    #[test]
    fn a_code_ends_once_and_not_in_the_future() {
        let running = Period {
            from: Some(july(5)),
            to: None,
        };
        let ended = Period {
            to: Some(july(6)),
            ..running
        };
        assert_eq!(plan_end(running, None, july(10)), Ok(july(10)));
        assert_eq!(plan_end(running, Some(july(5)), july(10)), Ok(july(5)));
        assert_eq!(
            found(plan_end(running, Some(july(4)), july(10))),
            [(Code::OutOfRange, "validTo".into())]
        );
        assert_eq!(
            found(plan_end(ended, Some(july(11)), july(10))),
            [(Code::Expired, "id".into()), (Code::OutOfRange, "validTo".into())]
        );
    }

    #[test]
    fn a_site_lies_in_a_council_area() {
        assert!(check_local_authority("localAuthorityId", GeographyLevel::LocalAuthority).is_ok());
        assert!(check_local_authority("localAuthorityId", GeographyLevel::Region).is_err());
    }

    #[test]
    fn a_service_is_at_home_or_at_a_site_of_its_provider() {
        assert!(check_own_site("siteId", None).is_ok());
        assert!(check_own_site("siteId", Some(true)).is_ok());
        assert!(check_own_site("siteId", Some(false)).is_err());
    }
}
