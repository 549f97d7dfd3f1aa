//! What organisations do about feedback, step by step.

use async_graphql::ID;
use entity::boards::board;
use entity::boards::kinds::BoardStatus;
use entity::change::kinds::FeedbackStatus;
use entity::change::{feedback, feedback_step};
use entity::id::{FeedbackStepId, UserId};
use entity::private::Private;
use sea_orm::Set;

use super::mutation::FeedbackShareWithBoardInput;
use crate::domains::change::facts::{event, held};
use crate::domains::change::rules::feedback::check_move;
use crate::domains::violation::{
    UserErrorCode as Code, Violation, Violations, long_text, optional_long_text,
};
use crate::events::IdempotencyKey;
use crate::graphql::patch::{fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::feedback::{self as policy, DealWithFeedback};
use crate::store::WriteSession;

/// The longest note, in characters.
const LONGEST_NOTE: usize = 5_000;

/// A step that whoever deals with feedback asks for.
#[derive(Debug)]
pub(super) struct Step<'a> {
    pub id: &'a ID,
    pub expected_version: i32,
    pub key: Option<&'a IdempotencyKey>,
    /// The name of the event.
    pub action: &'static str,
    pub to: FeedbackStatus,
    pub note: Option<&'a str>,
    pub is_note_needed: bool,
}

/// Leave to deal with the feedback of an id, if the viewer may see it. It is held until the change is over.
async fn dealt_with(
    change: Change<'_>,
    violations: &mut Violations,
    id: &ID,
) -> Result<Option<Permit<DealWithFeedback, feedback::Model>>, ChangeError> {
    let Some(found) = seen::<feedback::Entity>(change.session, violations, "id", id).await? else {
        return Ok(None);
    };
    let Some(feedback) = held(change.session, found.id).await? else {
        return Ok(None);
    };
    Ok(Some(policy::deal_with_feedback(change.viewer, feedback)?))
}

/// Takes a step, if the viewer may and the rules allow it.
pub(super) async fn take(change: Change<'_>, step: Step<'_>) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let note = match step.note {
        Some(note) if step.is_note_needed => long_text("note", note, 1..=LONGEST_NOTE).map(Some),
        note => optional_long_text("note", note, LONGEST_NOTE),
    };
    let note = violations.keep(note).flatten();
    let Some(permit) = dealt_with(change, &mut violations, step.id).await? else {
        return Err(refused(violations));
    };
    let before = permit.model();
    fresh(step.expected_version, before.version)?;
    let checked = check_move(before.status, step.to);
    violations.keep(checked.map_err(|wrong| Violation::new(wrong.code, "id", wrong.message)));
    violations.into_result()?;

    let now = session.now();
    let mut row = feedback::ActiveModel {
        status: Set(step.to),
        ..Default::default()
    };
    if step.to == FeedbackStatus::Acknowledged {
        row.acknowledged_at = Set(Some(now));
    }
    let changed = WriteSession::changed(Some(before), &row);
    let feedback: feedback::Model = session.update(&permit, before.version, row).await?;
    let taken = feedback_step::ActiveModel {
        id: Set(FeedbackStepId::new()),
        feedback_id: Set(feedback.id),
        from_status: Set(Some(before.status)),
        to_status: Set(step.to),
        at: Set(now),
        note: Set(note.map(Private::new)),
        by_user_id: Set(session.actor().user.map(UserId)),
    };
    session.insert(&permit, taken).await?;
    let event = event((step.action, "feedback"), feedback.id, &feedback).changed(changed);
    Ok(session.record(event, feedback.id.0))
}

pub(super) async fn share(change: Change<'_>, input: &FeedbackShareWithBoardInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let board = input.board_id.as_ref();
    let board = seen_if_named::<board::Entity>(session, &mut violations, "boardId", board).await?;
    let Some(permit) = dealt_with(change, &mut violations, &input.id).await? else {
        return Err(refused(violations));
    };
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    if let Some(board) = &board {
        let is_hosted = board.host_organisation_id == before.organisation_id;
        violations.check(is_hosted, Code::RuleBroken, "boardId", || {
            "Another organisation hosts this board. Feedback is shared with the boards of the organisation that deals with it."
                .to_owned()
        });
        violations.check(
            board.status != BoardStatus::Closed,
            Code::Inactive,
            "boardId",
            || "This board is closed, so nobody there reads feedback any more.".to_owned(),
        );
    }
    violations.into_result()?;
    let row = feedback::ActiveModel {
        board_id: Set(board.map(|board| board.id)),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let feedback: feedback::Model = session.update(&permit, before.version, row).await?;
    let event = event(("feedback.share_with_board", "feedback"), feedback.id, &feedback).changed(changed);
    Ok(session.record(event, feedback.id.0))
}
