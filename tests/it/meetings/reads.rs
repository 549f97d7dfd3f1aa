//! Reading: a viewer's next meetings, and a board's last ones.

use harness::{both_databases, id};
use serde_json::{Value, json};

use super::titles;

both_databases! {
    async fn my_next_meetings_are_one_page_across_boards(world: World) {
        let query = "{ meetings(filter: { isMine: true, isUpcoming: true }) { nodes { title startsAt \
            board { name } joining { onlineUrl } } } }";
        let canary = |name: &str| format!("canary meeting {name} title.");
        let member = world.client("board-member");
        assert_eq!(titles(&member, query, "/meetings").await, ["team-up started", "team-up next", "team-up draft"].map(canary));
        assert_eq!(titles(&world.client("visitor"), query, "/meetings").await, ["team-up next"].map(canary));
        assert_eq!(titles(&world.client("researcher"), query, "/meetings").await, ["quiet next"].map(canary));
        assert_eq!(titles(&world.client("anonymous"), query, "/meetings").await, [""; 0]);
        let answer = member.query(query, Value::Null).await;
        assert!(answer.statements.len() < 4, "{}", answer.statements.join("\n"));
        world.clock().advance_days(30);
        assert_eq!(titles(&member, query, "/meetings").await, ["team-up draft"].map(canary));
    }

    async fn the_last_meetings_of_a_board_with_their_actions(world: World) {
        let query = "query($id: ID!) { board(id: $id) { meetings(first: 10, orderBy: { field: STARTS_AT, direction: DESC }, \
            filter: { status: [HELD, MINUTES_DRAFT, MINUTES_APPROVED] }) { nodes { title \
            actions(first: 5) { nodes { title ownerPerson { displayName } } } decisions { totalCount } } } } }";
        let answer = world.client("board-chair").query(query, json!({ "id": id("board", "team-up") })).await;
        let meetings = answer.data("/board/meetings/nodes").as_array().unwrap();
        assert_eq!(meetings.len(), 3);
        assert_eq!(meetings[0]["actions"]["nodes"].as_array().unwrap().len(), 2);
        assert_eq!(meetings[2]["title"], "canary meeting team-up first title.");
    }
}
