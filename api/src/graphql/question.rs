//! Queries that the server asks of itself, page by page, to make a file of what they answer: calendars, exports.

use serde::Deserialize;
use serde_json::{Map, Value};

/// A query of the public contract. It is answered as anybody's.
#[derive(Debug)]
pub struct Question {
    /// The query.
    pub query: &'static str,
    /// Its variables.
    pub variables: Map<String, Value>,
}

/// A page of a connection, with its nodes as `N`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Page<N> {
    /// What is on it.
    pub nodes: Vec<N>,
    /// How it goes on.
    pub page_info: NextPage,
}

/// What `pageInfo` says about the page after this one.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NextPage {
    /// Whether there is one.
    pub has_next_page: bool,
    /// Where it begins.
    pub end_cursor: Option<String>,
}
