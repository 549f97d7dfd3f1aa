//! Who is missing at the table: with one statement for all boards of a list.

use harness::{Client, both_databases, id};
use serde_json::{Value, json};

use super::{does, membership, on};

const FIELDS: &str = "votingSeats filledVotingSeats livedShareOfSeatsBp livedShareOfMembersBp quorumReachable \
                      livedQuorumReachable vacantSeats { id kind } constituenciesWithoutAVoice { id label }";

async fn representation(client: &Client, board: &str) -> Value {
    let query = format!("query($id: ID!) {{ board(id: $id) {{ representation {{ {FIELDS} }} }} }}");
    let answer = client.query(&query, json!({ "id": id("board", board) })).await;
    answer.data("/board/representation").clone()
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect()
}

both_databases! {
    async fn a_board_tells_who_is_missing(world: World) {
        let found = representation(&world.client("board-chair"), "team-up").await;
        for (name, value) in [
            ("votingSeats", json!(3)),
            ("filledVotingSeats", json!(3)),
            ("livedShareOfSeatsBp", json!(10_000)),
            ("livedShareOfMembersBp", json!(10_000)),
            ("quorumReachable", json!(true)),
            ("livedQuorumReachable", json!(true)),
        ] {
            assert_eq!(found[name], value, "{name}");
        }
        assert_eq!(ids(&found["vacantSeats"]), [id("board_seat", "team-up vacant")]);
        assert_eq!(found["constituenciesWithoutAVoice"], json!([]));
    }

    /// Carers lose their voice when one of their two members goes and the other is on leave.
    async fn a_constituency_loses_its_voice(world: World) {
        let chair = world.client("board-chair");
        let end = on(&membership("team-up board-member"), json!({ "endReason": "REMOVED" }));
        does(&chair, "boardMembershipEnd", end).await;
        let found = representation(&chair, "team-up").await;
        assert_eq!(ids(&found["constituenciesWithoutAVoice"]), [id("constituency", "carers")]);
        assert_eq!((&found["filledVotingSeats"], &found["quorumReachable"]), (&json!(2), &json!(false)));
        assert_eq!(ids(&found["vacantSeats"]).len(), 2);
    }

    /// Members are counted, not named: whoever reads the board reads the same.
    async fn everybody_who_reads_the_board_reads_the_same(world: World) {
        let at_home = representation(&world.client("board-chair"), "team-up").await;
        for client in ["anonymous", "stranger", "provider-user", "platform-admin"] {
            assert_eq!(representation(&world.client(client), "team-up").await, at_home, "{client}");
        }
    }

    /// However many boards there are, and wherever they stand in the answer.
    async fn all_boards_take_one_statement_each_level(world: World) {
        let query = |first: u32, fields: &str| format!("{{ boards(first: {first}) {{ nodes {{ id representation {{ {fields} }} }} }} }}");
        let client = world.client("platform-admin");
        for first in [1, 100] {
            let numbers = client.query(&query(first, "votingSeats quorumReachable"), Value::Null).await;
            assert_eq!(numbers.statements.len(), 2, "{:#?}", numbers.statements);
        }
        let all = client.query(&query(100, FIELDS), Value::Null).await;
        assert_eq!(all.data("/boards/nodes").as_array().unwrap().len(), 4);
        assert!(all.statements.len() <= 4, "boards, seats, vacant seats, constituencies: {:#?}", all.statements);
        for board in ["team-up", "quiet", "fernley-commission", "fernley-inner"] {
            let nodes = all.data("/boards/nodes").as_array().unwrap();
            let found = nodes.iter().find(|node| node["id"] == id("board", board).as_str()).unwrap();
            assert_eq!(found["representation"], representation(&client, board).await, "{board}");
        }
        let joined = "query($id: ID!) { boardMembership(id: $id) { board { representation { votingSeats vacantSeats { label } } } } }";
        let answer = client.query(joined, json!({ "id": id("board_membership", "quiet quiet-member") })).await;
        assert_eq!(answer.data("/boardMembership/board/representation/votingSeats"), 2);
    }
}
