//! Roles and service accounts: who may give them and take them back. Who may see them stands in [`super::parties`].
//!
//! | | its organisation's administrator | host's administrator | lead's administrator | chair, facilitator | platform administrator |
//! |---|---|---|---|---|---|
//! | roles in an organisation | give, take back | – | – | – | give to its first administrator |
//! | roles on a board | – | give, take back | – | give, take back | – |
//! | roles in a partnership | – | – | give, take back | – | – |
//! | roles on the platform | – | – | – | – | give, take back |
//! | service accounts | write | – | – | – | – |
//!
//! The first administrator of the platform is made by whoever runs the server, on its command line.

use entity::boards::board;
use entity::parties::kinds::Role;
use entity::parties::{organisation, role_grant, service_account, service_account_secret};
use entity::partnerships::partnership;
use sea_orm::DbBackend;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, ExprTrait};

use super::boards::hosted_by_own_organisation;
use super::people::may_admit_people;
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Rows, StoreError, ViewerFact, WriteSession, is_true};

/// Leave to give a role.
#[derive(Debug)]
pub struct GiveRole;
/// Leave to take a role back.
#[derive(Debug)]
pub struct RevokeRole;
/// Leave to set up, renew and revoke the service accounts of an organisation.
#[derive(Debug)]
pub struct ManageServiceAccount;
/// Leave to make the first administrator of an empty platform.
#[derive(Debug)]
pub struct FoundPlatform;

/// What a role is to hold for.
#[derive(Debug)]
pub enum RoleScope {
    /// The platform.
    Platform,
    /// An organisation.
    Organisation(organisation::Model),
    /// A partnership.
    Partnership(partnership::Model),
    /// A board.
    Board(board::Model),
}

/// Whether the viewer may give a role in a scope.
#[must_use]
pub fn may_give_role(viewer: &Viewer, role: Role, scope: &RoleScope, has_administrator: bool) -> bool {
    match scope {
        RoleScope::Platform => viewer.is_platform_administrator(),
        RoleScope::Organisation(organisation) if role == Role::OrganisationAdmin => {
            may_admit_people(viewer, organisation.id.0, has_administrator)
        }
        RoleScope::Organisation(organisation) => viewer.administers(organisation.id),
        RoleScope::Partnership(partnership) => viewer.administers(partnership.lead_organisation_id),
        RoleScope::Board(board) => viewer.chairs(board.id) || viewer.administers(board.host_organisation_id),
    }
}

/// Leave to give a role.
///
/// # Errors
/// [`Denied`] unless [`may_give_role`].
pub fn give_role(
    viewer: &Viewer,
    role: Role,
    scope: RoleScope,
    has_administrator: bool,
) -> Result<Permit<GiveRole, RoleScope>, Denied> {
    let allowed = may_give_role(viewer, role, &scope, has_administrator);
    Permit::when(allowed, scope)
}

/// The viewer runs what a role holds for: administers its organisation, the lead of its partnership or the host of its
/// board, or chairs its board.
pub(super) fn run_where_it_holds(rows: &Rows<role_grant::Entity>) -> Condition {
    let leads = rows.exists::<partnership::Entity>(|of| {
        Condition::all()
            .add(of.matches(partnership::Column::Id, rows, role_grant::Column::PartnershipId))
            .add(of.among(
                partnership::Column::LeadOrganisationId,
                ViewerFact::AdministeredOrganisations,
            ))
    });
    Condition::any()
        .add(rows.among(
            role_grant::Column::OrganisationId,
            ViewerFact::AdministeredOrganisations,
        ))
        .add(rows.among(role_grant::Column::BoardId, ViewerFact::ChairedBoards))
        .add(hosted_by_own_organisation(rows, role_grant::Column::BoardId))
        .add(leads)
}

/// Who may take a role back: whoever runs what it holds for, and of the platform's roles the platform's administrator.
#[must_use]
pub fn may_revoke_role(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<role_grant::Entity>::new(alias, backend);
    let of_the_platform = Condition::all()
        .add(rows.column(role_grant::Column::ScopeType).eq("PLATFORM"))
        .add(is_true(ViewerFact::IsPlatformAdministrator));
    run_where_it_holds(&rows).add(of_the_platform)
}

/// Leave to take a role back.
///
/// # Errors
/// [`Denied`] unless [`may_revoke_role`]; the database's failure.
pub async fn revoke_role(
    session: &WriteSession,
    role: role_grant::Model,
) -> Result<Result<Permit<RevokeRole, role_grant::Model>, Denied>, StoreError> {
    let allowed = session
        .allowed::<role_grant::Entity>(role.id, may_revoke_role)
        .await?;
    Ok(Permit::when(allowed, role))
}

/// Whether the viewer may set up and end the service accounts of an organisation: its administrator.
#[must_use]
pub fn may_manage_service_accounts(viewer: &Viewer, organisation: Uuid) -> bool {
    viewer.administers(organisation)
}

/// Leave to set up a service account.
///
/// # Errors
/// [`Denied`] unless [`may_manage_service_accounts`].
pub fn create_service_account(
    viewer: &Viewer,
    organisation: organisation::Model,
) -> Result<Permit<ManageServiceAccount, organisation::Model>, Denied> {
    Permit::when(
        may_manage_service_accounts(viewer, organisation.id.0),
        organisation,
    )
}

/// Leave to renew or revoke a service account.
///
/// # Errors
/// [`Denied`] unless [`may_manage_service_accounts`].
pub fn manage_service_account(
    viewer: &Viewer,
    account: service_account::Model,
) -> Result<Permit<ManageServiceAccount, service_account::Model>, Denied> {
    Permit::when(
        may_manage_service_accounts(viewer, account.organisation_id.0),
        account,
    )
}

/// Leave to renew a service account reaches its secrets.
///
/// # Errors
/// [`Denied`] for another account's secret.
pub fn manage_secret(
    account: &Permit<ManageServiceAccount, service_account::Model>,
    secret: service_account_secret::Model,
) -> Result<Permit<ManageServiceAccount, service_account_secret::Model>, Denied> {
    Permit::when(secret.service_account_id == account.model().id, secret)
}

/// Leave to make the first administrator, for whoever runs the server's own command line.
///
/// # Errors
/// [`Denied`] once there is one.
pub fn found_platform(has_administrator: bool) -> Result<Permit<FoundPlatform, ()>, Denied> {
    Permit::when(!has_administrator, ())
}
