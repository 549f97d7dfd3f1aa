//! What a server asks of PostgreSQL: how many statements, which, how long they take, and by which plans.

use std::path::Path;

use bytes::Bytes;
use serde::Serialize;

use crate::contender::{Contender, file_name};
use crate::dialect::Shape;
use crate::error::{BenchError, During};
use crate::load::Connection;
use crate::postgres::{Counted, Postgres};

/// Requests over which statements are counted; enough for PostgreSQL to settle on reusing plans.
const REQUESTS: usize = 192;

/// The statements of a contender for one shape.
#[derive(Clone, Debug, Serialize)]
pub struct Statements {
    /// The contender.
    pub contender: &'static str,
    /// The shape.
    pub shape: &'static str,
    /// Statements for one request, those that mark transactions included.
    pub each: f64,
    /// Which, the most expensive first.
    pub statements: Vec<Counted>,
}

/// Counts the statements of a contender, one request at a time, after warm-up.
///
/// # Errors
/// When it does not answer.
#[expect(clippy::cast_precision_loss, reason = "a count")]
pub async fn count(
    contender: &Contender,
    shape: Shape,
    postgres: &Postgres,
) -> Result<Statements, BenchError> {
    postgres.count().await?;
    ask(contender, shape, REQUESTS).await?;
    let statements = postgres.counted().await?;
    let calls: i64 = statements.iter().map(|statement| statement.calls).sum();
    Ok(Statements {
        contender: contender.name,
        shape: shape.name(),
        each: calls as f64 / REQUESTS as f64,
        statements,
    })
}

/// Has PostgreSQL write down the plans of a few requests, with times and buffers, and keeps them in a file.
///
/// # Errors
/// When the contender does not answer or the file cannot be written.
pub async fn explain(
    contender: &Contender,
    shape: Shape,
    postgres: &Postgres,
    folder: &Path,
) -> Result<(), BenchError> {
    postgres.explain(true).await?;
    let begin = postgres.log_length();
    let asked = ask(contender, shape, 3).await;
    postgres.explain(false).await?;
    asked?;
    let name = file_name(&format!("plans-{}-{}.txt", contender.name, shape.name()));
    std::fs::write(folder.join(name), postgres.log_from(begin)).during("writing the plans")
}

/// Keeps the plans of what the member asks across boards: what is overdue, and their next meetings.
///
/// # Errors
/// As [`explain`].
pub async fn explain_across_boards(
    contender: &Contender,
    postgres: &Postgres,
    folder: &Path,
) -> Result<(), BenchError> {
    for (name, document) in [
        (
            "overdue actions",
            include_str!("../documents/roundtable_overdue.graphql"),
        ),
        (
            "my next meetings",
            include_str!("../documents/roundtable_next.graphql"),
        ),
    ] {
        let target = contender.target(Shape::Work);
        let mut connection = Connection::open(target.port).await?;
        let body = Bytes::from(serde_json::to_vec(&serde_json::json!({ "query": document }))?);
        postgres.explain(true).await?;
        let begin = postgres.log_length();
        let mut asked = Ok(());
        for _ in 0..3 {
            asked = connection.post(&target, body.clone()).await.map(drop);
        }
        postgres.explain(false).await?;
        asked?;
        let name = file_name(&format!("plans-{}-{name}.txt", contender.name));
        std::fs::write(folder.join(name), postgres.log_from(begin)).during("writing the plans")?;
    }
    Ok(())
}

async fn ask(contender: &Contender, shape: Shape, requests: usize) -> Result<(), BenchError> {
    let target = contender.target(shape);
    let mut connection = Connection::open(target.port).await?;
    let exchanges = contender.exchanges(shape);
    for number in 0..requests {
        let body = exchanges[number % exchanges.len()].body.clone();
        connection.post(&target, body).await?;
    }
    Ok(())
}
