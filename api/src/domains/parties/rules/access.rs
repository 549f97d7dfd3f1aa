//! Roles and accounts: which role goes with which scope, and until when (`domain.md` 2.1 and 3).

use chrono::{DateTime, TimeDelta, Utc};
use entity::parties::kinds::{Role, ScopeType};
use serde::{Deserialize, Serialize};

use crate::config::{Report, Section};
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, alternatives, day};

#[cfg(test)]
mod tests;

/// How long access may last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccessSettings {
    /// Days for which a service account works at most before somebody has to renew it. Default: 365.
    pub longest_service_account_days: u32,
    /// Days for which a secret of a service account works at most. Default: 180.
    pub longest_secret_days: u32,
    /// Hours for which the old secret of a service account works at most beside the one that replaces it. Default: 168.
    pub longest_secret_overlap_hours: u32,
}

impl Default for AccessSettings {
    fn default() -> Self {
        Self {
            longest_service_account_days: 365,
            longest_secret_days: 180,
            longest_secret_overlap_hours: 168,
        }
    }
}

impl Section for AccessSettings {
    fn check(&self, report: &mut Report<'_>) {
        let (account, secret) = (self.longest_service_account_days, self.longest_secret_days);
        report.within("longest_service_account_days", account, 1, 3_650, "days");
        report.within("longest_secret_days", secret, 1, 3_650, "days");
        let overlap = self.longest_secret_overlap_hours;
        report.within("longest_secret_overlap_hours", overlap, 0, 8_760, "hours");
    }
}

/// The scopes in which a role can be given.
#[must_use]
pub const fn scopes_of(role: Role) -> &'static [ScopeType] {
    match role {
        Role::PlatformAdmin => &[ScopeType::Platform],
        Role::OrganisationAdmin
        | Role::Commissioner
        | Role::ProviderUser
        | Role::Finance
        | Role::Integration => &[ScopeType::Organisation],
        Role::Chair | Role::Facilitator => &[ScopeType::Board],
        Role::Researcher | Role::Analyst => &[ScopeType::Organisation, ScopeType::Partnership],
    }
}

/// Whose account a role is given to.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum AccountKind {
    /// A person signs in with it.
    User,
    /// A computer system signs in with it.
    Service,
}

/// The time during which something holds: from `from`, until but not including `to`.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Validity {
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when; absent while open.
    pub to: Option<DateTime<Utc>>,
}

impl Validity {
    /// Whether it holds at `instant`.
    #[must_use]
    pub fn contains(self, instant: DateTime<Utc>) -> bool {
        self.from <= instant && self.to.is_none_or(|to| instant < to)
    }
}

/// A role that is to be given.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct GrantRequest {
    /// The role.
    pub role: Role,
    /// Where it is to apply.
    pub scope_type: ScopeType,
    /// Whether an organisation is named.
    pub names_organisation: bool,
    /// Whether a partnership is named.
    pub names_partnership: bool,
    /// Whether a board is named.
    pub names_board: bool,
    /// Whose account is to have it.
    pub account: AccountKind,
    /// From when and until when.
    pub validity: Validity,
}

/// Whether a role can be given: it fits its scope, the scope is named, it fits the account, and it holds at some time to come.
///
/// # Errors
/// `RULE_BROKEN` for a role in a scope or for an account that it does not go with, `REQUIRED` and `RULE_BROKEN` for a scope
/// that is missing or one too many, `OUT_OF_RANGE` for a time that ends before it begins, `EXPIRED` for one that is over.
pub fn check_grant(request: &GrantRequest, now: DateTime<Utc>) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let scopes = scopes_of(request.role);
    violations.check(
        scopes.contains(&request.scope_type),
        Code::RuleBroken,
        "scopeType",
        || {
            format!(
                "The role {} is given in the scope {}, and not in {}.",
                request.role,
                alternatives(scopes),
                request.scope_type
            )
        },
    );
    scope_is_named(&mut violations, request);
    let for_service = request.account == AccountKind::Service;
    violations.check(for_service == (request.role == Role::Integration), Code::RuleBroken, "role", || {
        if for_service {
            "A service account acts within its organisation by the role INTEGRATION; other roles are people's.".to_owned()
        } else {
            "INTEGRATION is the role of service accounts. Choose a role for a person.".to_owned()
        }
    });
    check_validity(&mut violations, request.validity, now);
    violations.into_result()
}

