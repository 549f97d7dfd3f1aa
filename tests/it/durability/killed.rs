//! Killed in the middle of many writes: what was acknowledged is there, once, with its trace; the rest is there wholly or
//! not at all; and whoever repeats a request finds out which.
//!
//! PostgreSQL itself goes on here; SQLite is in the process, and is killed with it.

use std::collections::BTreeMap;

use entity::platform::{audit_event, outbox_event};
use harness::{Place, Rows, Template, both_databases};
use roundtable_api::planner::global_id;
use serde_json::Value;
use tokio::sync::mpsc;

use super::create_board;
use super::server::{Door, Server};
use crate::contract::audit::verify;

/// How many write at once.
const WRITERS: usize = 8;
/// After how many acknowledgements something is killed, each time it has been started again.
pub(super) const ACKNOWLEDGED: [usize; 3] = [1, 20, 60];

/// The boards that were asked for, by name, with the answer if there was one.
pub(super) type Asked = BTreeMap<String, Option<Value>>;

/// Sets up one board after the other until there is no answer.
async fn write(door: Door, who: String, acknowledged: mpsc::UnboundedSender<()>) -> Asked {
    let mut asked = Asked::new();
    loop {
        let name = format!("killed-{who}-{}", asked.len());
        let answer = create_board(&door, &name).await;
        let is_over = answer.is_none();
        asked.insert(name, answer);
        if is_over {
            return asked;
        }
        // When nobody counts any more, the server is being killed.
        let _ = acknowledged.send(());
    }
}

/// Many write by `write` until something is killed, with the last of so many acknowledgements.
pub(super) async fn written_until<Written>(
    (door, round): (&Door, usize),
    write: fn(Door, String, mpsc::UnboundedSender<()>) -> Written,
    acknowledgements: usize,
    kill: impl FnOnce(),
) -> Asked
where
    Written: Future<Output = Asked> + Send + 'static,
{
    let (sender, mut acknowledged) = mpsc::unbounded_channel();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| write(door.clone(), format!("{round}-{writer}"), sender.clone()))
        .map(tokio::spawn)
        .collect();
    drop(sender);
    for _ in 0..acknowledgements {
        acknowledged
            .recv()
            .await
            .expect("every writer has failed before anything was killed");
    }
    kill();
    let mut asked = Asked::new();
    for writer in writers {
        asked.extend(writer.await.unwrap());
    }
    asked
}

/// Each board that was answered is there once, and so is its trace.
pub(super) fn assert_there_once(rows: &Rows, asked: &Asked) {
    for (name, answer) in asked {
        let Some(answer) = answer else { continue };
        let found: Vec<_> = rows.board.iter().filter(|board| board.name == *name).collect();
        assert_eq!(found.len(), 1, "there are {} boards called {name}", found.len());
        let id = found[0].id.0;
        assert_eq!(
            answer["id"],
            global_id::encode("board", id),
            "{name} was answered with another id"
        );
        let in_audit = |entry: &&audit_event::Model| entry.entity_id == id && entry.action == "board.create";
        assert_eq!(
            rows.audit_event.iter().filter(in_audit).count(),
            1,
            "entries of {name} in the audit"
        );
        let in_outbox = |entry: &&outbox_event::Model| entry.entity_id == id && entry.topic == "board.create";
        assert_eq!(
            rows.outbox_event.iter().filter(in_outbox).count(),
            1,
            "entries of {name} in the outbox"
        );
        let kept = rows
            .idempotency_record
            .iter()
            .filter(|kept| kept.key == *name)
            .count();
        assert_eq!(kept, 1, "answers kept for {name}");
    }
    assert_eq!(verify(&rows.audit_event), Ok(()));
}

both_databases! {
    /// Three times: write, be killed, start again.
    async fn what_was_acknowledged_is_there_once(engine: Engine) {
        let place = Place::new(engine, Template::World).await;
        let connection = place.connect().await;
        let mut asked = Asked::new();
        for (round, acknowledgements) in ACKNOWLEDGED.into_iter().enumerate() {
            let server = Server::start(&place).await;
            let door = server.door().clone();
            let written = written_until((&door, round), write, acknowledgements, || server.kill());
            asked.extend(written.await);
            assert_there_once(&Rows::load(&connection).await, &asked);
        }
        let unanswered = asked.values().filter(|answer| answer.is_none()).count();
        assert!(unanswered >= WRITERS, "every writer ends with a request that was not answered");

        let server = Server::start(&place).await;
        for (name, before) in &mut asked {
            let answer = create_board(server.door(), name).await;
            assert!(answer.is_some(), "the server does not answer for {name}");
            assert!(before.is_none() || *before == answer, "{name} is answered otherwise: {answer:?}");
            *before = answer;
        }
        let rows = Rows::load(&connection).await;
        assert_there_once(&rows, &asked);
        let boards = rows.board.iter().filter(|board| board.name.starts_with("killed-")).count();
        assert_eq!(boards, asked.len(), "there are boards that nobody asked for");
        drop(server);
        connection.close().await.unwrap();
        place.remove().await;
    }
}
