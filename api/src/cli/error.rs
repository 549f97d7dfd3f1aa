//! Why a command failed, in one line, and with which exit code.

use std::process::ExitCode;

use crate::config::SettingsError;
use crate::error::cause_chain;
use crate::store::migrate::MigrateError;
use crate::telemetry::TelemetryError;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The settings are wrong.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// Logs, metrics or traces could not be started.
    #[error("telemetry could not be started")]
    Telemetry(#[from] TelemetryError),
    /// The asynchronous runtime could not be started.
    #[error("the threads of the server could not be started")]
    Runtime(#[source] std::io::Error),
    /// The database could not be migrated.
    #[error("the database was not migrated")]
    Migrate(#[from] MigrateError),
    /// The settings cannot be printed.
    #[error("the settings cannot be printed")]
    Print(#[from] toml::ser::Error),
    /// Standard output cannot be written.
    #[error("the result cannot be written to standard output")]
    Output(#[from] std::io::Error),
    /// The command stopped by a fault of ours.
    #[error("the command stopped because of a fault in Roundtable")]
    Fault(#[from] tokio::task::JoinError),
    /// The node could not be put together.
    #[error("the server could not be started")]
    Node(#[from] crate::node::NodeError),
    /// The address cannot be listened on.
    #[error("the address cannot be listened on")]
    Listen(#[source] std::io::Error),
    /// There is no first administrator now.
    #[error("no administrator was made")]
    Admin(#[from] crate::domains::parties::first_administrator::FirstAdministratorError),
    /// A file was not imported.
    #[error("the file was not imported to its end")]
    Import(#[from] crate::domains::imports::load::ImportFailure),
    /// A layout cannot be used.
    #[error("the layout cannot be used")]
    Layout(#[from] crate::domains::imports::layout::LayoutError),
    /// A file cannot be read or written.
    #[error("{} cannot be read or written", path.display())]
    File {
        /// The file.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A token could not be issued.
    #[error("the token could not be issued")]
    Token(#[from] crate::auth::IssueError),
    /// The reference data could not be loaded.
    #[error("the reference data could not be loaded")]
    Reference(#[from] crate::domains::parties::reference::ReferenceError),
    /// The outcome frameworks that come with the server could not be loaded.
    #[error("the outcome frameworks could not be loaded")]
    OutcomeReference(#[from] crate::domains::outcomes::reference::ReferenceError),
    /// The demonstration world could not be loaded.
    #[error("the demonstration world could not be loaded")]
    Demo(#[from] crate::demo::DemoError),
    /// There is no such demonstration viewer.
    #[error("there is no demonstration viewer `{name}`; there are: {known}")]
    UnknownViewer {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// The server issues no tokens of its own.
    #[error("this server issues no tokens: auth.local.enabled is false")]
    NoLocalIssuer,
}

impl CliError {
    /// The exit code as a number; see the [module](super) for the list.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::Settings(_) => 2,
            Self::Migrate(MigrateError::Busy { .. } | MigrateError::Connect { .. }) => 3,
            _ => 1,
        }
    }

    /// The exit code for the operating system.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.code())
    }

    /// What people read: one line with the causes; for settings, one line for each problem.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Settings(error) => error.to_string(),
            other => cause_chain(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_failure_is_one_plain_line_with_its_cause() {
        let error = CliError::from(MigrateError::Busy {
            waited: Duration::from_mins(1),
        });
        assert_eq!(error.code(), 3);
        assert!(
            error
                .text()
                .starts_with("the database was not migrated: another node is still migrating")
        );
        assert!(!error.text().contains('\n'));
    }
}
