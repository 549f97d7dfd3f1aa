//! Tokens of somebody who would like to be let in.

use super::*;

/// Signs with HMAC-SHA256, taking the issuer's public key as the secret: the classic confusion of algorithms.
fn hmac_token(secret: &[u8], claims: &Value) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","kid":"a"}"#);
    let message = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, secret);
    let tag = aws_lc_rs::hmac::sign(&key, message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag.as_ref()))
}

/// A header of the ES256 key `a`, with changes.
fn header(changes: &Value) -> Value {
    let mut header = json!({"alg": "ES256", "kid": "a"});
    if let (Some(header), Some(changes)) = (header.as_object_mut(), changes.as_object()) {
        header.extend(changes.clone());
    }
    header
}

#[tokio::test]
async fn forged_signatures_are_refused() {
    use TokenError::{AlgorithmNotAllowed, InvalidSignature, Malformed, UnknownKey};
    let (key, rsa, stranger) = (TestKey::es256("a"), TestKey::rsa("r", false), TestKey::es256("a"));
    let issuer = TestIssuer::start(&[&key, &rsa]).await;
    let server = Server::trusting(&[&issuer]);
    let claims = server.claims(&issuer.url, &json!({}));
    let good = key.token(&claims);
    let (message, signature) = good.rsplit_once('.').expect("three parts");
    let (head, _) = message.split_once('.').expect("two parts");
    let other = server.claims(&issuer.url, &json!({"sub": "administrator"}));
    let other = URL_SAFE_NO_PAD.encode(other.to_string());
    let rs256 = json!({"alg": "RS256", "kid": "r"});
    let hmac = hmac_token(key.public().to_string().as_bytes(), &claims);
    for (what, token, expected) in [
        (
            "no algorithm",
            key.sign(&json!({"alg": "none"}), &claims),
            AlgorithmNotAllowed,
        ),
        ("HMAC with the public key", hmac, AlgorithmNotAllowed),
        ("no signature", format!("{message}."), InvalidSignature),
        (
            "signature of nothing",
            format!("{message}.AAAA"),
            InvalidSignature,
        ),
        (
            "claims exchanged",
            format!("{head}.{other}.{signature}"),
            InvalidSignature,
        ),
        ("somebody else's key", stranger.token(&claims), InvalidSignature),
        (
            "RS256 with an EC key",
            key.sign(&header(&json!({"alg": "RS256"})), &claims),
            UnknownKey,
        ),
        (
            "ES256 with an RSA key",
            rsa.sign(&header(&json!({"kid": "r"})), &claims),
            UnknownKey,
        ),
        (
            "another padding",
            TestKey::rsa("r", true).sign(&rs256, &claims),
            InvalidSignature,
        ),
        ("a fourth part", format!("{good}.AAAA"), Malformed),
        ("a password", "password".to_owned(), Malformed),
    ] {
        assert_eq!(server.refuses(&token).await, expected, "{what}");
    }
    server.authenticator.verify(&good).await.expect("the good one");
}

#[tokio::test]
async fn headers_that_bring_their_own_rules_are_refused() {
    use TokenError::{HeaderNotSupported, NotAnAccessToken};
    let (key, stranger) = (TestKey::es256("a"), TestKey::es256("a"));
    let issuer = TestIssuer::start(&[&key]).await;
    let server = Server::trusting(&[&issuer]);
    let claims = server.claims(&issuer.url, &json!({}));
    for (changes, expected) in [
        (json!({"crit": ["b64"], "b64": false}), HeaderNotSupported("crit")),
        (
            json!({"jku": format!("{}/jwks", issuer.url)}),
            HeaderNotSupported("jku"),
        ),
        (
            json!({"x5u": "https://evil.example.org"}),
            HeaderNotSupported("x5u"),
        ),
        (json!({"x5c": ["AA=="]}), HeaderNotSupported("x5c")),
        (json!({"typ": "logout+jwt"}), NotAnAccessToken),
    ] {
        let token = key.sign(&header(&changes), &claims);
        assert_eq!(server.refuses(&token).await, expected, "{changes}");
    }
    let brought_along = stranger.sign(&header(&json!({"jwk": stranger.public()})), &claims);
    assert_eq!(server.refuses(&brought_along).await, HeaderNotSupported("jwk"));
}

#[tokio::test]
async fn well_signed_claims_are_not_enough() {
    use TokenError::{
        Expired, InvalidClaim, IssuedInTheFuture, MissingClaim, NotYetValid, TooLarge, UnknownIssuer,
        WrongAudience,
    };
    let key = TestKey::es256("a");
    let issuer = TestIssuer::start(&[&key]).await;
    let server = Server::trusting(&[&issuer]);
    let now = server.clock.now().timestamp();
    for (changes, expected) in [
        (json!({"iss": "https://evil.example.org"}), UnknownIssuer),
        (json!({"iss": format!("{}/", issuer.url)}), UnknownIssuer),
        (json!({"iss": null}), MissingClaim("iss")),
        (json!({"iss": [issuer.url]}), InvalidClaim("iss")),
        (json!({"aud": "payroll"}), WrongAudience),
        (json!({"aud": null}), MissingClaim("aud")),
        (json!({"sub": null}), MissingClaim("sub")),
        (json!({"exp": null}), MissingClaim("exp")),
        (json!({"exp": now - 60}), Expired),
        (json!({"nbf": now + 3_600}), NotYetValid),
        (json!({"iat": now + 3_600}), IssuedInTheFuture),
        (
            json!({"padding": "x".repeat(9_000)}),
            TooLarge { limit_bytes: 8_192 },
        ),
    ] {
        let token = key.token(&server.claims(&issuer.url, &changes));
        assert_eq!(server.refuses(&token).await, expected, "{changes}");
    }
}
