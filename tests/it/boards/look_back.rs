//! Who was on a board on a past day (domain.md 2.2): as it was then, to those who may read it now.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use harness::{Client, World, both_databases, id, uuid};
use roundtable_api::domains::boards::rules::history::as_of;
use roundtable_api::planner::global_id::encode;
use serde_json::{Value, json};

use super::{does, membership, on};

/// Each membership's stage, seat and since when, by its id.
type Standings = BTreeMap<String, (String, Option<String>, String)>;

const FIELDS: &str = "nodes { toStage changedAt membership { id } seat { id } }";

fn standings(nodes: &Value) -> Standings {
    let text = |value: &Value| value.as_str().map(ToOwned::to_owned);
    let one = |node: &Value| {
        let stage = text(&node["toStage"]).unwrap();
        let since = text(&node["changedAt"]).unwrap();
        (
            text(&node["membership"]["id"]).unwrap(),
            (stage, text(&node["seat"]["id"]), since),
        )
    };
    nodes.as_array().unwrap().iter().map(one).collect()
}

async fn read(client: &Client, at: &str) -> Standings {
    let query = format!(
        "query($id: ID!, $at: DateTime) {{ board(id: $id, asOf: $at) {{ membershipsAsOf(first: 100) {{ {FIELDS} }} }} }}"
    );
    let answer = client
        .query(&query, json!({ "id": id("board", "team-up"), "at": at }))
        .await;
    standings(answer.data("/board/membershipsAsOf/nodes"))
}

/// What the rule makes of all the recorded steps.
async fn by_the_rule(world: &World, at: &str) -> Standings {
    let mut steps = world.rows().await.board_membership_change;
    steps.retain(|step| step.board_id.0 == uuid("board", "team-up"));
    let one = |(id, standing): (
        entity::id::BoardMembershipId,
        roundtable_api::domains::boards::rules::history::Standing,
    )| {
        let since = standing
            .since
            .to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
        let seat = standing.seat_id.map(|seat| encode("board_seat", seat.0));
        (
            encode("board_membership", id.0),
            (standing.stage.to_string(), seat, since),
        )
    };
    as_of(&steps, at.parse().unwrap()).into_iter().map(one).collect()
}

both_databases! {
    /// At every instant at which something happened, just before it and just after, the answer is that of the rule.
    async fn a_past_membership_comes_back_exactly(world: World) {
        let chair = world.client("board-chair");
        world.clock().advance(TimeDelta::minutes(5));
        let away = does(&chair, "boardMembershipTakeLeave", on(&membership("team-up board-member"), json!({}))).await;
        world.clock().advance(TimeDelta::microseconds(1));
        let back = does(&chair, "boardMembershipReturn", on(&away, json!({}))).await;
        world.clock().advance_days(3);
        does(&chair, "boardMembershipEnd", on(&back, json!({ "endReason": "SEAT_CLOSED" }))).await;
        let invite = on(&membership("team-up visitor"), json!({ "waiverReason": "Known well." }));
        does(&chair, "boardMembershipInvite", invite).await;

        let steps = world.rows().await.board_membership_change;
        let mut instants: Vec<_> = steps.iter().map(|step| step.changed_at).collect();
        instants.sort_unstable();
        instants.dedup();
        assert!(instants.len() >= 5, "{instants:?}");
        for instant in instants {
            for step in [-1, 0, 1] {
                let at = (instant + TimeDelta::microseconds(step)).to_rfc3339();
                assert_eq!(read(&chair, &at).await, by_the_rule(&world, &at).await, "{at}");
            }
        }
    }

    async fn an_instant_can_be_given_at_the_field_or_at_the_root(world: World) {
        let query = format!(
            "query($id: ID!, $then: DateTime!) {{ \
               past: board(id: $id, asOf: $then) {{ membershipsAsOf(first: 100) {{ {FIELDS} totalCount }} }} \
               field: board(id: $id) {{ membershipsAsOf(at: $then, first: 100) {{ {FIELDS} }} }} \
               over: board(id: $id, asOf: \"2026-01-01T00:00:00Z\") {{ membershipsAsOf(at: $then, first: 100) {{ {FIELDS} }} }} \
               now: board(id: $id) {{ membershipsAsOf(first: 100, filter: {{ toStage: [ACTIVE, ON_LEAVE] }}) {{ {FIELDS} }} \
                 memberships(first: 100, filter: {{ stage: [ACTIVE, ON_LEAVE] }}) {{ totalCount }} }} }}"
        );
        let variables = json!({ "id": id("board", "team-up"), "then": "2026-01-10T00:00:00Z" });
        let answer = world.client("board-chair").query(&query, variables).await;
        let of = |name: &str| standings(answer.data(&format!("/{name}/membershipsAsOf/nodes")));
        assert!(of("past").values().all(|(stage, ..)| stage == "NOMINATED"), "{}", answer.text);
        assert_eq!(answer.data("/past/membershipsAsOf/totalCount"), of("past").len());
        assert_eq!(of("past"), of("field"));
        assert_eq!(of("past"), of("over"));
        assert_eq!(answer.data("/now/memberships/totalCount"), of("now").len());
        assert_eq!(of("now").len(), 3);
    }

    /// Who may not read a step now does not read it by looking back, nor an older one in its place.
    async fn looking_back_shows_nobody_more_than_looking(world: World) {
        let then = "2026-02-01T00:00:00Z";
        let public = read(&world.client("anonymous"), then).await;
        let shown: Vec<_> = public.keys().cloned().collect();
        assert_eq!(shown, [id("board_membership", "team-up board-chair")], "who consents to be named");
        let partner = read(&world.client("provider-user"), then).await;
        let at_home = read(&world.client("board-chair"), then).await;
        assert!(partner.iter().all(|(id, standing)| at_home.get(id) == Some(standing)), "{partner:?}");
        assert!(partner.values().all(|(stage, ..)| ["ACTIVE", "ON_LEAVE", "ENDED"].contains(&stage.as_str())), "{partner:?}");
    }

    async fn an_instant_that_is_none_is_refused(world: World) {
        let query = "query($id: ID!) { board(id: $id, asOf: \"yesterday\") { membershipsAsOf { totalCount } } }";
        let answer = world.client("board-chair").query(query, json!({ "id": id("board", "team-up") })).await;
        assert!(answer.error_code().is_some(), "{}", answer.text);
    }
}
