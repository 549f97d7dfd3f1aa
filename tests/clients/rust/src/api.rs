//! One server, as one person or computer system; without a token, as the public.

use std::thread::sleep;
use std::time::Duration;

use graphql_client::{GraphQLQuery, Response};
use reqwest::StatusCode;
use reqwest::blocking::Client;
use reqwest::header::RETRY_AFTER;

const ATTEMPTS: u32 = 4;
const TIMEOUT: Duration = Duration::from_secs(10);
const ACCEPT: &str = "application/graphql-response+json, application/json;q=0.9";

/// Why something did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// No answer, or none that can be read.
    #[error("the server did not answer: {0}")]
    Network(#[from] reqwest::Error),
    /// The API said no to the whole request: the code is stable, the message is for people, the request id is for support.
    #[error("{code}: {message} (request {request_id})")]
    Api {
        code: String,
        message: String,
        request_id: String,
    },
    /// The API said which rules a change does not keep.
    #[error("{}", .0.join("\n"))]
    Refused(Vec<String>),
}

pub struct Api {
    client: Client,
    url: String,
    token: Option<String>,
}

impl Api {
    pub fn new(url: String, token: Option<String>) -> Result<Self, Failure> {
        let client = Client::builder().timeout(TIMEOUT).build()?;
        Ok(Self { client, url, token })
    }

    pub fn is_signed_in(&self) -> bool {
        self.token.is_some()
    }

    /// The data of an answer. A server that is busy says when to come back.
    pub fn send<Q: GraphQLQuery>(&self, variables: Q::Variables) -> Result<Q::ResponseData, Failure> {
        let body = Q::build_query(variables);
        let mut attempt = 1;
        let response = loop {
            let mut request = self.client.post(&self.url).header("accept", ACCEPT).json(&body);
            if let Some(token) = &self.token {
                request = request.bearer_auth(token);
            }
            let response = request.send()?;
            let busy =
                [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE].contains(&response.status());
            if !busy || attempt == ATTEMPTS {
                break response;
            }
            sleep(wait(response.headers().get(RETRY_AFTER), attempt));
            attempt += 1;
        };
        let request_id = response
            .headers()
            .get("x-request-id")
            .and_then(|id| id.to_str().ok());
        let request_id = request_id.unwrap_or("unknown").to_owned();
        let answer: Response<Q::ResponseData> = response.json()?;
        match (answer.data, answer.errors.unwrap_or_default().into_iter().next()) {
            (Some(data), None) => Ok(data),
            (_, error) => {
                let code = error
                    .as_ref()
                    .and_then(|error| error.extensions.as_ref()?.get("code")?.as_str());
                Err(Failure::Api {
                    code: code.unwrap_or("UNKNOWN").to_owned(),
                    message: error.map_or_else(|| "an answer without data".to_owned(), |error| error.message),
                    request_id,
                })
            }
        }
    }
}

fn wait(retry_after: Option<&reqwest::header::HeaderValue>, attempt: u32) -> Duration {
    let asked = retry_after.and_then(|seconds| seconds.to_str().ok()?.parse().ok());
    Duration::from_secs(asked.unwrap_or(2_u64.pow(attempt)))
}
