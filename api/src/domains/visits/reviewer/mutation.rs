//! What clients can do to the reviewers of a visit.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::visits::peer_reviewer;

use super::persist;
use crate::domains::boards::input::action_input;
use crate::domains::outcomes::Written;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload, removal};
use crate::planner::declare::Declared;
use crate::planner::global_id;

/// Mutations of peer reviewers.
#[derive(Default)]
pub struct PeerReviewerMutation;

#[Object]
impl PeerReviewerMutation {
    /// Asks somebody to go on a visit that is planned. They then see it, and declare their interests with `conflictDeclare`. Needs: an
    /// administrator or commissioner of the organisation that answers for the visit.
    async fn peer_reviewer_add(
        &self,
        ctx: &Context<'_>,
        input: PeerReviewerAddInput,
    ) -> Result<PeerReviewerAddPayload> {
        let key = input.idempotency_key.clone();
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, key.as_ref(), None, &written, |change, written| {
            Box::pin(persist::add(change, written))
        })
        .await?
        .into())
    }

    /// Makes a reviewer lead the visit, in place of whoever does. Needs: an administrator or commissioner of the organisation that
    /// answers for the visit.
    async fn peer_reviewer_make_lead(
        &self,
        ctx: &Context<'_>,
        input: PeerReviewerMakeLeadInput,
    ) -> Result<PeerReviewerMakeLeadPayload> {
        let key = input.idempotency_key.clone();
        let about = global_id::decode_as(peer_reviewer::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::make_lead(change, input))
        })
        .await?
        .into())
    }

    /// Takes somebody off a visit that is not published: after it took place, only who does not lead it. Needs: they themselves; an
    /// administrator or commissioner of the organisation that answers for the visit.
    async fn peer_reviewer_remove(
        &self,
        ctx: &Context<'_>,
        input: PeerReviewerRemoveInput,
    ) -> Result<PeerReviewerRemovePayload> {
        let about = global_id::decode_as(peer_reviewer::Entity::PREFIX, &input.id);
        let outcome = mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::remove(change, input))
        })
        .await?;
        Ok(PeerReviewerRemovePayload::new(input.id, outcome))
    }
}

/// Who goes on which visit.
#[derive(Debug, InputObject)]
pub struct PeerReviewerAddInput {
    /// The visit.
    pub visit_id: ID,
    /// The person: somebody you may see.
    pub person_id: ID,
    /// Whether they lead it: one of its reviewers does.
    #[graphql(default)]
    pub lead: bool,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

action_input! {
    /// Who leads a visit.
    PeerReviewerMakeLeadInput("The reviewer.") {}
}

/// Who is taken off a visit.
#[derive(Debug, InputObject)]
pub struct PeerReviewerRemoveInput {
    /// The reviewer.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
}

payload! {
    /// What became of a new reviewer.
    PeerReviewerAddPayload { peer_reviewer: peer_reviewer::Entity }
}

payload! {
    /// What became of a new lead.
    PeerReviewerMakeLeadPayload { peer_reviewer: peer_reviewer::Entity }
}

removal! {
    /// What became of a reviewer who was taken off.
    PeerReviewerRemovePayload {
        /// The id of the reviewer that is gone; null when they are still there.
        deleted_peer_reviewer_id,
        /// The reviewer as they are now, when they could not be taken off and you may see them.
        peer_reviewer: peer_reviewer::Entity,
    }
}
