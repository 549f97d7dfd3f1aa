//! What clients can do to calendar feeds.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::meetings::calendar_feed;

use super::CalendarSettings;
use super::persist::{self, Prepared};
use crate::auth::FeedSecret;
use crate::events::IdempotencyKey;
use crate::graphql::{Outcome, UserError, mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{Planned, global_id};

/// Mutations of calendar feeds.
#[derive(Default)]
pub struct CalendarFeedMutation;

#[Object]
impl CalendarFeedMutation {
    /// Makes a secret address, shown here, once, under which a calendar program finds your meetings: those of the boards
    /// you sit on or chair, and those to which you were asked; and the events at which you have a place. It shows when and where, and what they are called; nothing of what is
    /// on the agenda, and nobody's name or needs. Needs: a person, for themselves.
    async fn calendar_feed_create(
        &self,
        ctx: &Context<'_>,
        input: CalendarFeedCreateInput,
    ) -> Result<CalendarFeedCreatePayload> {
        let key = input.idempotency_key.clone();
        let (secret, prepared) = prepare(ctx, input)?;
        let outcome = mutate(ctx, key.as_ref(), None, &prepared, |change, prepared| {
            Box::pin(persist::create(change, prepared))
        })
        .await?;
        Ok(CalendarFeedCreatePayload {
            path: shown_once(&outcome, &secret),
            calendar_feed: outcome.id.map(Planned::new),
            user_errors: outcome.user_errors,
        })
    }

    /// Gives a calendar feed another secret address, shown here, once. The present one opens nothing from the next request
    /// on. Needs: the person whose feed it is.
    async fn calendar_feed_rotate(
        &self,
        ctx: &Context<'_>,
        input: CalendarFeedRotateInput,
    ) -> Result<CalendarFeedRotatePayload> {
        let about = global_id::decode_as(calendar_feed::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        let (secret, prepared) = prepare(ctx, input)?;
        let outcome = mutate(ctx, key.as_ref(), about, &prepared, |change, prepared| {
            Box::pin(persist::rotate(change, prepared))
        })
        .await?;
        Ok(CalendarFeedRotatePayload {
            path: shown_once(&outcome, &secret),
            calendar_feed: outcome.id.map(Planned::new),
            user_errors: outcome.user_errors,
        })
    }

    /// Stops a calendar feed for good: its address opens nothing from the next request on. Needs: the person whose feed it
    /// is.
    async fn calendar_feed_revoke(
        &self,
        ctx: &Context<'_>,
        input: CalendarFeedRevokeInput,
    ) -> Result<CalendarFeedRevokePayload> {
        let about = global_id::decode_as(calendar_feed::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::revoke(change, input))
        })
        .await?
        .into())
    }
}

/// The secret is made before the transaction, which may be tried several times.
fn prepare<I>(ctx: &Context<'_>, input: I) -> Result<(FeedSecret, Prepared<I>)> {
    let secret = FeedSecret::generate();
    let prepared = Prepared {
        input,
        settings: *ctx.data::<CalendarSettings>()?,
        secret_hash: secret.hash(),
    };
    Ok((secret, prepared))
}

/// The address on this server, for the one answer that made it.
fn shown_once(outcome: &Outcome, secret: &FeedSecret) -> Option<String> {
    let is_new = outcome.user_errors.is_empty() && !outcome.replayed;
    is_new.then(|| format!("/calendar/{}.ics", secret.reveal()))
}

/// A new calendar feed.
#[derive(Debug, InputObject)]
pub struct CalendarFeedCreateInput {
    /// What you call it, such as the device that will use it: 1 to 100 characters.
    pub name: String,
    /// Makes repeating the request safe. The repeated answer has no address.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Which calendar feed gets another address.
#[derive(Debug, InputObject)]
pub struct CalendarFeedRotateInput {
    /// The calendar feed.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// Makes repeating the request safe. The repeated answer has no address.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Which calendar feed to stop.
#[derive(Debug, InputObject)]
pub struct CalendarFeedRevokeInput {
    /// The calendar feed.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
}

/// What became of a new calendar feed.
#[derive(Debug, SimpleObject)]
pub struct CalendarFeedCreatePayload {
    /// The feed as it is now; null when it was not made, or you may not read it.
    calendar_feed: Option<Planned<calendar_feed::Entity>>,
    /// Its address on this server, such as `/calendar/….ics`; put `https://` and the server's name before it. Whoever knows
    /// it reads your meetings and events: keep it as you keep a password. It is never shown again and not kept. Null when nothing was made, and
    /// when this answers a repeated request with the same idempotency key: if its first answer got lost, rotate the feed.
    path: Option<String>,
    /// The rules that the input does not keep, all at once. When there are any, nothing has changed.
    user_errors: Vec<UserError>,
}

/// What became of a new address.
#[derive(Debug, SimpleObject)]
pub struct CalendarFeedRotatePayload {
    /// The feed as it is now; null when you may not read it.
    calendar_feed: Option<Planned<calendar_feed::Entity>>,
    /// Its new address on this server; keep it now, for it is never shown again and not kept. Null when nothing has changed,
    /// and when this answers a repeated request with the same idempotency key: if its first answer got lost, rotate again.
    path: Option<String>,
    /// The rules that the input does not keep, all at once. When there are any, nothing has changed.
    user_errors: Vec<UserError>,
}

payload! {
    /// What became of the end of a calendar feed.
    CalendarFeedRevokePayload { calendar_feed: calendar_feed::Entity }
}
