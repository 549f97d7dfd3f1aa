//! What may go wrong at the top level, and how little of it a client sees.
//!
//! A GraphQL answer can fail in two ways. A rule of the domain that says no is *data*: it comes back in the payload as a
//! `userErrors` entry, and is not this module's business. Everything else – a missing token, a document that does not parse,
//! a limit, a fault of ours – is a top-level error, and this module holds its closed vocabulary, [`ErrorCode`], sent to
//! clients as `errors[].extensions.code`.
//!
//! Faults of ours need more care: their text may contain table names, statements or addresses. [`OpaqueError`] takes such a
//! fault, writes it to the log exactly once together with the request identifier, and from then on holds nothing but the
//! code and that identifier. It *cannot* leak the cause, because it no longer has it.
//!
//! ```
//! use roundtable_api::error::ErrorCode;
//!
//! assert_eq!(ErrorCode::RateLimited.as_str(), "RATE_LIMITED");
//! assert_eq!("RATE_LIMITED".parse(), Ok(ErrorCode::RateLimited));
//! ```

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The closed list of top-level error codes: every value that `errors[].extensions.code` may have.
///
/// Clients may switch on these. Adding one is a compatible change; renaming or removing one is a breaking change. What is
/// absent is hidden: there is no `NOT_FOUND`, because an object that the viewer may not see answers `null`, the same as one
/// that never existed. Nor is there a `FORBIDDEN`: a write that is not allowed answers with a `userErrors` entry.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ErrorCode {
    /// No bearer token where one is needed, or one that is expired, revoked or not ours.
    Unauthenticated,
    /// The HTTP request is not a GraphQL request: wrong method, content type, or JSON.
    BadRequest,
    /// The document is not GraphQL: it does not parse.
    GraphqlParseFailed,
    /// The document parses, but the schema does not allow it.
    GraphqlValidationFailed,
    /// A variable is missing, of the wrong type, or unknown to the operation.
    VariablesInvalid,
    /// An argument has the right type and a value that cannot be used: a bad cursor, `first: 0`, an identifier of another type.
    InvalidArgument,
    /// The document is larger, deeper or wider than this server accepts.
    LimitExceeded,
    /// The operation would read more than one request may.
    CostLimitExceeded,
    /// Too many requests in too short a time.
    RateLimited,
    /// The operation took longer than this server allows, and was stopped.
    Timeout,
    /// The server is too busy, is stopping, or has lost its database for the moment.
    Unavailable,
    /// A fault of ours. The log has the reason under the same request identifier.
    Internal,
}

impl ErrorCode {
    /// The code as clients see it, in `SCREAMING_SNAKE_CASE`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// One plain-English sentence for people: what happened, and what to do about it.
    ///
    /// Safe to send to any client. It is the message of an error that has nothing more precise to say.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Unauthenticated => "Sign in first: send a valid bearer token in the Authorization header.",
            Self::BadRequest => {
                "This is not a GraphQL request: send POST with a JSON body that has a `query`, and Content-Type application/json."
            }
            Self::GraphqlParseFailed => {
                "The document is not valid GraphQL: correct it at the place given in `locations`."
            }
            Self::GraphqlValidationFailed => {
                "The document does not fit the schema: correct it at the place given in `locations`."
            }
            Self::VariablesInvalid => {
                "A variable is missing or has a value that its declared type does not accept."
            }
            Self::InvalidArgument => {
                "An argument has a value that cannot be used here: see the message for what is accepted."
            }
            Self::LimitExceeded => {
                "The document is larger or deeper than this server accepts: split it into smaller operations."
            }
            Self::CostLimitExceeded => {
                "The operation asks for too much at once: ask for fewer fields or smaller pages."
            }
            Self::RateLimited => "Too many requests: wait for the time given in Retry-After, then try again.",
            Self::Timeout => {
                "The operation took too long and was stopped: ask for less at once, or try again."
            }
            Self::Unavailable => {
                "The service cannot answer at the moment: wait for the time given in Retry-After, then try again."
            }
            Self::Internal => {
                "Something went wrong on our side: quote the request identifier when you report it."
            }
        }
    }

    /// Whether the same request, sent again later and unchanged, may succeed.
    ///
    /// `Internal` is not among them: a fault usually repeats, and a client that retries it blindly makes it worse.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(self, Self::RateLimited | Self::Timeout | Self::Unavailable)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A fault whose cause has been logged and forgotten: all that is left is what a client may see.
