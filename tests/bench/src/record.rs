//! One figure recorded at a time: the product with its authorisation, audit chain, outbox and idempotency record, beside PostGraphile
//! calling an SQL function that writes the figure and an audit row. Each answer stands for a committed figure, and at the end all of
//! them must be there.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use chrono::{Days, NaiveDate};
use sea_orm::sqlx;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::contender::Contender;
use crate::dialect::{Dialect, Shape};
use crate::error::BenchError;
use crate::load::{Exchange, Questions};
use crate::measure::{Effort, Turn, median, turn};
use crate::postgres::Postgres;
use crate::setup::Setup;

/// How many times PostGraphile's answers in the same time are asked for.
const BAR: f64 = 2.0;
/// The days that a figure can be of: none that the world has figures of.
const FIRST_DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2025, 1, 1);
const DAYS: usize = 365;

/// What PostGraphile calls, and the table of its audit rows: the columns of the product's, without a chain.
const FUNCTION: &str = "
CREATE TABLE plain_audit_event (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), at timestamptz NOT NULL DEFAULT now(), actor_user_id uuid,
    acting_organisation_id uuid, action text NOT NULL, entity text NOT NULL, entity_id uuid NOT NULL, changed jsonb NOT NULL
);
CREATE INDEX ON plain_audit_event (entity_id, at);
CREATE FUNCTION record_observation(
    measured uuid, service uuid, organisation uuid, account uuid, day date, part bigint, whole bigint
) RETURNS observation LANGUAGE sql VOLATILE AS $$
    WITH made AS (
        INSERT INTO observation (id, indicator_version_id, indicator_id, subject_type, subject_id, service_id, period_start,
            period_end, disaggregation_id, numerator, denominator, value, quality, revision, is_current,
            recorded_by_organisation_id, version, created_at, updated_at, created_by)
        SELECT gen_random_uuid(), v.id, v.indicator_id, 'SERVICE', service, service, day, day, d.id, part, whole,
            round(100000000 * part / whole, -5), 'PROVISIONAL', 1, true, organisation, 1, now(), now(), account
        FROM indicator_version v, disaggregation d
        WHERE v.id = measured AND d.dimension = 'TOTAL'
        RETURNING *
    ), audited AS (
        INSERT INTO plain_audit_event (actor_user_id, acting_organisation_id, action, entity, entity_id, changed)
        SELECT account, organisation, 'observationRecord', 'observation', made.id, to_jsonb(made) FROM made
    )
    SELECT * FROM made
$$;
";

/// About what figures are recorded, in turn.
#[derive(Debug)]
struct Subjects {
    versions: Vec<Uuid>,
    services: Vec<Uuid>,
    organisation: Uuid,
    account: Uuid,
    /// The next figure of all: no two are of the same.
    next: AtomicUsize,
}

/// Questions that record a figure each, another one every time.
struct Records {
    subjects: Arc<Subjects>,
    dialect: Dialect,
    answer_bytes: usize,
}

impl Questions for Records {
    fn next(&self, _: usize) -> Exchange {
        let number = self.subjects.next.fetch_add(1, Ordering::Relaxed);
        Exchange {
            body: Bytes::from(self.subjects.question(self.dialect, number).to_string()),
            answer_bytes: self.answer_bytes,
        }
    }
}

impl Subjects {
    async fn load(postgres: &Postgres) -> Result<Self, BenchError> {
        let mut connection = postgres.connect().await?;
        let versions = sqlx::query_scalar("SELECT id FROM indicator_version ORDER BY id");
        let services =
            sqlx::query_as::<_, (Uuid, Uuid)>("SELECT id, provider_organisation_id FROM service ORDER BY id");
        let account = sqlx::query_scalar("SELECT id FROM user_account WHERE subject = $1");
        let versions = versions.fetch_all(&mut connection).await?;
        let (services, providers): (Vec<Uuid>, Vec<Uuid>) =
            services.fetch_all(&mut connection).await?.into_iter().unzip();
        Ok(Self {
            versions,
            services,
            organisation: providers.first().copied().unwrap_or_default(),
            account: account
                .bind(crate::world::VIEWER)
                .fetch_one(&mut connection)
                .await?,
            next: AtomicUsize::new(0),
        })
    }

    fn question(&self, dialect: Dialect, number: usize) -> Value {
        let service = self.services[number % self.services.len()];
        let version = self.versions[number / self.services.len() % self.versions.len()];
        let days = number / self.services.len() / self.versions.len() % DAYS;
        let day = FIRST_DAY
            .and_then(|first| first.checked_add_days(Days::new(u64::try_from(days).ok()?)))
            .unwrap_or_default();
        match dialect {
            Dialect::Postgraphile => json!({
                "query": include_str!("../documents/postgraphile_record.graphql"),
                "variables": { "input": {
                    "measured": version, "service": service, "organisation": self.organisation, "account": self.account,
                    "day": day, "part": "91000000", "whole": "200000000",
                } },
            }),
            Dialect::Roundtable | Dialect::Handwritten => json!({
                "query": include_str!("../documents/roundtable_record.graphql"),
                "variables": { "input": {
                    "indicatorVersionId": format!("indicator_version_{}", version.simple()),
                    "serviceId": format!("service_{}", service.simple()),
                    "periodStart": day, "periodEnd": day, "numerator": "91", "denominator": "200",
                    "idempotencyKey": format!("figure-{number:09}"),
                } },
            }),
        }
    }
}

