//! What clients can do about anonymised stories.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::change::feedback_story;

use super::persist::{self, Told};
use crate::domains::boards::input::action_input;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::global_id;

/// Mutations of stories.
#[derive(Default)]
pub struct StoryMutation;

#[Object]
impl StoryMutation {
    /// Writes the story behind feedback so that nobody can be recognised by it: apart from the words of the person, who has
    /// agreed to it. There is one for each feedback. Needs: the administrator of the organisation that deals with it.
    async fn feedback_story_write(
        &self,
        ctx: &Context<'_>,
        input: FeedbackStoryWriteInput,
    ) -> Result<FeedbackStoryWritePayload> {
        let key = input.idempotency_key.clone();
        let told = Told {
            limits: area_settings(ctx)?.feedback.clone(),
            input,
        };
        Ok(mutate(ctx, key.as_ref(), None, &told, |change, told| {
            Box::pin(persist::write(change, told))
        })
        .await?
        .into())
    }

    /// Tells a story in other words. It then waits to be checked again, and nobody reads it meanwhile but those who deal with
    /// it. Needs: the administrator of the organisation that deals with the feedback, while the person agrees.
    async fn feedback_story_update(
        &self,
        ctx: &Context<'_>,
        input: FeedbackStoryUpdateInput,
    ) -> Result<FeedbackStoryUpdatePayload> {
        let about = global_id::decode_as(feedback_story::Entity::PREFIX, &input.id);
        let told = Told {
            limits: area_settings(ctx)?.feedback.clone(),
            input,
        };
        Ok(mutate(ctx, None, about, &told, |change, told| {
            Box::pin(persist::update(change, told))
        })
        .await?
        .into())
    }

    /// Says that nobody can be recognised by a story, so that it may be published. Needs: another administrator of the
    /// organisation than its writer, or the person whose story it is.
    async fn feedback_story_check(
        &self,
        ctx: &Context<'_>,
        input: FeedbackStoryCheckInput,
    ) -> Result<FeedbackStoryCheckPayload> {
        let about = global_id::decode_as(feedback_story::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::check(change, &input.id, input.expected_version))
        })
        .await?
        .into())
    }
}

/// A story to be told.
#[derive(Debug, InputObject)]
pub struct FeedbackStoryWriteInput {
    /// The feedback behind it.
    pub feedback_id: ID,
    /// The story, without names, places and dates that tell who it is: up to 5,000 characters, unless this server is set
    /// otherwise.
    pub text: String,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// A story in other words.
#[derive(Debug, InputObject)]
pub struct FeedbackStoryUpdateInput {
    /// The story.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// The story, without names, places and dates that tell who it is: up to 5,000 characters, unless this server is set
    /// otherwise.
    pub text: String,
}

action_input! {
    /// Which story was checked.
    FeedbackStoryCheckInput("The story.") {}
}

payload! {
    /// What became of a new story.
    FeedbackStoryWritePayload { feedback_story: feedback_story::Entity }
}

payload! {
    /// What became of a change to a story.
    FeedbackStoryUpdatePayload { feedback_story: feedback_story::Entity }
}

payload! {
    /// What became of a check.
    FeedbackStoryCheckPayload { feedback_story: feedback_story::Entity }
}
