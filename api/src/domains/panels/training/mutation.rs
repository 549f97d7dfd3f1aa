//! What clients can do to courses and to the records of their completion.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::panels::{training_course, training_record};

use super::persist;
use crate::domains::boards::input::action_input;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{Date, global_id};

/// Mutations of training.
#[derive(Default)]
pub struct TrainingMutation;

#[Object]
impl TrainingMutation {
    /// Adds a course that an organisation gives. Needs: the administrator of the organisation.
    async fn training_course_create(
        &self,
        ctx: &Context<'_>,
        input: TrainingCourseCreateInput,
    ) -> Result<TrainingCourseCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create_course(change, input))
        })
        .await?
        .into())
    }

    /// Changes a course. How long a completion counts changes for those recorded from then on. Needs: the administrator of
    /// the organisation that gives it.
    async fn training_course_update(
        &self,
        ctx: &Context<'_>,
        input: TrainingCourseUpdateInput,
    ) -> Result<TrainingCourseUpdatePayload> {
        let about = global_id::decode_as(training_course::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::update_course(change, input))
        })
        .await?
        .into())
    }

    /// Gives a course up. Completions up to that day count on. Needs: the administrator of the organisation that gives it.
    async fn training_course_close(
        &self,
        ctx: &Context<'_>,
        input: TrainingCourseCloseInput,
    ) -> Result<TrainingCourseClosePayload> {
        let about = global_id::decode_as(training_course::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::close_course(change, input))
        })
        .await?
        .into())
    }

    /// Records that somebody completed a course. Needs: the administrator of the organisation that gives it, for somebody
    /// else than themselves.
    async fn training_record_create(
        &self,
        ctx: &Context<'_>,
        input: TrainingRecordCreateInput,
    ) -> Result<TrainingRecordCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create_record(change, input))
        })
        .await?
        .into())
    }

    /// Changes until when a completion counts, and whether the person is a champion. Needs: the administrator of the
    /// organisation that gives the course, for somebody else than themselves.
    async fn training_record_update(
        &self,
        ctx: &Context<'_>,
        input: TrainingRecordUpdateInput,
    ) -> Result<TrainingRecordUpdatePayload> {
        let about = global_id::decode_as(training_record::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::update_record(change, input))
        })
        .await?
        .into())
    }
}

/// A new course.
#[derive(Debug, InputObject)]
pub struct TrainingCourseCreateInput {
    /// The organisation that gives it.
    pub organisation_id: ID,
    /// Its short name, unique within the organisation: 1 to 50 characters.
    pub code: String,
    /// What it is called: 1 to 200 characters.
    pub title: String,
    /// What it is about: up to 2,000 characters.
    pub description: Option<String>,
    /// How many months a completion counts, from 1 to 600; leave it out when it counts for good.
    pub valid_months: Option<i32>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a course. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct TrainingCourseUpdateInput {
    /// The course.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What it is called: 1 to 200 characters.
    pub title: MaybeUndefined<String>,
    /// What it is about: up to 2,000 characters.
    pub description: MaybeUndefined<String>,
    /// How many months a completion counts, from 1 to 600; null when it counts for good.
    pub valid_months: MaybeUndefined<i32>,
}

action_input! {
    /// Which course is given up.
    TrainingCourseCloseInput("The course.") {}
}

/// Who completed which course.
#[derive(Debug, InputObject)]
pub struct TrainingRecordCreateInput {
    /// The course.
    pub course_id: ID,
    /// The person: somebody you may see.
    pub person_id: ID,
    /// The day of completion: today or before.
    pub completed_on: Date,
    /// The last day on which it counts, no later than the course says; that day when you leave it out.
    pub expires_on: Option<Date>,
    /// Whether the person has become a champion, who passes on what they learned; no when you leave it out.
    pub champion: Option<bool>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of the record of a completion. A field that is left out stays.
#[derive(Debug, InputObject)]
pub struct TrainingRecordUpdateInput {
    /// The record.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// The last day on which it counts, no later than the course says; null for as long as the course says.
    pub expires_on: MaybeUndefined<Date>,
    /// Whether the person is a champion.
    pub champion: MaybeUndefined<bool>,
}

payload! {
    /// What became of a new course.
    TrainingCourseCreatePayload { training_course: training_course::Entity }
}

payload! {
    /// What became of a change to a course.
    TrainingCourseUpdatePayload { training_course: training_course::Entity }
}

payload! {
    /// What became of the end of a course.
    TrainingCourseClosePayload { training_course: training_course::Entity }
}

payload! {
    /// What became of the record of a completion.
    TrainingRecordCreatePayload { training_record: training_record::Entity }
}

payload! {
    /// What became of a change to the record of a completion.
    TrainingRecordUpdatePayload { training_record: training_record::Entity }
}
