//! The finished product as an operator starts it: a process of its own, on a free port.

mod installation;
mod running;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::porter::Porter;
pub use installation::Installation;
pub use running::Running;

/// A running server with a data folder of its own. Both end with this process, however it ends.
pub struct Product {
    installation: Installation,
    running: Running,
    origin: String,
    _porter: Porter,
}

impl Product {
    /// Starts `program serve` with settings in TOML and further words, and waits until it answers.
    ///
    /// # Errors
    /// What the server said when it did not start.
    pub fn start(program: impl AsRef<Path>, settings: &str, words: &[&str]) -> Result<Self, String> {
        let program = program.as_ref();
        let start = || -> std::io::Result<(Installation, Running, Porter)> {
            let folder: PathBuf = tempfile::Builder::new()
                .prefix("roundtable-product-")
                .tempdir()?
                .keep();
            fs::write(folder.join("roundtable.toml"), settings)?;
            let installation = Installation::in_folder(program, &folder);
            let running = installation.serve(words)?;
            let process = running.process().to_string();
            let tidies_up = "kill \"$1\"; rm -rf \"$2\"";
            let porter = Porter::engage(tidies_up, &[&process, &folder.to_string_lossy()], None)?;
            Ok((installation, running, porter))
        };
        let (installation, running, porter) =
            start().map_err(|error| format!("{}: {error}", program.display()))?;
        let origin = running.origin()?;
        Ok(Self {
            installation,
            running,
            origin,
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
        self.installation.command(words)
    }

    /// A token of one of the demonstration's viewers.
    ///
    /// # Panics
    /// When there is no such viewer.
    #[must_use]
    pub fn token(&self, viewer: &str) -> String {
        self.installation.token(&[viewer])
    }

    /// What it has said so far.
    #[must_use]
    pub fn log(&self) -> String {
        self.running.log()
    }

    /// Its data folder, where its settings are, too.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.installation.folder()
    }

    /// Whether the process still runs.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.running.is_running()
    }

    /// The memory that it holds now, in bytes; nothing where the system does not tell.
    #[must_use]
    pub fn memory(&self) -> Option<u64> {
        self.running.memory()
    }

    /// The processor time that it has used so far; nothing where the system does not tell.
    #[must_use]
    pub fn processor_time(&self) -> Option<Duration> {
        self.running.processor_time()
    }
}
