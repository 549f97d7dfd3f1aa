//! The whole application: what every request shares.

use std::sync::Arc;

use async_graphql::{Request, Response};

use crate::clock::Clock;
use crate::domains::parties::accounts::{AccountRules, OrganisationReference};
use crate::graphql::document::NormalisedOperation;
use crate::graphql::{self, ApiSchema, RequestId};
use crate::planner::PlanCache;
use crate::policy::{ActingOrganisation, IssuerReach, TokenLimits, Viewer};
use crate::store::{AccountKey, ReadSession, Store, StoreError};

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
        }
    }

    /// With what the settings say about accounts; without it, no issuer may vouch for new users.
    #[must_use]
    pub fn with_account_rules(mut self, rules: AccountRules) -> Self {
        self.account_rules = Arc::new(rules);
        self
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
        let found = match OrganisationReference::read(organisation) {
            OrganisationReference::Id(id) => Some(id),
            OrganisationReference::Code { scheme, value } => {
                self.store.organisation_by_code(scheme, &value).await?
            }
            OrganisationReference::Unknown => None,
        };
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

    /// Executes an operation for a viewer.
    pub async fn execute(
        &self,
        viewer: Arc<Viewer>,
        request: Request,
        operation: Arc<NormalisedOperation>,
        request_id: String,
    ) -> Response {
        let session = ReadSession::new(self.store.clone(), viewer.values(), self.clock.now());
        let request = request
            .data(session)
            .data(viewer)
            .data(operation)
            .data(self.plans.clone())
            .data(self.store.clone())
            .data(self.account_rules.clone())
            .data(RequestId(request_id));
        self.schema.execute(request).await
    }
}
