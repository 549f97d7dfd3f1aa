//! Consents, ties to organisations and access needs (`domain.md` 2.1).

use chrono::{DateTime, NaiveDate, Utc};
use entity::parties::consent;
use entity::parties::kinds::ConsentPurpose;

use crate::domains::violation::{
    UserErrorCode as Code, Violation, Violations, day, days_in_order, not_in_future,
};

/// Characters of the code of an access need at most. Part of the form of a code, not a setting.
const NEED_CODE_LENGTH: usize = 64;

/// Whether a consent can be recorded.
///
/// # Errors
/// `OUT_OF_RANGE` for one that is given in the future, `REQUIRED` when it is to share with an organisation and names none,
/// `INACTIVE` for a person whose details were erased.
pub fn check_consent(
    purpose: ConsentPurpose,
    names_organisation: bool,
    given_at: DateTime<Utc>,
    anonymised_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.keep(not_in_future("givenAt", given_at, now));
    let lacks_organisation = purpose == ConsentPurpose::ShareWithOrganisation && !names_organisation;
    violations.check(
        !lacks_organisation,
        Code::Required,
        "granteeOrganisationId",
        || "SHARE_WITH_ORGANISATION is consent to share with one organisation. Name it.".to_owned(),
    );
    violations.check(
        !(purpose == ConsentPurpose::PublishName && names_organisation),
        Code::RuleBroken,
        "granteeOrganisationId",
        || "A name that is published is published to everybody. Leave the organisation out, or choose SHARE_WITH_ORGANISATION.".to_owned(),
    );
    violations.keep(check_not_erased(anonymised_at));
    violations.into_result()
}

/// Plans that a consent is taken back now. It holds for the past and, from the next read, no longer.
///
/// # Errors
/// `CONFLICT` when it was taken back before: the first time counts.
pub fn plan_withdrawal(consent: &consent::Model, now: DateTime<Utc>) -> Result<DateTime<Utc>, Violation> {
    if let Some(withdrawn_at) = consent.withdrawn_at {
        let message = format!(
            "This consent was taken back on {} already.",
            day(withdrawn_at.date_naive())
        );
        return Err(Violation::new(Code::Conflict, "id", message));
    }
    Ok(now.max(consent.given_at))
}

/// Whether a consent holds at `instant`.
#[must_use]
pub fn is_in_force(consent: &consent::Model, instant: DateTime<Utc>) -> bool {
    consent.given_at <= instant
        && consent
            .withdrawn_at
            .is_none_or(|withdrawn_at| instant < withdrawn_at)
}

/// The first and the last day of a tie between a person and an organisation.
///
/// # Errors
/// `OUT_OF_RANGE` when the last lies before the first.
pub fn check_affiliation_dates(from_on: NaiveDate, to_on: Option<NaiveDate>) -> Result<(), Violation> {
    days_in_order(("fromOn", Some(from_on)), ("toOn", to_on))
}

/// The normal form of the code of an access need: capitals, digits and underscores, such as `HEARING_LOOP`.
///
/// # Errors
/// `INVALID_FORMAT`.
pub fn need_code(raw: &str) -> Result<String, Violation> {
    let code = raw.trim().to_ascii_uppercase().replace([' ', '-'], "_");
    let begins = code.starts_with(|character: char| character.is_ascii_uppercase());
    let plain = code
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    if begins && plain && code.len() <= NEED_CODE_LENGTH {
        return Ok(code);
    }
    let message = format!(
        "The code of a need begins with a letter and has at most {NEED_CODE_LENGTH} letters, digits and underscores, for \
         example HEARING_LOOP. What else to know belongs in the detail."
    );
    Err(Violation::new(Code::InvalidFormat, "code", message))
}

/// The day on which to ask again whether a need still holds is still to come.
///
/// # Errors
/// `OUT_OF_RANGE`.
pub fn check_review(review_due_on: Option<NaiveDate>, today: NaiveDate) -> Result<(), Violation> {
    match review_due_on {
        Some(due) if due < today => Err(Violation::new(
            Code::OutOfRange,
            "reviewDueOn",
            format!(
                "{} is over. Choose today or a later day on which to ask again.",
                day(due)
            ),
        )),
        _ => Ok(()),
    }
}

