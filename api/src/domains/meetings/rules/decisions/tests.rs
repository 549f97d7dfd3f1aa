use chrono::DateTime;
use entity::boards::kinds::SeatKind;
use entity::id::{AttendanceId, BoardId, BoardMembershipId, BoardSeatId, MeetingId};
use sea_orm::prelude::Uuid;

use super::*;
use crate::domains::violation::Violation;

const fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn attends(person: u128, capacity: AttendanceCapacity, status: AttendanceStatus) -> attendance::Model {
    attendance::Model {
        id: AttendanceId(id(person)),
        board_id: BoardId(id(1)),
        meeting_id: MeetingId(id(1)),
        person_id: PersonId(id(person)),
        capacity,
        status,
        version: 1,
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
        created_by: None,
    }
}

/// The person's membership; their seat has their number.
fn member(person: u128, stage: MembershipStage) -> board_membership::Model {
    board_membership::Model {
        id: BoardMembershipId(id(person)),
        board_id: BoardId(id(1)),
        person_id: PersonId(id(person)),
        seat_id: Some(BoardSeatId(id(person))),
        nominated_by_organisation_id: None,
        stage,
        from_on: None,
        to_on: None,
        end_reason: None,
        visited_on: None,
        motivation: None,
        visit_waiver_reason: None,
        decision_waiver_reason: None,
        conflict_declared_at: None,
        version: 1,
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
        created_by: None,
    }
}

fn seat(number: u128, kind: SeatKind, voting: bool) -> board_seat::Model {
    board_seat::Model {
        id: BoardSeatId(id(number)),
        board_id: BoardId(id(1)),
        label: "Seat".to_owned(),
        kind,
        constituency_id: None,
        voting,
        closed_at: None,
        version: 1,
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
        created_by: None,
    }
}

/// A carer, somebody with lived experience, a clinician, and an officer without a vote: 1 to 4.
fn table() -> (Vec<board_membership::Model>, Vec<board_seat::Model>) {
    let members = [1, 2, 3, 4].map(|person| member(person, MembershipStage::Active));
    let seats = [
        seat(1, SeatKind::Carer, true),
        seat(2, SeatKind::LivedExperience, true),
        seat(3, SeatKind::Clinician, true),
        seat(4, SeatKind::Officer, false),
    ];
    (members.to_vec(), seats.to_vec())
}

fn count(attendances: &[attendance::Model], recused: &[PersonId]) -> (u32, u32) {
    let (members, seats) = table();
    let voters = voters(attendances, &members, &seats, recused);
    (voters.all, voters.lived)
}

#[test]
fn those_present_in_a_seat_with_a_vote_can_vote() {
    use AttendanceCapacity::Member;
    use AttendanceStatus::{Absent, Apologies, Invited, Present};
    let everybody = [1, 2, 3, 4].map(|person| attends(person, Member, Present));
    assert_eq!(count(&everybody, &[]), (3, 2));
    for status in [Absent, Apologies, Invited] {
        let some = [attends(1, Member, Present), attends(2, Member, status)];
        assert_eq!(count(&some, &[]), (1, 1), "{status}");
    }
}

#[test]
fn visitors_never_vote_nor_do_officers_supporters_and_observers() {
    use AttendanceCapacity::{Observer, Officer, Supporter, Visitor};
    for capacity in [Visitor, Officer, Supporter, Observer] {
        // Not even with the seat of a member.
        let there = [attends(1, capacity, AttendanceStatus::Present)];
        assert_eq!(count(&there, &[]), (0, 0), "{capacity}");
    }
}

#[test]
fn who_is_on_leave_or_no_longer_a_member_does_not_vote() {
    let there = [attends(1, AttendanceCapacity::Member, AttendanceStatus::Present)];
    let (mut members, mut seats) = table();
    for stage in [
        MembershipStage::OnLeave,
        MembershipStage::Ended,
        MembershipStage::Offered,
    ] {
        members[0].stage = stage;
        assert_eq!(voters(&there, &members, &seats, &[]).all, 0, "{stage}");
    }
    members[0].stage = MembershipStage::Active;
    seats[0].closed_at = Some(DateTime::UNIX_EPOCH);
    assert_eq!(voters(&there, &members, &seats, &[]).all, 0);
}

#[test]
fn who_is_recused_does_not_count() {
    let everybody =
        [1, 2, 3].map(|person| attends(person, AttendanceCapacity::Member, AttendanceStatus::Present));
    assert_eq!(count(&everybody, &[PersonId(id(1))]), (2, 1));
}

