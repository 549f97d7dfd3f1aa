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
    /// How many rows of a partner's file are written in one transaction. Default 1,000, at most 2,000: what a stop loses at most. Nobody else
    /// writes to SQLite meanwhile.
    pub partner_rows_at_once: u32,
    /// How long an import is gone on with before it is the turn of another organisation, in seconds, and of other work that falls due.
    /// Default 10; with 0 it is their turn after each transaction.
    pub partner_turn_seconds: u32,
    /// How often in a row going on with an import may fail for a reason of the server's before it is ended. Default 5.
    pub partner_attempts: u32,
    /// How many imports of one organisation may wait or be under way. Default 5.
    pub partner_imports: u32,
    /// How many rows a partner's file may have. Default 2,000,000, which take some 70 MiB of memory: a row that comes twice is known by
    /// sixteen bytes.
    pub partner_rows: u32,
    /// How many rows of a partner's file may be refused before the import is ended. Default 20,000: each refusal is kept.
    pub most_refused: u32,
    /// How long a partner's file may be when it is unpacked, in bytes. Default 1,073,741,824 (1 GiB).
    pub unpacked_bytes: u64,
}

impl Default for ImportSettings {
    fn default() -> Self {
        Self {
            rows_at_once: 2_000,
            open_observations: u32::try_from(WINDOW).unwrap_or(20_000),
            partner_rows_at_once: 1_000,
            partner_turn_seconds: 10,
            partner_attempts: 5,
            partner_imports: 5,
            partner_rows: 2_000_000,
            most_refused: 20_000,
            unpacked_bytes: 1024 * 1024 * 1024,
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
        report.within(
            "partner_rows_at_once",
            self.partner_rows_at_once,
            1,
            2_000,
            "rows",
        );
        report.within(
            "partner_turn_seconds",
            self.partner_turn_seconds,
            0,
            600,
            "seconds",
        );
        report.within("partner_attempts", self.partner_attempts, 1, 1_000, "attempts");
        report.within("partner_imports", self.partner_imports, 1, 1_000, "imports");
        report.within("partner_rows", self.partner_rows, 1, 1_000_000_000, "rows");
        report.within("most_refused", self.most_refused, 1, 1_000_000, "rows");
        report.within("unpacked_bytes", self.unpacked_bytes, 1, 1 << 50, "bytes");
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
