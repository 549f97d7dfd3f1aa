//! One API node, put together: database, issuers, schema, routes. `serve` runs it, and so do the tests.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

use crate::app::App;
use crate::auth::{
    AuthSetupError, Authenticator, ClientDirectory, DirectoryUnavailable, LocalIssuer, ServiceAccountClient,
    token_routes,
};
use crate::clock::Clock;
use crate::config::Settings;
use crate::domains::media::Transfers;
use crate::domains::outcomes::import::Imports;
use crate::domains::parties::accounts::AccountRules;
use crate::domains::settings::AreaSettings;
use crate::gateway::AppGateway;
use crate::graphql::document::{Documents, SchemaError};
use crate::graphql::{field_weights, scalar_rules, sdl};
use crate::http::media::media_routes;
use crate::http::{self, explorer::explorer_routes};
use crate::objects::{ObjectError, Objects, Scanner};
use crate::planner::PageSizes;
use crate::store::{Store, StoreError};
use crate::telemetry::render_metrics;

/// A node that is ready to serve.
#[derive(Clone)]
pub struct Node {
    /// What every request shares.
    pub app: App,
    /// Who vouches for callers.
    pub authenticator: Authenticator,
    /// Every route.
    pub router: Router,
}

/// Why a node could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum NodeError {
    /// The database cannot be used.
    #[error("the database cannot be used")]
    Store(#[from] StoreError),
    /// An issuer, or the node's own keys, cannot be used.
    #[error("signing in cannot be set up")]
    Auth(#[from] AuthSetupError),
    /// The bytes of files cannot be kept.
    #[error("the store of objects cannot be used")]
    Objects(#[from] ObjectError),
    /// The schema is not valid: a fault of ours.
    #[error("the schema is not valid")]
    Schema(#[from] SchemaError),
}

impl NodeError {
    /// The node's own keys cannot be used.
    #[must_use]
    pub fn from_key_file(error: crate::auth::KeyFileError) -> Self {
        Self::Auth(AuthSetupError::from(error))
    }
}

impl Node {
    /// Puts a node together over a migrated database.
    ///
    /// # Errors
    /// See [`NodeError`].
    pub async fn assemble(settings: &Settings, clock: Clock) -> Result<Self, NodeError> {
        let store = Store::open(&settings.database_url(), &settings.database).await?;
        let authenticator = Authenticator::start(&settings.auth, clock.clone(), &settings.server.data_dir)?;
        let rules = AccountRules::new(&settings.auth, settings.access.clone());
        let transfers = Transfers::new(
            store.clone(),
            clock.clone(),
            Objects::open(&settings.objects, &settings.server.data_dir)?,
            Scanner::of(&settings.scanner),
            settings.media.clone(),
        )
        .await?;
        let imports = Imports::new(
            store.clone(),
            clock.clone(),
            transfers.clone(),
            rules.clone(),
            settings.imports.clone(),
        );
        let app = App::new(store.clone(), clock.clone())
            .with_media(transfers.clone())
            .with_imports(imports)
            .with_account_rules(rules)
            .with_area_settings(AreaSettings::of(settings))
            .with_page_sizes(PageSizes::of(&settings.graphql))
            .with_calendar(settings.calendar)
            .with_charts(settings.charts);
        // The public contract stays as it is, federated or not.
        let public = sdl(app.schema());
        let app = if settings.federation.enabled {
            app.federated()
        } else {
            app
        };
        let documents =
            Documents::with_scalars(&sdl(app.schema()), settings.graphql.clone(), scalar_rules())?
                .weighing(field_weights());
        let gateway = AppGateway::new(app.clone(), authenticator.clone(), documents, &public);
        let idle = Duration::from_secs(settings.media.idle_seconds);
        let mut others = Router::new().merge(media_routes(transfers, settings.media.transfers, idle));
        if let Some(issuer) = authenticator.local_issuer() {
            others = others.merge(tokens(issuer, store, clock, settings));
        }
        if settings.http.metrics {
            others = others.route("/metrics", get(metrics));
        }
        if settings.http.explorer {
            others = others.merge(explorer_routes());
        }
        let router = http::router(gateway, settings.http.clone(), others);
        Ok(Self {
            app,
            authenticator,
            router,
        })
    }
}

/// Counts and durations for Prometheus, without anything about persons.
async fn metrics() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4")],
        render_metrics(),
    )
}

fn tokens(issuer: &Arc<LocalIssuer>, store: Store, clock: Clock, settings: &Settings) -> Router {
    let directory = Directory {
        store,
        clock: clock.clone(),
    };
    token_routes(
        issuer.clone(),
        Arc::new(directory),
        &settings.auth.client_credentials,
        clock,
    )
}

/// The service accounts of the database, for the token endpoint.
struct Directory {
    store: Store,
    clock: Clock,
}

impl ClientDirectory for Directory {
    async fn find(&self, client_id: &str) -> Result<Option<ServiceAccountClient>, DirectoryUnavailable> {
        let found = self
            .store
            .service_account(client_id, self.clock.now())
            .await
            .map_err(|error| {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "service accounts could not be read"
                );
                DirectoryUnavailable
            })?;
        Ok(found.map(|account| ServiceAccountClient {
            subject: account.client_id.clone(),
            client_id: account.client_id,
            scopes: account.scopes,
            secret_hashes: account.secret_hashes,
        }))
    }
}
