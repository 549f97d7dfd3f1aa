//! `roundtable serve`: the server.

use clap::Args;
use migration::Migrator;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::progress::Progress;
use super::{CliError, output};
use crate::auth::LocalIssuer;
use crate::clock::Clock;
use crate::config::Settings;
use crate::demo;
use crate::domains::outcomes::reference as outcomes_reference;
use crate::domains::parties::reference;
use crate::http;
use crate::jobs::Jobs;
use crate::node::Node;
use crate::store::migrate;

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
pub async fn run(settings: Settings, arguments: ServeArguments) -> Result<(), CliError> {
    let progress = Progress::start("Preparing the database");
    migrate::up::<Migrator>(&settings).await?;
    progress.finish();
    let node = Node::assemble(&settings, Clock::System).await?;
    let areas = reference::load(node.app.store(), node.app.clock().now()).await?;
    if areas > 0 {
        tracing::info!(areas, "reference data was loaded");
    }
    let frameworks = outcomes_reference::load(node.app.store(), node.app.clock().now()).await?;
    if frameworks > 0 {
        tracing::info!(rows = frameworks, "outcome frameworks were loaded");
    }
    if arguments.demo {
        load_demonstration(&node, &settings).await?;
    }
    let listener = TcpListener::bind((settings.server.host, settings.server.port))
        .await
        .map_err(CliError::Listen)?;
    let address = listener.local_addr().map_err(CliError::Listen)?;
    announce(&node, &settings, arguments.demo, address).await?;
    let stopping = CancellationToken::new();
    let jobs = Jobs::start(&node.app, &settings.jobs, &stopping);
    http::serve(listener, node.router.clone(), settings.http.clone(), stop())
        .await
        .map_err(CliError::Listen)?;
    stopping.cancel();
    jobs.ended().await;
    node.authenticator.shut_down().await;
    Ok(())
}

async fn load_demonstration(node: &Node, settings: &Settings) -> Result<(), CliError> {
    let steps = demo::step_count().try_into().unwrap_or(u64::MAX);
    let progress = Progress::with_total("Loading the demonstration world", steps);
    let loaded = demo::load(&node.app, &settings.auth.local.issuer, || progress.advance(1)).await?;
    progress.finish();
    if loaded.steps > 0 {
        tracing::info!(steps = loaded.steps, objects = ?loaded.objects, "the demonstration world was loaded");
    }
    Ok(())
}

async fn announce(
    node: &Node,
    settings: &Settings,
    with_demo: bool,
    address: std::net::SocketAddr,
) -> Result<(), CliError> {
    output::line(&format!("Roundtable answers at http://{address}/graphql"))?;
    if settings.http.explorer {
        output::line(&format!("Explorer:            http://{address}/"))?;
    }
    match node.authenticator.local_issuer() {
        Some(issuer) if with_demo => {
            let client_id = match demo::system_client_id(&node.app, &settings.auth.local.issuer).await {
                Ok(client_id) => Some(client_id),
                // Another node is still loading it.
                Err(demo::DemoError::NotLoaded) => None,
                Err(error) => return Err(error.into()),
            };
            print_tokens(issuer, client_id.as_deref())
        }
        _ => Ok(output::line(
            "The database has no demonstration data. `roundtable serve --demo` loads it; the first administrator is made \
             with `roundtable admin create`.",
        )?),
    }
}

/// Each token stands on a line of its own, so that it can be copied whole.
fn print_tokens(issuer: &LocalIssuer, client_id: Option<&str>) -> Result<(), CliError> {
    output::line(
        "\nDemonstration tokens, one for each viewer (print one again with `roundtable token NAME`):\n",
    )?;
    let known = |viewer: &&demo::DemoViewer| !viewer.service || client_id.is_some();
    for viewer in demo::VIEWERS.iter().filter(known) {
        let token = viewer.token(issuer, client_id, issuer.token_lifetime())?;
        output::line(&format!("{}: {}", viewer.name, viewer.what))?;
        output::line(&format!("{token}\n"))?;
    }
    Ok(())
}

/// Waits for the order to stop: Ctrl-C, or SIGTERM.
async fn stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = terminate.recv() => {}
                    () = interrupt() => {}
                }
                return;
            }
            Err(error) => tracing::warn!(%error, "SIGTERM cannot be heard; Ctrl-C stops the server"),
        }
    }
    interrupt().await;
}

/// Waits for Ctrl-C. Where it cannot be heard, for ever: a server that nobody asked to stop goes on.
async fn interrupt() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::warn!(%error, "Ctrl-C cannot be heard");
        std::future::pending::<()>().await;
    }
}
