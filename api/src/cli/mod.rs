//! The command line: what `roundtable` can be told to do.
//!
//! Each subcommand is one small file with its arguments and a `run` function; [`run`] chooses. Results go to standard
//! output, everything about the work itself (log, progress, errors) to standard error, so that `roundtable schema > file`
//! holds a schema and nothing else.
//!
//! # Exit codes
//!
//! | code | meaning |
//! |---|---|
//! | 0 | done |
//! | 1 | failed; the reason is on standard error |
//! | 2 | the command line or the settings are wrong; nothing was done |
//! | 3 | the database cannot be reached, or another node holds it: the same command may succeed later |

mod admin;
mod check_config;
mod error;
mod import;
mod migrate;
pub mod output;
pub mod progress;
mod schema;
mod serve;
mod token;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use futures_util::future::BoxFuture;

pub use admin::{AdminArguments, AdminStep};
pub use error::CliError;
pub use import::{FileArguments, ImportArguments, ImportStep};
pub use migrate::{MigrateArguments, MigrateStep};
pub use schema::SchemaArguments;
pub use serve::ServeArguments;
pub use token::TokenArguments;

use crate::config::Settings;

const AFTER_HELP: &str = "\
Examples:
  roundtable serve --demo            try it, with demonstration data
  roundtable check-config            see the settings in force, and all mistakes in them
  ROUNDTABLE_PORT=9000 roundtable serve
  DATABASE_URL=postgres://roundtable:secret@db/roundtable roundtable migrate

Settings come from a built-in default, then the file given by --config, then environment variables such as
ROUNDTABLE__SERVER__PORT; ROUNDTABLE_HOST, ROUNDTABLE_PORT, ROUNDTABLE_DATA_DIR, DATABASE_URL and RUST_LOG are short forms.

Exit codes:
  0  done
  1  failed; the reason is on standard error
  2  the command line or the settings are wrong; nothing was done
  3  the database cannot be reached, or another node holds it; try again later";

/// A GraphQL API through which councils, care providers, NHS bodies and user-led groups run co-production together.
#[derive(Debug, Parser)]
#[command(name = "roundtable", version, after_help = AFTER_HELP, propagate_version = true)]
pub struct Cli {
    /// Settings file (TOML); it needs only what differs from the defaults
    #[arg(long, global = true, value_name = "FILE", env = "ROUNDTABLE_CONFIG")]
    pub config: Option<PathBuf>,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the server until it is told to stop (Ctrl-C or SIGTERM)
    Serve(ServeArguments),
    /// Bring the database to the form that this version needs, or take that back
    Migrate(MigrateArguments),
    /// Load figures out of files
    Import(ImportArguments),
    /// Make the first administrator
    Admin(AdminArguments),
    /// Print an access token for a person, for trying things out
    Token(TokenArguments),
    /// Print the GraphQL schema
    Schema(SchemaArguments),
    /// Print the settings in force, secrets hidden, and "ok"; or every mistake in them
    CheckConfig,
}

/// Runs one command. Boxed, so that the compiler makes all that runs in it once, here, and not in every program that calls it.
///
/// # Errors
///
/// [`CliError`], which knows its exit code.
#[must_use]
pub fn run(command: Command, settings: Settings) -> BoxFuture<'static, Result<(), CliError>> {
    match command {
        Command::Serve(arguments) => Box::pin(serve::run(settings, arguments)),
        Command::Migrate(arguments) => Box::pin(migrate::run(settings, arguments)),
        Command::Import(arguments) => Box::pin(import::run(settings, arguments)),
        Command::Admin(arguments) => Box::pin(admin::run(settings, arguments)),
        Command::Token(arguments) => Box::pin(token::run(settings, arguments)),
        Command::Schema(arguments) => Box::pin(schema::run(settings, arguments)),
        Command::CheckConfig => Box::pin(check_config::run(settings)),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_settings_file_may_be_named_before_or_after_the_command() {
        for line in [
            ["roundtable", "--config", "a.toml", "serve"],
            ["roundtable", "serve", "--config", "a.toml"],
        ] {
            assert_eq!(
                Cli::try_parse_from(line).unwrap().config,
                Some(PathBuf::from("a.toml"))
            );
        }
    }

    #[test]
    fn every_command_and_argument_is_explained() {
        for command in Cli::command().get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for argument in command.get_arguments() {
                assert!(
                    argument.get_help().is_some(),
                    "{} {}",
                    command.get_name(),
                    argument.get_id()
                );
            }
        }
    }
}
