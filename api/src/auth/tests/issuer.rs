//! An identity provider for tests, on 127.0.0.1: it counts who asks, rotates keys when told, and can misbehave.

use std::sync::{
    Arc, Mutex, OnceLock,
    atomic::{AtomicUsize, Ordering},
};

use aws_lc_rs::{
    encoding::AsDer,
    rand::SystemRandom,
    rsa::KeySize,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256,
        RSA_PSS_SHA256, RsaKeyPair, RsaPublicKeyComponents,
    },
};
use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use tokio::{
    sync::{Notify, Semaphore},
    task::JoinHandle,
};

/// A key pair that signs whatever it is given.
pub(super) struct TestKey {
    pub(super) id: String,
    pair: Pair,
}

enum Pair {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
    Rsa { pair: RsaKeyPair, is_pss: bool },
}

impl TestKey {
    pub(super) fn es256(id: &str) -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key");
        Self {
            id: id.to_owned(),
            pair: Pair::Es256(pair),
        }
    }

    pub(super) fn eddsa(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            pair: Pair::EdDsa(Ed25519KeyPair::generate().expect("a key")),
        }
    }

    /// One RSA key for all tests: they take long to make.
    pub(super) fn rsa(id: &str, is_pss: bool) -> Self {
        static KEY: OnceLock<Vec<u8>> = OnceLock::new();
        let der = KEY.get_or_init(|| {
            let pair = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
            let der: aws_lc_rs::encoding::Pkcs8V1Der<'_> = pair.as_der().expect("DER");
            der.as_ref().to_vec()
        });
        let pair = RsaKeyPair::from_pkcs8(der).expect("a key");
        Self {
            id: id.to_owned(),
            pair: Pair::Rsa { pair, is_pss },
        }
    }

    pub(super) fn algorithm(&self) -> &'static str {
        match &self.pair {
            Pair::Es256(_) => "ES256",
            Pair::EdDsa(_) => "EdDSA",
            Pair::Rsa { is_pss: false, .. } => "RS256",
            Pair::Rsa { is_pss: true, .. } => "PS256",
        }
    }

    /// The public key as it stands in a JWKS, without `alg`.
    pub(super) fn public(&self) -> Value {
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        match &self.pair {
            Pair::Es256(pair) => {
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                json!({"kty": "EC", "crv": "P-256", "kid": self.id, "x": encode(x), "y": encode(y)})
            }
            Pair::EdDsa(pair) => {
                json!({"kty": "OKP", "crv": "Ed25519", "kid": self.id, "x": encode(pair.public_key().as_ref())})
            }
            Pair::Rsa { pair, .. } => {
                let RsaPublicKeyComponents::<Vec<u8>> { n, e } = pair.public_key().into();
                json!({"kty": "RSA", "kid": self.id, "n": encode(&n), "e": encode(&e)})
            }
        }
    }

    /// A token with the usual header of this key.
    pub(super) fn token(&self, claims: &Value) -> String {
        self.sign(
            &json!({"alg": self.algorithm(), "kid": self.id, "typ": "JWT"}),
            claims,
        )
    }

    /// A token with any header, truthful or not.
    pub(super) fn sign(&self, header: &Value, claims: &Value) -> String {
        let message = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header.to_string()),
            URL_SAFE_NO_PAD.encode(claims.to_string())
        );
        let signature = self.signature(message.as_bytes());
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn signature(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Es256(pair) => pair
                .sign(&random, message)
                .expect("a signature")
                .as_ref()
                .to_vec(),
            Pair::EdDsa(pair) => pair.sign(message).as_ref().to_vec(),
            Pair::Rsa { pair, is_pss } => {
                let mut signature = vec![0; pair.public_modulus_len()];
                let padding = if *is_pss {
                    &RSA_PSS_SHA256
                } else {
                    &RSA_PKCS1_SHA256
                };
                pair.sign(padding, &random, message, &mut signature)
                    .expect("a signature");
                signature
            }
        }
    }
}

