//! Public keys of an issuer, ready to check signatures with.

use jsonwebtoken::{
    Algorithm, DecodingKey,
    crypto::verify,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse},
};
use serde::{Deserialize, Serialize};

/// The signature algorithms this server accepts: asymmetric ones only, so that knowing an issuer's public key never
/// suffices to sign (RFC 8725, section 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    #[serde(rename = "RS256")]
    Rs256,
    /// RSASSA-PSS with SHA-256.
    #[serde(rename = "PS256")]
    Ps256,
    /// ECDSA on P-256 with SHA-256.
    #[serde(rename = "ES256")]
    Es256,
    /// Ed25519.
    #[serde(rename = "EdDSA")]
    EdDsa,
}

impl SignatureAlgorithm {
    /// All of them.
    #[must_use]
    pub fn all() -> Vec<Self> {
        vec![Self::Rs256, Self::Ps256, Self::Es256, Self::EdDsa]
    }

    /// The algorithm that a token's `alg` names, if it is accepted at all. Names are case-sensitive (RFC 7515, 4.1.1).
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "PS256" => Some(Self::Ps256),
            "ES256" => Some(Self::Es256),
            "EdDSA" => Some(Self::EdDsa),
            _ => None,
        }
    }

    fn primitive(self) -> Algorithm {
        match self {
            Self::Rs256 => Algorithm::RS256,
            Self::Ps256 => Algorithm::PS256,
            Self::Es256 => Algorithm::ES256,
            Self::EdDsa => Algorithm::EdDSA,
        }
    }
}

/// One public key and the algorithms it may be used with.
#[derive(Clone, Debug)]
pub(super) struct VerificationKey {
    id: Option<String>,
    algorithms: Vec<SignatureAlgorithm>,
    parameters: AlgorithmParameters,
    key: DecodingKey,
}

impl PartialEq for VerificationKey {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.algorithms == other.algorithms && self.parameters == other.parameters
    }
}

impl VerificationKey {
    /// Reads a key of a JWKS. `None` when it is not for us: symmetric, for encryption, of an unknown type or curve, or
    /// bound to an algorithm outside `allowed`. RFC 7517, section 5: such keys are to be ignored.
    pub(super) fn read(jwk: &Jwk, allowed: &[SignatureAlgorithm]) -> Option<Self> {
        let common = &jwk.common;
        if !common
            .public_key_use
            .as_ref()
            .is_none_or(|purpose| *purpose == PublicKeyUse::Signature)
        {
            return None;
        }
        if !common
            .key_operations
            .as_ref()
            .is_none_or(|all| all.contains(&KeyOperations::Verify))
        {
            return None;
        }
        let algorithms: Vec<_> = algorithms_of_type(&jwk.algorithm)
            .iter()
            .copied()
            .filter(|algorithm| allowed.contains(algorithm))
            .filter(|algorithm| {
                common
                    .key_algorithm
                    .is_none_or(|named| named == KeyAlgorithm::from(algorithm.primitive()))
            })
            .collect();
        let key = DecodingKey::from_jwk(jwk).ok()?;
        (!algorithms.is_empty() && is_well_formed(&jwk.algorithm, &key)).then(|| Self {
            id: common.key_id.clone(),
            algorithms,
            parameters: jwk.algorithm.clone(),
            key,
        })
    }

    fn verifies(&self, message: &str, signature: &str, algorithm: SignatureAlgorithm) -> bool {
        verify(signature, message.as_bytes(), &self.key, algorithm.primitive()).unwrap_or(false)
    }
}

/// The algorithms a key of this type can be used with; none for a symmetric or unknown one.
fn algorithms_of_type(parameters: &AlgorithmParameters) -> &'static [SignatureAlgorithm] {
    match parameters {
        AlgorithmParameters::RSA(_) => &[SignatureAlgorithm::Rs256, SignatureAlgorithm::Ps256],
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => {
            &[SignatureAlgorithm::Es256]
        }
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => {
            &[SignatureAlgorithm::EdDsa]
        }
        _ => &[],
    }
}

/// Curve points have one right length; the size of an RSA modulus is checked when a signature is.
fn is_well_formed(parameters: &AlgorithmParameters, key: &DecodingKey) -> bool {
    let length = key.try_get_as_bytes().map_or(0, <[u8]>::len);
    match parameters {
        AlgorithmParameters::EllipticCurve(_) => length == 65,
        AlgorithmParameters::OctetKeyPair(_) => length == 32,
        _ => true,
    }
}

