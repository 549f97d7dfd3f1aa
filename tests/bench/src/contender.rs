//! The servers that are compared, and how each is asked for the same two answers.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use bytes::Bytes;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::answer;
use crate::error::BenchError;
use crate::load::{Connection, Exchange, Target};
use crate::process::Server;

/// Pages of the list that are asked for in turn.
const PAGES: usize = 3;
/// The longest that a server may take to answer for the first time.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A board, 25 members with person and organisation, the last 10 entries of its history.
    Board,
    /// 100 boards with host organisation and member count.
    List,
    /// A board that the viewer sits on, its last 10 meetings, 5 actions of each.
    Work,
    /// A published resource, its last 4 versions with formats and contributors, 8 adopters.
    Resource,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Board, Self::List, Self::Work, Self::Resource];

    /// For people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Board => "board page",
            Self::List => "list page",
            Self::Work => "board at work",
            Self::Resource => "resource page",
        }
    }

    /// What the product is to reach: so many times PostGraphile, and the hand-written server.
    #[must_use]
    pub const fn bars(self) -> (f64, f64) {
        match self {
            Self::Board | Self::List => (2.2, 0.75),
            Self::Work | Self::Resource => (2.4, 0.8),
        }
    }
}

/// The language a server is asked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// The product's documents.
    Roundtable,
    /// Small JSON requests of the hand-written server.
    Handwritten,
    /// PostGraphile's documents, with aliases so that the answers look alike.
    Postgraphile,
}

impl Dialect {
    fn path(self, shape: Shape) -> &'static str {
        match (self, shape) {
            (Self::Handwritten, Shape::Board) => "/board",
            (Self::Handwritten, Shape::List) => "/list",
            (Self::Handwritten, Shape::Work) => "/work",
            (Self::Handwritten, Shape::Resource) => "/resource",
            _ => "/graphql",
        }
    }

    fn board(self, id: Uuid) -> Value {
        match self {
            Self::Roundtable => json!({
                "query": include_str!("../documents/roundtable_board.graphql"),
                "variables": { "id": format!("board_{}", id.simple()) },
            }),
            Self::Handwritten => json!({ "id": id }),
            Self::Postgraphile => json!({
                "query": include_str!("../documents/postgraphile_board.graphql"),
                "variables": { "id": id },
            }),
        }
    }

    fn work(self, id: Uuid) -> Value {
        match self {
            Self::Roundtable => json!({
                "query": include_str!("../documents/roundtable_work.graphql"),
                "variables": { "id": format!("board_{}", id.simple()) },
            }),
            Self::Handwritten => json!({ "id": id }),
            Self::Postgraphile => json!({
                "query": include_str!("../documents/postgraphile_work.graphql"),
                "variables": { "id": id },
            }),
        }
    }

    fn resource(self, id: Uuid) -> Value {
        match self {
            Self::Roundtable => json!({
                "query": include_str!("../documents/roundtable_resource.graphql"),
                "variables": { "id": format!("resource_{}", id.simple()) },
            }),
            Self::Handwritten => json!({ "id": id }),
            Self::Postgraphile => json!({
                "query": include_str!("../documents/postgraphile_resource.graphql"),
                "variables": { "id": id },
            }),
        }
    }

    fn list(self, after: &Value) -> Value {
        match self {
            Self::Roundtable => json!({
                "query": include_str!("../documents/roundtable_list.graphql"),
                "variables": { "after": after },
            }),
            Self::Handwritten => json!({ "after": after }),
            Self::Postgraphile => json!({
                "query": include_str!("../documents/postgraphile_list.graphql"),
                "variables": { "after": after },
            }),
        }
    }

    /// From where the next page continues.
    fn end(self, page: &Value) -> Value {
        let boards = &page["data"]["boards"];
        match self {
            Self::Handwritten => {
                let last = boards["nodes"].as_array().and_then(|nodes| nodes.last());
                last.map_or(Value::Null, |last| json!([last["name"], last["id"]]))
            }
            _ => boards["pageInfo"]["endCursor"].clone(),
        }
    }
}

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
            token: self.tokens.as_ref().map(|tokens| match shape {
                Shape::Board | Shape::List | Shape::Resource => tokens.viewer.clone(),
                Shape::Work => tokens.member.clone(),
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
        for id in &asked.boards {
            let (exchange, answer) = self
                .ask(&mut connection, Shape::Board, &self.dialect.board(*id))
                .await?;
            learnt[0].push(exchange);
            self.answers[0].push(answer::canonical(answer));
        }
        let mut after = Value::Null;
        for _ in 0..PAGES {
            let (exchange, answer) = self
                .ask(&mut connection, Shape::List, &self.dialect.list(&after))
                .await?;
            after = self.dialect.end(&answer);
            learnt[1].push(exchange);
            self.answers[1].push(answer::canonical(answer));
        }
        for id in &asked.own_boards {
            let (exchange, answer) = self
                .ask(&mut connection, Shape::Work, &self.dialect.work(*id))
                .await?;
            learnt[2].push(exchange);
            self.answers[2].push(answer::canonical(answer));
        }
        for id in &asked.resources {
            let (exchange, answer) = self
                .ask(&mut connection, Shape::Resource, &self.dialect.resource(*id))
                .await?;
            learnt[3].push(exchange);
            self.answers[3].push(answer::canonical(answer));
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

    /// Asks for a board with another token: for the check that authorisation is on.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn board_as(&self, token: &str, shape: Shape, id: Uuid) -> Result<Value, BenchError> {
        let mut connection = Connection::open(self.port).await?;
        let target = Target {
            token: Some(token.to_owned()),
            ..self.target(shape)
        };
        let question = match shape {
            Shape::Work => self.dialect.work(id),
            Shape::Resource => self.dialect.resource(id),
            Shape::Board | Shape::List => self.dialect.board(id),
        };
        let body = Bytes::from(serde_json::to_vec(&question)?);
        let (_, bytes) = connection.post(&target, body).await?;
        let answer: Value = serde_json::from_slice(&bytes)?;
        Ok(answer["data"]["board"].clone())
    }
}
