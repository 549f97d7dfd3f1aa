//! Who asks, and what they may do now.

mod facts;

use std::collections::BTreeSet;
use std::sync::Arc;

use entity::boards::kinds::MembershipStage;
use entity::parties::kinds::Role;
use sea_orm::prelude::Uuid;

use self::facts::Facts;
use super::token::{TokenLimits, TokenScope, granted};
use crate::events::Actor;
use crate::store::{AccessVersion, AccountFact, FactKind, ViewerValues};

/// What the request says about the organisation it acts for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ActingOrganisation {
    /// Nothing: the only one the viewer has a role in, if there is just one.
    #[default]
    Only,
    /// This one.
    Named(Uuid),
}

/// Whose account asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Account {
    /// Nobody in particular.
    #[default]
    Public,
    /// A person.
    User {
        /// The user account.
        user: Uuid,
        /// The person.
        person: Uuid,
    },
    /// A computer system of an organisation.
    Service {
        /// The service account.
        service: Uuid,
        /// Its organisation.
        organisation: Uuid,
    },
}

/// A role within a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub scope: GrantScope,
}

/// Where a role holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GrantScope {
    /// Everywhere.
    Platform,
    /// In one organisation.
    Organisation(Uuid),
    /// In one partnership.
    Partnership(Uuid),
    /// On one board.
    Board(Uuid),
}

/// Who asks, with what they may do in this request.
#[derive(Clone, Debug)]
pub struct Viewer {
    account: Account,
    acting_organisation: Option<Uuid>,
    grants: BTreeSet<Grant>,
    organisations: BTreeSet<Uuid>,
    seated: BTreeSet<Uuid>,
    partnerships: BTreeSet<Uuid>,
    may_write: bool,
    values: Arc<ViewerValues>,
    /// Of a viewer as they are remembered: what that relies on.
    relies_on: Option<AccessVersion>,
}

impl Viewer {
    /// The public: no account, no grants.
    #[must_use]
    pub fn public() -> Self {
        Self::from_facts(&[], ActingOrganisation::Only)
    }

    /// A viewer from the facts the database holds now. Roles held for organisations other than the acting one do not
    /// count: one request acts for one organisation.
    #[must_use]
    pub fn from_facts(facts: &[AccountFact], acting: ActingOrganisation) -> Self {
        Self::with_token(facts, acting, &TokenLimits::default())
    }

    /// The same for the bearer of a token that narrows what they may do. A service account whose token has no scope at
    /// all is nobody in particular.
    #[must_use]
    pub fn with_token(facts: &[AccountFact], acting: ActingOrganisation, token: &TokenLimits) -> Self {
        let account = facts.iter().find_map(account).unwrap_or_default();
        let scopes = facts
            .iter()
            .find(|fact| fact.kind == FactKind::Account)
            .map_or(Vec::new(), |fact| granted(&scopes_of(fact), &token.scopes));
        let is_service = matches!(account, Account::Service { .. });
        if is_service && scopes.is_empty() {
            return Self::public();
        }
        let all_grants: BTreeSet<Grant> = facts
            .iter()
            .filter_map(grant)
            .filter(|grant| token.issuer.covers(*grant))
            .collect();
        let organisations: BTreeSet<Uuid> = all_grants
            .iter()
            .filter_map(|grant| match grant.scope {
                GrantScope::Organisation(id) => Some(id),
                _ => None,
            })
            .chain(match account {
                Account::Service { organisation, .. } => Some(organisation),
                _ => None,
            })
            .collect();
        let acting_organisation = match acting {
            ActingOrganisation::Named(id) => organisations.get(&id).copied(),
            ActingOrganisation::Only => organisations
                .first()
                .copied()
                .filter(|_| organisations.len() == 1),
        };
        let counts = |grant: &Grant| match grant.scope {
            GrantScope::Organisation(id) => Some(id) == acting_organisation,
            _ => true,
        };
        let grants: BTreeSet<Grant> = all_grants.into_iter().filter(counts).collect();
        let facts = Facts {
            all: facts,
            grants: &grants,
            acting: acting_organisation,
        };
        let seated =
            facts.boards(|stage| matches!(stage, MembershipStage::Active | MembershipStage::OnLeave));
        let values = Arc::new(ViewerValues::gather(|fact| facts.bound(account, fact)));
        Self {
            account,
            acting_organisation,
            seated: seated.into_iter().collect(),
            partnerships: facts.memberships().collect(),
            grants,
            organisations,
            may_write: !is_service || scopes.contains(&TokenScope::Write),
            values,
            relies_on: None,
        }
    }

    /// The same, known by facts that were loaded at a number of changes and may hold no longer.
    #[must_use]
    pub fn as_of(mut self, version: AccessVersion) -> Self {
        self.relies_on = Some(version);
        self
    }

