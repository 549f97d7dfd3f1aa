//! The whole application: what every request shares.

use std::sync::Arc;
use std::time::Instant;

use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Response, ServerError, Value};
use tracing::Instrument;

use crate::clock::Clock;
use crate::domains::media::Transfers;
use crate::domains::meetings::calendar_feed::CalendarSettings;
use crate::domains::meetings::calendar_feed::calendar::Calendar;
use crate::domains::outcomes::export;
use crate::domains::outcomes::import::Imports;
use crate::domains::parties::accounts::{AccountRules, OrganisationReference};
use crate::domains::releases::chart::{self, Chart, ChartError, ChartSettings};
use crate::domains::settings::AreaSettings;
use crate::error::ErrorCode;
use crate::graphql::document::NormalisedOperation;
use crate::graphql::{self, AnswerWaits, ApiSchema, RequestId};
use crate::planner::{PageSizes, PlanCache};
use crate::policy::{ActingOrganisation, IssuerReach, TokenLimits, Viewer};
use crate::store::{AccountKey, ReadSession, Store, StoreError};
use crate::telemetry::{OperationKind, record_operation};

/// How many plans are kept: one for each place of a document that reads something.
const PLANS_KEPT: u64 = 4_096;

/// What every request shares: the schema, the database, the clock. Cheap to clone.
#[derive(Clone)]
pub struct App {
    schema: ApiSchema,
    store: Store,
    clock: Clock,
    plans: PlanCache,
    account_rules: Arc<AccountRules>,
    area_settings: Arc<AreaSettings>,
    page_sizes: PageSizes,
    calendar: CalendarSettings,
    charts: ChartSettings,
    media: Option<Transfers>,
    imports: Option<Imports>,
}

impl App {
    /// The application over a database.
    #[must_use]
    pub fn new(store: Store, clock: Clock) -> Self {
        Self {
            schema: graphql::build(),
            store,
            clock,
            plans: PlanCache::new(PLANS_KEPT),
            account_rules: Arc::default(),
            area_settings: Arc::default(),
            page_sizes: PageSizes::default(),
            calendar: CalendarSettings::default(),
            charts: ChartSettings::default(),
            media: None,
            imports: None,
        }
    }

    /// With what the settings say about the pages of lists; without it, the defaults.
    #[must_use]
    pub const fn with_page_sizes(mut self, sizes: PageSizes) -> Self {
        self.page_sizes = sizes;
        self
    }

    /// With what the settings say about areas; without it, the defaults.
    #[must_use]
    pub fn with_area_settings(mut self, settings: AreaSettings) -> Self {
        self.area_settings = Arc::new(settings);
        self
    }

    /// With what the settings say about calendars; without it, the defaults.
    #[must_use]
    pub const fn with_calendar(mut self, settings: CalendarSettings) -> Self {
        self.calendar = settings;
        self
    }

    /// With what the settings say about charts; without it, the defaults.
    #[must_use]
    pub const fn with_charts(mut self, settings: ChartSettings) -> Self {
        self.charts = settings;
        self
    }

    /// With what takes files in and gives them out; without it, none can be.
    #[must_use]
    pub fn with_media(mut self, transfers: Transfers) -> Self {
        self.media = Some(transfers);
        self
    }

    /// With what goes on with imports; without it, they wait.
    #[must_use]
    pub fn with_imports(mut self, imports: Imports) -> Self {
        self.imports = Some(imports);
        self
    }

    /// What goes on with imports.
    #[must_use]
    pub const fn imports(&self) -> Option<&Imports> {
        self.imports.as_ref()
    }

    /// What takes files in and gives them out.
    #[must_use]
    pub const fn media(&self) -> Option<&Transfers> {
        self.media.as_ref()
    }

    /// A file of observations, to be filled.
    ///
    /// # Errors
    /// See [`ExportError`](export::ExportError).
    pub fn export(
        &self,
        format: export::Format,
        asked: &[(String, String)],
    ) -> Result<export::ObservationExport, export::ExportError> {
        export::ObservationExport::new(format, self.page_sizes.largest, asked)
    }

    /// A file of what was wrong with an import, to be filled.
    ///
    /// # Errors
    /// See [`ErrorExportError`](export::errors::ErrorExportError).
    pub fn error_export(
        &self,
        asked: &[(String, String)],
    ) -> Result<export::errors::ErrorExport, export::errors::ErrorExportError> {
        export::errors::ErrorExport::new(self.page_sizes.largest, asked)
    }

    /// A chart, to be drawn.
    ///
    /// # Errors
    /// Every mistake of the query string, see [`ChartError`].
    pub fn chart(&self, format: chart::Format, asked: &[(String, String)]) -> Result<Chart, Vec<ChartError>> {
        Chart::new(format, self.charts, self.page_sizes.largest, asked)
    }

