//! The program with the settings of one installation.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::running::Running;
use crate::Place;

/// Where the program is, where its data lie, and what it is told by its environment.
#[derive(Clone, Debug)]
pub struct Installation {
    program: PathBuf,
    folder: PathBuf,
    variables: Vec<(&'static str, String)>,
}

impl Installation {
    /// With a data folder and the settings in its `roundtable.toml`.
    pub(super) fn in_folder(program: &Path, folder: &Path) -> Self {
        let settings = folder.join("roundtable.toml").to_string_lossy().into_owned();
        Self {
            program: program.to_owned(),
            folder: folder.to_owned(),
            variables: vec![("ROUNDTABLE_CONFIG", settings)],
        }
    }

    /// Over a test's database, with more settings.
    #[must_use]
    pub fn over(program: impl Into<PathBuf>, place: &Place, settings: &[(&'static str, &str)]) -> Self {
        let settings = settings.iter().map(|(name, value)| (*name, (*value).to_owned()));
        let database = ("DATABASE_URL", place.address().to_owned());
        Self {
            program: program.into(),
            folder: place.folder().to_owned(),
            variables: std::iter::once(database).chain(settings).collect(),
        }
    }

    /// Where its data lie.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A command of it, such as `token`. Only its own settings count, nobody's who runs the tests.
    #[must_use]
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .env_clear()
            .current_dir(&self.folder)
            .env("ROUNDTABLE_DATA_DIR", &self.folder)
            .env("ROUNDTABLE_PORT", "0")
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .args(words)
            .stdin(Stdio::null());
        command
    }

    /// What a command says that only says a token.
    ///
    /// # Panics
    /// When it says why there is none.
    #[must_use]
    pub fn token(&self, words: &[&str]) -> String {
        let output = self.command(&["token"]).args(words).output().unwrap();
        let reason = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{reason}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Begins to serve, with further words; each time into a log of its own.
    ///
    /// # Errors
    /// When the program cannot be executed.
    pub fn serve(&self, words: &[&str]) -> std::io::Result<Running> {
        static STARTED: AtomicUsize = AtomicUsize::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let path = self.folder.join(format!("{number}.log"));
        let log = File::create(&path)?;
        let mut server = self.command(&["serve"]);
        server.args(words).stdout(log.try_clone()?).stderr(log);
        Ok(Running::new(server.spawn()?, path))
    }
}
