//! A page of a search over 20,000 versions beside a lookup by id: the same program, the same machine, the same minutes, on both
//! databases.

use sea_orm::sqlx;
use serde_json::{Value, json};
use uuid::Uuid;

use std::sync::Arc;
use std::time::Duration;

use crate::contender::Contender;
use crate::dialect::Shape;
use crate::error::BenchError;
use crate::load::{Exchange, drive};
use crate::measure::{Effort, median};
use crate::postgres::Postgres;
use crate::setup::Setup;
use crate::world::{vocabulary, word};

/// Questions that are asked in turn.
const QUESTIONS: usize = 48;
/// What a page of a search may take, as many times as a lookup.
const BAR: f64 = 10.0;

/// What is asked.
struct Question {
    name: &'static str,
    exchanges: Arc<[Exchange]>,
    /// Results of each search on average, or objects of each lookup.
    results: f64,
}

/// Measures and prints.
///
/// # Errors
/// When a server does not answer, or the databases do not find the same.
pub async fn measure(setup: &Setup, postgres: &Postgres, effort: Effort) -> Result<(), BenchError> {
    let mut servers = vec![
        setup.product("PostgreSQL", "postgres", Some(postgres))?,
        setup.product("SQLite", "sqlite", None)?,
    ];
    let lookups = lookups(postgres).await?;
    let mut asked = Vec::new();
    let mut found: Option<Vec<Value>> = None;
    for server in &mut servers {
        let (questions, answers) = questions(server, &lookups).await?;
        if found.get_or_insert_with(|| answers.clone()) != &answers {
            return Err(BenchError::new(
                "the two databases do not find the same".to_owned(),
            ));
        }
        asked.push(questions);
    }
    eprintln!("both databases find the same, in the same order, with the same passages");
    println!(
        "| | question | results | requests/s | p50 ms | p99 ms | × a lookup | asked for |\n|---|---|---:|---:|---:|---:|---:|---:|"
    );
    for (server, questions) in servers.iter().zip(&asked) {
        let mut taken: Vec<Vec<[f64; 3]>> = questions.iter().map(|_| Vec::new()).collect();
        for round in 0..=effort.rounds {
            for (question, taken) in questions.iter().zip(&mut taken) {
                let seconds = if round == 0 {
                    effort.warm_up_seconds
                } else {
                    effort.seconds
                };
                let load = drive(
                    &server.target(Shape::Board),
                    &question.exchanges,
                    effort.connections,
                    Duration::from_secs_f64(seconds),
                )
                .await?;
                if round > 0 {
                    #[expect(clippy::cast_precision_loss, reason = "a count")]
                    let rate = load.answers as f64 / load.seconds;
                    taken.push([
                        rate,
                        1_000.0 * load.percentile(0.5),
                        1_000.0 * load.percentile(0.99),
                    ]);
                }
            }
        }
        let figure = |of: &[[f64; 3]], place: usize| median(of.iter().map(|turn| turn[place]).collect());
        for (question, turns) in questions.iter().zip(&taken) {
            let times = median(
                taken[0]
                    .iter()
                    .zip(turns)
                    .map(|(lookup, turn)| lookup[0] / turn[0])
                    .collect(),
            );
            println!(
                "| {} | {} | {:.1} | {:.0} | {:.2} | {:.2} | {times:.2} | ≤ {BAR} |",
                server.name,
                question.name,
                question.results,
                figure(turns, 0),
                figure(turns, 1),
                figure(turns, 2),
            );
        }
    }
    Ok(())
}

/// A question by id for versions from all over the table.
async fn lookups(postgres: &Postgres) -> Result<Vec<Value>, BenchError> {
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM resource_version WHERE status = 'PUBLISHED' ORDER BY md5(id::text) LIMIT 48",
    )
    .fetch_all(&mut postgres.connect().await?)
    .await?;
    let lookup = |id: Uuid| {
        json!({
            "query": include_str!("../documents/roundtable_lookup.graphql"),
            "variables": { "id": format!("resource_version_{}", id.simple()) },
        })
    };
    Ok(ids.into_iter().map(lookup).collect())
}

/// Searches for so many words, other ones each time.
fn searches(words: usize) -> Vec<Value> {
    let typed = |place: usize| {
        let words: Vec<String> = (0..words)
            .map(|n| word((place * 53 + n * 977) % vocabulary()))
            .collect();
        words.join(" ")
    };
    let search = |place| {
        json!({
            "query": include_str!("../documents/roundtable_search.graphql"),
            "variables": { "query": typed(place) },
        })
    };
    (0..QUESTIONS).map(search).collect()
}

/// Everything that is asked of a server, and what it found.
async fn questions(
    server: &mut Contender,
    lookups: &[Value],
) -> Result<(Vec<Question>, Vec<Value>), BenchError> {
    let (mut questions, mut found) = (Vec::new(), Vec::new());
    for (name, asked) in [
        ("lookup by id", lookups.to_vec()),
        ("search, one word", searches(1)),
        ("search, two words", searches(2)),
    ] {
        let (exchanges, answers) = server.rehearse(Shape::Board, &asked).await?;
        let results = answers.iter().map(|answer| {
            answer["data"]["resourceSearch"]["edges"]
                .as_array()
                .map_or(1, Vec::len)
        });
        #[expect(clippy::cast_precision_loss, reason = "a count")]
        let results = results.sum::<usize>() as f64 / answers.len().max(1) as f64;
        questions.push(Question {
            name,
            exchanges: exchanges.into(),
            results,
        });
        found.extend(answers);
    }
    Ok((questions, found))
}
