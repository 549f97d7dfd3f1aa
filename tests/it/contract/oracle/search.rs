//! Full-text search against the oracle: whoever searches finds what they may read, and all of it.

use std::collections::BTreeSet;

use harness::Client;
use serde_json::json;

use super::Oracle;
use super::compare::decoded;

/// Every version of these worlds has the word, and every status is asked for.
const SEARCH: &str = "query($after: String) { resourceSearch(query: \"canary\", first: 3, after: $after, filter: { status: \
    [DRAFT, REVIEW, SIGNED_OFF, PUBLISHED, SUPERSEDED, WITHDRAWN] }) { totalCount edges { cursor node { id title } title { text } } } }";

/// Compares what a viewer finds, page by page, with what they may read.
pub(super) async fn judge_search(client: &Client, oracle: &Oracle<'_>) -> Result<(), String> {
    let versions = oracle.rows.resource_version.iter();
    let should = oracle.seen("ResourceVersion", versions.map(|version| version.id.0));
    let (mut shown, mut after) = (BTreeSet::new(), None);
    loop {
        let answer = client.query(SEARCH, json!({ "after": after })).await;
        let results = answer.data("/resourceSearch");
        if results["totalCount"] != should.len() {
            return Err(format!(
                "the search counts {}, and should count {}",
                results["totalCount"],
                should.len()
            ));
        }
        let edges = results["edges"].as_array().cloned().unwrap_or_default();
        for edge in &edges {
            let id = decoded(&edge["node"]["id"]);
            if !shown.insert(id) {
                return Err(format!("the search shows {id} twice"));
            }
            let title: String = edge["title"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|part| part["text"].as_str())
                .collect();
            if edge["node"]["title"] != title {
                return Err(format!("the search shows {title:?} as the title of {id}"));
            }
        }
        let Some(last) = edges.last() else { break };
        after = last["cursor"].as_str().map(str::to_owned);
    }
    if shown == should {
        Ok(())
    } else {
        Err(format!("the search shows {shown:?}, and should show {should:?}"))
    }
}
