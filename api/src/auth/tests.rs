//! Tokens, good and hostile, against real issuers on this machine.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use futures_util::future::join_all;
use serde_json::{Value, json};
use tempfile::TempDir;

use self::issuer::{Behaviour, TestIssuer, TestKey};
use super::*;

mod hostile;
mod issuer;
mod issuers;
mod local;

/// A server under test, with a clock that stands still.
struct Server {
    authenticator: Authenticator,
    clock: Clock,
    directory: TempDir,
}

impl Server {
    fn trusting(issuers: &[&TestIssuer]) -> Self {
        Self::with(issuers, |_| {})
    }

    fn with(issuers: &[&TestIssuer], change: impl FnOnce(&mut AuthSettings)) -> Self {
        let trusted = |issuer: &&TestIssuer| TrustedIssuer {
            issuer: issuer.url.clone(),
            audience: None,
            algorithms: SignatureAlgorithm::all(),
            jwks_uri: None,
            organisation: "ods:RX1".to_owned(),
        };
        let mut settings = AuthSettings {
            issuers: issuers.iter().map(trusted).collect(),
            ..AuthSettings::default()
        };
        change(&mut settings);
        let clock = Clock::fixed(DateTime::from_timestamp(1_800_000_000, 0).expect("a time"));
        let directory = tempfile::tempdir().expect("a directory");
        let authenticator =
            Authenticator::start(&settings, clock.clone(), directory.path()).expect("good settings");
        Self {
            authenticator,
            clock,
            directory,
        }
    }

    /// Claims of a good token, with changes; `null` takes a claim away.
    fn claims(&self, issuer: &str, changes: &Value) -> Value {
        let now = self.clock.now().timestamp();
        let mut claims =
            json!({"iss": issuer, "sub": "person-1", "aud": "roundtable", "iat": now, "exp": now + 600});
        if let (Some(claims), Some(changes)) = (claims.as_object_mut(), changes.as_object()) {
            claims.extend(changes.clone());
            claims.retain(|_, value| !value.is_null());
        }
        claims
    }

    fn token(&self, issuer: &TestIssuer, key: &TestKey) -> String {
        key.token(&self.claims(&issuer.url, &json!({})))
    }

    async fn refuses(&self, token: &str) -> TokenError {
        self.authenticator.verify(token).await.expect_err("a refusal")
    }

    fn pass(&self, seconds: i64) {
        self.clock.advance(TimeDelta::seconds(seconds));
    }

    /// Waits for the first fetch of the background task.
    async fn keys_of(&self, issuer: &TestIssuer, version: u64) {
        let position = self.authenticator.inner.positions[&issuer.url];
        match &self.authenticator.inner.issuers[position].keys {
            IssuerKeys::Remote(keys) => keys.wait_for_version(version).await,
            IssuerKeys::Local(_) => panic!("a remote issuer"),
        }
    }
}

#[tokio::test]
async fn every_accepted_algorithm_verifies() {
    let keys = [
        TestKey::es256("a"),
        TestKey::eddsa("b"),
        TestKey::rsa("c", false),
        TestKey::rsa("d", true),
    ];
    let issuer = TestIssuer::start(&keys.each_ref()).await;
    let server = Server::trusting(&[&issuer]);
    for key in &keys {
        let claims = server.claims(
            &issuer.url,
            &json!({"aud": ["other", "roundtable"], "scope": "read write", "client_id": "forged", "sub": key.id}),
        );
        let identity = server
            .authenticator
            .verify(&key.token(&claims))
            .await
            .expect("an accepted algorithm");
        let expected = Identity {
            issuer: issuer.url.clone(),
            subject: key.id.clone(),
            expires_at: server.clock.now() + TimeDelta::seconds(600),
            client_id: None,
            scopes: vec!["read".to_owned(), "write".to_owned()],
            issuer_organisation: Some("ods:RX1".to_owned()),
        };
        assert_eq!(
            *identity, expected,
            "a remote issuer cannot make anybody a service account"
        );
    }
}

#[tokio::test]
async fn a_key_vouches_for_its_own_issuer_only() {
    let (ours, theirs) = (TestKey::es256("ours"), TestKey::es256("theirs"));
    let (one, other) = (
        TestIssuer::start(&[&ours]).await,
        TestIssuer::start(&[&theirs]).await,
    );
    let server = Server::trusting(&[&one, &other]);
    server.keys_of(&other, 1).await;
    assert_eq!(
        server.refuses(&server.token(&one, &theirs)).await,
        TokenError::UnknownKey
    );
    let local = server.authenticator.local_issuer().expect("a local issuer");
    let token = ours.sign(
        &json!({"alg": "ES256", "kid": "ours", "typ": "at+jwt"}),
        &server.claims(local.issuer(), &json!({"client_id": "service"})),
    );
    assert_eq!(server.refuses(&token).await, TokenError::UnknownKey);
}

