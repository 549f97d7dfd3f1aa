//! How service accounts are written.

use chrono::TimeDelta;
use entity::id::{ServiceAccountId, ServiceAccountSecretId};
use entity::list::TextList;
use entity::parties::{organisation, service_account, service_account_secret};
use sea_orm::prelude::DateTimeUtc;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{
    ServiceAccountCreateInput, ServiceAccountRevokeInput, ServiceAccountSecretRotateInput,
};
use crate::domains::parties::facts;
use crate::domains::parties::rules::access::{
    AccessSettings, Validity, check_secret_expiry, check_service_account_expiry,
};
use crate::domains::violation::{
    UserErrorCode as Code, Violation, Violations, alternatives, number, optional_long_text, text,
};
use crate::events::Event;
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::areas::access::{self as policy, ManageServiceAccount};
use crate::policy::{Permit, TokenScope};
use crate::store::WriteSession;

/// How long the present secret works beside a new one unless the input says otherwise: a day to change it.
const USUAL_OVERLAP_HOURS: i32 = 24;

/// An input with what it needs beside: the settings, and the hash of the secret that is shown once.
pub(super) struct Prepared<I> {
    pub input: I,
    pub access: AccessSettings,
    pub secret_hash: String,
}

pub(super) async fn create(
    change: Change<'_>,
    prepared: &Prepared<ServiceAccountCreateInput>,
) -> ChangeResult {
    let session = change.session;
    let (input, now) = (&prepared.input, session.now());
    let validity = Validity {
        from: now,
        to: Some(input.expires_at.0),
    };
    let secret_expires_at = secret_expiry(input.secret_expires_at.map(|at| at.0), validity, prepared, now);
    let mut violations = Violations::default();
    let organisation =
        facts::id::<organisation::Entity>(&mut violations, "organisationId", &input.organisation_id);
    let name = violations.keep(text("name", &input.name, 1..=200));
    let scopes = violations.keep(scopes(&input.scopes));
    let expiry = check_service_account_expiry(input.expires_at.0, now, &prepared.access);
    if violations.keep(expiry).is_some() {
        violations.keep_all(check_secret(
            secret_expires_at,
            validity,
            prepared,
            now,
            "expiresAt",
        ));
    }
    violations.into_result()?;

    let organisation =
        facts::visible::<organisation::Entity>(session, "organisationId", organisation).await?;
    let permit = policy::create_service_account(change.viewer, organisation)?;
    facts::check_open("organisationId", permit.model())?;
    let id = ServiceAccountId::new();
    let row = service_account::ActiveModel {
        id: Set(id),
        organisation_id: Set(permit.model().id),
        name: Set(name.unwrap_or_default()),
        client_id: Set(format!("service-{}", id.0.simple())),
        scopes: Set(TextList(scopes.unwrap_or_default())),
        expires_at: Set(input.expires_at.0),
        revoked_at: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, service_account::Model>(None, &row);
    let account = session.insert(&permit, row).await?;
    let secret = new_secret(id, prepared, secret_expires_at, now);
    session.insert(&permit, secret).await?;
    let event = event("service_account.create", &account).changed(changed);
    Ok(session.record(event, account.id.0))
}

/// The scopes in one order, each once.
fn scopes(raw: &[String]) -> Result<Vec<String>, Violation> {
    let read: Result<Vec<TokenScope>, _> = raw.iter().map(|name| name.trim().parse()).collect();
    let known = || alternatives(TokenScope::ALL);
    let mut scopes = read.map_err(|_| {
        let message = format!("A scope is {}, in small letters.", known());
        Violation::new(Code::InvalidFormat, "scopes", message)
    })?;
    if scopes.is_empty() {
        let message = format!(
            "A service account without scopes could do nothing. Choose {}.",
            known()
        );
        return Err(Violation::new(Code::Required, "scopes", message));
    }
    scopes.sort_unstable();
    scopes.dedup();
    Ok(scopes.into_iter().map(|scope| scope.name().to_owned()).collect())
}

/// When a secret stops working: when the client says, or as late as it may.
fn secret_expiry<I>(
    asked: Option<DateTimeUtc>,
    account: Validity,
    prepared: &Prepared<I>,
    now: DateTimeUtc,
) -> DateTimeUtc {
    let days = TimeDelta::days(prepared.access.longest_secret_days.into());
    let latest = now.checked_add_signed(days).unwrap_or(DateTimeUtc::MAX_UTC);
    asked.unwrap_or_else(|| account.to.map_or(latest, |to| latest.min(to)))
}

/// Whether a secret may work until then. Violations of the time stand at the input's own field, those of the account at
/// `account_field`.
fn check_secret<I>(
    expires_at: DateTimeUtc,
    account: Validity,
    prepared: &Prepared<I>,
    now: DateTimeUtc,
    account_field: &str,
) -> Result<(), Vec<Violation>> {
    check_secret_expiry(expires_at, account, now, &prepared.access).map_err(|violations| {
        let placed = violations.into_iter().map(|violation| {
            let of_account = violation.path.iter().any(|field| field == "serviceAccountId");
            let field = if of_account {
                account_field
            } else {
                "secretExpiresAt"
            };
            Violation {
                path: vec![field.to_owned()],
                ..violation
            }
        });
        placed.collect()
    })
}

fn new_secret<I>(
    account: ServiceAccountId,
    prepared: &Prepared<I>,
    expires_at: DateTimeUtc,
    now: DateTimeUtc,
) -> service_account_secret::ActiveModel {
    service_account_secret::ActiveModel {
        id: Set(ServiceAccountSecretId::new()),
        service_account_id: Set(account),
        secret_hash: Set(prepared.secret_hash.clone()),
        created_at: Set(now),
        expires_at: Set(expires_at),
        revoked_at: Set(None),
    }
}

pub(super) async fn rotate(
    change: Change<'_>,
    prepared: &Prepared<ServiceAccountSecretRotateInput>,
) -> ChangeResult {
    let session = change.session;
    let (input, now) = (&prepared.input, session.now());
    let mut violations = Violations::default();
    let id = facts::id::<service_account::Entity>(&mut violations, "id", &input.id);
    let longest = i32::try_from(prepared.access.longest_secret_overlap_hours).unwrap_or(i32::MAX);
    let overlap = input.overlap_hours.unwrap_or(USUAL_OVERLAP_HOURS.min(longest));
    violations.keep(number("overlapHours", overlap, 0..=longest));
    violations.into_result()?;

    let account = facts::visible::<service_account::Entity>(session, "id", id).await?;
    let permit = policy::manage_service_account(change.viewer, account)?;
    let account = permit.model();
    facts::check_version(account.version, input.expected_version)?;
    let validity = Validity {
        from: account.created_at,
        to: Some(account.revoked_at.unwrap_or(account.expires_at)),
    };
    let expires_at = secret_expiry(input.secret_expires_at.map(|at| at.0), validity, prepared, now);
    check_secret(expires_at, validity, prepared, now, "id")?;
    // The row itself keeps no trace of its secrets but a new version: of two rotations at once, one is stale.
    let row = service_account::ActiveModel::default();
    let account = session.update(&permit, input.expected_version, row).await?;
    retire_secrets(session, &permit, now + TimeDelta::hours(overlap.into())).await?;
    let secret = new_secret(account.id, prepared, expires_at, now);
    session.insert(&permit, secret).await?;
    let event = event("service_account.rotate_secret", &account);
    Ok(session.record(event, account.id.0))
}

/// The newest secret works on until the overlap is over; older ones stop now, so that two work at most.
async fn retire_secrets(
    session: &WriteSession,
    permit: &Permit<ManageServiceAccount, service_account::Model>,
    overlap_ends: DateTimeUtc,
) -> Result<(), ChangeError> {
    use service_account_secret::Column as C;
    let live = Condition::all()
        .add(C::ServiceAccountId.eq(permit.model().id))
        .add(C::RevokedAt.is_null())
        .add(C::ExpiresAt.gt(session.now()));
    let mut secrets = session.facts::<service_account_secret::Entity>(live).await?;
    secrets.sort_by_key(|secret| std::cmp::Reverse((secret.created_at, secret.id)));
    for (place, secret) in secrets.into_iter().enumerate() {
        let expires_at = secret.expires_at.min(overlap_ends);
        let permit = policy::manage_secret(permit, secret)?;
        let mut row = service_account_secret::ActiveModel::default();
        if place == 0 {
            row.expires_at = Set(expires_at);
        } else {
            row.revoked_at = Set(Some(session.now()));
        }
        // Secrets have no version: their account's is theirs.
        session.update(&permit, 0, row).await?;
    }
    Ok(())
}

pub(super) async fn revoke(change: Change<'_>, input: &ServiceAccountRevokeInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let id = facts::id::<service_account::Entity>(&mut violations, "id", &input.id);
    let reason = violations.keep(optional_long_text("reason", input.reason.as_deref(), 2_000));
    violations.into_result()?;

    let account = facts::visible::<service_account::Entity>(session, "id", id).await?;
    let permit = policy::manage_service_account(change.viewer, account)?;
    facts::check_version(permit.model().version, input.expected_version)?;
    if permit.model().revoked_at.is_some() {
        let message = "This service account was revoked already.";
        return Err(Violation::new(Code::IllegalTransition, "id", message).into());
    }
    let row = service_account::ActiveModel {
        revoked_at: Set(Some(session.now())),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(permit.model()), &row);
    let account = session.update(&permit, input.expected_version, row).await?;
    let event = event("service_account.revoke", &account)
        .changed(changed)
        .because(reason.flatten());
    Ok(session.record(event, account.id.0))
}

fn event(action: &'static str, account: &service_account::Model) -> Event {
    Event::new(action, "service_account", account.id).of_organisation(account.organisation_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> Result<Vec<String>, Code> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        scopes(&names).map_err(|violation| violation.code)
    }

    #[test]
    fn scopes_are_known_and_kept_once() {
        assert_eq!(
            of(&["write", "read", "read"]),
            Ok(vec!["read".into(), "write".into()])
        );
        assert_eq!(of(&["read", "admin"]), Err(Code::InvalidFormat));
        assert_eq!(of(&[]), Err(Code::Required));
    }
}
