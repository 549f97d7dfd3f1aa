//! What clients can do to people.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::parties::kinds::{AffiliationKind, ContactChannel, InformationFormat};
use entity::parties::person;

use super::{anonymise, persist};
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{Date, OneOf, global_id};

/// Mutations of people.
#[derive(Default)]
pub struct PersonMutation;

#[Object]
impl PersonMutation {
    /// Adds a person to an organisation: the person and their tie to it, in one step. Needs: administrator of the
    /// organisation; while it has none, the platform's administrator.
    async fn person_create(
        &self,
        ctx: &Context<'_>,
        input: PersonCreateInput,
    ) -> Result<PersonCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create(change, input))
        })
        .await?
        .into())
    }

    /// Changes a person's name or contact details. Needs: the person themselves, or administrator of an organisation
    /// they work for or belong to.
    async fn person_update(
        &self,
        ctx: &Context<'_>,
        input: PersonUpdateInput,
    ) -> Result<PersonUpdatePayload> {
        let about = global_id::decode_as(person::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }

    /// Erases who somebody is, for good: their name becomes a pseudonym, their contact details, access needs and the ties
    /// that say they receive a service go, their consents are withdrawn, their roles end and their account closes. What
    /// they decided stays, under the pseudonym. Needs: the person themselves, or administrator of the only organisation
    /// they work for or belong to.
    async fn person_anonymise(
        &self,
        ctx: &Context<'_>,
        input: PersonAnonymiseInput,
    ) -> Result<PersonAnonymisePayload> {
        let about = global_id::decode_as(person::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(anonymise::anonymise(change, input))
        })
        .await?
        .into())
    }
}

/// A new person.
#[derive(Debug, InputObject)]
pub struct PersonCreateInput {
    /// The organisation they work for or belong to.
    pub organisation_id: ID,
    /// What ties them to it. That they receive its services is for themselves to say, by `affiliationCreate`.
    pub affiliation_kind: OneOf<AffiliationKind>,
    /// The first day of that tie; today when left out.
    pub affiliation_from_on: Option<Date>,
    /// The name they want to be called by: 1 to 200 characters.
    pub display_name: String,
    /// Their name in official papers, where it differs: up to 200 characters.
    pub legal_name: Option<String>,
    /// Their email address: up to 254 characters.
    pub email: Option<String>,
    /// Their telephone number: 7 to 15 digits, with an extension after `x`.
    pub phone: Option<String>,
    /// The format they want information in; `STANDARD` when left out.
    pub preferred_format: Option<OneOf<InformationFormat>>,
    /// How they want to be reached; `EMAIL` when left out.
    pub preferred_channel: Option<OneOf<ContactChannel>>,
    /// Their language, as a BCP 47 tag such as `cy`; `en` when left out.
    pub language: Option<String>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a person. A field that is left out stays; null empties it.
#[derive(Debug, InputObject)]
pub struct PersonUpdateInput {
    /// The person.
    pub id: ID,
    /// Their version as you read it.
    pub expected_version: i32,
    /// The name they want to be called by: 1 to 200 characters.
    pub display_name: Option<String>,
    /// Their name in official papers, where it differs: up to 200 characters.
    pub legal_name: MaybeUndefined<String>,
    /// Their email address: up to 254 characters.
    pub email: MaybeUndefined<String>,
    /// Their telephone number: 7 to 15 digits, with an extension after `x`.
    pub phone: MaybeUndefined<String>,
    /// The format they want information in.
    pub preferred_format: Option<OneOf<InformationFormat>>,
    /// How they want to be reached.
    pub preferred_channel: Option<OneOf<ContactChannel>>,
    /// Their language, as a BCP 47 tag such as `cy`.
    pub language: Option<String>,
}

/// Whom to erase.
#[derive(Debug, InputObject)]
pub struct PersonAnonymiseInput {
    /// The person.
    pub id: ID,
    /// Their version as you read it.
    pub expected_version: i32,
    /// Why: up to 2,000 characters, kept in the audit. Write nothing in it that is to be erased.
    pub reason: Option<String>,
}

payload! {
    /// What became of a new person.
    PersonCreatePayload { person: person::Entity }
}

payload! {
    /// What became of a change to a person.
    PersonUpdatePayload { person: person::Entity }
}

payload! {
    /// What became of an erasure.
    PersonAnonymisePayload { person: person::Entity }
}
