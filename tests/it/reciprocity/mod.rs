//! What people get for taking part, and how long it took (`domain.md` 2.9).

use chrono::TimeDelta;
use harness::mutations::{does, on, refused};
use harness::{Client, both_databases, id};
use serde_json::{Value, json};

fn existing(name: &str) -> Value {
    json!({ "id": id("contribution", name), "version": 1 })
}

/// The council offers the member 15 pounds for an hour on 9 March.
fn reading() -> Value {
    json!({
        "personId": id("person", "board-member"),
        "organisationId": id("organisation", "ashdown-council"),
        "activity": "Reading the papers of the review.",
        "startsAt": "2026-03-09T10:00:00Z",
        "expectedMinutes": 60,
        "reward": "PAYMENT",
        "pence": 1_500,
    })
}

/// What somebody is told of contributions, whichever way they ask: how many they count in each list.
async fn counts(client: &Client) -> Vec<Value> {
    let query = "query($person: ID!, $organisation: ID!) {
        contributions { totalCount }
        person(id: $person) { contributions { totalCount } }
        organisation(id: $organisation) { contributions { totalCount } }
    }";
    let of = json!({
        "person": id("person", "board-member"), "organisation": id("organisation", "ashdown-council"),
    });
    let answer = client.query(query, of).await;
    [
        "/contributions",
        "/person/contributions",
        "/organisation/contributions",
    ]
    .into_iter()
    .filter_map(|list| {
        answer.json["data"]
            .pointer(&format!("{list}/totalCount"))
            .cloned()
    })
    .collect()
}

