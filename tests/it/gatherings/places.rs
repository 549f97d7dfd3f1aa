//! Places: who gets the last one, who waits, who comes.

use chrono::TimeDelta;
use entity::gatherings::event_attendance;
use entity::gatherings::kinds::EventAttendanceStatus as Status;
use entity::parties::kinds::AccessNeedCategory;
use entity::parties::{access_need, consent};
use harness::{Client, Rows, World, both_databases, id, uuid, world};
use sea_orm::{ActiveModelTrait, Set};
use serde_json::{Value, json};

use super::{announced, change, does, existing, on, places, read, refused};

fn need(person: &str) -> access_need::Model {
    let at = harness::NOW.parse().unwrap();
    access_need::Model {
        id: uuid("access_need", &format!("counted {person}")).into(),
        person_id: uuid("person", person).into(),
        category: AccessNeedCategory::CommunicationSupport,
        code: "COUNTED".to_owned(),
        detail: None,
        review_due_on: None,
        version: 1,
        created_at: at,
        updated_at: at,
        created_by: None,
    }
}

/// Whether somebody reads who `fernley-member` is.
async fn knows(client: &Client) -> bool {
    let query = "query($id: ID!) { person(id: $id) { id } }";
    let answer = client
        .query(query, json!({ "id": id("person", "fernley-member") }))
        .await;
    !answer.data("/person").is_null()
}

/// Changes the place of `fernley-member` at the showcase.
async fn set_place(world: &World, status: Status, is_confirmed: bool) {
    let confirmed_at = is_confirmed.then(|| harness::NOW.parse().unwrap());
    let row = event_attendance::ActiveModel {
        id: Set(uuid("event_attendance", "showcase fernley-member").into()),
        status: Set(status),
        confirmed_at: Set(confirmed_at),
        ..Default::default()
    };
    row.update(world.connection()).await.unwrap();
}

