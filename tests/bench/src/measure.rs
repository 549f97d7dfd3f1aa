//! Rounds: every contender has a turn in each, in rotating order, so that the moods of the machine fall on all alike.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use crate::contender::Contender;
use crate::dialect::Shape;
use crate::error::BenchError;
use crate::load::{Questions, Target, drive};
use crate::postgres::Postgres;

/// How long and how often.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Effort {
    /// Connections at once.
    pub connections: usize,
    /// Rounds.
    pub rounds: usize,
    /// Seconds of a turn.
    pub seconds: f64,
    /// Seconds of load before the first round, for each shape.
    pub warm_up_seconds: f64,
}

/// One turn of a contender.
#[derive(Clone, Debug, Serialize)]
pub struct Turn {
    /// Answers a second.
    pub per_second: f64,
    /// Half of the answers came within these milliseconds.
    pub p50_ms: f64,
    /// Of a hundred answers, 99 came within these milliseconds.
    pub p99_ms: f64,
    /// Processor time of the server for an answer, in milliseconds.
    pub server_ms: f64,
    /// Processor time of the database server for an answer, in milliseconds; for SQLite it is part of the server's.
    pub database_ms: f64,
    /// Bytes of an answer, on average.
    pub answer_bytes: f64,
    /// Resident memory after the turn, in MiB.
    pub resident_mib: f64,
}

/// All turns of a contender for one shape.
#[derive(Clone, Debug, Serialize)]
pub struct Series {
    /// The contender.
    pub contender: &'static str,
    /// The shape.
    pub shape: &'static str,
    /// One for each round.
    pub turns: Vec<Turn>,
}

/// Warms all up and runs the rounds.
///
/// # Errors
/// When an answer is wrong.
pub async fn rounds(
    contenders: &[Contender],
    shapes: &[Shape],
    postgres: &Postgres,
    effort: Effort,
) -> Result<Vec<Series>, BenchError> {
    let warm_up = Duration::from_secs_f64(effort.warm_up_seconds);
    for contender in contenders {
        for shape in shapes.iter().copied().filter(|shape| contender.asks(*shape)) {
            drive(
                &contender.target(shape),
                contender.exchanges(shape),
                effort.connections,
                warm_up,
            )
            .await?;
        }
    }
    let asked: Vec<(Shape, &Contender)> = shapes
        .iter()
        .copied()
        .flat_map(|shape| contenders.iter().map(move |contender| (shape, contender)))
        .filter(|(shape, contender)| contender.asks(*shape))
        .collect();
    let mut all: Vec<Series> = asked
        .iter()
        .map(|(shape, contender)| Series {
            contender: contender.name,
            shape: shape.name(),
            turns: Vec::new(),
        })
        .collect();
    for round in 0..effort.rounds {
        for shape in shapes.iter().copied() {
            let mut places: Vec<usize> = (0..asked.len())
                .filter(|place| asked[*place].0 == shape)
                .collect();
            let first = round % places.len();
            places.rotate_left(first);
            for place in places {
                let contender = asked[place].1;
                let asked = (&contender.target(shape), contender.exchanges(shape));
                let turn = turn(contender, asked, postgres, effort).await?;
                eprintln!(
                    "round {} of {}: {}, {}: {:.0}/s",
                    round + 1,
                    effort.rounds,
                    shape.name(),
                    contender.name,
                    turn.per_second
                );
                all[place].turns.push(turn);
            }
        }
    }
    Ok(all)
}

/// A turn of a contender, after a moment of load.
///
/// # Errors
/// When an answer is wrong.
#[expect(clippy::cast_precision_loss, reason = "counts and sizes of a benchmark")]
pub async fn turn<Q: Questions + ?Sized>(
    contender: &Contender,
    (target, questions): (&Target, &Arc<Q>),
    postgres: &Postgres,
    effort: Effort,
) -> Result<Turn, BenchError> {
    // A moment of load first: connections, caches and the clock of the processor come back.
    drive(target, questions, effort.connections, Duration::from_millis(300)).await?;
    let (server, database) = (contender.server.usage(), postgres.usage());
    let load = drive(
        target,
        questions,
        effort.connections,
        Duration::from_secs_f64(effort.seconds),
    )
    .await?;
    let (server_after, database_after) = (contender.server.usage(), postgres.usage());
    let answers = load.answers.max(1) as f64;
    let spent = |seconds: f64| 1_000.0 * seconds / answers;
    Ok(Turn {
        per_second: load.answers as f64 / load.seconds,
        p50_ms: 1_000.0 * load.percentile(0.5),
        p99_ms: 1_000.0 * load.percentile(0.99),
        server_ms: spent(server_after.processor - server.processor),
        database_ms: if contender.on_postgres {
            spent(database_after.processor - database.processor)
        } else {
            0.0
        },
        answer_bytes: load.bytes as f64 / answers,
        resident_mib: server_after.resident as f64 / 1_048_576.0,
    })
}

impl Series {
    /// The median over the rounds of one figure.
    #[must_use]
    pub fn median(&self, figure: impl Fn(&Turn) -> f64) -> f64 {
        median(self.turns.iter().map(figure).collect())
    }

    /// The median of the ratio of requests a second to another's, taken round by round.
    #[must_use]
    pub fn ratio_to(&self, other: &Self) -> f64 {
        let pairs = self.turns.iter().zip(&other.turns);
        median(
            pairs
                .map(|(ours, theirs)| ours.per_second / theirs.per_second)
                .collect(),
        )
    }
}

/// The middle value.
#[must_use]
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => values[middle],
        _ => f64::midpoint(values[middle - 1], values[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_value() {
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median(vec![4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < f64::EPSILON);
        assert!(median(Vec::new()).is_nan());
    }
}
