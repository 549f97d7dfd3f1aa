//! Connections: slow ones, too many, and stopping.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinSet,
    time::{Instant, timeout},
};

use super::*;
use crate::http::serve;

const REQUEST: &str = "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

struct Running {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    task: JoinSet<std::io::Result<()>>,
}

async fn start(settings: HttpSettings) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let router = door_with(settings.clone());
    let mut task = JoinSet::new();
    task.spawn(serve(listener, router, settings, async { _ = stopped.await }));
    Running {
        address,
        stop: Some(stop),
        task,
    }
}

async fn say(address: SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

async fn hear(mut stream: TcpStream) -> String {
    let mut text = Vec::new();
    // A connection that is cut off is an end like any other.
    let _ = timeout(Duration::from_secs(5), stream.read_to_end(&mut text))
        .await
        .expect("the server ends it");
    String::from_utf8(text).unwrap()
}

#[tokio::test]
async fn slow_headers_end_the_connection_whatever_their_beginning() {
    let running = start(HttpSettings {
        header_timeout_ms: 200,
        ..HttpSettings::default()
    })
    .await;
    for beginning in ["", "P", "PRI * HTTP/2.0\r\n", "G", "GET / HTTP/1.1\r\nHost:"] {
        let heard = hear(say(running.address, beginning).await).await;
        assert!(!heard.contains("200"), "{beginning:?}");
    }
    assert!(
        hear(say(running.address, REQUEST).await)
            .await
            .starts_with("HTTP/1.1 200")
    );
}

#[tokio::test]
async fn a_request_that_comes_in_pieces_is_answered() {
    let running = start(HttpSettings::default()).await;
    let mut stream = say(running.address, "G").await;
    for piece in [
        "ET /livez HT",
        "TP/1.1\r\nHost: a\r\nConnection: close\r\n",
        "\r\n",
    ] {
        tokio::time::sleep(Duration::from_millis(30)).await;
        stream.write_all(piece.as_bytes()).await.unwrap();
    }
    assert!(hear(stream).await.ends_with("ok\n"));
}

#[tokio::test]
async fn connections_beyond_the_limit_wait() {
    let running = start(HttpSettings {
        connections: 1,
        header_timeout_ms: 400,
        ..HttpSettings::default()
    })
    .await;
    let start = Instant::now();
    let _idle = say(running.address, "").await;
    assert!(hear(say(running.address, REQUEST).await).await.ends_with("ok\n"));
    assert!(
        start.elapsed() >= Duration::from_millis(400),
        "until the idle one was ended"
    );
}

#[tokio::test]
async fn stopping_lets_open_requests_finish() {
    let mut running = start(HttpSettings::default()).await;
    let body = r#"{"query":"{ slow(milliseconds: 300) }"}"#;
    let head = "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    let busy = say(
        running.address,
        &format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()),
    )
    .await;
    let _silent = say(running.address, "").await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    running.stop.take().unwrap().send(()).unwrap();
    assert!(hear(busy).await.contains("\"slow\":true"));
    timeout(Duration::from_secs(8), running.task.join_all())
        .await
        .expect("nothing is left to wait for")
        .remove(0)
        .unwrap();
    assert!(TcpStream::connect(running.address).await.is_err());
}

#[tokio::test]
async fn what_does_not_finish_in_time_is_ended() {
    let mut running = start(HttpSettings {
        drain_timeout_ms: 200,
        ..HttpSettings::default()
    })
    .await;
    let body = r#"{"query":"{ slow(milliseconds: 9000) }"}"#;
    let head = "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    let busy = say(
        running.address,
        &format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()),
    )
    .await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    running.stop.take().unwrap().send(()).unwrap();
    timeout(Duration::from_secs(8), running.task.join_all())
        .await
        .expect("it does not wait for ever")
        .remove(0)
        .unwrap();
    assert_eq!(hear(busy).await, "");
}
