//! The load: a closed loop over keep-alive connections. Each sends the next request when it has the whole answer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::{Request, StatusCode, header};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::error::{BenchError, During};

/// Where requests go.
#[derive(Clone, Debug)]
pub struct Target {
    /// The port on 127.0.0.1.
    pub port: u16,
    /// The path.
    pub path: String,
    /// The bearer token, where one is asked for.
    pub token: Option<String>,
}

/// A request, and how long the right answer to it is.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// What is sent.
    pub body: Bytes,
    /// The length of the answer that was checked. The data stands still, so another length is a wrong answer.
    pub answer_bytes: usize,
}

/// What is asked under load.
pub trait Questions: Send + Sync + 'static {
    /// The next question of a connection, by its place in the row of its questions.
    fn next(&self, place: usize) -> Exchange;
}

/// The same ones in turn.
impl Questions for [Exchange] {
    fn next(&self, place: usize) -> Exchange {
        self[place % self.len()].clone()
    }
}

/// What came of a while of load.
#[derive(Clone, Debug, Default)]
pub struct Load {
    /// Answers.
    pub answers: usize,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// How long each answer took, in seconds, ascending.
    pub latencies: Vec<f64>,
    /// Bytes of all answers.
    pub bytes: usize,
}

/// One open connection.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
}

impl Connection {
    /// Opens one.
    ///
    /// # Errors
    /// When nobody listens there.
    pub async fn open(port: u16) -> Result<Self, BenchError> {
        let stream = TcpStream::connect(("127.0.0.1", port))
            .await
            .during("connecting")?;
        stream.set_nodelay(true).during("connecting")?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(async move {
            // A connection that breaks shows in the request that was on it.
            let _ = connection.await;
        });
        Ok(Self { sender })
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// # Errors
    /// When the connection breaks.
    pub async fn post(&mut self, target: &Target, body: Bytes) -> Result<(StatusCode, Bytes), BenchError> {
        let mut request = Request::post(&target.path)
            .header(header::HOST, "127.0.0.1")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json");
        if let Some(token) = &target.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        self.send(request.body(Full::new(body))?).await
    }

    /// Asks for a path and gives the body of the answer.
    ///
    /// # Errors
    /// When the connection breaks.
    pub async fn get(&mut self, path: &str) -> Result<Bytes, BenchError> {
        let request = Request::get(path).header(header::HOST, "127.0.0.1");
        Ok(self.send(request.body(Full::default())?).await?.1)
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<(StatusCode, Bytes), BenchError> {
        self.sender.ready().await?;
        let answer = self.sender.send_request(request).await?;
        let status = answer.status();
        Ok((status, answer.into_body().collect().await?.to_bytes()))
    }
}

/// Loads a server for a while and checks the length of every answer.
///
/// # Errors
/// When an answer is wrong or a connection breaks.
pub async fn drive<Q: Questions + ?Sized>(
    target: &Target,
    questions: &Arc<Q>,
    connections: usize,
    duration: Duration,
) -> Result<Load, BenchError> {
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(Connection::open(target.port).await?);
    }
    let started = Instant::now();
    let deadline = started + duration;
    let workers: Vec<_> = open
        .into_iter()
        .enumerate()
        .map(|(place, connection)| {
            let (target, questions) = (target.clone(), questions.clone());
            tokio::spawn(work(connection, target, questions, place * 7, deadline))
        })
        .collect();
    let mut load = Load::default();
    for worker in workers {
        let part = worker
            .await
            .map_err(|error| BenchError::new(error.to_string()))??;
        load.answers += part.answers;
        load.bytes += part.bytes;
        load.latencies.extend(part.latencies);
    }
    load.seconds = started.elapsed().as_secs_f64();
    load.latencies.sort_by(f64::total_cmp);
    Ok(load)
}

async fn work<Q: Questions + ?Sized>(
    mut connection: Connection,
    target: Target,
    questions: Arc<Q>,
    first: usize,
    deadline: Instant,
) -> Result<Load, BenchError> {
    let mut load = Load::default();
    let mut next = first;
    while Instant::now() < deadline {
        let exchange = questions.next(next);
        next += 1;
        let began = Instant::now();
        let (status, answer) = connection.post(&target, exchange.body).await?;
        load.latencies.push(began.elapsed().as_secs_f64());
        if status != StatusCode::OK || answer.len() != exchange.answer_bytes {
            let answer = String::from_utf8_lossy(&answer)
                .chars()
                .take(300)
                .collect::<String>();
            return Err(BenchError::new(format!(
                "a wrong answer under load: {status}, {answer}"
            )));
        }
        load.answers += 1;
        load.bytes += answer.len();
    }
    Ok(load)
}

impl Load {
    /// The latency that a share of the answers stay within, in seconds.
    #[must_use]
    pub fn percentile(&self, share: f64) -> f64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a place in a list"
        )]
        let place = (self.latencies.len() as f64 * share) as usize;
        self.latencies
            .get(place)
            .or(self.latencies.last())
            .copied()
            .unwrap_or_default()
    }
}
