//! From outcomes to bytes and status codes.
//!
//! | what happened | `application/graphql-response+json` | `application/json` |
//! |---|---|---|
//! | executed, with or without errors | 200 | 200 |
//! | the document, its variables or its size are not good | 400 | 200, as older clients expect |
//! | not a GraphQL request | 400, 405, 406, 408, 413, 415 | the same |
//! | not signed in | 401 | the same |
//! | too much | 429 | the same |
//! | our fault, too busy, too slow | 500, 503, 504 | the same |
//!
//! 504 for an operation that ran out of time tells intermediaries not to repeat it: a mutation may have been on its way.
//! A batch is answered 200, whatever became of its items.

use std::time::Duration;

use async_graphql::{Pos, Response as Executed, ServerError, Value};
use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use serde::Serialize;

use super::{graphql::refusal, negotiate::Answer, pipeline::Refused};
use crate::{
    error::ErrorCode,
    graphql::document::{Rejection, status_of},
};

/// A whole answer that carries errors and nothing else.
#[derive(Debug)]
pub(super) struct Failure {
    rejection: Rejection,
    status: StatusCode,
    headers: Vec<(header::HeaderName, HeaderValue)>,
}

impl Failure {
    /// A refusal that has the status of its code, whatever the client accepts.
    pub(super) fn new(rejection: Rejection) -> Self {
        let status = StatusCode::from_u16(rejection.status()).unwrap_or(StatusCode::BAD_REQUEST);
        Self {
            rejection,
            status,
            headers: Vec::new(),
        }
    }

    pub(super) fn bad(status: StatusCode, message: &'static str) -> Self {
        Self {
            status,
            ..Self::new(Rejection::new(ErrorCode::BadRequest, message))
        }
    }

    pub(super) fn of_code(code: ErrorCode) -> Self {
        Self::new(Rejection::new(code, code.description()))
    }

    pub(super) fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// How long to wait before it is worth trying again; nothing where waiting does not help.
    pub(super) fn wait(&self) -> Option<Duration> {
        let after = self
            .headers
            .iter()
            .find(|(name, _)| *name == header::RETRY_AFTER)?;
        after.1.to_str().ok()?.parse().ok().map(Duration::from_secs)
    }

    /// What sort of refusal it is.
    pub(super) const fn code(&self) -> ErrorCode {
        self.rejection.code
    }

    /// The rest of the body is not read, so the connection cannot be used again.
    pub(super) fn closing(self) -> Self {
        self.with(header::CONNECTION, HeaderValue::from_static("close"))
    }

    pub(super) fn with(mut self, name: header::HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(super) fn retry_after(self, wait: Duration) -> Self {
        self.with(header::RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1)))
    }

    pub(super) fn into_response(self, answer: Answer, request_id: &str) -> Response<Body> {
        let mut response = respond(self.status, answer, errors(&self.rejection, request_id));
        response.headers_mut().extend(self.headers);
        response
    }
}

impl Refused {
    /// The refusal of a single operation, with the leniency that older clients expect.
    pub(super) fn into_failure(self, answer: Answer) -> Failure {
        if let Some(caller) = &self.caller {
            return refusal(caller);
        }
        let mut failure = Failure::new(self.rejection);
        if self.wrong_method {
            failure.status = StatusCode::METHOD_NOT_ALLOWED;
            failure = failure.with(header::ALLOW, HeaderValue::from_static("POST"));
        } else {
            failure.status = single_status(failure.rejection.code, answer);
        }
        match self.retry_after {
            Some(wait) => failure.retry_after(wait),
            None => failure,
        }
    }
}

/// The answer to a single executed operation.
pub(super) fn executed(response: &Executed, answer: Answer) -> Response<Body> {
    let status = if is_request_error(response) {
        single_status(code_of(response), answer)
    } else {
        StatusCode::OK
    };
    let mut reply = respond(status, answer, bytes_of(response));
    reply.headers_mut().extend(response.http_headers.clone());
    reply
}

/// The answer to a batch, in order.
pub(super) fn batch(items: &[Result<Executed, Refused>], answer: Answer, request_id: &str) -> Response<Body> {
    let mut bytes = vec![b'['];
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            bytes.push(b',');
        }
        bytes.extend(match item {
            Ok(response) => bytes_of(response),
            Err(refused) => errors(&refused.rejection, request_id),
        });
    }
    bytes.push(b']');
    respond(StatusCode::OK, answer, bytes)
}

