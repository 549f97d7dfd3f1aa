//! Who is calling: what a token proves, and the viewer whom the database knows by it.

use std::sync::Arc;

use moka::sync::Cache;

use crate::app::App;
use crate::policy::{ActingOrganisation, TokenLimits, Viewer};
use crate::store::{AccountFact, AccountKey};

/// What a token proves, and for which organisation its bearer acts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct SignedIn {
    pub key: AccountKey,
    pub acting: ActingOrganisation,
    pub token: TokenLimits,
}

impl SignedIn {
    /// Whether the viewer acts for the organisation that the request names, if it names one.
    pub fn is_acting(&self, viewer: &Viewer) -> bool {
        match self.acting {
            ActingOrganisation::Named(id) => viewer.acting_organisation() == Some(id),
            ActingOrganisation::Only => true,
        }
    }
}

/// Who is calling.
#[derive(Clone, Debug)]
pub struct Caller {
    pub(super) viewer: Arc<Viewer>,
    /// Of callers with a token: by what to find out who they are now.
    pub(super) signed_in: Option<Arc<SignedIn>>,
}

impl From<Viewer> for Caller {
    fn from(viewer: Viewer) -> Self {
        Self {
            viewer: Arc::new(viewer),
            signed_in: None,
        }
    }
}

/// What a caller takes in memory beside their facts, as so many facts.
const CALLER_WEIGHT: usize = 10;

/// Those who called lately. What makes a viewer of facts is much work beside a small page, and the same for each request until the
/// facts are loaded anew.
#[derive(Clone)]
pub(super) struct Callers(Cache<Arc<SignedIn>, Recalled>);

#[derive(Clone)]
struct Recalled {
    caller: Caller,
    made_of: Arc<[AccountFact]>,
}

impl Callers {
    /// Room for callers of so many facts in all.
    pub fn new(facts: u64) -> Self {
        let weight = |_: &_, recalled: &Recalled| {
            u32::try_from(recalled.made_of.len() + CALLER_WEIGHT).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(facts).weigher(weight).build())
    }

    /// The caller as they are remembered, if they are and could call then.
    pub fn recall(&self, app: &App, signed_in: &SignedIn) -> Option<Caller> {
        let facts = app.store().recalled_facts(&signed_in.key, app.clock().now())?;
        if let Some(known) = self.0.get(signed_in)
            && Arc::ptr_eq(&known.made_of, &facts.facts)
        {
            return Some(known.caller);
        }
        let viewer = Viewer::with_token(&facts.facts, signed_in.acting, &signed_in.token);
        if !signed_in.is_acting(&viewer) {
            return None;
        }
        let signed_in = Arc::new(signed_in.clone());
        let caller = Caller {
            viewer: Arc::new(viewer.as_of(facts.version)),
            signed_in: Some(signed_in.clone()),
        };
        let recalled = Recalled {
            caller: caller.clone(),
            made_of: facts.facts,
        };
        self.0.insert(signed_in, recalled);
        Some(caller)
    }
}
