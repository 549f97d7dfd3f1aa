//! Which issuers and addresses of keys are taken.

use super::*;

fn fetcher(issuer: &str, jwks_uri: Option<&str>) -> Result<KeyFetcher, AuthSetupError> {
    let trusted = TrustedIssuer {
        issuer: issuer.to_owned(),
        audience: None,
        algorithms: SignatureAlgorithm::all(),
        jwks_uri: jwks_uri.map(str::to_owned),
        organisation: "ods:RX1".to_owned(),
    };
    KeyFetcher::new(&trusted, &JwksSettings::default())
}

#[test]
fn keys_come_over_tls_or_from_this_machine() {
    for (issuer, jwks_uri) in [
        ("https://login.example.org", None),
        ("https://login.example.org/realms/care/", None),
        ("http://127.0.0.1:4000", None),
        ("http://[::1]:4000", None),
        ("http://localhost:4000", None),
        ("urn:partner:one", Some("https://keys.example.org/jwks?edition=2")),
    ] {
        assert!(fetcher(issuer, jwks_uri).is_ok(), "{issuer} {jwks_uri:?}");
    }
    for (issuer, jwks_uri) in [
        ("http://login.example.org", None),
        ("http://localhost.example.org", None),
        ("http://127.0.0.1.example.org", None),
        ("urn:partner:one", None),
        ("login.example.org", None),
        ("https://login.example.org#keys", None),
        ("https://login.example.org", Some("http://login.example.org/jwks")),
        ("https://login.example.org", Some("file:///etc/passwd")),
    ] {
        assert!(fetcher(issuer, jwks_uri).is_err(), "{issuer} {jwks_uri:?}");
    }
}

#[test]
fn a_slash_at_the_end_of_the_issuer_is_not_doubled() {
    let fetcher = fetcher("https://login.example.org/realms/care/", None).expect("a good issuer");
    let (KeySource::Address(url) | KeySource::Discovery(url)) = fetcher.source;
    assert_eq!(
        url.as_str(),
        "https://login.example.org/realms/care/.well-known/openid-configuration"
    );
}