fn respond(status: StatusCode, answer: Answer, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, answer.content_type());
    response
}

/// The status of a single operation that was not executed.
fn single_status(code: ErrorCode, answer: Answer) -> StatusCode {
    match (status_of(code), answer) {
        (400, Answer::Json) if code != ErrorCode::BadRequest => StatusCode::OK,
        (status, _) => StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST),
    }
}

/// Whether the executor refused the operation as a whole: its errors then belong to no field, and there is no data.
fn is_request_error(response: &Executed) -> bool {
    response.data == Value::Null
        && !response.errors.is_empty()
        && response.errors.iter().all(|error| error.path.is_empty())
}

/// The code of what the executor refused, the gravest of several.
pub(super) fn code_of(response: &Executed) -> ErrorCode {
    let codes = response
        .errors
        .iter()
        .filter_map(|error| match error.extensions.as_ref()?.get("code")? {
            Value::String(code) => code.parse().ok(),
            Value::Enum(code) => code.parse().ok(),
            _ => None,
        });
    codes
        .max_by_key(|code| status_of(*code))
        .unwrap_or(ErrorCode::GraphqlValidationFailed)
}

/// The response as JSON; `data` is left out where the specification wants it left out (GraphQL, section 7.1).
pub(super) fn bytes_of(response: &Executed) -> Vec<u8> {
    #[derive(Serialize)]
    struct WithoutData<'response> {
        errors: &'response [ServerError],
        #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
        extensions: &'response std::collections::BTreeMap<String, Value>,
    }
    let bytes = if is_request_error(response) {
        serde_json::to_vec(&WithoutData {
            errors: &response.errors,
            extensions: &response.extensions,
        })
    } else {
        serde_json::to_vec(response)
    };
    // All keys are strings and all numbers finite, so writing to memory does not fail; if it did, this is the truth.
    bytes.unwrap_or_else(|error| {
        tracing::error!(%error, "an answer could not be written");
        format!(
            "{{\"errors\":[{{\"message\":\"{}\"}}]}}",
            ErrorCode::Internal.description()
        )
        .into_bytes()
    })
}

fn errors(rejection: &Rejection, request_id: &str) -> Vec<u8> {
    #[derive(Serialize)]
    struct Errors<'rejection> {
        errors: Vec<One<'rejection>>,
    }
    #[derive(Serialize)]
    struct One<'rejection> {
        message: &'rejection str,
        #[serde(skip_serializing_if = "<[Pos]>::is_empty")]
        locations: &'rejection [Pos],
        extensions: Extensions<'rejection>,
    }
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Extensions<'rejection> {
        code: &'static str,
        request_id: &'rejection str,
    }
    let errors = rejection.problems.iter().map(|problem| One {
        message: &problem.message,
        locations: &problem.locations,
        extensions: Extensions {
            code: rejection.code.as_str(),
            request_id,
        },
    });
    serde_json::to_vec(&Errors {
        errors: errors.collect(),
    })
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_without_data_has_no_data_entry() {
        let response = Executed::from_errors(vec![ServerError::new("no", None)]);
        assert_eq!(bytes_of(&response), br#"{"errors":[{"message":"no"}]}"#);
        assert_eq!(executed(&response, Answer::GraphQl).status(), 400);
        assert_eq!(executed(&response, Answer::Json).status(), 200);
    }

    #[test]
    fn null_because_of_a_field_is_data() {
        let mut error = ServerError::new("no", None);
        error.path = vec![async_graphql::PathSegment::Field("a".to_owned())];
        let response = Executed::from_errors(vec![error]);
        assert!(
            String::from_utf8(bytes_of(&response))
                .unwrap()
                .contains(r#""data":null"#)
        );
        assert_eq!(executed(&response, Answer::GraphQl).status(), 200);
    }

    #[test]
    fn the_code_of_a_whole_refusal_decides_the_status() {
        let mut error = ServerError::new("no", None);
        let mut extensions = async_graphql::ErrorExtensionValues::default();
        extensions.set("code", "UNAVAILABLE");
        error.extensions = Some(extensions);
        let response = Executed::from_errors(vec![error]);
        assert_eq!(executed(&response, Answer::Json).status(), 503);
    }
}
