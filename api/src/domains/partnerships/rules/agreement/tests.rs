//! The rules of agreements, as sentences.

use chrono::DateTime;
use entity::Described;
use entity::id::{DataSharingAgreementId, PartnershipId};
use entity::partnerships::kinds::LawfulBasis;
use sea_orm::prelude::Uuid;

use super::super::life::tests::{july, organisation};
use super::*;

fn agreement(status: AgreementStatus) -> data_sharing_agreement::Model {
    data_sharing_agreement::Model {
        id: DataSharingAgreementId(Uuid::from_u128(1)),
        partnership_id: PartnershipId(Uuid::from_u128(1)),
        title: "Meetings".into(),
        purpose: "Arranging meetings".into(),
        categories: EnumList::new([DataCategory::Boards, DataCategory::AccessNeeds]),
        lawful_basis: LawfulBasis::PublicTask,
        art9_condition: Some(SpecialCategoryCondition::ExplicitConsent),
        dpia_reference: None,
        status,
        starts_on: july(5),
        expires_on: july(20),
        terminated_at: None,
        terminated_by_organisation_id: None,
        version: 1,
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
        created_by: None,
    }
}

fn party(number: u128, has_signed: bool) -> PartyFacts {
    PartyFacts {
        organisation_id: organisation(number),
        has_signed,
        takes_part: true,
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

fn terms(categories: &[DataCategory], art9_condition: Option<SpecialCategoryCondition>) -> Terms {
    Terms {
        categories: EnumList::new(categories.iter().copied()),
        art9_condition,
        starts_on: july(5),
        expires_on: july(20),
    }
}

#[test]
fn an_agreement_moves_from_draft_to_active_to_its_end() {
    use AgreementStatus::{Active, Draft, Expired, Terminated};
    for (from, legal) in [
        (Draft, vec![Active, Terminated]),
        (Active, vec![Expired, Terminated]),
        (Expired, vec![]),
        (Terminated, vec![]),
    ] {
        for to in [Draft, Active, Expired, Terminated] {
            let found = codes(moves_to(&agreement(from), to));
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
fn health_data_is_shared_only_under_a_condition_of_article_9() {
    let condition = Some(SpecialCategoryCondition::HealthOrSocialCare);
    let access_needs = [DataCategory::Boards, DataCategory::AccessNeeds];
    assert_eq!(codes(check_terms(&terms(&access_needs, None))), [Code::Required]);
    assert_eq!(codes(check_terms(&terms(&access_needs, condition))), []);
    assert_eq!(codes(check_terms(&terms(&[DataCategory::Boards], None))), []);
    for (name, _) in DataCategory::values() {
        assert_eq!(
            is_special(name.parse().unwrap()),
            *name == "ACCESS_NEEDS",
            "{name}"
        );
    }
}

#[test]
fn an_agreement_opens_something_and_lasts_at_least_a_day() {
    let mut nothing = terms(&[], None);
    nothing.expires_on = nothing.starts_on;
    assert_eq!(codes(check_terms(&nothing)), [Code::Required, Code::OutOfRange]);
    let mut one_day = terms(&[DataCategory::Boards], None);
    one_day.expires_on = july(6);
    assert_eq!(codes(check_terms(&one_day)), []);
}

#[test]
fn an_agreement_comes_into_force_when_every_party_has_signed() {
    let draft = agreement(AgreementStatus::Draft);
    let activate = |parties: &[PartyFacts], today| codes(check_activation(&draft, parties, today));
    assert_eq!(activate(&[party(1, true), party(2, true)], july(10)), []);
    assert_eq!(
        activate(&[party(1, true), party(2, false)], july(10)),
        [Code::RuleBroken]
    );
    assert_eq!(
        activate(&[party(1, true)], july(10)),
        [Code::RuleBroken],
        "nobody shares alone"
    );
    assert_eq!(activate(&[], july(10)), [Code::RuleBroken]);
}

#[test]
fn a_party_that_left_neither_holds_up_nor_counts() {
    let draft = agreement(AgreementStatus::Draft);
    let activate = |parties: &[PartyFacts]| codes(check_activation(&draft, parties, july(10)));
    let gone = |has_signed| PartyFacts {
        takes_part: false,
        ..party(3, has_signed)
    };
    assert_eq!(activate(&[party(1, true), party(2, true), gone(false)]), []);
    assert_eq!(activate(&[party(1, true), gone(true)]), [Code::RuleBroken]);
}

#[test]
fn an_agreement_comes_into_force_within_its_dates_only() {
    let draft = agreement(AgreementStatus::Draft);
    let activate = |today| codes(check_activation(&draft, &[party(1, true), party(2, true)], today));
    assert_eq!(activate(july(4)), [Code::OutOfRange]);
    assert_eq!(activate(july(5)), []);
    assert_eq!(activate(july(19)), []);
    assert_eq!(activate(july(20)), [Code::Expired]);
}

#[test]
fn terms_that_cannot_stand_do_not_come_into_force() {
    let mut draft = agreement(AgreementStatus::Draft);
    draft.art9_condition = None;
    let found = codes(check_activation(
        &draft,
        &[party(1, true), party(2, true)],
        july(10),
    ));
    assert_eq!(found, [Code::Required]);
}

#[test]
fn the_last_signature_brings_it_into_force() {
    let draft = agreement(AgreementStatus::Draft);
    let sign =
        |parties: &[PartyFacts], number, today| plan_signature(&draft, parties, organisation(number), today);
    let none_yet = [party(1, false), party(2, false)];
    assert_eq!(sign(&none_yet, 1, july(10)), Ok(AgreementStatus::Draft));
    let one = [party(1, true), party(2, false)];
    assert_eq!(sign(&one, 2, july(10)), Ok(AgreementStatus::Active));
    assert_eq!(
        sign(&one, 2, july(1)),
        Ok(AgreementStatus::Draft),
        "before its first day"
    );
    assert_eq!(codes(sign(&one, 1, july(10))), [Code::AlreadyExists]);
    assert_eq!(codes(sign(&one, 3, july(10))), [Code::Forbidden]);
    assert_eq!(codes(sign(&one, 2, july(20))), [Code::Expired]);
    let gone = [
        party(1, true),
        PartyFacts {
            takes_part: false,
            ..party(2, false)
        },
    ];
    assert_eq!(codes(sign(&gone, 2, july(10))), [Code::Inactive]);
    let active = agreement(AgreementStatus::Active);
    assert_eq!(
        codes(plan_signature(&active, &one, organisation(2), july(10))),
        [Code::RuleBroken]
    );
}

#[test]
fn what_was_signed_does_not_change() {
    let unsigned = [party(1, false), party(2, false)];
    assert_eq!(check_editable(AgreementStatus::Draft, &unsigned), Ok(()));
    assert!(check_editable(AgreementStatus::Draft, &[party(1, true), party(2, false)]).is_err());
    assert!(check_editable(AgreementStatus::Active, &unsigned).is_err());
}

#[test]
fn any_one_party_ends_an_agreement_even_when_it_has_left() {
    let parties = [
        PartyFacts {
            takes_part: false,
            ..party(1, true)
        },
        party(2, true),
    ];
    let end = |status, number| {
        codes(check_termination(
            &agreement(status),
            &parties,
            organisation(number),
        ))
    };
    assert_eq!(end(AgreementStatus::Active, 1), []);
    assert_eq!(end(AgreementStatus::Draft, 2), []);
    assert_eq!(end(AgreementStatus::Active, 3), [Code::Forbidden]);
    assert_eq!(end(AgreementStatus::Expired, 1), [Code::IllegalTransition]);
}

#[test]
fn an_agreement_covers_what_it_names_from_its_first_day_to_the_day_before_it_expires() {
    let active = agreement(AgreementStatus::Active);
    let on = |day| covers(&active, DataCategory::Boards, july(day));
    assert_eq!([4, 5, 19, 20].map(on), [false, true, true, false]);
    assert!(covers(&active, DataCategory::AccessNeeds, july(10)));
    assert!(!covers(&active, DataCategory::PersonalContact, july(10)));
    assert!(!is_due_to_expire(&active, july(19)) && is_due_to_expire(&active, july(20)));
    assert!(!is_due_to_expire(&agreement(AgreementStatus::Draft), july(20)));
}

#[test]
fn nothing_is_covered_that_is_not_in_force() {
    for status in [
        AgreementStatus::Draft,
        AgreementStatus::Expired,
        AgreementStatus::Terminated,
    ] {
        assert!(
            !covers(&agreement(status), DataCategory::Boards, july(10)),
            "{status}"
        );
    }
    let mut ended = agreement(AgreementStatus::Active);
    ended.terminated_at = Some(DateTime::UNIX_EPOCH);
    assert!(!covers(&ended, DataCategory::Boards, july(10)));
    let mut unconditioned = agreement(AgreementStatus::Active);
    unconditioned.art9_condition = None;
    assert!(!covers(&unconditioned, DataCategory::AccessNeeds, july(10)));
    assert!(covers(&unconditioned, DataCategory::Boards, july(10)));
}

#[test]
fn data_is_open_between_two_that_have_both_signed_and_both_take_part() {
    let active = agreement(AgreementStatus::Active);
    let open = |parties: &[PartyFacts], pair: (u128, u128)| {
        let pair = (organisation(pair.0), organisation(pair.1));
        covers_between(&active, parties, pair, DataCategory::Boards, july(10))
    };
    let parties = [party(1, true), party(2, true), party(3, false)];
    assert!(open(&parties, (1, 2)));
    assert!(!open(&parties, (1, 3)));
    assert!(!open(&parties, (4, 2)));
    let gone = [
        party(1, true),
        PartyFacts {
            takes_part: false,
            ..party(2, true)
        },
    ];
    assert!(!open(&gone, (1, 2)));
}
