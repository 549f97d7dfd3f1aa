//! `roundtable serve`: the server.

use clap::Args;

use super::CliError;
use crate::config::Settings;

/// How to serve.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  roundtable serve\n  roundtable serve --demo\n  ROUNDTABLE_HOST=0.0.0.0 roundtable serve"
)]
pub struct ServeArguments {
    /// Fill an empty database with demonstration data first; made-up people and organisations only
    #[arg(long)]
    pub demo: bool,
}

/// Runs the server until it is told to stop.
///
/// # Errors
///
/// When the database cannot be reached or migrated, or the address cannot be listened on.
pub async fn run(_settings: Settings, _arguments: ServeArguments) -> Result<(), CliError> {
    Err(CliError::NotAvailable("serve"))
}
