//! How long organisations have to answer, and how much can be written.

use serde::{Deserialize, Serialize};

use crate::config::{Report, Section};

/// Limits of this area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FeedbackSettings {
    /// Days within which feedback is to be acknowledged. Default 3, as complaints to the NHS and to councils are in England.
    pub acknowledge_within_days: u32,
    /// The longest feedback, in characters. Default 20,000.
    pub longest_text: u32,
    /// The longest anonymised story, and the longest text of a "you said, we did", in characters. Default 5,000.
    pub longest_story: u32,
    /// How many sources a "you said, we did" can name. Default 50.
    pub most_sources: u32,
}

impl Default for FeedbackSettings {
    fn default() -> Self {
        Self {
            acknowledge_within_days: 3,
            longest_text: 20_000,
            longest_story: 5_000,
            most_sources: 50,
        }
    }
}

impl Section for FeedbackSettings {
    fn check(&self, report: &mut Report<'_>) {
        report.within(
            "acknowledge_within_days",
            self.acknowledge_within_days,
            1,
            365,
            "days",
        );
        report.within("longest_text", self.longest_text, 100, 100_000, "characters");
        report.within("longest_story", self.longest_story, 100, 100_000, "characters");
        report.within("most_sources", self.most_sources, 1, 1_000, "sources");
    }
}

/// A setting that counts characters.
pub(super) fn characters(setting: u32) -> usize {
    usize::try_from(setting).unwrap_or(usize::MAX)
}
