//! The rules of the path, as sentences.

mod terms;
mod way;

use chrono::Datelike;
use entity::Described;
use entity::boards::kinds::{
    BoardStatus, MembershipEndReason as Reason,
    MembershipStage::{self, *},
    SeatKind,
};
use sea_orm::prelude::Uuid;

use super::super::status::tests::{BOARD, seat};
use super::*;

const STAGES: [MembershipStage; 10] = [
    Nominated, Visitor, Invited, Interview, Offered, Active, OnLeave, Ended, Declined, Withdrawn,
];

fn july(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 7, day).unwrap()
}

fn seat_facts(kind: SeatKind) -> SeatFacts {
    SeatFacts::of(&seat(1, kind), false)
}

/// A membership that has everything it could need by any stage.
fn ready(stage: MembershipStage) -> MembershipState {
    MembershipState {
        stage,
        board_id: BOARD,
        seat_id: Some(seat_facts(SeatKind::Carer).id),
        nominated_by_organisation: true,
        from_on: None,
        to_on: None,
        visit_waiver_reason: None,
        decision_waiver_reason: None,
        conflict_declared_at: Some(DateTime::UNIX_EPOCH),
    }
}

/// Facts under which every guard of a move from `from` to `to` holds.
fn allowing((from, to): (MembershipStage, MembershipStage), kind: SeatKind) -> MoveFacts {
    MoveFacts {
        actor: movers(from, to)[0],
        today: july(10),
        board_status: BoardStatus::Active,
        term_months: Some(12),
        seat: Some(seat_facts(kind)),
        visited: true,
        appointed: true,
        request: MoveRequest {
            end_reason: (to == Ended).then_some(Reason::SteppedDown),
            ..MoveRequest::default()
        },
    }
}

fn carer(from: MembershipStage, to: MembershipStage) -> MoveFacts {
    allowing((from, to), SeatKind::Carer)
}

fn broken(outcome: Result<StagePlan, Vec<Violation>>) -> Vec<(Code, String)> {
    let violations = outcome.err().unwrap_or_default();
    violations
        .into_iter()
        .map(|violation| (violation.code, violation.path.join(".")))
        .collect()
}

fn breaks(code: Code, field: &str) -> Vec<(Code, String)> {
    vec![(code, field.to_owned())]
}

/// Every pair of stages: legal moves succeed when their guards hold, all others are refused with the legal ones.
fn assert_table(kind: SeatKind, table: [&[MembershipStage]; 10]) {
    assert_eq!(STAGES.len(), MembershipStage::values().len());
    for (from, legal) in STAGES.into_iter().zip(table) {
        for to in STAGES {
            let outcome = plan_move(&ready(from), to, &allowing((from, to), kind));
            if legal.contains(&to) {
                let plan = outcome.unwrap();
                assert_eq!((plan.from_stage, plan.stage), (from, to));
                continue;
            }
            let violations = outcome.unwrap_err();
            assert_eq!(violations.len(), 1, "{from} to {to}: {violations:?}");
            assert_eq!(violations[0].code, Code::IllegalTransition, "{from} to {to}");
            for way in legal {
                let message = &violations[0].message;
                assert!(
                    message.contains(&way.to_string()),
                    "{from} to {to} names {way}: {message}"
                );
            }
        }
    }
}

#[test]
fn by_visit_and_interview_every_move_that_is_not_in_the_table_is_illegal() {
    let table: [&[MembershipStage]; 10] = [
        &[Visitor, Declined, Withdrawn],
        &[Invited, Declined, Withdrawn],
        &[Interview, Declined, Withdrawn],
        &[Offered, Declined, Withdrawn],
        &[Active, Declined, Withdrawn],
        &[OnLeave, Ended],
        &[Active, Ended],
        &[],
        &[],
        &[],
    ];
    for kind in [
        SeatKind::LivedExperience,
        SeatKind::Carer,
        SeatKind::Provider,
        SeatKind::Clinician,
        SeatKind::Vcse,
    ] {
        assert_table(kind, table);
    }
}

#[test]
fn by_nomination_every_move_that_is_not_in_the_table_is_illegal() {
    let offered: &[MembershipStage] = &[Offered, Declined, Withdrawn];
    let table: [&[MembershipStage]; 10] = [
        offered,
        offered,
        offered,
        offered,
        &[Active, Declined, Withdrawn],
        &[OnLeave, Ended],
        &[Active, Ended],
        &[],
        &[],
        &[],
    ];
    assert_table(SeatKind::CouncillorCoopted, table);
    assert_table(SeatKind::Officer, table);
}

#[test]
fn the_chair_moves_people_on_and_the_person_accepts() {
    for from in STAGES {
        for to in legal_moves(from, Entry::VisitAndInterview) {
            for actor in [Actor::Chair, Actor::Person, Actor::System] {
                let mut facts = carer(from, *to);
                facts.actor = actor;
                let refused =
                    broken(plan_move(&ready(from), *to, &facts)).contains(&(Code::Forbidden, "stage".into()));
                let may = match (from, to) {
                    (Offered, Active) | (_, Withdrawn) => actor == Actor::Person,
                    (_, Declined) => actor != Actor::System,
                    (_, Ended) => true,
                    _ => actor == Actor::Chair,
                };
                assert_eq!(refused, !may, "{actor:?}: {from} to {to}");
            }
        }
    }
}

#[test]
fn a_member_has_a_seat_a_term_and_declared_interests() {
    let plan = plan_move(&ready(Offered), Active, &carer(Offered, Active)).unwrap();
    assert_eq!(
        (plan.from_on, plan.to_on),
        (Some(july(10)), july(9).with_year(2027))
    );
    let mut state = ready(Offered);
    (state.seat_id, state.conflict_declared_at) = (None, None);
    let mut facts = carer(Offered, Active);
    facts.seat = None;
    let found = broken(plan_move(&state, Active, &facts));
    let expected = [
        (Code::Required, "seatId".to_owned()),
        (Code::Required, "conflictsDeclared".to_owned()),
    ];
    assert_eq!(found, expected);
}

