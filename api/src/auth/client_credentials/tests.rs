//! The token endpoint as a client sees it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use axum::http::{Request, StatusCode};
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

use super::*;
use crate::auth::{AuthSettings, Authenticator, ClientSecret};

const FORM: &str = "application/x-www-form-urlencoded";

/// One service account, `visits`, that may `read` and `write`.
#[derive(Default)]
struct Directory {
    secret_hashes: Vec<String>,
    is_down: AtomicBool,
    lookups: AtomicUsize,
}

impl ClientDirectory for Directory {
    async fn find(&self, client_id: &str) -> Result<Option<ServiceAccountClient>, DirectoryUnavailable> {
        self.lookups.fetch_add(1, Ordering::SeqCst);
        if self.is_down.load(Ordering::SeqCst) {
            return Err(DirectoryUnavailable);
        }
        Ok((client_id == "visits").then(|| ServiceAccountClient {
            subject: "account-1".to_owned(),
            client_id: client_id.to_owned(),
            scopes: vec!["read".to_owned(), "write".to_owned()],
            secret_hashes: self.secret_hashes.clone(),
        }))
    }
}

struct Server {
    authenticator: Authenticator,
    directory: Arc<Directory>,
    routes: Router,
    secret: String,
    clock: Clock,
    _data: TempDir,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

impl Server {
    fn start() -> Self {
        let data = tempfile::tempdir().expect("a directory");
        let clock = Clock::fixed(DateTime::from_timestamp(1_800_000_000, 0).expect("a time"));
        let authenticator = Authenticator::start(&AuthSettings::default(), clock.clone(), data.path());
        let authenticator = authenticator.expect("good settings");
        let secret = ClientSecret::generate().reveal().to_owned();
        let hashes = vec![ClientSecret::hash("rts_previous"), ClientSecret::hash(&secret)];
        let directory = Arc::new(Directory {
            secret_hashes: hashes,
            ..Directory::default()
        });
        let settings = ClientCredentialsSettings {
            attempts_per_client_per_minute: 6,
            attempts_per_minute: 20,
            ..ClientCredentialsSettings::default()
        };
        let issuer = Arc::clone(authenticator.local_issuer().expect("a local issuer"));
        let routes = token_routes(issuer, Arc::clone(&directory), &settings, clock.clone());
        Self {
            authenticator,
            directory,
            routes,
            secret,
            clock,
            _data: data,
        }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.routes.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 1_000_000).await.expect("a body");
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    async fn ask(&self, kind: &str, authorization: &[String], form: &str) -> Answer {
        let mut request = Request::post("/oauth/token").header("content-type", kind);
        for authorization in authorization {
            request = request.header("authorization", authorization);
        }
        let answer = self
            .send(request.body(Body::from(form.to_owned())).expect("a request"))
            .await;
        assert_eq!(answer.headers["cache-control"], "no-store");
        assert_eq!(answer.headers["pragma"], "no-cache");
        assert_eq!(answer.headers["content-type"], "application/json");
        answer
    }

    fn basic(&self) -> Vec<String> {
        vec![basic("visits", &self.secret)]
    }

