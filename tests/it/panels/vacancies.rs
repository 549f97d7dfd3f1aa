//! Vacancies and applications (domain.md 2.3): drafted, announced, closed by the server's clock; and who applies.

use entity::Described;
use harness::{World, both_databases, id};
use serde_json::{Value, json};

use super::{change, does, on, refused};

/// A vacancy for a post that takes applications for a week from tomorrow.
async fn draft(world: &World) -> Value {
    does(
        &world.client("council-admin"),
        "vacancyCreate",
        json!({
            "organisationId": id("organisation", "ashdown-council"),
            "kind": "PEER_RESEARCHER",
            "title": "Peer researcher",
            "opensAt": "2026-03-03T09:00:00Z",
            "closesAt": "2026-03-10T09:00:00Z",
        }),
    )
    .await
}

fn applies(vacancy: &Value) -> Value {
    json!({ "vacancyId": vacancy["id"], "statement": "I would like to." })
}

both_databases! {
    /// A draft is nobody's but the organisation's; applications come between the times that were announced, and no later.
    async fn a_vacancy_takes_applications_between_its_times(world: World) {
        let (council, visitor) = (world.client("council-admin"), world.client("visitor"));
        let vacancy = draft(&world).await;
        assert_eq!((&vacancy["status"], &vacancy["announcedAt"]), (&json!("DRAFT"), &Value::Null));
        assert_eq!(refused(&visitor, "applicationSubmit", applies(&vacancy)).await, ["NOT_FOUND at input.vacancyId"]);
        let vacancy = does(&council, "vacancyOpen", on(&vacancy, json!({}))).await;
        assert_eq!((&vacancy["status"], &vacancy["announcedAt"]), (&json!("OPEN"), &json!("2026-03-02T09:00:00Z")));
        assert_eq!(refused(&visitor, "applicationSubmit", applies(&vacancy)).await, ["INACTIVE at input.vacancyId"]);

        world.clock().advance(chrono::TimeDelta::days(1));
        let application = does(&visitor, "applicationSubmit", applies(&vacancy)).await;
        assert_eq!((&application["status"], &application["statement"]), (&json!("SUBMITTED"), &json!("I would like to.")));
        let too_soon = refused(&council, "vacancyClose", on(&vacancy, json!({}))).await;
        assert_eq!(too_soon, ["RULE_BROKEN at input.id"]);
        let earlier = on(&vacancy, json!({ "closesAt": "2026-03-09T09:00:00Z" }));
        assert_eq!(refused(&council, "vacancyUpdate", earlier).await, ["RULE_BROKEN at input.closesAt"]);

        world.clock().advance(chrono::TimeDelta::days(7));
        let late = refused(&world.client("researcher"), "applicationSubmit", applies(&vacancy)).await;
        assert_eq!(late, ["EXPIRED at input.vacancyId"]);
        let vacancy = does(&council, "vacancyClose", on(&vacancy, json!({}))).await;
        assert_eq!(vacancy["status"], "CLOSED");
        let changed = on(&vacancy, json!({ "title": "Another" }));
        assert_eq!(refused(&council, "vacancyUpdate", changed).await, ["INACTIVE at input.id"]);
        let answer = change(&council, "vacancyOpen", on(&vacancy, json!({}))).await;
        assert!(answer.text.contains("It can become INTERVIEWING or WITHDRAWN."), "{}", answer.text);
    }

    /// One application a person, even when it was taken back; and only the applicant takes it back.
    async fn one_application_a_person_is_taken(world: World) {
        let visitor = world.client("visitor");
        let seat = json!({ "id": id("vacancy", "seat") });
        let application = does(&visitor, "applicationSubmit", applies(&seat)).await;
        assert_eq!(refused(&visitor, "applicationSubmit", applies(&seat)).await, ["ALREADY_EXISTS at input.vacancyId"]);
        let by_others = on(&application, json!({}));
        assert_eq!(refused(&world.client("council-admin"), "applicationWithdraw", by_others).await, ["FORBIDDEN at input"]);
        let application = does(&visitor, "applicationWithdraw", on(&application, json!({}))).await;
        assert_eq!(application["status"], "WITHDRAWN");
        assert_eq!(refused(&visitor, "applicationSubmit", applies(&seat)).await, ["ALREADY_EXISTS at input.vacancyId"]);
        let again = change(&visitor, "applicationWithdraw", on(&application, json!({}))).await;
        assert!(again.text.contains("This application is WITHDRAWN already, for good."), "{}", again.text);
    }

    /// Applying twice at once: one application, and the other request is told.
    async fn the_same_person_applies_twice_at_once(world: World) {
        let visitor = world.client("visitor");
        let seat = json!({ "id": id("vacancy", "seat") });
        let (first, second) = tokio::join!(
            change(&visitor, "applicationSubmit", applies(&seat)),
            change(&visitor, "applicationSubmit", applies(&seat))
        );
        let mut errors = [first.user_errors("answer"), second.user_errors("answer")];
        errors.sort_by_key(Vec::len);
        assert_eq!(errors, [vec![], vec!["ALREADY_EXISTS at input.vacancyId".to_owned()]]);
    }

    /// Somebody who recruits and applies sees no other application for the vacancy any more.
    async fn who_applies_sees_no_rivals(world: World) {
        let council = world.client("council-admin");
        let query = "query($id: ID!) { vacancy(id: $id) { applications { totalCount } } }";
        let count = async || {
            let answer = council.query(query, json!({ "id": id("vacancy", "seat") })).await;
            answer.data("/vacancy/applications/totalCount").clone()
        };
        assert_eq!(count().await, 1);
        does(&council, "applicationSubmit", applies(&json!({ "id": id("vacancy", "seat") }))).await;
        assert_eq!(count().await, 1, "their own, and not the other");
        let rival = council.query("query($id: ID!) { application(id: $id) { id } }", json!({ "id": id("application", "seat user-led-admin") })).await;
        assert!(rival.data("/application").is_null());
    }

    /// What applicants say about themselves becomes numbers: no row, no time, no order, no trace of who said it.
    async fn answers_about_equality_are_only_counted(world: World) {
        let before = world.rows().await;
        let mut input = applies(&json!({ "id": id("vacancy", "seat") }));
        input["equality"] = json!(["DISABLED_YES", "AGE_UNDER_25"]);
        does(&world.client("visitor"), "applicationSubmit", input).await;
        let after = world.rows().await;
        assert_eq!(after.equality_tally.len(), before.equality_tally.len());
        let grown: Vec<_> = after
            .equality_tally
            .iter()
            .filter(|row| !before.equality_tally.contains(row))
            .map(|row| row.answer.to_string())
            .collect();
        assert_eq!(grown.len(), 2);
        let event = after.audit_event.iter().find(|event| event.action == "application.submit").unwrap();
        assert!(event.acting_organisation_id.is_none());
        for trace in [format!("{event:?}"), format!("{:?}", after.outbox_event), format!("{:?}", after.application)] {
            assert!(!trace.contains("DISABLED") && !trace.contains("equality"), "{trace}");
        }
        assert_eq!(after.idempotency_record.len(), before.idempotency_record.len());
    }

    /// Every answer has its row before anybody applies, so that rows tell nothing of who came when.
    async fn the_numbers_are_there_before_the_first_application(world: World) {
        let vacancy = draft(&world).await;
        does(&world.client("council-admin"), "vacancyOpen", on(&vacancy, json!({}))).await;
        let of_world = harness::world::rows().equality_tally.len();
        let rows = world.rows().await.equality_tally;
        let there = rows.len() - of_world;
        assert_eq!(there, <entity::panels::kinds::EqualityAnswer as Described>::values().len());
    }

    /// A number that could tell on somebody is nobody's to read; the others come to the nearest five, after the closing time.
    async fn small_numbers_are_not_told(world: World) {
        let council = world.client("council-admin");
        let query = "query($id: ID!) { vacancy(id: $id) { equality(first: 50) { totalCount nodes { people } } } }";
        let open = council.query(query, json!({ "id": id("vacancy", "seat") })).await;
        assert_eq!(open.data("/vacancy/equality/totalCount"), 0);
        let over = council.query(query, json!({ "id": id("vacancy", "over") })).await;
        let numbers = over.data("/vacancy/equality/nodes").as_array().unwrap();
        assert_eq!(numbers.len(), 11, "of fifteen, from 0 to 28 by twos");
        assert!(numbers.iter().all(|number| number["people"].as_i64().unwrap() % 5 == 0), "{numbers:?}");
        let visitor = world.client("visitor").query(query, json!({ "id": id("vacancy", "over") })).await;
        assert_eq!(visitor.data("/vacancy/equality/totalCount"), 0);
    }

    /// The host of a board recruits for its seats, and nobody else.
    async fn a_seat_is_advertised_by_the_host_of_its_board(world: World) {
        let input = json!({
            "organisationId": id("organisation", "fernley-council"),
            "kind": "BOARD_SEAT", "title": "A seat",
            "seatId": id("board_seat", "team-up vacant"),
            "opensAt": "2026-03-03T09:00:00Z", "closesAt": "2026-03-10T09:00:00Z",
        });
        assert_eq!(refused(&world.client("stranger"), "vacancyCreate", input).await, ["RULE_BROKEN at input.seatId"]);
    }

    /// Whoever is erased leaves no word of theirs behind; that they applied stays with the pseudonym.
    async fn the_words_of_an_erased_person_go(world: World) {
        let query = "mutation($input: PersonAnonymiseInput!) { personAnonymise(input: $input) { userErrors { code message path } } }";
        let input = json!({ "id": id("person", "nominated"), "expectedVersion": 1 });
        let answer = world.client("user-led-admin").query(query, json!({ "input": input })).await;
        assert_eq!(answer.user_errors("personAnonymise"), [""; 0], "{}", answer.text);
        let rows = world.rows().await.application;
        let theirs = rows.iter().find(|row| row.id.0 == harness::uuid("application", "co-ordinator nominated")).unwrap();
        assert!(theirs.statement.is_none() && theirs.media_url.is_none());
    }

    /// How to reach an applicant is for whoever recruits and leads the panel; not for the others who read the application.
    async fn contact_details_are_for_those_who_get_in_touch(world: World) {
        let input = json!({
            "vacancyId": id("vacancy", "seat"), "statement": "I care.", "contact": "Text me; I do not answer calls.",
        });
        let mine = does(&world.client("researcher"), "applicationSubmit", input).await;
        assert_eq!(mine["contact"], json!({ "visibility": "VISIBLE", "details": "Text me; I do not answer calls." }));
        let read = "query($id: ID!) { application(id: $id) { statement contact { visibility details } } }";
        for (viewer, of, visibility) in [
            ("council-admin", "co-ordinator visitor", "VISIBLE"),
            ("board-chair", "co-ordinator visitor", "VISIBLE"),
            ("visitor", "co-ordinator visitor", "VISIBLE"),
            ("board-member", "co-ordinator visitor", "HIDDEN"),
            ("provider-user", "co-ordinator visitor", "HIDDEN"),
        ] {
            let answer = world.client(viewer).query(read, json!({ "id": id("application", of) })).await;
            assert_eq!(answer.data("/application/contact/visibility"), visibility, "{viewer}");
            assert_eq!(answer.data("/application/contact/details").is_null(), visibility == "HIDDEN", "{viewer}");
        }
    }

    /// Two requests with the same key are one, and what was answered about equality is counted once and kept nowhere.
    async fn an_application_is_repeated_safely(world: World) {
        let researcher = world.client("researcher");
        let submit = |statement: &str, answer: &str| json!({
            "vacancyId": id("vacancy", "seat"), "statement": statement, "equality": [answer],
            "idempotencyKey": "the-same-key-again",
        });
        let count = async |answer: &str| {
            let tallies = world.rows().await.equality_tally;
            let seat = harness::uuid("vacancy", "seat");
            let found = tallies.iter().find(|tally| tally.vacancy_id.0 == seat && tally.answer.to_string() == answer);
            found.unwrap().people
        };
        let before = (count("CARER_YES").await, count("CARER_NO").await);
        let first = does(&researcher, "applicationSubmit", submit("I care.", "CARER_YES")).await;
        let again = does(&researcher, "applicationSubmit", submit("I care.", "CARER_NO")).await;
        assert_eq!(first["id"], again["id"]);
        assert_eq!((count("CARER_YES").await, count("CARER_NO").await), (before.0 + 1, before.1));
        let other = refused(&researcher, "applicationSubmit", submit("Another.", "CARER_YES")).await;
        assert_eq!(other, ["CONFLICT at input.idempotencyKey"]);
    }
}
