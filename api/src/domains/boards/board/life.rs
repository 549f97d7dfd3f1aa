//! The life of a board, and what the public reads of it.

use async_graphql::ID;
use entity::boards::kinds::{BoardStatus, MembershipEndReason, MembershipStage};
use entity::boards::{board, board_membership};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::persist::{event, seats_of};
use crate::domains::boards::input::at_input;
use crate::domains::boards::membership::record::{Step, board_facts, record_step};
use crate::domains::boards::rules::moves::{Actor, MembershipState, MoveRequest, plan_move};
use crate::domains::boards::rules::publication;
use crate::domains::boards::rules::quorum::QuorumRules;
use crate::domains::boards::rules::status::plan_status;
use crate::domains::violation::{Violations, optional_long_text};
use crate::events::Event;
use crate::graphql::patch::{fresh, refused, seen};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::areas::boards as policy;
use crate::store::{WriteError, WriteSession};

/// A change of a board's status.
#[derive(Debug)]
pub(super) struct StatusStep<'a> {
    pub id: &'a ID,
    pub expected_version: i32,
    pub to: BoardStatus,
    /// The name of the event.
    pub action: &'static str,
    pub reason: Option<&'a str>,
}

pub(super) async fn change_status(change: Change<'_>, step: StatusStep<'_>) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let reason = violations.keep(optional_long_text("reason", step.reason, 2_000));
    let Some(board) = seen::<board::Entity>(session, &mut violations, "id", step.id).await? else {
        return Err(refused(violations));
    };
    session.lock::<board::Entity>(board.id).await?;
    let permit = policy::update_board(change.viewer, board)?;
    let before = permit.model();
    fresh(step.expected_version, before.version)?;
    let seats = seats_of(session, before.id).await?;
    let plan = plan_status(before.status, step.to, QuorumRules::from(before), &seats);
    let plan = violations.keep_all(plan.map_err(|found| at_input(found, &[])));
    violations.into_result()?;

    let row = board::ActiveModel {
        status: Set(plan.map_or(step.to, |plan| plan.status)),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let mut events = Vec::new();
    if plan.is_some_and(|plan| plan.closes_memberships) {
        events = close_memberships(change, before).await?;
    }
    let board = session.update(&permit, step.expected_version, row).await?;
    let closed = event(step.action, &board)
        .changed(changed)
        .because(reason.flatten());
    events.insert(0, closed);
    Ok(session.record_all(events, board.id.0))
}

/// Members end with the board; whoever was on the way is declined.
async fn close_memberships(
    change: Change<'_>,
    board: &board::Model,
) -> Result<Vec<Event>, WriteError<Refused>> {
    use board_membership::Column as C;
    let open = Condition::all()
        .add(C::BoardId.eq(board.id))
        .add(C::Stage.is_not_in(MembershipStage::CLOSED));
    let memberships = change.session.facts::<board_membership::Entity>(open).await?;
    let mut events = Vec::with_capacity(memberships.len() + 1);
    for membership in memberships {
        let holds_a_seat = membership.stage.holds_a_seat();
        let permit = policy::steer_membership(change.viewer, membership, board.host_organisation_id)?;
        let (to, action) = if holds_a_seat {
            (MembershipStage::Ended, "board_membership.end")
        } else {
            (MembershipStage::Declined, "board_membership.decline")
        };
        let request = MoveRequest {
            end_reason: holds_a_seat.then_some(MembershipEndReason::BoardClosed),
            reason: Some("The board was closed.".to_owned()),
            ..MoveRequest::default()
        };
        let facts = board_facts(board, Actor::Chair, change.session.now().date_naive(), request);
        let plan = plan_move(&MembershipState::from(permit.model()), to, &facts)?;
        let step = Step {
            action,
            plan,
            visited_on: None,
        };
        let (_, event) = record_step(change.session, &permit, board, step).await?;
        events.push(event);
    }
    Ok(events)
}

/// Whether everybody may read a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Publication {
    /// From now on.
    Publish,
    /// No longer.
    Unpublish,
}

pub(super) async fn publish(
    change: Change<'_>,
    id: &ID,
    expected_version: i32,
    publication: Publication,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(board) = seen::<board::Entity>(session, &mut violations, "id", id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::update_board(change.viewer, board)?;
    let before = permit.model();
    fresh(expected_version, before.version)?;
    let (action, published_at) = match publication {
        Publication::Publish => {
            let at = publication::publish(before.published_at, session.now())?;
            ("board.publish", Some(at))
        }
        Publication::Unpublish => {
            publication::unpublish(before.published_at)?;
            ("board.unpublish", None)
        }
    };
    let row = board::ActiveModel {
        published_at: Set(published_at),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let board = session.update(&permit, expected_version, row).await?;
    let event = event(action, &board).changed(changed);
    Ok(session.record(event, board.id.0))
}
