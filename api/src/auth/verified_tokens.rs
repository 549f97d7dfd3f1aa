//! Tokens verified a moment ago, so that a busy client costs one signature check and not one per request.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use super::{
    Identity,
    settings::{VerifiedTokenSettings, seconds},
};

/// SHA-256 of a token: tokens themselves are not kept in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct TokenDigest([u8; 32]);

impl TokenDigest {
    pub(super) fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }
}

/// A verified token: true until it expires, grows old, or its issuer's keys change.
#[derive(Clone)]
pub(super) struct VerifiedToken {
    pub(super) identity: Arc<Identity>,
    /// Position of its issuer.
    pub(super) issuer: usize,
    /// Edition of the issuer's keys that verified it.
    pub(super) keys_version: u64,
    pub(super) verified_at: DateTime<Utc>,
}

/// The cache.
pub(super) struct VerifiedTokens {
    tokens: Cache<TokenDigest, VerifiedToken>,
    longest_age: TimeDelta,
}

impl VerifiedTokens {
    pub(super) fn new(settings: &VerifiedTokenSettings) -> Self {
        let longest_age = seconds(settings.longest_age_seconds);
        let tokens = Cache::builder()
            .max_capacity(settings.capacity)
            // Frees the memory; whether an entry still holds is asked of the server's clock below.
            .time_to_live(longest_age.to_std().unwrap_or_default())
            .build();
        Self { tokens, longest_age }
    }

    pub(super) fn insert(&self, digest: TokenDigest, token: VerifiedToken) {
        self.tokens.insert(digest, token);
    }

    /// The identity behind a token, if it still holds. `version_of` tells the present edition of an issuer's keys.
    pub(super) fn get(
        &self,
        digest: TokenDigest,
        now: DateTime<Utc>,
        version_of: impl FnOnce(usize) -> Option<u64>,
    ) -> Option<Arc<Identity>> {
        let token = self.tokens.get(&digest)?;
        let age = now - token.verified_at;
        let holds = now < token.identity.expires_at
            && age >= TimeDelta::zero()
            && age < self.longest_age
            && version_of(token.issuer) == Some(token.keys_version);
        if !holds {
            self.tokens.invalidate(&digest);
        }
        holds.then_some(token.identity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: DateTime<Utc> = DateTime::from_timestamp_nanos(1_800_000_000_000_000_000);

    fn held(now: DateTime<Utc>, version: Option<u64>) -> bool {
        let tokens = VerifiedTokens::new(&VerifiedTokenSettings {
            longest_age_seconds: 100,
            ..Default::default()
        });
        let identity = Identity {
            issuer: "i".to_owned(),
            subject: "s".to_owned(),
            expires_at: NOW + TimeDelta::seconds(50),
            client_id: None,
            scopes: Vec::new(),
            issuer_organisation: None,
        };
        let token = VerifiedToken {
            identity: Arc::new(identity),
            issuer: 3,
            keys_version: 7,
            verified_at: NOW,
        };
        tokens.insert(TokenDigest::of("a"), token);
        assert!(
            tokens.get(TokenDigest::of("b"), now, |_| version).is_none(),
            "another token"
        );
        tokens
            .get(TokenDigest::of("a"), now, |issuer| {
                version.filter(|_| issuer == 3)
            })
            .is_some()
    }

    #[test]
    fn an_entry_holds_until_it_expires_or_the_keys_change() {
        assert!(held(NOW, Some(7)));
        assert!(held(NOW + TimeDelta::seconds(49), Some(7)));
        assert!(!held(NOW + TimeDelta::seconds(50), Some(7)), "expired");
        assert!(
            !held(NOW - TimeDelta::seconds(1), Some(7)),
            "the clock was set back"
        );
        assert!(!held(NOW, Some(8)), "other keys");
        assert!(!held(NOW, None), "no keys");
    }
}
