//! `roundtable token`: an access token without an identity provider, for trying things out.

use std::time::Duration;

use clap::Args;

use chrono::TimeDelta;

use super::{CliError, output};
use crate::app::App;
use crate::auth::{LocalClaims, LocalIssuer};
use crate::clock::Clock;
use crate::config::Settings;
use crate::demo::{self, DemoViewer};
use crate::node::NodeError;
use crate::store::Store;

/// For whom, and for how long.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  roundtable token board-chair\n  roundtable token board-chair --lifetime 30m"
)]
pub struct TokenArguments {
    /// Name of the demonstration viewer, such as board-chair
    #[arg(required_unless_present = "subject")]
    pub name: Option<String>,
    /// In place of a demonstration viewer: the subject of a user whose issuer is this server's own
    #[arg(long, conflicts_with = "name")]
    pub subject: Option<String>,
    /// How long the token is valid: a whole number and s, m, h or d
    #[arg(long, value_name = "TIME", default_value = "12h", value_parser = parse_lifetime)]
    pub lifetime: Duration,
}

/// Prints a token to standard output.
///
/// # Errors
///
/// When no such person exists, or this server does not issue tokens.
pub async fn run(settings: Settings, arguments: TokenArguments) -> Result<(), CliError> {
    if !settings.auth.local.enabled {
        return Err(CliError::NoLocalIssuer);
    }
    let issuer = LocalIssuer::open(&settings.auth, Clock::System, &settings.server.data_dir)
        .map_err(NodeError::from_key_file)?;
    let lifetime = TimeDelta::from_std(arguments.lifetime).unwrap_or(TimeDelta::MAX);
    let token = if let Some(subject) = arguments.subject {
        issuer.issue(&subject, &LocalClaims::default(), lifetime)?
    } else {
        let viewer = viewer(&arguments.name.unwrap_or_default())?;
        let client_id = if viewer.service {
            Some(client_id(&settings).await?)
        } else {
            None
        };
        viewer.token(&issuer, client_id.as_deref(), lifetime)?
    };
    Ok(output::line(&token)?)
}

/// The database alone knows how the demonstration's computer system signs in.
async fn client_id(settings: &Settings) -> Result<String, CliError> {
    let store = Store::open(&settings.database_url(), &settings.database)
        .await
        .map_err(NodeError::from)?;
    let app = App::new(store, Clock::System);
    Ok(demo::system_client_id(&app, &settings.auth.local.issuer).await?)
}

fn viewer(name: &str) -> Result<&'static DemoViewer, CliError> {
    demo::VIEWERS
        .iter()
        .find(|viewer| viewer.name == name)
        .ok_or_else(|| {
            let known: Vec<_> = demo::VIEWERS.iter().map(|viewer| viewer.name).collect();
            CliError::UnknownViewer {
                name: name.to_owned(),
                known: known.join(", "),
            }
        })
}

fn parse_lifetime(text: &str) -> Result<Duration, String> {
    let advice =
        || format!("`{text}` is not a time; write a whole number above 0 and s, m, h or d, such as 30m");
    let unit = text.chars().last().ok_or_else(advice)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return Err(advice()),
    };
    let count: u32 = text[..text.len() - unit.len_utf8()]
        .parse()
        .map_err(|_| advice())?;
    if count == 0 {
        Err(advice())
    } else {
        Ok(Duration::from_secs(u64::from(count) * seconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifetimes_have_a_unit() {
        assert_eq!(parse_lifetime("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(parse_lifetime("30m"), Ok(Duration::from_mins(30)));
        assert_eq!(parse_lifetime("12h"), Ok(Duration::from_hours(12)));
        assert_eq!(parse_lifetime("7d"), Ok(Duration::from_hours(7 * 24)));
        for wrong in ["", "12", "h", "-1h", "1.5h", "0s", "12 h", "1w", "1hh"] {
            assert!(parse_lifetime(wrong).is_err(), "{wrong}");
        }
    }
}
