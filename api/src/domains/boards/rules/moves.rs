//! The path of a person on to, through and off a board (`domain.md` 2.2 and 2.10).
//!
//! Most people come by **visit and interview**: they are nominated, visit a meeting, are invited, are interviewed by people
//! who include sitting members, are offered a seat, and accept. A co-opted councillor or an officer comes by **nomination**:
//! an organisation puts them forward, and they are offered the seat at once. The chair moves people on; the person alone
//! accepts; the system ends terms that are over.
//!
//! | from | by visit and interview | by nomination |
//! |---|---|---|
//! | `NOMINATED` | `VISITOR` | `OFFERED` |
//! | `VISITOR` | `INVITED`: has visited a meeting, or a waiver | `OFFERED` |
//! | `INVITED` | `INTERVIEW` | `OFFERED` |
//! | `INTERVIEW` | `OFFERED`: the panel decided to appoint, or a waiver | `OFFERED` |
//! | `OFFERED` | `ACTIVE`: seat, term, declaration of interests; conditions of the way hold | the same |
//! | `ACTIVE`, `ON_LEAVE` | each other; `ENDED` with a reason | the same |
//!
//! Everybody can be `DECLINED` or have `WITHDRAWN` before they are a member. The conditions of the way are looked at again
//! when the person accepts, so that nobody comes to one seat by the way of another.

use chrono::{DateTime, NaiveDate, Utc};
use entity::boards::kinds::{BoardStatus, MembershipEndReason, MembershipStage, SeatKind};
use entity::boards::{board_membership, board_seat};
use entity::id::{BoardId, BoardSeatId};

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, is_blank, transition};

mod ending;
mod guards;
mod term;
#[cfg(test)]
mod tests;

/// Who makes a move, as the rules see it; whether a viewer is one of them is a matter of `policy`.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The chair or a facilitator of the board.
    Chair,
    /// The person whose membership it is.
    Person,
    /// The job that ends terms.
    System,
}

/// The way by which a person comes to a seat.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// They visit a meeting and are interviewed.
    VisitAndInterview,
    /// An organisation nominates them, instead of a visit and an interview.
    Nomination,
}

impl Entry {
    /// The way to a seat of this kind; without a seat in mind, that of most people.
    #[must_use]
    pub const fn to_seat(kind: Option<SeatKind>) -> Self {
        match kind {
            Some(SeatKind::CouncillorCoopted | SeatKind::Officer) => Self::Nomination,
            _ => Self::VisitAndInterview,
        }
    }
}

/// The stages a person can reach from `stage` in one step.
#[must_use]
pub const fn legal_moves(stage: MembershipStage, entry: Entry) -> &'static [MembershipStage] {
    use MembershipStage::{
        Active, Declined, Ended, Interview, Invited, Nominated, Offered, OnLeave, Visitor, Withdrawn,
    };
    match (stage, entry) {
        (Nominated, Entry::VisitAndInterview) => &[Visitor, Declined, Withdrawn],
        (Visitor, Entry::VisitAndInterview) => &[Invited, Declined, Withdrawn],
        (Invited, Entry::VisitAndInterview) => &[Interview, Declined, Withdrawn],
        (Interview, _) | (Nominated | Visitor | Invited, Entry::Nomination) => {
            &[Offered, Declined, Withdrawn]
        }
        (Offered, _) => &[Active, Declined, Withdrawn],
        (Active, _) => &[OnLeave, Ended],
        (OnLeave, _) => &[Active, Ended],
        (Ended | Declined | Withdrawn, _) => &[],
    }
}

/// Who may make a legal move (`domain.md` 2.10). Who may end a membership depends on the reason as well.
#[must_use]
pub const fn movers(from: MembershipStage, to: MembershipStage) -> &'static [Actor] {
    use MembershipStage::{Active, Declined, Ended, Offered, Withdrawn};
    match (from, to) {
        (Offered, Active) | (_, Withdrawn) => &[Actor::Person],
        (_, Declined) => &[Actor::Chair, Actor::Person],
        (_, Ended) => &[Actor::Chair, Actor::Person, Actor::System],
        _ => &[Actor::Chair],
    }
}

