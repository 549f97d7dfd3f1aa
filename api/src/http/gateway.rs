//! What the front door needs from the rest of the house.

use std::sync::Arc;

use async_graphql::{Request, Response};

use super::pipeline::Call;
use crate::graphql::document::{Documents, NormalisedOperation};

/// Everything behind HTTP: who is calling, what the document means, what the answer is.
///
/// It is a trait so that this room speaks only HTTP, and so that its tests can put a toy behind the door.
pub trait Gateway: Clone + Send + Sync + 'static {
    /// Who is calling, and what they may do. Cloned for each operation of a batch.
    type Caller: Clone + Send + Sync + 'static;

    /// Finds out who is calling, perhaps as they were last known: whether they still are so, [`Gateway::execute`] finds out. Without a bearer token the gateway decides whether there is an anonymous caller; a token
    /// that is not good is a refusal, never an anonymous caller.
    ///
    /// # Errors
    /// See [`Refusal`].
    fn authenticate(
        &self,
        bearer: Option<&str>,
        acting_organisation: Option<&str>,
    ) -> impl Future<Output = Result<Self::Caller, Refusal>> + Send;

    /// Finds out who a caller is now, who was as last known.
    ///
    /// # Errors
    /// See [`Refusal`].
    fn renew(&self, caller: &Self::Caller) -> impl Future<Output = Result<Self::Caller, Refusal>> + Send;

    /// Executes an operation. `request` carries the document of `operation` and coerced variables; validate neither again
    /// (`ValidationMode::Fast`), because a normal form may have empty selection sets. The future is dropped when the
    /// time is up: a transaction must not outlive it.
    ///
    /// Errors inside the response are the gateway's: they must have a code and nothing internal.
    ///
    /// # Errors
    /// [`Unanswered`] when the caller is not any more as they were last known. Nothing was changed.
    fn execute(
        &self,
        caller: Self::Caller,
        request: Request,
        operation: Arc<NormalisedOperation>,
        context: RequestContext,
    ) -> impl Future<Output = Result<Response, Unanswered>> + Send;

    /// What makes calendars.
    type Calendar: Calendar;

    /// Who reads a calendar at a secret address; none when it opens nothing, for whatever reason.
    ///
    /// # Errors
    /// See [`Refusal`].
    fn subscriber(&self, secret: &str) -> impl Future<Output = Result<Option<Self::Caller>, Refusal>> + Send;

    /// A calendar, to be filled.
    fn calendar(&self) -> Self::Calendar;

    /// What makes files of lists.
    type Export: Export;

    /// A file of this name, narrowed by the pairs of a query string, to be filled; nothing where there is no such file.
    ///
    /// # Errors
    /// Why it cannot be made as it was asked for, in words for people.
    fn export(&self, file: &str, asked: &[(String, String)]) -> Option<Result<Self::Export, String>>;

    /// What makes charts.
    type Chart: Chart;

    /// A chart at this name, of what the pairs of a query string ask for; nothing where there is no such chart.
    ///
    /// # Errors
    /// Every reason why it cannot be made as it was asked for, in words for people.
    fn chart(&self, file: &str, asked: &[(String, String)]) -> Option<Result<Self::Chart, Vec<String>>>;

    /// The description of a file's columns at this name (CSV on the Web); nothing where there is none.
    fn description(&self, file: &str) -> Option<String>;

    /// Whether requests can be answered now.
    ///
    /// # Errors
    /// The reason, which goes to the log and not to clients.
    fn ready(&self) -> impl Future<Output = Result<(), String>> + Send;

    /// The documents, prepared against [`Self::sdl`].
    fn documents(&self) -> &Documents;

    /// The public contract.
    fn sdl(&self) -> &str;

    /// Whom the rate limit counts together: usually the organisation.
    fn rate_key(&self, caller: &Self::Caller) -> u64;
}

/// A calendar that is made of answers to queries.
pub trait Calendar: Send + 'static {
    /// What to ask next; nothing when the calendar is complete.
    fn next(&self) -> Option<Call>;

    /// Takes in `data` of the answer.
    ///
    /// # Errors
    /// The answer is not one to what was asked: a fault of ours, for the log.
    fn take(&mut self, data: serde_json::Value) -> Result<(), serde_json::Error>;

    /// The file (RFC 5545).
    fn write(self) -> String;
}

/// A file that is made of answers to queries, page by page.
pub trait Export: Send + Sync + 'static {
    /// The media type of the file.
    fn media_type(&self) -> &'static str;

    /// What to ask next; nothing when the file is complete.
    fn next(&self) -> Option<Call>;

    /// Makes the next part of the file of `data` of the answer.
    ///
    /// # Errors
    /// The answer is not one to what was asked: a fault of ours, for the log.
    fn take(&mut self, data: serde_json::Value) -> Result<Vec<u8>, serde_json::Error>;

    /// Whether there is something of which it is a file, as far as has been asked.
    fn is_there(&self) -> bool {
        true
    }
}

/// A chart that is made of the answer to a query.
pub trait Chart: Send + Sync + 'static {
    /// Why it could not be drawn: a fault of ours, for the log.
    type Fault: std::error::Error + 'static;

    /// The media type of what is drawn.
    fn media_type(&self) -> &'static str;

    /// The one style sheet within it, which browsers let in by its hash; nothing where there is none.
    fn style(&self) -> Option<&'static str>;

    /// How long it may be shown without asking again, in seconds.
    fn kept_seconds(&self) -> u32;

    /// What to ask.
    fn question(&self) -> Call;

    /// What to tell whose question was refused for its arguments.
    fn too_many(&self) -> String;

    /// Draws `data` of the answer; nothing where there is nothing to draw, for whatever reason.
    ///
    /// # Errors
    /// See [`Chart::Fault`].
    fn draw(&self, data: serde_json::Value) -> Result<Option<String>, Self::Fault>;
}

/// Why an operation has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    /// The caller is not any more as they were last known: [`Gateway::renew`] says who they are now.
    #[error("the caller is not any more as they were last known")]
    Outdated,
    /// Who the caller is cannot be found out now.
    #[error("who the caller is cannot be found out now")]
    Unavailable,
}

/// Why nobody may call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The token is missing, expired, revoked, or not ours.
    #[error("{description}")]
    Unauthenticated {
        /// The `error` of the challenge by RFC 6750, section 3.1, such as `invalid_token`; `None` when there was no token.
        error: Option<&'static str>,
        /// One line for people, safe to send.
        description: std::borrow::Cow<'static, str>,
    },
    /// The caller may not act for the organisation named, or there is none of that name: the same answer for both.
    #[error("You cannot act for the organisation named in Roundtable-Acting-Organisation.")]
    BadActingOrganisation,
    /// It cannot be found out now.
    #[error("Signing in is not possible at the moment.")]
    Unavailable,
}

/// What belongs to one HTTP request, or one operation on a longer connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestContext {
    /// The identifier under which the log has the request: the client's `x-request-id` if it is sane, else a new one.
    pub request_id: Arc<str>,
    /// Points of cost of the operation.
    pub cost: u32,
}
