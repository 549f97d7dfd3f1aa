//! Service accounts: from their secret to their tokens, and what these may be used for.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use harness::{World, both_databases, id, never};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{actions, audit, hidden_is_absent, send, succeeded};

const ACCOUNT: &str =
    "serviceAccount { id version clientId scopes revokedAt viewerCan { rotateSecret revoke } } secret";

fn account() -> Value {
    json!({
        "organisationId": id("organisation", "ashdown-council"),
        "name": "Case system",
        "scopes": ["write", "read"],
        "expiresAt": "2026-12-31T00:00:00Z",
    })
}

async fn exchange(world: &World, request: Request<Body>) -> (StatusCode, Value) {
    let response = world.node().router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

/// A token for a client, narrowed to a scope.
async fn token(world: &World, client: &Value, secret: &Value, scope: &str) -> Option<String> {
    let (client, secret) = (client.as_str().unwrap(), secret.as_str().unwrap());
    let form =
        format!("grant_type=client_credentials&client_id={client}&client_secret={secret}&scope={scope}");
    let request = Request::post("/oauth/token")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .unwrap();
    let (_, answer) = exchange(world, request).await;
    answer["access_token"].as_str().map(ToOwned::to_owned)
}

/// What the bearer of a token is answered.
async fn ask(world: &World, token: &str, query: &str, variables: Value) -> (StatusCode, Value) {
    let body = json!({ "query": query, "variables": variables }).to_string();
    let request = Request::post("/graphql")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/graphql-response+json")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(Body::from(body))
        .unwrap();
    exchange(world, request).await
}

const BOARD_UPDATE: &str = "mutation($input: BoardUpdateInput!) { boardUpdate(input: $input) { board { id } userErrors { code message path } } }";

both_databases! {
    /// The secret is shown once; with it the system gets tokens.
    async fn a_secret_is_shown_once(world: World) {
        let admin = world.client("council-admin");
        let mut input = account();
        input["idempotencyKey"] = json!("system-number-1");
        let answer = send(&admin, "serviceAccountCreate", ACCOUNT, input.clone()).await;
        let made = succeeded(&answer, "serviceAccountCreate", "");
        let of = &made["serviceAccount"];
        assert_eq!(of["scopes"], json!(["read", "write"]));
        assert_eq!(of["viewerCan"], json!({ "rotateSecret": true, "revoke": true }));
        let again = send(&admin, "serviceAccountCreate", ACCOUNT, input).await;
        let again = succeeded(&again, "serviceAccountCreate", "");
        assert_eq!((&again["serviceAccount"], &again["secret"]), (of, &Value::Null));
        let bearer = token(&world, &of["clientId"], &made["secret"], "read").await.unwrap();
        let (_, answer) = ask(&world, &bearer, "{ viewer { serviceAccount { id } actingOrganisation { id } } }", Value::Null).await;
        assert_eq!(answer["data"]["viewer"]["actingOrganisation"]["id"], id("organisation", "ashdown-council"));
        assert_eq!(actions(&world).await, ["service_account.create"]);
        let rows = world.rows().await;
        let kept = format!("{:?} {:?} {:?}", audit(&world).await, rows.service_account_secret, rows.idempotency_record);
        assert!(!kept.contains(made["secret"].as_str().unwrap()), "the secret itself is kept nowhere");
    }

    /// Everything that is wrong is said at once, and only its administrator sets up accounts for an organisation.
    async fn a_wrong_account_is_told_all_that_is_wrong(world: World) {
        let admin = world.client("council-admin");
        let wrong = json!({ "organisationId": "x", "name": "", "scopes": ["admin"], "expiresAt": "2028-01-01T00:00:00Z" });
        let answer = send(&admin, "serviceAccountCreate", ACCOUNT, wrong).await;
        assert_eq!(answer.user_errors("serviceAccountCreate"), [
            "NOT_FOUND at input.organisationId", "REQUIRED at input.name", "INVALID_FORMAT at input.scopes", "OUT_OF_RANGE at input.expiresAt",
        ]);
        let mut late = account();
        late["secretExpiresAt"] = json!("2027-01-01T00:00:00Z");
        let answer = send(&admin, "serviceAccountCreate", ACCOUNT, late).await;
        assert_eq!(answer.user_errors("serviceAccountCreate"), [
            "OUT_OF_RANGE at input.secretExpiresAt", "OUT_OF_RANGE at input.secretExpiresAt",
        ]);
        for viewer in ["user-led-admin", "board-chair", "platform-admin", "stranger", "service-account"] {
            let answer = send(&world.client(viewer), "serviceAccountCreate", ACCOUNT, account()).await;
            assert_eq!(answer.user_errors("serviceAccountCreate"), ["FORBIDDEN at input"], "{viewer}");
        }
        let to = |organisation: String| { let mut input = account(); input["organisationId"] = json!(organisation); input };
        hidden_is_absent(&world.client("stranger"), "serviceAccountCreate", ACCOUNT, to(id("organisation", "elm-care")), to(never("organisation"))).await;
    }

    /// A token is good for its scopes and no more; what it says cannot widen what the account may have.
    async fn a_token_is_good_for_its_scopes(world: World) {
        let admin = world.client("council-admin");
        let mut input = account();
        input["scopes"] = json!(["read"]);
        let reader = succeeded(&send(&admin, "serviceAccountCreate", ACCOUNT, input).await, "serviceAccountCreate", "");
        let both = succeeded(&send(&admin, "serviceAccountCreate", ACCOUNT, account()).await, "serviceAccountCreate", "");
        let update = json!({ "input": { "id": id("board", "team-up"), "expectedVersion": 1, "name": "Renamed" } });
        let code = |answer: &Value| answer["data"]["boardUpdate"]["userErrors"][0].clone();
        assert_eq!(token(&world, &reader["serviceAccount"]["clientId"], &reader["secret"], "write").await, None);
        for (account, scope) in [(&reader, "read"), (&both, "read")] {
            let bearer = token(&world, &account["serviceAccount"]["clientId"], &account["secret"], scope).await.unwrap();
            let (_, answer) = ask(&world, &bearer, BOARD_UPDATE, update.clone()).await;
            assert_eq!(code(&answer)["code"], "FORBIDDEN", "{answer}");
            assert!(code(&answer)["message"].as_str().unwrap().contains("`write`"), "{answer}");
            let (_, answer) = ask(&world, &bearer, "{ viewer { isSignedIn } }", Value::Null).await;
            assert_eq!(answer["data"]["viewer"]["isSignedIn"], true);
        }
        let bearer = token(&world, &both["serviceAccount"]["clientId"], &both["secret"], "write").await.unwrap();
        let (_, answer) = ask(&world, &bearer, BOARD_UPDATE, update).await;
        assert_eq!(code(&answer)["code"], "FORBIDDEN", "it has no role on the board");
        assert!(!code(&answer)["message"].as_str().unwrap().contains("`write`"), "{answer}");
    }

    /// A new secret works at once, the old one until the overlap is over, the one before no more.
    async fn secrets_are_replaced_without_a_gap(world: World) {
        let admin = world.client("council-admin");
        let made = succeeded(&send(&admin, "serviceAccountCreate", ACCOUNT, account()).await, "serviceAccountCreate", "");
        let (of, client) = (&made["serviceAccount"]["id"], &made["serviceAccount"]["clientId"]);
        let rotate = |version: i32, hours: i32| json!({ "id": of, "expectedVersion": version, "overlapHours": hours });
        world.clock().advance(chrono::TimeDelta::minutes(1));
        let mut first = rotate(1, 2);
        first["idempotencyKey"] = json!("rotation-number-1");
        let second = succeeded(&send(&admin, "serviceAccountSecretRotate", ACCOUNT, first.clone()).await, "serviceAccountSecretRotate", "");
        let again = succeeded(&send(&admin, "serviceAccountSecretRotate", ACCOUNT, first).await, "serviceAccountSecretRotate", "");
        assert_eq!(again["secret"], Value::Null);
        assert_ne!(second["secret"], made["secret"]);
        for secret in [&made["secret"], &second["secret"]] {
            assert!(token(&world, client, secret, "read").await.is_some());
        }
        let stale = send(&admin, "serviceAccountSecretRotate", ACCOUNT, rotate(1, 2)).await;
        assert_eq!(stale.user_errors("serviceAccountSecretRotate"), ["CONFLICT at input.expectedVersion"]);
        assert_eq!(stale.data("/serviceAccountSecretRotate/secret"), &Value::Null);
        world.clock().advance(chrono::TimeDelta::minutes(1));
        let third = succeeded(&send(&admin, "serviceAccountSecretRotate", ACCOUNT, rotate(2, 2)).await, "serviceAccountSecretRotate", "");
        assert!(token(&world, client, &made["secret"], "read").await.is_none(), "two work at most");
        assert!(token(&world, client, &second["secret"], "read").await.is_some());
        world.clock().advance(chrono::TimeDelta::hours(2));
        assert!(token(&world, client, &second["secret"], "read").await.is_none(), "the overlap is over");
        assert!(token(&world, client, &third["secret"], "read").await.is_some());
        let wrong = json!({ "id": "x", "expectedVersion": 1, "overlapHours": 169 });
        let answer = send(&admin, "serviceAccountSecretRotate", ACCOUNT, wrong).await;
        assert_eq!(answer.user_errors("serviceAccountSecretRotate"), ["NOT_FOUND at input.id", "OUT_OF_RANGE at input.overlapHours"]);
    }

    /// A revoked account is out with its next request, whatever token it has.
    async fn a_revocation_works_at_once(world: World) {
        let admin = world.client("council-admin");
        let made = succeeded(&send(&admin, "serviceAccountCreate", ACCOUNT, account()).await, "serviceAccountCreate", "");
        let client = &made["serviceAccount"]["clientId"];
        let bearer = token(&world, client, &made["secret"], "read").await.unwrap();
        let (status, _) = ask(&world, &bearer, "{ viewer { isSignedIn } }", Value::Null).await;
        assert_eq!(status, StatusCode::OK);
        let object = "serviceAccount { version revokedAt }";
        let input = |version: i32| json!({ "id": made["serviceAccount"]["id"], "expectedVersion": version, "reason": "replaced" });
        let answer = send(&admin, "serviceAccountRevoke", object, input(1)).await;
        assert_eq!(succeeded(&answer, "serviceAccountRevoke", "/serviceAccount/revokedAt"), "2026-03-02T09:00:00Z");
        let (status, _) = ask(&world, &bearer, "{ viewer { isSignedIn } }", Value::Null).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert_eq!(token(&world, client, &made["secret"], "read").await, None);
        let stale = send(&admin, "serviceAccountRevoke", object, input(1)).await;
        assert_eq!(stale.user_errors("serviceAccountRevoke"), ["CONFLICT at input.expectedVersion"]);
        let twice = send(&admin, "serviceAccountRevoke", object, input(2)).await;
        assert_eq!(twice.user_errors("serviceAccountRevoke"), ["ILLEGAL_TRANSITION at input.id"]);
        let rotate = json!({ "id": made["serviceAccount"]["id"], "expectedVersion": 2 });
        let answer = send(&admin, "serviceAccountSecretRotate", ACCOUNT, rotate).await;
        assert!(answer.user_errors("serviceAccountSecretRotate").contains(&"EXPIRED at input.id".to_owned()), "{}", answer.text);
    }

    /// Nobody else renews or revokes an account.
    async fn accounts_are_their_organisations(world: World) {
        let of = json!({ "id": id("service_account", "service-account"), "expectedVersion": 1 });
        let absent = json!({ "id": never("service_account"), "expectedVersion": 1 });
        for mutation in ["serviceAccountSecretRotate", "serviceAccountRevoke"] {
            let object = "serviceAccount { id }";
            let answer = send(&world.client("platform-admin"), mutation, object, of.clone()).await;
            assert_eq!(answer.user_errors(mutation), ["FORBIDDEN at input"]);
            for viewer in ["stranger", "board-chair", "service-account"] {
                hidden_is_absent(&world.client(viewer), mutation, object, of.clone(), absent.clone()).await;
            }
        }
        let long = json!({ "id": "x", "expectedVersion": 1, "reason": "x".repeat(2001) });
        let answer = send(&world.client("council-admin"), "serviceAccountRevoke", "serviceAccount { id }", long).await;
        assert_eq!(answer.user_errors("serviceAccountRevoke"), ["NOT_FOUND at input.id", "TOO_LONG at input.reason"]);
    }
}
