//! What a node remembers of an account holds only while nothing has changed, by whatever way it was changed.

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use entity::parties::role_grant;
use entity::platform::audit_event;
use harness::{Answer, World, both_databases};
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, Statement};
use serde_json::{Value, json};

/// Every column that decides what an account may reach.
const BEHIND_AN_ACCOUNT: [(&str, &[&str]); 9] = [
    ("user_account", &["issuer", "subject", "status", "person_id"]),
    (
        "service_account",
        &[
            "client_id",
            "organisation_id",
            "scopes",
            "expires_at",
            "revoked_at",
        ],
    ),
    (
        "role_grant",
        &[
            "user_id",
            "service_account_id",
            "role",
            "scope_type",
            "organisation_id",
            "partnership_id",
            "board_id",
            "valid_from",
            "valid_to",
        ],
    ),
    ("organisation", &["status"]),
    ("partnership", &["status"]),
    (
        "partnership_member",
        &["partnership_id", "organisation_id", "status"],
    ),
    (
        "data_sharing_agreement",
        &[
            "partnership_id",
            "categories",
            "status",
            "starts_on",
            "expires_on",
        ],
    ),
    (
        "agreement_party",
        &["agreement_id", "organisation_id", "signed_at"],
    ),
    ("board_membership", &["board_id", "person_id", "stage"]),
];

/// Documents that read a list with lists below, nothing but a number, nothing that there is, and nothing at all.
const ASKED: [&str; 4] = [
    "{ organisations(first: 3) { nodes { name sites { nodes { name } } } } }",
    "{ organisations { totalCount } }",
    "{ board(id: \"board_00000000000000000000000000000000\") { id } }",
    "{ __typename }",
];

/// Whether the first statement, and no other, brings the number of changes along.
fn asks(answer: &Answer) -> bool {
    let asking: Vec<usize> = (0..answer.statements.len())
        .filter(|place| answer.statements[*place].contains("access_version"))
        .collect();
    assert!(asking.len() <= 1, "{:?}", answer.statements);
    asking == [0]
}

async fn events(world: &World) -> usize {
    let found = audit_event::Entity::find().all(world.connection()).await;
    found.unwrap().len()
}

async fn changes(world: &World) -> i64 {
    let database = world.connection();
    let sql = "SELECT version FROM access_version WHERE name = 'accounts'";
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let found = database.query_one_raw(statement).await.unwrap().unwrap();
    found.try_get_by_index(0).unwrap()
}

async fn run(world: &World, sql: &str) {
    world.connection().execute_unprepared(sql).await.unwrap();
}

async fn roles(world: &World, viewer: &str) -> Value {
    let answer = world
        .client(viewer)
        .query("{ viewer { grants { role } } }", Value::Null)
        .await;
    answer.data("/viewer/grants").clone()
}

