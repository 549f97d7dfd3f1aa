//! Initiatives, boards, seats and members.

use entity::boards::kinds::{
    BoardKind, BoardStatus, LadderRung, MembershipEndReason, MembershipStage, Principle, SeatKind, Stage,
};
use entity::boards::{
    board, board_membership, board_membership_change, board_seat, constituency, initiative,
};
use entity::list::EnumList;
use entity::private::Private;

use super::{at, canary, day, key, nobody, recorded};
use crate::Rows;

pub(super) fn fill(rows: &mut Rows) {
    for (name, partnership) in [
        ("ashdown-support", "ashdown-together"),
        ("ashdown-unseen", "ashdown-together"),
        ("fernley-inquiry", "fernley-together"),
    ] {
        rows.initiative.push(initiative(name, partnership));
    }
    for name in ["carers", "older-people"] {
        rows.constituency.push(constituency(name));
    }
    for (name, partnership, host, initiative, is_published) in [
        (
            "team-up",
            "ashdown-together",
            "ashdown-council",
            Some("ashdown-support"),
            true,
        ),
        (
            "quiet",
            "ashdown-together",
            "cedar-voices",
            Some("ashdown-unseen"),
            false,
        ),
        (
            "fernley-commission",
            "fernley-together",
            "fernley-council",
            Some("fernley-inquiry"),
            true,
        ),
        ("fernley-inner", "fernley-together", "gorse-voices", None, false),
    ] {
        rows.board
            .push(board(name, partnership, host, initiative, is_published));
    }
    seats(rows);
    members(rows);
}

fn seats(rows: &mut Rows) {
    use SeatKind as K;
    for (board, name, kind, constituency) in [
        ("team-up", "chair", K::LivedExperience, Some("older-people")),
        ("team-up", "member", K::LivedExperience, Some("carers")),
        ("team-up", "away", K::Carer, Some("carers")),
        ("team-up", "vacant", K::Officer, None),
        ("quiet", "first", K::LivedExperience, Some("carers")),
        ("quiet", "vacant", K::Provider, None),
        ("fernley-commission", "first", K::LivedExperience, None),
        ("fernley-inner", "first", K::Vcse, Some("older-people")),
    ] {
        let mut seat = board_seat(board, name, constituency);
        seat.kind = kind;
        seat.voting = kind != K::Officer;
        rows.board_seat.push(seat);
    }
}

fn members(rows: &mut Rows) {
    use MembershipStage as S;
    for (board, person, stage, seat) in [
        ("team-up", "board-chair", S::Active, Some("chair")),
        ("team-up", "board-member", S::Active, Some("member")),
        ("team-up", "on-leave", S::OnLeave, Some("away")),
        ("team-up", "former-member", S::Ended, Some("member")),
        ("team-up", "nominated", S::Nominated, None),
        ("team-up", "visitor", S::Visitor, None),
        ("team-up", "invited", S::Invited, None),
        ("team-up", "interview", S::Interview, None),
        ("team-up", "offered", S::Offered, Some("vacant")),
        ("team-up", "declined", S::Declined, None),
        ("team-up", "withdrawn", S::Withdrawn, None),
        ("quiet", "quiet-member", S::Active, Some("first")),
        ("quiet", "nominated", S::Nominated, None),
        ("fernley-commission", "fernley-member", S::Active, Some("first")),
        ("fernley-inner", "fernley-member", S::Active, Some("first")),
    ] {
        let membership = membership(board, person, stage, seat);
        rows.board_membership_change
            .extend(changes(&membership, &format!("{board} {person}")));
        rows.board_membership.push(membership);
    }
}

