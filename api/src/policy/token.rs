//! How far a token lets its bearer go. A token proves who somebody is; what it says beyond that can only narrow.

use std::fmt;
use std::str::FromStr;

use sea_orm::prelude::Uuid;

use super::viewer::{Grant, GrantScope};

/// What the token of a service account may be used for (RFC 6749, 3.3). A person's token needs none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenScope {
    /// Queries and subscriptions.
    Read,
    /// Mutations, and reading as well.
    Write,
}

impl TokenScope {
    /// Every scope there is.
    pub const ALL: [Self; 2] = [Self::Read, Self::Write];

    /// The scope's name in tokens.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

impl fmt::Display for TokenScope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A text that names no scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such scope")]
pub struct UnknownScope;

impl FromStr for TokenScope {
    type Err = UnknownScope;

    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        let found = Self::ALL.into_iter().find(|scope| scope.name() == text);
        found.ok_or(UnknownScope)
    }
}

/// What a token says beyond who its bearer is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TokenLimits {
    /// The scopes it names; empty when it names none, which leaves a service account what it may have at most.
    pub scopes: Vec<String>,
    /// For whom its issuer may vouch.
    pub issuer: IssuerReach,
}

/// For whom an issuer may vouch: a partner's issuer for the people of that partner only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum IssuerReach {
    /// For everybody: the server's own issuer.
    #[default]
    Everybody,
    /// For what people do for one organisation.
    Organisation(Uuid),
    /// For nobody's organisation: it is bound to one that this database does not know.
    NoOrganisation,
}

impl IssuerReach {
    /// Whether a role counts with a token of this issuer. Roles on boards and in partnerships follow the person; roles in
    /// an organisation and on the platform need an issuer that may vouch for it.
    pub(super) fn covers(self, grant: Grant) -> bool {
        match (self, grant.scope) {
            (Self::Everybody, _) | (_, GrantScope::Partnership(_) | GrantScope::Board(_)) => true,
            (Self::Organisation(bound), GrantScope::Organisation(id)) => bound == id,
            _ => false,
        }
    }
}

/// The scopes that count: those the account may have, narrowed to those its token names.
pub(super) fn granted(account: &[TokenScope], token: &[String]) -> Vec<TokenScope> {
    let named = |scope: TokenScope| token.is_empty() || token.iter().any(|name| name == scope.name());
    account.iter().copied().filter(|scope| named(*scope)).collect()
}

#[cfg(test)]
mod tests {
    use entity::parties::kinds::Role;

    use super::*;

    #[test]
    fn a_token_narrows_what_its_account_may_have() {
        let both = [TokenScope::Read, TokenScope::Write];
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(granted(&both, &[]), both);
        assert_eq!(granted(&both, &names(&["read"])), [TokenScope::Read]);
        assert_eq!(
            granted(&[TokenScope::Read], &names(&["read", "write"])),
            [TokenScope::Read]
        );
        assert_eq!(granted(&both, &names(&["admin"])), []);
        assert_eq!(granted(&[], &names(&["write"])), []);
    }

    #[test]
    fn a_partners_issuer_vouches_for_its_own_organisation_only() {
        let (own, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let grant = |scope| Grant {
            role: Role::OrganisationAdmin,
            scope,
        };
        let covered = |reach: IssuerReach| {
            [
                GrantScope::Platform,
                GrantScope::Organisation(own),
                GrantScope::Organisation(other),
                GrantScope::Board(other),
            ]
            .map(|scope| reach.covers(grant(scope)))
        };
        assert_eq!(covered(IssuerReach::Everybody), [true; 4]);
        assert_eq!(
            covered(IssuerReach::Organisation(own)),
            [false, true, false, true]
        );
        assert_eq!(covered(IssuerReach::NoOrganisation), [false, false, false, true]);
    }
}
