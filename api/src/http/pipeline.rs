//! The way of one operation from a client's words to an answer, the same whatever carries it.
//!
//! HTTP calls `answer`. A transport with longer answers calls [`prepare`] and [`RateLimit::take`], and then executes by
//! its own means.

use std::{sync::Arc, time::Duration};

use async_graphql::{Request, Response, Value, parser::types::OperationType};
use serde_json::{Map, Value as Json};
use tokio::time::{Instant, timeout_at};

use super::{
    gateway::{Gateway, Refusal, RequestContext, Unanswered},
    rate::RateLimit,
};
use crate::{
    error::ErrorCode,
    graphql::Question,
    graphql::document::{Documents, NormalisedOperation, Rejection},
};

/// What a client asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Call {
    /// The document.
    pub query: String,
    /// Which of its operations, when there are several.
    pub operation_name: Option<String>,
    /// Variables as they came.
    pub variables: Map<String, Json>,
}

impl From<Question> for Call {
    fn from(question: Question) -> Self {
        Self {
            query: question.query.to_owned(),
            operation_name: None,
            variables: question.variables,
        }
    }
}

/// An operation that may be executed.
#[derive(Debug)]
pub struct Prepared {
    /// The request for the executor: document and variables.
    pub request: Request,
    /// The operation in normal form.
    pub operation: Arc<NormalisedOperation>,
    /// Points of cost.
    pub cost: u32,
}

/// Why an operation was not executed to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What to tell the client.
    pub rejection: Rejection,
    /// When to try again, if that may help.
    pub retry_after: Option<Duration>,
    /// The operation is not allowed by this transport: a mutation by GET.
    pub wrong_method: bool,
    /// The caller may not call any more.
    pub caller: Option<Refusal>,
}

impl From<Rejection> for Refused {
    fn from(rejection: Rejection) -> Self {
        Self {
            rejection,
            retry_after: None,
            wrong_method: false,
            caller: None,
        }
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal {
            Refusal::Unauthenticated { .. } => ErrorCode::Unauthenticated,
            Refusal::BadActingOrganisation => ErrorCode::BadRequest,
            Refusal::Unavailable => ErrorCode::Unavailable,
        };
        Self {
            caller: Some(refusal.clone()),
            ..Rejection::new(code, refusal.to_string()).into()
        }
    }
}

/// Checks a call and makes it ready to execute. Takes microseconds for a document seen before, at most milliseconds else.
///
/// # Errors
/// See [`Documents`] and [`crate::graphql::document::PreparedOperation`].
pub fn prepare(documents: &Documents, call: &Call) -> Result<Prepared, Rejection> {
    let prepared = documents.prepare(&call.query, call.operation_name.as_deref())?;
    let variables = prepared.coerce_variables(&call.variables)?;
    let operation = prepared.normalised(&variables);
    let cost = prepared.cost_of(&operation, &variables)?;
    let mut request = Request::new(String::new()).variables(variables);
    if let Some(name) = &operation.name {
        request = request.operation_name(name);
    }
    request.set_parsed_query(operation.document.clone());
    Ok(Prepared {
        request,
        operation,
        cost,
    })
}

/// What an operation meets on its way.
pub(super) struct Terms<'terms> {
    pub(super) request_id: &'terms Arc<str>,
    pub(super) rate: &'terms RateLimit,
    pub(super) deadline: Instant,
    /// Only queries: the client used GET.
    pub(super) queries_only: bool,
}

/// Prepares and executes one operation. A caller who turns out not to be as they were last known is put right.
pub(super) async fn answer<G: Gateway>(
    gateway: &G,
    caller: &mut G::Caller,
    call: &Call,
    terms: &Terms<'_>,
) -> Result<Response, Refused> {
    let prepared = prepare(gateway.documents(), call)?;
    allow(prepared.operation.kind, terms.queries_only)?;
    let cost = prepared.cost;
    let answering = async {
        let remaining = take(gateway, caller, cost, terms).await?;
        match execute(gateway, caller, prepared, terms).await {
            Ok(response) => Ok((response, remaining)),
            Err(Unanswered::Unavailable) => Err(Refused::from(Refusal::Unavailable)),
            Err(Unanswered::Outdated) => {
                let remaining = renew(gateway, caller, (cost, remaining), terms).await?;
                let again = prepare(gateway.documents(), call)?;
                let response = execute(gateway, caller, again, terms).await;
                let response = response.map_err(|_| Refused::from(Refusal::Unavailable))?;
                Ok((response, remaining))
            }
        }
    };
    let (mut response, remaining) = timeout_at(terms.deadline, answering)
        .await
        .map_err(|_| timed_out())??;
    if let Some(remaining) = remaining {
        let cost = Value::Object(
            [("requested", cost), ("remaining", remaining)]
                .into_iter()
                .map(|(name, points)| (async_graphql::Name::new(name), Value::from(points)))
                .collect(),
        );
        response.extensions.insert("cost".to_owned(), cost);
    }
    Ok(response)
}

/// Takes an operation's points. Who has none left may be counted with others by now.
async fn take<G: Gateway>(
    gateway: &G,
    caller: &mut G::Caller,
    cost: u32,
    terms: &Terms<'_>,
) -> Result<Option<u32>, Refused> {
    let before = gateway.rate_key(caller);
    match terms.rate.take(before, cost) {
        Err(refused) => {
            *caller = gateway.renew(caller).await?;
            match gateway.rate_key(caller) {
                now if now == before => Err(refused),
                now => terms.rate.take(now, cost),
            }
        }
        taken => taken,
    }
}

/// Finds out who the caller is now, and who pays, if that is somebody else.
async fn renew<G: Gateway>(
    gateway: &G,
    caller: &mut G::Caller,
    (cost, remaining): (u32, Option<u32>),
    terms: &Terms<'_>,
) -> Result<Option<u32>, Refused> {
    let before = gateway.rate_key(caller);
    *caller = gateway.renew(caller).await?;
    match gateway.rate_key(caller) {
        now if now == before => Ok(remaining),
        now => terms.rate.take(now, cost),
    }
}

async fn execute<G: Gateway>(
    gateway: &G,
    caller: &G::Caller,
    prepared: Prepared,
    terms: &Terms<'_>,
) -> Result<Response, Unanswered> {
    let context = RequestContext {
        request_id: terms.request_id.clone(),
        cost: prepared.cost,
    };
    gateway
        .execute(caller.clone(), prepared.request, prepared.operation, context)
        .await
}

pub(super) fn timed_out() -> Refused {
    Rejection::new(ErrorCode::Timeout, ErrorCode::Timeout.description()).into()
}

fn allow(kind: OperationType, queries_only: bool) -> Result<(), Refused> {
    match kind {
        OperationType::Mutation if queries_only => Err(Refused {
            wrong_method: true,
            ..Rejection::new(
                ErrorCode::BadRequest,
                "A mutation changes something: send it by POST, not GET.",
            )
            .into()
        }),
        OperationType::Query | OperationType::Mutation => Ok(()),
        OperationType::Subscription => Err(Rejection::new(
            ErrorCode::BadRequest,
            "A subscription needs a connection that stays open: use WebSocket or server-sent events.",
        )
        .into()),
    }
}
