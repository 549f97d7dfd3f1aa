//! What clients can do about "you said, we did".

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use entity::change::kinds::EffectClaim;
use entity::change::{you_said_we_did, you_said_we_did_source};

use super::persist::{self, Written};
use super::{publication, sources};
use crate::domains::boards::input::action_input;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{Outcome, UserError, mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, Planned, global_id};

/// Mutations of "you said, we did".
#[derive(Default)]
pub struct YouSaidWeDidMutation;

fn about(id: &ID) -> Option<sea_orm::prelude::Uuid> {
    global_id::decode_as(you_said_we_did::Entity::PREFIX, id)
}

#[Object]
impl YouSaidWeDidMutation {
    /// Begins to tell what people said and what was done about it, as a draft that nobody else reads. Needs: the
    /// administrator of the organisation that answers for it.
    async fn you_said_we_did_create(
        &self,
        ctx: &Context<'_>,
        input: YouSaidWeDidCreateInput,
    ) -> Result<YouSaidWeDidCreatePayload> {
        let key = input.idempotency_key.clone();
        let written = Written {
            limits: area_settings(ctx)?.feedback.clone(),
            input,
        };
        Ok(mutate(ctx, key.as_ref(), None, &written, |change, written| {
            Box::pin(persist::create(change, written))
        })
        .await?
        .into())
    }

    /// Changes a draft. Needs: the administrator of the organisation that answers for it.
    async fn you_said_we_did_update(
        &self,
        ctx: &Context<'_>,
        input: YouSaidWeDidUpdateInput,
    ) -> Result<YouSaidWeDidUpdatePayload> {
        let about = about(&input.id);
        let written = Written {
            limits: area_settings(ctx)?.feedback.clone(),
            input,
        };
        Ok(mutate(ctx, None, about, &written, |change, written| {
            Box::pin(persist::update(change, written))
        })
        .await?
        .into())
    }

    /// Publishes a draft: everybody may read it from then on. It names what it goes back to; the stories that it shows were
    /// checked, and their people agree. Needs: the administrator of the organisation that answers for it.
    async fn you_said_we_did_publish(
        &self,
        ctx: &Context<'_>,
        input: YouSaidWeDidPublishInput,
    ) -> Result<YouSaidWeDidPublishPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                Box::pin(publication::publish(change, &input.id, input.expected_version))
            })
            .await?
            .into(),
        )
    }

    /// Takes back what was published, for a reason: nobody reads it any more but the administrators of its organisation.
    /// Needs: one of those.
    async fn you_said_we_did_withdraw(
        &self,
        ctx: &Context<'_>,
        input: YouSaidWeDidWithdrawInput,
    ) -> Result<YouSaidWeDidWithdrawPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                Box::pin(publication::withdraw(change, input))
            })
            .await?
            .into(),
        )
    }

    /// Names in a draft what it goes back to: feedback that the same organisation deals with, and its story if that is to be
    /// shown; a decision of a board; something done for one; or what a reviewer said of a resource. Needs: the administrator of
    /// the organisation that answers for it.
    async fn you_said_we_did_source_add(
        &self,
        ctx: &Context<'_>,
        input: YouSaidWeDidSourceAddInput,
    ) -> Result<YouSaidWeDidSourceAddPayload> {
        let key = input.idempotency_key.clone();
        let written = Written {
            limits: area_settings(ctx)?.feedback.clone(),
            input,
        };
        Ok(mutate(ctx, key.as_ref(), None, &written, |change, written| {
            Box::pin(sources::add(change, written))
        })
        .await?
        .into())
    }

    /// Takes a source out of a draft. Needs: the administrator of the organisation that answers for it.
    async fn you_said_we_did_source_remove(
        &self,
        ctx: &Context<'_>,
        input: YouSaidWeDidSourceRemoveInput,
    ) -> Result<YouSaidWeDidSourceRemovePayload> {
        let about = global_id::decode_as(you_said_we_did_source::Entity::PREFIX, &input.id);
        let outcome = mutate(ctx, None, about, &input, |change, input| {
            Box::pin(sources::remove(change, &input.id, input.expected_version))
        })
        .await?;
        Ok(YouSaidWeDidSourceRemovePayload::new(input.id, outcome))
    }
}

