//! Taking a step of a membership: what the rules need to know, and what they say.

use async_graphql::ID;
use chrono::NaiveDate;
use entity::boards::kinds::{MembershipEndReason, MembershipStage};
use entity::boards::{board, board_membership, board_seat};
use entity::id::{BoardId, BoardSeatId};
use entity::meetings::kinds::{AttendanceCapacity, AttendanceStatus, MeetingStatus};
use entity::meetings::{attendance, meeting};
use entity::panels::kinds::{PanelOutcome, PanelStatus};
use entity::panels::{application, interview_panel, panel_decision, vacancy};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::record::{self, board_facts, record_step};
use crate::domains::boards::input::at_input;
use crate::domains::boards::rules::moves::{Actor, MembershipState, MoveRequest, SeatFacts, plan_move};
use crate::domains::boards::rules::visits;
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, optional_long_text};
use crate::events::IdempotencyKey;
use crate::graphql::patch::{fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::areas::boards::{self as policy, MoveMembership, may_steer_membership};
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{StoreError, WriteError, WriteSession};

/// The longest reason, in characters.
const LONGEST_REASON: usize = 2_000;

/// Whose step it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The board's: its chair's, its facilitator's, its host's administrator's.
    Board,
    /// The person's own.
    Person,
    /// Either's.
    Either,
}

impl Side {
    fn permit(
        self,
        viewer: &Viewer,
        membership: board_membership::Model,
        board: &board::Model,
    ) -> Result<(Permit<MoveMembership, board_membership::Model>, Actor), Denied> {
        let host = board.host_organisation_id;
        let steers = may_steer_membership(viewer, membership.board_id.0, host.0);
        if self == Self::Board || (self == Self::Either && steers) {
            Ok((policy::steer_membership(viewer, membership, host)?, Actor::Chair))
        } else {
            Ok((policy::answer_membership(viewer, membership)?, Actor::Person))
        }
    }
}

/// A step that a client asks for.
#[derive(Debug)]
pub(super) struct Wanted<'a> {
    pub id: &'a ID,
    pub expected_version: i32,
    pub idempotency_key: Option<&'a IdempotencyKey>,
    /// The name of the event.
    pub action: &'static str,
    pub to: MembershipStage,
    pub side: Side,
    /// The fields of the input, beside those of every step.
    pub fields: &'static [&'static str],
    pub seat_id: Option<&'a ID>,
    pub visited_on: Option<NaiveDate>,
    pub waiver_reason: Option<&'a str>,
    pub from_on: Option<NaiveDate>,
    pub to_on: Option<NaiveDate>,
    pub declares_conflicts: bool,
    pub end_reason: Option<MembershipEndReason>,
    pub reason: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    /// A step to a stage that says nothing beside.
    pub fn new(
        (id, expected_version, idempotency_key): (&'a ID, i32, Option<&'a IdempotencyKey>),
        (action, to, side): (&'static str, MembershipStage, Side),
    ) -> Self {
        Self {
            id,
            expected_version,
            idempotency_key,
            action,
            to,
            side,
            fields: &[],
            seat_id: None,
            visited_on: None,
            waiver_reason: None,
            from_on: None,
            to_on: None,
            declares_conflicts: false,
            end_reason: None,
            reason: None,
        }
    }

    fn request(&self, violations: &mut Violations, session: &WriteSession) -> MoveRequest {
        let mut long = |field, text| {
            let text = optional_long_text(field, text, LONGEST_REASON);
            violations.keep(text).flatten()
        };
        MoveRequest {
            waiver_reason: long("waiverReason", self.waiver_reason),
            reason: long("reason", self.reason),
            from_on: self.from_on,
            to_on: self.to_on,
            conflict_declared_at: self.declares_conflicts.then(|| session.now()),
            end_reason: self.end_reason,
        }
    }
}

/// Takes a step, if the viewer may and the rules allow it.
pub(super) async fn take(change: Change<'_>, wanted: Wanted<'_>) -> ChangeResult {
    let session = change.session;
    let today = session.now().date_naive();
    let mut violations = Violations::default();
    let request = wanted.request(&mut violations, session);
    let named = seen_if_named::<board_seat::Entity>(session, &mut violations, "seatId", wanted.seat_id);
    let named = named.await?;
    let Some(membership) =
        seen::<board_membership::Entity>(session, &mut violations, "id", wanted.id).await?
    else {
        return Err(refused(violations));
    };
    let Some(board) = board_of(session, membership.board_id).await? else {
        return Err(refused(violations));
    };
    let (permit, actor) = wanted.side.permit(change.viewer, membership, &board)?;
    let before = permit.model();
    fresh(wanted.expected_version, before.version)?;
    let attended = days_attended(session, before).await?;
    violations.keep(visits::check_day(wanted.visited_on, &attended, today));
    let visited_on = visits::day_of_visit(before.visited_on, wanted.visited_on, &attended);
    if wanted.to == MembershipStage::Visitor && visits::is_added_later(before.stage, visited_on) {
        violations.into_result()?;
        return add_visit(session, &permit, &board, visited_on).await;
    }

    let mut facts = board_facts(&board, actor, today, request);
    facts.visited = !attended.is_empty();
    facts.seat = seat_facts(session, before, named).await?;
    facts.appointed = is_appointed(session, before).await?;
    let plan = plan_move(&MembershipState::from(before), wanted.to, &facts);
    let plan = violations.keep_all(plan.map_err(|found| at_input(found, wanted.fields)));
    let Some(plan) = violations.into_result_with(plan)? else {
        return Err(WriteError::Stale);
    };
    let step = record::Step {
        action: wanted.action,
        plan,
        visited_on,
    };
    let (membership, event) = record_step(session, &permit, &board, step).await?;
    Ok(session.record(event, membership.id.0))
}