    /// At which number of changes the viewer was as is known of them; nothing where it is known that they are so now.
    #[must_use]
    pub const fn relies_on(&self) -> Option<AccessVersion> {
        self.relies_on
    }

    /// Whether the request may change anything: always for people, and for a computer system with the scope `write`.
    #[must_use]
    pub const fn may_write(&self) -> bool {
        self.may_write
    }

    /// Whose account it is.
    #[must_use]
    pub const fn account(&self) -> Account {
        self.account
    }

    /// The organisation the request acts for.
    #[must_use]
    pub const fn acting_organisation(&self) -> Option<Uuid> {
        self.acting_organisation
    }

    /// The organisations the viewer could act for.
    pub fn organisations(&self) -> impl Iterator<Item = Uuid> + '_ {
        self.organisations.iter().copied()
    }

    /// The viewer's person.
    #[must_use]
    pub const fn person(&self) -> Option<Uuid> {
        match self.account {
            Account::User { person, .. } => Some(person),
            _ => None,
        }
    }

    /// The viewer's user account.
    #[must_use]
    pub const fn user(&self) -> Option<Uuid> {
        match self.account {
            Account::User { user, .. } => Some(user),
            _ => None,
        }
    }

    /// The grants that count in this request.
    pub fn grants(&self) -> impl Iterator<Item = Grant> + '_ {
        self.grants.iter().copied()
    }

    /// Whether the viewer holds a role in a scope.
    #[must_use]
    pub fn holds(&self, role: Role, scope: GrantScope) -> bool {
        self.grants.contains(&Grant { role, scope })
    }

    /// Whether the viewer administers the platform.
    #[must_use]
    pub fn is_platform_administrator(&self) -> bool {
        self.holds(Role::PlatformAdmin, GrantScope::Platform)
    }

    /// Whether the viewer administers an organisation, and acts for it.
    #[must_use]
    pub fn administers(&self, organisation: impl Into<Uuid>) -> bool {
        self.holds(
            Role::OrganisationAdmin,
            GrantScope::Organisation(organisation.into()),
        )
    }

    /// Whether the viewer chairs or facilitates a board.
    #[must_use]
    pub fn chairs(&self, board: impl Into<Uuid>) -> bool {
        let scope = GrantScope::Board(board.into());
        self.holds(Role::Chair, scope) || self.holds(Role::Facilitator, scope)
    }

    /// Whether the viewer sits on a board now.
    #[must_use]
    pub fn sits_on(&self, board: impl Into<Uuid>) -> bool {
        self.seated.contains(&board.into())
    }

    /// Whether the organisation the viewer acts for takes part in a partnership that is at work.
    #[must_use]
    pub fn takes_part_in(&self, partnership: impl Into<Uuid>) -> bool {
        self.partnerships.contains(&partnership.into())
    }

    /// How the audit names the viewer; none for the public.
    #[must_use]
    pub fn actor(&self, request_id: String) -> Option<Actor> {
        let (user, service) = match self.account {
            Account::Public => return None,
            Account::User { user, .. } => (Some(user), None),
            Account::Service { service, .. } => (None, Some(service)),
        };
        Some(Actor {
            user,
            service,
            acting_organisation: self.acting_organisation,
            request_id,
        })
    }

    /// The facts as statements take them.
    #[must_use]
    pub fn values(&self) -> Arc<ViewerValues> {
        self.values.clone()
    }
}

fn account(fact: &AccountFact) -> Option<Account> {
    match (fact.kind, fact.first, fact.second, fact.third) {
        (FactKind::Account, Some(user), Some(person), _) => Some(Account::User { user, person }),
        (FactKind::Account, Some(service), None, Some(organisation)) => Some(Account::Service {
            service,
            organisation,
        }),
        _ => None,
    }
}

/// The scopes that a service account may have, as far as this version knows them.
fn scopes_of(account: &AccountFact) -> Vec<TokenScope> {
    let names: Vec<String> = serde_json::from_str(&account.name).unwrap_or_default();
    names.iter().filter_map(|name| name.parse().ok()).collect()
}

fn grant(fact: &AccountFact) -> Option<Grant> {
    let scope = match (fact.kind, fact.first) {
        (FactKind::PlatformGrant, _) => GrantScope::Platform,
        (FactKind::OrganisationGrant, Some(id)) => GrantScope::Organisation(id),
        (FactKind::PartnershipGrant, Some(id)) => GrantScope::Partnership(id),
        (FactKind::BoardGrant, Some(id)) => GrantScope::Board(id),
        _ => return None,
    };
    Some(Grant {
        role: fact.name.parse().ok()?,
        scope,
    })
}