/// What is to be told.
#[derive(Debug, InputObject)]
pub struct YouSaidWeDidCreateInput {
    /// The organisation that answers for it.
    pub organisation_id: ID,
    /// What people said: 1 to 5,000 characters, unless this server is set otherwise.
    pub said: String,
    /// What was done: up to as many. Without it, say why not.
    pub did: Option<String>,
    /// Why nothing was done, or not everything: up to as many.
    pub why_not: Option<String>,
    /// Figures before and after, as somebody reported them.
    pub effect: Option<ReportedEffectInput>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Figures before and after a change, as somebody reported them: estimates, which nobody has counted.
#[derive(Clone, Debug, InputObject)]
pub struct ReportedEffectInput {
    /// What they are about, such as `People who are satisfied with their care`: 1 to 200 characters.
    pub measure: String,
    /// The figure before, such as `about 60%`: 1 to 60 characters, without a denominator.
    pub before: String,
    /// The figure after, such as `about 99%`: the same.
    pub after: String,
    /// What is claimed about the cause.
    pub claim: OneOf<EffectClaim>,
}

/// What to change of a draft. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct YouSaidWeDidUpdateInput {
    /// The draft.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What people said: 1 to 5,000 characters, unless this server is set otherwise.
    pub said: MaybeUndefined<String>,
    /// What was done: up to as many.
    pub did: MaybeUndefined<String>,
    /// Why nothing was done, or not everything: up to as many.
    pub why_not: MaybeUndefined<String>,
    /// Figures before and after, as somebody reported them.
    pub effect: MaybeUndefined<ReportedEffectInput>,
}

action_input! {
    /// Which draft is published.
    YouSaidWeDidPublishInput("The draft.") {}
}

action_input! {
    /// What is withdrawn.
    YouSaidWeDidWithdrawInput("What was published.") {
        /// Why: 1 to 2,000 characters.
        reason: String,
    }
}

/// What a draft goes back to: one of these, and no other.
#[derive(Debug, InputObject)]
pub struct YouSaidWeDidSourceAddInput {
    /// The draft.
    pub you_said_we_did_id: ID,
    /// Feedback that the same organisation deals with.
    pub feedback_id: Option<ID>,
    /// The anonymised story of that feedback, if it is to be shown.
    pub story_id: Option<ID>,
    /// A decision of a board.
    pub board_decision_id: Option<ID>,
    /// Something that somebody did for a board.
    pub action_id: Option<ID>,
    /// What a reviewer said of a resource.
    pub resource_review_id: Option<ID>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Which source a draft does not go back to after all.
#[derive(Debug, InputObject)]
pub struct YouSaidWeDidSourceRemoveInput {
    /// The source.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
}

payload! {
    /// What became of a new draft.
    YouSaidWeDidCreatePayload { you_said_we_did: you_said_we_did::Entity }
}

payload! {
    /// What became of a change to a draft.
    YouSaidWeDidUpdatePayload { you_said_we_did: you_said_we_did::Entity }
}

payload! {
    /// What became of a publication.
    YouSaidWeDidPublishPayload { you_said_we_did: you_said_we_did::Entity }
}

payload! {
    /// What became of a withdrawal.
    YouSaidWeDidWithdrawPayload { you_said_we_did: you_said_we_did::Entity }
}

payload! {
    /// What became of a source.
    YouSaidWeDidSourceAddPayload { you_said_we_did_source: you_said_we_did_source::Entity }
}

/// What became of a source that was taken out.
#[derive(Debug, SimpleObject)]
pub struct YouSaidWeDidSourceRemovePayload {
    /// The global id of the source that is gone; null when nothing was taken out.
    removed_you_said_we_did_source_id: Option<ID>,
    /// The source as it is now, when it was not taken out and you may read it; null once it is gone.
    you_said_we_did_source: Option<Planned<you_said_we_did_source::Entity>>,
    /// The rules that the input does not keep, all at once. When there are any, nothing has changed.
    user_errors: Vec<UserError>,
}

impl YouSaidWeDidSourceRemovePayload {
    fn new(id: ID, outcome: Outcome) -> Self {
        let is_gone = outcome.user_errors.is_empty();
        Self {
            removed_you_said_we_did_source_id: is_gone.then_some(id),
            you_said_we_did_source: outcome.id.filter(|_| !is_gone).map(Planned::new),
            user_errors: outcome.user_errors,
        }
    }
}
