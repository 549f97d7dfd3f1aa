//! What reviewers can write about a visit.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::outcomes::kinds::DescriptorLevel;
use entity::visits::monitoring_visit;

use super::persist;
use crate::domains::boards::input::action_input;
use crate::domains::outcomes::Written;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of what reviewers say.
#[derive(Default)]
pub struct VisitReportMutation;

#[Object]
impl VisitReportMutation {
    /// Rates how well a service meets an outcome, by what good, ok and not good look like, with evidence; in place of the rating there
    /// was. The first begins the draft. Needs: a reviewer of the visit, after it took place and until it is sent to the provider.
    async fn visit_rating_set(
        &self,
        ctx: &Context<'_>,
        input: VisitRatingSetInput,
    ) -> Result<VisitRatingSetPayload> {
        let key = input.idempotency_key.clone();
        let about = global_id::decode_as(monitoring_visit::Entity::PREFIX, &input.id);
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, key.as_ref(), about, &written, |change, written| {
            Box::pin(persist::rate(change, written))
        })
        .await?
        .into())
    }

    /// Writes what the reviewers say to the provider, and to everybody. Needs: a reviewer of the visit, after it took place and until
    /// it is sent to the provider.
    async fn monitoring_visit_write(
        &self,
        ctx: &Context<'_>,
        input: MonitoringVisitWriteInput,
    ) -> Result<MonitoringVisitWritePayload> {
        let about = global_id::decode_as(monitoring_visit::Entity::PREFIX, &input.id);
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, None, about, &written, |change, written| {
            Box::pin(persist::write(change, written))
        })
        .await?
        .into())
    }
}

action_input! {
    /// How well a service meets an outcome.
    VisitRatingSetInput("The visit.") {
        /// The outcome: one of the framework of the visit.
        outcome_id: ID,
        /// How well it is met: a level that the framework describes for the outcome.
        level: OneOf<DescriptorLevel>,
        /// What you saw and heard: 1 to 5,000 characters, unless this server is set otherwise. Those who review, the organisation that
        /// answers for the visit and, once it is sent to them, the provider's administrators read it; the public never does.
        evidence: String,
    }
}

/// What the reviewers say. A field that is left out stays; null empties it.
#[derive(Debug, InputObject)]
pub struct MonitoringVisitWriteInput {
    /// The visit.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What you say to the provider alone: up to 5,000 characters, unless this server is set otherwise.
    pub text_for_provider: MaybeUndefined<String>,
    /// What you say to everybody: up to 5,000 characters, unless this server is set otherwise. Name nobody.
    pub text_for_public: MaybeUndefined<String>,
}

payload! {
    /// What became of a rating.
    VisitRatingSetPayload { monitoring_visit: monitoring_visit::Entity }
}

payload! {
    /// What became of the texts.
    MonitoringVisitWritePayload { monitoring_visit: monitoring_visit::Entity }
}
