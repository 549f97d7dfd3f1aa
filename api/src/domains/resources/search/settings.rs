//! How much can be asked of texts.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::config::{Report, Section};

/// Limits of searching and comparing texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TextSettings {
    /// The longest search, in characters. Default 200.
    pub longest_search: u32,
    /// How many words a search can have. Default 16.
    pub most_search_words: u32,
    /// How long the passage of a text is that a search shows, in characters. Default 240.
    pub passage_characters: u32,
    /// How long two texts are compared word by word, in milliseconds; what is left then counts as replaced. Default 200.
    pub compare_milliseconds: u32,
}

impl Default for TextSettings {
    fn default() -> Self {
        Self {
            longest_search: 200,
            most_search_words: 16,
            passage_characters: 240,
            compare_milliseconds: 200,
        }
    }
}

impl TextSettings {
    /// How long two texts are compared.
    #[must_use]
    pub fn compare_for(&self) -> Duration {
        Duration::from_millis(self.compare_milliseconds.into())
    }
}

impl Section for TextSettings {
    fn check(&self, report: &mut Report<'_>) {
        report.within("longest_search", self.longest_search, 20, 2_000, "characters");
        report.within("most_search_words", self.most_search_words, 1, 100, "words");
        report.within(
            "passage_characters",
            self.passage_characters,
            40,
            2_000,
            "characters",
        );
        report.within(
            "compare_milliseconds",
            self.compare_milliseconds,
            10,
            5_000,
            "milliseconds",
        );
    }
}
