//! The program as people run it: a process of its own, with a socket.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use harness::Place;
use serde_json::{Value, json};

/// The program, which Cargo has built for this test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_roundtable_under_test");

/// How the line begins with which a server says where it answers.
const ANSWERS_AT: &str = "Roundtable answers at ";

/// A server that was started, and may not answer yet.
pub struct Starting {
    child: Process,
    log: PathBuf,
    place: Place,
}

/// A server that answers. It ends with this value.
pub struct Server {
    child: Process,
    door: Door,
}

/// The way in to a server, for many at once.
#[derive(Clone)]
pub struct Door {
    address: String,
    client: reqwest::Client,
    place: Place,
    tokens: Arc<Mutex<BTreeMap<String, String>>>,
}

/// A process that does not outlive the test.
struct Process(Child);

impl Process {
    /// Ends it as a power cut would: SIGKILL, which no process can catch.
    fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The program, over a database and with the keys that lie beside it.
fn program(place: &Place) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        // Nobody's own settings.
        .env_clear()
        .env("DATABASE_URL", place.address())
        .env("ROUNDTABLE_DATA_DIR", place.folder())
        .env("ROUNDTABLE_PORT", "0")
        .env("ROUNDTABLE__HTTP__POINTS_PER_MINUTE", "0")
        .env("ROUNDTABLE__JOBS__PERIOD_SECONDS", "1")
        .env("RUST_LOG", "info")
        .stdin(Stdio::null());
    command
}

impl Server {
    /// Starts a server on a database, and waits until it answers.
    pub async fn start(place: &Place) -> Self {
        Self::begin(place).answers().await
    }

    /// Starts a server on a database.
    pub fn begin(place: &Place) -> Starting {
        let log = place.folder().join("server.log");
        let errors = OpenOptions::new().create(true).append(true).open(&log).unwrap();
        let child = program(place)
            .arg("serve")
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn();
        Starting {
            child: Process(child.unwrap()),
            log,
            place: place.clone(),
        }
    }

    /// The way in.
    pub fn door(&self) -> &Door {
        &self.door
    }

    /// The memory that it holds now, in bytes.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.0.id()))
            .expect("Linux tells the memory");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
        kibibytes.unwrap() * 1024
    }

    /// Ends it in the middle of whatever it does, and waits until it is gone.
    pub fn kill(mut self) {
        self.child.kill();
    }
}

impl Starting {
    /// Waits until it answers.
    ///
    /// # Panics
    /// When it ends instead; with its log.
    pub async fn answers(mut self) -> Server {
        let said = BufReader::new(self.child.0.stdout.take().unwrap());
        let address = tokio::task::spawn_blocking(move || {
            let mut lines = said.lines().map_while(Result::ok);
            let address = lines.find_map(|line| line.strip_prefix(ANSWERS_AT).map(str::to_owned));
            // It may go on talking.
            std::thread::spawn(move || lines.for_each(drop));
            address
        });
        let Some(address) = address.await.unwrap() else {
            let log = std::io::read_to_string(File::open(&self.log).unwrap()).unwrap();
            panic!("the server did not start:\n{log}");
        };
        Server {
            child: self.child,
            door: Door {
                address,
                client: reqwest::Client::new(),
                place: self.place,
                tokens: Arc::default(),
            },
        }
    }
}

impl Door {
    /// The server's address, without a path.
    pub fn origin(&self) -> &str {
        self.address.trim_end_matches("/graphql")
    }

    /// Asks as a viewer; `None` when no whole answer came.
    pub async fn ask(&self, viewer: &str, query: &str, variables: Value) -> Option<Value> {
        let request = self
            .client
            .post(&self.address)
            .bearer_auth(self.token(viewer))
            .json(&json!({ "query": query, "variables": variables }));
        request.send().await.ok()?.json().await.ok()
    }

    /// A viewer's token, from the program itself.
    fn token(&self, viewer: &str) -> String {
        let mut tokens = self.tokens.lock().unwrap();
        let token = tokens.entry(viewer.to_owned()).or_insert_with(|| {
            let output = program(&self.place)
                .args(["token", "--subject", viewer])
                .output()
                .unwrap();
            assert!(
                output.status.success(),
                "{}",
                String::from_utf8_lossy(&output.stderr)
            );
            String::from_utf8(output.stdout).unwrap().trim().to_owned()
        });
        token.clone()
    }
}
