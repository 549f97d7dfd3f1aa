//! What clients can do to adoptions.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::resources::adoption;

use super::persist;
use crate::domains::boards::input::action_input;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{Date, global_id};

/// Mutations of adoptions.
#[derive(Default)]
pub struct AdoptionMutation;

/// A step of an adoption that is there.
macro_rules! step {
    ($ctx:expr, $input:expr, $step:path) => {{
        let about = global_id::decode_as(adoption::Entity::PREFIX, &$input.id);
        let key = $input.idempotency_key.clone();
        let both = ($input, area_settings($ctx)?);
        Ok(
            mutate($ctx, key.as_ref(), about, &both, |change, (input, settings)| {
                Box::pin($step(change, input, &settings.resources))
            })
            .await?
            .into(),
        )
    }};
}

#[Object]
impl AdoptionMutation {
    /// Pledges, in public, that an organisation or one of its services will adopt a published version. Needs: administrator of that
    /// organisation.
    async fn adoption_pledge(
        &self,
        ctx: &Context<'_>,
        input: AdoptionPledgeInput,
    ) -> Result<AdoptionPledgePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::pledge(change, input))
        })
        .await?
        .into())
    }

    /// Says that it is worked by from now on: `PLEDGED` becomes `ADOPTED`, with a day by which the adopter looks at it again. Needs:
    /// administrator of the adopter.
    async fn adoption_adopt(
        &self,
        ctx: &Context<'_>,
        input: AdoptionAdoptInput,
    ) -> Result<AdoptionAdoptPayload> {
        step!(ctx, input, persist::adopt)
    }

    /// Shows, in public, what came of it: `ADOPTED` becomes `EVIDENCED`. Again when there is more to show: what was shown before stays
    /// and is read beside it (`Adoption.evidenceShown`). Needs: administrator of the
    /// adopter.
    async fn adoption_evidence(
        &self,
        ctx: &Context<'_>,
        input: AdoptionEvidenceInput,
    ) -> Result<AdoptionEvidencePayload> {
        step!(ctx, input, persist::evidence)
    }

    /// Says that the adopter looked at it again and goes on, with another day for the next time. Needs: administrator of the adopter.
    async fn adoption_renew(
        &self,
        ctx: &Context<'_>,
        input: AdoptionRenewInput,
    ) -> Result<AdoptionRenewPayload> {
        step!(ctx, input, persist::renew)
    }

    /// Ends an adoption or takes a pledge back, with the reason: it becomes `WITHDRAWN`, for good. Needs: administrator of the adopter.
    async fn adoption_withdraw(
        &self,
        ctx: &Context<'_>,
        input: AdoptionWithdrawInput,
    ) -> Result<AdoptionWithdrawPayload> {
        step!(ctx, input, persist::withdraw)
    }
}

/// Who pledges to adopt what.
#[derive(Debug, InputObject)]
pub struct AdoptionPledgeInput {
    /// The version: the published one of its resource.
    pub resource_version_id: ID,
    /// The organisation that adopts it: an active one.
    pub organisation_id: ID,
    /// The service of this organisation, where one service adopts it and not the whole organisation.
    pub service_id: Option<ID>,
    /// The area where it is adopted; where you leave it out, that of the service's site.
    pub geography_id: Option<ID>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

action_input! {
    /// Which pledge becomes an adoption.
    AdoptionAdoptInput("The adoption.") {
        /// From which day it is worked by, from the pledge to today; today when you leave it out.
        adopted_on: Option<Date>,
        /// By which day you look at it again; in 12 months when you leave it out, unless the server is set otherwise.
        review_due_on: Option<Date>,
    }
}

action_input! {
    /// What came of which adoption.
    AdoptionEvidenceInput("The adoption.") {
        /// What came of it, in your words: 1 to 5,000 characters, unless the server is set otherwise. It is read by everybody: name
        /// nobody in it.
        evidence: String,
        /// The same as a file, uploaded for the organisation that adopts. It is read by everybody, and stays: like the words, it
        /// cannot be taken back.
        evidence_media_id: Option<ID>,
    }
}

action_input! {
    /// Which adoption goes on.
    AdoptionRenewInput("The adoption.") {
        /// By which day you look at it again; in 12 months when you leave it out, unless the server is set otherwise.
        review_due_on: Option<Date>,
    }
}

action_input! {
    /// Which adoption ends.
    AdoptionWithdrawInput("The adoption.") {
        /// Why, in plain words: 1 to 5,000 characters, unless the server is set otherwise.
        reason: String,
    }
}

payload! {
    /// What became of a pledge.
    AdoptionPledgePayload { adoption: adoption::Entity }
}

payload! {
    /// What became of a pledge that was kept.
    AdoptionAdoptPayload { adoption: adoption::Entity }
}

payload! {
    /// What became of evidence.
    AdoptionEvidencePayload { adoption: adoption::Entity }
}

payload! {
    /// What became of an adoption that goes on.
    AdoptionRenewPayload { adoption: adoption::Entity }
}

payload! {
    /// What became of an adoption that ended.
    AdoptionWithdrawPayload { adoption: adoption::Entity }
}
