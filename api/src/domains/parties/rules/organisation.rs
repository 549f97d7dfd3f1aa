//! How an organisation is admitted, suspended and closed (`domain.md` 2.1). That a platform administrator admits it is a
//! matter of `policy`.

use chrono::NaiveDate;
use entity::id::OrganisationId;
use entity::parties::kinds::OrganisationStatus;
use entity::parties::organisation;

use crate::domains::violation::{
    UserErrorCode as Code, Violation, Violations, day, days_in_order, transition,
};

/// The statuses an organisation can reach in one step.
#[must_use]
pub const fn legal_statuses(status: OrganisationStatus) -> &'static [OrganisationStatus] {
    use OrganisationStatus::{Active, Closed, Pending, Suspended};
    match status {
        Pending | Suspended => &[Active, Closed],
        Active => &[Suspended, Closed],
        Closed => &[],
    }
}

/// What a change of status depends on beside the organisation itself.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct StatusFacts {
    /// Whether a code of the organisation holds today.
    pub has_identifier: bool,
    /// The day it closed, given with the change; the day of the change when absent.
    pub closed_on: Option<NaiveDate>,
    /// The day of the change.
    pub today: NaiveDate,
}

/// An organisation after a change of its status.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct StatusPlan {
    /// The status after.
    pub status: OrganisationStatus,
    /// The day it closed.
    pub closed_on: Option<NaiveDate>,
}

/// Plans the change of an organisation's status.
///
/// # Errors
/// `ILLEGAL_TRANSITION` with the statuses that could be reached, `RULE_BROKEN` when it is admitted before a code by which it
/// can be checked is there, `OUT_OF_RANGE` for a day of closing in the future or before it opened.
pub fn plan_status(
    current: &organisation::Model,
    to: OrganisationStatus,
    facts: StatusFacts,
) -> Result<StatusPlan, Vec<Violation>> {
    transition(
        "status",
        "organisation",
        (current.status, to),
        legal_statuses(current.status),
    )
    .map_err(|illegal| vec![illegal])?;
    let mut violations = Violations::default();
    let is_admitted = (current.status, to) == (OrganisationStatus::Pending, OrganisationStatus::Active);
    violations.check(!is_admitted || facts.has_identifier, Code::RuleBroken, "status", || {
        "An organisation becomes active when it has been checked by a code of an official register, and none of its codes \
         holds today. Add one first, such as its ODS code or company number."
            .to_owned()
    });
    let mut plan = StatusPlan {
        status: to,
        closed_on: current.closed_on,
    };
    if to == OrganisationStatus::Closed {
        let closed_on = facts.closed_on.or(current.closed_on).unwrap_or(facts.today);
        violations.check(closed_on <= facts.today, Code::OutOfRange, "closedOn", || {
            format!(
                "{} lies in the future. Close the organisation on that day, or name an earlier one.",
                day(closed_on)
            )
        });
        violations.keep(days_in_order(
            ("openedOn", current.opened_on),
            ("closedOn", Some(closed_on)),
        ));
        plan.closed_on = Some(closed_on);
    } else {
        violations.check(facts.closed_on.is_none(), Code::RuleBroken, "closedOn", || {
            format!("Only a closed organisation has a day on which it closed, and this one becomes {to}. Leave it out.")
        });
    }
    violations.into_result_with(plan)
}

/// Whether another organisation can be named as the one that took over.
///
/// `successor_line` is the successor, the one that took over from it, and so on.
///
/// # Errors
/// `RULE_BROKEN` when the organisation is not closed, or when the line leads back to it.
pub fn check_successor(
    current: &organisation::Model,
    successor_line: &[OrganisationId],
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.check(
        current.status == OrganisationStatus::Closed,
        Code::RuleBroken,
        "successorId",
        || {
            format!(
                "Only a closed organisation has a successor, and this one is {}. Close it first.",
                current.status
            )
        },
    );
    no_circle(&mut violations, "successorId", current.id, successor_line);
    violations.into_result()
}

/// Whether an organisation can be a part of another.
///
/// `parent_line` is the parent, the one it is a part of, and so on.
///
/// # Errors
/// `RULE_BROKEN` when the line leads back to the organisation.
pub fn check_parent(
    organisation: OrganisationId,
    parent_line: &[OrganisationId],
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    no_circle(&mut violations, "parentId", organisation, parent_line);
    violations.into_result()
}

