//! The whole application: what every request shares.

use std::sync::Arc;

use async_graphql::{Request, Response};

use crate::clock::Clock;
use crate::graphql::document::NormalisedOperation;
use crate::graphql::{self, ApiSchema, RequestId};
use crate::planner::PlanCache;
use crate::policy::{ActingOrganisation, Viewer};
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
        }
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

    /// Who asks, as the database knows them now; none when the account is not there or not active.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn viewer(
        &self,
        key: &AccountKey,
        acting: ActingOrganisation,
    ) -> Result<Option<Viewer>, StoreError> {
        let facts = self.store.account_facts(key, self.clock.now()).await?;
        Ok(if facts.is_empty() {
            None
        } else {
            Some(Viewer::from_facts(&facts, acting))
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
            .data(RequestId(request_id));
        self.schema.execute(request).await
    }
}
