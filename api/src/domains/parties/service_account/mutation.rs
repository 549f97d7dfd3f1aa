//! What clients can do to service accounts.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::parties::service_account;

use super::persist::{self, Prepared};
use crate::auth::ClientSecret;
use crate::domains::parties::accounts::AccountRules;
use crate::events::IdempotencyKey;
use crate::graphql::{Outcome, UserError, mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{DateTime, Planned, global_id};

/// Mutations of service accounts.
#[derive(Default)]
pub struct ServiceAccountMutation;

#[Object]
impl ServiceAccountMutation {
    /// Sets up an account with which a computer system signs in for an organisation: it gets its tokens from
    /// `/oauth/token` with its client id and the secret shown here, once. Needs: administrator of the organisation.
    async fn service_account_create(
        &self,
        ctx: &Context<'_>,
        input: ServiceAccountCreateInput,
    ) -> Result<ServiceAccountCreatePayload> {
        let key = input.idempotency_key.clone();
        let (secret, prepared) = prepare(ctx, input)?;
        let outcome = mutate(ctx, key.as_ref(), None, &prepared, |change, prepared| {
            Box::pin(persist::create(change, prepared))
        })
        .await?;
        Ok(ServiceAccountCreatePayload {
            secret: shown_once(&outcome, &secret),
            service_account: outcome.id.map(Planned::new),
            user_errors: outcome.user_errors,
        })
    }

    /// Gives a service account a new secret, shown here, once. The present one works on for the overlap, so that it can be
    /// changed where it is used; older ones stop at once. Needs: administrator of the account's organisation.
    async fn service_account_secret_rotate(
        &self,
        ctx: &Context<'_>,
        input: ServiceAccountSecretRotateInput,
    ) -> Result<ServiceAccountSecretRotatePayload> {
        let about = global_id::decode_as(service_account::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        let (secret, prepared) = prepare(ctx, input)?;
        let outcome = mutate(ctx, key.as_ref(), about, &prepared, |change, prepared| {
            Box::pin(persist::rotate(change, prepared))
        })
        .await?;
        Ok(ServiceAccountSecretRotatePayload {
            secret: shown_once(&outcome, &secret),
            service_account: outcome.id.map(Planned::new),
            user_errors: outcome.user_errors,
        })
    }

    /// Stops a service account for good, from its next request on, whatever tokens it has. Needs: administrator of the
    /// account's organisation.
    async fn service_account_revoke(
        &self,
        ctx: &Context<'_>,
        input: ServiceAccountRevokeInput,
    ) -> Result<ServiceAccountRevokePayload> {
        let about = global_id::decode_as(service_account::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::revoke(change, input))
        })
        .await?
        .into())
    }
}

/// The secret is made before the transaction, which may be tried several times.
fn prepare<I>(ctx: &Context<'_>, input: I) -> Result<(ClientSecret, Prepared<I>)> {
    let secret = ClientSecret::generate();
    let prepared = Prepared {
        input,
        access: ctx.data::<Arc<AccountRules>>()?.access.clone(),
        secret_hash: ClientSecret::hash(secret.reveal()),
    };
    Ok((secret, prepared))
}

/// The secret, for the one answer that made it.
fn shown_once(outcome: &Outcome, secret: &ClientSecret) -> Option<String> {
    (outcome.user_errors.is_empty() && !outcome.replayed).then(|| secret.reveal().to_owned())
}

/// A new service account.
#[derive(Debug, InputObject)]
pub struct ServiceAccountCreateInput {
    /// The organisation it acts for.
    pub organisation_id: ID,
    /// What the system is called: 1 to 200 characters.
    pub name: String,
    /// What its tokens may be used for: `read` for queries, `write` for mutations as well; at least one.
    pub scopes: Vec<String>,
    /// When it stops working: no later than this server allows, a year from now unless it is set otherwise.
    pub expires_at: DateTime,
    /// When its first secret stops working: no later than the account, and than this server allows, 180 days from now
    /// unless it is set otherwise. As late as that when left out.
    pub secret_expires_at: Option<DateTime>,
    /// Makes repeating the request safe. The repeated answer has no secret.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Which service account gets a new secret.
#[derive(Debug, InputObject)]
pub struct ServiceAccountSecretRotateInput {
    /// The service account.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// How many hours the present secret works on: 0 to what this server allows, 168 unless it is set otherwise; 24 when
    /// left out.
    pub overlap_hours: Option<i32>,
    /// When the new secret stops working: no later than the account, and than this server allows. As late as that when
    /// left out.
    pub secret_expires_at: Option<DateTime>,
    /// Makes repeating the request safe. The repeated answer has no secret.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Which service account to stop.
#[derive(Debug, InputObject)]
pub struct ServiceAccountRevokeInput {
    /// The service account.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// Why: up to 2,000 characters, kept in the audit.
    pub reason: Option<String>,
}

/// What became of a new service account.
#[derive(Debug, SimpleObject)]
pub struct ServiceAccountCreatePayload {
    /// The account as it is now; null when it was not made, or you may not read it.
    service_account: Option<Planned<service_account::Entity>>,
    /// Its secret: keep it now, for it is never shown again and not stored. Null when nothing was made, and when this
    /// answers a repeated request with the same idempotency key: if its first answer got lost, rotate the secret.
    secret: Option<String>,
    /// The rules that the input does not keep, all at once. When there are any, nothing has changed.
    user_errors: Vec<UserError>,
}

/// What became of a new secret.
#[derive(Debug, SimpleObject)]
pub struct ServiceAccountSecretRotatePayload {
    /// The account as it is now; null when you may not read it.
    service_account: Option<Planned<service_account::Entity>>,
    /// Its new secret: keep it now, for it is never shown again and not stored. Null when nothing has changed, and when
    /// this answers a repeated request with the same idempotency key: if its first answer got lost, rotate again.
    secret: Option<String>,
    /// The rules that the input does not keep, all at once. When there are any, nothing has changed.
    user_errors: Vec<UserError>,
}

payload! {
    /// What became of the end of a service account.
    ServiceAccountRevokePayload { service_account: service_account::Entity }
}