both_databases! {
    /// Who comes too late waits, and gets the next place that is free, in order; the hosts make more room.
    async fn those_who_wait_get_the_next_place(world: World) {
        let council = world.client("council-admin");
        let event = announced(&council, 1, "WAITING_LIST").await;
        let register = || json!({ "eventId": event["id"] });
        let mut all = Vec::new();
        for (viewer, status) in [("visitor", "REGISTERED"), ("board-member", "WAITING"), ("board-chair", "WAITING"), ("researcher", "WAITING")] {
            let place = does(&world.client(viewer), "eventRegister", register()).await;
            assert_eq!(place["status"], status, "{viewer}");
            all.push(place);
            world.clock().advance(TimeDelta::minutes(1));
        }
        assert_eq!(
            refused(&world.client("visitor"), "eventRegister", register()).await,
            ["ALREADY_EXISTS at input.eventId"]
        );
        does(&world.client("visitor"), "eventAttendanceSendApologies", on(&all[0], json!({}))).await;
        let place = |viewer: &'static str| {
            let event = event.clone();
            let client = world.client(viewer);
            async move {
                let query = "query($of: ID) { eventAttendances(filter: { event: $of }) { nodes { status person { id } } } }";
                let answer = client.query(query, json!({ "of": event["id"] })).await;
                let own = json!(id("person", viewer));
                let nodes = answer.data("/eventAttendances/nodes").as_array().unwrap().clone();
                nodes.into_iter().find(|node| node["person"]["id"] == own).unwrap()["status"].clone()
            }
        };
        assert_eq!(place("board-member").await, "REGISTERED");
        assert_eq!(place("board-chair").await, "WAITING");
        let fewer = refused(&council, "eventUpdate", on(&event, json!({ "capacity": 0 }))).await;
        assert_eq!(fewer, ["OUT_OF_RANGE at input.capacity"]);
        let event = does(&council, "eventUpdate", on(&event, json!({ "capacity": 2 }))).await;
        assert_eq!(place("board-chair").await, "REGISTERED");
        assert_eq!(places(&council, &event).await, [2, 1, 0]);
        let too_few = refused(&council, "eventUpdate", on(&event, json!({ "capacity": 1 }))).await;
        assert_eq!(too_few, ["RULE_BROKEN at input.capacity"]);
        // Whoever sent apologies may ask again, and stands at the end.
        assert_eq!(does(&world.client("visitor"), "eventRegister", register()).await["status"], "WAITING");
    }

    /// Two ask for the last place at once: one gets it, the other waits or is told that it is full.
    async fn the_last_place_is_given_once(world: World) {
        let council = world.client("council-admin");
        for (when_full, outcome) in [("WAITING_LIST", [1, 1, 0]), ("REFUSE", [1, 0, 0])] {
            let event = announced(&council, 1, when_full).await;
            let register = || json!({ "eventId": event["id"] });
            let (member, chair) = (world.client("board-member"), world.client("board-chair"));
            let (one, other) = tokio::join!(
                change(&member, "eventRegister", register()),
                change(&chair, "eventRegister", register())
            );
            let mut errors = [one.user_errors("answer"), other.user_errors("answer")];
            errors.sort();
            assert_eq!(errors[0], [""; 0], "{when_full}");
            let expected: &[&str] = if when_full == "REFUSE" { &["LIMIT_EXCEEDED at input.eventId"] } else { &[] };
            assert_eq!(errors[1], expected, "{when_full}");
            assert_eq!(places(&council, &event).await, outcome, "{when_full}");
        }
    }

    /// A place is given up while the last one is asked for: it is never lost, and never given twice.
    async fn a_place_is_passed_on_while_another_is_asked_for(world: World) {
        let council = world.client("council-admin");
        let event = announced(&council, 1, "WAITING_LIST").await;
        let register = || json!({ "eventId": event["id"] });
        let visitor = world.client("visitor");
        let place = does(&visitor, "eventRegister", register()).await;
        let chair = world.client("board-chair");
        let (gone, asked) = tokio::join!(
            change(&visitor, "eventAttendanceSendApologies", on(&place, json!({}))),
            change(&chair, "eventRegister", register())
        );
        assert_eq!(gone.user_errors("answer"), [""; 0]);
        assert_eq!(asked.user_errors("answer"), [""; 0]);
        assert_eq!(places(&council, &event).await, [1, 0, 0]);
    }

    /// Who has a place reads how to join; who waits does not.
    async fn who_has_a_place_reads_how_to_join(world: World) {
        let showcase = existing("event", "showcase");
        for (viewer, visibility) in [
            ("visitor", "VISIBLE"),
            ("council-admin", "VISIBLE"),
            ("board-member", "HIDDEN"),
            ("user-led-admin", "HIDDEN"),
            ("anonymous", "HIDDEN"),
        ] {
            let seen = read(&world.client(viewer), &showcase).await;
            assert_eq!(seen["joining"]["visibility"], visibility, "{viewer}");
        }
    }

    /// Hosts count what those who come need, without names; nobody else does. Who waits is not counted, and numbers of fewer
    /// than eight people are nobody's to read.
    async fn hosts_count_access_needs(world: World) {
        let (council, both) = (world.client("council-admin"), existing("event", "both"));
        let people = [
            "visitor", "board-member", "board-chair", "researcher", "former-member", "provider-user", "user-led-admin",
            "stranger", "fernley-member",
        ];
        let mut rows = Rows::default();
        for guest in ["guest 1", "guest 2", "guest 3"] {
            rows.person.push(world::person(guest));
            rows.event_attendance.push(world::event_attendance("both", guest, Status::Registered));
        }
        rows.insert(world.connection()).await;
        for (number, person) in people.into_iter().enumerate() {
            let status = if number == 7 { Status::Waiting } else { Status::Registered };
            let mut rows = Rows::default();
            rows.event_attendance.push(world::event_attendance("both", person, status));
            rows.access_need.push(need(person));
            rows.insert(world.connection()).await;
            let counted = read(&council, &both).await["accessNeeds"].clone();
            let shown = (number == 8).then_some(10);
            assert_eq!(counted, json!({ "people": shown, "communicationSupport": shown }), "{number}");
        }
        // The other host.
        let counted = read(&world.client("user-led-admin"), &both).await["accessNeeds"].clone();
        assert_eq!(counted["people"], 10);
        for viewer in ["visitor", "board-chair", "platform-admin", "anonymous"] {
            let counted = read(&world.client(viewer), &both).await["accessNeeds"].clone();
            assert_eq!(counted, json!({ "people": null, "communicationSupport": null }), "{viewer}");
        }
    }

    /// A place that was asked for in somebody's name opens them to the host until the event is over; one of their own, for good.
    async fn a_place_in_somebodys_name_opens_them_while_they_come(world: World) {
        let council = world.client("council-admin");
        // Their name is published until they take that back.
        let consent = consent::ActiveModel {
            id: Set(uuid("consent", "fernley-member PUBLISH_NAME").into()),
            withdrawn_at: Set(Some(harness::NOW.parse().unwrap())),
            ..Default::default()
        };
        consent.update(world.connection()).await.unwrap();
        assert!(!knows(&council).await);
        let mut rows = Rows::default();
        rows.event_attendance.push(world::event_attendance("showcase", "fernley-member", Status::Registered));
        rows.user_account.push(world::user_account("fernley-member"));
        rows.insert(world.connection()).await;
        assert!(knows(&council).await);
        set_place(&world, Status::Apologies, false).await;
        assert!(!knows(&council).await);
        set_place(&world, Status::Registered, false).await;
        world.clock().advance(TimeDelta::days(18) + TimeDelta::hours(3));
        assert!(knows(&council).await);
        world.clock().advance(TimeDelta::hours(1));
        assert!(!knows(&council).await);
        set_place(&world, Status::Apologies, true).await;
        assert!(knows(&council).await);
    }

    /// A host asks for a place in somebody's name: who did stands there, and whether the person has said yes, which nobody says
    /// for them. Whoever asks for themself has said so.
    async fn a_place_in_somebodys_name_is_confirmed_by_them(world: World) {
        let (council, member) = (world.client("council-admin"), world.client("board-member"));
        let event = announced(&council, 5, "REFUSE").await;
        let own = does(&world.client("visitor"), "eventRegister", json!({ "eventId": event["id"] })).await;
        assert_eq!((&own["confirmedAt"], &own["registeredByPerson"]["id"]), (&json!("2026-03-02T09:00:00Z"), &json!(id("person", "visitor"))));
        assert_eq!(
            refused(&world.client("visitor"), "eventAttendanceConfirm", on(&own, json!({}))).await,
            ["ILLEGAL_TRANSITION at input.id"]
        );
        let named = json!({ "eventId": event["id"], "personId": id("person", "board-member") });
        let place = does(&council, "eventRegister", named.clone()).await;
        assert_eq!((&place["status"], &place["confirmedAt"]), (&json!("REGISTERED"), &Value::Null));
        assert_eq!(place["registeredByPerson"]["id"], id("person", "council-admin"));
        assert_eq!(place["viewerCan"]["confirm"], false);
        assert_eq!(refused(&council, "eventAttendanceConfirm", on(&place, json!({}))).await, ["FORBIDDEN at input"]);
        world.clock().advance(TimeDelta::hours(1));
        let confirmed = does(&member, "eventAttendanceConfirm", on(&place, json!({}))).await;
        assert_eq!((&confirmed["confirmedAt"], &confirmed["viewerCan"]["confirm"]), (&json!("2026-03-02T10:00:00Z"), &json!(true)));
        // Given up and asked for again in their name, it waits for their word again.
        let gone = does(&member, "eventAttendanceSendApologies", on(&confirmed, json!({}))).await;
        assert_eq!(refused(&member, "eventAttendanceConfirm", on(&gone, json!({}))).await.len(), 2);
        let again = does(&council, "eventRegister", named).await;
        assert_eq!((&again["id"], &again["confirmedAt"]), (&place["id"], &Value::Null));
        // Whose role it was to ask is audited; what the person says is their own business.
        let events = world.rows().await.audit_event;
        let acting = |action: &str| events.iter().find(|of| of.action == action).unwrap().acting_organisation_id;
        assert_eq!(acting("event_attendance.confirm"), None);
        world.clock().advance_days(90);
        assert_eq!(refused(&member, "eventAttendanceConfirm", on(&again, json!({}))).await, ["INACTIVE at input.id"]);
    }

    /// Whoever is erased gives up their places at events to come, and the next who waits gets each.
    async fn erasure_gives_up_places(world: World) {
        let erase = "mutation($input: PersonAnonymiseInput!) { personAnonymise(input: $input) { userErrors { code } } }";
        let input = json!({ "id": id("person", "visitor"), "expectedVersion": 1 });
        let erased = world.client("visitor").query(erase, json!({ "input": input })).await;
        assert_eq!(erased.data("/personAnonymise/userErrors"), &json!([]), "{}", erased.text);
        let rows = world.rows().await;
        for (place, status) in [
            ("showcase visitor", Status::Apologies),
            ("showcase board-member", Status::Registered),
            ("workshop visitor", Status::Registered),
        ] {
            let place_id = uuid("event_attendance", place);
            let found = rows.event_attendance.iter().find(|of| of.id.0 == place_id).unwrap();
            assert_eq!(found.status, status, "{place}");
        }
        let moved = rows.audit_event.iter().filter(|event| event.action == "event_attendance.move_up");
        assert_eq!(moved.count(), 1);
    }

    /// Attendance is recorded once the event has begun, for those who waited or just turned up as well.
    async fn who_came_is_recorded(world: World) {
        let council = world.client("council-admin");
        let registered = existing("event_attendance", "showcase visitor");
        let came = || json!({ "status": "CAME" });
        assert_eq!(
            refused(&council, "eventAttendanceRecord", on(&registered, came())).await,
            ["RULE_BROKEN at input.id"]
        );
        world.clock().advance(TimeDelta::days(18) + TimeDelta::hours(2));
        does(&council, "eventAttendanceRecord", on(&registered, came())).await;
        let late = json!({ "eventId": id("event", "showcase") });
        assert_eq!(
            refused(&world.client("board-chair"), "eventRegister", late.clone()).await,
            ["EXPIRED at input.eventId"]
        );
        let mut turned_up = late;
        turned_up["personId"] = json!(id("person", "board-chair"));
        let noted = does(&council, "eventRegister", turned_up).await;
        assert_eq!(noted["status"], "WAITING");
        does(&council, "eventAttendanceRecord", on(&noted, came())).await;
        assert_eq!(places(&council, &existing("event", "showcase")).await, [0, 1, 2]);
        let own = existing("event_attendance", "workshop visitor");
        assert_eq!(
            refused(&world.client("visitor"), "eventAttendanceRecord", on(&own, came())).await,
            ["FORBIDDEN at input"]
        );
    }

    /// Nobody asks for a place in somebody else's name but a host; and who comes is the hosts' and the person's alone.
    async fn who_comes_is_not_everybodys(world: World) {
        let for_another = json!({ "eventId": id("event", "both"), "personId": id("person", "board-member") });
        assert_eq!(
            refused(&world.client("board-chair"), "eventRegister", for_another).await,
            ["FORBIDDEN at input"]
        );
        for (viewer, seen) in [("anonymous", 0), ("stranger", 1), ("visitor", 2), ("council-admin", 4), ("platform-admin", 0)] {
            let all = world.client(viewer).query("{ eventAttendances { totalCount } }", Value::Null).await;
            assert_eq!(all.data("/eventAttendances/totalCount"), seen, "{viewer}");
        }
        assert_eq!(
            refused(&world.client("service-account"), "eventRegister", json!({ "eventId": id("event", "both") })).await,
            ["FORBIDDEN at input"]
        );
    }
}
