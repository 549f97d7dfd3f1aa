//! How much of a file is held and written at once.

use serde::{Deserialize, Serialize};

use super::pivot::WINDOW;
use crate::config::{Report, Section};

/// Limits of this area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ImportSettings {
    /// How many observations and faults are written in one transaction. Default 2,000: what a stop loses at most.
    pub rows_at_once: u32,
    /// How many observations are held until all their rows have come. Default 20,000, which takes some 20 MiB.
    pub open_observations: u32,
}

impl Default for ImportSettings {
    fn default() -> Self {
        Self {
            rows_at_once: 2_000,
            open_observations: u32::try_from(WINDOW).unwrap_or(20_000),
        }
    }
}

impl Section for ImportSettings {
    fn check(&self, report: &mut Report<'_>) {
        report.within("rows_at_once", self.rows_at_once, 1, 50_000, "rows");
        report.within(
            "open_observations",
            self.open_observations,
            1,
            1_000_000,
            "observations",
        );
    }
}

impl ImportSettings {
    /// How many observations are held.
    pub(super) fn window(&self) -> usize {
        usize::try_from(self.open_observations).unwrap_or(WINDOW)
    }

    /// How many are written at once.
    pub(in crate::domains::imports) fn chunk(&self) -> usize {
        usize::try_from(self.rows_at_once).unwrap_or(1)
    }
}
