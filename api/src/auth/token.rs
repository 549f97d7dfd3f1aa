//! What a token says, and the rules it must keep. Pure: no keys, no network, and the time is an argument.
//!
//! The rules are those of RFC 7519, RFC 8725 (best practice) and RFC 9068 (access tokens). They are checked here and
//! not by the JWT library, which asks the machine for the time, checks `aud`, `iss` and `nbf` only when told to, and
//! ignores `crit`; the library does the cryptography.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, de::IgnoredAny};
use serde_json::Value;

use super::{error::TokenError, keys::SignatureAlgorithm};

/// `sub` and `kid` are compared and stored: `OpenID` Connect Core, section 2, allows 255 characters of `sub`.
const LONGEST_NAME: usize = 255;

/// A token taken apart; nothing in it is verified yet.
#[derive(Debug)]
pub(super) struct UnverifiedToken<'a> {
    pub(super) algorithm: SignatureAlgorithm,
    pub(super) key_id: Option<String>,
    /// `typ` says explicitly that this is an access token (RFC 9068, section 2.1).
    pub(super) is_typed_access_token: bool,
    pub(super) claims: Claims,
    /// What is signed: header and claims as they were sent.
    pub(super) message: &'a str,
    /// base64url.
    pub(super) signature: &'a str,
}

/// The claims this server reads. A claim given twice is refused by the derived reader (RFC 7519, section 4).
#[derive(Debug, Default, Deserialize)]
pub(super) struct Claims {
    iss: Option<Value>,
    sub: Option<Value>,
    aud: Option<Value>,
    exp: Option<Value>,
    nbf: Option<Value>,
    iat: Option<Value>,
    client_id: Option<Value>,
    scope: Option<Value>,
    #[serde(default, deserialize_with = "is_present")]
    cnf: bool,
}

#[derive(Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says whether a header parameter is there"
)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    #[serde(default, deserialize_with = "is_present")]
    crit: bool,
    #[serde(default, deserialize_with = "is_present")]
    jku: bool,
    #[serde(default, deserialize_with = "is_present")]
    jwk: bool,
    #[serde(default, deserialize_with = "is_present")]
    x5u: bool,
    #[serde(default, deserialize_with = "is_present")]
    x5c: bool,
}

/// True whatever the value is, `null` too.
fn is_present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}

/// Takes a token apart and applies the rules that need no issuer.
///
/// # Errors
/// Too long, not a signed JWT, an algorithm or header that is never accepted, another kind of token.
pub(super) fn read(token: &str, limit_bytes: usize) -> Result<UnverifiedToken<'_>, TokenError> {
    if token.len() > limit_bytes {
        return Err(TokenError::TooLarge { limit_bytes });
    }
    let (message, signature) = token.rsplit_once('.').ok_or(TokenError::Malformed)?;
    let (header, claims) = message.split_once('.').ok_or(TokenError::Malformed)?;
    if claims.contains('.') {
        return Err(TokenError::Malformed);
    }
    let header: Header = decode(header)?;
    let algorithm = check_header(&header)?;
    Ok(UnverifiedToken {
        algorithm,
        is_typed_access_token: is_access_token_type(header.typ.as_deref())?,
        key_id: header.kid,
        claims: decode(claims)?,
        message,
        signature,
    })
}

fn decode<T: for<'de> Deserialize<'de>>(part: &str) -> Result<T, TokenError> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenError::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| TokenError::Malformed)
}

/// Keys come from the issuer's JWKS and from nowhere else, so a header that brings or names its own is refused; so is
/// `crit`, which demands that a receiver who does not know an extension refuses (RFC 7515, section 4.1.11).
fn check_header(header: &Header) -> Result<SignatureAlgorithm, TokenError> {
    for (present, name) in [
        (header.crit, "crit"),
        (header.jku, "jku"),
        (header.jwk, "jwk"),
        (header.x5u, "x5u"),
        (header.x5c, "x5c"),
    ] {
        if present {
            return Err(TokenError::HeaderNotSupported(name));
        }
    }
    if header.kid.as_ref().is_some_and(|id| id.len() > LONGEST_NAME) {
        return Err(TokenError::UnknownKey);
    }
    SignatureAlgorithm::named(&header.alg).ok_or(TokenError::AlgorithmNotAllowed)
}

/// Whether `typ` names an access token; many providers say just `JWT`, or nothing. Any other type is a token for
/// another use, made to be told apart from this one (RFC 8725, section 3.11).
fn is_access_token_type(typ: Option<&str>) -> Result<bool, TokenError> {
    let Some(typ) = typ else { return Ok(false) };
    match typ.to_ascii_lowercase().as_str() {
        "at+jwt" | "application/at+jwt" => Ok(true),
        "jwt" | "application/jwt" => Ok(false),
        _ => Err(TokenError::NotAnAccessToken),
    }
}

