//! A disk that is never done: PostgreSQL is told to wait for a standby that does not exist. Then nobody is answered, neither whoever asked first nor
//! whoever asks for the same again, though the change is there for all to see. Where the wait breaks off, nobody is told that it is there.

use std::time::Duration;

use harness::{Cluster, Engine, Place, skip};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::server::{Door, Server};
use super::{ask_for_board, create_board};
use crate::outcomes::figure;

/// How often one looks whether something has happened, and how many times before one gives up.
const LOOK: (Duration, u32) = (Duration::from_millis(50), 600);
/// The connections that wait for the disk.
const WHO_WAITS: &str = "FROM pg_stat_activity WHERE wait_event = 'SyncRep'";

#[test]
fn postgres() {
    harness::run(Engine::Postgres, |_: Engine| Box::pin(disk_awaited()));
}

async fn disk_awaited() {
    let cluster = match Cluster::mortal() {
        Ok(cluster) => cluster,
        Err(why) => return skip("a PostgreSQL of the test's own", &why),
    };
    let place = Place::on(&cluster).await;
    let server = Server::start(&place).await;
    let connection = place.connect().await;
    // What is asked for first signs in, which is written, too.
    create_board(server.door(), "signed-in-before").await.unwrap();

    for (ask, seen) in [
        (
            for_board as fn(&Door) -> _,
            "SELECT count(*) FROM board WHERE name = 'awaited-board'",
        ),
        (
            |door| for_figure(door, "2025-09-30"),
            "SELECT count(*) FROM observation WHERE period_end = '2025-09-30' AND value = 60000000",
        ),
    ] {
        wait_for(&connection, "nobody").await;
        let first = ask(server.door());
        let waiting = waits(&connection, &first, 1).await;
        assert_eq!(
            count(&connection, seen).await,
            1,
            "the change is there to be seen"
        );
        let again = ask(server.door());
        waits(&connection, &again, waiting + 1).await;
        sleep(Duration::from_millis(300)).await;
        assert!(
            !first.is_finished() && !again.is_finished(),
            "an answer came before the disk"
        );

        wait_for(&connection, "").await;
        let (first, again) = (first.await.unwrap(), again.await.unwrap());
        assert!(
            first.as_ref().is_some_and(Value::is_object),
            "there was no answer"
        );
        assert_eq!(first, again);
        assert_eq!(count(&connection, seen).await, 1);
    }
    broken_off(&server, &connection).await;
    connection.close().await.unwrap();
}

/// The connection that waits is lost. Whether the change is on the disk is known once somebody asks again.
async fn broken_off(server: &Server, connection: &DatabaseConnection) {
    wait_for(connection, "nobody").await;
    let asked = for_figure(server.door(), "2025-08-31");
    waits(connection, &asked, 1).await;
    connection
        .execute_unprepared(&format!("SELECT pg_terminate_backend(pid) {WHO_WAITS}"))
        .await
        .unwrap();
    assert_eq!(asked.await.unwrap(), Some(Value::Null), "nobody knows");

    wait_for(connection, "").await;
    let again = for_figure(server.door(), "2025-08-31").await.unwrap();
    assert!(again.is_some_and(|figure| figure.is_object()));
}

/// Asks for a board in the background; the same each time.
fn for_board(door: &Door) -> JoinHandle<Option<Value>> {
    let door = door.clone();
    tokio::spawn(async move {
        let answer = ask_for_board(&door, "awaited-board").await?;
        Some(answer["data"]["boardCreate"]["board"].clone())
    })
}

/// Asks for the figure of a period to be recorded, which goes together with others that come at the same time.
fn for_figure(door: &Door, until: &str) -> JoinHandle<Option<Value>> {
    let (door, until) = (door.clone(), until.to_owned());
    tokio::spawn(async move {
        let query = "mutation($input: ObservationRecordInput!) { observationRecord(input: $input) { \
            observation { id value } userErrors { code message path } } }";
        let input =
            figure(json!({ "value": "60", "periodEnd": until, "idempotencyKey": format!("until-{until}") }));
        let answer = door
            .ask("council-admin", query, json!({ "input": input }))
            .await?;
        Some(answer["data"]["observationRecord"]["observation"].clone())
    })
}

/// Names the standby that the end of a transaction waits for.
async fn wait_for(connection: &DatabaseConnection, standby: &str) {
    let set = format!("ALTER SYSTEM SET synchronous_standby_names = '{standby}'");
    for statement in [set.as_str(), "SELECT pg_reload_conf()"] {
        connection.execute_unprepared(statement).await.unwrap();
    }
    // Those who wait already take notice when the checkpointer has.
    let told = format!(
        "SELECT count(*) FROM pg_settings WHERE name = 'synchronous_standby_names' AND setting = '{standby}'"
    );
    look_until(
        || async { count(connection, &told).await == 1 },
        "the setting is not taken",
    )
    .await;
}

/// Waits until so many wait for the disk, `request` among them, and answers how many do.
///
/// # Panics
/// When the request is answered in place of that.
async fn waits(connection: &DatabaseConnection, request: &JoinHandle<Option<Value>>, at_least: i64) -> i64 {
    let waiting = format!("SELECT count(*) {WHO_WAITS}");
    let is_waiting = || async {
        assert!(!request.is_finished(), "an answer came before the disk");
        count(connection, &waiting).await >= at_least
    };
    look_until(is_waiting, "nobody waits for the disk").await;
    count(connection, &waiting).await
}

async fn look_until<F: Future<Output = bool>>(is_so: impl Fn() -> F, otherwise: &str) {
    let (pause, times) = LOOK;
    for _ in 0..times {
        if is_so().await {
            return;
        }
        sleep(pause).await;
    }
    panic!("{otherwise}");
}

async fn count(connection: &DatabaseConnection, sql: &str) -> i64 {
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let row = connection.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}
