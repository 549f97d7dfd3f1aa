//! The search for harmful software, by a stand-in that speaks the protocol of ClamAV's daemon.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use axum::http::StatusCode;
use harness::{Engine, Template, World, both_databases};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::wire::*;

/// The file that every scanner takes for harmful, and that is not (EICAR), in two halves, so that no scanner takes this one.
fn eicar() -> Vec<u8> {
    [
        r"X5O!P%@AP[4\PZX54(P^)7CC)7}$",
        "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    ]
    .concat()
    .into_bytes()
}

/// The stand-in.
#[derive(Clone, Default)]
struct Daemon {
    is_away: Arc<AtomicBool>,
    searched: Arc<AtomicUsize>,
    refuses: Arc<AtomicBool>,
}

impl Daemon {
    /// Starts it; answers where it listens.
    async fn start(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("tcp:{}", listener.local_addr().unwrap());
        let daemon = self.clone();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(daemon.clone().serve(socket));
            }
        });
        address
    }

    async fn serve(self, mut socket: TcpStream) {
        if self.is_away.load(Ordering::SeqCst) {
            return;
        }
        let mut command = [0; 10];
        socket.read_exact(&mut command).await.unwrap();
        assert_eq!(&command, b"zINSTREAM\0");
        let mut content = Vec::new();
        loop {
            let length = socket.read_u32().await.unwrap();
            if length == 0 {
                break;
            }
            let mut chunk = vec![0; length as usize];
            socket.read_exact(&mut chunk).await.unwrap();
            content.extend(chunk);
        }
        self.searched.fetch_add(1, Ordering::SeqCst);
        let is_harmful = content.windows(eicar().len()).any(|window| window == eicar());
        let answer: &[u8] = if self.refuses.load(Ordering::SeqCst) {
            b"INSTREAM size limit exceeded. ERROR\0"
        } else if is_harmful {
            b"stream: Eicar-Signature FOUND\0"
        } else {
            b"stream: OK\0"
        };
        socket.write_all(answer).await.unwrap();
    }
}

async fn world_with(engine: Engine, address: String) -> World {
    World::new(engine, Template::World, move |settings| {
        settings.scanner.address = Some(address);
        settings.scanner.patience_seconds = 5;
        settings.media.piece_bytes = 50;
    })
    .await
}

/// Waits until a file is not pending any more.
async fn searched(world: &World, id: &str) -> Value {
    for _ in 0..200 {
        let read = read(world, "visitor", id).await;
        if read["scan"] != "PENDING" {
            return read;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("{id} was not searched");
}

both_databases! {
    /// A clean file can be fetched once it was searched; of a harmful one the row is kept, and not a byte.
    async fn harmful_files_lose_their_bytes(engine: Engine) {
        let daemon = Daemon::default();
        let world = world_with(engine, daemon.start().await).await;
        let clean = upload(&world, "visitor", input("text/plain", 200), vec![b'a'; 200]).await;
        assert_eq!(searched(&world, &clean.id).await["scan"], "CLEAN");
        let address = download(&world, "visitor", &clean.id).await.unwrap();
        assert_eq!(get(&world, &address, &[]).await.body, vec![b'a'; 200]);
        let kept = objects(&world).await.len();

        let bytes = [b"Dear all,\n".to_vec(), eicar()].concat();
        let harmful = upload(&world, "visitor", input("text/plain", bytes.len()), bytes).await;
        let found = searched(&world, &harmful.id).await;
        assert_eq!((&found["scan"], &found["status"]), (&json!("INFECTED"), &json!("REMOVED")));
        assert_eq!((&found["scanFinding"], &found["downloadUrl"]), (&json!("Eicar-Signature"), &Value::Null));
        keep(&world).await;
        assert_eq!(objects(&world).await.len(), kept);
        assert_eq!(head(&world, &harmful.address).await.status, StatusCode::NOT_FOUND);
        assert_eq!(daemon.searched.load(Ordering::SeqCst), 2);
        let audited = world.rows().await.audit_event;
        let found = audited.iter().find(|event| event.action == "media.infected").unwrap();
        assert_eq!(found.reason.as_deref(), Some("Eicar-Signature"));
        world.close().await;
    }

    /// While the scanner is away a file is pending, and nobody can fetch it; later it is searched.
    async fn a_scanner_that_is_away_is_waited_for(engine: Engine) {
        let daemon = Daemon::default();
        daemon.is_away.store(true, Ordering::SeqCst);
        let world = world_with(engine, daemon.start().await).await;
        let file = upload(&world, "visitor", input("text/plain", 100), vec![b'a'; 100]).await;
        keep(&world).await;
        let pending = read(&world, "visitor", &file.id).await;
        assert_eq!((&pending["status"], &pending["scan"]), (&json!("STORED"), &json!("PENDING")));
        assert_eq!(pending["downloadUrl"], Value::Null);
        daemon.is_away.store(false, Ordering::SeqCst);
        keep(&world).await;
        assert_eq!(searched(&world, &file.id).await["scan"], "CLEAN");
        assert!(download(&world, "visitor", &file.id).await.is_some());
        world.close().await;
    }

    /// What the scanner refuses it is asked about again after a while, and more and more seldom.
    async fn what_the_scanner_refuses_waits(engine: Engine) {
        let daemon = Daemon::default();
        daemon.refuses.store(true, Ordering::SeqCst);
        let world = world_with(engine, daemon.start().await).await;
        let asked = || daemon.searched.load(Ordering::SeqCst);
        let file = upload(&world, "visitor", input("text/plain", 100), vec![b'a'; 100]).await;
        for _ in 0..200 {
            if asked() == 1 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        for (minutes, expected) in [(0, 1), (9, 1), (1, 2), (10, 2), (10, 3), (30, 3)] {
            world.clock().advance(chrono::TimeDelta::minutes(minutes));
            keep(&world).await;
            keep(&world).await;
            assert_eq!(asked(), expected, "{minutes}");
        }
        daemon.refuses.store(false, Ordering::SeqCst);
        world.clock().advance(chrono::TimeDelta::minutes(10));
        keep(&world).await;
        assert_eq!(read(&world, "visitor", &file.id).await["scan"], "CLEAN");
        world.close().await;
    }

    /// Where there is no scanner, files stay pending if the settings say so.
    async fn without_a_scanner_nothing_is_clean_if_so_wanted(engine: Engine) {
        let world = World::new(engine, Template::World, |settings| settings.media.clean_without_scanner = false).await;
        let file = upload(&world, "visitor", input("text/plain", 100), vec![b'a'; 100]).await;
        keep(&world).await;
        assert_eq!(read(&world, "visitor", &file.id).await["scan"], "PENDING");
        assert_eq!(download(&world, "visitor", &file.id).await, None);
        world.close().await;
    }
}
