//! The front door's view of the application: who calls, and what to execute for them.

mod exports;
mod media;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use async_graphql::{Request, Response};
use entity::parties::organisation;

pub use self::exports::AppExport;
use crate::app::App;
use crate::auth::{Authenticator, FeedSecret, Identity, TokenError};
use crate::domains::meetings::calendar_feed::calendar;
use crate::domains::releases::chart;
use crate::graphql::document::{Documents, NormalisedOperation};
use crate::http::pipeline::Call;
use crate::http::{Calendar, Chart, Gateway, Refusal, RequestContext};
use crate::planner::declare::Declared;
use crate::planner::global_id;
use crate::policy::{ActingOrganisation, IssuerReach, TokenLimits, Viewer};
use crate::store::{AccountKey, StoreError};

/// The application behind the front door. Cheap to clone.
#[derive(Clone)]
pub struct AppGateway {
    app: App,
    authenticator: Authenticator,
    documents: Arc<Documents>,
    sdl: Arc<str>,
}

impl AppGateway {
    /// The gateway to an application.
    #[must_use]
    pub fn new(app: App, authenticator: Authenticator, documents: Documents, sdl: &str) -> Self {
        Self {
            app,
            authenticator,
            documents: Arc::new(documents),
            sdl: sdl.into(),
        }
    }

    async fn viewer(&self, identity: &Identity, acting: ActingOrganisation) -> Result<Viewer, Refusal> {
        let key = match &identity.client_id {
            Some(client_id) => AccountKey::Service {
                client_id: client_id.clone(),
            },
            None => AccountKey::User {
                issuer: identity.issuer.clone(),
                subject: identity.subject.clone(),
            },
        };
        let token = TokenLimits {
            scopes: identity.scopes.clone(),
            issuer: self
                .app
                .issuer_reach(identity.issuer_organisation.as_deref())
                .await
                .map_err(unavailable)?,
        };
        let viewer = self.app.viewer(&key, acting, &token).await.map_err(unavailable)?;
        let viewer = viewer.ok_or(Refusal::Unauthenticated {
            error: Some("invalid_token"),
            description: "The token is good, but this server has no active account for it.".into(),
        })?;
        match acting {
            ActingOrganisation::Named(id) if viewer.acting_organisation() != Some(id) => {
                Err(Refusal::BadActingOrganisation)
            }
            _ => Ok(viewer),
        }
    }
}

impl Gateway for AppGateway {
    type Caller = Arc<Viewer>;

    async fn authenticate(&self, bearer: Option<&str>, acting: Option<&str>) -> Result<Arc<Viewer>, Refusal> {
        let acting = match acting {
            None => ActingOrganisation::Only,
            Some(text) => global_id::decode_as(organisation::Entity::PREFIX, text)
                .map(ActingOrganisation::Named)
                .ok_or(Refusal::BadActingOrganisation)?,
        };
        let Some(token) = bearer else {
            return match acting {
                ActingOrganisation::Only => Ok(Arc::new(Viewer::public())),
                ActingOrganisation::Named(_) => Err(Refusal::BadActingOrganisation),
            };
        };
        let identity = self.authenticator.verify(token).await.map_err(refusal)?;
        self.viewer(&identity, acting).await.map(Arc::new)
    }

    async fn execute(
        &self,
        caller: Arc<Viewer>,
        request: Request,
        operation: Arc<NormalisedOperation>,
        context: RequestContext,
    ) -> Response {
        self.app
            .execute(caller, request, operation, context.request_id.to_string())
            .await
    }

    type Calendar = calendar::Calendar;

    async fn subscriber(&self, secret: &str) -> Result<Option<Arc<Viewer>>, Refusal> {
        let Some(secret) = FeedSecret::presented(secret) else {
            return Ok(None);
        };
        let account = self.app.store().feed_account(&secret.hash()).await;
        let Some(account) = account.map_err(unavailable)? else {
            return Ok(None);
        };
        if let AccountKey::User { issuer, .. } = &account
            && !self.authenticator.trusts(issuer)
        {
            return Ok(None);
        }
        // An address may pass through many hands: it opens what is the person's own, and no role in an organisation.
        let limits = TokenLimits {
            scopes: Vec::new(),
            issuer: IssuerReach::NoOrganisation,
        };
        let viewer = self.app.viewer(&account, ActingOrganisation::Only, &limits).await;
        Ok(viewer.map_err(unavailable)?.map(Arc::new))
    }

    fn calendar(&self) -> calendar::Calendar {
        self.app.calendar()
    }

    type Export = AppExport;

    fn export(&self, file: &str, asked: &[(String, String)]) -> Option<Result<AppExport, String>> {
        AppExport::of_file(&self.app, file, asked)
    }

    type Chart = chart::Chart;

    fn chart(&self, file: &str, asked: &[(String, String)]) -> Option<Result<chart::Chart, Vec<String>>> {
        let chart = self.app.chart(chart::Format::of_file(file)?, asked);
        Some(chart.map_err(|errors| errors.iter().map(ToString::to_string).collect()))
    }

    fn description(&self, file: &str) -> Option<String> {
        exports::description(file).map(|description| description.to_string())
    }

    async fn ready(&self) -> Result<(), String> {
        self.app.store().ping().await.map_err(|error| error.to_string())
    }

    fn documents(&self) -> &Documents {
        &self.documents
    }

    fn sdl(&self) -> &str {
        &self.sdl
    }

    fn rate_key(&self, caller: &Arc<Viewer>) -> u64 {
        let mut hasher = DefaultHasher::new();
        match caller.acting_organisation() {
            Some(organisation) => organisation.hash(&mut hasher),
            None => caller.user().hash(&mut hasher),
        }
        hasher.finish()
    }
}

impl Calendar for calendar::Calendar {
    fn next(&self) -> Option<Call> {
        self.question().map(Call::from)
    }

    fn take(&mut self, data: serde_json::Value) -> Result<(), serde_json::Error> {
        self.add(data)
    }

    fn write(self) -> String {
        self.into_file()
    }
}

fn unavailable(error: StoreError) -> Refusal {
    tracing::error!(
        error = &error as &dyn std::error::Error,
        "the viewer could not be loaded"
    );
    Refusal::Unavailable
}

fn refusal(error: TokenError) -> Refusal {
    if error.is_temporary() {
        return Refusal::Unavailable;
    }
    Refusal::Unauthenticated {
        error: Some("invalid_token"),
        description: error.to_string().into(),
    }
}

impl Chart for chart::Chart {
    type Fault = chart::ChartFault;

    fn media_type(&self) -> &'static str {
        self.format().media_type()
    }

    fn style(&self) -> Option<&'static str> {
        self.format().style()
    }

    fn kept_seconds(&self) -> u32 {
        self.kept_seconds()
    }

    fn question(&self) -> Call {
        self.question().into()
    }

    fn too_many(&self) -> String {
        self.too_many()
    }

    fn draw(&self, data: serde_json::Value) -> Result<Option<String>, chart::ChartFault> {
        self.draw(data)
    }
}