/// A group of people to speak for.
pub fn constituency(name: &str) -> constituency::Model {
    constituency::Model {
        id: key("constituency", name),
        code: name.to_owned(),
        label: canary("constituency", name, "label"),
        description: Some(canary("constituency", name, "description")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// A voting seat for lived experience; its name in the world is the board's and its own.
pub fn board_seat(board: &str, name: &str, constituency: Option<&str>) -> board_seat::Model {
    let name = format!("{board} {name}");
    board_seat::Model {
        id: key("board_seat", &name),
        board_id: key("board", board),
        label: canary("board_seat", &name, "label"),
        kind: SeatKind::LivedExperience,
        constituency_id: constituency.map(|name| key("constituency", name)),
        voting: true,
        closed_at: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// A piece of work of a partnership.
pub fn initiative(name: &str, partnership: &str) -> initiative::Model {
    initiative::Model {
        id: key("initiative", name),
        partnership_id: key("partnership", partnership),
        title: canary("initiative", name, "title"),
        summary: Some(canary("initiative", name, "summary")),
        stages: EnumList::new([Stage::CoDesign, Stage::CoDelivery]),
        rung_claimed: LadderRung::CoDesign,
        rung_assessed: None,
        principles: EnumList::new([Principle::Equality]),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// A board at work.
pub fn board(
    name: &str,
    partnership: &str,
    host: &str,
    initiative: Option<&str>,
    is_published: bool,
) -> board::Model {
    board::Model {
        id: key("board", name),
        name: canary("board", name, "name"),
        kind: BoardKind::CoproductionBoard,
        initiative_id: initiative.map(|name| key("initiative", name)),
        partnership_id: key("partnership", partnership),
        host_organisation_id: key("organisation", host),
        purpose: Some(canary("board", name, "purpose")),
        terms_of_reference: Some(canary("board", name, "terms_of_reference")),
        quorum: 2,
        quorum_lived: 1,
        min_lived_bp: 5_000,
        term_months: Some(24),
        papers_due_days: 7,
        eligibility_note: Some(canary("board", name, "eligibility_note")),
        status: BoardStatus::Active,
        published_at: is_published.then(|| at("2026-01-10T09:00:00Z")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// Somebody's way on to a board, as far as the stage.
pub fn membership(
    board: &str,
    person: &str,
    stage: MembershipStage,
    seat: Option<&str>,
) -> board_membership::Model {
    use MembershipStage as S;
    let name = format!("{board} {person}");
    let was_member = matches!(stage, S::Active | S::OnLeave | S::Ended);
    board_membership::Model {
        id: key("board_membership", &name),
        board_id: key("board", board),
        person_id: key("person", person),
        seat_id: seat.map(|seat| key("board_seat", &format!("{board} {seat}"))),
        nominated_by_organisation_id: (person == "nominated").then(|| key("organisation", "cedar-voices")),
        stage,
        from_on: was_member.then(|| day("2026-01-12")),
        to_on: (stage == S::Ended).then(|| day("2026-02-20")),
        end_reason: (stage == S::Ended).then_some(MembershipEndReason::TermExpired),
        visited_on: was_member.then(|| day("2026-01-09")),
        motivation: Some(Private::new(canary("board_membership", &name, "motivation"))),
        visit_waiver_reason: Some(canary("board_membership", &name, "visit_waiver_reason")),
        decision_waiver_reason: Some(canary("board_membership", &name, "decision_waiver_reason")),
        conflict_declared_at: was_member.then(|| at("2026-01-11T09:00:00Z")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// A nomination, and the last step to the stage.
fn changes(to: &board_membership::Model, name: &str) -> Vec<board_membership_change::Model> {
    use MembershipStage as S;
    let step = |from: Option<S>, stage: S, at_time: &str| {
        let name = format!("{name} {stage}");
        board_membership_change::Model {
            id: key("board_membership_change", &name),
            membership_id: to.id,
            board_id: to.board_id,
            person_id: to.person_id,
            seat_id: to.seat_id,
            from_stage: from,
            to_stage: stage,
            changed_at: at(at_time),
            reason: Some(canary("board_membership_change", &name, "reason")),
            waiver: stage == S::Invited,
            changed_by_user_id: Some(key("user", "board-chair")),
        }
    };
    let mut steps = vec![step(None, S::Nominated, "2026-01-08T09:00:00Z")];
    if to.stage != S::Nominated {
        steps.push(step(Some(S::Nominated), to.stage, "2026-01-12T09:00:00Z"));
    }
    steps
}