const CONSENSUS: DecisionFacts = DecisionFacts {
    board: BoardStatus::Active,
    meeting: MeetingStatus::Held,
    item: AgendaItemStatus::Accepted,
    kind: AgendaItemKind::Decision,
    quorum: 3,
    quorum_lived: 2,
    voters: VotingSeats { all: 5, lived: 2 },
    is_unassessed: false,
    method: DecisionMethod::Consensus,
    outcome: DecisionOutcome::Approved,
    votes: Votes {
        votes_for: None,
        votes_against: None,
        votes_abstain: None,
    },
};

const fn vote(votes_for: i32, votes_against: i32, votes_abstain: i32) -> DecisionFacts {
    DecisionFacts {
        method: DecisionMethod::Vote,
        votes: Votes {
            votes_for: Some(votes_for),
            votes_against: Some(votes_against),
            votes_abstain: Some(votes_abstain),
        },
        ..CONSENSUS
    }
}

fn wrong(facts: &DecisionFacts) -> Vec<String> {
    let told = |violation: &Violation| format!("{} {}", violation.code, violation.path.join("."));
    check_decision(facts)
        .err()
        .unwrap_or_default()
        .iter()
        .map(told)
        .collect()
}

#[test]
fn a_board_decides_with_its_quorum_and_its_quorum_of_lived_experience() {
    assert_eq!(wrong(&CONSENSUS), [""; 0]);
    let few = DecisionFacts {
        voters: VotingSeats { all: 2, lived: 2 },
        ..CONSENSUS
    };
    assert_eq!(wrong(&few), ["RULE_BROKEN agendaItemId"]);
    let without_lived = DecisionFacts {
        voters: VotingSeats { all: 5, lived: 1 },
        ..CONSENSUS
    };
    assert_eq!(wrong(&without_lived), ["RULE_BROKEN agendaItemId"]);
}

#[test]
fn a_consensus_is_not_counted_and_a_vote_is() {
    let counted = DecisionFacts {
        method: DecisionMethod::Consensus,
        ..vote(1, 0, 0)
    };
    let all_three = [
        "RULE_BROKEN votesFor",
        "RULE_BROKEN votesAgainst",
        "RULE_BROKEN votesAbstain",
    ];
    assert_eq!(wrong(&counted), all_three);
    let uncounted = DecisionFacts {
        method: DecisionMethod::Vote,
        ..CONSENSUS
    };
    assert_eq!(
        wrong(&uncounted),
        [
            "REQUIRED votesFor",
            "REQUIRED votesAgainst",
            "REQUIRED votesAbstain"
        ]
    );
}

#[test]
fn no_more_votes_are_counted_than_voting_members_are_present() {
    assert_eq!(wrong(&vote(3, 1, 1)), [""; 0]);
    assert_eq!(wrong(&vote(4, 1, 1)), ["RULE_BROKEN votesFor"]);
    assert_eq!(wrong(&vote(4, 0, -1)), ["OUT_OF_RANGE votesAbstain"]);
}

#[test]
fn the_votes_bear_the_outcome() {
    let outcome = |outcome, facts: DecisionFacts| wrong(&DecisionFacts { outcome, ..facts });
    let (approved, rejected, deferred) = (
        DecisionOutcome::Approved,
        DecisionOutcome::Rejected,
        DecisionOutcome::Deferred,
    );
    let not_so = ["RULE_BROKEN outcome"];
    assert_eq!(outcome(approved, vote(2, 1, 2)), [""; 0]);
    assert_eq!(outcome(approved, vote(2, 2, 1)), not_so);
    assert_eq!(outcome(rejected, vote(2, 2, 1)), [""; 0]);
    assert_eq!(outcome(rejected, vote(3, 2, 0)), not_so);
    assert_eq!(outcome(deferred, vote(3, 2, 0)), [""; 0]);
}

#[test]
fn a_decision_is_recorded_while_the_meeting_is_held() {
    use MeetingStatus::{Cancelled, Draft, MinutesApproved, MinutesDraft, Published};
    for meeting in [Draft, Published, MinutesDraft, MinutesApproved, Cancelled] {
        let facts = DecisionFacts { meeting, ..CONSENSUS };
        assert_eq!(wrong(&facts), ["INACTIVE agendaItemId"], "{meeting}");
    }
}

#[test]
fn only_what_was_on_the_agenda_for_decision_is_decided() {
    let discussed = DecisionFacts {
        kind: AgendaItemKind::Discussion,
        ..CONSENSUS
    };
    assert_eq!(wrong(&discussed), ["RULE_BROKEN agendaItemId"]);
    let proposed = DecisionFacts {
        item: AgendaItemStatus::Proposed,
        ..CONSENSUS
    };
    assert_eq!(wrong(&proposed), ["INACTIVE agendaItemId"]);
    let resting = DecisionFacts {
        board: BoardStatus::Dormant,
        ..CONSENSUS
    };
    assert_eq!(wrong(&resting), ["INACTIVE agendaItemId"]);
}
