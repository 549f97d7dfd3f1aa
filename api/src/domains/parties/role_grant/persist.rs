//! How roles are written.

use entity::boards::board;
use entity::id::RoleGrantId;
use entity::parties::kinds::{Role, ScopeType};
use entity::parties::{organisation, person, role_grant, service_account};
use entity::partnerships::partnership;
use sea_orm::Set;
use sea_orm::prelude::{DateTimeUtc, Uuid};

use super::account::Holder;
use super::mutation::{RoleGrantCreateInput, RoleGrantRevokeInput};
use crate::domains::parties::facts;
use crate::domains::parties::rules::access::{AccountKind, GrantRequest, Validity, check_grant};
use crate::domains::violation::{UserErrorCode as Code, Violations, optional_long_text};
use crate::events::Event;
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::access::{self as policy, RoleScope};
use crate::store::WriteSession;

pub(super) async fn create(change: Change<'_>, input: &RoleGrantCreateInput) -> ChangeResult {
    let session = change.session;
    let request = Request::read(input, session.now())?;
    let scope = request.scope(session).await?;
    let has_administrator = match &scope {
        RoleScope::Organisation(organisation) if request.role == Role::OrganisationAdmin => {
            session.lock::<organisation::Entity>(organisation.id).await?;
            facts::has_administrator(session, organisation.id).await?
        }
        _ => true,
    };
    let permit = policy::give_role(change.viewer, request.role, scope, has_administrator)?;
    let holder = Holder::find(session, request.account, request.account_id).await?;
    let mut violations = holder.check(session, request.role, permit.model()).await?;
    if let RoleScope::Organisation(organisation) = permit.model() {
        violations.keep(facts::check_open("organisationId", organisation));
    }
    violations.into_result()?;

    let mut row = role_grant::ActiveModel {
        id: Set(RoleGrantId::new()),
        user_id: Set(None),
        service_account_id: Set(None),
        role: Set(request.role),
        scope_type: Set(input.scope_type.0),
        organisation_id: Set(None),
        partnership_id: Set(None),
        board_id: Set(None),
        valid_from: Set(request.validity.from),
        valid_to: Set(request.validity.to),
        reason: Set(request.reason.clone()),
        ..Default::default()
    };
    holder.hold(&mut row);
    match permit.model() {
        RoleScope::Platform => {}
        RoleScope::Organisation(of) => row.organisation_id = Set(Some(of.id)),
        RoleScope::Partnership(of) => row.partnership_id = Set(Some(of.id)),
        RoleScope::Board(of) => row.board_id = Set(Some(of.id)),
    }
    let changed = WriteSession::changed::<_, role_grant::Model>(None, &row);
    let grant = session.insert(&permit, row).await?;
    let event = event("role_grant.create", &grant)
        .changed(changed)
        .because(request.reason);
    Ok(session.record(event, grant.id.0))
}

/// What was asked for, as far as it can be judged without the database.
struct Request {
    role: Role,
    scope_type: ScopeType,
    /// The organisation, partnership or board; nil for the platform.
    scope_id: Uuid,
    account: AccountKind,
    account_id: Uuid,
    validity: Validity,
    reason: Option<String>,
}

impl Request {
    fn read(input: &RoleGrantCreateInput, now: DateTimeUtc) -> Result<Self, ChangeError> {
        let mut violations = Violations::default();
        let scope_id = scope_id(&mut violations, input);
        let (account, account_id) = account(&mut violations, input);
        let validity = Validity {
            from: input.valid_from.map_or(now, |at| at.0),
            to: input.valid_to.map(|at| at.0),
        };
        violations.check(validity.from >= now, Code::OutOfRange, "validFrom", || {
            "A role holds from now on or from a later time; nobody had it before it was given.".to_owned()
        });
        let request = GrantRequest {
            role: input.role.0,
            scope_type: input.scope_type.0,
            names_organisation: input.organisation_id.is_some(),
            names_partnership: input.partnership_id.is_some(),
            names_board: input.board_id.is_some(),
            account,
            validity,
        };
        violations.keep_all(check_grant(&request, now));
        let reason = violations.keep(optional_long_text("reason", input.reason.as_deref(), 2_000));
        violations.into_result()?;
        Ok(Self {
            role: input.role.0,
            scope_type: input.scope_type.0,
            scope_id,
            account,
            account_id,
            validity,
            reason: reason.flatten(),
        })
    }