fn scope_is_named(violations: &mut Violations, request: &GrantRequest) {
    for (scope, field, is_named) in [
        (
            ScopeType::Organisation,
            "organisationId",
            request.names_organisation,
        ),
        (ScopeType::Partnership, "partnershipId", request.names_partnership),
        (ScopeType::Board, "boardId", request.names_board),
    ] {
        let is_needed = request.scope_type == scope;
        violations.check(is_named || !is_needed, Code::Required, field, || {
            format!("A role in the scope {scope} applies in one of them. Name which.")
        });
        violations.check(is_needed || !is_named, Code::RuleBroken, field, || {
            format!(
                "A role in the scope {} names nothing here. Leave it out.",
                request.scope_type
            )
        });
    }
}

fn check_validity(violations: &mut Violations, validity: Validity, now: DateTime<Utc>) {
    let Some(to) = validity.to else {
        return;
    };
    violations.check(validity.from < to, Code::OutOfRange, "validTo", || {
        "The role would end before it began. Choose a later end, or leave it open.".to_owned()
    });
    violations.check(now < to, Code::Expired, "validTo", || {
        "The role would be over already. Choose an end that is still to come, or leave it open.".to_owned()
    });
}

/// A role grant that is to be taken back.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct RevocationFacts {
    /// The role.
    pub role: Role,
    /// From when and until when it holds.
    pub validity: Validity,
    /// Whether somebody else, whose account is active, holds the same role in the same scope now.
    pub has_another_holder: bool,
}

/// Plans that a role is taken back now: the instant at which it ends. One that has not begun never holds.
///
/// # Errors
/// `EXPIRED` when it is over already, `RULE_BROKEN` for the last administrator of an organisation or of the platform.
pub fn plan_revocation(facts: &RevocationFacts, now: DateTime<Utc>) -> Result<DateTime<Utc>, Vec<Violation>> {
    let mut violations = Violations::default();
    violations.check(
        facts.validity.to.is_none_or(|to| now < to),
        Code::Expired,
        "id",
        || "This role has ended already.".to_owned(),
    );
    let administers = matches!(facts.role, Role::OrganisationAdmin | Role::PlatformAdmin);
    let is_last = administers && !facts.has_another_holder && facts.validity.contains(now);
    violations.check(!is_last, Code::RuleBroken, "id", || {
        let of = if facts.role == Role::PlatformAdmin { "the platform" } else { "the organisation" };
        format!("This is the last administrator of {of}, and without one nobody could give roles any more. Give the role to \
                 somebody else first.")
    });
    violations.into_result_with(now.max(facts.validity.from))
}

/// Whether a service account can work until `expires_at`.
///
/// # Errors
/// `OUT_OF_RANGE` for a time that is over, and for one later than this server allows.
pub fn check_service_account_expiry(
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
    settings: &AccessSettings,
) -> Result<(), Violation> {
    check_expiry(
        "service account",
        expires_at,
        now,
        settings.longest_service_account_days,
    )
}

/// Whether a secret can work until `expires_at`: no longer than the account it opens.
///
/// # Errors
/// As [`check_service_account_expiry`], and `OUT_OF_RANGE` when it would outlive its account; `EXPIRED` when the account is
/// over or was stopped.
pub fn check_secret_expiry(
    expires_at: DateTime<Utc>,
    account: Validity,
    now: DateTime<Utc>,
    settings: &AccessSettings,
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.check(account.contains(now), Code::Expired, "serviceAccountId", || {
        "This service account works no longer, so it gets no new secrets. Create another.".to_owned()
    });
    violations.keep(check_expiry(
        "secret",
        expires_at,
        now,
        settings.longest_secret_days,
    ));
    let latest = account.to.filter(|to| *to < expires_at);
    violations.check(latest.is_none(), Code::OutOfRange, "expiresAt", || {
        let last = latest.map(|to| day(to.date_naive())).unwrap_or_default();
        format!("The service account works until {last}, and a secret no longer than its account. Choose an earlier time.")
    });
    violations.into_result()
}

fn check_expiry(
    thing: &str,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
    days: u32,
) -> Result<(), Violation> {
    let latest = now
        .checked_add_signed(TimeDelta::days(i64::from(days)))
        .unwrap_or(DateTime::<Utc>::MAX_UTC);
    if now < expires_at && expires_at <= latest {
        return Ok(());
    }
    let message = format!(
        "A {thing} works for {days} days at most. Choose a time that is still to come, {} or before.",
        day(latest.date_naive())
    );
    Err(Violation::new(Code::OutOfRange, "expiresAt", message))
}
