//! Secrets of service accounts.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// What every secret begins with, so that scanners of repositories and logs can find a leaked one.
const PREFIX: &str = "rts_";

/// A new secret: `rts_` and 32 random bytes in base64url. It is shown once and never stored; what is stored is
/// [`ClientSecret::hash`].
///
/// The hash is one round of SHA-256. Slow hashes (Argon2, bcrypt) make guessing expensive, which passwords need
/// because people choose them from few; here an attacker who has the hash would have to search 2²⁵⁶ values, so
/// slowness would protect nothing and would let anybody who calls the token endpoint keep the processors busy.
pub struct ClientSecret(String);

impl ClientSecret {
    /// Generates a secret.
    #[must_use]
    pub fn generate() -> Self {
        Self(format!(
            "{PREFIX}{}",
            URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
        ))
    }

    /// The secret itself, to show to its owner once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// SHA-256 of a secret in lower-case hexadecimal: the form that is stored.
    #[must_use]
    pub fn hash(secret: &str) -> String {
        let digest = Sha256::digest(secret.as_bytes());
        let halves = digest.iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
        halves
            .filter_map(|half| char::from_digit(half.into(), 16))
            .collect()
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ClientSecret(rts_…)")
    }
}

/// Whether a secret has one of these hashes. Takes the same time wherever a hash differs, and compares with one even
/// when there is none, so that the time tells nothing about which clients exist.
pub(super) fn matches_any(secret: &str, hashes: &[String]) -> bool {
    let presented = ClientSecret::hash(secret);
    let nobody = "0".repeat(presented.len());
    let mut matches = presented.as_bytes().ct_eq(nobody.as_bytes()) & 0.into();
    for hash in hashes {
        matches |= presented.as_bytes().ct_eq(hash.as_bytes());
    }
    matches.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_do_not_show() {
        let (one, other) = (ClientSecret::generate(), ClientSecret::generate());
        assert_ne!(one.reveal(), other.reveal());
        assert!(one.reveal().starts_with("rts_"));
        assert_eq!(one.reveal().len(), 4 + 43);
        assert!(!format!("{one:?}").contains(&one.reveal()[4..]));
    }

    #[test]
    fn the_hash_is_plain_sha_256() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(ClientSecret::hash("abc"), expected, "FIPS 180-4, example B.1");
    }

    #[test]
    fn a_secret_matches_its_own_hashes_only() {
        let hashes = [ClientSecret::hash("old"), ClientSecret::hash("new")];
        assert!(matches_any("old", &hashes));
        assert!(matches_any("new", &hashes));
        assert!(!matches_any("other", &hashes));
        assert!(!matches_any("old", &[]));
        assert!(!matches_any(
            "old",
            &["old".to_owned(), String::new(), "0".repeat(64)]
        ));
    }
}
