//! `roundtable schema`: the contract, as text.

use clap::Args;

use super::{CliError, output};
use crate::config::Settings;
use crate::graphql;

/// Which schema to print.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roundtable schema > schema.graphql")]
pub struct SchemaArguments {
    /// Print the Apollo Federation subgraph schema, for a gateway, in place of the public one
    #[arg(long)]
    pub federation: bool,
}

/// Prints the schema definition to standard output.
///
/// # Errors
///
/// When standard output cannot be written.
pub async fn run(_settings: Settings, arguments: SchemaArguments) -> Result<(), CliError> {
    let sdl = if arguments.federation {
        graphql::federation_sdl()
    } else {
        graphql::sdl(&graphql::build())
    };
    Ok(output::line(sdl.trim_end())?)
}
