//! `roundtable migrate`: the form of the database.

use clap::{Args, Subcommand};
use migration::Migrator;

use super::progress::Progress;
use super::{CliError, output};
use crate::config::Settings;
use crate::store::migrate;

/// Which way to migrate.
#[derive(Debug, Args)]
#[command(after_help = "\
Several nodes may do this at once: one migrates, the others wait for it.

Examples:
  roundtable migrate                   apply what is missing
  roundtable migrate status            see what is applied
  roundtable migrate down --steps 1    take back the last one; what it stored is lost")]
pub struct MigrateArguments {
    /// What to do; `up` when left out
    #[command(subcommand)]
    pub step: Option<MigrateStep>,
}

/// What to do with the migrations.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum MigrateStep {
    /// Apply every migration that the database lacks
    Up,
    /// Take back the last migrations; what they stored is lost
    Down {
        /// How many to take back
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        steps: u32,
    },
    /// List the migrations, and which of them are applied
    Status,
}

/// Migrates the configured database, creating the directory and the file of a SQLite one.
///
/// # Errors
///
/// [`CliError::Migrate`] with the reason.
pub async fn run(settings: Settings, arguments: MigrateArguments) -> Result<(), CliError> {
    match arguments.step.unwrap_or(MigrateStep::Up) {
        MigrateStep::Up => {
            let progress = Progress::start("Migrating the database");
            let applied = migrate::up::<Migrator>(&settings).await?;
            progress.finish();
            report(&applied, "applied", "The database is up to date.")
        }
        MigrateStep::Down { steps } => {
            let progress = Progress::start("Taking back migrations");
            let undone = migrate::down::<Migrator>(&settings, steps).await?;
            progress.finish();
            report(&undone, "taken back", "There is nothing to take back.")
        }
        MigrateStep::Status => {
            for state in migrate::status::<Migrator>(&settings).await? {
                let word = if state.applied { "applied" } else { "pending" };
                output::line(&format!("{word}  {}", state.name))?;
            }
            Ok(())
        }
    }
}

fn report(names: &[String], what: &str, nothing: &str) -> Result<(), CliError> {
    if names.is_empty() {
        output::line(nothing)?;
    }
    for name in names {
        output::line(&format!("{what}  {name}"))?;
    }
    Ok(())
}
