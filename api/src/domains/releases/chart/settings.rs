//! What an operator may say about charts.

use serde::{Deserialize, Serialize};

use crate::config::{Report, Section};

/// How much a chart shows, and how long it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChartSettings {
    /// Figures of one subject that a chart has at most. Default 60: fifteen years of quarters, which a picture can still show. No more
    /// than `graphql.page_maximum` are.
    pub most_figures: u32,
    /// How long browsers and caches may show a chart without asking again, in seconds. Default 300: releases never change, and the next
    /// one is seen by everybody five minutes later.
    pub cache_seconds: u32,
}

impl Default for ChartSettings {
    fn default() -> Self {
        Self {
            most_figures: 60,
            cache_seconds: 300,
        }
    }
}

impl Section for ChartSettings {
    fn check(&self, report: &mut Report<'_>) {
        report.within("most_figures", self.most_figures, 1, 1_000, "figures");
        report.within("cache_seconds", self.cache_seconds, 0, 86_400, "seconds");
    }
}
