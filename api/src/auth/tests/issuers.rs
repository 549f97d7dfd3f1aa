//! Remote issuers: fetching, rotation, floods, failures.

use super::*;

#[tokio::test]
async fn made_up_key_ids_cause_one_fetch_per_interval_however_many_ask() {
    let key = TestKey::es256("a");
    let issuer = TestIssuer::start(&[&key]).await;
    let server = Server::trusting(&[&issuer]);
    server.keys_of(&issuer, 1).await;
    assert_eq!(issuer.fetches(), 1);
    let (key, server, url) = (&key, &server, &issuer.url);
    let flood = || {
        let tokens = (0..200).map(move |number| {
            let header = json!({"alg": "ES256", "kid": format!("made-up-{number}")});
            key.sign(&header, &server.claims(url, &json!({})))
        });
        join_all(tokens.map(move |token| async move { server.refuses(&token).await }))
    };
    assert!(flood().await.iter().all(|error| *error == TokenError::UnknownKey));
    assert_eq!(issuer.fetches(), 1, "the keys are fresh enough");
    server.pass(30);
    assert!(flood().await.iter().all(|error| *error == TokenError::UnknownKey));
    assert_eq!(issuer.fetches(), 2, "everybody shares one fetch");
    flood().await;
    assert_eq!(issuer.fetches(), 2);
}

#[tokio::test]
async fn what_is_no_candidate_causes_no_fetch() {
    let key = TestKey::es256("a");
    let issuer = TestIssuer::start(&[&key]).await;
    let server = Server::trusting(&[&issuer]);
    server.keys_of(&issuer, 1).await;
    server.pass(3_600);
    let unknown = json!({"alg": "ES256", "kid": "made-up"});
    for changes in [json!({"exp": 1}), json!({"aud": "payroll"}), json!({"sub": null})] {
        server
            .refuses(&key.sign(&unknown, &server.claims(&issuer.url, &changes)))
            .await;
    }
    assert_eq!(issuer.fetches(), 1);
}

#[tokio::test]
async fn a_new_key_is_picked_up_and_the_old_one_dropped() {
    let (old, new) = (TestKey::es256("old"), TestKey::eddsa("new"));
    let issuer = TestIssuer::start(&[&old]).await;
    let server = Server::trusting(&[&issuer]);
    let old_token = server.token(&issuer, &old);
    server
        .authenticator
        .verify(&old_token)
        .await
        .expect("the old key");

    issuer.publish(&[&old, &new]);
    server.pass(31);
    server
        .authenticator
        .verify(&server.token(&issuer, &new))
        .await
        .expect("the new key");
    server
        .authenticator
        .verify(&old_token)
        .await
        .expect("still published");

    issuer.publish(&[&new]);
    server.pass(31);
    server
        .refuses(&TestKey::es256("other").token(&server.claims(&issuer.url, &json!({}))))
        .await;
    assert_eq!(
        server.refuses(&old_token).await,
        TokenError::UnknownKey,
        "remembered, but its key is gone"
    );
}

#[tokio::test]
async fn polling_drops_a_key_without_anybody_asking() {
    let (old, new) = (TestKey::es256("old"), TestKey::es256("new"));
    let issuer = TestIssuer::start(&[&old]).await;
    let server = Server::with(&[&issuer], |settings| settings.jwks.poll_interval_seconds = 1);
    let token = server.token(&issuer, &old);
    server.authenticator.verify(&token).await.expect("the old key");
    issuer.publish(&[&new]);
    server.keys_of(&issuer, 2).await;
    assert_eq!(server.refuses(&token).await, TokenError::UnknownKey);
}

#[tokio::test]
async fn an_issuer_that_is_down_stops_nobody_else_and_comes_back() {
    let key = TestKey::es256("a");
    let (issuer, well) = (TestIssuer::start(&[&key]).await, TestIssuer::start(&[&key]).await);
    issuer.behave(Behaviour::Down);
    let server = Server::with(&[&issuer, &well], |settings| {
        settings.jwks.first_retry_seconds = 1;
    });
    let token = server.token(&issuer, &key);
    let error = server.refuses(&token).await;
    assert_eq!(error, TokenError::IssuerUnavailable);
    assert!(error.is_temporary());
    assert_eq!(server.authenticator.unavailable_issuers(), [issuer.url.as_str()]);
    server
        .authenticator
        .verify(&server.token(&well, &key))
        .await
        .expect("another issuer");
    issuer.behave(Behaviour::Well);
    server.keys_of(&issuer, 1).await;
    server.authenticator.verify(&token).await.expect("it is back");
    assert!(server.authenticator.unavailable_issuers().is_empty());
}