/// Nothing is added to a person whose details were erased.
///
/// # Errors
/// `INACTIVE`.
pub fn check_not_erased(anonymised_at: Option<DateTime<Utc>>) -> Result<(), Violation> {
    if anonymised_at.is_none() {
        return Ok(());
    }
    let message = "The details of this person were erased, and nothing can be added to what is left. Record a new person if \
                   somebody has come back.";
    Err(Violation::new(Code::Inactive, "personId", message))
}

#[cfg(test)]
mod tests {
    use entity::id::{ConsentId, PersonId};
    use entity::parties::kinds::ConsentMethod;
    use sea_orm::prelude::Uuid;

    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn july(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, day).unwrap()
    }

    fn consent(withdrawn_at: Option<DateTime<Utc>>) -> consent::Model {
        consent::Model {
            id: ConsentId(Uuid::from_u128(1)),
            person_id: PersonId(Uuid::from_u128(1)),
            purpose: ConsentPurpose::Contact,
            grantee_organisation_id: None,
            given_at: at(10),
            method: ConsentMethod::Spoken,
            withdrawn_at,
            version: 1,
            created_at: at(10),
            updated_at: at(10),
            created_by: None,
        }
    }

    #[test]
    fn consent_is_given_now_or_before_and_names_whom_it_is_for() {
        let check = |purpose, names, given, erased| {
            let violations = check_consent(purpose, names, at(given), erased, at(10))
                .err()
                .unwrap_or_default();
            violations
                .into_iter()
                .map(|violation| violation.code)
                .collect::<Vec<_>>()
        };
        assert_eq!(check(ConsentPurpose::Contact, false, 10, None), []);
        assert_eq!(check(ConsentPurpose::ShareWithOrganisation, true, 9, None), []);
        assert_eq!(
            check(ConsentPurpose::ShareWithOrganisation, false, 11, Some(at(5))),
            [Code::OutOfRange, Code::Required, Code::Inactive]
        );
        assert_eq!(check(ConsentPurpose::PublishName, false, 9, None), []);
        assert_eq!(
            check(ConsentPurpose::PublishName, true, 9, None),
            [Code::RuleBroken]
        );
    }

    #[test]
    fn consent_is_taken_back_once() {
        assert_eq!(plan_withdrawal(&consent(None), at(20)), Ok(at(20)));
        assert_eq!(
            plan_withdrawal(&consent(Some(at(15))), at(20)).unwrap_err().code,
            Code::Conflict
        );
        assert_eq!(
            plan_withdrawal(&consent(None), at(9)),
            Ok(at(10)),
            "clocks may differ"
        );
    }

    #[test]
    fn consent_holds_until_the_very_instant_it_is_taken_back() {
        let withdrawn = consent(Some(at(20)));
        assert_eq!(
            [9, 10, 19, 20].map(|second| is_in_force(&withdrawn, at(second))),
            [false, true, true, false]
        );
        assert!(is_in_force(&consent(None), at(99)));
    }

    #[test]
    fn a_tie_does_not_end_before_it_begins() {
        assert_eq!(check_affiliation_dates(july(5), Some(july(5))), Ok(()));
        assert_eq!(
            check_affiliation_dates(july(5), Some(july(4))).unwrap_err().path,
            ["toOn"]
        );
    }

    #[test]
    fn a_need_is_named_by_a_code() {
        assert_eq!(need_code(" hearing loop ").as_deref(), Ok("HEARING_LOOP"));
        assert_eq!(need_code("BSL-INTERPRETER").as_deref(), Ok("BSL_INTERPRETER"));
        for raw in ["", "1ST", "_LOOP", "LOOP!", "ÉCOUTE", &"A".repeat(65)] {
            assert_eq!(need_code(raw).unwrap_err().code, Code::InvalidFormat, "{raw}");
        }
    }

    #[test]
    fn a_review_is_still_to_come() {
        assert_eq!(check_review(None, july(10)), Ok(()));
        assert_eq!(check_review(Some(july(10)), july(10)), Ok(()));
        assert_eq!(
            check_review(Some(july(9)), july(10)).unwrap_err().code,
            Code::OutOfRange
        );
    }
}
