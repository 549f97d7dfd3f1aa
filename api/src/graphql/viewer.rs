//! `viewer`: who you are to this API, and what you may do.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use entity::parties::kinds::{Role, ScopeType};
use entity::parties::{organisation, person, service_account, user_account};

use crate::planner::declare::Declared;
use crate::planner::{OneOf, Planned, global_id};
use crate::policy::{Account, GrantScope, Viewer};

/// Fields of `Query` about the viewer.
#[derive(Default)]
pub struct ViewerQuery;

#[Object]
impl ViewerQuery {
    /// You, as this API sees you in this request. Everybody may read it about themselves.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<ViewerObject> {
        Ok(ViewerObject(ctx.data::<Arc<Viewer>>()?.clone()))
    }
}

/// Who asks, with what they may do in this request.
pub struct ViewerObject(Arc<Viewer>);

/// Who asks, with what they may do in this request.
#[Object(name = "Viewer")]
impl ViewerObject {
    /// Whether you are signed in. Without a token you are the public, and read what is published.
    async fn is_signed_in(&self) -> bool {
        self.0.account() != Account::Public
    }

    /// Your user account; null for the public and for computer systems.
    async fn user(&self) -> Option<Planned<user_account::Entity>> {
        self.0.user().map(Planned::new)
    }

    /// You as a person; null for the public and for computer systems.
    async fn person(&self) -> Option<Planned<person::Entity>> {
        self.0.person().map(Planned::new)
    }

    /// The service account of this computer system, where it may be read.
    async fn service_account(&self) -> Option<Planned<service_account::Entity>> {
        match self.0.account() {
            Account::Service { service, .. } => Some(Planned::new(service)),
            _ => None,
        }
    }

    /// The organisation this request acts for. With roles in several, choose by the header
    /// `Roundtable-Acting-Organisation`; with a role in just one it is that one.
    async fn acting_organisation(&self) -> Option<Planned<organisation::Entity>> {
        self.0.acting_organisation().map(Planned::new)
    }

    /// The organisations you could act for.
    async fn organisations(&self) -> Vec<ID> {
        let id = |id| ID(global_id::encode(organisation::Entity::PREFIX, id));
        self.0.organisations().map(id).collect()
    }

    /// The roles that count in this request.
    async fn grants(&self) -> Vec<ViewerGrant> {
        self.0
            .grants()
            .map(|grant| ViewerGrant::new(grant.role, grant.scope))
            .collect()
    }
}

/// A role of yours that counts in this request.
#[derive(SimpleObject)]
struct ViewerGrant {
    /// The role.
    role: OneOf<Role>,
    /// What kind of thing it holds for.
    scope_type: OneOf<ScopeType>,
    /// The global id of what it holds for; null when it holds for the platform.
    scope_id: Option<ID>,
}

impl ViewerGrant {
    fn new(role: Role, scope: GrantScope) -> Self {
        let (scope_type, scope_id) = match scope {
            GrantScope::Platform => (ScopeType::Platform, None),
            GrantScope::Organisation(id) => {
                (ScopeType::Organisation, Some((organisation::Entity::PREFIX, id)))
            }
            GrantScope::Partnership(id) => (
                ScopeType::Partnership,
                Some((entity::partnerships::partnership::Entity::PREFIX, id)),
            ),
            GrantScope::Board(id) => (
                ScopeType::Board,
                Some((entity::boards::board::Entity::PREFIX, id)),
            ),
        };
        let scope_id = scope_id.map(|(prefix, id)| ID(global_id::encode(prefix, id)));
        Self {
            role: OneOf(role),
            scope_type: OneOf(scope_type),
            scope_id,
        }
    }
}
