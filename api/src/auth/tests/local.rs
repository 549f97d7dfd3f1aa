//! The issuer built into the server: its tokens, its key file, its rotation.

use super::*;

impl Server {
    fn local(&self) -> &Arc<LocalIssuer> {
        self.authenticator.local_issuer().expect("a local issuer")
    }

    fn issue(&self) -> String {
        self.local()
            .issue("service-1", &LocalClaims::default(), TimeDelta::hours(24))
            .expect("a token")
    }

    /// Another node with the same key file and clock.
    fn second_node(&self) -> Authenticator {
        let settings = AuthSettings::default();
        Authenticator::start(&settings, self.clock.clone(), self.directory.path()).expect("a node")
    }

    fn key_ids(&self) -> Vec<String> {
        let jwks = self.local().jwks();
        let keys = jwks["keys"].as_array().expect("keys").iter();
        keys.map(|key| key["kid"].as_str().expect("a key id").to_owned())
            .collect()
    }
}

#[tokio::test]
async fn its_tokens_say_who_they_are_for() {
    let server = Server::trusting(&[]);
    let claims = LocalClaims {
        client_id: Some("service".to_owned()),
        scopes: vec!["read".to_owned()],
    };
    let token = server
        .local()
        .issue("account-1", &claims, TimeDelta::seconds(90))
        .expect("a token");
    let identity = server.authenticator.verify(&token).await.expect("valid");
    let expected = Identity {
        issuer: "urn:roundtable:local".to_owned(),
        subject: "account-1".to_owned(),
        expires_at: server.clock.now() + TimeDelta::seconds(90),
        client_id: Some("service".to_owned()),
        scopes: vec!["read".to_owned()],
        issuer_organisation: None,
    };
    assert_eq!(*identity, expected);
    server.pass(90 + 60);
    assert_eq!(server.refuses(&token).await, TokenError::Expired);
}

#[tokio::test]
async fn it_issues_nothing_it_would_not_accept() {
    let server = Server::trusting(&[]);
    let issue = |subject: &str, seconds: i64| {
        server
            .local()
            .issue(subject, &LocalClaims::default(), TimeDelta::seconds(seconds))
            .err()
    };
    assert_eq!(issue("", 60), Some(IssueError::Subject));
    assert_eq!(issue("a\nb", 60), Some(IssueError::Subject));
    let lifetime = Some(IssueError::Lifetime {
        longest_seconds: 86_400,
    });
    assert_eq!(issue("a", 0), lifetime);
    assert_eq!(issue("a", 86_401), lifetime);
    assert_eq!(issue("a", 86_400), None);
}

#[tokio::test]
async fn its_public_keys_verify_and_name_themselves() {
    let server = Server::trusting(&[]);
    let jwks = server.local().jwks();
    let key = &jwks["keys"][0];
    assert_eq!(
        (&key["kty"], &key["crv"], &key["use"], &key["alg"]),
        (&json!("EC"), &json!("P-256"), &json!("sig"), &json!("ES256"))
    );
    assert!(key.get("d").is_none(), "the private part stays here");
    let canonical = format!(
        r#"{{"crv":"P-256","kty":"EC","x":{},"y":{}}}"#,
        key["x"], key["y"]
    );
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, canonical.as_bytes());
    assert_eq!(key["kid"], URL_SAFE_NO_PAD.encode(digest.as_ref()), "RFC 7638");
}

#[tokio::test]
async fn tokens_outlive_a_restart_and_are_shared_by_nodes() {
    let server = Server::trusting(&[]);
    let token = server.issue();
    server
        .second_node()
        .verify(&token)
        .await
        .expect("the same key file");
    let stranger = Server::trusting(&[]);
    assert_eq!(
        stranger.refuses(&token).await,
        TokenError::UnknownKey,
        "another key file"
    );
}

#[test]
fn nodes_that_start_together_agree_on_the_first_key() {
    let directory = tempfile::tempdir().expect("a directory");
    let settings = AuthSettings::default();
    let open = || {
        LocalIssuer::open(&settings, Clock::System, directory.path())
            .expect("an issuer")
            .jwks()
    };
    let all: Vec<Value> = std::thread::scope(|scope| {
        let nodes: Vec<_> = (0..16).map(|_| scope.spawn(open)).collect();
        nodes
            .into_iter()
            .map(|node| node.join().expect("no panic"))
            .collect()
    });
    assert!(all.iter().all(|jwks| *jwks == all[0]));
}

#[tokio::test]
async fn a_new_key_takes_over_and_the_old_one_stays_until_its_tokens_are_gone() {
    let server = Server::trusting(&[]);
    let other = server.second_node();
    let (first, before) = (server.key_ids(), server.issue());
    server.pass(90 * 86_400);
    let last_of_old = server.issue();
    server.local().maintain().expect("maintained");
    assert_eq!(server.key_ids().len(), 2, "published before it signs");
    assert!(
        first.contains(
            &jsonwebtoken::decode_header(server.issue())
                .expect("a header")
                .kid
                .expect("an id")
        )
    );
    server.pass(120);
    let of_new = server.issue();
    assert!(
        !first.contains(
            &jsonwebtoken::decode_header(&of_new)
                .expect("a header")
                .kid
                .expect("an id")
        )
    );
    assert_eq!(
        other.verify(&of_new).await,
        Err(TokenError::UnknownKey),
        "it has not looked yet"
    );
    other
        .local_issuer()
        .expect("a local issuer")
        .maintain()
        .expect("maintained");
    other.verify(&of_new).await.expect("it has looked");
    for token in [&last_of_old, &of_new] {
        server
            .authenticator
            .verify(token)
            .await
            .expect("both keys are published");
    }
    assert_eq!(server.refuses(&before).await, TokenError::Expired);

    server.pass(86_400 + 60 + 120);
    server.local().maintain().expect("maintained");
    assert_eq!(server.key_ids().len(), 2, "to the last second");
    server.pass(1);
    server.local().maintain().expect("maintained");
    assert_eq!(server.key_ids().len(), 1);
    assert_ne!(server.key_ids(), first);
}

#[tokio::test]
async fn two_nodes_that_rotate_at_the_same_time_add_one_key() {
    let server = Server::trusting(&[]);
    let other = server.second_node();
    server.pass(90 * 86_400);
    server.local().maintain().expect("maintained");
    other
        .local_issuer()
        .expect("a local issuer")
        .maintain()
        .expect("maintained");
    assert_eq!(
        other.local_issuer().expect("a local issuer").jwks(),
        server.local().jwks()
    );
    assert_eq!(server.key_ids().len(), 2);
}

#[tokio::test]
async fn only_typed_access_tokens_of_its_own_are_accepted() {
    let server = Server::trusting(&[]);
    let token = server.issue();
    let (_, rest) = token.split_once('.').expect("a header");
    let untyped = URL_SAFE_NO_PAD.encode(json!({"alg": "ES256", "kid": server.key_ids()[0]}).to_string());
    assert_eq!(
        server.refuses(&format!("{untyped}.{rest}")).await,
        TokenError::NotAnAccessToken
    );
}

#[tokio::test]
async fn a_disabled_local_issuer_issues_and_accepts_nothing() {
    let token = Server::trusting(&[]).issue();
    let server = Server::with(&[], |settings| settings.local.enabled = false);
    assert!(server.authenticator.local_issuer().is_none());
    assert_eq!(server.refuses(&token).await, TokenError::UnknownIssuer);
    assert!(!server.directory.path().join("issuer-keys.json").exists());
}
