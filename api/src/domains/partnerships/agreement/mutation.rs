//! What clients can do to agreements to share data.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::partnerships::data_sharing_agreement;
use entity::partnerships::kinds::{DataCategory, LawfulBasis, SpecialCategoryCondition};

use super::{persist, writing};
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{Date, OneOf, global_id};

/// Mutations of data-sharing agreements.
#[derive(Default)]
pub struct PartnershipAgreementMutation;

#[Object]
impl PartnershipAgreementMutation {
    /// Drafts an agreement between active members of a partnership. It shares nothing before all of them have signed. Needs:
    /// administrator of the organisation that leads the partnership.
    async fn partnership_agreement_create(
        &self,
        ctx: &Context<'_>,
        input: PartnershipAgreementCreateInput,
    ) -> Result<PartnershipAgreementCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(writing::create(change, input))
        })
        .await?
        .into())
    }

    /// Changes an agreement that nobody has signed: what was signed does not change. Needs: administrator of the
    /// organisation that leads the partnership.
    async fn partnership_agreement_update(
        &self,
        ctx: &Context<'_>,
        input: PartnershipAgreementUpdateInput,
    ) -> Result<PartnershipAgreementUpdatePayload> {
        Ok(mutate(ctx, None, about(&input.id), &input, |change, input| {
            Box::pin(writing::update(change, input))
        })
        .await?
        .into())
    }

    /// Signs an agreement for a party. The last signature brings it into force; before its first day, the day does. Needs:
    /// administrator of the organisation that signs, who is a person and not a computer system.
    async fn partnership_agreement_sign(
        &self,
        ctx: &Context<'_>,
        input: PartnershipAgreementSignInput,
    ) -> Result<PartnershipAgreementSignPayload> {
        Ok(mutate(ctx, None, about(&input.id), &input, |change, input| {
            Box::pin(persist::sign(change, input))
        })
        .await?
        .into())
    }

    /// Ends an agreement early, or withdraws a draft. What it shared is hidden from the next request on. Needs:
    /// administrator of any one party, whether or not it still takes part in the partnership.
    async fn partnership_agreement_terminate(
        &self,
        ctx: &Context<'_>,
        input: PartnershipAgreementTerminateInput,
    ) -> Result<PartnershipAgreementTerminatePayload> {
        Ok(mutate(ctx, None, about(&input.id), &input, |change, input| {
            Box::pin(persist::terminate(change, input))
        })
        .await?
        .into())
    }
}

fn about(id: &ID) -> Option<sea_orm::prelude::Uuid> {
    global_id::decode_as(data_sharing_agreement::Entity::PREFIX, id)
}

/// A new agreement.
#[derive(Debug, InputObject)]
pub struct PartnershipAgreementCreateInput {
    /// The partnership within which it holds.
    pub partnership_id: ID,
    /// What it is called: 1 to 200 characters.
    pub title: String,
    /// What the data may be used for: 1 to 5,000 characters.
    pub purpose: String,
    /// What is shared: at least one.
    pub categories: Vec<OneOf<DataCategory>>,
    /// Why sharing is lawful: UK GDPR Article 6.
    pub lawful_basis: OneOf<LawfulBasis>,
    /// Why sharing special-category data is lawful: UK GDPR Article 9. Needed when `categories` has `ACCESS_NEEDS`.
    pub special_category_condition: Option<OneOf<SpecialCategoryCondition>>,
    /// Where its data protection impact assessment is filed: up to 500 characters.
    pub dpia_reference: Option<String>,
    /// The first day it shares anything.
    pub starts_on: Date,
    /// The day from which it shares nothing any more: after `startsOn`.
    pub expires_on: Date,
    /// The organisations it binds: 2 to 100 active members of the partnership. They stay the same; for others, write
    /// another agreement.
    pub party_organisation_ids: Vec<ID>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of an agreement that nobody has signed. A field that is left out stays; null empties it.
#[derive(Debug, InputObject)]
pub struct PartnershipAgreementUpdateInput {
    /// The agreement.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What it is called: 1 to 200 characters.
    pub title: Option<String>,
    /// What the data may be used for: 1 to 5,000 characters.
    pub purpose: Option<String>,
    /// What is shared: at least one. The list replaces the one before.
    pub categories: Option<Vec<OneOf<DataCategory>>>,
    /// Why sharing is lawful: UK GDPR Article 6.
    pub lawful_basis: Option<OneOf<LawfulBasis>>,
    /// Why sharing special-category data is lawful: UK GDPR Article 9. Needed when `categories` has `ACCESS_NEEDS`.
    pub special_category_condition: MaybeUndefined<OneOf<SpecialCategoryCondition>>,
    /// Where its data protection impact assessment is filed: up to 500 characters.
    pub dpia_reference: MaybeUndefined<String>,
    /// The first day it shares anything.
    pub starts_on: Option<Date>,
    /// The day from which it shares nothing any more: after the first.
    pub expires_on: Option<Date>,
}

/// Who signs what.
#[derive(Debug, InputObject)]
pub struct PartnershipAgreementSignInput {
    /// The agreement.
    pub id: ID,
    /// Its version as you read it, so that you sign what you have read.
    pub expected_version: i32,
    /// The party that signs: an organisation you administer.
    pub organisation_id: ID,
}

/// Who ends what.
#[derive(Debug, InputObject)]
pub struct PartnershipAgreementTerminateInput {
    /// The agreement.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// The party that ends it: an organisation you administer.
    pub organisation_id: ID,
    /// Why: 1 to 2,000 characters, kept in the audit trail.
    pub reason: String,
}

payload! {
    /// What became of a new agreement.
    PartnershipAgreementCreatePayload { data_sharing_agreement: data_sharing_agreement::Entity }
}

payload! {
    /// What became of a change to an agreement.
    PartnershipAgreementUpdatePayload { data_sharing_agreement: data_sharing_agreement::Entity }
}

payload! {
    /// What became of a signature.
    PartnershipAgreementSignPayload { data_sharing_agreement: data_sharing_agreement::Entity }
}

payload! {
    /// What became of an agreement that is to end.
    PartnershipAgreementTerminatePayload { data_sharing_agreement: data_sharing_agreement::Entity }
}
