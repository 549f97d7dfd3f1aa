//! Statements do not grow with rows: a page of a hundred costs as many as a page of one.

use entity::boards::kinds::MembershipStage;
use entity::parties::kinds::{OrganisationKind, OrganisationStatus};
use entity::partnerships::kinds::PartnershipStatus;
use harness::{Rows, World, both_databases, world};
use roundtable_api::planner::declare::FieldKind;
use roundtable_api::planner::{CATALOGUE, global_id};
use serde_json::{Value, json};

use super::{generous, oracle};

/// Who sees the most in the open world: the platform's administrator.
const SEES_MOST: &str = "ada";

both_databases! {
    /// Each edge of each type costs the same below one object and below several.
    async fn every_edge_costs_the_same_for_one_parent_and_for_five(engine: Engine) {
        let world = World::of(engine, &oracle::everything_open(), generous).await;
        let client = world.client(SEES_MOST);
        for object in CATALOGUE.objects() {
            let ids = oracle::ids(world.connection(), object.source.table()).await;
            let ids: Vec<_> = ids.iter().map(|id| global_id::encode(object.prefix, *id)).collect();
            let query = format!("query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {} {{ id }} }} }}", object.name);
            let seen = client.query(&query, json!({ "ids": &ids[..ids.len().min(100)] })).await;
            let seen = seen.data("/nodes").as_array().unwrap().iter().filter_map(|node| node["id"].as_str().map(str::to_owned));
            let mut seen: Vec<_> = seen.collect();
            if seen.is_empty() && object.name == "AccessNeed" {
                // No role opens access needs; the person does.
                continue;
            }
            seen.truncate(5);
            for field in &object.fields {
                let below = match &field.kind {
                    FieldKind::ToOne { .. } => format!("{} {{ id }}", field.name),
                    FieldKind::ToMany(_) => format!("{}(first: 5) {{ nodes {{ id }} }}", field.name),
                    _ => continue,
                };
                assert!(
                    seen.len() > 1,
                    "`{SEES_MOST}` sees fewer than two {}s: add some to tests/it/contract/oracle/random.rs",
                    object.name
                );
                let query = format!("query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {} {{ {below} }} }} }}", object.name);
                let one = client.query(&query, json!({ "ids": &seen[..1] })).await;
                let several = client.query(&query, json!({ "ids": seen })).await;
                assert_eq!(
                    one.statements.len(),
                    several.statements.len(),
                    "{}.{} takes {} statements below one object and {} below {}:\n{}",
                    object.name,
                    field.name,
                    one.statements.len(),
                    several.statements.len(),
                    seen.len(),
                    several.statements.join("\n")
                );
                let _ = several.data("");
            }
        }
    }

    /// Boards with their hosts, seats and members, and the members' organisations: at most six statements, one of which asks
    /// who asks, for one board as for a hundred.
    async fn a_hundred_boards_take_six_statements(engine: Engine) {
        let query = "{ boards(first: 100) { totalCount nodes { name hostOrganisation { name } \
            seats(first: 10) { nodes { label constituency { label } } } \
            memberships(first: 10) { nodes { stage seat { label } \
            person { displayName affiliations(first: 10) { nodes { kind organisation { name } } } } } } } } }";
        let mut asked = Vec::new();
        for number in [1, 100] {
            let world = World::of(engine, &boards(number), generous).await;
            let answer = world.client(SEES_MOST).query(query, Value::Null).await;
            let boards = answer.data("/boards/nodes").as_array().unwrap();
            assert_eq!(boards.len(), number);
            for board in boards {
                assert_eq!(board["seats"]["nodes"].as_array().unwrap().len(), 2, "{board}");
                let members = board["memberships"]["nodes"].as_array().unwrap();
                assert_eq!(members.len(), 2, "{board}");
                for member in members {
                    let ties = member["person"]["affiliations"]["nodes"].as_array().unwrap();
                    assert!(!ties.is_empty() && ties.iter().all(|tie| tie["organisation"]["name"].is_string()), "{member}");
                }
            }
            asked.push(answer.statements.len() + 1);
            assert!(asked[0] <= 6, "{} statements:\n{}", asked[0], answer.statements.join("\n"));
            world.close().await;
        }
        assert_eq!(asked[0], asked[1], "statements grow with boards");
    }
}

/// So many boards, each with two seats and two members.
fn boards(count: usize) -> Rows {
    let mut rows = oracle::everything_open();
    rows.board.clear();
    rows.board_seat.clear();
    rows.board_membership.clear();
    rows.board_membership_change.clear();
    rows.meeting.clear();
    rows.agenda_item.clear();
    rows.attendance.clear();
    rows.board_decision.clear();
    rows.board_action.clear();
    rows.meeting_series.clear();
    rows.paper.clear();
    rows.access_need_met.clear();
    rows.role_grant.retain(|grant| grant.board_id.is_none());
    rows.organisation.push(world::organisation(
        "host",
        OrganisationKind::Council,
        OrganisationStatus::Active,
    ));
    rows.partnership
        .push(world::partnership("wide", PartnershipStatus::Active, "host"));
    for number in 0..count {
        let name = format!("board-{number}");
        rows.board.push(world::board(&name, "wide", "host", None, true));
        for person in ["ada", "ben"] {
            rows.board_seat
                .push(world::board_seat(&name, person, Some("north")));
            rows.board_membership.push(world::membership(
                &name,
                person,
                MembershipStage::Active,
                Some(person),
            ));
        }
    }
    rows
}
