//! Two at once: exactly one wins, and the other is told so in plain English (domain.md 6.5).

use entity::boards::kinds::MembershipStage as Stage;
use harness::{Client, World, both_databases, id};
use serde_json::{Value, json};

use super::{change, membership, on, put, seat, stored};

/// What two requests that came at once were answered: the errors of each, the winner first.
async fn at_once(
    first: (&Client, &str, Value),
    second: (&Client, &str, Value),
) -> (Vec<String>, Vec<String>, String) {
    let (first, second) = tokio::join!(
        change(first.0, first.1, first.2),
        change(second.0, second.1, second.2)
    );
    let (winner, loser) = match first.user_errors("answer").is_empty() {
        true => (first, second),
        false => (second, first),
    };
    (
        winner.user_errors("answer"),
        loser.user_errors("answer"),
        loser.text,
    )
}

/// Two people of `team-up` who were offered the same seat.
async fn offered_the_same(world: &World, kind: &str) {
    let seat = seat(world, kind).await;
    for name in ["team-up visitor", "team-up former-member"] {
        put(world, name, Stage::Offered, Some(&seat)).await;
    }
}

both_databases! {
    async fn two_accept_the_same_seat_at_once(world: World) {
        for _ in 0..4 {
            offered_the_same(&world, "LIVED_EXPERIENCE").await;
            let accept = |row: entity::boards::board_membership::Model| json!({
                "id": roundtable_api::planner::global_id::encode("board_membership", row.id.0),
                "expectedVersion": row.version, "conflictsDeclared": true,
            });
            let row = async |name| accept(stored(&world, &membership(name)).await);
            let (visitor, former) = (world.client("visitor"), world.client("former-member"));
            let (one, other) = (row("team-up visitor").await, row("team-up former-member").await);
            let (winner, loser, text) = at_once(
                (&visitor, "boardMembershipAccept", one),
                (&former, "boardMembershipAccept", other),
            ).await;
            assert_eq!((winner, loser), (vec![], vec!["CONFLICT at input.id".to_owned()]), "{text}");
            assert!(text.contains("Somebody else holds this seat by now"), "{text}");
            let holding = world.rows().await.board_membership.into_iter().filter(|row| {
                row.stage == Stage::Active && [harness::uuid("person", "visitor"), harness::uuid("person", "former-member")].contains(&row.person_id.0)
            });
            assert_eq!(holding.count(), 1);
        }
    }

    async fn the_same_person_is_put_forward_twice_at_once(world: World) {
        let input = json!({ "boardId": id("board", "team-up"), "personId": id("person", "former-member") });
        let (chair, council) = (world.client("board-chair"), world.client("council-admin"));
        let (winner, loser, text) = at_once(
            (&chair, "boardMembershipNominate", input.clone()),
            (&council, "boardMembershipNominate", input),
        ).await;
        assert_eq!((winner, loser), (vec![], vec!["ALREADY_EXISTS at input.personId".to_owned()]), "{text}");
    }

    /// A seat cannot be closed while somebody sits down on it.
    async fn a_seat_closes_while_somebody_accepts_it(world: World) {
        offered_the_same(&world, "CARER").await;
        let seat = stored(&world, &membership("team-up visitor")).await.seat_id.unwrap();
        let seat = json!({ "id": roundtable_api::planner::global_id::encode("board_seat", seat.0), "expectedVersion": 1 });
        let accepts = on(&membership("team-up visitor"), json!({ "conflictsDeclared": true }));
        let (chair, visitor) = (world.client("board-chair"), world.client("visitor"));
        let (winner, loser, text) = at_once(
            (&chair, "boardSeatClose", seat),
            (&visitor, "boardMembershipAccept", accepts),
        ).await;
        assert!(winner.is_empty(), "{text}");
        assert!(["CONFLICT at input.id", "INACTIVE at input.id"].contains(&loser[0].as_str()), "{text}");
    }

    /// Two chairs move the same person on: the second sees what the first has done.
    async fn the_same_step_is_taken_twice_at_once(world: World) {
        let step = on(&membership("team-up visitor"), json!({ "waiverReason": "Known well." }));
        let (chair, council) = (world.client("board-chair"), world.client("council-admin"));
        let (winner, loser, text) = at_once(
            (&chair, "boardMembershipInvite", step.clone()),
            (&council, "boardMembershipInvite", step),
        ).await;
        assert_eq!((winner, loser), (vec![], vec!["CONFLICT at input.expectedVersion".to_owned()]), "{text}");
    }
}