fn no_circle(violations: &mut Violations, field: &str, start: OrganisationId, line: &[OrganisationId]) {
    violations.check(!line.contains(&start), Code::RuleBroken, field, || {
        "This would lead back to the organisation itself. Choose another organisation.".to_owned()
    });
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use entity::parties::kinds::{Nation, OrganisationKind};
    use sea_orm::prelude::Uuid;

    use super::*;

    fn july(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, day).unwrap()
    }

    fn id(number: u128) -> OrganisationId {
        OrganisationId(Uuid::from_u128(number))
    }

    fn organisation(status: OrganisationStatus) -> organisation::Model {
        organisation::Model {
            id: id(1),
            name: "Speak Up".into(),
            kind: OrganisationKind::UserLed,
            nation: Nation::England,
            status,
            parent_id: None,
            successor_id: None,
            opened_on: Some(july(5)),
            closed_on: None,
            summary: None,
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
            created_by: None,
        }
    }

    const CHECKED: StatusFacts = StatusFacts {
        has_identifier: true,
        closed_on: None,
        today: NaiveDate::from_ymd_opt(2026, 7, 10).unwrap(),
    };

    fn codes<T>(outcome: Result<T, Vec<Violation>>) -> Vec<Code> {
        outcome
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(|violation| violation.code)
            .collect()
    }

    #[test]
    fn an_organisation_is_admitted_may_be_suspended_and_closes_for_good() {
        use OrganisationStatus::{Active, Closed, Pending, Suspended};
        for (from, legal) in [
            (Pending, vec![Active, Closed]),
            (Active, vec![Suspended, Closed]),
            (Suspended, vec![Active, Closed]),
            (Closed, vec![]),
        ] {
            for to in [Pending, Active, Suspended, Closed] {
                let found = codes(plan_status(&organisation(from), to, CHECKED));
                let expected = if legal.contains(&to) {
                    vec![]
                } else {
                    vec![Code::IllegalTransition]
                };
                assert_eq!(found, expected, "{from} to {to}");
            }
        }
    }

    #[test]
    fn an_organisation_is_admitted_by_a_code_that_holds() {
        let unchecked = StatusFacts {
            has_identifier: false,
            ..CHECKED
        };
        let admit = |from| {
            codes(plan_status(
                &organisation(from),
                OrganisationStatus::Active,
                unchecked,
            ))
        };
        assert_eq!(admit(OrganisationStatus::Pending), [Code::RuleBroken]);
        assert_eq!(
            admit(OrganisationStatus::Suspended),
            [],
            "it was checked when it was admitted"
        );
    }

    #[test]
    fn closing_is_dated_after_the_opening_and_not_in_the_future() {
        let close = |closed_on| {
            let facts = StatusFacts { closed_on, ..CHECKED };
            plan_status(
                &organisation(OrganisationStatus::Active),
                OrganisationStatus::Closed,
                facts,
            )
        };
        assert_eq!(close(None).unwrap().closed_on, Some(july(10)));
        assert_eq!(close(Some(july(7))).unwrap().closed_on, Some(july(7)));
        assert_eq!(codes(close(Some(july(11)))), [Code::OutOfRange]);
        assert_eq!(codes(close(Some(july(4)))), [Code::OutOfRange]);
        let facts = StatusFacts {
            closed_on: Some(july(7)),
            ..CHECKED
        };
        let suspend = plan_status(
            &organisation(OrganisationStatus::Active),
            OrganisationStatus::Suspended,
            facts,
        );
        assert_eq!(codes(suspend), [Code::RuleBroken]);
    }

    #[test]
    fn only_a_closed_organisation_has_a_successor() {
        assert_eq!(
            codes(check_successor(
                &organisation(OrganisationStatus::Closed),
                &[id(2), id(3)]
            )),
            []
        );
        assert_eq!(
            codes(check_successor(
                &organisation(OrganisationStatus::Active),
                &[id(2)]
            )),
            [Code::RuleBroken]
        );
    }

    #[test]
    fn no_line_leads_back_to_where_it_began() {
        let closed = organisation(OrganisationStatus::Closed);
        assert_eq!(
            codes(check_successor(&closed, &[id(2), id(1)])),
            [Code::RuleBroken]
        );
        assert_eq!(codes(check_parent(id(1), &[id(1)])), [Code::RuleBroken]);
        assert_eq!(codes(check_parent(id(1), &[id(2), id(3)])), []);
    }
}
