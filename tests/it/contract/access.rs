//! What a node remembers of an account holds only while nothing has changed, by whatever way it was changed.

use chrono::{DateTime, TimeDelta, Utc};
use entity::parties::role_grant;
use harness::{World, both_databases};
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, EntityTrait, Statement};
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
