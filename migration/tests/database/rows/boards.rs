//! One full row of each table of initiatives and boards.

use entity::boards::kinds::{
    BoardKind, BoardStatus, LadderRung, MembershipStage, Principle, SeatKind, Stage,
};
use entity::boards::{
    board, board_membership, board_membership_change, board_seat, constituency, initiative,
};
use entity::id::{
    BoardId, BoardMembershipChangeId, BoardMembershipId, BoardSeatId, ConstituencyId, InitiativeId,
    OrganisationId, PartnershipId, PersonId, UserId,
};
use entity::list::EnumList;
use entity::private::Private;

use super::{date, id, instant};

pub fn initiative() -> initiative::Model {
    initiative::Model {
        id: InitiativeId(id(19)),
        partnership_id: PartnershipId(id(15)),
        title: "title".to_owned(),
        summary: Some("summary".to_owned()),
        stages: EnumList::new([Stage::CoDesign, Stage::CoDelivery]),
        rung_claimed: LadderRung::CoDesign,
        rung_assessed: Some(LadderRung::CoDesign),
        principles: EnumList::new([Principle::Equality]),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn constituency() -> constituency::Model {
    constituency::Model {
        id: ConstituencyId(id(20)),
        code: "code".to_owned(),
        label: "label".to_owned(),
        description: Some("description".to_owned()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn board() -> board::Model {
    board::Model {
        id: BoardId(id(21)),
        name: "name".to_owned(),
        kind: BoardKind::SteeringGroup,
        initiative_id: Some(InitiativeId(id(19))),
        partnership_id: PartnershipId(id(15)),
        host_organisation_id: OrganisationId(id(1)),
        purpose: Some("purpose".to_owned()),
        terms_of_reference: Some("terms of reference".to_owned()),
        quorum: 3,
        quorum_lived: 2,
        min_lived_bp: 5_000,
        term_months: Some(24),
        papers_due_days: 7,
        eligibility_note: Some("eligibility note".to_owned()),
        status: BoardStatus::Active,
        published_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn board_seat() -> board_seat::Model {
    board_seat::Model {
        id: BoardSeatId(id(22)),
        board_id: BoardId(id(21)),
        label: "label".to_owned(),
        kind: SeatKind::Carer,
        constituency_id: Some(ConstituencyId(id(20))),
        voting: true,
        closed_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn board_membership() -> board_membership::Model {
    board_membership::Model {
        id: BoardMembershipId(id(23)),
        board_id: BoardId(id(21)),
        person_id: PersonId(id(7)),
        seat_id: Some(BoardSeatId(id(22))),
        nominated_by_organisation_id: Some(OrganisationId(id(1))),
        stage: MembershipStage::Active,
        from_on: Some(date(2025, 1, 31)),
        to_on: Some(date(2026, 2, 28)),
        end_reason: None,
        visited_on: Some(date(2024, 11, 30)),
        motivation: Some(Private::new("motivation".to_owned())),
        visit_waiver_reason: Some("visit waiver reason".to_owned()),
        decision_waiver_reason: Some("decision waiver reason".to_owned()),
        conflict_declared_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn board_membership_change() -> board_membership_change::Model {
    board_membership_change::Model {
        id: BoardMembershipChangeId(id(24)),
        membership_id: BoardMembershipId(id(23)),
        board_id: BoardId(id(21)),
        person_id: PersonId(id(7)),
        seat_id: Some(BoardSeatId(id(22))),
        from_stage: Some(MembershipStage::Active),
        to_stage: MembershipStage::Active,
        changed_at: instant(),
        reason: Some("reason".to_owned()),
        waiver: true,
        changed_by_user_id: Some(UserId(id(8))),
    }
}