/// Measures and prints.
///
/// # Errors
/// When a server does not answer, or an answered figure is not there.
pub async fn measure(setup: &Setup, postgres: &Postgres, effort: Effort) -> Result<(), BenchError> {
    sqlx::raw_sql(FUNCTION)
        .execute(&mut postgres.connect().await?)
        .await?;
    let subjects = Arc::new(Subjects::load(postgres).await?);
    let mut contenders = vec![setup.product("Roundtable", "postgres", Some(postgres))?];
    for processes in &setup.postgraphile {
        contenders.push(setup.postgraphile(*processes, postgres)?);
    }
    contenders.push(setup.product("Roundtable on SQLite", "sqlite", None)?);
    let mut questions = Vec::new();
    for contender in &mut contenders {
        let number = subjects.next.fetch_add(1, Ordering::Relaxed);
        let question = subjects.question(contender.dialect(), number);
        let (exchanges, answers) = contender.rehearse(Shape::Dashboard, &[question]).await?;
        let made = contender.dialect().canonical(answers[0].clone());
        if made["data"]["made"]["observation"]["value"] != "45.5" {
            return Err(BenchError::new(format!(
                "{} answers {}",
                contender.name, answers[0]
            )));
        }
        questions.push(Arc::new(Records {
            subjects: subjects.clone(),
            dialect: contender.dialect(),
            answer_bytes: exchanges[0].answer_bytes,
        }));
    }
    eprintln!("each contender records a figure");
    let mut turns: Vec<Vec<Turn>> = contenders.iter().map(|_| Vec::new()).collect();
    for round in 0..=effort.rounds {
        let mut places: Vec<usize> = (0..contenders.len()).collect();
        places.rotate_left(round % contenders.len());
        for place in places {
            let contender = &contenders[place];
            let target = contender.target(Shape::Dashboard);
            let taken = turn(contender, (&target, &questions[place]), postgres, effort).await?;
            eprintln!(
                "round {round} of {}: {}: {:.0}/s",
                effort.rounds, contender.name, taken.per_second
            );
            // The first round warms up.
            if round > 0 {
                turns[place].push(taken);
            }
        }
    }
    all_there(postgres, &subjects, &contenders).await?;
    print(&contenders, &turns);
    Ok(())
}

/// Every figure that was asked for stands in one of the databases: the numbers were given out without a gap, and each answer was good.
async fn all_there(
    postgres: &Postgres,
    subjects: &Subjects,
    contenders: &[Contender],
) -> Result<(), BenchError> {
    let mut connection = postgres.connect().await?;
    let figures: i64 = sqlx::query_scalar("SELECT count(*) FROM observation WHERE period_start >= $1")
        .bind(FIRST_DAY)
        .fetch_one(&mut connection)
        .await?;
    let audited: i64 = sqlx::query_scalar(
        "SELECT (SELECT count(*) FROM plain_audit_event) + (SELECT count(*) FROM audit_event WHERE entity = 'observation')",
    )
    .fetch_one(&mut connection)
    .await?;
    let asked = subjects.next.load(Ordering::Relaxed);
    let on_sqlite = contenders.iter().any(|contender| !contender.on_postgres);
    eprintln!("{asked} figures were asked for; PostgreSQL has {figures} of them, with {audited} audit rows");
    let is_whole = on_sqlite || i64::try_from(asked).is_ok_and(|asked| asked == figures);
    if figures != audited || !is_whole {
        return Err(BenchError::new("figures that were answered are missing"));
    }
    Ok(())
}

fn print(contenders: &[Contender], turns: &[Vec<Turn>]) {
    println!(
        "| | figures/s | × PostGraphile | asked for | p50 ms | p99 ms | server CPU ms | database CPU ms |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|"
    );
    let peer = contenders
        .iter()
        .position(|contender| contender.name == crate::report::PEER);
    for (contender, own) in contenders.iter().zip(turns) {
        let figure = |figure: fn(&Turn) -> f64| median(own.iter().map(figure).collect());
        let times = peer.map(|peer| {
            let pairs = own.iter().zip(&turns[peer]);
            median(
                pairs
                    .map(|(ours, theirs)| ours.per_second / theirs.per_second)
                    .collect(),
            )
        });
        println!(
            "| {} | {:.0} | {} | {} | {:.2} | {:.2} | {:.3} | {:.3} |",
            contender.name,
            figure(|turn| turn.per_second),
            times.map_or("–".to_owned(), |times| format!("{times:.2}")),
            if contender.name == crate::report::PRODUCT {
                format!("≥ {BAR}")
            } else {
                "–".to_owned()
            },
            figure(|turn| turn.p50_ms),
            figure(|turn| turn.p99_ms),
            figure(|turn| turn.server_ms),
            figure(|turn| turn.database_ms),
        );
    }
}
