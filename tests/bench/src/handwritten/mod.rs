//! The hand-written server: what somebody would write who has to answer two questions and nothing else.
//!
//! An axum handler verifies the bearer token (as Roundtable does, verified tokens are remembered), asks whether the viewer's
//! facts still hold (they are loaded with the same statement, and remembered likewise), and runs one SQL statement that makes the whole answer as JSON inside the database. Same driver,
//! same pool, same allocator. With `--open` it knows no viewer at all: no token, no facts, no conditions.

mod statements;
mod viewer;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use clap::Args;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sea_orm::sqlx::{self, PgPool};
use serde::Deserialize;
use tokio::net::TcpListener;
use uuid::Uuid;

use self::statements::{Statement, Statements, Values};
use self::viewer::{Tokens, Viewer};
use crate::error::{BenchError, During};

/// How the hand-written server is started.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Port on 127.0.0.1
    #[arg(long)]
    port: u16,
    /// The database
    #[arg(long)]
    database_url: String,
    /// File with the keys (JWKS) that tokens are verified with
    #[arg(long, required_unless_present = "open")]
    keys: Option<PathBuf>,
    /// Without authorisation, for reference
    #[arg(long)]
    open: bool,
}

/// What the handlers share.
struct Shared {
    pool: PgPool,
    /// None in the open server.
    tokens: Option<Tokens>,
    statements: Statements,
}

/// Serves until it is killed.
///
/// # Errors
/// When the database, the keys or the port cannot be used.
pub async fn serve(arguments: Arguments) -> Result<(), BenchError> {
    let options: PgConnectOptions = arguments.database_url.parse()?;
    // What the product asks of its sessions, or the limit would lie too low.
    let options = options.options([
        ("plan_cache_mode", "force_generic_plan"),
        ("random_page_cost", "1.1"),
        ("enable_parallel_append", "off"),
    ]);
    let pool = PgPoolOptions::new()
        .max_connections(8)
        .test_before_acquire(false)
        .connect_with(options.statement_cache_capacity(512))
        .await?;
    let tokens = match &arguments.keys {
        Some(path) if !arguments.open => Some(Tokens::read(path)?),
        _ => None,
    };
    let shared = Arc::new(Shared {
        statements: Statements::new(tokens.is_some()),
        pool,
        tokens,
    });
    let router = Router::new()
        .route("/board", post(board))
        .route("/work", post(work))
        .route("/resource", post(resource))
        .route("/dashboard", post(dashboard))
        .route("/totals", post(totals))
        .route("/list", post(list))
        .with_state(shared);
    let listener = TcpListener::bind(("127.0.0.1", arguments.port))
        .await
        .during("listening")?;
    axum::serve(listener, router).await.during("serving")
}

/// Why there is no answer: a status, and the reason in the log.
struct Refusal(StatusCode);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        eprintln!("{error}");
        Self(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// Whose page.
#[derive(Deserialize)]
struct PageRequest {
    id: Uuid,
}

/// Which list page: after a name and an id, or the first.
#[derive(Deserialize)]
struct ListRequest {
    after: Option<(String, Uuid)>,
}

/// A page that one statement writes; what is answered when there is no such row.
async fn page(
    shared: &Shared,
    headers: &HeaderMap,
    request: PageRequest,
    values_of: fn(&Viewer) -> Values,
    (statement, nothing): (&Statement, &str),
) -> Result<Response, Refusal> {
    let viewer = viewer(shared, headers).await?;
    let values = values_of(&viewer).and(request.id);
    let answer = statement.run(&shared.pool, values).await?;
    Ok(json(answer.unwrap_or_else(|| nothing.to_owned())))
}

async fn board(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Json(request): Json<PageRequest>,
) -> Result<Response, Refusal> {
    let written = (&shared.statements.board, r#"{"data":{"board":null}}"#);
    page(&shared, &headers, request, Values::of, written).await
}

async fn work(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Json(request): Json<PageRequest>,
) -> Result<Response, Refusal> {
    let written = (&shared.statements.work, r#"{"data":{"board":null}}"#);
    page(&shared, &headers, request, Values::of, written).await
}

async fn resource(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Json(request): Json<PageRequest>,
) -> Result<Response, Refusal> {
    let written = (&shared.statements.resource, r#"{"data":{"resource":null}}"#);
    page(&shared, &headers, request, Values::of, written).await
}

async fn dashboard(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Json(request): Json<PageRequest>,
) -> Result<Response, Refusal> {
    let written = (
        &shared.statements.dashboard,
        r#"{"data":{"outcomeFramework":null}}"#,
    );
    page(&shared, &headers, request, Values::of_figures, written).await
}

async fn totals(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Json(request): Json<PageRequest>,
) -> Result<Response, Refusal> {
    let written = (&shared.statements.totals, r#"{"data":{"observationTotals":[]}}"#);
    page(&shared, &headers, request, Values::of_figures, written).await
}

async fn list(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Json(request): Json<ListRequest>,
) -> Result<Response, Refusal> {
    let viewer = viewer(&shared, &headers).await?;
    let values = Values::of(&viewer);
    let answer = match request.after {
        None => shared.statements.first_page.run(&shared.pool, values).await?,
        Some((name, id)) => {
            let values = values.and(name).and(id);
            shared.statements.next_page.run(&shared.pool, values).await?
        }
    };
    answer.map(json).ok_or(Refusal(StatusCode::INTERNAL_SERVER_ERROR))
}

fn json(body: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

async fn viewer(shared: &Shared, headers: &HeaderMap) -> Result<Arc<Viewer>, Refusal> {
    let Some(tokens) = &shared.tokens else {
        return Ok(Arc::default());
    };
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let identity = bearer
        .and_then(|token| tokens.verify(token))
        .ok_or(Refusal(StatusCode::UNAUTHORIZED))?;
    tokens
        .viewer(&shared.pool, &identity)
        .await?
        .ok_or(Refusal(StatusCode::UNAUTHORIZED))
}
