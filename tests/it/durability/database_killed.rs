//! PostgreSQL killed in the middle of many writes. A change does not hold the audit's chain while it waits for the disk, but nobody is answered
//! before it is there: what was acknowledged outlives the database.

use harness::{Cluster, Engine, Place, Rows, skip};
use serde_json::Value;
use tokio::sync::mpsc;

use super::killed::{ACKNOWLEDGED, Asked, assert_there_once, written_until};
use super::server::{Door, Server};
use super::{ask_for_board, create_board};

#[test]
fn postgres() {
    harness::run(Engine::Postgres, |_: Engine| Box::pin(database_killed()));
}

/// Sets up one board after the other until one is refused. Each is asked for twice at once, as by somebody who presses a button twice: one of
/// the two is answered with what was kept for the other, and that is an acknowledgement, too.
async fn write(door: Door, who: String, acknowledged: mpsc::UnboundedSender<()>) -> Asked {
    let mut asked = Asked::new();
    loop {
        let name = format!("killed-{who}-{}", asked.len());
        let answers = tokio::join!(ask_for_board(&door, &name), ask_for_board(&door, &name));
        let boards: Vec<_> = [answers.0, answers.1]
            .into_iter()
            .flat_map(|answer| board(&name, answer))
            .collect();
        let is_over = boards.len() < 2;
        asked.insert(name, boards.into_iter().next());
        if is_over {
            return asked;
        }
        // When nobody counts any more, the database is being killed.
        let _ = acknowledged.send(());
    }
}

/// The board of an answer; nothing where it says that there was an error.
fn board(name: &str, answer: Option<Value>) -> Option<Value> {
    let answer = answer.unwrap_or_default();
    let board = &answer["data"]["boardCreate"]["board"];
    let is_there = board["name"] == *name;
    assert!(
        is_there || answer["errors"].is_array(),
        "the database was gone, and the answer is {answer}"
    );
    is_there.then(|| board.clone())
}

/// The board, however long the server takes to notice that its database is back.
async fn repeated(door: &Door, name: &str) -> Value {
    for _ in 0..50 {
        let answer = ask_for_board(door, name).await.unwrap_or_default();
        if answer["errors"].is_null() {
            return create_board(door, name).await.unwrap();
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the server does not answer for {name} though its database is back");
}

/// Three times: write, lose the database, start it again. The server goes on through all of it.
async fn database_killed() {
    let cluster = match Cluster::mortal() {
        Ok(cluster) => cluster,
        Err(why) => return skip("a PostgreSQL to kill", &why),
    };
    let place = Place::on(&cluster).await;
    let server = Server::start(&place).await;
    let mut asked = Asked::new();
    for (round, acknowledgements) in ACKNOWLEDGED.into_iter().enumerate() {
        let kill = || cluster.kill().unwrap();
        asked.extend(written_until((server.door(), round), write, acknowledgements, kill).await);
        cluster.start().unwrap();
        let connection = place.connect().await;
        assert_there_once(&Rows::load(&connection).await, &asked);
        for (name, before) in &mut asked {
            let answer = repeated(server.door(), name).await;
            assert!(
                before.is_none() || *before == Some(answer.clone()),
                "{name} is answered otherwise: {answer}"
            );
            *before = Some(answer);
        }
        assert_there_once(&Rows::load(&connection).await, &asked);
        connection.close().await.unwrap();
    }
}
