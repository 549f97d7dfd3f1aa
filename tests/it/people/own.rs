//! What is the person's own: access needs and consents.

use harness::{VIEWERS, both_databases, id, never};
use serde_json::{Value, json};

use super::{audit, hidden_is_absent, send, succeeded};

const NEED: &str = "accessNeed { id version category code detail reviewDueOn viewerCan { update delete } }";
const CONSENT: &str = "consent { id version purpose givenAt withdrawnAt viewerCan { withdraw } }";
const NEEDS: &str = "query($id: ID!) { person(id: $id) { accessNeeds { totalCount } } }";

async fn seen_needs(world: &harness::World, viewer: &str, person: &str) -> Value {
    let answer = world
        .client(viewer)
        .query(NEEDS, json!({ "id": id("person", person) }))
        .await;
    answer.data("/person/accessNeeds/totalCount").clone()
}

both_databases! {
    /// People note what they need, change it and delete it; not even the audit tells their organisation.
    async fn people_keep_their_needs(world: World) {
        let admin = world.client("council-admin");
        let input = json!({
            "category": "PHYSICAL", "code": "hearing loop", "detail": "near the front", "reviewDueOn": "2026-03-02",
            "idempotencyKey": "need-number-1",
        });
        let answer = send(&admin, "accessNeedCreate", NEED, input.clone()).await;
        let need = succeeded(&answer, "accessNeedCreate", "/accessNeed");
        assert_eq!(need["code"], "HEARING_LOOP");
        assert_eq!(need["viewerCan"], json!({ "update": true, "delete": true }));
        let again = send(&admin, "accessNeedCreate", NEED, input).await;
        assert_eq!(succeeded(&again, "accessNeedCreate", "/accessNeed"), need);
        let change = json!({ "id": need["id"], "expectedVersion": 1, "detail": null, "category": "OTHER" });
        let answer = send(&admin, "accessNeedUpdate", NEED, change.clone()).await;
        let changed = succeeded(&answer, "accessNeedUpdate", "/accessNeed");
        assert_eq!((&changed["detail"], &changed["code"], &changed["reviewDueOn"]), (&Value::Null, &json!("HEARING_LOOP"), &json!("2026-03-02")));
        let stale = send(&admin, "accessNeedUpdate", "accessNeed { version }", change.clone()).await;
        assert_eq!(stale.user_errors("accessNeedUpdate"), ["CONFLICT at input.expectedVersion"]);
        let delete = "deletedAccessNeedId accessNeed { version }";
        let stale = json!({ "id": need["id"], "expectedVersion": 1 });
        let answer = send(&admin, "accessNeedDelete", delete, stale).await;
        assert_eq!(answer.user_errors("accessNeedDelete"), ["CONFLICT at input.expectedVersion"]);
        assert_eq!(answer.data("/accessNeedDelete/accessNeed/version"), 2);
        let fresh = json!({ "id": need["id"], "expectedVersion": 2 });
        let answer = send(&admin, "accessNeedDelete", delete, fresh.clone()).await;
        assert_eq!(succeeded(&answer, "accessNeedDelete", "/deletedAccessNeedId"), need["id"]);
        assert_eq!(answer.data("/accessNeedDelete/accessNeed"), &Value::Null);
        let gone = send(&admin, "accessNeedDelete", delete, fresh).await;
        assert_eq!(gone.user_errors("accessNeedDelete"), ["NOT_FOUND at input.id"]);
        let entries = audit(&world).await;
        let actions: Vec<_> = entries.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(actions, ["access_need.create", "access_need.update", "access_need.delete"]);
        assert!(entries.iter().all(|entry| entry.acting_organisation_id.is_none()));
        let trace = format!("{entries:?}");
        assert!(!trace.contains("HEARING_LOOP") && !trace.contains("near the front"), "{trace}");
    }

    /// Everything that is wrong is said at once, and nobody writes for somebody else, whatever their role.
    async fn needs_are_the_persons_own(world: World) {
        let chair = world.client("board-chair");
        let wrong = json!({ "category": "OTHER", "code": "1!", "detail": "x".repeat(2001), "reviewDueOn": "2026-03-01" });
        let answer = send(&chair, "accessNeedCreate", NEED, wrong).await;
        assert_eq!(answer.user_errors("accessNeedCreate"), [
            "INVALID_FORMAT at input.code", "TOO_LONG at input.detail", "OUT_OF_RANGE at input.reviewDueOn",
        ]);
        let wrong = json!({ "id": "x", "expectedVersion": 1, "code": "", "detail": "x".repeat(2001), "reviewDueOn": "2026-03-01" });
        let answer = send(&chair, "accessNeedUpdate", NEED, wrong).await;
        assert_eq!(answer.user_errors("accessNeedUpdate"), [
            "NOT_FOUND at input.id", "INVALID_FORMAT at input.code", "TOO_LONG at input.detail", "OUT_OF_RANGE at input.reviewDueOn",
        ]);
        let wrong = json!({ "id": "x", "expectedVersion": 1 });
        let answer = send(&chair, "accessNeedDelete", "deletedAccessNeedId", wrong).await;
        assert_eq!(answer.user_errors("accessNeedDelete"), ["NOT_FOUND at input.id"]);
        let service = json!({ "category": "OTHER", "code": "A" });
        let answer = send(&world.client("service-account"), "accessNeedCreate", NEED, service).await;
        assert_eq!(answer.user_errors("accessNeedCreate"), ["FORBIDDEN at input"]);
        // With consent the chair reads the member's needs, and still does not write them.
        let members = json!({ "id": id("access_need", "board-member"), "expectedVersion": 1 });
        for (mutation, object) in [("accessNeedUpdate", NEED), ("accessNeedDelete", "deletedAccessNeedId")] {
            let answer = send(&chair, mutation, object, members.clone()).await;
            assert_eq!(answer.user_errors(mutation), ["FORBIDDEN at input"]);
            let absent = json!({ "id": never("access_need"), "expectedVersion": 1 });
            for viewer in ["stranger", "user-led-admin", "platform-admin"] {
                hidden_is_absent(&world.client(viewer), mutation, object, members.clone(), absent.clone()).await;
            }
        }
    }

    /// A consent opens, and its withdrawal closes, with the very next read.
    async fn consent_works_from_the_next_read(world: World) {
        assert_eq!(seen_needs(&world, "board-chair", "visitor").await, 0);
        let visitor = world.client("visitor");
        let input = json!({ "purpose": "SHARE_ACCESS_NEEDS", "method": "ONLINE", "idempotencyKey": "consent-number-1" });
        let answer = send(&visitor, "consentGive", CONSENT, input.clone()).await;
        let consent = succeeded(&answer, "consentGive", "/consent");
        assert_eq!((&consent["givenAt"], &consent["viewerCan"]["withdraw"]), (&json!("2026-03-02T09:00:00Z"), &json!(true)));
        assert_eq!(seen_needs(&world, "board-chair", "visitor").await, 1);
        let again = send(&visitor, "consentGive", CONSENT, input).await;
        assert_eq!(succeeded(&again, "consentGive", "/consent"), consent);
        let twice = json!({ "purpose": "SHARE_ACCESS_NEEDS", "method": "ONLINE" });
        let twice = send(&visitor, "consentGive", CONSENT, twice).await;
        assert_eq!(twice.user_errors("consentGive"), ["ALREADY_EXISTS at input.purpose"]);
        let back = json!({ "id": consent["id"], "expectedVersion": 1 });
        let answer = send(&visitor, "consentWithdraw", CONSENT, back.clone()).await;
        assert_eq!(succeeded(&answer, "consentWithdraw", "/consent/withdrawnAt"), "2026-03-02T09:00:00Z");
        assert_eq!(seen_needs(&world, "board-chair", "visitor").await, 0);
        let stale = send(&visitor, "consentWithdraw", CONSENT, back).await;
        assert_eq!(stale.user_errors("consentWithdraw"), ["CONFLICT at input.expectedVersion"]);
        let anew = json!({ "purpose": "SHARE_ACCESS_NEEDS", "method": "SPOKEN" });
        let answer = send(&visitor, "consentGive", CONSENT, anew).await;
        succeeded(&answer, "consentGive", "/consent/id");
        let entries = audit(&world).await;
        assert!(entries.iter().all(|entry| entry.acting_organisation_id.is_none()));
    }

    /// Consents are given and taken back by the person alone.
    async fn consents_are_the_persons_own(world: World) {
        let member = world.client("board-member");
        let wrong = json!({ "purpose": "SHARE_WITH_ORGANISATION", "method": "ONLINE", "givenAt": "2026-03-02T09:00:01Z" });
        let answer = send(&member, "consentGive", CONSENT, wrong).await;
        assert_eq!(answer.user_errors("consentGive"), [
            "OUT_OF_RANGE at input.givenAt", "REQUIRED at input.granteeOrganisationId",
        ]);
        let to = |organisation: String| json!({ "purpose": "CONTACT", "method": "ONLINE", "granteeOrganisationId": organisation });
        hidden_is_absent(&member, "consentGive", CONSENT, to(id("organisation", "elm-care")), to(never("organisation"))).await;
        let answer = send(&world.client("service-account"), "consentGive", CONSENT, to(id("organisation", "birch-care"))).await;
        assert_eq!(answer.user_errors("consentGive"), ["FORBIDDEN at input"]);
        let given = world.rows().await.consent.into_iter().find(|consent| {
            consent.person_id.0 == harness::uuid("person", "board-member") && consent.grantee_organisation_id.is_some()
        });
        let given = roundtable_api::planner::global_id::encode("consent", given.unwrap().id.0);
        let back = json!({ "id": given, "expectedVersion": 1 });
        let answer = send(&world.client("council-admin"), "consentWithdraw", CONSENT, back.clone()).await;
        assert_eq!(answer.user_errors("consentWithdraw"), ["FORBIDDEN at input"], "it was given to the council, which sees it");
        let absent = json!({ "id": never("consent"), "expectedVersion": 1 });
        hidden_is_absent(&world.client("stranger"), "consentWithdraw", CONSENT, back, absent.clone()).await;
        let answer = send(&member, "consentWithdraw", CONSENT, absent).await;
        assert_eq!(answer.user_errors("consentWithdraw"), ["NOT_FOUND at input.id"]);
    }
    /// Whoever is shown another person's needs is named in the audit, and the person finds them there; nobody else is told.
    async fn reads_of_needs_are_in_the_persons_own_log(world: World) {
        let chair = world.client("board-chair");
        let needs = "query($id: ID!) { person(id: $id) { accessNeeds { totalCount nodes { id code person { id } } } } }";
        let member = json!({ "id": id("person", "board-member") });
        let answer = chair.query(needs, member.clone()).await;
        let shown = answer.data("/person/accessNeeds/nodes").as_array().unwrap().clone();
        assert_eq!(shown.len(), 1, "the member has agreed to share: {}", answer.text);
        let entries = audit(&world).await;
        let read = entries.last().expect("an entry in the audit");
        assert_eq!((read.action.as_str(), read.entity.as_str()), ("special_category.read", "access_need"));
        assert_eq!(read.entity_id, harness::uuid("access_need", "board-member"));
        assert_eq!(read.subject_person_id.map(|person| person.0), Some(harness::uuid("person", "board-member")));
        assert_eq!(read.acting_organisation_id, None, "no organisation's administrator hears of it");
        assert!(world.rows().await.outbox_event.iter().all(|event| event.topic != "special_category.read"));

        let log = "{ auditEvents(first: 50) { nodes { action entityId subjectPerson { id } } } }";
        let found = |answer: harness::Answer| {
            let nodes = answer.data("/auditEvents/nodes").as_array().unwrap().clone();
            nodes.into_iter().filter(|node| node["action"] == "special_category.read").collect::<Vec<_>>()
        };
        let own = found(world.client("board-member").query(log, json!({})).await);
        assert_eq!(own, [json!({
            "action": "special_category.read",
            "entityId": shown[0]["id"],
            "subjectPerson": { "id": id("person", "board-member") },
        })]);
        assert_eq!(found(chair.query(log, json!({})).await).len(), 1, "whoever read it sees that they did");
        for other in ["council-admin", "user-led-admin", "visitor", "anonymous"] {
            assert_eq!(found(world.client(other).query(log, json!({})).await), Vec::<Value>::new(), "{other}");
        }
    }

    /// Who is not told who contributed is shown nothing of theirs either, whatever else they may see of that person.
    async fn behind_a_hidden_name_nothing_is_read(world: World) {
        let query = "query($contributor: ID!, $person: ID!, $directly: Boolean!) { \
            contributor(id: $contributor) { person { accessNeeds { nodes { id } } } } \
            person(id: $person) @include(if: $directly) { accessNeeds { nodes { id } } } }";
        let needs = |person: &Value| person["accessNeeds"]["nodes"].as_array().map_or(0, Vec::len);
        let mut hidden_from_readers = 0;
        for viewer in VIEWERS {
            let ask = async |directly: bool| {
                let of = json!({
                    "contributor": id("contributor", "pledge 1 board-member"),
                    "person": id("person", "board-member"),
                    "directly": directly,
                });
                world.client(viewer).query(query, of).await
            };
            let before = audit(&world).await.len();
            let answer = ask(false).await;
            let shown = needs(&answer.data("/contributor")["person"]);
            let read = audit(&world).await.len() - before;
            assert_eq!(read, if *viewer == "board-member" { 0 } else { shown }, "{viewer}: {}", answer.text);
            let readable = needs(ask(true).await.data("/person"));
            hidden_from_readers += usize::from(readable > shown);
        }
        assert!(hidden_from_readers > 0, "somebody reads the member's needs and is not told what the member did");
    }

    /// One's own needs, needs that are hidden, and their mere number leave nothing.
    async fn what_shows_nobodys_needs_leaves_no_entry(world: World) {
        let needs = "query($id: ID!) { person(id: $id) { accessNeeds { nodes { code } } } }";
        let count = "query($id: ID!) { person(id: $id) { accessNeeds { totalCount } } }";
        for (viewer, query, person) in [
            ("board-member", needs, "board-member"),
            ("council-admin", needs, "board-member"),
            ("anonymous", needs, "board-member"),
            ("board-chair", count, "board-member"),
        ] {
            world.client(viewer).query(query, json!({ "id": id("person", person) })).await;
            assert!(audit(&world).await.is_empty(), "{viewer} {query}");
        }
    }
}
