//! The rules on headers and claims, as tables.

use serde_json::json;

use super::*;

const NOW: i64 = 1_800_000_000;

fn check(changes: &Value) -> Result<CheckedClaims, TokenError> {
    let mut claims = json!({"iss": "i", "sub": "s", "aud": "roundtable", "exp": NOW + 300});
    if let (Some(claims), Some(changes)) = (claims.as_object_mut(), changes.as_object()) {
        claims.extend(changes.clone());
        claims.retain(|_, value| !value.is_null());
    }
    let claims: Claims = serde_json::from_value(claims).expect("claims");
    claims.check(
        "roundtable",
        DateTime::from_timestamp(NOW, 0).expect("now"),
        TimeDelta::seconds(60),
    )
}

#[test]
fn the_rules_on_claims() {
    use TokenError::*;
    for (claims, expected) in [
        (json!({}), Ok(())),
        (json!({"exp": NOW - 59}), Ok(())),
        (json!({"exp": NOW - 60}), Err(Expired)),
        (json!({"exp": 0}), Err(Expired)),
        (json!({"exp": 1_800_000_000.5}), Ok(())),
        (json!({"exp": null}), Err(MissingClaim("exp"))),
        (json!({"exp": "tomorrow"}), Err(InvalidClaim("exp"))),
        (json!({"exp": -1}), Err(InvalidClaim("exp"))),
        (json!({"exp": 1e300}), Err(InvalidClaim("exp"))),
        (json!({"exp": u64::MAX}), Err(InvalidClaim("exp"))),
        (json!({"nbf": NOW + 60}), Ok(())),
        (json!({"nbf": NOW + 61}), Err(NotYetValid)),
        (json!({"nbf": true}), Err(InvalidClaim("nbf"))),
        (json!({"iat": NOW + 60}), Ok(())),
        (json!({"iat": NOW + 61}), Err(IssuedInTheFuture)),
        (json!({"aud": ["other", "roundtable"]}), Ok(())),
        (json!({"aud": ["other"]}), Err(WrongAudience)),
        (json!({"aud": []}), Err(WrongAudience)),
        (json!({"aud": "Roundtable"}), Err(WrongAudience)),
        (json!({"aud": ["roundtable", 1]}), Err(InvalidClaim("aud"))),
        (json!({"aud": null}), Err(MissingClaim("aud"))),
        (json!({"sub": null}), Err(MissingClaim("sub"))),
        (json!({"sub": ""}), Err(InvalidClaim("sub"))),
        (json!({"sub": 7}), Err(InvalidClaim("sub"))),
        (json!({"sub": "a\u{0}b"}), Err(InvalidClaim("sub"))),
        (json!({"sub": "x".repeat(256)}), Err(InvalidClaim("sub"))),
        (json!({"cnf": {"jkt": "x"}}), Err(BoundToKey)),
        (json!({"scope": 1}), Err(InvalidClaim("scope"))),
    ] {
        assert_eq!(check(&claims).map(|_| ()), expected, "{claims}");
    }
}

#[test]
fn scopes_are_a_text_or_a_list() {
    let of = |claims: Value| check(&claims).map(|claims| claims.scopes);
    assert_eq!(
        of(json!({"scope": "read  write"})),
        Ok(vec!["read".to_owned(), "write".to_owned()])
    );
    assert_eq!(of(json!({"scope": ["read"]})), Ok(vec!["read".to_owned()]));
    assert_eq!(of(json!({})), Ok(vec![]));
}

fn token(header: &str, claims: &str) -> String {
    format!(
        "{}.{}.AA",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(claims)
    )
}

#[test]
fn the_rules_on_headers() {
    use TokenError::*;
    for (header, expected) in [
        (r#"{"alg":"ES256"}"#, Ok(false)),
        (r#"{"alg":"ES256","typ":"JWT"}"#, Ok(false)),
        (r#"{"alg":"ES256","typ":"at+jwt"}"#, Ok(true)),
        (r#"{"alg":"ES256","typ":"application/AT+JWT"}"#, Ok(true)),
        (r#"{"alg":"ES256","typ":"logout+jwt"}"#, Err(NotAnAccessToken)),
        (r#"{"alg":"none"}"#, Err(AlgorithmNotAllowed)),
        (r#"{"alg":"None"}"#, Err(AlgorithmNotAllowed)),
        (r#"{"alg":"es256"}"#, Err(AlgorithmNotAllowed)),
        (r#"{"alg":"HS256"}"#, Err(AlgorithmNotAllowed)),
        (r#"{"alg":"RS512"}"#, Err(AlgorithmNotAllowed)),
        (r#"{"alg":"ES256","alg":"none"}"#, Err(Malformed)),
        (r#"{"kid":"a"}"#, Err(Malformed)),
        ("[]", Err(Malformed)),
        (
            r#"{"alg":"ES256","crit":["exp"]}"#,
            Err(HeaderNotSupported("crit")),
        ),
        (r#"{"alg":"ES256","crit":null}"#, Err(HeaderNotSupported("crit"))),
        (
            r#"{"alg":"ES256","jku":"https://a"}"#,
            Err(HeaderNotSupported("jku")),
        ),
        (r#"{"alg":"ES256","jwk":{}}"#, Err(HeaderNotSupported("jwk"))),
        (
            r#"{"alg":"ES256","x5u":"https://a"}"#,
            Err(HeaderNotSupported("x5u")),
        ),
        (r#"{"alg":"ES256","x5c":[]}"#, Err(HeaderNotSupported("x5c"))),
    ] {
        let token = token(header, "{}");
        assert_eq!(
            read(&token, 4_096).map(|token| token.is_typed_access_token),
            expected,
            "{header}"
        );
    }
}

#[test]
fn what_is_no_token_is_malformed() {
    for text in ["", ".", "..", "a.b", "a.b.c", "a.b.c.d.e", "  ", "=.=.=", "é.é.é"] {
        assert_eq!(
            read(text, 4_096).map(|_| ()),
            Err(TokenError::Malformed),
            "{text}"
        );
    }
    let twice = token(r#"{"alg":"ES256"}"#, r#"{"iss":"a","iss":"b"}"#);
    assert_eq!(
        read(&twice, 4_096).map(|_| ()),
        Err(TokenError::Malformed),
        "a claim given twice"
    );
    assert_eq!(
        read(&twice, 10).map(|_| ()),
        Err(TokenError::TooLarge { limit_bytes: 10 })
    );
}