/// What is known of a membership before the move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MembershipState {
    /// How far the person has got.
    pub stage: MembershipStage,
    /// The board.
    pub board_id: BoardId,
    /// The seat the person holds or is meant for.
    pub seat_id: Option<BoardSeatId>,
    /// Whether an organisation, not the person, put them forward.
    pub nominated_by_organisation: bool,
    /// The first day of the term.
    pub from_on: Option<NaiveDate>,
    /// The last day of the term.
    pub to_on: Option<NaiveDate>,
    /// Why the visit was waived.
    pub visit_waiver_reason: Option<String>,
    /// Why the decision of a panel was waived.
    pub decision_waiver_reason: Option<String>,
    /// When the person declared their interests, or that there are none.
    pub conflict_declared_at: Option<DateTime<Utc>>,
}

impl From<&board_membership::Model> for MembershipState {
    fn from(row: &board_membership::Model) -> Self {
        Self {
            stage: row.stage,
            board_id: row.board_id,
            seat_id: row.seat_id,
            nominated_by_organisation: row.nominated_by_organisation_id.is_some(),
            from_on: row.from_on,
            to_on: row.to_on,
            visit_waiver_reason: row.visit_waiver_reason.clone(),
            decision_waiver_reason: row.decision_waiver_reason.clone(),
            conflict_declared_at: row.conflict_declared_at,
        }
    }
}

/// What is known of the seat a person will hold, or is meant for, after the move.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct SeatFacts {
    /// The seat.
    pub id: BoardSeatId,
    /// Its board.
    pub board_id: BoardId,
    /// In what capacity its holder sits.
    pub kind: SeatKind,
    /// Whether it was closed.
    pub closed: bool,
    /// Whether somebody else is active in it, or on leave from it.
    pub held_by_another: bool,
}

impl SeatFacts {
    /// The facts of a seat that was read.
    #[must_use]
    pub fn of(seat: &board_seat::Model, held_by_another: bool) -> Self {
        Self {
            id: seat.id,
            board_id: seat.board_id,
            kind: seat.kind,
            closed: seat.closed_at.is_some(),
            held_by_another,
        }
    }
}

/// What the one who makes the move says. Texts are trimmed and checked before they come here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoveRequest {
    /// Why a visit or the decision of a panel is waived. Kept only where one is missing.
    pub waiver_reason: Option<String>,
    /// The first day of the term, given with the offer; the day of acceptance when absent.
    pub from_on: Option<NaiveDate>,
    /// The last day of the term, given with the offer; as long as the board's terms last when absent.
    pub to_on: Option<NaiveDate>,
    /// When the person declared their interests, if they do so with this move.
    pub conflict_declared_at: Option<DateTime<Utc>>,
    /// Why the membership ends.
    pub end_reason: Option<MembershipEndReason>,
    /// Anything to add, in plain words.
    pub reason: Option<String>,
}

/// What a move depends on beside the membership itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveFacts {
    /// Who makes the move.
    pub actor: Actor,
    /// The day of the move.
    pub today: NaiveDate,
    /// How far the board has got.
    pub board_status: BoardStatus,
    /// How many months its memberships last; absent when they are open-ended.
    pub term_months: Option<i32>,
    /// The seat after the move: the one that is given with it, otherwise that of the membership.
    pub seat: Option<SeatFacts>,
    /// Whether the person attended a meeting of the board as a visitor.
    pub visited: bool,
    /// Whether an interview panel decided to appoint the person.
    pub appointed: bool,
    /// What was said with the move.
    pub request: MoveRequest,
}

impl MoveFacts {
    /// The way to the seat in mind.
    #[must_use]
    pub fn entry(&self) -> Entry {
        Entry::to_seat(self.seat.map(|seat| seat.kind))
    }
}

