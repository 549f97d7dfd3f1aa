//! The rails of every mutation: one transaction, one answer, once.

use std::sync::Arc;

use async_graphql::{Context, Error, ErrorExtensions};
use chrono::TimeDelta;
use sea_orm::prelude::Uuid;
use serde_json::json;

use super::{Refusal, UserError};
use crate::error::ErrorCode;
use crate::events::{Actor, IdempotencyKey, request_hash};
use crate::policy::{Account, Viewer};
use crate::store::{KeptAnswer, Recorded, Store, StoreError, WriteError, WriteSession};

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
}

/// A refusal, with the object it is about when the viewer may see it.
#[derive(Debug)]
pub struct Refused {
    refusal: Refusal,
    about: Option<Uuid>,
}

impl<T: Into<Refusal>> From<T> for Refused {
    fn from(refusal: T) -> Self {
        Self { refusal: refusal.into(), about: None }
    }
}

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
pub async fn mutate(
    ctx: &Context<'_>,
    key: Option<&IdempotencyKey>,
    about: Option<Uuid>,
    change: impl AsyncFn(Change<'_>) -> ChangeResult,
) -> async_graphql::Result<Outcome> {
    let request = MutationRequest::of(ctx)?;
    let kept = key.map(|key| KeptAnswer {
        operation: ctx.item.node.name.node.to_string(),
        key: key.as_str().to_owned(),
        request_hash: request_hash(ctx.item.node.name.node.as_str(), &request.input),
        expires_at: request.now + ANSWERS_KEPT,
    });
    // A second round finds the answer of a twin request that was faster.
    for _ in 0..2 {
        match request.attempt(kept.as_ref(), &change).await {
            Ok((id, replayed)) => return Ok(Outcome { id: Some(id), user_errors: Vec::new(), replayed }),
            Err(WriteError::Store(StoreError::Constraint(error))) if kept.is_some() => {
                tracing::debug!(%error, "a constraint refused the change; looking for an answer of its twin");
            }
            Err(error) => return refused(error, about),
        }
    }
    refused(WriteError::from(Refusal::stale()), about)
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
    Ok(Outcome { id, user_errors, replayed: false })
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
        let (user, service) = match viewer.account() {
            Account::Public => return Err(fault(ErrorCode::Unauthenticated)),
            Account::User { user, .. } => (Some(user), None),
            Account::Service { service, .. } => (None, Some(service)),
        };
        let request_id = ctx.data_opt::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
        let actor = Actor { user, service, acting_organisation: viewer.acting_organisation(), request_id };
        let now = ctx.data::<crate::store::ReadSession>()?.now();
        let arguments = ctx.field().arguments()?;
        let input = arguments.into_iter().map(|(name, value)| {
            Ok((name.to_string(), value.into_json()?))
        });
        let input = input.collect::<Result<serde_json::Map<_, _>, serde_json::Error>>()?;
        Ok(Self { store: ctx.data::<Store>()?, viewer, actor, now, input: input.into() })
    }

    async fn attempt(
        &self,
        kept: Option<&KeptAnswer>,
        change: &impl AsyncFn(Change<'_>) -> ChangeResult,
    ) -> Result<(Uuid, bool), WriteError<Refused>> {
        let viewer = self.viewer;
        let outcome = self
            .store
            .write(&viewer.values(), &self.actor, self.now, async |session: &WriteSession| {
                if let Some(kept) = kept
                    && let Some((hash, answer)) = session.kept_answer(&kept.operation, &kept.key).await?
                {
                    return Err(WriteError::Refused(Replay::of(kept, &hash, &answer)));
                }
                let recorded = change(Change { session, viewer }).await.map_err(Replay::not_one)?;
                if let Some(kept) = kept {
                    session.keep_answer(kept.clone(), json!({ "id": recorded.answer() })).await?;
                }
                Ok(recorded)
            })
            .await;
        match outcome {
            Ok(id) => Ok((id, false)),
            Err(WriteError::Refused(Replay::Answered(id))) => Ok((id, true)),
            Err(WriteError::Refused(Replay::Refused(refused))) => Err(WriteError::Refused(refused)),
            Err(WriteError::Stale) => Err(WriteError::Stale),
            Err(WriteError::Store(error)) => Err(WriteError::Store(error)),
        }
    }
}

/// Why a transaction ended without a change of its own.
enum Replay {
    /// An earlier request with the same key has been answered.
    Answered(Uuid),
    Refused(Refused),
}

impl Replay {
    fn of(kept: &KeptAnswer, hash: &str, answer: &serde_json::Value) -> Self {
        let id = answer.get("id").and_then(serde_json::Value::as_str).and_then(|id| Uuid::try_parse(id).ok());
        match id {
            Some(id) if hash == kept.request_hash => Self::Answered(id),
            _ => Self::Refused(Refusal::key_reused().into()),
        }
    }

    fn not_one(error: WriteError<Refused>) -> WriteError<Self> {
        match error {
            WriteError::Refused(refused) => WriteError::Refused(Self::Refused(refused)),
            WriteError::Stale => WriteError::Stale,
            WriteError::Store(error) => WriteError::Store(error),
        }
    }
}

/// The request's id, as data of a request.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);
