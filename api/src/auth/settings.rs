//! Every limit, period and size of this room, with its default.

use std::path::PathBuf;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::keys::SignatureAlgorithm;

/// Who may vouch for a caller, and how carefully they are checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuthSettings {
    /// The `aud` a token must name, unless its issuer has its own. Default `roundtable`.
    pub audience: String,
    /// Seconds that clocks may differ when `exp`, `nbf` and `iat` are checked. Default 60.
    pub leeway_seconds: u32,
    /// The longest token that is looked at, in bytes. Default 8,192.
    pub token_size_limit_bytes: usize,
    /// The issuer built into the server. Default: enabled.
    pub local: LocalIssuerSettings,
    /// Identity providers of partner organisations. Default: none.
    pub issuers: Vec<TrustedIssuer>,
    /// How their keys are fetched.
    pub jwks: JwksSettings,
    /// How long a verified token is remembered.
    pub verified_tokens: VerifiedTokenSettings,
    /// The token endpoint for service accounts.
    pub client_credentials: ClientCredentialsSettings,
}

impl Default for AuthSettings {
    fn default() -> Self {
        Self {
            audience: "roundtable".to_owned(),
            leeway_seconds: 60,
            token_size_limit_bytes: 8_192,
            local: LocalIssuerSettings::default(),
            issuers: Vec::new(),
            jwks: JwksSettings::default(),
            verified_tokens: VerifiedTokenSettings::default(),
            client_credentials: ClientCredentialsSettings::default(),
        }
    }
}

/// The issuer built into the server: tokens of service accounts, and of people who try the product out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LocalIssuerSettings {
    /// Whether it issues tokens and accepts its own. Default true.
    pub enabled: bool,
    /// Its `iss`. Default `urn:roundtable:local`.
    pub issuer: String,
    /// Where its keys are kept. Nodes that name the same file accept each other's tokens.
    /// Default: `issuer-keys.json` in the data directory. A file that cannot be written is used as it is; then set
    /// `key_rotation_days` to 0.
    pub key_file: Option<PathBuf>,
    /// How long a token of the token endpoint lives, in seconds. Default 3,600.
    pub token_lifetime_seconds: u32,
    /// The longest life any local token may be given, in seconds; a replaced key is accepted for this long.
    /// Default 86,400 (a day).
    pub longest_token_lifetime_seconds: u32,
    /// Days after which a new signing key replaces the old one; 0 means never. Default 90.
    pub key_rotation_days: u32,
    /// Seconds between two looks at the key file, which another node may have changed. Default 60.
    pub key_file_check_seconds: u32,
}

impl Default for LocalIssuerSettings {
    fn default() -> Self {
        Self {
            enabled: true,
            issuer: "urn:roundtable:local".to_owned(),
            key_file: None,
            token_lifetime_seconds: 3_600,
            longest_token_lifetime_seconds: 86_400,
            key_rotation_days: 90,
            key_file_check_seconds: 60,
        }
    }
}

/// An identity provider that may vouch for the people of one partner organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedIssuer {
    /// Its `iss`, exactly as its tokens spell it: an `https` address (`http` for this machine only).
    pub issuer: String,
    /// The `aud` its tokens must name. Default: the audience of the server.
    #[serde(default)]
    pub audience: Option<String>,
    /// Signature algorithms it may use. Default: RS256, PS256, ES256, `EdDSA`.
    #[serde(default = "SignatureAlgorithm::all")]
    pub algorithms: Vec<SignatureAlgorithm>,
    /// Where its keys are. Default: found by `OpenID` Connect Discovery.
    #[serde(default)]
    pub jwks_uri: Option<String>,
    /// The partner organisation whose people it may vouch for, and nobody else's: a global id or an identifier
    /// such as `ods:RX1`.
    pub organisation: String,
}

/// How the keys of remote issuers are fetched and kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JwksSettings {
    /// Seconds between two fetches of an issuer's keys. Default 300.
    pub poll_interval_seconds: u32,
    /// Seconds that must pass before a token with an unknown key may cause another fetch. Default 30.
    pub minimum_refresh_interval_seconds: u32,
    /// Seconds until the first retry after a failed fetch; doubles up to the poll interval. Default 2.
    pub first_retry_seconds: u32,
    /// Seconds after the last successful fetch until an issuer's keys are no longer believed. Default 86,400 (a day).
    pub longest_key_age_seconds: u32,
    /// Seconds to connect to an issuer. Default 3.
    pub connect_timeout_seconds: u32,
    /// Seconds for one whole answer of an issuer. Default 5.
    pub request_timeout_seconds: u32,
    /// The largest answer that is read, in bytes. Default 262,144 (256 KiB).
    pub response_size_limit_bytes: usize,
    /// Redirects followed within the issuer's own scheme, host and port. Default 3.
    pub redirect_limit: usize,
}

impl Default for JwksSettings {
    fn default() -> Self {
        Self {
            poll_interval_seconds: 300,
            minimum_refresh_interval_seconds: 30,
            first_retry_seconds: 2,
            longest_key_age_seconds: 86_400,
            connect_timeout_seconds: 3,
            request_timeout_seconds: 5,
            response_size_limit_bytes: 262_144,
            redirect_limit: 3,
        }
    }
}

/// How many verified tokens are remembered, and for how long.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VerifiedTokenSettings {
    /// How many tokens are remembered; 0 means none. Default 10,000.
    pub capacity: u64,
    /// Seconds until a token is verified again, if it lives that long. Default 300.
    pub longest_age_seconds: u32,
}

impl Default for VerifiedTokenSettings {
    fn default() -> Self {
        Self {
            capacity: 10_000,
            longest_age_seconds: 300,
        }
    }
}

/// The token endpoint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClientCredentialsSettings {
    /// Attempts of one client id per minute, all at once or spread. 0 counts as 1. Default 30.
    pub attempts_per_client_per_minute: u32,
    /// Attempts of all clients together per minute. 0 counts as 1. Default 1,200.
    pub attempts_per_minute: u32,
    /// The largest request that is read, in bytes. Default 8,192.
    pub request_size_limit_bytes: usize,
    /// Seconds that others may keep the published keys. Default 300.
    pub jwks_cache_seconds: u32,
}

impl Default for ClientCredentialsSettings {
    fn default() -> Self {
        Self {
            attempts_per_client_per_minute: 30,
            attempts_per_minute: 1_200,
            request_size_limit_bytes: 8_192,
            jwks_cache_seconds: 300,
        }
    }
}

/// Whole seconds of a setting as a span of time.
pub(super) fn seconds(value: u32) -> TimeDelta {
    TimeDelta::seconds(i64::from(value))
}
