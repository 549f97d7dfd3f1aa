//! Accounts of people: given, suspended, given back.

use harness::{Template, World, both_databases, id, never};
use roundtable_api::auth::{SignatureAlgorithm, TrustedIssuer};
use serde_json::{Value, json};

use super::{actions, hidden_is_absent, send, succeeded};

fn account(person: &str, organisation: &str) -> Value {
    json!({
        "organisationId": id("organisation", organisation),
        "personId": id("person", person),
        "issuer": "urn:roundtable:local",
        "subject": person,
    })
}

const SIGNED_IN: &str = "{ viewer { isSignedIn person { id } } }";

async fn signs_in(world: &World, viewer: &str) -> bool {
    let answer = world.client(viewer).query(SIGNED_IN, Value::Null).await;
    answer.error_code().is_none()
}

both_databases! {
    /// An administrator gives one of their people an account, and they sign in with it.
    async fn an_administrator_gives_an_account(world: World) {
        assert!(!signs_in(&world, "nominated").await);
        let admin = world.client("user-led-admin");
        let mut input = account("nominated", "cedar-voices");
        input["idempotencyKey"] = json!("account-0001");
        let answer = send(&admin, "userCreate", "user { id status subject }", input.clone()).await;
        let user = succeeded(&answer, "userCreate", "/user");
        assert_eq!((&user["status"], &user["subject"]), (&json!("ACTIVE"), &json!("nominated")));
        let again = send(&admin, "userCreate", "user { id status subject }", input).await;
        assert_eq!(succeeded(&again, "userCreate", "/user"), user);
        let answer = world.client("nominated").query(SIGNED_IN, Value::Null).await;
        assert_eq!(answer.data("/viewer/person/id"), &json!(id("person", "nominated")));
        assert_eq!(actions(&world).await, ["user.create"]);
    }

    /// What is wrong with the input, and then what the world has to say, is said at once.
    async fn a_wrong_account_is_told_all_that_is_wrong(world: World) {
        let admin = world.client("council-admin");
        let input = json!({ "organisationId": "x", "personId": "y", "issuer": "https://elsewhere.test", "subject": " " });
        let answer = send(&admin, "userCreate", "user { id }", input).await;
        assert_eq!(answer.user_errors("userCreate"), [
            "NOT_FOUND at input.organisationId",
            "NOT_FOUND at input.personId",
            "REQUIRED at input.subject",
            "RULE_BROKEN at input.issuer",
        ]);
        // Seen on the council's board, and not one of its people.
        let mut input = account("board-member", "ashdown-council");
        input["subject"] = json!("council-admin");
        let answer = send(&admin, "userCreate", "user { id }", input).await;
        assert_eq!(answer.user_errors("userCreate"), [
            "RULE_BROKEN at input.personId",
            "ALREADY_EXISTS at input.personId",
            "ALREADY_EXISTS at input.subject",
        ]);
    }

    /// Only the administrator of the organisation vouches for its people; the platform's where there is none.
    async fn others_give_no_accounts(world: World) {
        for viewer in ["board-chair", "user-led-admin", "platform-admin", "stranger"] {
            let answer = send(&world.client(viewer), "userCreate", "user { id }", account("invited", "ashdown-council")).await;
            assert_eq!(answer.user_errors("userCreate"), ["FORBIDDEN at input"], "{viewer}");
        }
        let hidden = account("nominated", "fernley-council");
        let mut absent = hidden.clone();
        absent["personId"] = json!(never("person"));
        hidden_is_absent(&world.client("stranger"), "userCreate", "user { id }", hidden, absent).await;
        let answer = send(&world.client("platform-admin"), "userCreate", "user { id }", account("quiet-member", "elm-care")).await;
        succeeded(&answer, "userCreate", "/user/id");
    }

    /// An issuer that is bound to an organisation vouches for nobody else's people.
    async fn a_partners_issuer_vouches_for_its_own_people(engine: Engine) {
        let issuer = "https://identity.ashdown.test";
        let world = World::new(engine, Template::World, |settings| {
            settings.auth.issuers.push(TrustedIssuer {
                issuer: issuer.to_owned(),
                audience: None,
                algorithms: SignatureAlgorithm::all(),
                jwks_uri: Some("https://identity.ashdown.test/keys".to_owned()),
                organisation: "ods:ash1".to_owned(),
            });
        })
        .await;
        let mut cedar = account("nominated", "cedar-voices");
        cedar["issuer"] = json!(issuer);
        let answer = send(&world.client("user-led-admin"), "userCreate", "user { id }", cedar).await;
        assert_eq!(answer.user_errors("userCreate"), ["RULE_BROKEN at input.issuer"]);
        let newcomer = json!({
            "organisationId": id("organisation", "ashdown-council"), "affiliationKind": "EMPLOYEE", "displayName": "Robin",
        });
        let admin = world.client("council-admin");
        let answer = send(&admin, "personCreate", "person { id }", newcomer).await;
        let mut ashdown = account("x", "ashdown-council");
        ashdown["issuer"] = json!(issuer);
        ashdown["personId"] = succeeded(&answer, "personCreate", "/person/id");
        let answer = send(&admin, "userCreate", "user { issuer }", ashdown).await;
        assert_eq!(succeeded(&answer, "userCreate", "/user/issuer"), issuer);
        world.close().await;
    }

    /// A suspended user is out with their next request, and in again when they are let in.
    async fn a_suspension_works_at_once(world: World) {
        let admin = world.client("council-admin");
        let chair = json!({ "id": id("user", "board-chair"), "expectedVersion": 1, "reason": "lost their device" });
        assert!(signs_in(&world, "board-chair").await);
        let answer = send(&admin, "userSuspend", "user { status version viewerCan { suspend resume } }", chair.clone()).await;
        assert_eq!(succeeded(&answer, "userSuspend", "/user"), json!({
            "status": "SUSPENDED", "version": 2, "viewerCan": { "suspend": true, "resume": true },
        }));
        assert!(!signs_in(&world, "board-chair").await);
        let stale = send(&admin, "userSuspend", "user { version }", chair).await;
        assert_eq!(stale.user_errors("userSuspend"), ["CONFLICT at input.expectedVersion"]);
        let twice = json!({ "id": id("user", "board-chair"), "expectedVersion": 2, "reason": "again" });
        let twice = send(&admin, "userSuspend", "user { version }", twice).await;
        assert_eq!(twice.user_errors("userSuspend"), ["ILLEGAL_TRANSITION at input.id"]);
        let back = json!({ "id": id("user", "board-chair"), "expectedVersion": 2 });
        let answer = send(&admin, "userResume", "user { status }", back.clone()).await;
        assert_eq!(succeeded(&answer, "userResume", "/user/status"), "ACTIVE");
        assert!(signs_in(&world, "board-chair").await);
        let stale = send(&admin, "userResume", "user { version }", back).await;
        assert_eq!(stale.user_errors("userResume"), ["CONFLICT at input.expectedVersion"]);
        assert_eq!(actions(&world).await, ["user.suspend", "user.resume"]);
    }

    /// Nobody suspends themselves, the last administrator, or somebody else's people.
    async fn suspension_has_limits(world: World) {
        let council = json!({ "id": id("user", "council-admin"), "expectedVersion": 1, "reason": "a test" });
        let admin = world.client("council-admin");
        let answer = send(&admin, "userSuspend", "user { id }", council.clone()).await;
        assert_eq!(answer.user_errors("userSuspend"), ["RULE_BROKEN at input.id", "RULE_BROKEN at input.id"]);
        let answer = send(&world.client("platform-admin"), "userSuspend", "user { id }", council).await;
        assert_eq!(answer.user_errors("userSuspend"), ["RULE_BROKEN at input.id"], "the other administrator's account is closed");
        let all = json!({ "id": id("person", "board-chair"), "expectedVersion": 1, "reason": "" });
        let answer = send(&admin, "userSuspend", "user { id }", all).await;
        assert_eq!(answer.user_errors("userSuspend"), ["NOT_FOUND at input.id", "REQUIRED at input.reason"]);
        let all = json!({ "id": "x", "expectedVersion": 1, "reason": "x".repeat(2001) });
        let answer = send(&admin, "userResume", "user { id }", all).await;
        assert_eq!(answer.user_errors("userResume"), ["NOT_FOUND at input.id", "TOO_LONG at input.reason"]);
        let hidden = json!({ "id": id("user", "board-chair"), "expectedVersion": 1, "reason": "a test" });
        let absent = json!({ "id": never("user"), "expectedVersion": 1, "reason": "a test" });
        for viewer in ["stranger", "board-member", "user-led-admin"] {
            let client = world.client(viewer);
            hidden_is_absent(&client, "userSuspend", "user { id }", hidden.clone(), absent.clone()).await;
            hidden_is_absent(&client, "userResume", "user { id }", hidden.clone(), absent.clone()).await;
        }
        let own = json!({ "id": id("user", "board-member"), "expectedVersion": 1, "reason": "a test" });
        let answer = send(&world.client("board-member"), "userSuspend", "user { id }", own).await;
        assert_eq!(answer.user_errors("userSuspend"), ["FORBIDDEN at input"]);
    }
}
