//! The rails of every mutation: one transaction, one answer, once; or one transaction for several that come at the same time ([`together`]).

mod group;
mod on_disk;
mod queue;
mod together;

pub use group::Made;
pub use on_disk::AnswerWaits;
pub use together::{Limits, Together, mutate_together};

use std::sync::Arc;

use async_graphql::{Context, Error, ErrorExtensions};
use chrono::TimeDelta;
use futures_util::future::BoxFuture;
use sea_orm::prelude::Uuid;
use serde_json::json;

use super::{Refusal, UserError};
use crate::error::ErrorCode;
use crate::events::{Actor, IdempotencyKey, request_hash};
use crate::planner::declare::Declared;
use crate::planner::{Planned, Siblings};
use crate::policy::Viewer;
use crate::store::{KeptAnswer, Recorded, Store, StoreError, WriteError, WriteSession};

/// How often a transaction that collided with another is tried again.
const ATTEMPTS: u32 = 4;
/// How long the answer to a request with an idempotency key is kept.
const ANSWERS_KEPT: TimeDelta = TimeDelta::days(7);

/// Everything a change can use: the transaction, who asks, when.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// The transaction.
    pub session: &'a WriteSession,
    /// Who asks.
    pub viewer: &'a Viewer,
}

/// What became of a mutation.
#[derive(Debug)]
pub struct Outcome {
    /// The object that was changed, or would have been: for the payload.
    pub id: Option<Uuid>,
    /// The rules that were not kept.
    pub user_errors: Vec<UserError>,
    /// Whether this is the answer to an earlier request with the same key.
    pub replayed: bool,
    /// The objects of the requests that were decided together with this one, and its own.
    others: Option<Arc<Siblings>>,
}

impl Outcome {
    /// The object as the payload shows it.
    #[must_use]
    pub fn object<E: Declared>(&self) -> Option<Planned<E>> {
        let id = self.id?;
        Some(match &self.others {
            Some(others) => Planned::made_with(id, others.clone()),
            None => Planned::new(id),
        })
    }
}

/// A refusal, with the object it is about when the viewer may see it.
#[derive(Debug)]
pub struct Refused {
    refusal: Refusal,
    about: Option<Uuid>,
}

impl Refused {
    /// The rules that were not kept.
    #[must_use]
    pub fn into_refusal(self) -> Refusal {
        self.refusal
    }
}

impl<T: Into<Refusal>> From<T> for Refused {
    fn from(refusal: T) -> Self {
        Self {
            refusal: refusal.into(),
            about: None,
        }
    }
}

/// Why a change did not happen.
pub type ChangeError = WriteError<Refused>;

/// The result of a change: the id of the object it made or altered.
pub type ChangeResult = Result<Recorded<Uuid>, WriteError<Refused>>;

impl<T: Into<Refusal>> From<T> for WriteError<Refused> {
    fn from(refusal: T) -> Self {
        Self::Refused(refusal.into().into())
    }
}

/// Runs a mutation's change.
///
/// With a key, the answer is kept in the same transaction, and the same request is answered from it: the change happens once
/// however often the request comes. `about` is the object the client named, shown again when its version is stale.
///
/// # Errors
/// Only faults of ours, and a viewer who is not signed in; what rules say is in the outcome.
pub async fn mutate<I, F>(
    ctx: &Context<'_>,
    key: Option<&IdempotencyKey>,
    about: Option<Uuid>,
    input: &I,
    change: F,
) -> async_graphql::Result<Outcome>
where
    I: Sync,
    F: for<'a> Fn(Change<'a>, &'a I) -> BoxFuture<'a, ChangeResult> + Send + Sync,
{
    run(MutationRequest::of(ctx)?, ctx, key, about, input, change).await
}

/// Runs a change that the viewer makes for themselves and not for the organisation they act for, such as registering a new
/// one. Keys then hold whatever organisation a repeated request would act for: the change itself may alter which.
///
/// # Errors
/// As [`mutate`].
pub async fn mutate_for_oneself<I, F>(
    ctx: &Context<'_>,
    key: Option<&IdempotencyKey>,
    input: &I,
    change: F,
) -> async_graphql::Result<Outcome>
where
    I: Sync,
    F: for<'a> Fn(Change<'a>, &'a I) -> BoxFuture<'a, ChangeResult> + Send + Sync,
{
    let mut request = MutationRequest::of(ctx)?;
    request.actor.acting_organisation = None;
    run(request, ctx, key, None, input, change).await
}

/// Runs a change of whose input some fields are kept nowhere, such as answers about equality: not even in what tells a repeated
/// request from another, from which few possible answers could be guessed. Requests that differ in nothing else are the same.
///
/// # Errors
/// As [`mutate`].
pub async fn mutate_forgetting<I, F>(
    ctx: &Context<'_>,
    key: Option<&IdempotencyKey>,
    (input, forgotten): (&I, &[&str]),
    change: F,
) -> async_graphql::Result<Outcome>
where
    I: Sync,
    F: for<'a> Fn(Change<'a>, &'a I) -> BoxFuture<'a, ChangeResult> + Send + Sync,
{
    let mut request = MutationRequest::of(ctx)?;
    if let Some(fields) = request
        .input
        .get_mut("input")
        .and_then(serde_json::Value::as_object_mut)
    {
        fields.retain(|name, _| !forgotten.contains(&name.as_str()));
    }
    run(request, ctx, key, None, input, change).await
}

