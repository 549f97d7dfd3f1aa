//! What clients can do to monitoring visits.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::visits::monitoring_visit;

use super::{plan, steps};
use crate::domains::boards::input::action_input;
use crate::domains::outcomes::Written;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{Date, global_id};

/// Mutations of monitoring visits.
#[derive(Default)]
pub struct MonitoringVisitMutation;

fn about(id: &ID) -> Option<sea_orm::prelude::Uuid> {
    global_id::decode_as(monitoring_visit::Entity::PREFIX, id)
}

#[Object]
impl MonitoringVisitMutation {
    /// Plans a visit to a service by peer reviewers. Needs: an administrator or commissioner of the organisation that pays for the
    /// service; where nobody else pays, of the one that provides it.
    async fn monitoring_visit_plan(
        &self,
        ctx: &Context<'_>,
        input: MonitoringVisitPlanInput,
    ) -> Result<MonitoringVisitPlanPayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(plan::plan(change, input))
        })
        .await?
        .into())
    }

    /// Changes a visit that is planned. Needs: an administrator or commissioner of the organisation that answers for it.
    async fn monitoring_visit_update(
        &self,
        ctx: &Context<'_>,
        input: MonitoringVisitUpdateInput,
    ) -> Result<MonitoringVisitUpdatePayload> {
        Ok(mutate(ctx, None, about(&input.id), &input, |change, input| {
            Box::pin(plan::update(change, input))
        })
        .await?
        .into())
    }

    /// Says that a visit took place. Its reviewers were trained on that day, declared their interests and are not recused, and whoever is
    /// tied to the provider reviews with precautions. Needs: the lead reviewer.
    async fn monitoring_visit_carry_out(
        &self,
        ctx: &Context<'_>,
        input: MonitoringVisitCarryOutInput,
    ) -> Result<MonitoringVisitCarryOutPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                Box::pin(steps::carry_out(change, input))
            })
            .await?
            .into(),
        )
    }

    /// Sends what the reviewers say to the provider, who can comment on it once, for 28 days unless this server is set otherwise. Each
    /// outcome is rated and both texts are there; nothing of it changes any more. Needs: the lead reviewer.
    async fn monitoring_visit_send_to_provider(
        &self,
        ctx: &Context<'_>,
        input: MonitoringVisitSendToProviderInput,
    ) -> Result<MonitoringVisitSendToProviderPayload> {
        let key = input.idempotency_key.clone();
        let named = about(&input.id);
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, key.as_ref(), named, &written, |change, written| {
            Box::pin(steps::send_to_provider(change, written))
        })
        .await?
        .into())
    }

    /// Comments on what the reviewers say, once and in time; everybody reads it beside that. Needs: an administrator of the
    /// organisation that provides the service.
    async fn monitoring_visit_comment(
        &self,
        ctx: &Context<'_>,
        input: MonitoringVisitCommentInput,
    ) -> Result<MonitoringVisitCommentPayload> {
        let key = input.idempotency_key.clone();
        let named = about(&input.id);
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, key.as_ref(), named, &written, |change, written| {
            Box::pin(steps::comment(change, written))
        })
        .await?
        .into())
    }

    /// Publishes a visit once the provider has commented or the time for it is over: everybody reads it from then on, and it never
    /// changes. Needs: the lead reviewer.
    async fn monitoring_visit_publish(
        &self,
        ctx: &Context<'_>,
        input: MonitoringVisitPublishInput,
    ) -> Result<MonitoringVisitPublishPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                Box::pin(steps::publish(change, input))
            })
            .await?
            .into(),
        )
    }

    /// Calls off a visit that is not published: nobody else will read of it. Needs: the lead reviewer; while it is planned, and
    /// when its lead is recused, an administrator or commissioner of the organisation that answers for it, too.
    async fn monitoring_visit_cancel(
        &self,
        ctx: &Context<'_>,
        input: MonitoringVisitCancelInput,
    ) -> Result<MonitoringVisitCancelPayload> {
        let key = input.idempotency_key.clone();
        let named = about(&input.id);
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, key.as_ref(), named, &written, |change, written| {
            Box::pin(steps::cancel(change, written))
        })
        .await?
        .into())
    }
}

/// A new visit.
#[derive(Debug, InputObject)]
pub struct MonitoringVisitPlanInput {
    /// The service that is visited.
    pub service_id: ID,
    /// The framework by whose outcomes it is rated: one that is `LIVE`, and says of each outcome what good, ok and not good look like.
    pub framework_id: ID,
    /// The course that each reviewer needs.
    pub required_course_id: ID,
    /// The day of the visit: one on which the service runs.
    pub visited_on: Date,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a visit that is planned. A field that is left out stays.
#[derive(Debug, InputObject)]
pub struct MonitoringVisitUpdateInput {
    /// The visit.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// The framework by whose outcomes it is rated: one that is `LIVE`, and says of each outcome what good, ok and not good look like.
    pub framework_id: MaybeUndefined<ID>,
    /// The course that each reviewer needs.
    pub required_course_id: MaybeUndefined<ID>,
    /// The day of the visit: one on which the service runs.
    pub visited_on: MaybeUndefined<Date>,
}

action_input! {
    /// Which visit took place.
    MonitoringVisitCarryOutInput("The visit.") {
        /// The day on which it took place, not after today; the one that was planned when it is left out.
        visited_on: Option<Date>,
    }
}

action_input! {
    /// Which visit is sent to the provider.
    MonitoringVisitSendToProviderInput("The visit.") {}
}

action_input! {
    /// What the provider says to a visit.
    MonitoringVisitCommentInput("The visit.") {
        /// What everybody will read beside what the reviewers say: 1 to 5,000 characters, unless this server is set otherwise. Name nobody
        /// who did not agree to it.
        comment: String,
    }
}

action_input! {
    /// Which visit is published.
    MonitoringVisitPublishInput("The visit.") {}
}

action_input! {
    /// Which visit is called off.
    MonitoringVisitCancelInput("The visit.") {
        /// Why: 1 to 5,000 characters, unless this server is set otherwise.
        reason: String,
    }
}

payload! {
    /// What became of a new visit.
    MonitoringVisitPlanPayload { monitoring_visit: monitoring_visit::Entity }
}

payload! {
    /// What became of a change to a visit.
    MonitoringVisitUpdatePayload { monitoring_visit: monitoring_visit::Entity }
}

payload! {
    /// What became of a visit that took place.
    MonitoringVisitCarryOutPayload { monitoring_visit: monitoring_visit::Entity }
}

payload! {
    /// What became of a visit that was to be sent to the provider.
    MonitoringVisitSendToProviderPayload { monitoring_visit: monitoring_visit::Entity }
}

payload! {
    /// What became of a comment.
    MonitoringVisitCommentPayload { monitoring_visit: monitoring_visit::Entity }
}

payload! {
    /// What became of a publication.
    MonitoringVisitPublishPayload { monitoring_visit: monitoring_visit::Entity }
}

payload! {
    /// What became of a visit that was called off.
    MonitoringVisitCancelPayload { monitoring_visit: monitoring_visit::Entity }
}
