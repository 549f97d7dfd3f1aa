//! Connections that take their time, or never end.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use harness::Product;

const HEAD: &str = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

/// How a connection ended.
#[derive(Debug)]
pub(super) struct Ended {
    /// What the server said.
    pub(super) answer: String,
    /// How long it took to end it.
    pub(super) after: Duration,
    /// How much of the request was sent, in bytes.
    pub(super) sent: usize,
}

fn connect(server: &Product, patience: Duration) -> TcpStream {
    let address = server.origin().trim_start_matches("http://");
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(patience)).unwrap();
    stream.set_write_timeout(Some(patience)).unwrap();
    stream
}

/// Reads until the server closes, or patience ends.
fn read(mut stream: TcpStream, begun: Instant) -> Ended {
    let mut answer = Vec::new();
    let mut part = [0; 4_096];
    while let Ok(length @ 1..) = stream.read(&mut part) {
        answer.extend_from_slice(&part[..length]);
    }
    Ended {
        answer: String::from_utf8_lossy(&answer).into_owned(),
        after: begun.elapsed(),
        sent: 0,
    }
}

/// Sends the beginning of a request, and then nothing more.
pub(super) fn stalls(server: &Product, beginning: &str, patience: Duration) -> Ended {
    let begun = Instant::now();
    let mut stream = connect(server, patience);
    stream.write_all(beginning.as_bytes()).unwrap();
    read(stream, begun)
}

/// Headers that never end.
pub(super) fn headers_that_stall(server: &Product, patience: Duration) -> Ended {
    stalls(server, &format!("{HEAD}X-Slow: a"), patience)
}

/// A body that is promised and does not come.
pub(super) fn body_that_stalls(server: &Product, patience: Duration) -> Ended {
    let beginning = format!("{HEAD}Content-Length: 1000\r\n\r\n{{\"query\":");
    stalls(server, &beginning, patience)
}

/// Headers that come a byte at a time: never silent, never complete.
pub(super) fn headers_that_drip(server: &Product, patience: Duration) -> Ended {
    let begun = Instant::now();
    let mut stream = connect(server, patience);
    let reader = stream.try_clone().unwrap();
    let reading = std::thread::spawn(move || read(reader, begun));
    let mut sent = 0;
    for byte in HEAD
        .bytes()
        .chain("X-Slow: ".bytes())
        .chain(std::iter::repeat(b'a'))
    {
        if reading.is_finished() || begun.elapsed() > patience || stream.write_all(&[byte]).is_err() {
            break;
        }
        sent += 1;
        std::thread::sleep(Duration::from_millis(20));
    }
    Ended {
        sent,
        ..reading.join().unwrap()
    }
}

/// A body in pieces without an end.
pub(super) fn body_without_end(server: &Product, patience: Duration) -> Ended {
    let begun = Instant::now();
    let mut stream = connect(server, patience);
    let reader = stream.try_clone().unwrap();
    let reading = std::thread::spawn(move || read(reader, begun));
    let piece = format!("4000\r\n{}\r\n", " ".repeat(0x4000));
    let mut sent = 0;
    let mut next = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n");
    while !reading.is_finished() && begun.elapsed() < patience && stream.write_all(next.as_bytes()).is_ok() {
        sent += next.len();
        next.clone_from(&piece);
    }
    Ended {
        sent,
        ..reading.join().unwrap()
    }
}
