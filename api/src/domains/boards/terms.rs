//! Terms that are over end by themselves (`domain.md` 2.2 and 2.10): a membership whose last day has passed becomes `ENDED`
//! with `TERM_EXPIRED`, with a row in its history and an event, as every other step.

use entity::boards::kinds::{MembershipEndReason, MembershipStage};
use entity::boards::{board, board_membership};
use entity::id::BoardMembershipId;
use sea_orm::ColumnTrait;
use sea_orm::prelude::DateTimeUtc;
use sea_orm::sea_query::Condition;

use super::membership::record::{Step, board_facts, record_step};
use super::rules::moves::{Actor as Mover, MembershipState, MoveRequest, plan_move};
use super::rules::representation::terms_due;
use crate::events::Actor;
use crate::policy::Viewer;
use crate::policy::areas::boards as policy;
use crate::store::{Store, StoreError, WriteError, WriteSession};

/// The name under which the audit knows this job.
pub const JOB: &str = "terms";

/// Ends the terms that are over at `now`, each in a transaction of its own, and answers how many there were. Several nodes
/// may run it at once: a membership ends once.
///
/// # Errors
/// When the database fails. Terms ended before that stay ended.
pub async fn end_terms(store: &Store, now: DateTimeUtc) -> Result<usize, StoreError> {
    let mut ended = 0;
    let due = due(&begin(store, now).await?, Condition::all()).await?;
    for membership in due {
        ended += usize::from(end_term(store, now, membership.id).await?);
    }
    Ok(ended)
}

async fn begin(store: &Store, now: DateTimeUtc) -> Result<WriteSession, StoreError> {
    store
        .begin(Viewer::public().values(), Actor::system(JOB), now)
        .await
}

/// The memberships whose term is over, of those that fulfil a condition.
async fn due(
    session: &WriteSession,
    condition: Condition,
) -> Result<Vec<board_membership::Model>, StoreError> {
    use board_membership::Column as C;
    let today = session.now().date_naive();
    let over = condition
        .add(C::Stage.is_in(MembershipStage::HOLDING))
        .add(C::ToOn.lt(today));
    let found = session.facts::<board_membership::Entity>(over).await?;
    Ok(terms_due(&found, today).into_iter().cloned().collect())
}

/// Ends one term, unless somebody else has ended or prolonged it meanwhile.
async fn end_term(store: &Store, now: DateTimeUtc, id: BoardMembershipId) -> Result<bool, StoreError> {
    let session = begin(store, now).await?;
    let this = || Condition::all().add(board_membership::Column::Id.eq(id));
    let Some(found) = due(&session, this()).await?.pop() else {
        return Ok(false);
    };
    session.lock::<board::Entity>(found.board_id).await?;
    let of = Condition::all().add(board::Column::Id.eq(found.board_id));
    let board = session.facts::<board::Entity>(of).await?.pop();
    let (Some(membership), Some(board)) = (due(&session, this()).await?.pop(), board) else {
        return Ok(false);
    };
    let today = now.date_naive();
    let Ok(permit) = policy::end_term(membership, today) else {
        return Ok(false);
    };
    let request = MoveRequest {
        end_reason: Some(MembershipEndReason::TermExpired),
        ..MoveRequest::default()
    };
    let facts = board_facts(&board, Mover::System, today, request);
    let plan = match plan_move(
        &MembershipState::from(permit.model()),
        MembershipStage::Ended,
        &facts,
    ) {
        Ok(plan) => plan,
        Err(violations) => {
            tracing::error!(membership = %id, ?violations, "a term that is over could not be ended");
            return Ok(false);
        }
    };
    let step = Step {
        action: "board_membership.end",
        plan,
        visited_on: None,
    };
    match record_step::<std::convert::Infallible>(&session, &permit, &board, step).await {
        Ok((_, event)) => {
            let recorded = session.record(event, ());
            session.commit(recorded).await?;
            Ok(true)
        }
        Err(WriteError::Store(error)) => Err(error),
        Err(WriteError::Stale | WriteError::Refused(_)) => Ok(false),
    }
}
