//! The program over a test's database, so that it can be killed and started again, and two can share one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use harness::{Installation, Place, Running};
use serde_json::{Value, json};

/// The program, which Cargo has built for this test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_roundtable_under_test");

const SETTINGS: &[(&str, &str)] = &[
    ("ROUNDTABLE__HTTP__POINTS_PER_MINUTE", "0"),
    ("ROUNDTABLE__JOBS__PERIOD_SECONDS", "1"),
    ("RUST_LOG", "info"),
];

/// A server that was started, and may not answer yet.
pub struct Starting {
    installation: Installation,
    running: Running,
}

/// A server that answers. It ends with this value.
pub struct Server {
    running: Running,
    door: Door,
}

/// The way in to a server, for many at once.
#[derive(Clone)]
pub struct Door {
    origin: String,
    client: reqwest::Client,
    installation: Installation,
    tokens: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Server {
    /// Starts a server on a database, and waits until it answers.
    pub async fn start(place: &Place) -> Self {
        Self::begin(place).answers().await
    }

    /// Starts a server on a database.
    pub fn begin(place: &Place) -> Starting {
        let installation = Installation::over(PROGRAM, place, SETTINGS);
        Starting {
            running: installation.serve(&[]).unwrap(),
            installation,
        }
    }

    /// The way in.
    pub fn door(&self) -> &Door {
        &self.door
    }

    /// The memory that it holds now, in bytes.
    pub fn memory(&self) -> u64 {
        self.running.memory().expect("Linux tells the memory")
    }

    /// Ends it in the middle of whatever it does, and waits until it is gone.
    pub fn kill(self) {
        self.running.kill();
    }
}

impl Starting {
    /// Waits until it answers.
    ///
    /// # Panics
    /// When it ends instead; with its log.
    pub async fn answers(self) -> Server {
        let Self {
            installation,
            running,
        } = self;
        let waiting = tokio::task::spawn_blocking(move || (running.origin(), running));
        let (origin, running) = waiting.await.unwrap();
        Server {
            running,
            door: Door {
                origin: origin.unwrap_or_else(|reason| panic!("{reason}")),
                client: reqwest::Client::new(),
                installation,
                tokens: Arc::default(),
            },
        }
    }
}

impl Door {
    /// The server's address, without a path.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Asks as a viewer; `None` when no whole answer came.
    pub async fn ask(&self, viewer: &str, query: &str, variables: Value) -> Option<Value> {
        let request = self
            .client
            .post(format!("{}/graphql", self.origin))
            .bearer_auth(self.token(viewer))
            .json(&json!({ "query": query, "variables": variables }));
        request.send().await.ok()?.json().await.ok()
    }

    /// A viewer's token, from the program itself.
    fn token(&self, viewer: &str) -> String {
        let mut tokens = self.tokens.lock().unwrap();
        let token = tokens
            .entry(viewer.to_owned())
            .or_insert_with(|| self.installation.token(&["--subject", viewer]));
        token.clone()
    }
}