    /// A calendar as of now, to be filled.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        Calendar::new(self.calendar, self.page_sizes.largest, self.clock.now())
    }

    /// With what the settings say about accounts; without it, no issuer may vouch for new users.
    #[must_use]
    pub fn with_account_rules(mut self, rules: AccountRules) -> Self {
        self.account_rules = Arc::new(rules);
        self
    }

    /// The same application by another clock: for what happened at another time.
    #[must_use]
    pub fn with_clock(&self, clock: Clock) -> Self {
        Self {
            clock,
            ..self.clone()
        }
    }

    /// As a part of a federation: with `_entities` and `_service`.
    #[must_use]
    pub fn federated(self) -> Self {
        Self {
            schema: graphql::build_federated(),
            ..self
        }
    }

    /// What the settings say about accounts.
    #[must_use]
    pub fn account_rules(&self) -> &AccountRules {
        &self.account_rules
    }

    /// The schema.
    #[must_use]
    pub const fn schema(&self) -> &ApiSchema {
        &self.schema
    }

    /// The database.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The clock.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// For whom an issuer may vouch that is bound to the organisation named, or to none. A global id is read as it
    /// stands; a code costs one look at an index.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn issuer_reach(&self, organisation: Option<&str>) -> Result<IssuerReach, StoreError> {
        let Some(organisation) = organisation else {
            return Ok(IssuerReach::Everybody);
        };
        let found = OrganisationReference::read(organisation)
            .find(&self.store)
            .await?;
        Ok(found.map_or(IssuerReach::NoOrganisation, IssuerReach::Organisation))
    }

    /// Who asks, as the database knows them now; none when the account is not there or not active. Their token can only
    /// narrow what they may do.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn viewer(
        &self,
        key: &AccountKey,
        acting: ActingOrganisation,
        token: &TokenLimits,
    ) -> Result<Option<Viewer>, StoreError> {
        let facts = self.store.account_facts(key, self.clock.now()).await?;
        Ok(if facts.is_empty() {
            None
        } else {
            Some(Viewer::with_token(&facts, acting, token))
        })
    }

    /// Executes an operation for a viewer, within a span of its own, and counts it. What is remembered of the viewer is known to hold
    /// before anything is changed, and before anything that was read is answered; what was loaded for the request holds for it.
    ///
    /// # Errors
    /// [`Unanswered`] for a viewer who is as remembered, and is so no longer.
    pub async fn execute(
        &self,
        viewer: Arc<Viewer>,
        request: Request,
        operation: Arc<NormalisedOperation>,
        request_id: String,
    ) -> Result<Response, Unanswered> {
        let kind = match operation.kind {
            OperationType::Query => OperationKind::Query,
            OperationType::Mutation => OperationKind::Mutation,
            OperationType::Subscription => OperationKind::Subscription,
        };
        let name = operation.name.clone();
        let span = tracing::info_span!(
            "GraphQL operation",
            "graphql.operation.type" = ?kind,
            "graphql.operation.name" = name.as_deref(),
            request_id,
            statements = tracing::field::Empty,
        );
        let begun = Instant::now();
        let mut session = ReadSession::new(self.store.clone(), viewer.values(), self.clock.now());
        let as_remembered = session.clone().relying_on(viewer.relies_on());
        if kind == OperationKind::Query {
            session = as_remembered;
        } else {
            check(&as_remembered).await?;
        }
        let mut request = request;
        if let Some(transfers) = &self.media {
            let downloads = transfers.downloads(&viewer, session.now());
            session = session.with_downloads(downloads);
            request = request.data(transfers.clone());
        }
        if let Some(imports) = &self.imports {
            request = request.data(imports.clone());
        }
        let waits = AnswerWaits::default();
        let request = request
            .data(waits.clone())
            .data(session.clone())
            .data(viewer.clone())
            .data(operation)
            .data(self.plans.clone())
            .data(self.page_sizes)
            .data(self.calendar)
            .data(self.store.clone())
            .data(self.account_rules.clone())
            .data(self.area_settings.clone())
            .data(RequestId(request_id.clone()));
        let mut response = self.schema.execute(request).instrument(span.clone()).await;
        if !waits.are_over().await {
            response = Response::from_errors(vec![internal()]);
        }
        check(&session).await?;
        let actor = viewer.actor(request_id.clone()).unwrap_or_default();
        if let Err(error) = session.account_for_shown(&actor).await {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "reads could not be recorded"
            );
            response = Response::from_errors(vec![internal()]);
        }
        span.record("statements", session.statements());
        for error in &mut response.errors {
            complete(error, &request_id);
        }
        let code = response.errors.first().and_then(code_of);
        record_operation(
            name.as_deref(),
            kind,
            code.as_deref(),
            begun.elapsed().as_secs_f64(),
        );
        Ok(response)
    }
}

/// Why an operation has no answer. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    /// What was remembered of the viewer holds no longer.
    #[error("what was remembered of the viewer holds no longer")]
    Outdated,
    /// Whether it holds cannot be found out now.
    #[error("the database is away")]
    Unavailable,
}

/// Whether what is known of the viewer holds.
async fn check(session: &ReadSession) -> Result<(), Unanswered> {
    match session.still_holds().await {
        Ok(true) => Ok(()),
        Ok(false) => Err(Unanswered::Outdated),
        Err(error) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the viewer could not be checked"
            );
            Err(Unanswered::Unavailable)
        }
    }
}

/// The answer in place of one whose reads could not be recorded, or whose changes may not be on the disk.
fn internal() -> ServerError {
    let mut refusal = ServerError::new(ErrorCode::Internal.description(), None);
    let extensions = refusal.extensions.get_or_insert_default();
    extensions.set("code", ErrorCode::Internal.as_str());
    refusal
}

/// Every error says under which request the log has more. One without a code is the executor's own, which no rule of ours
/// foresaw: a fault of ours.
fn complete(error: &mut ServerError, request_id: &str) {
    if code_of(error).is_none() {
        tracing::error!(request_id, message = error.message, "the executor failed");
        ErrorCode::Internal.description().clone_into(&mut error.message);
        let extensions = error.extensions.get_or_insert_default();
        extensions.set("code", ErrorCode::Internal.as_str());
    }
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("requestId", request_id);
}

fn code_of(error: &ServerError) -> Option<String> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code.clone()),
        _ => None,
    }
}
