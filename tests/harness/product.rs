//! The finished product as an operator starts it: a process of its own, on a free port.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::porter::Porter;

/// A start makes keys, migrates, and may load the demonstration world.
const STARTING_TAKES_AT_MOST: Duration = Duration::from_secs(90);
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// The first line that the server says about itself.
const ANSWERS_AT: &str = "Roundtable answers at ";

/// A running server with a data folder of its own. Both end with this process, however it ends.
pub struct Product {
    program: PathBuf,
    folder: PathBuf,
    origin: String,
    process: u32,
    _porter: Porter,
}

impl Product {
    /// Starts `program serve` with settings in TOML and further words, and waits until it answers.
    ///
    /// # Errors
    /// What the server said when it did not start.
    pub fn start(program: impl Into<PathBuf>, settings: &str, words: &[&str]) -> Result<Self, String> {
        let program = program.into();
        let folder = tempfile::Builder::new()
            .prefix("roundtable-product-")
            .tempdir()
            .map_err(|error| format!("no folder for the server: {error}"))?
            .keep();
        let start = || -> std::io::Result<(u32, Porter)> {
            fs::write(folder.join("roundtable.toml"), settings)?;
            let log = File::create(folder.join("log"))?;
            let mut server = environment(&program, &folder)
                .arg("serve")
                .args(words)
                .stdin(Stdio::null())
                .stdout(log.try_clone()?)
                .stderr(log)
                .spawn()?;
            let process = server.id();
            // Somebody has to wait for it, so that its end shows.
            std::thread::spawn(move || server.wait());
            let arguments = [process.to_string(), folder.to_string_lossy().into_owned()];
            let porter = Porter::engage(
                "kill \"$1\"; rm -rf \"$2\"",
                &[&arguments[0], &arguments[1]],
                None,
            )?;
            Ok((process, porter))
        };
        let (process, porter) = start().map_err(|error| format!("{}: {error}", program.display()))?;
        let deadline = Instant::now() + STARTING_TAKES_AT_MOST;
        let origin = loop {
            let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
            let said = log.lines().find_map(|line| line.strip_prefix(ANSWERS_AT));
            if let Some(origin) = said.and_then(|address| address.strip_suffix("/graphql")) {
                break origin.to_owned();
            }
            if Instant::now() > deadline || !is_running(process) {
                return Err(format!("the server did not start; it said:\n{log}"));
            }
            std::thread::sleep(LOOK_EVERY);
        };
        Ok(Self {
            program,
            folder,
            origin,
            process,
            _porter: porter,
        })
    }

    /// Its address, such as `http://127.0.0.1:40123`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The address of its GraphQL endpoint.
    #[must_use]
    pub fn graphql(&self) -> String {
        format!("{}/graphql", self.origin)
    }

    /// A command of the same installation, such as `token`.
    #[must_use]
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = environment(&self.program, &self.folder);
        command.args(words);
        command
    }

    /// A token of one of the demonstration's viewers.
    ///
    /// # Panics
    /// When there is no such viewer.
    #[must_use]
    pub fn token(&self, viewer: &str) -> String {
        let output = self.command(&["token", viewer]).output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// What it has said so far.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// Its data folder, where its settings are, too.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the process still runs.
    #[must_use]
    pub fn is_running(&self) -> bool {
        is_running(self.process)
    }

    /// The memory that it holds now, in bytes; nothing where the system does not tell.
    #[must_use]
    pub fn memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
        Some(kibibytes * 1024)
    }
}

/// The program as this installation runs it: only its own settings count.
fn environment(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text.starts_with("ROUNDTABLE_") || name_text == "DATABASE_URL" || name_text == "RUST_LOG" {
            command.env_remove(name);
        }
    }
    command
        .current_dir(folder)
        .env("ROUNDTABLE_CONFIG", folder.join("roundtable.toml"))
        .env("ROUNDTABLE_DATA_DIR", folder)
        .env("ROUNDTABLE_PORT", "0");
    command
}

/// A process that nobody has waited for is a zombie, and no longer runs; ours are waited for.
fn is_running(process: u32) -> bool {
    Command::new("kill")
        .args(["-0", &process.to_string()])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