both_databases! {
    /// The database counts, so that no part of the program and no hand at its console can forget to.
    async fn every_change_behind_an_account_is_counted(world: World) {
        for (table, columns) in BEHIND_AN_ACCOUNT {
            for column in columns {
                let before = changes(&world).await;
                run(&world, &format!("UPDATE {table} SET {column} = {column}")).await;
                assert!(changes(&world).await > before, "{table}.{column}");
            }
        }
        let before = changes(&world).await;
        run(&world, "DELETE FROM agreement_party").await;
        assert!(changes(&world).await > before, "rows that are gone count too");
    }

    /// Others may have seen a number that a crash of PostgreSQL takes back. SQLite takes those who saw it down with it.
    async fn a_number_that_was_taken_back_does_not_come_again(world: World) {
        run(&world, "UPDATE role_grant SET role = role").await;
        let seen = changes(&world).await;
        if world.connection().get_database_backend() == DbBackend::Postgres {
            run(&world, &format!("UPDATE access_version SET version = {seen} - 1")).await;
        }
        run(&world, "UPDATE role_grant SET role = role").await;
        assert!(changes(&world).await > seen);
    }

    /// What decides nothing is not counted: else every edit of a name would make each node load every account anew.
    async fn other_changes_are_not(world: World) {
        let before = changes(&world).await;
        for (table, column) in [("organisation", "name"), ("partnership", "name"), ("board_membership", "version"), ("person", "display_name")] {
            run(&world, &format!("UPDATE {table} SET {column} = {column}")).await;
        }
        assert_eq!(changes(&world).await, before);
    }

    async fn a_role_deleted_past_the_program_is_gone_at_the_next_request(world: World) {
        assert_eq!(roles(&world, "board-chair").await, json!([{ "role": "CHAIR" }]));
        assert_eq!(roles(&world, "board-chair").await, json!([{ "role": "CHAIR" }]));
        run(&world, "DELETE FROM role_grant").await;
        assert_eq!(roles(&world, "board-chair").await, json!([]));
    }

    /// Each document finds out in another way: by the rows of its first statement, by a statement of its own where there are no rows or
    /// none is read, or before it changes anything.
    async fn an_account_that_is_stopped_is_refused_whatever_it_asks(world: World) {
        let client = world.client("council-admin");
        for body in ASKED {
            let before = client.query(body, Value::Null).await;
            assert_eq!(before.status, StatusCode::OK, "{body}: {}", before.text);
            assert!(before.json["errors"].is_null(), "{body}: {}", before.text);
            run(&world, "UPDATE user_account SET status = 'SUSPENDED' WHERE subject = 'council-admin'").await;
            let after = client.query(body, Value::Null).await;
            assert_eq!((after.status, after.error_code()), (StatusCode::UNAUTHORIZED, Some("UNAUTHENTICATED")), "{body}");
            assert!(after.json.get("data").is_none(), "{body}: {}", after.text);
            run(&world, "UPDATE user_account SET status = 'ACTIVE' WHERE subject = 'council-admin'").await;
        }
        let change = "mutation { organisationCreate(input: { name: \"New\", kind: USER_LED, nation: ENGLAND }) { userErrors { code } } }";
        assert_eq!(client.query(change, Value::Null).await.json["data"]["organisationCreate"]["userErrors"], json!([]));
        let events = events(&world).await;
        run(&world, "UPDATE user_account SET status = 'SUSPENDED' WHERE subject = 'council-admin'").await;
        assert_eq!(client.query(change, Value::Null).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(self::events(&world).await, events, "nothing was changed");
        run(&world, "UPDATE user_account SET status = 'ACTIVE' WHERE subject = 'council-admin'").await;
        assert_eq!(client.query(ASKED[0], Value::Null).await.status, StatusCode::OK);
        run(&world, "UPDATE user_account SET status = 'SUSPENDED' WHERE subject = 'council-admin'").await;
        let batch = json!([{ "query": ASKED[0] }, { "query": ASKED[1] }]);
        assert_eq!(client.post(&batch).await.status, StatusCode::UNAUTHORIZED);
        let again = client.query(ASKED[0], Value::Null).await;
        assert_eq!((again.status, again.statements.len()), (StatusCode::UNAUTHORIZED, 0), "they are forgotten");
    }

    /// What a chair reads by the chair is not in the answer to the first request after it was taken away.
    async fn what_a_lost_role_opened_is_closed_at_the_next_request(world: World) {
        for body in ["{ actions { nodes { title } } }", "{ actions { totalCount } }", "{ none: board(id: \"board_00000000000000000000000000000000\") { id } actions { nodes { title } } }"] {
            let chair = world.client("board-chair");
            let before = chair.query(body, Value::Null).await.text;
            assert_eq!(chair.query(body, Value::Null).await.text, before, "{body}: as remembered");
            run(&world, "UPDATE role_grant SET valid_to = valid_from; UPDATE board_membership SET stage = 'WITHDRAWN' WHERE stage = 'ACTIVE'").await;
            let after = chair.query(body, Value::Null).await.text;
            assert_ne!(after, before, "{body}");
            assert_eq!(chair.query(body, Value::Null).await.text, after, "{body}: the first answer is as all later ones");
            run(&world, "UPDATE role_grant SET valid_to = NULL; UPDATE board_membership SET stage = 'ACTIVE' WHERE stage = 'WITHDRAWN' AND seat_id IS NOT NULL").await;
            assert_eq!(chair.query(body, Value::Null).await.text, before, "{body}: opened again at once");
        }
    }

    /// An organisation that the viewer may act for since a moment ago is not refused for what is remembered.
    async fn a_new_role_opens_at_the_next_request(world: World) {
        run(&world, "UPDATE role_grant SET valid_to = valid_from").await;
        assert_eq!(roles(&world, "council-admin").await, json!([]));
        run(&world, "UPDATE role_grant SET valid_to = NULL").await;
        let own = world.client("council-admin").query("{ viewer { actingOrganisation { id } } }", Value::Null).await;
        let own = own.data("/viewer/actingOrganisation/id").as_str().unwrap().to_owned();
        run(&world, "UPDATE role_grant SET valid_to = valid_from").await;
        let acting = world.client("council-admin").acting_for_id(&own);
        assert_eq!(acting.query("{ __typename }", Value::Null).await.status, StatusCode::BAD_REQUEST);
        run(&world, "UPDATE role_grant SET valid_to = NULL").await;
        assert_eq!(acting.query("{ __typename }", Value::Null).await.status, StatusCode::OK);
    }

    /// Asking by itself costs as much as a small page.
    async fn whether_what_is_remembered_holds_is_asked_beside_the_first_rows(world: World) {
        let client = world.client("council-admin");
        let ids = client.query("{ organisations(first: 2) { nodes { id } } }", Value::Null).await;
        let id = ids.data("/organisations/nodes/0/id").as_str().unwrap();
        let other = ids.data("/organisations/nodes/1/id").as_str().unwrap();
        let bodies = [
            ASKED[0].to_owned(),
            "{ boards(first: 9) { nodes { name hostOrganisation { name } } } }".to_owned(),
            format!("{{ organisation(id: \"{id}\") {{ name }} }}"),
            format!("{{ nodes(ids: [\"{id}\", \"{other}\"]) {{ id }} }}"),
        ];
        for body in bodies {
            run(&world, "UPDATE role_grant SET role = role").await;
            let first = client.query(&body, Value::Null).await;
            let then = client.query(&body, Value::Null).await;
            assert_eq!(first.text, then.text);
            assert!(asks(&first) && asks(&then), "{body}: {:?}", then.statements);
            assert_eq!(first.statements.len(), 2 * then.statements.len(), "{body}: after a change it is read once more");
        }
        let public = world.client("anonymous").query(ASKED[0], Value::Null).await;
        assert!(!asks(&public), "the public is never anybody else");
    }

    /// No row changes when a role runs out: the clock alone ends it.
    async fn a_role_ends_by_the_clock(world: World) {
        let end: DateTime<Utc> = "2026-03-02T10:00:00Z".parse().unwrap();
        let limited = role_grant::Entity::update_many().col_expr(role_grant::Column::ValidTo, Expr::value(end));
        limited.exec(world.connection()).await.unwrap();
        assert_eq!(roles(&world, "board-chair").await, json!([{ "role": "CHAIR" }]));
        world.clock().advance(TimeDelta::seconds(3599));
        assert_eq!(roles(&world, "board-chair").await, json!([{ "role": "CHAIR" }]));
        world.clock().advance(TimeDelta::seconds(1));
        assert_eq!(roles(&world, "board-chair").await, json!([]));
    }
}