/// The membership after a move, and what to record of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagePlan {
    /// The stage before.
    pub from_stage: MembershipStage,
    /// The stage after.
    pub stage: MembershipStage,
    /// The seat after.
    pub seat_id: Option<BoardSeatId>,
    /// The first day of the term.
    pub from_on: Option<NaiveDate>,
    /// The last day of the term.
    pub to_on: Option<NaiveDate>,
    /// Why the membership ended.
    pub end_reason: Option<MembershipEndReason>,
    /// Why the visit was waived, now or before.
    pub visit_waiver_reason: Option<String>,
    /// Why the decision of a panel was waived, now or before.
    pub decision_waiver_reason: Option<String>,
    /// When interests were declared, now or before.
    pub conflict_declared_at: Option<DateTime<Utc>>,
    /// Whether this move waived a condition.
    pub waiver: bool,
    /// What to record as the reason of the move.
    pub reason: Option<String>,
}

impl StagePlan {
    fn carry(current: &MembershipState, to: MembershipStage, facts: &MoveFacts) -> Self {
        let request = &facts.request;
        Self {
            from_stage: current.stage,
            stage: to,
            seat_id: facts.seat.map(|seat| seat.id).or(current.seat_id),
            from_on: current.from_on,
            to_on: current.to_on,
            end_reason: None,
            visit_waiver_reason: current.visit_waiver_reason.clone(),
            decision_waiver_reason: current.decision_waiver_reason.clone(),
            conflict_declared_at: current.conflict_declared_at.or(request.conflict_declared_at),
            waiver: false,
            reason: request.reason.clone().filter(|reason| !is_blank(reason)),
        }
    }
}

/// Plans the move of a membership to the stage `to`.
///
/// # Errors
/// Every violation at once: `ILLEGAL_TRANSITION` (alone, with the stages that could be reached), `FORBIDDEN` when somebody
/// else makes this move, `RULE_BROKEN`, `REQUIRED`, `INACTIVE`, `CONFLICT`, `EXPIRED` and `OUT_OF_RANGE` for the conditions
/// in the table of this module.
pub fn plan_move(
    current: &MembershipState,
    to: MembershipStage,
    facts: &MoveFacts,
) -> Result<StagePlan, Vec<Violation>> {
    let legal = legal_moves(current.stage, facts.entry());
    transition("stage", "membership", (current.stage, to), legal).map_err(|illegal| vec![illegal])?;
    let mut violations = Violations::default();
    let mut plan = StagePlan::carry(current, to, facts);
    guards::actor(&mut violations, (current.stage, to), facts.actor);
    if !to.is_closed() {
        guards::board_is_open(&mut violations, facts.board_status);
        guards::seat_can_be_meant(&mut violations, current, facts);
        guards::way_was_kept(&mut violations, &mut plan, current, facts);
    }
    if to == MembershipStage::Active {
        guards::seat_is_free(&mut violations, facts);
        guards::interests_are_declared(&mut violations, &plan);
    }
    term::set(&mut violations, &mut plan, facts);
    ending::set(&mut violations, &mut plan, facts);
    violations.into_result_with(plan)
}

/// What the beginning of a path depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NominationFacts {
    /// The board.
    pub board_id: BoardId,
    /// How far the board has got.
    pub board_status: BoardStatus,
    /// The seat in mind, if there is one.
    pub seat: Option<SeatFacts>,
    /// Whether an organisation, not the person, puts them forward.
    pub nominated_by_organisation: bool,
    /// Whether the person has a path on this board that has not come to its end.
    pub has_open_path: bool,
}

/// Whether somebody can be put forward; the path then begins at `NOMINATED`.
///
/// # Errors
/// `INACTIVE` for a closed board or seat, `NOT_FOUND` for a seat of another board, `ALREADY_EXISTS` for a second open path
/// of the same person, `RULE_BROKEN` for a councillor or officer whom no organisation nominates.
pub fn check_nomination(facts: &NominationFacts) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    guards::board_is_open(&mut violations, facts.board_status);
    violations.check(!facts.has_open_path, Code::AlreadyExists, "personId", || {
        "This person is already on their way on to this board, or a member of it. Move that membership on instead of \
         starting another."
            .to_owned()
    });
    if let Some(seat) = facts.seat {
        guards::seat_is_open(&mut violations, seat, facts.board_id);
        if Entry::to_seat(Some(seat.kind)) == Entry::Nomination {
            guards::organisation_nominates(&mut violations, facts.nominated_by_organisation);
        }
    }
    violations.into_result()
}
