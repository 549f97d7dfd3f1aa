//! Secrets in the addresses of calendar feeds.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::ClientSecret;

/// What every secret begins with, so that scanners of repositories and logs can find a leaked one.
const PREFIX: &str = "rtc_";
/// How long 32 bytes are in base64url.
const LENGTH: usize = 43;

/// What opens a calendar feed: `rtc_` and 32 random bytes in base64url. It stands in an address, because calendar programs
/// cannot send a token. It is shown once and never stored; what is stored is its hash, made as that of a [`ClientSecret`].
pub struct FeedSecret(String);

impl FeedSecret {
    /// Generates a secret.
    #[must_use]
    pub fn generate() -> Self {
        let random = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
        Self(format!("{PREFIX}{random}"))
    }

    /// A secret as somebody presents it; none when it cannot be one.
    #[must_use]
    pub fn presented(text: &str) -> Option<Self> {
        let random = text.strip_prefix(PREFIX)?;
        let is_plausible = random.len() == LENGTH
            && random
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        is_plausible.then(|| Self(text.to_owned()))
    }

    /// The secret itself, to show to its owner once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The form that is stored.
    #[must_use]
    pub fn hash(&self) -> String {
        ClientSecret::hash(&self.0)
    }
}

impl fmt::Debug for FeedSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("FeedSecret(rtc_…)")
    }
}

#[cfg(test)]
mod tests;
