//! What clients can do to indicators and their versions.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::outcomes::kinds::{IndicatorPolarity, IndicatorUnit};
use entity::outcomes::{indicator, indicator_version};

use super::{persist, versions};
use crate::domains::boards::input::action_input;
use crate::domains::outcomes::Written;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{Date, OneOf, global_id};

/// Mutations of indicators.
#[derive(Default)]
pub struct IndicatorMutation;

#[Object]
impl IndicatorMutation {
    /// Adds an indicator to an outcome of a framework that is a draft or in use. Needs: an administrator or commissioner of the
    /// organisation that publishes the framework.
    async fn indicator_create(
        &self,
        ctx: &Context<'_>,
        input: IndicatorCreateInput,
    ) -> Result<IndicatorCreatePayload> {
        let key = input.idempotency_key.clone();
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, key.as_ref(), None, &written, |change, written| {
            Box::pin(persist::create(change, written))
        })
        .await?
        .into())
    }

    /// Changes an indicator of a draft. Needs: an administrator or commissioner of the organisation that publishes the
    /// framework.
    async fn indicator_update(
        &self,
        ctx: &Context<'_>,
        input: IndicatorUpdateInput,
    ) -> Result<IndicatorUpdatePayload> {
        let about = global_id::decode_as(indicator::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }

    /// Says how an indicator is worded and worked out from a day on. It begins after the version before has ended, and says
    /// whether its figures can be compared with that one's. Needs: an administrator or commissioner of the organisation that
    /// publishes the framework.
    async fn indicator_version_create(
        &self,
        ctx: &Context<'_>,
        input: IndicatorVersionCreateInput,
    ) -> Result<IndicatorVersionCreatePayload> {
        let key = input.idempotency_key.clone();
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, key.as_ref(), None, &written, |change, written| {
            Box::pin(versions::create(change, written))
        })
        .await?
        .into())
    }

    /// Changes a version of which no figure has been recorded. Needs: an administrator or commissioner of the organisation that
    /// publishes the framework.
    async fn indicator_version_update(
        &self,
        ctx: &Context<'_>,
        input: IndicatorVersionUpdateInput,
    ) -> Result<IndicatorVersionUpdatePayload> {
        let about = global_id::decode_as(indicator_version::Entity::PREFIX, &input.id);
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, None, about, &written, |change, written| {
            Box::pin(versions::update(change, written))
        })
        .await?
        .into())
    }

    /// Gives a version its last day, so that another can begin. Needs: an administrator or commissioner of the organisation
    /// that publishes the framework.
    async fn indicator_version_end(
        &self,
        ctx: &Context<'_>,
        input: IndicatorVersionEndInput,
    ) -> Result<IndicatorVersionEndPayload> {
        let key = input.idempotency_key.clone();
        let about = global_id::decode_as(indicator_version::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(versions::end(change, input))
        })
        .await?
        .into())
    }
}

/// A new indicator.
#[derive(Debug, InputObject)]
pub struct IndicatorCreateInput {
    /// The outcome that it shows.
    pub outcome_id: ID,
    /// Its code, which no other indicator of the framework has: 1 to 40 characters.
    pub code: String,
    /// What it is called: 1 to 200 characters.
    pub title: String,
    /// What it counts in.
    pub unit: OneOf<IndicatorUnit>,
    /// With how many decimal places its values are shown: 0 to 6.
    pub decimals: i32,
    /// Which way it gets better.
    pub polarity: OneOf<IndicatorPolarity>,
    /// Its place in the framework, from 1; after the others when it is left out.
    pub ordinal: Option<i32>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of an indicator. A field that is left out stays.
#[derive(Debug, InputObject)]
pub struct IndicatorUpdateInput {
    /// The indicator.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What it is called: 1 to 200 characters.
    pub title: MaybeUndefined<String>,
    /// What it counts in.
    pub unit: MaybeUndefined<OneOf<IndicatorUnit>>,
    /// With how many decimal places its values are shown: 0 to 6.
    pub decimals: MaybeUndefined<i32>,
    /// Which way it gets better.
    pub polarity: MaybeUndefined<OneOf<IndicatorPolarity>>,
    /// Its place in the framework, from 1.
    pub ordinal: MaybeUndefined<i32>,
}

/// A new wording of an indicator.
#[derive(Debug, InputObject)]
pub struct IndicatorVersionCreateInput {
    /// The indicator.
    pub indicator_id: ID,
    /// How it is worded and worked out: 1 to 5,000 characters, unless this server is set otherwise.
    pub definition: String,
    /// The first day it counts for.
    pub valid_from: Date,
    /// The last day it counts for, if that is known.
    pub valid_to: Option<Date>,
    /// Whether its figures can be compared with those of the version before; false for the first.
    pub comparable_with_previous: bool,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a wording. A field that is left out stays.
#[derive(Debug, InputObject)]
pub struct IndicatorVersionUpdateInput {
    /// The version.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// How it is worded and worked out: 1 to 5,000 characters, unless this server is set otherwise.
    pub definition: MaybeUndefined<String>,
    /// Whether its figures can be compared with those of the version before; false for the first.
    pub comparable_with_previous: MaybeUndefined<bool>,
}

action_input! {
    /// Which wording ends, and when.
    IndicatorVersionEndInput("The version.") {
        /// The last day it counts for.
        valid_to: Date,
    }
}

payload! {
    /// What became of a new indicator.
    IndicatorCreatePayload { indicator: indicator::Entity }
}

payload! {
    /// What became of a change to an indicator.
    IndicatorUpdatePayload { indicator: indicator::Entity }
}

payload! {
    /// What became of a new wording.
    IndicatorVersionCreatePayload { indicator_version: indicator_version::Entity }
}

payload! {
    /// What became of a change to a wording.
    IndicatorVersionUpdatePayload { indicator_version: indicator_version::Entity }
}

payload! {
    /// What became of a wording that ends.
    IndicatorVersionEndPayload { indicator_version: indicator_version::Entity }
}
