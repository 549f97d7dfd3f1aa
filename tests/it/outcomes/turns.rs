//! What changes between a request and its turn, and between an answer and the next request under its key: rights that end, keys that expire.

use std::time::Duration;

use harness::{Client, Engine, Template, World, both_databases};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait};
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::{change, does, figure};

/// The figure of a month.
fn of_month(month: u32) -> Value {
    figure(json!({
        "periodStart": format!("2024-{month:02}-01"), "periodEnd": format!("2024-{month:02}-28"), "value": "50",
        "idempotencyKey": format!("turn-of-month-{month}"),
    }))
}

/// Asks for the figure of a month in the background, and answers with what is wrong with it.
fn ask(client: &Client, month: u32) -> JoinHandle<Vec<String>> {
    let client = client.clone();
    tokio::spawn(async move {
        let answer = change(&client, "observationRecord", of_month(month)).await;
        answer.user_errors("answer")
    })
}

/// Waits until so many transactions wait for a lock; SQLite does not tell.
async fn blocked(database: &DatabaseConnection, at_least: usize) {
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while database.get_database_backend() == DbBackend::Postgres {
        let statement = Statement::from_string(DbBackend::Postgres, sql);
        let row = database.query_one_raw(statement).await.unwrap().unwrap();
        if row.try_get_by_index::<i64>(0).unwrap() >= i64::try_from(at_least).unwrap() {
            return;
        }
        sleep(Duration::from_millis(20)).await;
    }
}

/// Sets up an organisation under a key, for oneself and for no organisation; answers with its id.
async fn set_up(client: &Client, name: &str) -> Value {
    let query = "mutation($input: OrganisationCreateInput!) { organisationCreate(input: $input) { \
                 organisation { id } userErrors { code message path } } }";
    let input =
        json!({ "name": name, "kind": "USER_LED", "nation": "ENGLAND", "idempotencyKey": "set-up-once" });
    let answer = client.query(query, json!({ "input": input })).await;
    assert_eq!(
        answer.user_errors("organisationCreate"),
        [""; 0],
        "{}",
        answer.text
    );
    answer.data("/organisationCreate/organisation/id").clone()
}

both_databases! {
    /// Who loses a role while their request waits for its turn records nothing.
    async fn rights_that_end_before_the_turn_are_gone(world: World) {
        let (council, database) = (world.client("council-admin"), world.connection());
        for month in [1, 2] {
            // With the second request the account is remembered as it is.
            does(&council, "observationRecord", of_month(month)).await;
        }
        let holding = database.begin().await.unwrap();
        if database.get_database_backend() == DbBackend::Postgres {
            // One turn gets as far as this, and no other begins.
            holding.execute_unprepared("SELECT 1 FROM indicator_version FOR UPDATE").await.unwrap();
        }
        let turn = ask(&council, 3);
        blocked(database, 1).await;
        holding.execute_unprepared("DELETE FROM role_grant").await.unwrap();
        let late = ask(&council, 5);
        sleep(Duration::from_secs(1)).await;
        holding.commit().await.unwrap();
        assert_eq!(late.await.unwrap(), ["CONFLICT at input"]);
        turn.await.unwrap();
        let day = "2024-05-28".parse().unwrap();
        assert!(world.rows().await.observation.iter().all(|row| row.period_end != day), "it was recorded");
    }

    /// After a week a key is as good as new, whether or not it was used for an organisation.
    async fn an_expired_key_takes_another_answer(world: World) {
        let first = does(&world.client("council-admin"), "observationRecord", of_month(1)).await;
        let one = set_up(&world.client("visitor"), "One").await;
        world.clock().advance_days(8);
        let (council, visitor) = (world.client("council-admin"), world.client("visitor"));
        let mut another = of_month(2);
        another["idempotencyKey"] = of_month(1)["idempotencyKey"].clone();
        let second = does(&council, "observationRecord", another.clone()).await;
        assert_ne!(first["id"], second["id"]);
        assert_eq!(does(&council, "observationRecord", another).await["id"], second["id"]);
        let other = set_up(&visitor, "Another").await;
        assert_ne!(one, other);
        assert_eq!(set_up(&visitor, "Another").await, other);
    }

    /// The same request twice at once is done once, and both are answered alike; where each goes by itself, too.
    async fn twins_that_go_alone_are_answered_alike(engine: Engine) {
        let world = World::new(engine, Template::World, |settings| settings.outcomes.most_recorded_together = 1).await;
        let (council, database) = (world.client("council-admin"), world.connection());
        let holding = database.begin().await.unwrap();
        if engine == Engine::Postgres {
            // Both have looked for an answer by then, and found none.
            holding.execute_unprepared("SELECT 1 FROM indicator_version FOR UPDATE").await.unwrap();
        }
        let twins = [ask(&council, 4), ask(&council, 4)];
        blocked(database, 2).await;
        holding.commit().await.unwrap();
        for twin in twins {
            assert_eq!(twin.await.unwrap(), [""; 0]);
        }
        let day = "2024-04-28".parse().unwrap();
        let figures = world.rows().await.observation;
        assert_eq!(figures.iter().filter(|row| row.period_end == day).count(), 1);
    }
}
