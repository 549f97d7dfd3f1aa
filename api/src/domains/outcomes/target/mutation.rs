//! What clients can do to targets and baselines.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::outcomes::indicator_target;
use entity::outcomes::kinds::TargetKind;

use super::persist;
use crate::domains::outcomes::Written;
use crate::domains::outcomes::observation::mutation::SubjectInput;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{Date, Decimal, OneOf, global_id};

/// Mutations of targets.
#[derive(Default)]
pub struct TargetMutation;

#[Object]
impl TargetMutation {
    /// Sets what an indicator is to reach for a subject in a period, or what it is compared with. Needs: an administrator,
    /// commissioner, provider user or system of whoever it is about: the organisation, the provider of the service, whoever runs the
    /// site; or, but for provider users, the council that answers for the area, or whoever pays for the service.
    async fn indicator_target_set(
        &self,
        ctx: &Context<'_>,
        input: IndicatorTargetSetInput,
    ) -> Result<IndicatorTargetSetPayload> {
        let key = input.idempotency_key.clone();
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, key.as_ref(), None, &written, |change, written| {
            Box::pin(persist::set(change, written))
        })
        .await?
        .into())
    }

    /// Changes a target or a baseline. Needs: as for `indicatorTargetSet`.
    async fn indicator_target_update(
        &self,
        ctx: &Context<'_>,
        input: IndicatorTargetUpdateInput,
    ) -> Result<IndicatorTargetUpdatePayload> {
        let about = global_id::decode_as(indicator_target::Entity::PREFIX, &input.id);
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, None, about, &written, |change, written| {
            Box::pin(persist::update(change, written))
        })
        .await?
        .into())
    }
}

/// A new target or baseline.
#[derive(Clone, Debug, InputObject)]
pub struct IndicatorTargetSetInput {
    /// The indicator.
    pub indicator_id: ID,
    /// Whether it is to be reached, or is where things began.
    pub kind: OneOf<TargetKind>,
    /// What it is about.
    #[graphql(flatten)]
    pub subject: SubjectInput,
    /// The first day of the period.
    pub period_start: Date,
    /// The last day of the period.
    pub period_end: Date,
    /// Whom of the people there it is about; all of them when it is left out.
    pub disaggregation_id: Option<ID>,
    /// The value.
    pub value: Decimal,
    /// Who agreed it, and why this much: up to 5,000 characters, unless this server is set otherwise.
    pub note: Option<String>,
    /// The day on which it was agreed; today when it is left out.
    pub agreed_on: Option<Date>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a target or a baseline. A field that is left out stays; null empties it, where it can be empty.
#[derive(Clone, Debug, InputObject)]
pub struct IndicatorTargetUpdateInput {
    /// The target.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// The value.
    pub value: MaybeUndefined<Decimal>,
    /// Who agreed it, and why this much: up to 5,000 characters, unless this server is set otherwise.
    pub note: MaybeUndefined<String>,
    /// The day on which it was agreed.
    pub agreed_on: MaybeUndefined<Date>,
}

payload! {
    /// What became of a new target.
    IndicatorTargetSetPayload { indicator_target: indicator_target::Entity }
}

payload! {
    /// What became of a change to a target.
    IndicatorTargetUpdatePayload { indicator_target: indicator_target::Entity }
}