#[tokio::test]
async fn keys_survive_an_outage_but_not_for_ever() {
    let (known, unknown) = (TestKey::es256("known"), TestKey::es256("unknown"));
    let issuer = TestIssuer::start(&[&known]).await;
    let server = Server::trusting(&[&issuer]);
    server.keys_of(&issuer, 1).await;
    issuer.behave(Behaviour::Down);
    server.pass(86_400);
    server
        .authenticator
        .verify(&server.token(&issuer, &known))
        .await
        .expect("a known key");
    let error = server.refuses(&server.token(&issuer, &unknown)).await;
    assert_eq!(
        error,
        TokenError::IssuerUnavailable,
        "it may be a new key that could not be fetched"
    );
    let token = server.token(&issuer, &known);
    server.authenticator.verify(&token).await.expect("remembered");
    server.pass(1);
    assert_eq!(
        server.refuses(&token).await,
        TokenError::IssuerUnavailable,
        "nobody confirmed it for a day"
    );
}

#[tokio::test]
async fn what_is_not_the_issuers_key_set_is_not_taken() {
    let key = TestKey::es256("a");
    let elsewhere = TestIssuer::start(&[&key]).await;
    for behaviour in [
        Behaviour::WrongIssuer,
        Behaviour::TooLong,
        Behaviour::NoKeySet,
        Behaviour::RedirectsTo(format!("{}/jwks", elsewhere.url)),
    ] {
        let issuer = TestIssuer::start(&[&key]).await;
        issuer.behave(behaviour.clone());
        let server = Server::trusting(&[&issuer]);
        let error = server.refuses(&server.token(&issuer, &key)).await;
        assert_eq!(error, TokenError::IssuerUnavailable, "{behaviour:?}");
    }
    assert_eq!(
        elsewhere.fetches(),
        0,
        "a redirect to another host is not followed"
    );

    let issuer = TestIssuer::start(&[&key]).await;
    issuer.behave(Behaviour::RedirectsTo(format!("{}/moved", issuer.url)));
    let server = Server::trusting(&[&issuer]);
    server
        .authenticator
        .verify(&server.token(&issuer, &key))
        .await
        .expect("a redirect at home");
}

#[tokio::test]
async fn an_issuer_that_does_not_answer_is_given_up() {
    let key = TestKey::es256("a");
    let issuer = TestIssuer::start(&[&key]).await;
    issuer.behave(Behaviour::Gated);
    let server = Server::with(&[&issuer], |settings| settings.jwks.request_timeout_seconds = 1);
    assert_eq!(
        server.refuses(&server.token(&issuer, &key)).await,
        TokenError::IssuerUnavailable
    );
}

#[tokio::test]
async fn a_caller_who_goes_away_does_not_take_the_fetch_along() {
    let (old, new) = (TestKey::es256("old"), TestKey::es256("new"));
    let issuer = TestIssuer::start(&[&old]).await;
    let server = Server::trusting(&[&issuer]);
    server.keys_of(&issuer, 1).await;
    issuer.asked().await;
    issuer.publish(&[&new]);
    issuer.behave(Behaviour::Gated);
    server.pass(31);
    let token = server.token(&issuer, &new);
    {
        let impatient = server.authenticator.verify(&token);
        tokio::select! {
            biased;
            _ = impatient => panic!("the gate is closed"),
            () = issuer.asked() => {}
        }
    }
    let patient = server.authenticator.verify(&token);
    issuer.open_gate();
    patient.await.expect("the fetch went on");
    assert_eq!(issuer.fetches(), 2, "and was not repeated");
}

#[tokio::test]
async fn a_configured_key_address_needs_no_discovery() {
    let key = TestKey::es256("a");
    let issuer = TestIssuer::start(&[&key]).await;
    issuer.behave(Behaviour::WrongIssuer);
    let server = Server::with(&[&issuer], |settings| {
        settings.issuers[0].jwks_uri = Some(format!("{}/jwks", issuer.url));
        settings.issuers[0].issuer = "urn:partner:one".to_owned();
    });
    let token = key.token(&server.claims("urn:partner:one", &json!({})));
    server
        .authenticator
        .verify(&token)
        .await
        .expect("keys of the configured address");
}

#[tokio::test]
async fn background_tasks_end_with_the_last_clone() {
    let key = TestKey::es256("a");
    let issuer = TestIssuer::start(&[&key]).await;
    let server = Server::trusting(&[&issuer]);
    let tasks = server.authenticator.inner.tasks.clone();
    drop(server);
    tokio::time::timeout(std::time::Duration::from_secs(20), tasks.ended())
        .await
        .expect("an end");
}