async fn run<I, F>(
    request: MutationRequest<'_>,
    ctx: &Context<'_>,
    key: Option<&IdempotencyKey>,
    about: Option<Uuid>,
    input: &I,
    change: F,
) -> async_graphql::Result<Outcome>
where
    I: Sync,
    F: for<'a> Fn(Change<'a>, &'a I) -> BoxFuture<'a, ChangeResult> + Send + Sync,
{
    if !request.viewer.may_write() {
        return refused(Refusal::read_only().into(), None);
    }
    let kept = key.map(|key| request.answer_to_keep(ctx, key));
    let mut attempt = 1;
    loop {
        match request.attempt(kept.as_ref(), input, &change).await {
            Ok((id, replayed)) => {
                return Ok(Outcome {
                    id: Some(id),
                    user_errors: Vec::new(),
                    replayed,
                    others: None,
                });
            }
            Err(WriteError::Store(StoreError::Collision(_))) if attempt < ATTEMPTS => attempt += 1,
            // A twin of the request was faster: the next attempt finds its answer.
            Err(WriteError::Store(StoreError::Constraint(_))) if kept.is_some() && attempt == 1 => {
                attempt += 1;
            }
            Err(error) => return refused(error, about),
        }
    }
}

fn refused(error: WriteError<Refused>, about: Option<Uuid>) -> async_graphql::Result<Outcome> {
    let (refusal, id) = match error {
        WriteError::Refused(Refused { refusal, about: of }) => (refusal, of),
        WriteError::Stale => (Refusal::stale(), about),
        WriteError::Store(StoreError::Constraint(error)) => {
            tracing::debug!(%error, "a constraint refused a change that another had overtaken");
            (Refusal::overtaken(), about)
        }
        WriteError::Store(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a change failed");
            return Err(fault(ErrorCode::Internal));
        }
    };
    let user_errors = refusal.0.into_iter().map(UserError::from).collect();
    Ok(Outcome {
        id,
        user_errors,
        replayed: false,
        others: None,
    })
}

fn fault(code: ErrorCode) -> Error {
    Error::new(code.description()).extend_with(|_, extensions| extensions.set("code", code.as_str()))
}

/// One mutation field of a request.
struct MutationRequest<'a> {
    store: &'a Store,
    viewer: &'a Arc<Viewer>,
    actor: Actor,
    now: chrono::DateTime<chrono::Utc>,
    input: serde_json::Value,
}

impl<'a> MutationRequest<'a> {
    fn of(ctx: &Context<'a>) -> async_graphql::Result<Self> {
        let viewer = ctx.data::<Arc<Viewer>>()?;
        let request_id = ctx
            .data_opt::<RequestId>()
            .map(|id| id.0.clone())
            .unwrap_or_default();
        let actor = viewer
            .actor(request_id)
            .ok_or_else(|| fault(ErrorCode::Unauthenticated))?;
        let now = ctx.data::<crate::store::ReadSession>()?.now();
        let arguments = ctx.field().arguments()?;
        let input = arguments
            .into_iter()
            .map(|(name, value)| Ok((name.to_string(), value.into_json()?)));
        let input = input.collect::<Result<serde_json::Map<_, _>, serde_json::Error>>()?;
        Ok(Self {
            store: ctx.data::<Store>()?,
            viewer,
            actor,
            now,
            input: input.into(),
        })
    }

    /// How the answer is kept under a key of the client's.
    fn answer_to_keep(&self, ctx: &Context<'_>, key: &IdempotencyKey) -> KeptAnswer {
        let operation = ctx.item.node.name.node.as_str();
        KeptAnswer {
            operation: operation.to_owned(),
            key: key.as_str().to_owned(),
            request_hash: request_hash(operation, &self.input),
            expires_at: self.now + ANSWERS_KEPT,
        }
    }

    /// One transaction: the answer kept from before, or the change with its answer.
    async fn attempt<I, F>(
        &self,
        kept: Option<&KeptAnswer>,
        input: &I,
        change: &F,
    ) -> Result<(Uuid, bool), WriteError<Refused>>
    where
        I: Sync,
        F: for<'b> Fn(Change<'b>, &'b I) -> BoxFuture<'b, ChangeResult> + Send + Sync,
    {
        let session = self
            .store
            .begin(self.viewer.values(), self.actor.clone(), self.now)
            .await?;
        if let Some(kept) = kept
            && let Some((hash, answer)) = session.kept_answer(&kept.operation, &kept.key).await?
        {
            let id = replay(kept, &hash, &answer).map_err(WriteError::Refused)?;
            session.settle().await?;
            return Ok((id, true));
        }
        let change = change(
            Change {
                session: &session,
                viewer: self.viewer,
            },
            input,
        );
        let recorded = match (change.await, kept) {
            // It is refused, perhaps, because it has been done meanwhile: by its twin.
            (Err(WriteError::Refused(why)), Some(kept)) => {
                let twin = session.kept_answer(&kept.operation, &kept.key).await?;
                let (hash, answer) = twin.ok_or(WriteError::Refused(why))?;
                let id = replay(kept, &hash, &answer).map_err(WriteError::Refused)?;
                session.settle().await?;
                return Ok((id, true));
            }
            (recorded, _) => recorded?,
        };
        if let Some(kept) = kept {
            session.keep_answer(kept.clone(), answer(*recorded.answer()));
        }
        Ok((session.commit(recorded).await?, false))
    }
}

/// An answer as it is kept.
fn answer(id: Uuid) -> serde_json::Value {
    json!({ "id": id })
}

/// What an answer that was kept says, if it was kept for the same request.
fn replay(kept: &KeptAnswer, hash: &str, answer: &serde_json::Value) -> Result<Uuid, Refused> {
    let id = answer
        .get("id")
        .and_then(serde_json::Value::as_str)
        .and_then(|id| Uuid::try_parse(id).ok());
    match id {
        Some(id) if hash == kept.request_hash => Ok(id),
        _ => Err(Refusal::key_reused().into()),
    }
}

/// The request's id, as data of a request.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);
