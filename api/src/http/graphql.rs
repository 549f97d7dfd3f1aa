//! `GET` and `POST /graphql`: each check in the order of what it costs, so that the cheapest refusal comes first.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header, request::Parts},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::{Instant, timeout, timeout_at},
};

use super::{
    frame::RequestId,
    gateway::{Gateway, Refusal},
    negotiate::{Answer, accepted, is_json},
    parameters::{Calls, from_body, from_uri},
    pipeline::{Refused, Terms, answer, timed_out},
    rate::RateLimit,
    reply::{self, Failure},
    settings::HttpSettings,
};
use crate::{error::ErrorCode, graphql::document::Rejection};

/// The header in which a caller says for which of their organisations they act.
pub const ACTING_ORGANISATION: &str = "roundtable-acting-organisation";

/// What all requests share.
pub(super) struct Door<G> {
    pub(super) gateway: G,
    pub(super) settings: HttpSettings,
    in_flight: Semaphore,
    pub(super) rate: RateLimit,
}

impl<G: Gateway> Door<G> {
    pub(super) fn new(gateway: G, settings: HttpSettings) -> Self {
        Self {
            in_flight: Semaphore::new(settings.in_flight.min(Semaphore::MAX_PERMITS)),
            rate: RateLimit::new(settings.points_per_minute),
            gateway,
            settings,
        }
    }

    /// A place among the requests being worked on. None is held while a body arrives: slow clients would shut others out.
    pub(super) fn enter(&self) -> Result<SemaphorePermit<'_>, Failure> {
        self.in_flight.try_acquire().map_err(|_| {
            let wait = std::time::Duration::from_secs(self.settings.retry_after_seconds.into());
            Failure::of_code(ErrorCode::Unavailable).retry_after(wait)
        })
    }

    pub(super) async fn caller(&self, headers: &HeaderMap) -> Result<G::Caller, Failure> {
        let bearer = bearer(headers)?;
        let acting = match headers.get(ACTING_ORGANISATION).map(HeaderValue::to_str) {
            Some(Ok(acting)) => Some(acting),
            Some(Err(_)) => return Err(refusal(&Refusal::BadActingOrganisation)),
            None => None,
        };
        let _place = self.enter()?;
        let deadline = Instant::now() + self.settings.request_timeout();
        match timeout_at(deadline, self.gateway.authenticate(bearer, acting)).await {
            Ok(Ok(caller)) => Ok(caller),
            Ok(Err(refused)) => Err(refusal(&refused)),
            Err(_) => Err(Failure::of_code(ErrorCode::Timeout)),
        }
    }

    async fn body(&self, body: Body) -> Result<Bytes, Failure> {
        let reading = Limited::new(body, self.settings.body_bytes).collect();
        match timeout(self.settings.body_timeout(), reading).await {
            Ok(Ok(body)) => Ok(body.to_bytes()),
            Ok(Err(error)) if error.is::<LengthLimitError>() => {
                let limit = self.settings.body_bytes;
                let message = format!("The body is longer than {limit} bytes, which is the limit.");
                let failure = Failure::new(Rejection::new(ErrorCode::LimitExceeded, message));
                Err(failure.status(StatusCode::PAYLOAD_TOO_LARGE).closing())
            }
            Ok(Err(_)) => {
                Err(Failure::bad(StatusCode::BAD_REQUEST, "The body ended before it was complete.").closing())
            }
            Err(_) => {
                Err(Failure::bad(StatusCode::REQUEST_TIMEOUT, "The body took too long to arrive.").closing())
            }
        }
    }

    async fn answer(
        &self,
        mut caller: G::Caller,
        calls: Calls,
        terms: &Terms<'_>,
        accepted: Answer,
    ) -> Result<Response<Body>, Failure> {
        match calls {
            Calls::One(call) => match answer(&self.gateway, &mut caller, &call, terms).await {
                Ok(response) => Ok(reply::executed(&response, accepted)),
                Err(refused) => Err(refused.into_failure(accepted)),
            },
            Calls::Batch(calls) => {
                let mut items = Vec::with_capacity(calls.len());
                for call in calls {
                    let item = match call {
                        Err(rejection) => Err(Refused::from(rejection)),
                        Ok(_) if Instant::now() >= terms.deadline => Err(timed_out()),
                        Ok(call) => answer(&self.gateway, &mut caller, &call, terms).await,
                    };
                    match item {
                        // Nobody called: there is no batch to answer.
                        Err(refused) if refused.caller.is_some() && !items.iter().any(Result::is_ok) => {
                            return Err(refused.into_failure(accepted));
                        }
                        item => items.push(item),
                    }
                }
                Ok(reply::batch(&items, accepted, terms.request_id))
            }
        }
    }
}

