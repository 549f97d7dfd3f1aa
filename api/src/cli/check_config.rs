//! `roundtable check-config`: the settings in force.
//!
//! Wrong settings never get here: loading them fails first, with every problem and exit code 2.

use super::{CliError, output};
use crate::config::Settings;

/// Prints the settings in force, secrets masked, and "ok".
///
/// # Errors
///
/// When standard output cannot be written.
pub async fn run(settings: Settings) -> Result<(), CliError> {
    output::line(settings.to_masked_toml()?.trim_end())?;
    output::line(&format!("\n# database: {}", settings.database_url()))?;
    output::line("ok")?;
    Ok(())
}
