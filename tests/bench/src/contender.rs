//! The servers that are compared.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use bytes::Bytes;
use serde_json::Value;
use uuid::Uuid;

use crate::dialect::{Dialect, Shape};
use crate::error::BenchError;
use crate::load::{Connection, Exchange, Target};
use crate::process::Server;

/// Pages of the list that are asked for in turn.
const PAGES: usize = 3;
/// The longest that a server may take to answer for the first time.
const PATIENCE: Duration = Duration::from_secs(60);

/// A contender's name as part of a file's.
#[must_use]
pub fn file_name(name: &str) -> String {
    name.replace(',', "").replace(' ', "-")
}

/// Who asks.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// The viewer, of what partners share.
    pub viewer: String,
    /// The member, of the boards they sit on.
    pub member: String,
}

/// What is asked for in turn.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Boards whose page is asked for.
    pub boards: Vec<Uuid>,
    /// Those on which the member sits.
    pub own_boards: Vec<Uuid>,
    /// Resources whose page is asked for.
    pub resources: Vec<Uuid>,
    /// Frameworks whose dashboard is asked for.
    pub frameworks: Vec<Uuid>,
    /// The indicators whose figures are added up.
    pub indicators: Vec<Uuid>,
}

impl Asked {
    /// What a shape is about in turn; none for the list, whose pages follow each other.
    fn about(&self, shape: Shape) -> Option<&[Uuid]> {
        match shape {
            Shape::Board => Some(&self.boards),
            Shape::List => None,
            Shape::Work => Some(&self.own_boards),
            Shape::Resource => Some(&self.resources),
            Shape::Dashboard => Some(&self.frameworks),
            Shape::Totals => Some(&self.indicators),
        }
    }
}

/// One of the compared.
pub struct Contender {
    /// Its name in the report.
    pub name: &'static str,
    /// Its process.
    pub server: Server,
    /// Whether it reads PostgreSQL; SQLite otherwise.
    pub on_postgres: bool,
    dialect: Dialect,
    port: u16,
    tokens: Option<Tokens>,
    exchanges: [Arc<[Exchange]>; Shape::ALL.len()],
    answers: [Vec<Value>; Shape::ALL.len()],
}

impl Contender {
    /// Starts a server that listens on a port of 127.0.0.1.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(
        name: &'static str,
        dialect: Dialect,
        port: u16,
        tokens: Option<Tokens>,
        command: &mut Command,
        logs: &Path,
    ) -> Result<Self, BenchError> {
        let log = logs.join(format!("{}.log", file_name(name)));
        Ok(Self {
            name,
            server: Server::start(command, &log)?,
            on_postgres: !name.contains("SQLite"),
            dialect,
            port,
            tokens,
            exchanges: Shape::ALL.map(|_| Arc::default()),
            answers: Shape::ALL.map(|_| Vec::new()),
        })
    }

    /// Where a shape is asked for.
    #[must_use]
    pub fn target(&self, shape: Shape) -> Target {
        Target {
            port: self.port,
            path: self.dialect.path(shape).to_owned(),
            token: self
                .tokens
                .as_ref()
                .map(|tokens| match shape.is_asked_by_member() {
                    true => tokens.member.clone(),
                    false => tokens.viewer.clone(),
                }),
        }
    }

    /// The requests of a shape, with what was learnt of their answers.
    #[must_use]
    pub const fn exchanges(&self, shape: Shape) -> &Arc<[Exchange]> {
        &self.exchanges[shape as usize]
    }

    /// The answers of a shape in the form in which all must be equal.
    #[must_use]
    pub fn answers(&self, shape: Shape) -> &[Value] {
        &self.answers[shape as usize]
    }

    /// Waits until it answers, asks for each page once, and keeps what the answers were.
    ///
    /// # Errors
    /// When it does not answer, or not with data.
    pub async fn learn(&mut self, asked: &Asked) -> Result<(), BenchError> {
        let mut connection = self.when_ready().await?;
        let mut learnt = Shape::ALL.map(|_| Vec::new());
        for shape in Shape::ALL.into_iter().filter(|shape| self.dialect.asks(*shape)) {
            let ids = asked.about(shape);
            let mut after = Value::Null;
            for place in 0..ids.map_or(PAGES, <[Uuid]>::len) {
                let question = match ids {
                    Some(ids) => self.dialect.about(shape, ids[place]),
                    None => self.dialect.list(&after),
                };
                let (exchange, answer) = self.ask(&mut connection, shape, &question).await?;
                after = self.dialect.end(&answer);
                learnt[shape as usize].push(exchange);
                self.answers[shape as usize].push(self.dialect.canonical(answer));
            }
        }
        self.exchanges = learnt.map(Arc::from);
        Ok(())
    }

    /// Asks each of these questions once, where a shape is asked for, and keeps how long the answers are. With the answers, for
    /// whoever wants to look at them.
    ///
    /// # Errors
    /// When it does not answer, or not with data.
    pub async fn rehearse(
        &mut self,
        shape: Shape,
        questions: &[Value],
    ) -> Result<(Vec<Exchange>, Vec<Value>), BenchError> {
        let mut connection = self.when_ready().await?;
        let (mut exchanges, mut answers) = (Vec::new(), Vec::new());
        for question in questions {
            let (exchange, answer) = self.ask(&mut connection, shape, question).await?;
            exchanges.push(exchange);
            answers.push(answer);
        }
        Ok((exchanges, answers))
    }

    async fn when_ready(&mut self) -> Result<Connection, BenchError> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match Connection::open(self.port).await {
                Ok(connection) => return Ok(connection),
                Err(_) if !self.server.has_ended() && Instant::now() < deadline => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                Err(error) => return Err(BenchError::new(format!("{} does not listen: {error}", self.name))),
            }
        }
    }

    async fn ask(
        &self,
        connection: &mut Connection,
        shape: Shape,
        body: &Value,
    ) -> Result<(Exchange, Value), BenchError> {
        let body = Bytes::from(serde_json::to_vec(body)?);
        let (status, bytes) = connection.post(&self.target(shape), body.clone()).await?;
        let text = String::from_utf8_lossy(&bytes);
        let answer: Value = serde_json::from_str(&text)
            .map_err(|error| BenchError::new(format!("{}: {status}, {error}: {text}", self.name)))?;
        if status != StatusCode::OK || answer.get("errors").is_some() {
            return Err(BenchError::new(format!(
                "{} refuses the {}: {status}, {text}",
                self.name,
                shape.name()
            )));
        }
        let exchange = Exchange {
            body,
            answer_bytes: bytes.len(),
        };
        Ok((exchange, answer))
    }

    /// What a path answers to a plain GET, once the server is up.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn get(&mut self, path: &str) -> Result<Bytes, BenchError> {
        self.when_ready().await?.get(path).await
    }

    /// What somebody with another token is shown where a shape is asked for: for the check that authorisation is on.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn shown_to(&self, token: &str, shape: Shape, id: Uuid) -> Result<Value, BenchError> {
        let mut connection = Connection::open(self.port).await?;
        let target = Target {
            token: Some(token.to_owned()),
            ..self.target(shape)
        };
        let body = Bytes::from(serde_json::to_vec(&self.dialect.about(shape, id))?);
        let (_, bytes) = connection.post(&target, body).await?;
        let answer: Value = serde_json::from_slice(&bytes)?;
        Ok(answer["data"][shape.field()].clone())
    }

    /// The language it is asked in.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Whether a shape can be asked of it.
    #[must_use]
    pub const fn asks(&self, shape: Shape) -> bool {
        self.dialect.asks(shape)
    }
}
