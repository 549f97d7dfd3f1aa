//! One viewer, coming in through the front door.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use chrono::TimeDelta;
use http_body_util::BodyExt;
use roundtable_api::auth::LocalClaims;
use roundtable_api::http::ACTING_ORGANISATION;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::{World, id, statements};

/// One viewer of a world.
#[derive(Clone)]
pub struct Client {
    world: World,
    subject: Option<String>,
    client_id: Option<String>,
    acting: Option<String>,
}

impl Client {
    pub(crate) fn new(world: World, subject: Option<&str>, is_service: bool) -> Self {
        Self {
            world,
            subject: subject.map(ToOwned::to_owned),
            client_id: subject.filter(|_| is_service).map(ToOwned::to_owned),
            acting: None,
        }
    }

    /// The same viewer, acting for an organisation of the world.
    #[must_use]
    pub fn acting_for(&self, organisation: &str) -> Self {
        self.acting_for_id(&id("organisation", organisation))
    }

    /// The same viewer, acting for the organisation with a global id.
    #[must_use]
    pub fn acting_for_id(&self, organisation: &str) -> Self {
        Self {
            acting: Some(organisation.to_owned()),
            ..self.clone()
        }
    }

    /// Asks; `variables` is an object, or null when there are none.
    pub async fn query(&self, query: &str, variables: Value) -> Answer {
        self.post(&json!({ "query": query, "variables": variables }))
            .await
    }

    /// Sends a body to `/graphql`.
    ///
    /// # Panics
    /// When no token can be issued, or the answer breaks off.
    pub async fn post(&self, body: &Value) -> Answer {
        let mut request = Request::post("/graphql")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/graphql-response+json");
        if let Some(token) = self.token() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if let Some(acting) = &self.acting {
            request = request.header(ACTING_ORGANISATION, acting);
        }
        let request = request.body(Body::from(body.to_string())).unwrap();
        let router = self.world.node().router.clone();
        let answering = async {
            let response = router.oneshot(request).await.unwrap();
            let status = response.status();
            (status, response.into_body().collect().await.unwrap().to_bytes())
        };
        let ((status, bytes), reads) = statements::heard(answering).await;
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        Answer {
            status,
            json: serde_json::from_str(&text).unwrap_or(Value::Null),
            text,
            statements: reads.statements,
            rows: reads.rows,
        }
    }

    /// A bearer token of the local issuer, new for each request; none for the public.
    #[must_use]
    pub fn token(&self) -> Option<String> {
        let subject = self.subject.as_deref()?;
        let claims = LocalClaims {
            client_id: self.client_id.clone(),
            ..LocalClaims::default()
        };
        let issuer = self.world.node().authenticator.local_issuer().unwrap();
        Some(issuer.issue(subject, &claims, TimeDelta::hours(1)).unwrap())
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The bytes, as text.
    pub text: String,
    /// The same, parsed; null when it is not JSON.
    pub json: Value,
    /// The statements of its reads, in order. Loading the viewer takes one more, which is not among them.
    pub statements: Vec<String>,
    /// The rows that the database gave for them.
    pub rows: u64,
}

impl Answer {
    /// A part of `data` by JSON pointer, such as `/board/name`; the whole of it for `""`.
    ///
    /// # Panics
    /// When there are errors, or no such part.
    #[must_use]
    #[track_caller]
    pub fn data(&self, pointer: &str) -> &Value {
        assert!(
            self.json["errors"].is_null(),
            "the answer has errors: {}",
            self.text
        );
        let data = self.json.get("data");
        let part = data.and_then(|data| data.pointer(pointer));
        part.unwrap_or_else(|| panic!("there is no `{pointer}` in {}", self.text))
    }

    /// The code of the first top-level error, such as `UNAUTHENTICATED`.
    #[must_use]
    pub fn error_code(&self) -> Option<&str> {
        self.json.pointer("/errors/0/extensions/code")?.as_str()
    }

    /// The user errors of a mutation's payload as `CODE at input.path`, in order.
    ///
    /// # Panics
    /// When there is no such payload.
    #[must_use]
    #[track_caller]
    pub fn user_errors(&self, mutation: &str) -> Vec<String> {
        let errors = self.data(&format!("/{mutation}/userErrors")).as_array().unwrap();
        let one = |error: &Value| {
            let path: Vec<_> = error["path"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            format!(
                "{} at {}",
                error["code"].as_str().unwrap_or_default(),
                path.join(".")
            )
        };
        errors.iter().map(one).collect()
    }
}