#[tokio::test]
async fn an_issuer_keeps_to_its_own_algorithms_and_audience() {
    let (es256, rsa) = (TestKey::es256("a"), TestKey::rsa("b", false));
    let issuer = TestIssuer::start(&[&es256, &rsa]).await;
    let server = Server::with(&[&issuer], |settings| {
        settings.issuers[0].algorithms = vec![SignatureAlgorithm::Rs256];
        settings.issuers[0].audience = Some("api://roundtable".to_owned());
    });
    let claims = server.claims(&issuer.url, &json!({"aud": "api://roundtable"}));
    server
        .authenticator
        .verify(&rsa.token(&claims))
        .await
        .expect("allowed");
    assert_eq!(
        server.refuses(&es256.token(&claims)).await,
        TokenError::AlgorithmNotAllowed
    );
    assert_eq!(
        server.refuses(&server.token(&issuer, &rsa)).await,
        TokenError::WrongAudience
    );
}

#[tokio::test]
async fn a_token_without_key_id_needs_a_single_fitting_key() {
    let (es256, rsa) = (TestKey::es256("a"), TestKey::rsa("b", false));
    let issuer = TestIssuer::start(&[&es256, &rsa]).await;
    let server = Server::trusting(&[&issuer]);
    let token = es256.sign(&json!({"alg": "ES256"}), &server.claims(&issuer.url, &json!({})));
    server
        .authenticator
        .verify(&token)
        .await
        .expect("only one key is for ES256");

    let second = TestKey::es256("c");
    issuer.publish(&[&es256, &second]);
    server.pass(31);
    server
        .authenticator
        .verify(&server.token(&issuer, &second))
        .await
        .expect("the new key");
    assert_eq!(server.refuses(&token).await, TokenError::UnknownKey);
}

#[tokio::test]
async fn a_remembered_token_dies_when_it_expires() {
    let key = TestKey::es256("a");
    let issuer = TestIssuer::start(&[&key]).await;
    let server = Server::trusting(&[&issuer]);
    let token = server.token(&issuer, &key);
    let first = server.authenticator.verify(&token).await.expect("valid");
    let again = server.authenticator.verify(&token).await.expect("remembered");
    assert!(Arc::ptr_eq(&first, &again), "verified once");
    server.pass(600 + 59);
    server
        .authenticator
        .verify(&token)
        .await
        .expect("within the leeway");
    server.pass(1);
    assert_eq!(server.refuses(&token).await, TokenError::Expired);
}

#[tokio::test]
async fn settings_that_verify_the_wrong_thing_are_refused() {
    type Change = fn(&mut AuthSettings);
    let trusted = TrustedIssuer {
        issuer: "https://login.example.org".to_owned(),
        audience: None,
        algorithms: SignatureAlgorithm::all(),
        jwks_uri: None,
        organisation: "ods:RX1".to_owned(),
    };
    let changes: [(&str, Change); 8] = [
        ("no audience", |settings| settings.audience.clear()),
        ("an issuer twice", |settings| {
            settings.issuers.push(settings.issuers[0].clone());
        }),
        ("the local issuer as a remote one", |settings| {
            settings.issuers[0].issuer = settings.local.issuer.clone();
        }),
        ("an issuer for nobody", |settings| {
            settings.issuers[0].organisation = " ".to_owned();
        }),
        ("no algorithms", |settings| settings.issuers[0].algorithms.clear()),
        ("an empty audience", |settings| {
            settings.issuers[0].audience = Some(String::new());
        }),
        ("keys over plain HTTP", |settings| {
            settings.issuers[0].jwks_uri = Some("http://login.example.org/jwks".to_owned());
        }),
        ("no name for the local issuer", |settings| {
            settings.local.issuer.clear();
        }),
    ];
    let directory = tempfile::tempdir().expect("a directory");
    for (what, change) in changes {
        let mut settings = AuthSettings {
            issuers: vec![trusted.clone()],
            ..AuthSettings::default()
        };
        change(&mut settings);
        let outcome = Authenticator::start(&settings, Clock::System, directory.path());
        assert!(matches!(outcome, Err(AuthSetupError::Setting { .. })), "{what}");
        settings.local.token_lifetime_seconds = 0;
        assert!(
            check::problems(&settings).len() > 1,
            "{what}: all are reported at once"
        );
    }
}

#[test]
fn settings_read_from_toml() {
    let settings: AuthSettings = toml::from_str(
        r#"
        audience = "https://api.example.org"
        [local]
        enabled = false
        [[issuers]]
        issuer = "https://login.example.org"
        algorithms = ["ES256", "EdDSA"]
        organisation = "ods:RX1"
        "#,
    )
    .expect("settings");
    assert!(!settings.local.enabled);
    assert_eq!(
        settings.issuers[0].algorithms,
        [SignatureAlgorithm::Es256, SignatureAlgorithm::EdDsa]
    );
    for wrong in [
        "[[issuers]]\nissuer = \"https://a\"",
        "[[issuers]]\nissuer = \"https://a\"\norganisation = \"o\"\nalgorithms = [\"HS256\"]",
        "audiense = \"a\"",
    ] {
        assert!(toml::from_str::<AuthSettings>(wrong).is_err(), "{wrong}");
    }
}