/// How the provider answers a request for its keys.
#[derive(Clone, Debug, Default)]
pub(super) enum Behaviour {
    #[default]
    Well,
    /// 503.
    Down,
    /// The discovery document names another issuer.
    WrongIssuer,
    /// The keys are at another address.
    RedirectsTo(String),
    /// The right keys, and more spaces than anybody reads.
    TooLong,
    /// Something else in JSON.
    NoKeySet,
    /// Waits for a permit of [`TestIssuer::gate`].
    Gated,
}

pub(super) struct TestIssuer {
    /// The `iss`.
    pub(super) url: String,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

struct Shared {
    url: String,
    keys: Mutex<Vec<Value>>,
    behaviour: Mutex<Behaviour>,
    fetches: AtomicUsize,
    asked: Notify,
    gate: Semaphore,
}

impl TestIssuer {
    pub(super) async fn start(keys: &[&TestKey]) -> Self {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let shared = Arc::new(Shared {
            url: url.clone(),
            keys: Mutex::default(),
            behaviour: Mutex::default(),
            fetches: AtomicUsize::new(0),
            asked: Notify::new(),
            gate: Semaphore::new(0),
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(jwks))
            .route("/moved", get(keys_there))
            .with_state(Arc::clone(&shared));
        let server = crate::telemetry::spawn("test issuer", async move {
            axum::serve(listener, router).await.expect("serving");
        });
        let issuer = Self { url, shared, server };
        issuer.publish(keys);
        issuer
    }

    pub(super) fn publish(&self, keys: &[&TestKey]) {
        *self.shared.keys.lock().expect("keys") = keys.iter().map(|key| key.public()).collect();
    }

    pub(super) fn behave(&self, behaviour: Behaviour) {
        *self.shared.behaviour.lock().expect("behaviour") = behaviour;
    }

    /// How often the keys were asked for.
    pub(super) fn fetches(&self) -> usize {
        self.shared.fetches.load(Ordering::SeqCst)
    }

    /// Waits until somebody has asked for the keys since the last wait.
    pub(super) async fn asked(&self) {
        self.shared.asked.notified().await;
    }

    /// Lets one gated request through.
    pub(super) fn open_gate(&self) {
        self.shared.gate.add_permits(1);
    }
}

impl Drop for TestIssuer {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn discovery(State(shared): State<Arc<Shared>>) -> Response {
    let behaviour = shared.behaviour.lock().expect("behaviour").clone();
    let issuer = match behaviour {
        Behaviour::WrongIssuer => "https://other.example.org",
        _ => &shared.url,
    };
    json!({"issuer": issuer, "jwks_uri": format!("{}/jwks", shared.url)})
        .to_string()
        .into_response()
}

async fn jwks(State(shared): State<Arc<Shared>>) -> Response {
    shared.fetches.fetch_add(1, Ordering::SeqCst);
    shared.asked.notify_one();
    let behaviour = shared.behaviour.lock().expect("behaviour").clone();
    match behaviour {
        Behaviour::Down => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Behaviour::RedirectsTo(address) => Redirect::temporary(&address).into_response(),
        Behaviour::TooLong => {
            let keys = shared.keys.lock().expect("keys").clone();
            format!("{}{}", json!({ "keys": keys }), " ".repeat(1_000_000)).into_response()
        }
        Behaviour::NoKeySet => "{}".into_response(),
        Behaviour::Gated => {
            shared.gate.acquire().await.expect("a gate").forget();
            keys_there(State(shared)).await
        }
        Behaviour::Well | Behaviour::WrongIssuer => keys_there(State(shared)).await,
    }
}

async fn keys_there(State(shared): State<Arc<Shared>>) -> Response {
    let keys = shared.keys.lock().expect("keys").clone();
    json!({ "keys": keys }).to_string().into_response()
}