#[test]
fn interests_can_be_declared_with_the_acceptance() {
    let mut state = ready(Offered);
    state.conflict_declared_at = None;
    let mut facts = carer(Offered, Active);
    facts.request.conflict_declared_at = DateTime::from_timestamp(1, 0);
    let plan = plan_move(&state, Active, &facts).unwrap();
    assert_eq!(plan.conflict_declared_at, facts.request.conflict_declared_at);
}

#[test]
fn one_person_holds_a_seat_at_a_time() {
    let mut facts = carer(Offered, Active);
    facts.seat = Some(SeatFacts {
        held_by_another: true,
        ..seat_facts(SeatKind::Carer)
    });
    assert_eq!(
        broken(plan_move(&ready(Offered), Active, &facts)),
        breaks(Code::Conflict, "seatId")
    );
    let mut offer = carer(Interview, Offered);
    offer.seat = facts.seat;
    assert_eq!(
        broken(plan_move(&ready(Interview), Offered, &offer)),
        [],
        "it may be vacant by then"
    );
}

#[test]
fn a_seat_is_one_of_the_same_board_and_open() {
    let mut facts = carer(Offered, Active);
    facts.seat = Some(SeatFacts {
        closed: true,
        ..seat_facts(SeatKind::Carer)
    });
    assert_eq!(
        broken(plan_move(&ready(Offered), Active, &facts)),
        breaks(Code::Inactive, "seatId")
    );
    facts.seat = Some(SeatFacts {
        board_id: BoardId(Uuid::from_u128(9)),
        ..seat_facts(SeatKind::Carer)
    });
    assert_eq!(
        broken(plan_move(&ready(Offered), Active, &facts)),
        breaks(Code::NotFound, "seatId")
    );
    facts.seat = None;
    let found = broken(plan_move(&ready(Offered), Active, &facts));
    assert!(
        found.contains(&(Code::NotFound, "seatId".to_owned())),
        "{found:?}"
    );
}

#[test]
fn the_chair_chooses_the_seat_and_the_person_accepts_that_one() {
    let mut other = ready(Offered);
    other.seat_id = Some(BoardSeatId(Uuid::from_u128(8)));
    assert_eq!(
        broken(plan_move(&other, Active, &carer(Offered, Active))),
        breaks(Code::RuleBroken, "seatId")
    );
    other.stage = Interview;
    let plan = plan_move(&other, Offered, &carer(Interview, Offered)).unwrap();
    assert_eq!(plan.seat_id, Some(seat_facts(SeatKind::Carer).id));
    other.stage = OnLeave;
    assert_eq!(
        broken(plan_move(&other, Active, &carer(OnLeave, Active))),
        breaks(Code::RuleBroken, "seatId")
    );
}

#[test]
fn a_closed_board_only_lets_people_go() {
    for from in STAGES {
        for to in legal_moves(from, Entry::VisitAndInterview) {
            let mut facts = carer(from, *to);
            facts.board_status = BoardStatus::Closed;
            let stopped =
                broken(plan_move(&ready(from), *to, &facts)).contains(&(Code::Inactive, String::new()));
            assert_eq!(stopped, !to.is_closed(), "{from} to {to}");
        }
    }
}

#[test]
fn all_that_stands_in_the_way_is_told_at_once() {
    let mut state = ready(Offered);
    (state.conflict_declared_at, state.to_on) = (None, Some(july(1)));
    let mut facts = carer(Offered, Active);
    facts.actor = Actor::Chair;
    facts.visited = false;
    facts.seat = Some(SeatFacts {
        held_by_another: true,
        ..seat_facts(SeatKind::Carer)
    });
    let codes: Vec<Code> = broken(plan_move(&state, Active, &facts))
        .into_iter()
        .map(|(code, _)| code)
        .collect();
    assert_eq!(
        codes,
        [
            Code::Forbidden,
            Code::RuleBroken,
            Code::Conflict,
            Code::Required,
            Code::OutOfRange,
            Code::Expired
        ]
    );
}

#[test]
fn a_person_is_put_forward_once_at_a_time() {
    let facts = NominationFacts {
        board_id: BOARD,
        board_status: BoardStatus::Forming,
        seat: Some(seat_facts(SeatKind::Carer)),
        nominated_by_organisation: false,
        has_open_path: false,
    };
    assert_eq!(check_nomination(&facts), Ok(()));
    let nominate = |facts: NominationFacts| check_nomination(&facts).unwrap_err()[0].code;
    assert_eq!(
        nominate(NominationFacts {
            has_open_path: true,
            ..facts.clone()
        }),
        Code::AlreadyExists
    );
    assert_eq!(
        nominate(NominationFacts {
            board_status: BoardStatus::Closed,
            ..facts.clone()
        }),
        Code::Inactive
    );
    let officer = NominationFacts {
        seat: Some(seat_facts(SeatKind::Officer)),
        ..facts.clone()
    };
    assert_eq!(nominate(officer.clone()), Code::RuleBroken);
    assert_eq!(
        check_nomination(&NominationFacts {
            nominated_by_organisation: true,
            ..officer
        }),
        Ok(())
    );
    let elsewhere = SeatFacts {
        board_id: BoardId(Uuid::from_u128(9)),
        ..seat_facts(SeatKind::Carer)
    };
    assert_eq!(
        nominate(NominationFacts {
            seat: Some(elsewhere),
            ..facts
        }),
        Code::NotFound
    );
}
