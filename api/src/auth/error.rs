//! Why a token is not accepted, in words its holder can act on.

use std::path::PathBuf;

/// Why a token was refused. The display text is plain English without internals, and uses only characters that may
/// stand in `error_description` (RFC 6750, section 3), so it can go to the client as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Longer than `token_size_limit_bytes`.
    #[error("The token is longer than {limit_bytes} bytes, the most this server reads.")]
    TooLarge {
        /// The limit, in bytes.
        limit_bytes: usize,
    },
    /// Not three base64url parts that hold JSON objects.
    #[error("This is not a signed JSON Web Token (header, claims and signature, separated by dots).")]
    Malformed,
    /// `alg` is none, symmetric or unknown, or its issuer may not use it.
    #[error("The token is signed with an algorithm that is not accepted from its issuer.")]
    AlgorithmNotAllowed,
    /// The header asks for something this server does not do: `crit`, `jku`, `jwk`, `x5u`, `x5c`.
    #[error("The token header uses {0}, which this server does not support.")]
    HeaderNotSupported(&'static str),
    /// `typ` says this is another kind of token, such as a logout token.
    #[error("This is not an access token: its type (typ) says it is for another use.")]
    NotAnAccessToken,
    /// `iss` is not a trusted issuer.
    #[error("The issuer (iss) of the token is not trusted by this server.")]
    UnknownIssuer,
    /// A claim that every token needs is absent.
    #[error("The token has no {0} claim, which is required.")]
    MissingClaim(&'static str),
    /// A claim has the wrong form.
    #[error("The {0} claim of the token has the wrong form.")]
    InvalidClaim(&'static str),
    /// `aud` does not name this server.
    #[error("The token is for another audience (aud). Ask your issuer for one for this server.")]
    WrongAudience,
    /// `exp` has passed.
    #[error("The token has expired. Get a new one.")]
    Expired,
    /// `nbf` is still to come.
    #[error("The token is not valid yet (nbf).")]
    NotYetValid,
    /// `iat` is later than now.
    #[error("The token says it was issued in the future (iat). Check the clock of the issuer.")]
    IssuedInTheFuture,
    /// `cnf` binds the token to a key whose possession this server does not check (RFC 7800).
    #[error("The token is bound to a key (cnf). This server takes plain bearer tokens only.")]
    BoundToKey,
    /// The issuer has no such key.
    #[error("The token is signed with a key that its issuer does not publish.")]
    UnknownKey,
    /// The signature does not belong to this content and key.
    #[error("The signature of the token is not valid.")]
    InvalidSignature,
    /// The keys of the issuer cannot be had at the moment; the token may be good.
    #[error("The issuer of the token cannot be reached at the moment. Try again shortly.")]
    IssuerUnavailable,
}

impl TokenError {
    /// Whether the same token may be accepted later: answer 503, not 401.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::IssuerUnavailable)
    }

    /// The value of `WWW-Authenticate` for a 401 (RFC 6750, section 3).
    #[must_use]
    pub fn challenge(&self) -> String {
        format!(r#"Bearer error="invalid_token", error_description="{self}""#)
    }
}

/// Why the room cannot be opened: something in the configuration has to change. For the operator, never for a client.
#[derive(Debug, thiserror::Error)]
pub enum AuthSetupError {
    /// A setting is not usable.
    #[error("auth.{setting}: {problem}")]
    Setting {
        /// The setting, below `auth`.
        setting: String,
        /// What is wrong, and what would be right.
        problem: String,
    },
    /// The keys of the local issuer cannot be read or written.
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    /// The HTTP client for remote issuers could not be made.
    #[error("the HTTP client for identity providers could not be made: {0}")]
    HttpClient(#[source] reqwest::Error),
    /// There is no Tokio runtime to keep keys fresh in.
    #[error("authentication must be started inside a Tokio runtime")]
    NoRuntime,
}

impl AuthSetupError {
    pub(super) fn setting(setting: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Setting {
            setting: setting.into(),
            problem: problem.into(),
        }
    }
}

/// Why the key file of the local issuer could not be used. For the operator, never for a client.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The file system refused.
    #[error("the key file {} could not be {action}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// `read`, `written` or `locked`.
        action: &'static str,
        /// What the file system said.
        source: std::io::Error,
    },
    /// The file holds something else.
    #[error("the key file {} does not hold keys of the local issuer; restore it, or stop every node and remove it \
             to start with a new key (tokens issued so far are then refused)", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
    },
    /// The cryptographic library could not make a key.
    #[error("no signing key could be generated")]
    Generation,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_fit_into_a_challenge() {
        for error in [
            TokenError::TooLarge { limit_bytes: 8_192 },
            TokenError::Malformed,
            TokenError::AlgorithmNotAllowed,
            TokenError::HeaderNotSupported("crit"),
            TokenError::NotAnAccessToken,
            TokenError::UnknownIssuer,
            TokenError::MissingClaim("exp"),
            TokenError::InvalidClaim("aud"),
            TokenError::WrongAudience,
            TokenError::Expired,
            TokenError::NotYetValid,
            TokenError::IssuedInTheFuture,
            TokenError::BoundToKey,
            TokenError::UnknownKey,
            TokenError::InvalidSignature,
            TokenError::IssuerUnavailable,
        ] {
            let text = error.to_string();
            let fits = text
                .bytes()
                .all(|byte| matches!(byte, 0x20..=0x21 | 0x23..=0x5B | 0x5D..=0x7E));
            assert!(fits, "{text}");
        }
    }
}
