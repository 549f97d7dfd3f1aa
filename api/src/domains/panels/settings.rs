//! How much can be written about training, vacancies and interview panels.

use serde::{Deserialize, Serialize};

use crate::config::{Report, Section};

/// Limits of this area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PanelSettings {
    /// How many questions a panel can ask. Default 50.
    pub most_questions: u32,
    /// The longest text of a question, in characters. Default 2,000.
    pub longest_question: u32,
    /// The longest statement of an application, in characters. Default 20,000.
    pub longest_statement: u32,
    /// The longest text in which an applicant says how to reach them, in characters. Default 500.
    pub longest_contact: u32,
}

impl Default for PanelSettings {
    fn default() -> Self {
        Self {
            most_questions: 50,
            longest_question: 2_000,
            longest_statement: 20_000,
            longest_contact: 500,
        }
    }
}

impl Section for PanelSettings {
    fn check(&self, report: &mut Report<'_>) {
        report.within("most_questions", self.most_questions, 1, 500, "questions");
        let texts = [
            ("longest_question", self.longest_question),
            ("longest_statement", self.longest_statement),
            ("longest_contact", self.longest_contact),
        ];
        for (setting, longest) in texts {
            report.within(setting, longest, 100, 100_000, "characters");
        }
    }
}

/// A setting that counts characters.
pub(super) fn characters(setting: u32) -> usize {
    usize::try_from(setting).unwrap_or(usize::MAX)
}
