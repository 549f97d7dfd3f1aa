//! Isolation at moments at which the fixed world does not stand, and the audit of who reads what was sealed.
//!
//! Around the panel for a co-ordinator stand all who may know something of it, and each of them something else:
//!
//! | who | viewer |
//! |---|---|
//! | panellist who has handed in, and leads | `board-chair` |
//! | panellist who has not: in the fixed world; who has: here | `board-member` |
//! | panellist who is recused from a candidate | `researcher` |
//! | supporter of a panellist | `provider-user` |
//! | candidate | `visitor` |
//! | candidate who was a member of the board | `former-member` |
//! | secretary of the board: its facilitator | `offered`, only here |
//!
//! What they read before everybody has handed in is judged in `isolation`, with the world as it stands.

use std::collections::BTreeSet;

use entity::panels::kinds::PanelStatus;
use entity::parties::kinds::Role;
use entity::platform::audit_event;
use harness::{Rows, World, both_databases, id, uuid, world};
use roundtable_api::planner::global_id;
use serde_json::{Value, json};

use super::generous;
use super::isolation::{cannot_tell_hidden_from_absent, hear_what_they_may};

const AROUND_THE_PANEL: [&str; 7] = [
    "board-chair",
    "board-member",
    "researcher",
    "provider-user",
    "visitor",
    "former-member",
    SECRETARY,
];
const SECRETARY: &str = "offered";
const PANEL: &str = "co-ordinator";

/// The fixed world with a secretary of the board.
fn with_a_secretary() -> Rows {
    let mut rows = world::rows();
    rows.user_account.push(world::user_account(SECRETARY));
    let mut grant = rows
        .role_grant
        .iter()
        .find(|grant| grant.role == Role::Chair && grant.valid_to.is_none())
        .unwrap()
        .clone();
    grant.id = uuid("role_grant", SECRETARY).into();
    grant.user_id = Some(uuid("user", SECRETARY).into());
    grant.role = Role::Facilitator;
    grant.reason = Some(world::canary("role_grant", SECRETARY, "reason"));
    rows.role_grant.push(grant);
    rows
}

/// The same, once the last panellist has handed in.
fn with_all_scores() -> Rows {
    let mut rows = with_a_secretary();
    for about in ["visitor", "former-member"] {
        for ordinal in 1..=2 {
            rows.score
                .push(world::score(PANEL, "board-member", about, ordinal));
        }
    }
    let panel = rows
        .interview_panel
        .iter_mut()
        .find(|panel| panel.id.0 == uuid("interview_panel", PANEL));
    panel.unwrap().status = PanelStatus::Moderating;
    rows
}

/// Who wrote a score, by the score's id.
async fn scores(world: &World, viewer: &str) -> Vec<(String, Value)> {
    let query =
        "query($id: ID!) { interviewPanel(id: $id) { scores(first: 100) { nodes { id person { id } } } } }";
    let answer = world
        .client(viewer)
        .query(query, json!({ "id": id("interview_panel", PANEL) }))
        .await;
    let nodes = answer.data("").pointer("/interviewPanel/scores/nodes").cloned();
    let nodes = nodes.unwrap_or_default().as_array().cloned().unwrap_or_default();
    let one = |node: &Value| {
        (
            node["id"].as_str().unwrap().to_owned(),
            node["person"]["id"].clone(),
        )
    };
    nodes.iter().map(one).collect()
}

/// The reads of scores that somebody's account stands for in the audit.
async fn reads(world: &World, viewer: &str) -> Vec<audit_event::Model> {
    let mut events = world.rows().await.audit_event;
    events.retain(|event| {
        event.entity == "score"
            && event.action.ends_with(".read")
            && event.actor_user_id.map(|user| user.0) == Some(uuid("user", viewer))
    });
    events
}

both_databases! {
    async fn a_secretary_hears_what_they_may_while_the_panel_scores(engine: Engine) {
        let world = World::of(engine, &with_a_secretary(), generous).await;
        hear_what_they_may(&world, &[SECRETARY]).await;
        cannot_tell_hidden_from_absent(&world, &[SECRETARY]).await;
    }

    async fn everybody_around_a_panel_hears_what_they_may_once_all_scores_are_in(engine: Engine) {
        let world = World::of(engine, &with_all_scores(), generous).await;
        hear_what_they_may(&world, &AROUND_THE_PANEL).await;
        cannot_tell_hidden_from_absent(&world, &AROUND_THE_PANEL).await;
    }

    /// Exactly the scores of others that somebody read stand in the audit, with who read them; not one's own.
    async fn who_reads_sealed_scores_is_in_the_audit(engine: Engine) {
        let world = World::of(engine, &with_all_scores(), generous).await;
        let mut seen_by_any = 0;
        for viewer in AROUND_THE_PANEL.into_iter().chain(["council-admin", "platform-admin"]) {
            let own = json!(id("person", viewer));
            let seen = scores(&world, viewer).await;
            let others: BTreeSet<_> = seen.iter().filter(|(_, of)| *of != own).map(|(score, _)| score.clone()).collect();
            let noted: BTreeSet<_> = reads(&world, viewer).await.iter()
                .map(|event| global_id::encode("score", event.entity_id))
                .collect();
            assert_eq!(noted, others, "{viewer}");
            seen_by_any += others.len();
        }
        assert!(seen_by_any > 10, "somebody reads the others' scores");
    }
}