/// The keys an issuer has at one time.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct KeySet {
    keys: Vec<VerificationKey>,
}

/// What a key set says about a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SignatureCheck {
    Valid,
    Invalid,
    /// No key of this id fits the algorithm: the issuer may have a newer one.
    UnknownKey,
}

impl KeySet {
    pub(super) fn new(keys: Vec<VerificationKey>) -> Self {
        Self { keys }
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Reads a JWKS document (RFC 7517, section 5). `None` when it is not one; keys that are not for us are left out.
    pub(super) fn read(document: &[u8], allowed: &[SignatureAlgorithm]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Document {
            keys: Vec<serde_json::Value>,
        }
        let document: Document = serde_json::from_slice(document).ok()?;
        let keys = document
            .keys
            .into_iter()
            .filter_map(|key| serde_json::from_value::<Jwk>(key).ok())
            .filter_map(|jwk| VerificationKey::read(&jwk, allowed))
            .collect();
        Some(Self { keys })
    }

    /// Checks `signature` (base64url) over `message`. A token without a key id is checked only when exactly one key
    /// fits, so that no token makes the server try key after key.
    pub(super) fn check(
        &self,
        key_id: Option<&str>,
        algorithm: SignatureAlgorithm,
        message: &str,
        signature: &str,
    ) -> SignatureCheck {
        let mut fitting = self
            .keys
            .iter()
            .filter(|key| key.algorithms.contains(&algorithm))
            .filter(|key| key_id.is_none() || key.id.as_deref() == key_id);
        match (fitting.next(), fitting.next()) {
            (None, _) => SignatureCheck::UnknownKey,
            (Some(_), Some(_)) if key_id.is_none() => SignatureCheck::UnknownKey,
            (Some(first), second) => {
                let valid = first.verifies(message, signature, algorithm)
                    || second.is_some_and(|key| key.verifies(message, signature, algorithm));
                if valid {
                    SignatureCheck::Valid
                } else {
                    SignatureCheck::Invalid
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    fn read(keys: &serde_json::Value) -> usize {
        let document = json!({ "keys": keys }).to_string();
        KeySet::read(document.as_bytes(), &SignatureAlgorithm::all()).map_or(usize::MAX, |set| set.len())
    }

    #[test]
    fn keys_that_are_not_for_signatures_are_left_out() {
        let okp = |extra: serde_json::Value| {
            let mut key = json!({"kty": "OKP", "crv": "Ed25519", "x": X, "kid": "a"});
            if let (Some(key), Some(extra)) = (key.as_object_mut(), extra.as_object()) {
                key.extend(extra.clone());
            }
            key
        };
        assert_eq!(read(&json!([okp(json!({}))])), 1);
        assert_eq!(read(&json!([okp(json!({"use": "sig", "alg": "EdDSA"}))])), 1);
        for (why, key) in [
            ("for encryption", okp(json!({"use": "enc"}))),
            ("may not verify", okp(json!({"key_ops": ["encrypt"]}))),
            ("bound to another algorithm", okp(json!({"alg": "RS256"}))),
            ("bound to an unknown algorithm", okp(json!({"alg": "XX999"}))),
            ("another curve", json!({"kty": "OKP", "crv": "X25519", "x": X})),
            ("too short", json!({"kty": "OKP", "crv": "Ed25519", "x": "AQAB"})),
            ("symmetric", json!({"kty": "oct", "k": X, "alg": "HS256"})),
            ("of an unknown type", json!({"kty": "AKP", "pub": X})),
            ("not an object", json!("key")),
        ] {
            assert_eq!(read(&json!([key])), 0, "a key that is {why} must be left out");
            assert_eq!(
                read(&json!([key, okp(json!({}))])),
                1,
                "and must not hide its neighbour"
            );
        }
    }

    #[test]
    fn what_is_no_jwks_is_refused() {
        for document in ["", "[]", "{}", r#"{"keys": {}}"#, "<html>"] {
            assert_eq!(
                KeySet::read(document.as_bytes(), &SignatureAlgorithm::all()),
                None,
                "{document}"
            );
        }
    }

    #[test]
    fn the_allow_list_of_the_issuer_leaves_keys_out() {
        let document = json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": X}]}).to_string();
        let set = KeySet::read(document.as_bytes(), &[SignatureAlgorithm::Es256]);
        assert_eq!(set.map(|set| set.len()), Some(0));
    }
}