/// The handler of `/graphql`.
pub(super) async fn graphql<G: Gateway>(
    State(door): State<Arc<Door<G>>>,
    request: Request,
) -> Response<Body> {
    let request_id = request
        .extensions()
        .get::<RequestId>()
        .map_or_else(|| "".into(), |id| id.0.clone());
    let (parts, body) = request.into_parts();
    // A refusal has to be in some media type, even that of a client that accepts neither.
    let answer = accepted(&parts.headers).unwrap_or(Answer::Json);
    match handle(&door, &parts, body, &request_id).await {
        Ok(response) => response,
        Err(failure) => failure.into_response(answer, &request_id),
    }
}

async fn handle<G: Gateway>(
    door: &Door<G>,
    parts: &Parts,
    body: Body,
    request_id: &Arc<str>,
) -> Result<Response<Body>, Failure> {
    let queries_only = match parts.method {
        Method::GET => true,
        Method::POST => false,
        _ => {
            let failure = Failure::bad(
                StatusCode::METHOD_NOT_ALLOWED,
                "Send GraphQL by POST, or a query by GET.",
            );
            return Err(failure.with(header::ALLOW, HeaderValue::from_static("GET, POST")));
        }
    };
    let Some(accepted) = accepted(&parts.headers) else {
        let message =
            "Answers are application/graphql-response+json or application/json: accept one of them.";
        return Err(Failure::bad(StatusCode::NOT_ACCEPTABLE, message));
    };
    if !queries_only && !is_json(&parts.headers) {
        let message = "Send the body as Content-Type application/json, in UTF-8 and not compressed.";
        return Err(Failure::bad(StatusCode::UNSUPPORTED_MEDIA_TYPE, message).closing());
    }
    let caller = door.caller(&parts.headers).await?;
    let calls = if queries_only {
        from_uri(&parts.uri).map(Calls::One)
    } else {
        from_body(&door.body(body).await?, door.settings.batch)
    }
    .map_err(Failure::new)?;
    let _place = door.enter()?;
    let deadline = Instant::now() + door.settings.request_timeout();
    let terms = Terms {
        request_id,
        rate: &door.rate,
        deadline,
        queries_only,
    };
    door.answer(caller, calls, &terms, accepted).await
}

/// The bearer token (RFC 6750, section 2.1). What is not one is refused: a client that tried to sign in must not go on as
/// somebody else without noticing.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Failure> {
    let mut given = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (given.next(), given.next()) else {
        return if headers.contains_key(header::AUTHORIZATION) {
            Err(refusal(&MALFORMED))
        } else {
            Ok(None)
        };
    };
    let token = value.to_str().ok().and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    });
    match token {
        Some(token) if is_token(token) => Ok(Some(token)),
        _ => Err(refusal(&MALFORMED)),
    }
}

const MALFORMED: Refusal = Refusal::Unauthenticated {
    error: Some("invalid_token"),
    description: std::borrow::Cow::Borrowed("The Authorization header is not a single bearer token."),
};

/// `b64token` of RFC 6750.
fn is_token(token: &str) -> bool {
    let body = token.trim_end_matches('=');
    !body.is_empty()
        && body.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/')
        })
}

pub(super) fn refusal(refused: &Refusal) -> Failure {
    match refused {
        Refusal::Unauthenticated { error, description } => {
            let failure = Failure::new(Rejection::new(ErrorCode::Unauthenticated, description.as_ref()));
            failure.with(header::WWW_AUTHENTICATE, challenge(*error, description))
        }
        Refusal::BadActingOrganisation => {
            Failure::new(Rejection::new(ErrorCode::BadRequest, refused.to_string()))
        }
        Refusal::Unavailable => Failure::new(Rejection::new(ErrorCode::Unavailable, refused.to_string()))
            .retry_after(std::time::Duration::from_secs(1)),
    }
}

fn challenge(error: Option<&str>, description: &str) -> HeaderValue {
    let text = match error {
        Some(error) => {
            let description = description.replace(['"', '\\'], "'");
            format!("Bearer realm=\"roundtable\", error=\"{error}\", error_description=\"{description}\"")
        }
        None => "Bearer realm=\"roundtable\"".to_owned(),
    };
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("Bearer"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bearer_token_is_one_or_none() {
        let read = |values: &[&'static str]| {
            let headers = values
                .iter()
                .map(|value| (header::AUTHORIZATION, HeaderValue::from_static(value)));
            let mut map = HeaderMap::new();
            headers.for_each(|(name, value)| _ = map.append(name, value));
            bearer(&map).map(|token| token.map(str::to_owned)).map_err(|_| ())
        };
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&["Bearer a.b-c_d=="]), Ok(Some("a.b-c_d==".to_owned())));
        assert_eq!(read(&["bEARER abc"]), Ok(Some("abc".to_owned())));
        for bad in [
            "",
            "Bearer",
            "Bearer ",
            "Bearer a b",
            "Basic abc",
            "abc",
            "Bearer a,b",
            "Bearer ==",
            "Bearer \"a\"",
        ] {
            assert_eq!(read(&[bad]), Err(()), "{bad}");
        }
        assert_eq!(read(&["Bearer a", "Bearer a"]), Err(()));
    }
}