both_databases! {
    /// Offered, accepted in part, done, recorded by one, confirmed by the other.
    async fn a_contribution_is_agreed_before_and_confirmed_after(world: World) {
        let (council, member) = (world.client("council-admin"), world.client("board-member"));
        let offered = does(&council, "contributionOffer", reading()).await;
        assert_eq!((&offered["status"], &offered["agreedBefore"]), (&json!("OFFERED"), &Value::Null));
        let more = on(&offered, json!({ "pence": 1_501 }));
        assert_eq!(refused(&member, "contributionAccept", more).await, ["RULE_BROKEN at input.pence"]);
        let accepted = does(&member, "contributionAccept", on(&offered, json!({ "pence": 1_000 }))).await;
        assert_eq!(
            (&accepted["status"], &accepted["reward"], &accepted["acceptedPence"], &accepted["agreedBefore"]),
            (&json!("ACCEPTED"), &json!("PAYMENT"), &json!(1_000), &json!(true))
        );
        let early = on(&accepted, json!({ "minutes": 60 }));
        assert_eq!(refused(&member, "contributionRecordMinutes", early).await, ["RULE_BROKEN at input.id"]);

        world.clock().advance(TimeDelta::days(8));
        let recorded = does(&member, "contributionRecordMinutes", on(&accepted, json!({ "minutes": 75 }))).await;
        assert_eq!(recorded["minutesRecordedBy"], "PERSON");
        assert_eq!(recorded["viewerCan"]["confirmMinutes"], false);
        assert_eq!(
            refused(&member, "contributionConfirmMinutes", on(&recorded, json!({}))).await,
            ["FORBIDDEN at input"]
        );
        let confirmed = does(&council, "contributionConfirmMinutes", on(&recorded, json!({}))).await;
        assert_eq!((&confirmed["minutes"], confirmed["minutesConfirmedAt"].is_null()), (&json!(75), false));
        let again = on(&confirmed, json!({ "minutes": 10 }));
        assert_eq!(refused(&council, "contributionRecordMinutes", again).await, ["RULE_BROKEN at input.id"]);
    }

    /// Nothing is agreed once it has begun, unless it says so itself. The server's clock decides.
    async fn what_has_begun_is_not_agreed_before(world: World) {
        let (council, member) = (world.client("council-admin"), world.client("board-member"));
        let offered = does(&council, "contributionOffer", reading()).await;
        world.clock().advance(TimeDelta::days(7) + TimeDelta::hours(1));
        for answer in ["contributionAccept", "contributionDonate"] {
            let too_late = refused(&member, answer, on(&offered, json!({}))).await;
            assert_eq!(too_late, ["RULE_BROKEN at input.agreedBefore"], "{answer}");
        }
        assert_eq!(refused(&council, "contributionOffer", reading()).await, ["RULE_BROKEN at input.agreedBefore"]);
        let late = does(&member, "contributionAccept", on(&offered, json!({ "agreedBefore": false }))).await;
        assert_eq!((&late["status"], &late["agreedBefore"]), (&json!("ACCEPTED"), &json!(false)));
        let filter = "{ contributions(filter: { agreedBefore: false, status: [ACCEPTED] }) { nodes { id } } }";
        let found = council.query(filter, Value::Null).await;
        assert_eq!(found.data("/contributions/nodes"), &json!([{ "id": late["id"] }]));

        let mut input = reading();
        input["agreedBefore"] = json!(false);
        let offered = does(&council, "contributionOffer", input).await;
        assert_eq!(offered["agreedBefore"], false);
    }

    /// A meeting says itself when it begins, also when it is moved after the offer.
    async fn a_meetings_own_time_counts(world: World) {
        let (council, member) = (world.client("council-admin"), world.client("board-member"));
        let mut input = reading();
        input["meetingId"] = json!(id("meeting", "team-up next"));
        assert_eq!(
            refused(&council, "contributionOffer", input.clone()).await,
            ["RULE_BROKEN at input.activity", "RULE_BROKEN at input.startsAt"]
        );
        for field in ["activity", "startsAt", "expectedMinutes"] {
            input[field] = Value::Null;
        }
        let offered = does(&council, "contributionOffer", input).await;
        assert_eq!(offered["startsAt"], "2026-03-16T10:00:00Z");
        assert_eq!(offered["expectedMinutes"], 120);

        let earlier = "mutation($input: MeetingUpdateInput!) { meetingUpdate(input: $input) { userErrors { message } } }";
        let input = json!({
            "id": id("meeting", "team-up next"), "expectedVersion": 1,
            "startsAt": "2026-03-03T10:00:00Z", "endsAt": "2026-03-03T12:00:00Z",
        });
        let moved = world.client("board-chair").query(earlier, json!({ "input": input })).await;
        assert_eq!(moved.data("/meetingUpdate/userErrors"), &json!([]));
        world.clock().advance(TimeDelta::days(2));
        let too_late = refused(&member, "contributionAccept", on(&offered, json!({}))).await;
        assert_eq!(too_late, ["RULE_BROKEN at input.agreedBefore"]);
    }

    /// People take nothing, or give it away, and take part all the same.
    async fn declining_and_donating_are_answers_like_others(world: World) {
        let (council, member) = (world.client("council-admin"), world.client("board-member"));
        let declined = does(&member, "contributionDecline", on(&existing("offered"), json!({}))).await;
        assert_eq!(
            (&declined["reward"], &declined["acceptedPence"], &declined["agreedBefore"]),
            (&json!("NONE"), &Value::Null, &json!(true))
        );
        assert_eq!(
            refused(&member, "contributionAccept", on(&declined, json!({}))).await,
            ["ILLEGAL_TRANSITION at input.id"]
        );
        let offered = does(&council, "contributionOffer", reading()).await;
        let donated = does(&member, "contributionDonate", on(&offered, json!({}))).await;
        assert_eq!((&donated["reward"], &donated["offeredPence"]), (&json!("DONATED"), &json!(1_500)));
        world.clock().advance(TimeDelta::days(8));
        let recorded = does(&council, "contributionRecordMinutes", on(&donated, json!({ "minutes": 60 }))).await;
        let confirmed = does(&member, "contributionConfirmMinutes", on(&recorded, json!({}))).await;
        assert!(!confirmed["minutesConfirmedAt"].is_null());
    }

    async fn an_offer_is_taken_back_until_it_is_answered(world: World) {
        let council = world.client("council-admin");
        let withdrawn = does(&council, "contributionWithdraw", on(&existing("offered"), json!({}))).await;
        assert_eq!(withdrawn["status"], "WITHDRAWN");
        let accepted = on(&withdrawn, json!({}));
        assert_eq!(
            refused(&world.client("board-member"), "contributionAccept", accepted).await,
            ["ILLEGAL_TRANSITION at input.id"]
        );
        assert_eq!(
            refused(&council, "contributionWithdraw", on(&existing("accepted"), json!({}))).await,
            ["ILLEGAL_TRANSITION at input.id"]
        );
    }

    /// Nobody is on both sides: not the administrator, and nobody answers for somebody else.
    async fn nobody_agrees_with_themselves(world: World) {
        let council = world.client("council-admin");
        let mut own = reading();
        own["personId"] = json!(id("person", "council-admin"));
        assert_eq!(refused(&council, "contributionOffer", own).await, ["FORBIDDEN at input"]);
        for answer in ["contributionAccept", "contributionDecline", "contributionDonate"] {
            let for_another = refused(&council, answer, on(&existing("offered"), json!({}))).await;
            assert_eq!(for_another, ["FORBIDDEN at input"], "{answer}");
        }
        let by_the_person = refused(
            &world.client("board-member"), "contributionWithdraw", on(&existing("offered"), json!({})),
        ).await;
        assert_eq!(by_the_person, ["FORBIDDEN at input"]);
    }

    /// Whom it concerns counts it, and nobody else: no chair, no platform administrator, no other organisation.
    async fn what_somebody_gets_is_known_to_the_two_alone(world: World) {
        assert_eq!(counts(&world.client("board-member")).await, [json!(3), json!(3), json!(2)]);
        assert_eq!(counts(&world.client("council-admin")).await, [json!(5), json!(2), json!(5)]);
        for other in ["platform-admin", "anonymous", "provider-user", "researcher", "service-account"] {
            for count in counts(&world.client(other)).await {
                assert_eq!(count, json!(0), "{other}");
            }
        }
        // The chair sees the person, and their own contribution only.
        assert_eq!(counts(&world.client("board-chair")).await, [json!(1), json!(0), json!(1)]);
    }

    /// The audit of another organisation that the person also works for says nothing of it.
    async fn an_answer_is_not_done_for_any_organisation(world: World) {
        let member = world.client("board-member");
        does(&member, "contributionAccept", on(&existing("offered"), json!({}))).await;
        let rows = world.rows().await;
        let event = rows.audit_event.iter().find(|event| event.action == "contribution.accept").unwrap();
        assert_eq!(event.acting_organisation_id, None);
        assert!(!event.changed.to_string().contains("2500"), "{}", event.changed);
        let outbox = rows.outbox_event.iter().find(|event| event.topic == "contribution.accept").unwrap();
        assert!(!outbox.payload.to_string().contains("2500"), "{}", outbox.payload);
    }
}
