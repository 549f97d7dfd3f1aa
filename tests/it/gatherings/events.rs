//! Events: prepared by one organisation, hosted by several, announced, called off; and what came of them.

use chrono::TimeDelta;
use harness::{both_databases, id};
use serde_json::{Value, json};

use super::{announced, change, does, existing, on, read, refused, showcase};

both_databases! {
    /// Two hosts: the second is one only once it has accepted itself, and then has the same say.
    async fn two_organisations_host_an_event(world: World) {
        let (council, voices) = (world.client("council-admin"), world.client("user-led-admin"));
        let public = world.client("anonymous");
        let event = does(&council, "eventCreate", showcase(20)).await;
        assert_eq!(read(&voices, &event).await, Value::Null);
        let ask = json!({ "eventId": event["id"], "organisationId": id("organisation", "cedar-voices") });
        let asked = does(&council, "eventHostInvite", ask.clone()).await;
        assert_eq!(asked["status"], "INVITED");
        assert_eq!(refused(&council, "eventHostInvite", ask).await, ["ALREADY_EXISTS at input.organisationId"]);
        // It reads the draft, to decide; and changes nothing yet.
        assert_eq!(read(&voices, &event).await["viewerCan"]["run"], false);
        assert_eq!(refused(&voices, "eventPublish", on(&event, json!({}))).await, ["FORBIDDEN at input"]);
        assert_eq!(refused(&council, "eventHostAccept", on(&asked, json!({}))).await, ["FORBIDDEN at input"]);
        assert_eq!(read(&public, &event).await, Value::Null);
        let accepted = does(&voices, "eventHostAccept", on(&asked, json!({}))).await;
        let published = does(&voices, "eventPublish", on(&event, json!({}))).await;
        let hosts = |seen: &Value| seen["hosts"]["nodes"].as_array().unwrap().len();
        let seen = read(&public, &event).await;
        assert_eq!((hosts(&seen), &seen["joining"]["visibility"]), (2, &json!("HIDDEN")));
        let left = does(&voices, "eventHostLeave", on(&accepted, json!({}))).await;
        assert_eq!(left["status"], "LEFT");
        assert_eq!(hosts(&read(&public, &event).await), 1);
        assert_eq!(refused(&voices, "eventCancel", on(&published, json!({ "reason": "No." }))).await, ["FORBIDDEN at input"]);
    }

    /// What was declined, and what was only asked, is nobody else's business.
    async fn who_was_asked_is_not_public(world: World) {
        let showcase = existing("event", "showcase");
        for (viewer, seen) in [("anonymous", 1), ("stranger", 1), ("user-led-admin", 2), ("council-admin", 2)] {
            let hosts = read(&world.client(viewer), &showcase).await["hosts"]["nodes"].clone();
            assert_eq!(hosts.as_array().unwrap().len(), seen, "{viewer}: {hosts}");
        }
    }

    /// No event without a host: of two who leave at once, one stays.
    async fn the_last_host_stays(world: World) {
        let (council, voices) = (world.client("council-admin"), world.client("user-led-admin"));
        let leave = |name: &str| on(&existing("event_host", name), json!({}));
        let one = change(&council, "eventHostLeave", leave("both ashdown-council"));
        let other = change(&voices, "eventHostLeave", leave("both cedar-voices"));
        let (one, other) = tokio::join!(one, other);
        let mut errors = [one.user_errors("answer"), other.user_errors("answer")];
        errors.sort();
        assert_eq!(errors, [vec![], vec!["RULE_BROKEN at input.id".to_owned()]]);
    }

    /// Whom it is for reads it once it is announced; nobody else ever has.
    async fn an_event_is_for_whom_it_is_for(world: World) {
        let council = world.client("council-admin");
        for (audience, readers) in [
            ("EVERYBODY", &["anonymous", "stranger", "provider-user", "user-led-admin", "researcher"][..]),
            ("PARTNERSHIP", &["provider-user", "user-led-admin", "researcher"]),
            ("HOSTS", &[]),
        ] {
            let mut input = showcase(20);
            input["audience"] = json!(audience);
            let named = (audience == "PARTNERSHIP").then(|| id("partnership", "ashdown-together"));
            input["partnershipId"] = json!(named);
            let event = does(&council, "eventCreate", input).await;
            for viewer in ["anonymous", "stranger", "provider-user", "user-led-admin", "researcher"] {
                assert_eq!(read(&world.client(viewer), &event).await, Value::Null, "{audience} {viewer}");
            }
            does(&council, "eventPublish", on(&event, json!({}))).await;
            for viewer in ["anonymous", "stranger", "provider-user", "user-led-admin", "researcher"] {
                let is_read = !read(&world.client(viewer), &event).await.is_null();
                assert_eq!(is_read, readers.contains(&viewer), "{audience} {viewer}");
            }
            assert_eq!(read(&world.client("service-account"), &event).await["status"], "PUBLISHED");
        }
    }

    /// It is announced and called off before it begins, and changed until then.
    async fn an_event_goes_its_way_by_the_clock(world: World) {
        let council = world.client("council-admin");
        let event = announced(&council, 20, "WAITING_LIST").await;
        let later = json!({ "startsAt": "2026-05-05T10:00:00Z" });
        assert_eq!(refused(&council, "eventUpdate", on(&event, later)).await, ["OUT_OF_RANGE at input.endsAt"]);
        let over = json!({ "startsAt": "2026-03-01T10:00:00Z", "endsAt": "2026-03-01T12:00:00Z" });
        assert_eq!(refused(&council, "eventUpdate", on(&event, over)).await, ["OUT_OF_RANGE at input.startsAt"]);
        let outcome = json!({ "eventId": event["id"], "text": "Three services want the set." });
        assert_eq!(refused(&council, "eventOutcomeAdd", outcome.clone()).await, ["RULE_BROKEN at input.eventId"]);
        world.clock().advance(TimeDelta::days(64));
        let reason = json!({ "reason": "Too late." });
        assert_eq!(refused(&council, "eventCancel", on(&event, reason)).await, ["EXPIRED at input.id"]);
        assert_eq!(refused(&council, "eventUpdate", on(&event, json!({ "title": "Other" }))).await, ["INACTIVE at input.id"]);
        let noted = does(&council, "eventOutcomeAdd", outcome).await;
        let told = json!({ "youSaidWeDidId": id("you_said_we_did", "published") });
        let linked = does(&council, "eventOutcomeUpdate", on(&noted, told)).await;
        assert_eq!(linked["youSaidWeDid"]["id"], id("you_said_we_did", "published"));
        let query = "query($id: ID!) { event(id: $id) { outcomes { nodes { text youSaidWeDid { did } } } } }";
        let seen = world.client("anonymous").query(query, json!({ "id": event["id"] })).await;
        assert_eq!(seen.data("/event/outcomes/nodes/0/text"), "Three services want the set.");
    }

    /// Cancelled, it says why, and lets nobody in.
    async fn a_cancelled_event_says_why(world: World) {
        let council = world.client("council-admin");
        let list = async |filter: &str| {
            let query = format!("{{ events(filter: {{ {filter} }}) {{ nodes {{ id }} }} }}");
            world.client("visitor").query(&query, Value::Null).await.text
        };
        let showcase = id("event", "showcase");
        assert!(list("isUpcoming: true").await.contains(&showcase), "it is to come");
        assert!(!list("isUpcoming: false").await.contains(&showcase));
        let comes = world.rows().await.event_attendance.iter().any(|place| {
            place.event_id.0 == harness::uuid("event", "showcase") && place.person_id.0 == harness::uuid("person", "visitor")
        });
        assert_eq!(list("isMine: true").await.contains(&showcase), comes);
        assert_eq!(list("isMine: false").await.contains(&showcase), !comes);
        let reason = json!({ "reason": "The hall is flooded." });
        let off = does(&council, "eventCancel", on(&existing("event", "showcase"), reason)).await;
        assert_eq!((&off["status"], &off["cancellationReason"]), (&json!("CANCELLED"), &json!("The hall is flooded.")));
        let register = json!({ "eventId": off["id"] });
        assert_eq!(
            refused(&world.client("board-chair"), "eventRegister", register).await,
            ["INACTIVE at input.eventId"]
        );
        assert!(!list("isUpcoming: true").await.contains(&showcase));
    }
}
