//! What clients can do to decisions: record them. They are never changed; a board that thinks again decides again.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::meetings::board_decision;
use entity::meetings::kinds::{DecisionMethod, DecisionOutcome};

use super::persist;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::OneOf;

/// Mutations of decisions.
#[derive(Default)]
pub struct BoardDecisionMutation;

#[Object]
impl BoardDecisionMutation {
    /// Records what the board decided on an item for decision, while the meeting is held. At that moment the board's quorum,
    /// and its quorum of lived experience, must be there: members whose attendance is `PRESENT`, who are active, in a seat
    /// with a vote. Needs: the board's chair or facilitator, or the administrator of its host.
    async fn board_decision_record(
        &self,
        ctx: &Context<'_>,
        input: BoardDecisionRecordInput,
    ) -> Result<BoardDecisionRecordPayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::record(change, input))
        })
        .await?
        .into())
    }
}

/// What was decided.
#[derive(Debug, InputObject)]
pub struct BoardDecisionRecordInput {
    /// The item: accepted, and for `DECISION`.
    pub agenda_item_id: ID,
    /// What was decided, in plain words: 1 to 5,000 characters.
    pub text: String,
    /// How.
    pub method: OneOf<DecisionMethod>,
    /// With what outcome. A vote approves with more votes for than against.
    pub outcome: OneOf<DecisionOutcome>,
    /// How many voted for it. For a `VOTE`, not for a `CONSENSUS`.
    pub votes_for: Option<i32>,
    /// How many voted against it. For a `VOTE`, not for a `CONSENSUS`.
    pub votes_against: Option<i32>,
    /// How many abstained. For a `VOTE`, not for a `CONSENSUS`. All three together are no more than the voting members
    /// present.
    pub votes_abstain: Option<i32>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

payload! {
    /// What became of a decision.
    BoardDecisionRecordPayload { board_decision: board_decision::Entity }
}