    async fn scope(&self, session: &WriteSession) -> Result<RoleScope, ChangeError> {
        let id = self.scope_id;
        Ok(match self.scope_type {
            ScopeType::Platform => RoleScope::Platform,
            ScopeType::Organisation => RoleScope::Organisation(
                facts::visible::<organisation::Entity>(session, "organisationId", id).await?,
            ),
            ScopeType::Partnership => RoleScope::Partnership(
                facts::visible::<partnership::Entity>(session, "partnershipId", id).await?,
            ),
            ScopeType::Board => {
                RoleScope::Board(facts::visible::<board::Entity>(session, "boardId", id).await?)
            }
        })
    }
}

/// The id of what the role is to hold for. Ids that the scope does not call for are the grant rule's to refuse.
fn scope_id(violations: &mut Violations, input: &RoleGrantCreateInput) -> Uuid {
    let read = match input.scope_type.0 {
        ScopeType::Platform => None,
        ScopeType::Organisation => input
            .organisation_id
            .as_ref()
            .map(|id| facts::id::<organisation::Entity>(violations, "organisationId", id)),
        ScopeType::Partnership => input
            .partnership_id
            .as_ref()
            .map(|id| facts::id::<partnership::Entity>(violations, "partnershipId", id)),
        ScopeType::Board => input
            .board_id
            .as_ref()
            .map(|id| facts::id::<board::Entity>(violations, "boardId", id)),
    };
    read.unwrap_or_default()
}

/// Who is to have the role: one account.
fn account(violations: &mut Violations, input: &RoleGrantCreateInput) -> (AccountKind, Uuid) {
    let both = input.person_id.is_some() && input.service_account_id.is_some();
    violations.check(!both, Code::RuleBroken, "serviceAccountId", || {
        "A role is given to a person or to a service account. Name one of them, not both.".to_owned()
    });
    if let Some(id) = &input.person_id {
        return (
            AccountKind::User,
            facts::id::<person::Entity>(violations, "personId", id),
        );
    }
    if let Some(id) = &input.service_account_id {
        let id = facts::id::<service_account::Entity>(violations, "serviceAccountId", id);
        return (AccountKind::Service, id);
    }
    violations.check(false, Code::Required, "personId", || {
        "Name who is to have the role: a person, or a service account.".to_owned()
    });
    // Not to be told about the wrong kind of account as well.
    let kind = if input.role.0 == Role::Integration {
        AccountKind::Service
    } else {
        AccountKind::User
    };
    (kind, Uuid::nil())
}

pub(super) async fn revoke(change: Change<'_>, input: &RoleGrantRevokeInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let id = facts::id::<role_grant::Entity>(&mut violations, "id", &input.id);
    let reason = violations.keep(optional_long_text("reason", input.reason.as_deref(), 2_000));
    violations.into_result()?;

    let grant = facts::visible::<role_grant::Entity>(session, "id", id).await?;
    let permit = policy::revoke_role(session, grant).await??;
    facts::check_version(permit.model().version, input.expected_version)?;
    let at = facts::plan_end_of_role(session, permit.model()).await??;
    let event = end_role(session, &permit, at, reason.flatten()).await?;
    Ok(session.record(event, id))
}

/// Ends a role at an instant, and says so.
///
/// # Errors
/// Stale when somebody else changed it meanwhile; the database's failure.
pub(in crate::domains::parties) async fn end_role<P>(
    session: &WriteSession,
    permit: &Permit<P, role_grant::Model>,
    at: DateTimeUtc,
    reason: Option<String>,
) -> Result<Event, ChangeError> {
    let grant = permit.model();
    let mut row = role_grant::ActiveModel {
        valid_to: Set(Some(at)),
        ..Default::default()
    };
    if reason.is_some() {
        row.reason = Set(reason.clone());
    }
    let changed = WriteSession::changed(Some(grant), &row);
    let grant = session.update(permit, grant.version, row).await?;
    Ok(event("role_grant.revoke", &grant)
        .changed(changed)
        .because(reason))
}

fn event(action: &'static str, grant: &role_grant::Model) -> Event {
    let mut event = Event::new(action, "role_grant", grant.id);
    event.organisation = grant.organisation_id;
    event.partnership = grant.partnership_id;
    event
}
