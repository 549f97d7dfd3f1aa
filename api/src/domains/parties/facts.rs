//! What the rules of people and access ask the database: ids as they came in, ties that run, roles that hold.

use async_graphql::ID;
use entity::id::{OrganisationId, PersonId, UserId};
use entity::parties::kinds::{OrganisationStatus, Role, UserStatus};
use entity::parties::{affiliation, organisation, role_grant, user_account};
use sea_orm::ColumnTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Condition;

use super::rules::access::{RevocationFacts, Validity, plan_revocation};
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations};
use crate::graphql::input::id_of;
use crate::graphql::{ChangeError, Refusal};
use crate::planner::declare::Declared;
use crate::policy::areas::people::is_about_receiving;
use crate::store::{StoreError, WriteError, WriteSession};

/// The row's id. One that cannot be an id of this type is noted, and nil.
pub(super) fn id<E: Declared>(violations: &mut Violations, field: &str, id: &ID) -> Uuid {
    let read = id_of::<E>(field, id).map_err(|refusal| refusal.0);
    violations.keep_all(read).unwrap_or_default()
}

/// The row with an id, if the viewer may read it.
///
/// # Errors
/// `NOT_FOUND` at the field; the database's failure.
pub(super) async fn visible<E: Declared>(
    session: &WriteSession,
    field: &str,
    id: Uuid,
) -> Result<E::Model, ChangeError> {
    let found = session.visible::<E>(id).await?;
    found.ok_or_else(|| Refusal::not_found(field).into())
}

/// The row still has the version that the client knows. Asked before the rules, so that nobody is told about a rule where
/// the truth is that they look at yesterday's state; the update asks again.
///
/// # Errors
/// Stale.
pub(super) fn check_version(version: i32, expected: i32) -> Result<(), ChangeError> {
    if version == expected {
        Ok(())
    } else {
        Err(WriteError::Stale)
    }
}

/// An organisation that has not closed, to which people and accounts can be added.
///
/// # Errors
/// `INACTIVE` at the field.
pub(super) fn check_open(field: &str, organisation: &organisation::Model) -> Result<(), Violation> {
    if organisation.status != OrganisationStatus::Closed {
        return Ok(());
    }
    let message =
        "This organisation has closed, and nobody can be added to it. Choose the one that took its place.";
    Err(Violation::new(Code::Inactive, field, message))
}

/// The ties of a person to an organisation that run today, but for those that say somebody receives a service.
pub(super) async fn running_ties(
    session: &WriteSession,
    person: PersonId,
    organisation: OrganisationId,
) -> Result<Vec<affiliation::Model>, StoreError> {
    use affiliation::Column as C;
    let today = session.now().date_naive();
    let condition = Condition::all()
        .add(C::PersonId.eq(person))
        .add(C::OrganisationId.eq(organisation))
        .add(Condition::any().add(C::ToOn.is_null()).add(C::ToOn.gte(today)));
    let ties = session.facts::<affiliation::Entity>(condition).await?;
    Ok(ties
        .into_iter()
        .filter(|tie| !is_about_receiving(tie.kind))
        .collect())
}

/// Whether a person works or volunteers for an organisation.
pub(super) async fn belongs(
    session: &WriteSession,
    person: PersonId,
    organisation: OrganisationId,
) -> Result<bool, StoreError> {
    Ok(!running_ties(session, person, organisation).await?.is_empty())
}

/// A condition on role grants: those that hold at the instant of the change.
pub(super) fn holds_now(session: &WriteSession) -> Condition {
    use role_grant::Column as C;
    let now = session.now();
    Condition::all()
        .add(C::ValidFrom.lte(now))
        .add(Condition::any().add(C::ValidTo.is_null()).add(C::ValidTo.gt(now)))
}

/// The users with an active account who hold a role in an organisation, or on the platform, now.
pub(super) async fn holders(
    session: &WriteSession,
    role: Role,
    organisation: Option<OrganisationId>,
) -> Result<Vec<UserId>, StoreError> {
    use role_grant::Column as C;
    let scope = match organisation {
        Some(id) => C::OrganisationId.eq(id),
        None => C::OrganisationId.is_null(),
    };
    let condition = holds_now(session).add(C::Role.eq(role)).add(scope);
    let grants = session.facts::<role_grant::Entity>(condition).await?;
    let users: Vec<UserId> = grants.into_iter().filter_map(|grant| grant.user_id).collect();
    let active = Condition::all()
        .add(user_account::Column::Id.is_in(users))
        .add(user_account::Column::Status.eq(UserStatus::Active));
    let active = session.facts::<user_account::Entity>(active).await?;
    Ok(active.into_iter().map(|user| user.id).collect())
}

/// Whether an organisation has an administrator who can sign in.
pub(super) async fn has_administrator(
    session: &WriteSession,
    organisation: OrganisationId,
) -> Result<bool, StoreError> {
    let administrators = holders(session, Role::OrganisationAdmin, Some(organisation)).await?;
    Ok(!administrators.is_empty())
}

/// Plans that a role is taken back now; holds what it applies to, so that two administrators cannot each rely on the
/// other to stay.
///
/// # Errors
/// Those of [`plan_revocation`]; the database's failure.
pub(super) async fn plan_end_of_role(
    session: &WriteSession,
    grant: &role_grant::Model,
) -> Result<Result<sea_orm::prelude::DateTimeUtc, Vec<Violation>>, StoreError> {
    let has_another_holder = match grant.role {
        Role::OrganisationAdmin => {
            if let Some(organisation) = grant.organisation_id {
                session.lock::<organisation::Entity>(organisation).await?;
            }
            has_another(session, grant).await?
        }
        Role::PlatformAdmin => {
            let all = holds_now(session).add(role_grant::Column::Role.eq(Role::PlatformAdmin));
            for held in session.facts::<role_grant::Entity>(all).await? {
                session.lock::<role_grant::Entity>(held.id).await?;
            }
            has_another(session, grant).await?
        }
        _ => true,
    };
    let facts = RevocationFacts {
        role: grant.role,
        validity: Validity {
            from: grant.valid_from,
            to: grant.valid_to,
        },
        has_another_holder,
    };
    Ok(plan_revocation(&facts, session.now()))
}

async fn has_another(session: &WriteSession, grant: &role_grant::Model) -> Result<bool, StoreError> {
    let holders = holders(session, grant.role, grant.organisation_id).await?;
    Ok(holders.iter().any(|holder| Some(*holder) != grant.user_id))
}

/// The roles of a user that hold now or are still to begin, in an order in which all changes lock what they apply to.
pub(super) async fn open_roles(
    session: &WriteSession,
    user: UserId,
) -> Result<Vec<role_grant::Model>, StoreError> {
    use role_grant::Column as C;
    let open = Condition::any()
        .add(C::ValidTo.is_null())
        .add(C::ValidTo.gt(session.now()));
    let condition = Condition::all().add(C::UserId.eq(user)).add(open);
    let mut grants = session.facts::<role_grant::Entity>(condition).await?;
    grants.sort_by_key(|grant| (grant.organisation_id, grant.id));
    Ok(grants)
}
