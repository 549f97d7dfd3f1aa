//! The figures, as a table for people and as JSON for machines.

use std::fmt::Write as _;

use serde::Serialize;

use crate::dialect::Shape;
use crate::measure::{Effort, Series, Turn, median};
use crate::statements::Statements;

/// The product's name among the contenders.
pub const PRODUCT: &str = "Roundtable";
/// The hand-written server with the viewer's conditions.
const LIMIT: &str = "hand-written";
/// What the product is compared with.
pub const PEER: &str = "PostGraphile";

/// Everything that was measured.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Which program was measured.
    pub program: String,
    /// How long and how often.
    pub effort: Effort,
    /// The turns.
    pub series: Vec<Series>,
    /// The statements.
    pub statements: Vec<Statements>,
    /// Milliseconds from the start of the process to the first answer, on an existing SQLite file.
    pub cold_starts_ms: Vec<f64>,
}

impl Report {
    /// Tables in Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        let mut shapes: Vec<&str> = self.series.iter().map(|series| series.shape).collect();
        shapes.dedup();
        for shape in &shapes {
            self.table(&mut text, shape);
        }
        let _ = writeln!(
            text,
            "Cold start on an existing SQLite file, to the first answer: median {:.0} ms, worst {:.0} ms of {}.\n",
            median(self.cold_starts_ms.clone()),
            self.cold_starts_ms.iter().copied().fold(0.0, f64::max),
            self.cold_starts_ms.len()
        );
        self.bars(&mut text, &shapes);
        self.own_statements(&mut text);
        text
    }

    fn find(&self, contender: &str, shape: &str) -> Option<&Series> {
        self.series
            .iter()
            .find(|series| series.contender == contender && series.shape == shape)
    }

    fn table(&self, text: &mut String, shape: &str) {
        let effort = self.effort;
        let _ = writeln!(
            text,
            "## {shape}: {} connections, {} rounds of {} s\n\n| | requests/s | × {PEER} | × {LIMIT} | p50 ms | p99 ms | server CPU ms | \
             database CPU ms | statements | answer bytes | resident MiB |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
            effort.connections, effort.rounds, effort.seconds
        );
        for series in self.series.iter().filter(|series| series.shape == shape) {
            let ratio = |to: &str| match self.find(to, shape) {
                Some(other) => format!("{:.2}", series.ratio_to(other)),
                None => "–".to_owned(),
            };
            let figure = |figure: fn(&Turn) -> f64| series.median(figure);
            let counted = self
                .statements
                .iter()
                .find(|counted| counted.contender == series.contender && counted.shape == shape);
            let _ = writeln!(
                text,
                "| {} | {:.0} | {} | {} | {:.2} | {:.2} | {:.3} | {:.3} | {} | {:.0} | {:.0} |",
                series.contender,
                figure(|turn| turn.per_second),
                ratio(PEER),
                ratio(LIMIT),
                figure(|turn| turn.p50_ms),
                figure(|turn| turn.p99_ms),
                figure(|turn| turn.server_ms),
                figure(|turn| turn.database_ms),
                counted.map_or("–".to_owned(), |counted| format!("{:.1}", counted.each)),
                figure(|turn| turn.answer_bytes),
                figure(|turn| turn.resident_mib),
            );
        }
        text.push('\n');
    }

    /// The bars that the product is to clear.
    fn bars(&self, text: &mut String, shapes: &[&str]) {
        text.push_str("| bar | measured | asked for | cleared |\n|---|---:|---:|---|\n");
        let mut bar = |what: String, value: f64, limit: f64, at_least: bool| {
            let cleared = if at_least { value >= limit } else { value <= limit };
            let (sign, mark) = (
                if at_least { "≥" } else { "≤" },
                if cleared { "yes" } else { "NO" },
            );
            let _ = writeln!(text, "| {what} | {value:.2} | {sign} {limit:.2} | {mark} |");
        };
        for shape in shapes {
            let Some(product) = self.find(PRODUCT, shape) else {
                continue;
            };
            let known = Shape::ALL.into_iter().find(|known| known.name() == *shape);
            let bars = known.unwrap_or(Shape::Board).bars();
            if let (Some(peer), Some(of_peer)) = (self.find(PEER, shape), bars.of_postgraphile) {
                bar(
                    format!("{shape}: × {PEER}"),
                    product.ratio_to(peer),
                    of_peer,
                    true,
                );
                let (ours, theirs) = (
                    product.median(|turn| turn.p99_ms),
                    peer.median(|turn| turn.p99_ms),
                );
                bar(format!("{shape}: p99 ms, {PEER}'s"), ours, theirs, false);
            }
            if let Some(limit) = self.find(LIMIT, shape) {
                bar(
                    format!("{shape}: × {LIMIT}"),
                    product.ratio_to(limit),
                    bars.of_handwritten,
                    true,
                );
            }
            bar(
                format!("{shape}: resident MiB"),
                product.median(|turn| turn.resident_mib),
                60.0,
                false,
            );
        }
        bar(
            "cold start ms".to_owned(),
            median(self.cold_starts_ms.clone()),
            300.0,
            false,
        );
        text.push('\n');
    }

    fn own_statements(&self, text: &mut String) {
        for counted in self
            .statements
            .iter()
            .filter(|counted| counted.contender == PRODUCT)
        {
            let _ = writeln!(
                text,
                "### What {PRODUCT} asks for a {}\n\n| planning ms | execution ms | rows | statement |\n|---:|---:|---:|---|",
                counted.shape
            );
            for statement in &counted.statements {
                let line: String = statement.query.split_whitespace().collect::<Vec<_>>().join(" ");
                let _ = writeln!(
                    text,
                    "| {:.3} | {:.3} | {:.0} | `{}` |",
                    statement.planning_ms,
                    statement.execution_ms,
                    statement.rows,
                    line.chars().take(160).collect::<String>()
                );
            }
            text.push('\n');
        }
    }
}
