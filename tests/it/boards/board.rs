//! Setting up boards, changing them, their life, and what the public reads.

use harness::{both_databases, id, never};
use serde_json::{Value, json};

use super::{actions_since, change, does, events, history, membership, on, refused, stored};

fn new_board() -> Value {
    json!({
        "partnershipId": id("partnership", "ashdown-together"),
        "hostOrganisationId": id("organisation", "ashdown-council"),
        "name": "Home care board", "kind": "REFERENCE_GROUP",
        "quorum": 2, "quorumLived": 1, "minLivedBp": 5000, "termMonths": 24,
    })
}

fn with(mut input: Value, more: Value) -> Value {
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    input
}

fn team_up() -> Value {
    json!({ "id": id("board", "team-up"), "version": 1 })
}

both_databases! {
    async fn an_administrator_sets_up_a_board(world: World) {
        let before = events(&world).await;
        let board = does(&world.client("council-admin"), "boardCreate", new_board()).await;
        assert_eq!((&board["status"], &board["publishedAt"]), (&json!("FORMING"), &Value::Null));
        assert_eq!(board["viewerCan"]["update"], true);
        assert_eq!(actions_since(&world, before).await, ["board.create"]);
    }

    async fn all_that_is_wrong_with_a_new_board_is_said_at_once(world: World) {
        let wrong = with(new_board(), json!({
            "name": " ", "purpose": "x".repeat(2_001), "quorum": 0, "quorumLived": 5, "minLivedBp": 10_001, "termMonths": 0,
            "initiativeId": id("initiative", "fernley-inquiry"),
            "hostOrganisationId": never("organisation"),
        }));
        let found = refused(&world.client("council-admin"), "boardCreate", wrong).await;
        assert_eq!(found, [
            "REQUIRED at input.name",
            "TOO_LONG at input.purpose",
            "OUT_OF_RANGE at input.quorum",
            "OUT_OF_RANGE at input.quorumLived",
            "OUT_OF_RANGE at input.minLivedBp",
            "OUT_OF_RANGE at input.termMonths",
            "NOT_FOUND at input.hostOrganisationId",
        ]);
    }

    async fn a_board_stands_in_a_partnership_its_host_takes_part_in(world: World) {
        let elsewhere = with(new_board(), json!({
            "partnershipId": id("partnership", "fernley-together"),
            "initiativeId": id("initiative", "ashdown-support"),
        }));
        let found = refused(&world.client("council-admin"), "boardCreate", elsewhere).await;
        assert_eq!(found, ["RULE_BROKEN at input.hostOrganisationId", "RULE_BROKEN at input.initiativeId"]);
        let of_another = with(new_board(), json!({ "hostOrganisationId": id("organisation", "fernley-council") }));
        assert_eq!(refused(&world.client("council-admin"), "boardCreate", of_another).await, ["FORBIDDEN at input"]);
        let hidden = |partnership: String| with(new_board(), json!({ "partnershipId": partnership }));
        let council = world.client("council-admin");
        let forming = change(&council, "boardCreate", hidden(id("partnership", "fernley-next"))).await;
        let absent = change(&council, "boardCreate", hidden(never("partnership"))).await;
        assert_eq!(forming.user_errors("answer"), ["NOT_FOUND at input.partnershipId"]);
        assert_eq!(forming.text, absent.text);
    }

    async fn a_change_leaves_what_it_does_not_name_and_empties_what_it_names_null(world: World) {
        let chair = world.client("board-chair");
        let board = does(&chair, "boardUpdate", on(&team_up(), json!({ "name": "Team-Up", "termMonths": null }))).await;
        assert_eq!((&board["name"], &board["termMonths"], &board["quorum"]), (&json!("Team-Up"), &Value::Null, &json!(2)));
        assert!(board["purpose"].as_str().unwrap().starts_with("canary"));
        let wrong = on(&board, json!({ "name": null, "quorum": 2000, "quorumLived": 3000, "eligibilityNote": "x".repeat(2_001) }));
        assert_eq!(refused(&chair, "boardUpdate", wrong).await, [
            "REQUIRED at input.name",
            "TOO_LONG at input.eligibilityNote",
            "OUT_OF_RANGE at input.quorum",
            "OUT_OF_RANGE at input.quorumLived",
        ]);
    }

    async fn a_board_at_work_keeps_numbers_that_its_seats_can_keep(world: World) {
        let too_many = on(&team_up(), json!({ "quorum": 9, "quorumLived": 8, "minLivedBp": 10_000 }));
        let found = refused(&world.client("board-chair"), "boardUpdate", too_many).await;
        assert_eq!(found, ["RULE_BROKEN at input.quorum", "RULE_BROKEN at input.quorumLived"]);
    }

    async fn a_board_works_rests_and_works_again(world: World) {
        let (chair, before) = (world.client("board-chair"), events(&world).await);
        let answer = change(&chair, "boardActivate", on(&team_up(), json!({}))).await;
        assert_eq!(answer.user_errors("answer"), ["ILLEGAL_TRANSITION at input.id"]);
        let message = answer.data("/answer/userErrors/0/message").as_str().unwrap();
        assert!(message.contains("DORMANT") && message.contains("CLOSED"), "{message}");
        let resting = does(&chair, "boardRest", on(&team_up(), json!({ "reason": "Summer." }))).await;
        assert_eq!(resting["status"], "DORMANT");
        let working = does(&chair, "boardActivate", on(&resting, json!({}))).await;
        assert_eq!(working["status"], "ACTIVE");
        assert_eq!(actions_since(&world, before).await, ["board.rest", "board.activate"]);
        let rest = world.rows().await.audit_event.into_iter().find(|event| event.action == "board.rest").unwrap();
        assert_eq!(rest.reason.as_deref(), Some("Summer."));
    }

    async fn a_board_without_seats_cannot_begin(world: World) {
        let council = world.client("council-admin");
        let board = does(&council, "boardCreate", new_board()).await;
        let found = refused(&council, "boardActivate", on(&board, json!({}))).await;
        assert_eq!(found, ["RULE_BROKEN at input.id", "RULE_BROKEN at input.id"]);
    }

    async fn closing_a_board_closes_every_path_to_it(world: World) {
        let before = events(&world).await;
        let closed = does(&world.client("board-chair"), "boardClose", on(&team_up(), json!({}))).await;
        assert_eq!(closed["status"], "CLOSED");
        for (name, stage) in [("board-member", "ENDED"), ("on-leave", "ENDED"), ("visitor", "DECLINED"), ("offered", "DECLINED")] {
            let membership = membership(&format!("team-up {name}"));
            assert_eq!(stored(&world, &membership).await.stage.to_string(), stage, "{name}");
            assert_eq!(history(&world, &membership).await.last().unwrap(), stage, "{name}");
        }
        let done = actions_since(&world, before).await;
        let count = |action: &str| done.iter().filter(|found| *found == action).count();
        assert_eq!(done[0], "board.close");
        assert_eq!((count("board_membership.end"), count("board_membership.decline")), (3, 5));
        let again = refused(&world.client("board-chair"), "boardActivate", on(&closed, json!({}))).await;
        assert_eq!(again, ["ILLEGAL_TRANSITION at input.id"]);
    }

    async fn the_public_reads_a_board_while_it_is_published(world: World) {
        let (chair, public) = (world.client("board-chair"), world.client("anonymous"));
        let reads = async || {
            let answer = public.query("query($id: ID!) { board(id: $id) { id } }", json!({ "id": id("board", "team-up") })).await;
            !answer.data("/board").is_null()
        };
        assert!(reads().await);
        assert_eq!(refused(&chair, "boardPublish", on(&team_up(), json!({}))).await, ["ALREADY_EXISTS at input.id"]);
        let taken_back = does(&chair, "boardUnpublish", on(&team_up(), json!({}))).await;
        assert!(!reads().await);
        assert_eq!(refused(&chair, "boardUnpublish", on(&taken_back, json!({}))).await, ["RULE_BROKEN at input.id"]);
        does(&chair, "boardPublish", on(&taken_back, json!({}))).await;
        assert!(reads().await);
    }
}
