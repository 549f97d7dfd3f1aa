//! What is published, before and after ten times as many figures were recorded: its cost is that of the release, and must not grow
//! with what lies behind it.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::{self, PgConnection};
use serde_json::json;
use uuid::Uuid;

use crate::contender::Contender;
use crate::dialect::Shape;
use crate::error::BenchError;
use crate::load::{Exchange, drive};
use crate::measure::{Effort, median, turn};
use crate::postgres::Postgres;
use crate::setup::Setup;

/// Series that are asked for in turn.
const SERIES: i64 = 64;
/// What a series may cost after the growth, as many times as before: the moods of the machine, and nothing else.
const BAR: f64 = 1.1;

/// A release of each framework with all that the viewer's organisation recorded.
const PUBLISH: &str = "
INSERT INTO release (id, framework_id, publisher_organisation_id, number, title, status, suppress_min, suppress_max, round_to,
    secondary, made_after, sha256, published_at, version, created_at, updated_at)
SELECT gen_random_uuid(), f.id, f.publisher_organisation_id, 1, 'The first', 'PUBLISHED', 1, 7, 5, true, 0, repeat('0', 64),
    now(), 1, now(), now()
FROM outcome_framework f WHERE f.code LIKE 'WORLD-%' OR f.code = 'SERVICES';
INSERT INTO published_figure (id, release_id, observation_id, indicator_version_id, indicator_id, subject_type, subject_id,
    organisation_id, service_id, period_start, period_end, disaggregation_id, numerator, numerator_as, denominator,
    denominator_as, value, value_as, change, created_at)
SELECT gen_random_uuid(), r.id, v.id, v.indicator_version_id, v.indicator_id, v.subject_type, v.subject_id, v.organisation_id,
    v.service_id, v.period_start, v.period_end, v.disaggregation_id, v.numerator, 'ROUNDED', v.denominator, 'ROUNDED', v.value,
    'ROUNDED', 'ADDED', now()
FROM observation v
JOIN organisation o ON o.id = v.recorded_by_organisation_id
JOIN indicator i ON i.id = v.indicator_id
JOIN release r ON r.framework_id = i.framework_id
WHERE v.recorded_by_organisation_id = (SELECT provider_organisation_id FROM service LIMIT 1);
";

/// The same figures once more, of twenty years before each time. Foreign keys hold for copies of rows for which they held.
const GROW: &str = "
SET session_replication_role = replica;
INSERT INTO observation (id, indicator_version_id, indicator_id, subject_type, subject_id, organisation_id, service_id,
    period_start, period_end, disaggregation_id, numerator, denominator, value, quality, revision, is_current,
    recorded_by_organisation_id, version, created_at, updated_at)
SELECT gen_random_uuid(), indicator_version_id, indicator_id, subject_type, subject_id, organisation_id, service_id,
    period_start - earlier * 7305, period_end - earlier * 7305, disaggregation_id, numerator, denominator, value, quality, revision,
    is_current, recorded_by_organisation_id, version, created_at, updated_at
FROM observation, generate_series(1, 9) AS earlier;
RESET session_replication_role;
";

/// Measures and prints.
///
/// # Errors
/// When the server does not answer.
pub async fn measure(setup: &Setup, postgres: &Postgres, effort: Effort) -> Result<(), BenchError> {
    let mut connection = postgres.connect().await?;
    sqlx::raw_sql(PUBLISH).execute(&mut connection).await?;
    settle(&mut connection).await?;
    let mut server = setup.product("Roundtable", "postgres", Some(postgres))?;
    let before = series(&mut server, postgres, effort).await?;
    let few = figures(&mut connection).await?;
    eprintln!("recording nine times as many figures; this takes some minutes");
    sqlx::raw_sql(GROW).execute(&mut connection).await?;
    settle(&mut connection).await?;
    let after = series(&mut server, postgres, effort).await?;
    let many = figures(&mut connection).await?;
    println!(
        "| recorded figures | series/s | p50 ms | p99 ms | server CPU ms | database CPU ms |\n|---:|---:|---:|---:|---:|---:|"
    );
    for (count, taken) in [(few, &before), (many, &after)] {
        println!(
            "| {count} | {:.0} | {:.2} | {:.2} | {:.3} | {:.3} |",
            taken[0], taken[1], taken[2], taken[3], taken[4]
        );
    }
    let cost = |taken: &[f64; 5]| taken[3] + taken[4];
    println!(
        "\nProcessor time of a series, after beside before: {:.2} (at most {BAR} is asked for).",
        cost(&after) / cost(&before)
    );
    Ok(())
}

async fn settle(connection: &mut PgConnection) -> Result<(), BenchError> {
    sqlx::raw_sql("VACUUM (ANALYZE)")
        .execute(&mut *connection)
        .await?;
    sqlx::raw_sql("CHECKPOINT").execute(connection).await?;
    Ok(())
}

async fn figures(connection: &mut PgConnection) -> Result<i64, BenchError> {
    let count = sqlx::query_scalar("SELECT count(*) FROM observation");
    Ok(count.fetch_one(connection).await?)
}

/// Requests a second, half and 99 of a hundred in milliseconds, processor time of the server and of the database.
async fn series(server: &mut Contender, postgres: &Postgres, effort: Effort) -> Result<[f64; 5], BenchError> {
    let asked: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT i.id, s.id FROM indicator i JOIN outcome_framework f ON f.id = i.framework_id, service s
         WHERE f.code = 'SERVICES' ORDER BY s.id LIMIT $1",
    )
    .bind(SERIES)
    .fetch_all(&mut postgres.connect().await?)
    .await?;
    let questions: Vec<_> = asked
        .into_iter()
        .map(|(indicator, service)| {
            json!({
                "query": include_str!("../documents/roundtable_series.graphql"),
                "variables": {
                    "indicator": format!("indicator_{}", indicator.simple()),
                    "subject": format!("service_{}", service.simple()),
                },
            })
        })
        .collect();
    let (exchanges, answers) = server.rehearse(Shape::Dashboard, &questions).await?;
    let figures = &answers[0]["data"]["publishedSeries"]["lines"][0]["points"];
    if figures
        .as_array()
        .is_none_or(|figures| figures.len() != crate::world::SERVICE_MONTHS)
    {
        return Err(BenchError::new(format!(
            "a published series lacks figures: {}",
            answers[0]
        )));
    }
    let exchanges: Arc<[Exchange]> = exchanges.into();
    let target = server.target(Shape::Dashboard);
    drive(
        &target,
        &exchanges,
        effort.connections,
        Duration::from_secs_f64(effort.warm_up_seconds),
    )
    .await?;
    let mut turns = Vec::new();
    for _ in 0..effort.rounds {
        turns.push(turn(server, (&target, &exchanges), postgres, effort).await?);
    }
    Ok([
        median(turns.iter().map(|turn| turn.per_second).collect()),
        median(turns.iter().map(|turn| turn.p50_ms).collect()),
        median(turns.iter().map(|turn| turn.p99_ms).collect()),
        median(turns.iter().map(|turn| turn.server_ms).collect()),
        median(turns.iter().map(|turn| turn.database_ms).collect()),
    ])
}
