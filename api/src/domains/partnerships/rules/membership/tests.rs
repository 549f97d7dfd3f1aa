//! The rules of membership, as sentences.

use chrono::DateTime;
use entity::id::{PartnershipId, PartnershipMemberId};
use sea_orm::prelude::Uuid;

use super::super::life::tests::{july, organisation};
use super::*;

const OPEN: (PartnershipStatus, OrganisationStatus) = (PartnershipStatus::Active, OrganisationStatus::Active);

fn member(status: PartnershipMemberStatus, role: PartnershipRole) -> partnership_member::Model {
    partnership_member::Model {
        id: PartnershipMemberId(Uuid::from_u128(1)),
        partnership_id: PartnershipId(Uuid::from_u128(1)),
        organisation_id: organisation(1),
        role,
        status,
        invited_at: DateTime::UNIX_EPOCH,
        joined_on: (status != PartnershipMemberStatus::Invited).then(|| july(1)),
        left_on: None,
        version: 1,
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
        created_by: None,
    }
}

fn facts(number: u128, kind: OrganisationKind) -> PartnerFacts {
    PartnerFacts {
        organisation_id: organisation(number),
        kind,
        organisation_status: OrganisationStatus::Active,
        status: PartnershipMemberStatus::Active,
    }
}

fn codes<T>(outcome: Result<T, Vec<Violation>>) -> Vec<Code> {
    outcome
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|violation| violation.code)
        .collect()
}

#[test]
fn an_organisation_is_invited_joins_and_leaves() {
    use PartnershipMemberStatus::{Active, Invited, Left};
    for (from, legal) in [
        (Invited, vec![Active, Left]),
        (Active, vec![Left]),
        (Left, vec![]),
    ] {
        for to in [Invited, Active, Left] {
            let provider = member(from, PartnershipRole::Provider);
            let found = codes(plan_move(&provider, to, false, OPEN, july(9)));
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
fn joining_and_leaving_are_dated() {
    let plan = |from, to| {
        let plan = plan_move(&member(from, PartnershipRole::Provider), to, false, OPEN, july(9)).unwrap();
        (plan.joined_on, plan.left_on)
    };
    let (invited, active, left) = (
        PartnershipMemberStatus::Invited,
        PartnershipMemberStatus::Active,
        PartnershipMemberStatus::Left,
    );
    assert_eq!(plan(invited, active), (Some(july(9)), None));
    assert_eq!(plan(active, left), (Some(july(1)), Some(july(9))));
    assert_eq!(plan(invited, left), (None, Some(july(9))), "declined");
}

#[test]
fn the_lead_hands_over_before_it_leaves() {
    let left = PartnershipMemberStatus::Left;
    let lead = member(PartnershipMemberStatus::Active, PartnershipRole::Lead);
    assert_eq!(
        codes(plan_move(&lead, left, true, OPEN, july(9))),
        [Code::RuleBroken]
    );
    assert_eq!(
        codes(plan_move(&lead, left, false, OPEN, july(9))),
        [Code::RuleBroken]
    );
    let named = member(PartnershipMemberStatus::Active, PartnershipRole::Commissioner);
    assert_eq!(
        codes(plan_move(&named, left, true, OPEN, july(9))),
        [Code::RuleBroken]
    );
}

#[test]
fn only_an_active_organisation_joins_and_only_an_open_partnership() {
    let join = |partnership, organisation| {
        let invited = member(PartnershipMemberStatus::Invited, PartnershipRole::Provider);
        codes(plan_move(
            &invited,
            PartnershipMemberStatus::Active,
            false,
            (partnership, organisation),
            july(9),
        ))
    };
    assert_eq!(join(PartnershipStatus::Forming, OrganisationStatus::Active), []);
    assert_eq!(
        join(PartnershipStatus::Closed, OrganisationStatus::Active),
        [Code::Inactive]
    );
    assert_eq!(
        join(PartnershipStatus::Closed, OrganisationStatus::Suspended),
        [Code::Inactive; 2]
    );
}

#[test]
fn who_is_suspended_can_still_leave() {
    let provider = member(PartnershipMemberStatus::Active, PartnershipRole::Provider);
    let state = (PartnershipStatus::Closed, OrganisationStatus::Suspended);
    assert_eq!(
        codes(plan_move(
            &provider,
            PartnershipMemberStatus::Left,
            false,
            state,
            july(9)
        )),
        []
    );
}

#[test]
fn an_invitation_is_to_a_part_the_organisation_can_play() {
    let invitation = InvitationFacts {
        partnership_status: PartnershipStatus::Forming,
        kind: OrganisationKind::CareProvider,
        organisation_status: OrganisationStatus::Active,
        role: PartnershipRole::Provider,
        has_open_membership: false,
    };
    let check = |facts: InvitationFacts| codes(check_invitation(&facts));
    assert_eq!(check(invitation), []);
    assert_eq!(
        check(InvitationFacts {
            role: PartnershipRole::UserLed,
            ..invitation
        }),
        [Code::RuleBroken]
    );
    assert_eq!(
        check(InvitationFacts {
            role: PartnershipRole::Lead,
            ..invitation
        }),
        [Code::RuleBroken]
    );
    assert_eq!(
        check(InvitationFacts {
            has_open_membership: true,
            ..invitation
        }),
        [Code::AlreadyExists]
    );
    let pending = InvitationFacts {
        organisation_status: OrganisationStatus::Pending,
        ..invitation
    };
    assert_eq!(check(pending), [Code::Inactive]);
    let user_led = InvitationFacts {
        kind: OrganisationKind::UserLed,
        role: PartnershipRole::UserLed,
        ..invitation
    };
    assert_eq!(check(user_led), []);
}

#[test]
fn the_lead_goes_to_an_active_member() {
    let (lead, heir) = (
        facts(1, OrganisationKind::Council),
        facts(2, OrganisationKind::UserLed),
    );
    let hand_over = |role, heir: PartnerFacts| plan_handover(&lead, role, &heir, PartnershipStatus::Active);
    let plan = hand_over(PartnershipRole::Commissioner, heir).unwrap();
    assert_eq!(
        (plan.former_lead, plan.new_lead),
        (PartnershipRole::Commissioner, PartnershipRole::Lead)
    );
    let invited = PartnerFacts {
        status: PartnershipMemberStatus::Invited,
        ..heir
    };
    assert_eq!(
        codes(hand_over(PartnershipRole::Advisor, invited)),
        [Code::Inactive]
    );
    assert_eq!(codes(hand_over(PartnershipRole::Advisor, lead)), [Code::Conflict]);
    assert_eq!(codes(hand_over(PartnershipRole::Lead, heir)), [Code::RuleBroken]);
    let violation = hand_over(PartnershipRole::UserLed, heir).unwrap_err().remove(0);
    assert_eq!(violation.path, ["formerLeadRole"]);
    let closed = plan_handover(&lead, PartnershipRole::Advisor, &heir, PartnershipStatus::Closed);
    assert_eq!(codes(closed), [Code::Inactive]);
}
