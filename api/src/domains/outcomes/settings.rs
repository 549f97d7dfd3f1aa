//! How much can be written about outcomes, and how many figures come in at once.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::config::{Report, Section};
use crate::graphql::Limits;

/// Limits of this area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OutcomeSettings {
    /// The longest statement, descriptor, definition and reason, in characters. Default 5,000.
    pub longest_text: u32,
    /// How many outcomes a framework can have. Default 200.
    pub most_outcomes: u32,
    /// How many indicators a framework can have. Default 500.
    pub most_indicators: u32,
    /// How many figures can be recorded in one request. Default 1,000, which a request of 256 KiB holds when their periods and
    /// subjects are named and little else.
    pub most_rows: u32,
    /// How many figures that one account records one at a time, in requests of the same moment, are written together at most; with 1,
    /// each by itself. Default 50.
    pub most_recorded_together: u32,
    /// For how many milliseconds as many such requests are waited for as were written together last, when these are written and fewer
    /// have come. Who sends one at a time waits for nobody. Default 8.
    pub gathering_milliseconds: u32,
    /// For how many seconds figures written together may be under way, and on their way to the disk, before the account's next ones go on
    /// without them: so long a database has said nothing that will hardly say anything more. Default 30.
    pub recording_seconds: u32,
    /// How many figures, or totals of figures, one question is about: a series, a ranking, the gaps between groups. Default 2,000.
    pub most_figures: u32,
    /// How many figures a release can have. Default 50,000, which takes some seconds: nobody else writes meanwhile.
    pub most_published: u32,
    /// For how many days a provider can comment on what peer reviewers say about its service. Default 28.
    pub provider_comment_days: u32,
    /// How many reviewers a monitoring visit can have. Default 20.
    pub most_reviewers: u32,
}

impl Default for OutcomeSettings {
    fn default() -> Self {
        Self {
            longest_text: 5_000,
            most_outcomes: 200,
            most_indicators: 500,
            most_rows: 1_000,
            most_recorded_together: 50,
            gathering_milliseconds: 8,
            recording_seconds: 30,
            most_figures: 2_000,
            most_published: 50_000,
            provider_comment_days: 28,
            most_reviewers: 20,
        }
    }
}

impl Section for OutcomeSettings {
    fn check(&self, report: &mut Report<'_>) {
        report.within("longest_text", self.longest_text, 100, 100_000, "characters");
        report.within("most_outcomes", self.most_outcomes, 1, 10_000, "outcomes");
        report.within("most_indicators", self.most_indicators, 1, 10_000, "indicators");
        report.within("most_rows", self.most_rows, 1, 10_000, "figures");
        let together = self.most_recorded_together;
        report.within("most_recorded_together", together, 1, 1_000, "figures");
        let gathering = self.gathering_milliseconds;
        report.within("gathering_milliseconds", gathering, 0, 1_000, "milliseconds");
        report.within("recording_seconds", self.recording_seconds, 1, 3_600, "seconds");
        report.within("most_figures", self.most_figures, 1, 100_000, "figures");
        report.within("most_published", self.most_published, 1, 1_000_000, "figures");
        report.within(
            "provider_comment_days",
            self.provider_comment_days,
            1,
            365,
            "days",
        );
        report.within("most_reviewers", self.most_reviewers, 1, 1_000, "reviewers");
    }
}

impl OutcomeSettings {
    /// How figures that are recorded one at a time are gathered.
    pub(in crate::domains) fn gathering(&self) -> Limits {
        Limits {
            most: count(self.most_recorded_together),
            patience: Duration::from_millis(self.gathering_milliseconds.into()),
            longest: Duration::from_secs(self.recording_seconds.into()),
        }
    }

    /// The longest text, in characters.
    pub(in crate::domains) fn text(&self) -> usize {
        count(self.longest_text)
    }
}

/// A setting that counts something.
pub(in crate::domains) fn count(setting: u32) -> usize {
    usize::try_from(setting).unwrap_or(usize::MAX)
}
