//! How a partnership begins, works and ends (`domain.md` 2.1).
//!
//! A partnership works (`ACTIVE`) only with at least two active organisations, one of them user-led: without people who use
//! services it would be an arrangement among professionals. Every organisation can leave at any time, so the rule is kept
//! from the other side: a partnership that loses the partners it needs falls back to `FORMING`, which closes what it shared,
//! until others join.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use entity::id::OrganisationId;
use entity::parties::kinds::{OrganisationKind, OrganisationStatus};
use entity::partnerships::kinds::{PartnershipMemberStatus, PartnershipStatus};

use crate::domains::violation::{
    UserErrorCode as Code, Violation, Violations, day, days_in_order, transition,
};

/// How many organisations a partnership needs to work (`domain.md` 2.1). Part of the rule, not a setting.
const LEAST_PARTNERS: usize = 2;

/// What is known of a member of a partnership and of the organisation behind it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct PartnerFacts {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// What sort of body it is.
    pub kind: OrganisationKind,
    /// Whether it takes part on the platform.
    pub organisation_status: OrganisationStatus,
    /// How far its membership has got.
    pub status: PartnershipMemberStatus,
}

impl PartnerFacts {
    /// Whether the organisation is at work in the partnership: both it and its membership are active.
    #[must_use]
    pub fn takes_part(&self) -> bool {
        self.status == PartnershipMemberStatus::Active
            && self.organisation_status == OrganisationStatus::Active
    }
}

/// The statuses that somebody can bring a partnership to in one step.
#[must_use]
pub const fn legal_statuses(status: PartnershipStatus) -> &'static [PartnershipStatus] {
    use PartnershipStatus::{Active, Closed, Forming};
    match status {
        Forming => &[Active, Closed],
        Active => &[Closed],
        Closed => &[],
    }
}

/// Whether there are the partners that a partnership at work needs.
///
/// # Errors
/// `RULE_BROKEN` for too few active organisations and for none that is user-led.
pub fn check_partners(members: &[PartnerFacts]) -> Result<(), Vec<Violation>> {
    let active = || members.iter().filter(|member| member.takes_part());
    let organisations: BTreeSet<OrganisationId> = active().map(|member| member.organisation_id).collect();
    let mut violations = Violations::default();
    violations.check(organisations.len() >= LEAST_PARTNERS, Code::RuleBroken, "status", || {
        format!(
            "A partnership needs at least two active organisations, and this one has {}. Invite others, and let their \
             administrators accept.",
            organisations.len()
        )
    });
    let is_user_led = active().any(|member| member.kind == OrganisationKind::UserLed);
    violations.check(is_user_led, Code::RuleBroken, "status", || {
        "A partnership needs at least one active organisation that is run by the people it is for. Invite a user-led \
         organisation, and let its administrator accept."
            .to_owned()
    });
    violations.into_result()
}

/// A partnership after a change of its status.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct PartnershipPlan {
    /// The status after.
    pub status: PartnershipStatus,
    /// The last day after.
    pub ends_on: Option<NaiveDate>,
}

/// The first and the last day of a partnership.
///
/// # Errors
/// `OUT_OF_RANGE` when the last lies before the first.
pub fn check_dates(starts_on: NaiveDate, ends_on: Option<NaiveDate>) -> Result<(), Violation> {
    days_in_order(("startsOn", Some(starts_on)), ("endsOn", ends_on))
}

/// Plans the change of a partnership's status. Closing sets the last day, unless it is over already.
///
/// # Errors
/// `ILLEGAL_TRANSITION` with the statuses that could be reached; on the way to `ACTIVE` what [`check_partners`] finds, and
/// `EXPIRED` when the last day is over.
pub fn plan_status(
    current: PartnershipStatus,
    to: PartnershipStatus,
    (starts_on, ends_on): (NaiveDate, Option<NaiveDate>),
    members: &[PartnerFacts],
    today: NaiveDate,
) -> Result<PartnershipPlan, Vec<Violation>> {
    transition("status", "partnership", (current, to), legal_statuses(current))
        .map_err(|illegal| vec![illegal])?;
    let mut violations = Violations::default();
    let mut plan = PartnershipPlan { status: to, ends_on };
    if to == PartnershipStatus::Active {
        violations.keep_all(check_partners(members));
        let over = ends_on.filter(|ends_on| *ends_on < today);
        violations.check(over.is_none(), Code::Expired, "endsOn", || {
            let last = over.map(day).unwrap_or_default();
            format!("The last day of this partnership was {last}. Choose a later one before it starts work.")
        });
    } else {
        let last = ends_on.map_or(today, |ends_on| ends_on.min(today));
        plan.ends_on = Some(last.max(starts_on));
    }
    violations.into_result_with(plan)
}

/// The status a partnership has once its members are as given: one at work that lacks the partners it needs is forming
/// again. To be asked after a member left, and after an organisation was suspended or closed.
#[must_use]
pub fn status_with(current: PartnershipStatus, members: &[PartnerFacts]) -> PartnershipStatus {
    if current == PartnershipStatus::Active && check_partners(members).is_err() {
        return PartnershipStatus::Forming;
    }
    current
}

