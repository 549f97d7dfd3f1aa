//! The way of one operation from a client's words to an answer, the same whatever carries it.
//!
//! HTTP calls `answer`. A transport with longer answers calls [`prepare`] and [`RateLimit::take`], and then executes by
//! its own means.

use std::{sync::Arc, time::Duration};

use async_graphql::{Request, Response, Value, parser::types::OperationType};
use serde_json::{Map, Value as Json};
use tokio::time::{Instant, timeout_at};

use super::{
    gateway::{Gateway, Outdated, Refusal, RequestContext},
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

/// Prepares and executes one operation.
pub(super) async fn answer<G: Gateway>(
    gateway: &G,
    caller: &G::Caller,
    call: &Call,
    terms: &Terms<'_>,
) -> Result<Response, Refused> {
    let prepared = prepare(gateway.documents(), call)?;
    allow(prepared.operation.kind, terms.queries_only)?;
    let cost = prepared.cost;
    let remaining = terms.rate.take(gateway.rate_key(caller), cost)?;
    let executing = async {
        match execute(gateway, caller.clone(), prepared, terms).await {
            Ok(response) => Ok(response),
            Err(Outdated) => {
                let caller = gateway.renew(caller).await?;
                let again = prepare(gateway.documents(), call)?;
                let executed = execute(gateway, caller, again, terms).await;
                executed.map_err(|Outdated| Refused::from(Refusal::Unavailable))
            }
        }
    };
    let mut response = timeout_at(terms.deadline, executing)
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

async fn execute<G: Gateway>(
    gateway: &G,
    caller: G::Caller,
    prepared: Prepared,
    terms: &Terms<'_>,
) -> Result<Response, Outdated> {
    let context = RequestContext {
        request_id: terms.request_id.clone(),
        cost: prepared.cost,
    };
    gateway
        .execute(caller, prepared.request, prepared.operation, context)
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
