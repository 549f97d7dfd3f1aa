//! Writing a step of a membership down: the row, its history, the event, all in one transaction.

use chrono::NaiveDate;
use entity::boards::kinds::MembershipStage;
use entity::boards::{board, board_membership, board_membership_change};
use entity::id::{BoardMembershipChangeId, UserId};
use sea_orm::{ActiveValue, Set};

use crate::domains::boards::rules::moves::{Actor, MoveFacts, MoveRequest, StagePlan};
use crate::events::Event;
use crate::policy::Permit;
use crate::policy::areas::boards::MoveMembership;
use crate::store::{StoreError, WriteError, WriteSession};

/// A planned step, ready to be written down.
#[derive(Debug)]
pub(in crate::domains::boards) struct Step {
    /// The name of the event.
    pub action: &'static str,
    /// The membership after it.
    pub plan: StagePlan,
    /// The day of a visit, when the step tells of one.
    pub visited_on: Option<NaiveDate>,
}

/// What a step depends on when it concerns no seat: the end of a path.
pub(in crate::domains::boards) fn board_facts(
    board: &board::Model,
    actor: Actor,
    today: NaiveDate,
    request: MoveRequest,
) -> MoveFacts {
    MoveFacts {
        actor,
        today,
        board_status: board.status,
        term_months: board.term_months,
        seat: None,
        visited: false,
        appointed: false,
        request,
    }
}

/// Something happened to a membership. Reasons stand in its history, where only the person and the board's own read them;
/// the audit has a wider circle of readers, so it says which fields changed and not why.
pub(super) fn event(
    action: &'static str,
    board: &board::Model,
    membership: &board_membership::Model,
) -> Event {
    Event::new(action, "board_membership", membership.id)
        .of_organisation(board.host_organisation_id)
        .of_partnership(board.partnership_id)
}

/// Writes a step down: the membership as planned, a row of its history, and the event to be recorded.
///
/// # Errors
/// [`WriteError::Stale`] when the membership has changed since the permit was given; the database's failure.
pub(in crate::domains::boards) async fn record_step<R>(
    session: &WriteSession,
    permit: &Permit<MoveMembership, board_membership::Model>,
    board: &board::Model,
    step: Step,
) -> Result<(board_membership::Model, Event), WriteError<R>> {
    let (before, plan) = (permit.model(), step.plan);
    let row = board_membership::ActiveModel {
        stage: Set(plan.stage),
        seat_id: Set(plan.seat_id),
        from_on: Set(plan.from_on),
        to_on: Set(plan.to_on),
        end_reason: Set(plan.end_reason),
        visit_waiver_reason: Set(plan.visit_waiver_reason),
        decision_waiver_reason: Set(plan.decision_waiver_reason),
        conflict_declared_at: Set(plan.conflict_declared_at),
        visited_on: step.visited_on.map_or(ActiveValue::NotSet, |on| Set(Some(on))),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let membership = session.update(permit, before.version, row).await?;
    let from = Some(plan.from_stage);
    record_history(session, permit, &membership, (from, plan.reason, plan.waiver)).await?;
    let event = event(step.action, board, &membership).changed(changed);
    Ok((membership, event))
}

/// Adds a row to the history of a membership, which says how it stands now.
pub(super) async fn record_history<P, M>(
    session: &WriteSession,
    permit: &Permit<P, M>,
    membership: &board_membership::Model,
    (from_stage, reason, waiver): (Option<MembershipStage>, Option<String>, bool),
) -> Result<(), StoreError> {
    let row = board_membership_change::ActiveModel {
        id: Set(BoardMembershipChangeId::new()),
        membership_id: Set(membership.id),
        board_id: Set(membership.board_id),
        person_id: Set(membership.person_id),
        seat_id: Set(membership.seat_id),
        from_stage: Set(from_stage),
        to_stage: Set(membership.stage),
        changed_at: Set(session.now()),
        reason: Set(reason),
        waiver: Set(waiver),
        changed_by_user_id: Set(session.actor().user.map(UserId)),
    };
    session.insert(permit, row).await?;
    Ok(())
}