#[cfg(test)]
pub(super) mod tests {
    use sea_orm::prelude::Uuid;

    use super::*;

    pub(in super::super) fn july(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, day).unwrap()
    }

    pub(in super::super) fn organisation(number: u128) -> OrganisationId {
        OrganisationId(Uuid::from_u128(number))
    }

    fn partner(number: u128, kind: OrganisationKind) -> PartnerFacts {
        PartnerFacts {
            organisation_id: organisation(number),
            kind,
            organisation_status: OrganisationStatus::Active,
            status: PartnershipMemberStatus::Active,
        }
    }

    fn council_and_user_led() -> [PartnerFacts; 2] {
        [
            partner(1, OrganisationKind::Council),
            partner(2, OrganisationKind::UserLed),
        ]
    }

    fn faults(members: &[PartnerFacts]) -> usize {
        check_partners(members).err().unwrap_or_default().len()
    }

    #[test]
    fn two_organisations_of_which_one_is_user_led_make_a_partnership() {
        assert_eq!(faults(&council_and_user_led()), 0);
        assert_eq!(faults(&[]), 2);
        assert_eq!(
            faults(&[partner(2, OrganisationKind::UserLed)]),
            1,
            "one is alone"
        );
        assert_eq!(
            faults(&[
                partner(1, OrganisationKind::Council),
                partner(3, OrganisationKind::NhsTrust)
            ]),
            1,
            "none is user-led"
        );
    }

    #[test]
    fn an_organisation_counts_once_however_often_it_joined() {
        let twice = [partner(2, OrganisationKind::UserLed); 2];
        assert_eq!(faults(&twice), 1);
    }

    #[test]
    fn who_is_invited_has_left_or_is_suspended_does_not_count() {
        for (number, status, organisation_status) in [
            (1, PartnershipMemberStatus::Invited, OrganisationStatus::Active),
            (1, PartnershipMemberStatus::Left, OrganisationStatus::Active),
            (1, PartnershipMemberStatus::Active, OrganisationStatus::Suspended),
            (1, PartnershipMemberStatus::Active, OrganisationStatus::Pending),
            (1, PartnershipMemberStatus::Active, OrganisationStatus::Closed),
        ] {
            let mut members = council_and_user_led();
            (members[number].status, members[number].organisation_status) = (status, organisation_status);
            assert_eq!(faults(&members), 2, "{status} {organisation_status}");
        }
    }

    #[test]
    fn a_partnership_forms_works_and_closes_for_good() {
        use PartnershipStatus::{Active, Closed, Forming};
        for (from, legal) in [
            (Forming, vec![Active, Closed]),
            (Active, vec![Closed]),
            (Closed, vec![]),
        ] {
            for to in [Forming, Active, Closed] {
                let plan = plan_status(from, to, (july(1), None), &council_and_user_led(), july(9));
                assert_eq!(plan.is_ok(), legal.contains(&to), "{from} to {to}: {plan:?}");
            }
        }
    }

    #[test]
    fn a_partnership_whose_last_day_is_over_does_not_start_work() {
        let start = |ends_on| {
            let days = (july(1), Some(ends_on));
            plan_status(
                PartnershipStatus::Forming,
                PartnershipStatus::Active,
                days,
                &[],
                july(9),
            )
        };
        let codes = |ends_on| {
            start(ends_on)
                .unwrap_err()
                .into_iter()
                .map(|found| found.code)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            codes(july(8)),
            [Code::RuleBroken, Code::RuleBroken, Code::Expired]
        );
        assert_eq!(codes(july(9)), [Code::RuleBroken, Code::RuleBroken]);
    }

    #[test]
    fn closing_sets_the_last_day_and_never_moves_it_later() {
        let close = |starts_on, ends_on| {
            let days = (starts_on, ends_on);
            let plan = plan_status(
                PartnershipStatus::Active,
                PartnershipStatus::Closed,
                days,
                &[],
                july(9),
            );
            plan.unwrap().ends_on
        };
        assert_eq!(close(july(1), None), Some(july(9)));
        assert_eq!(close(july(1), Some(july(31))), Some(july(9)));
        assert_eq!(close(july(1), Some(july(5))), Some(july(5)));
        assert_eq!(close(july(20), None), Some(july(20)));
    }

    #[test]
    fn the_first_day_is_not_after_the_last() {
        assert_eq!(check_dates(july(9), Some(july(9))), Ok(()));
        assert_eq!(check_dates(july(9), Some(july(8))).unwrap_err().path, ["endsOn"]);
    }

    #[test]
    fn a_partnership_that_loses_its_user_led_partner_forms_again() {
        let mut members = council_and_user_led();
        assert_eq!(
            status_with(PartnershipStatus::Active, &members),
            PartnershipStatus::Active
        );
        members[1].status = PartnershipMemberStatus::Left;
        assert_eq!(
            status_with(PartnershipStatus::Active, &members),
            PartnershipStatus::Forming
        );
        assert_eq!(
            status_with(PartnershipStatus::Closed, &members),
            PartnershipStatus::Closed
        );
    }
}
