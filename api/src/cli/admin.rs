//! `roundtable admin`: what has to be done before anybody can sign in.

use clap::{Args, Subcommand};
use migration::Migrator;

use super::progress::Progress;
use super::{CliError, output};
use crate::clock::Clock;
use crate::config::Settings;
use crate::domains::parties::accounts::AccountRules;
use crate::domains::parties::first_administrator::{self, FirstAdministrator, FirstAdministratorError};
use crate::store::{Store, migrate};

/// What to do about administrators.
#[derive(Debug, Args)]
pub struct AdminArguments {
    /// What to do
    #[command(subcommand)]
    pub step: AdminStep,
}

/// What to do about administrators.
#[derive(Debug, Subcommand)]
pub enum AdminStep {
    /// Make the first administrator of the platform; later ones get the role from those who have it
    #[command(after_help = "\
Makes a person, their account and the role PLATFORM_ADMIN, while nobody has that role. The database is migrated first.

Examples:
  roundtable admin create --name \"Platform desk\" --issuer urn:roundtable:local --subject platform-desk
  roundtable token --subject platform-desk")]
    Create {
        /// The name they want to be called by
        #[arg(long)]
        name: String,
        /// The issuer of their tokens (iss): one that is not bound to an organisation, such as this server's own
        #[arg(long)]
        issuer: String,
        /// Who they are to that issuer (sub)
        #[arg(long)]
        subject: String,
    },
}

/// Does it, and prints what was made.
///
/// # Errors
///
/// When there is an administrator already, an argument cannot be used, or the database cannot be reached.
pub async fn run(settings: Settings, arguments: AdminArguments) -> Result<(), CliError> {
    let AdminStep::Create {
        name,
        issuer,
        subject,
    } = arguments.step;
    let progress = Progress::start("Preparing the database");
    migrate::up::<Migrator>(&settings).await?;
    progress.finish();
    let store = Store::open(&settings.database_url(), &settings.database)
        .await
        .map_err(FirstAdministratorError::from)?;
    let rules = AccountRules::new(&settings.auth, settings.access.clone());
    let asked = FirstAdministrator {
        name,
        issuer,
        subject,
    };
    let made = first_administrator::make(&store, &rules, Clock::System.now(), &asked).await?;
    store.close().await.map_err(FirstAdministratorError::from)?;
    output::line(&format!("person      {}  {}", made.person, asked.name))?;
    output::line(&format!(
        "user        {}  {} at {}",
        made.user, asked.subject, asked.issuer
    ))?;
    output::line(&format!("role grant  {}  PLATFORM_ADMIN", made.role_grant))?;
    Ok(())
}