/// The claims of a token that keeps the rules; believed once the signature is checked too.
#[derive(Debug, PartialEq)]
pub(super) struct CheckedClaims {
    pub(super) subject: String,
    pub(super) expires_at: DateTime<Utc>,
    pub(super) client_id: Option<String>,
    pub(super) scopes: Vec<String>,
}

impl Claims {
    /// The issuer the token claims to come from: it chooses whose keys to ask.
    ///
    /// # Errors
    /// No `iss`, or not a text.
    pub(super) fn issuer(&self) -> Result<&str, TokenError> {
        required(self.iss.as_ref(), "iss")?
            .as_str()
            .ok_or(TokenError::InvalidClaim("iss"))
    }

    /// Applies the rules on audience, times and subject.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub(super) fn check(
        &self,
        audience: &str,
        now: DateTime<Utc>,
        leeway: TimeDelta,
    ) -> Result<CheckedClaims, TokenError> {
        if !names(required(self.aud.as_ref(), "aud")?, audience)? {
            return Err(TokenError::WrongAudience);
        }
        if self.cnf {
            return Err(TokenError::BoundToKey);
        }
        let expires_at = instant(required(self.exp.as_ref(), "exp")?, "exp")?;
        check_times(
            expires_at,
            optional_instant(self.nbf.as_ref(), "nbf")?,
            now,
            leeway,
        )?;
        if optional_instant(self.iat.as_ref(), "iat")?.is_some_and(|issued_at| issued_at > now + leeway) {
            return Err(TokenError::IssuedInTheFuture);
        }
        Ok(CheckedClaims {
            subject: name(required(self.sub.as_ref(), "sub")?, "sub")?,
            expires_at,
            client_id: self
                .client_id
                .as_ref()
                .map(|id| name(id, "client_id"))
                .transpose()?,
            scopes: self.scope.as_ref().map(scopes).transpose()?.unwrap_or_default(),
        })
    }
}

/// A token is accepted before `exp` and from `nbf` on (RFC 7519, 4.1.4 and 4.1.5), give or take the leeway.
fn check_times(
    expires_at: DateTime<Utc>,
    not_before: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
    leeway: TimeDelta,
) -> Result<(), TokenError> {
    if now - leeway >= expires_at {
        return Err(TokenError::Expired);
    }
    if not_before.is_some_and(|not_before| not_before > now + leeway) {
        return Err(TokenError::NotYetValid);
    }
    Ok(())
}

fn required<'a>(claim: Option<&'a Value>, claim_name: &'static str) -> Result<&'a Value, TokenError> {
    claim.ok_or(TokenError::MissingClaim(claim_name))
}

/// `aud` is one text or a list of texts (RFC 7519, 4.1.3).
fn names(aud: &Value, audience: &str) -> Result<bool, TokenError> {
    match aud {
        Value::String(one) => Ok(one == audience),
        Value::Array(all) if all.iter().all(Value::is_string) => Ok(all.iter().any(|one| one == audience)),
        _ => Err(TokenError::InvalidClaim("aud")),
    }
}

/// A text without control characters that fits into a column.
fn name(claim: &Value, claim_name: &'static str) -> Result<String, TokenError> {
    match claim.as_str() {
        Some(text)
            if !text.is_empty() && text.len() <= LONGEST_NAME && !text.chars().any(char::is_control) =>
        {
            Ok(text.to_owned())
        }
        _ => Err(TokenError::InvalidClaim(claim_name)),
    }
}

fn optional_instant(
    claim: Option<&Value>,
    claim_name: &'static str,
) -> Result<Option<DateTime<Utc>>, TokenError> {
    claim.map(|claim| instant(claim, claim_name)).transpose()
}

/// A `NumericDate` (RFC 7519, section 2): seconds since 1970, with or without a fraction, which is cut off.
fn instant(claim: &Value, claim_name: &'static str) -> Result<DateTime<Utc>, TokenError> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "an `as` cast saturates, and what is out of range is refused"
    )]
    let seconds = claim
        .as_i64()
        .or_else(|| claim.as_f64().map(|seconds| seconds.floor() as i64));
    seconds
        .filter(|seconds| (0..=LATEST_INSTANT).contains(seconds))
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .ok_or(TokenError::InvalidClaim(claim_name))
}

/// The end of the year 9999, so that adding a leeway to an instant cannot overflow.
const LATEST_INSTANT: i64 = 253_402_300_799;

/// `scope` is a list separated by spaces (RFC 9068, section 2.2.3); some providers send an array.
fn scopes(claim: &Value) -> Result<Vec<String>, TokenError> {
    match claim {
        Value::String(all) => Ok(all
            .split(' ')
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect()),
        Value::Array(all) => all
            .iter()
            .map(|one| {
                one.as_str()
                    .map(str::to_owned)
                    .ok_or(TokenError::InvalidClaim("scope"))
            })
            .collect(),
        _ => Err(TokenError::InvalidClaim("scope")),
    }
}

#[cfg(test)]
mod tests;
