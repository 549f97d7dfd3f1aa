//! Adoption of one version by an organisation or a service (`domain.md` 2.6): pledged, adopted, shown to have had an effect, looked at
//! again by a day, and withdrawn by whoever adopted.

use chrono::{Months, NaiveDate};
use entity::resources::kinds::{AdoptionStatus as Status, ResourceVersionStatus};

use crate::domains::resources::settings::ResourceSettings;
use crate::domains::violation::{UserErrorCode as Code, Violation, day, label, transition};

/// What can become of an adoption.
#[must_use]
pub const fn legal(status: Status) -> &'static [Status] {
    use Status::{Adopted, Evidenced, Pledged, Withdrawn};
    match status {
        Pledged => &[Adopted, Withdrawn],
        // Evidence is shown as often as there is some.
        Adopted | Evidenced => &[Evidenced, Withdrawn],
        Withdrawn => &[],
    }
}

/// An adoption takes this step.
///
/// # Errors
/// `ILLEGAL_TRANSITION` at `id`.
pub fn check_step(from: Status, to: Status) -> Result<(), Violation> {
    transition("id", "adoption", (from, to), legal(from))
}

/// What is renewed is worked by.
///
/// # Errors
/// `ILLEGAL_TRANSITION` at `id`.
pub fn check_renewable(status: Status) -> Result<(), Violation> {
    if matches!(status, Status::Adopted | Status::Evidenced) {
        return Ok(());
    }
    let message = format!("This adoption is {status}. Only what is ADOPTED or EVIDENCED is renewed.");
    Err(Violation::new(Code::IllegalTransition, "id", message))
}

/// A version is pledged and adopted while it is the published one.
///
/// # Errors
/// `INACTIVE` at the field.
pub fn check_adoptable(field: &str, version: ResourceVersionStatus) -> Result<(), Violation> {
    if version == ResourceVersionStatus::Published {
        return Ok(());
    }
    let message = match version {
        ResourceVersionStatus::Superseded => {
            "A later version took the place of this one. Look for the published version of the resource and pledge that.".to_owned()
        }
        status => format!("This version is {status}. Only a published version can be adopted."),
    };
    Err(Violation::new(Code::Inactive, field, message))
}

/// What was adopted goes on, even where a later version took its place; not where it was withdrawn.
///
/// # Errors
/// `INACTIVE` at `id`.
pub fn check_still_stands(version: ResourceVersionStatus) -> Result<(), Violation> {
    if version != ResourceVersionStatus::Withdrawn {
        return Ok(());
    }
    let message = "The version that you adopted was withdrawn. Withdraw the adoption, and pledge another version if there is one.";
    Err(Violation::new(Code::Inactive, "id", message))
}

/// The day on which it was adopted: today or before, and not before the pledge.
///
/// # Errors
/// `OUT_OF_RANGE` at `adoptedOn`.
pub fn adopted_on(
    said: Option<NaiveDate>,
    pledged_on: NaiveDate,
    today: NaiveDate,
) -> Result<NaiveDate, Violation> {
    let on = said.unwrap_or(today);
    if (pledged_on..=today).contains(&on) {
        return Ok(on);
    }
    let message = format!(
        "Choose a day from the pledge ({}) to today ({}).",
        day(pledged_on),
        day(today)
    );
    Err(Violation::new(Code::OutOfRange, "adoptedOn", message))
}

/// The day by which the adopter looks at it again: after today, and not too far away.
///
/// # Errors
/// `OUT_OF_RANGE` at `reviewDueOn`.
pub fn review_due_on(
    said: Option<NaiveDate>,
    today: NaiveDate,
    settings: &ResourceSettings,
) -> Result<NaiveDate, Violation> {
    let field = "reviewDueOn";
    let after = |months: u32| {
        today
            .checked_add_months(Months::new(months))
            .unwrap_or(NaiveDate::MAX)
    };
    let due = said.unwrap_or_else(|| after(settings.review_months));
    let last = after(settings.most_review_months);
    if due > today && due <= last {
        return Ok(due);
    }
    let message = format!(
        "{} is {}. Choose a day after today, and no later than {}, so that it is looked at again.",
        label(field),
        day(due),
        day(last)
    );
    Err(Violation::new(Code::OutOfRange, field, message))
}

#[cfg(test)]
mod tests {
    use entity::Described;

    use super::*;

    fn on(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    #[test]
    fn an_adoption_goes_forward_or_is_withdrawn() {
        use Status::{Adopted, Evidenced, Pledged, Withdrawn};
        let mut found = Vec::new();
        for (from, _) in Status::values() {
            for (to, _) in Status::values() {
                let step: (Status, Status) = (from.parse().unwrap(), to.parse().unwrap());
                if check_step(step.0, step.1).is_ok() {
                    found.push(step);
                }
            }
        }
        let right = [
            (Pledged, Adopted),
            (Pledged, Withdrawn),
            (Adopted, Evidenced),
            (Adopted, Withdrawn),
            (Evidenced, Evidenced),
            (Evidenced, Withdrawn),
        ];
        assert_eq!(found, right);
        let renewed = [Pledged, Adopted, Evidenced, Withdrawn].map(|status| check_renewable(status).is_ok());
        assert_eq!(renewed, [false, true, true, false]);
    }

    #[test]
    fn only_the_published_version_is_adopted() {
        use ResourceVersionStatus as V;
        for (status, _) in V::values() {
            let status: V = status.parse().unwrap();
            assert_eq!(
                check_adoptable("id", status).is_ok(),
                status == V::Published,
                "{status}"
            );
            assert_eq!(
                check_still_stands(status).is_ok(),
                status != V::Withdrawn,
                "{status}"
            );
        }
    }

    #[test]
    fn it_is_adopted_after_the_pledge_and_not_in_the_future() {
        let adopted = |said| adopted_on(said, on(3, 1), on(3, 9));
        assert_eq!(adopted(None), Ok(on(3, 9)));
        assert_eq!(adopted(Some(on(3, 1))), Ok(on(3, 1)));
        assert!(adopted(Some(on(2, 28))).is_err() && adopted(Some(on(3, 10))).is_err());
    }

    #[test]
    fn it_is_looked_at_again_within_a_period() {
        let due = |said| review_due_on(said, on(3, 9), &ResourceSettings::default());
        assert_eq!(due(None), Ok(NaiveDate::from_ymd_opt(2027, 3, 9).unwrap()));
        assert_eq!(due(Some(on(3, 10))), Ok(on(3, 10)));
        assert!(due(Some(on(3, 9))).is_err());
        assert_eq!(
            due(NaiveDate::from_ymd_opt(2029, 3, 9)).map_err(|_| ()),
            Ok(NaiveDate::from_ymd_opt(2029, 3, 9).unwrap())
        );
        assert!(due(NaiveDate::from_ymd_opt(2029, 3, 10)).is_err());
    }
}