    /// Asks with other client ids, so that nobody's limit is reached by the test itself.
    async fn ask_as(&self, client_id: &str) -> Answer {
        self.ask(
            FORM,
            &[basic(client_id, "rts_wrong")],
            "grant_type=client_credentials",
        )
        .await
    }
}

fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

#[tokio::test]
async fn a_client_gets_a_token_that_verifies() {
    let server = Server::start();
    let in_form = format!(
        "grant_type=client_credentials&client_id=visits&client_secret={}&unknown=1",
        server.secret
    );
    for (authorization, form, scope) in [
        (server.basic(), "grant_type=client_credentials", "read write"),
        (server.basic(), "grant_type=client_credentials&scope=read", "read"),
        (
            server.basic(),
            "grant_type=client_credentials&scope=&client_id=visits",
            "read write",
        ),
        (
            vec![basic("visits", "rts_previous")],
            "grant_type=client_credentials",
            "read write",
        ),
        (vec![], &in_form, "read write"),
    ] {
        let answer = server.ask(FORM, &authorization, form).await;
        assert_eq!(answer.status, StatusCode::OK, "{form}: {}", answer.body);
        assert_eq!(answer.body["token_type"], "Bearer");
        assert_eq!(answer.body["expires_in"], 3_600);
        assert_eq!(answer.body["scope"], scope);
        let token = answer.body["access_token"].as_str().expect("a token");
        let identity = server.authenticator.verify(token).await.expect("valid");
        assert_eq!(identity.subject, "account-1");
        assert_eq!(identity.client_id.as_deref(), Some("visits"));
        assert_eq!(identity.scopes.join(" "), scope);
        assert_eq!(identity.expires_at, server.clock.now() + TimeDelta::hours(1));
    }
}

const GRANT: &str = "grant_type=client_credentials";

impl Server {
    async fn refuses(&self, what: &str, kind: &str, authorization: &[String], form: &str, code: &str) {
        let answer = self.ask(kind, authorization, form).await;
        let status = if code == "invalid_client" { 401 } else { 400 };
        assert_eq!(
            (answer.status.as_u16(), answer.body["error"].as_str()),
            (status, Some(code)),
            "{what}"
        );
        assert!(answer.body["error_description"].is_string(), "{what}");
        assert_eq!(
            answer.headers.contains_key("www-authenticate"),
            status == 401,
            "{what}"
        );
        assert!(!answer.body.to_string().contains(&self.secret), "{what}");
    }
}

#[tokio::test]
async fn a_malformed_request_is_told_what_is_wrong() {
    let server = Server::start();
    let good = server.basic();
    for (what, kind) in [("JSON", "application/json"), ("no content type", "")] {
        server.refuses(what, kind, &good, GRANT, "invalid_request").await;
    }
    for (what, form, code) in [
        ("no grant type", String::new(), "invalid_request"),
        (
            "grant type without value",
            "grant_type=".to_owned(),
            "invalid_request",
        ),
        (
            "another grant type",
            "grant_type=password".to_owned(),
            "unsupported_grant_type",
        ),
        ("a parameter twice", format!("{GRANT}&{GRANT}"), "invalid_request"),
        (
            "too long",
            format!("{GRANT}&{}", "x".repeat(9_000)),
            "invalid_request",
        ),
        (
            "a secret twice",
            format!("{GRANT}&client_secret=a"),
            "invalid_request",
        ),
        ("two ids", format!("{GRANT}&client_id=other"), "invalid_request"),
        (
            "a scope it may not have",
            format!("{GRANT}&scope=read+admin"),
            "invalid_scope",
        ),
        (
            "a badly written scope",
            format!("{GRANT}&scope=read++write"),
            "invalid_scope",
        ),
    ] {
        server.refuses(what, FORM, &good, &form, code).await;
    }
    server
        .refuses(
            "two headers",
            FORM,
            &[good.clone(), good].concat(),
            GRANT,
            "invalid_request",
        )
        .await;
}

#[tokio::test]
async fn a_client_that_does_not_authenticate_gets_no_token() {
    let server = Server::start();
    let hash = ClientSecret::hash(&server.secret);
    for (what, authorization) in [
        ("another scheme", "Bearer abc".to_owned()),
        ("a damaged header", "Basic !".to_owned()),
        ("a wrong secret", basic("visits", "rts_wrong")),
        ("the hash as the secret", basic("visits", &hash)),
        ("an unknown client", basic("nobody", &server.secret)),
        ("an unprintable client", basic("a%00b", "c")),
        ("a very long client", basic(&"a".repeat(256), "c")),
    ] {
        server
            .refuses(what, FORM, &[authorization], GRANT, "invalid_client")
            .await;
    }
    server
        .refuses("no credentials", FORM, &[], GRANT, "invalid_client")
        .await;
    server
        .refuses(
            "an id only",
            FORM,
            &[],
            &format!("{GRANT}&client_id=visits"),
            "invalid_client",
        )
        .await;
    assert_eq!(
        server.directory.lookups.load(Ordering::SeqCst),
        3,
        "only what could be a client is looked up"
    );
}

#[tokio::test]
async fn an_unknown_client_and_a_wrong_secret_get_the_same_answer() {
    let server = Server::start();
    let (unknown, wrong) = (server.ask_as("nobody").await, server.ask_as("visits").await);
    assert_eq!(unknown.status, wrong.status);
    assert_eq!(unknown.body, wrong.body);
    assert_eq!(unknown.headers, wrong.headers);
}

#[tokio::test]
async fn a_client_that_asks_too_often_waits_alone() {
    let server = Server::start();
    for _ in 0..6 {
        assert_eq!(server.ask_as("visits").await.status, StatusCode::UNAUTHORIZED);
    }
    let refused = server.ask(FORM, &server.basic(), GRANT).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers["retry-after"], "10");
    assert_eq!(
        server.directory.lookups.load(Ordering::SeqCst),
        6,
        "the database is not asked"
    );
    assert_eq!(server.ask_as("other").await.status, StatusCode::UNAUTHORIZED);
    server.clock.advance(TimeDelta::seconds(10));
    let answer = server.ask(FORM, &server.basic(), GRANT).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn attempts_are_limited_in_total_too() {
    let server = Server::start();
    for number in 0..20 {
        let answer = server.ask_as(&format!("made-up-{number}")).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(
        server.ask_as("made-up-20").await.status,
        StatusCode::TOO_MANY_REQUESTS
    );
}

#[tokio::test]
async fn without_its_directory_the_endpoint_says_later() {
    let server = Server::start();
    server.directory.is_down.store(true, Ordering::SeqCst);
    let answer = server.ask(FORM, &server.basic(), GRANT).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.body["error"], "temporarily_unavailable");
    assert_eq!(answer.headers["retry-after"], "1");
}

#[tokio::test]
async fn the_keys_are_published_with_a_tag() {
    let server = Server::start();
    let get = |tag: &str| {
        let request = Request::get("/.well-known/jwks.json").header("if-none-match", tag);
        server.send(request.body(Body::empty()).expect("a request"))
    };
    let answer = get("\"other\"").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers["content-type"], "application/jwk-set+json");
    assert_eq!(answer.headers["cache-control"], "public, max-age=300");
    assert_eq!(
        answer.body,
        server
            .authenticator
            .local_issuer()
            .expect("a local issuer")
            .jwks()
    );
    let tag = answer.headers["etag"].to_str().expect("a tag");
    let again = get(&format!("\"other\", {tag}")).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert_eq!(again.body, json!(null));
}

#[tokio::test]
async fn tokens_are_asked_for_by_post() {
    let server = Server::start();
    let request = Request::get("/oauth/token?grant_type=client_credentials").body(Body::empty());
    let answer = server.send(request.expect("a request")).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
}