///
/// Made by [`OpaqueError::log`] only, so a value of this type is proof that the cause is in the log. Copies share the
/// request identifier and do not log again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} (request {request_id})", .code.description())]
pub struct OpaqueError {
    code: ErrorCode,
    request_id: String,
}

impl OpaqueError {
    /// Writes the cause and everything beneath it to the log, once, and keeps only the code and the request identifier.
    ///
    /// `Unavailable` and `Timeout` are logged as warnings, for they pass; all else as an error.
    #[must_use]
    pub fn log(code: ErrorCode, request_id: impl Into<String>, cause: &(dyn Error + 'static)) -> Self {
        let request_id = request_id.into();
        let cause = cause_chain(cause);
        if code.is_retryable() {
            tracing::warn!(request_id, code = code.as_str(), cause, "request failed");
        } else {
            tracing::error!(request_id, code = code.as_str(), cause, "request failed");
        }
        Self { code, request_id }
    }

    /// The same as [`OpaqueError::log`] for the usual case: [`ErrorCode::Internal`].
    #[must_use]
    pub fn internal(request_id: impl Into<String>, cause: &(dyn Error + 'static)) -> Self {
        Self::log(ErrorCode::Internal, request_id, cause)
    }

    /// The code that the client sees.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        self.code
    }

    /// The identifier under which the log has the cause.
    #[must_use]
    pub fn request_id(&self) -> &str {
        &self.request_id
    }
}

/// An error and all its causes in one line, outermost first, separated by `: `.
///
/// A cause whose text the line already ends with is not repeated: many libraries print their cause themselves.
#[must_use]
pub fn cause_chain(error: &(dyn Error + 'static)) -> String {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let text = cause.to_string();
        if !line.ends_with(&text) {
            line.push_str(": ");
            line.push_str(&text);
        }
        next = cause.source();
    }
    line.replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use strum::IntoEnumIterator;
    use tracing_subscriber::fmt::MakeWriter;

    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("could not load the board")]
    struct Outer(#[source] Inner);

    #[derive(Debug, thiserror::Error)]
    #[error("relation \"board_secret\" does not exist")]
    struct Inner;

    #[derive(Clone, Default)]
    struct Captured(Arc<Mutex<Vec<u8>>>);

    impl Captured {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl Write for Captured {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl<'writer> MakeWriter<'writer> for Captured {
        type Writer = Self;

        fn make_writer(&'writer self) -> Self {
            self.clone()
        }
    }

    #[test]
    fn every_code_has_one_spelling_everywhere() {
        for code in ErrorCode::iter() {
            let text = code.as_str();
            assert_eq!(text.parse::<ErrorCode>(), Ok(code));
            assert_eq!(serde_json::to_value(code).unwrap(), serde_json::json!(text));
            assert!(
                text.chars()
                    .all(|character| character.is_ascii_uppercase() || character == '_'),
                "{text}"
            );
        }
    }

    #[test]
    fn descriptions_are_sentences_and_differ() {
        let descriptions: HashSet<_> = ErrorCode::iter().map(ErrorCode::description).collect();
        assert_eq!(descriptions.len(), ErrorCode::iter().count());
        assert!(descriptions.iter().all(|text| text.ends_with('.')));
    }

    #[test]
    fn a_client_sees_the_code_and_the_request_and_the_log_has_the_cause_once() {
        let captured = Captured::default();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(captured.clone())
            .finish();
        let error = tracing::subscriber::with_default(subscriber, || {
            let error = OpaqueError::internal("req-1", &Outer(Inner));
            let _copy = error.clone();
            error
        });

        assert!(!format!("{error} {error:?}").contains("board_secret"));
        assert!(error.to_string().contains("req-1"));
        assert_eq!(error.code(), ErrorCode::Internal);
        let log = captured.text();
        assert_eq!(log.matches("board_secret").count(), 1, "{log}");
        assert!(log.contains("req-1"), "{log}");
    }

    #[test]
    fn a_chain_is_one_line_without_repetition() {
        #[derive(Debug, thiserror::Error)]
        #[error("starting: {0}")]
        struct Repeats(#[source] Outer);

        assert_eq!(
            cause_chain(&Repeats(Outer(Inner))),
            "starting: could not load the board: relation \"board_secret\" does not exist"
        );
    }
}
