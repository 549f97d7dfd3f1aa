//! The front door's view of the application: who calls, and what to execute for them.

mod callers;
mod exports;
mod media;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use async_graphql::{Request, Response};
use entity::parties::organisation;

use self::callers::{Caller, Callers, SignedIn};
pub use self::exports::AppExport;
use crate::app::{self, App};
use crate::auth::{Authenticator, FeedSecret, Identity, TokenError};
use crate::domains::meetings::calendar_feed::calendar;
use crate::domains::releases::chart;
use crate::graphql::document::{Documents, NormalisedOperation};
use crate::http::pipeline::Call;
use crate::http::{Calendar, Chart, Gateway, Refusal, RequestContext, Unanswered};
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
    callers: Callers,
}

impl AppGateway {
    /// The gateway to an application.
    #[must_use]
    pub fn new(app: App, authenticator: Authenticator, documents: Documents, sdl: &str) -> Self {
        Self {
            callers: Callers::new(app.store().room_for_account_facts()),
            app,
            authenticator,
            documents: Arc::new(documents),
            sdl: sdl.into(),
        }
    }

    async fn signed_in(&self, identity: &Identity, acting: ActingOrganisation) -> Result<SignedIn, Refusal> {
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
        Ok(SignedIn { key, acting, token })
    }

    /// Who has signed in, as the database knows them now.
    async fn viewer(&self, signed_in: &SignedIn) -> Result<Viewer, Refusal> {
        let SignedIn { key, acting, token } = signed_in;
        let viewer = self.app.viewer(key, *acting, token).await.map_err(unavailable)?;
        let viewer = viewer.ok_or(Refusal::Unauthenticated {
            error: Some("invalid_token"),
            description: "The token is good, but this server has no active account for it.".into(),
        })?;
        if signed_in.is_acting(&viewer) {
            Ok(viewer)
        } else {
            Err(Refusal::BadActingOrganisation)
        }
    }
}

impl Gateway for AppGateway {
    type Caller = Caller;

    async fn authenticate(&self, bearer: Option<&str>, acting: Option<&str>) -> Result<Caller, Refusal> {
        let acting = match acting {
            None => ActingOrganisation::Only,
            Some(text) => global_id::decode_as(organisation::Entity::PREFIX, text)
                .map(ActingOrganisation::Named)
                .ok_or(Refusal::BadActingOrganisation)?,
        };
        let Some(token) = bearer else {
            return match acting {
                ActingOrganisation::Only => Ok(Viewer::public().into()),
                ActingOrganisation::Named(_) => Err(Refusal::BadActingOrganisation),
            };
        };
        let identity = self.authenticator.verify(token).await.map_err(refusal)?;
        let signed_in = self.signed_in(&identity, acting).await?;
        if let Some(caller) = self.callers.recall(&self.app, &signed_in) {
            return Ok(caller);
        }
        Ok(Caller {
            viewer: Arc::new(self.viewer(&signed_in).await?),
            signed_in: Some(Arc::new(signed_in)),
        })
    }

    async fn renew(&self, caller: &Caller) -> Result<Caller, Refusal> {
        let Some(signed_in) = &caller.signed_in else {
            return Ok(caller.clone());
        };
        Ok(Caller {
            viewer: Arc::new(self.viewer(signed_in).await?),
            signed_in: Some(signed_in.clone()),
        })
    }

    async fn execute(
        &self,
        caller: Caller,
        request: Request,
        operation: Arc<NormalisedOperation>,
        context: RequestContext,
    ) -> Result<Response, Unanswered> {
        let id = context.request_id.to_string();
        let executed = self.app.execute(caller.viewer, request, operation, id).await;
        executed.map_err(|reason| match reason {
            app::Unanswered::Outdated => Unanswered::Outdated,
            app::Unanswered::Unavailable => Unanswered::Unavailable,
        })
    }

    type Calendar = calendar::Calendar;

    async fn subscriber(&self, secret: &str) -> Result<Option<Caller>, Refusal> {
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
        Ok(viewer.map_err(unavailable)?.map(Caller::from))
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

    fn rate_key(&self, caller: &Caller) -> u64 {
        let mut hasher = DefaultHasher::new();
        match caller.viewer.acting_organisation() {
            Some(organisation) => organisation.hash(&mut hasher),
            None => caller.viewer.user().hash(&mut hasher),
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