/// The board of a membership, held so that its status, its seats and their holders stay as the rules find them.
async fn board_of(session: &WriteSession, board: BoardId) -> Result<Option<board::Model>, StoreError> {
    session.lock::<board::Entity>(board).await?;
    let this = Condition::all().add(board::Column::Id.eq(board));
    Ok(session.facts::<board::Entity>(this).await?.pop())
}

/// The days on which a person was present as a visitor at a meeting of the board that was held.
async fn days_attended(
    session: &WriteSession,
    membership: &board_membership::Model,
) -> Result<Vec<NaiveDate>, StoreError> {
    use attendance::Column as A;
    let present = Condition::all()
        .add(A::BoardId.eq(membership.board_id))
        .add(A::PersonId.eq(membership.person_id))
        .add(A::Capacity.eq(AttendanceCapacity::Visitor))
        .add(A::Status.eq(AttendanceStatus::Present));
    let present = session.facts::<attendance::Entity>(present).await?;
    let held = Condition::all()
        .add(meeting::Column::Id.is_in(present.iter().map(|attendance| attendance.meeting_id)))
        .add(meeting::Column::Status.is_in(MeetingStatus::TOOK_PLACE));
    let held = session.facts::<meeting::Entity>(held).await?;
    Ok(held
        .iter()
        .map(|meeting| meeting.starts_at.date_naive())
        .collect())
}

/// The seat after the step: the one that was named, otherwise that of the membership.
async fn seat_facts(
    session: &WriteSession,
    membership: &board_membership::Model,
    named: Option<board_seat::Model>,
) -> Result<Option<SeatFacts>, StoreError> {
    let seat = match (named, membership.seat_id) {
        (Some(seat), _) => Some(seat),
        (None, Some(id)) => {
            let this = Condition::all().add(board_seat::Column::Id.eq(id));
            session.facts::<board_seat::Entity>(this).await?.pop()
        }
        (None, None) => None,
    };
    let Some(seat) = seat else { return Ok(None) };
    let others = held(seat.id).add(board_membership::Column::Id.ne(membership.id));
    let held_by_another = session.count::<board_membership::Entity>(others).await? > 0;
    Ok(Some(SeatFacts::of(&seat, held_by_another)))
}

/// Whether an interview panel for a seat of the board has decided to appoint the person. The decision counts once the panel
/// has decided about everybody.
async fn is_appointed(
    session: &WriteSession,
    membership: &board_membership::Model,
) -> Result<bool, StoreError> {
    let seats = Condition::all().add(vacancy::Column::BoardId.eq(membership.board_id));
    let seats = session.facts::<vacancy::Entity>(seats).await?;
    let own = Condition::all()
        .add(application::Column::PersonId.eq(membership.person_id))
        .add(application::Column::VacancyId.is_in(seats.iter().map(|vacancy| vacancy.id)));
    let own = session.facts::<application::Entity>(own).await?;
    let decided = Condition::all()
        .add(interview_panel::Column::VacancyId.is_in(own.iter().map(|application| application.vacancy_id)))
        .add(interview_panel::Column::Status.eq(PanelStatus::Decided));
    let decided = session.facts::<interview_panel::Entity>(decided).await?;
    let appoints = Condition::all()
        .add(panel_decision::Column::ApplicationId.is_in(own.iter().map(|application| application.id)))
        .add(panel_decision::Column::PanelId.is_in(decided.iter().map(|panel| panel.id)))
        .add(panel_decision::Column::Outcome.eq(PanelOutcome::Appoint));
    Ok(session.count::<panel_decision::Entity>(appoints).await? > 0)
}

/// Memberships that hold a seat.
pub(in crate::domains::boards) fn held(seat: BoardSeatId) -> Condition {
    Condition::all()
        .add(board_membership::Column::SeatId.eq(seat))
        .add(board_membership::Column::Stage.is_in(MembershipStage::HOLDING))
}

/// The day of a visit comes to light when the person has got further already: nothing moves.
async fn add_visit(
    session: &WriteSession,
    permit: &Permit<MoveMembership, board_membership::Model>,
    board: &board::Model,
    visited_on: Option<NaiveDate>,
) -> ChangeResult {
    let row = board_membership::ActiveModel {
        visited_on: Set(visited_on),
        ..Default::default()
    };
    note(session, permit, board, (row, "board_membership.record_visit")).await
}

/// Writes down what moves nothing.
async fn note(
    session: &WriteSession,
    permit: &Permit<MoveMembership, board_membership::Model>,
    board: &board::Model,
    (row, action): (board_membership::ActiveModel, &'static str),
) -> ChangeResult {
    let before = permit.model();
    let changed = WriteSession::changed(Some(before), &row);
    let membership = session
        .update::<_, _, _, Refused>(permit, before.version, row)
        .await?;
    let event = record::event(action, board, &membership).changed(changed);
    Ok(session.record(event, membership.id.0))
}

/// Records that the person has declared their interests to the board.
pub(super) async fn declare_conflicts(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(membership) = seen::<board_membership::Entity>(session, &mut violations, "id", id).await? else {
        return Err(refused(violations));
    };
    let Some(board) = board_of(session, membership.board_id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::answer_membership(change.viewer, membership)?;
    let before = permit.model();
    fresh(expected_version, before.version)?;
    if before.stage.is_closed() {
        let message = format!(
            "This membership is {}, so there is nothing to declare for it any more.",
            before.stage
        );
        return Err(Violation::new(Code::Inactive, "id", message).into());
    }
    let row = board_membership::ActiveModel {
        conflict_declared_at: Set(Some(session.now())),
        ..Default::default()
    };
    note(
        session,
        &permit,
        &board,
        (row, "board_membership.declare_conflicts"),
    )
    .await
}
