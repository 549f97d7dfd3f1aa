//! Adding, changing and erasing people.

use entity::parties::kinds::UserStatus;
use harness::world::canary;
use harness::{both_databases, id, never, uuid};
use serde_json::{Value, json};

use super::{actions, audit, hidden_is_absent, send, succeeded};

fn newcomer() -> Value {
    json!({
        "organisationId": id("organisation", "ashdown-council"),
        "affiliationKind": "EMPLOYEE",
        "displayName": "Robin",
        "email": "robin@Example.org",
        "phone": "0113 496 0000",
        "preferredFormat": "EASY_READ",
        "language": "CY",
    })
}

const PERSON: &str = "person { id displayName version contact { email phone legalName preferredFormat language } \
     affiliations { nodes { kind fromOn organisation { id } } } }";

both_databases! {
    /// An administrator adds somebody, with their tie, in one step.
    async fn an_administrator_adds_a_person(world: World) {
        let admin = world.client("council-admin");
        let answer = send(&admin, "personCreate", PERSON, newcomer()).await;
        let person = succeeded(&answer, "personCreate", "/person");
        assert_eq!(person["displayName"], "Robin");
        assert_eq!(person["contact"], json!({
            "email": "robin@example.org",
            "phone": "0113 496 0000",
            "legalName": null,
            "preferredFormat": "EASY_READ",
            "language": "cy",
        }));
        assert_eq!(person["affiliations"]["nodes"], json!([{
            "kind": "EMPLOYEE",
            "fromOn": "2026-03-02",
            "organisation": { "id": id("organisation", "ashdown-council") },
        }]));
        assert_eq!(actions(&world).await, ["person.create", "affiliation.create"]);
        let trace = format!("{:?}", audit(&world).await);
        assert!(!trace.contains("robin@example.org") && !trace.contains("0113"), "{trace}");
    }

    /// The same request with the same key adds one person; another request with it is refused.
    async fn a_repeated_addition_adds_once(world: World) {
        let admin = world.client("council-admin");
        let mut input = newcomer();
        input["idempotencyKey"] = json!("newcomer-0001");
        let first = send(&admin, "personCreate", "person { id }", input.clone()).await;
        let again = send(&admin, "personCreate", "person { id }", input.clone()).await;
        assert_eq!(succeeded(&first, "personCreate", "/person/id"), succeeded(&again, "personCreate", "/person/id"));
        assert_eq!(actions(&world).await.len(), 2);
        input["displayName"] = json!("Somebody else");
        let other = send(&admin, "personCreate", "person { id }", input).await;
        assert_eq!(other.user_errors("personCreate"), ["CONFLICT at input.idempotencyKey"]);
    }

    /// Everything that is wrong is said at once.
    async fn a_wrong_addition_is_told_all_that_is_wrong(world: World) {
        let input = json!({
            "organisationId": id("board", "team-up"),
            "affiliationKind": "RECEIVES_SERVICE",
            "displayName": "  ",
            "legalName": "x".repeat(201),
            "email": "nobody",
            "phone": "12",
            "language": "!",
        });
        let answer = send(&world.client("council-admin"), "personCreate", "person { id }", input).await;
        assert_eq!(answer.user_errors("personCreate"), [
            "NOT_FOUND at input.organisationId",
            "RULE_BROKEN at input.affiliationKind",
            "REQUIRED at input.displayName",
            "TOO_LONG at input.legalName",
            "INVALID_FORMAT at input.email",
            "INVALID_FORMAT at input.phone",
            "INVALID_FORMAT at input.language",
        ]);
    }

    /// Only its administrator adds people to an organisation; the platform's only where there is none.
    async fn others_do_not_add_people(world: World) {
        for viewer in ["user-led-admin", "board-chair", "platform-admin", "service-account", "stranger"] {
            let answer = send(&world.client(viewer), "personCreate", "person { id }", newcomer()).await;
            assert_eq!(answer.user_errors("personCreate"), ["FORBIDDEN at input"], "{viewer}");
        }
        let anonymous = send(&world.client("anonymous"), "personCreate", "person { id }", newcomer()).await;
        assert_eq!(anonymous.error_code(), Some("UNAUTHENTICATED"));
        let mut to_elm = newcomer();
        to_elm["organisationId"] = json!(id("organisation", "elm-care"));
        let answer = send(&world.client("platform-admin"), "personCreate", "person { id }", to_elm.clone()).await;
        succeeded(&answer, "personCreate", "/person/id");
        let mut to_none = newcomer();
        to_none["organisationId"] = json!(never("organisation"));
        hidden_is_absent(&world.client("stranger"), "personCreate", "person { id }", to_elm, to_none).await;
        let mut to_closed = newcomer();
        to_closed["organisationId"] = json!(id("organisation", "ivy-care"));
        let answer = send(&world.client("platform-admin"), "personCreate", "person { id }", to_closed).await;
        assert_eq!(answer.user_errors("personCreate"), ["INACTIVE at input.organisationId"]);
    }

    /// People change their own details; what is left out stays, and null empties.
    async fn people_change_their_own_details(world: World) {
        let member = world.client("board-member");
        let input = json!({
            "id": id("person", "board-member"), "expectedVersion": 1,
            "displayName": "Sam", "phone": null, "preferredChannel": "POST",
        });
        let answer = send(&member, "personUpdate", PERSON, input.clone()).await;
        let person = succeeded(&answer, "personUpdate", "/person");
        assert_eq!((&person["displayName"], &person["version"]), (&json!("Sam"), &json!(2)));
        assert_eq!(person["contact"]["phone"], Value::Null);
        assert_eq!(person["contact"]["email"], canary("person", "board-member", "email"));
        let stale = send(&member, "personUpdate", "person { version }", input).await;
        assert_eq!(stale.user_errors("personUpdate"), ["CONFLICT at input.expectedVersion"]);
        assert_eq!(stale.data("/personUpdate/person/version"), 2, "the object as it is now");
        let wrong = json!({
            "id": "person_x", "expectedVersion": 2, "displayName": "", "email": "a", "phone": "b", "language": "",
        });
        let answer = send(&member, "personUpdate", "person { id }", wrong).await;
        assert_eq!(answer.user_errors("personUpdate"), [
            "NOT_FOUND at input.id",
            "REQUIRED at input.displayName",
            "INVALID_FORMAT at input.email",
            "INVALID_FORMAT at input.phone",
            "INVALID_FORMAT at input.language",
        ]);
    }

    /// The administrator of an organisation they belong to changes people, and says so beforehand in `viewerCan`;
    /// whoever else sees them does not.
    async fn only_the_own_administrator_changes_others(world: World) {
        let input = json!({ "id": id("person", "board-member"), "expectedVersion": 1, "displayName": "Sam" });
        let may = "query($id: ID!) { person(id: $id) { viewerCan { update anonymise } } }";
        let whom = json!({ "id": id("person", "board-member") });
        for viewer in ["board-chair", "council-admin", "platform-admin", "provider-user"] {
            let client = world.client(viewer);
            let answer = client.query(may, whom.clone()).await;
            assert_eq!(answer.data("/person/viewerCan"), &json!({ "update": false, "anonymise": false }), "{viewer}");
            let answer = send(&client, "personUpdate", "person { id }", input.clone()).await;
            assert_eq!(answer.user_errors("personUpdate"), ["FORBIDDEN at input"], "{viewer}");
        }
        let own = world.client("user-led-admin");
        let answer = own.query(may, whom).await;
        assert_eq!(answer.data("/person/viewerCan"), &json!({ "update": true, "anonymise": true }));
        succeeded(&send(&own, "personUpdate", "person { id }", input).await, "personUpdate", "/person/id");
        let hidden = json!({ "id": id("person", "nominated"), "expectedVersion": 1, "displayName": "Sam" });
        let absent = json!({ "id": never("person"), "expectedVersion": 1, "displayName": "Sam" });
        hidden_is_absent(&world.client("stranger"), "personUpdate", "person { id }", hidden, absent).await;
    }

    /// Erasure leaves a pseudonym and what was decided; everything about the person goes, and nobody signs in as them.
    async fn erasure_leaves_a_pseudonym(world: World) {
        let member = world.client("board-member");
        let input = json!({ "id": id("person", "board-member"), "expectedVersion": 1, "reason": "asked by letter" });
        let answer = send(&member, "personAnonymise", "person { displayName anonymisedAt }", input).await;
        let name = succeeded(&answer, "personAnonymise", "/person/displayName");
        assert!(name.as_str().unwrap().starts_with("Erased person "), "{name}");
        let rows = world.rows().await;
        let person = uuid("person", "board-member");
        let row = rows.person.iter().find(|row| row.id.0 == person).unwrap();
        assert!(row.legal_name.is_none() && row.email.is_none() && row.phone.is_none());
        assert!(!rows.access_need.iter().any(|need| need.person_id.0 == person));
        assert!(rows.consent.iter().filter(|consent| consent.person_id.0 == person).all(|consent| consent.withdrawn_at.is_some()));
        let ties: Vec<_> = rows.affiliation.iter().filter(|tie| tie.person_id.0 == person).collect();
        assert_eq!(ties.len(), 1, "that they receive a service is gone: {ties:?}");
        assert_eq!(ties[0].to_on.unwrap().to_string(), "2026-03-02");
        let user = rows.user_account.iter().find(|user| user.person_id.0 == person).unwrap();
        assert_eq!(user.status, UserStatus::Closed);
        assert!(user.subject.starts_with("erased:"), "{}", user.subject);
        let membership = rows.board_membership.iter().find(|membership| membership.person_id.0 == person).unwrap();
        assert!(membership.motivation.is_none());
        let trace = format!("{:?}", audit(&world).await);
        assert!(trace.contains("asked by letter") && !trace.contains("canary person"), "{trace}");
        let again = member.query("{ viewer { isSignedIn } }", Value::Null).await;
        assert_eq!(again.error_code(), Some("UNAUTHENTICATED"));
        let admin = world.client("user-led-admin");
        let twice = json!({ "id": id("person", "board-member"), "expectedVersion": 2 });
        let answer = send(&admin, "personAnonymise", "person { id }", twice).await;
        assert_eq!(answer.user_errors("personAnonymise"), ["INACTIVE at input.id"]);
    }

    /// Whoever belongs to several organisations is no one administrator's to erase; the last administrator stays.
    async fn erasure_has_limits(world: World) {
        let chair = id("person", "board-chair");
        let admin = world.client("council-admin");
        let stale = json!({ "id": chair, "expectedVersion": 7 });
        let answer = send(&admin, "personAnonymise", "person { id }", stale).await;
        assert_eq!(answer.user_errors("personAnonymise"), ["CONFLICT at input.expectedVersion"]);
        let joins = json!({
            "personId": chair, "organisationId": id("organisation", "cedar-voices"), "kind": "USER_LED_MEMBER",
        });
        let answer = send(&world.client("board-chair"), "affiliationCreate", "affiliation { id }", joins).await;
        succeeded(&answer, "affiliationCreate", "/affiliation/id");
        let input = json!({ "id": chair, "expectedVersion": 1 });
        let answer = send(&admin, "personAnonymise", "person { id }", input).await;
        assert_eq!(answer.user_errors("personAnonymise"), ["FORBIDDEN at input"]);
        let themselves = json!({ "id": id("person", "council-admin"), "expectedVersion": 1 });
        let answer = send(&admin, "personAnonymise", "person { id }", themselves).await;
        assert_eq!(answer.user_errors("personAnonymise"), ["RULE_BROKEN at input.id"]);
        let all = json!({ "id": "nothing", "expectedVersion": 1, "reason": "x".repeat(2001) });
        let answer = send(&admin, "personAnonymise", "person { id }", all).await;
        assert_eq!(answer.user_errors("personAnonymise"), ["NOT_FOUND at input.id", "TOO_LONG at input.reason"]);
        let hidden = json!({ "id": id("person", "nominated"), "expectedVersion": 1 });
        let absent = json!({ "id": never("person"), "expectedVersion": 1 });
        hidden_is_absent(&world.client("stranger"), "personAnonymise", "person { id }", hidden, absent).await;
    }
}
