//! How large meetings may get.

use serde::{Deserialize, Serialize};

use crate::config::{Report, Section};

/// Limits of this area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MeetingSettings {
    /// How many items an agenda can have, with those that members put forward. Default 100.
    pub most_agenda_items: u32,
    /// How many people can be asked to a meeting. Default 1,000.
    pub most_people: u32,
    /// How many meetings a series can make at once. Default 24: two years of monthly meetings.
    pub most_meetings_at_once: u32,
    /// The longest minutes, in characters. Default 50,000.
    pub longest_minutes: u32,
}

impl Default for MeetingSettings {
    fn default() -> Self {
        Self {
            most_agenda_items: 100,
            most_people: 1_000,
            most_meetings_at_once: 24,
            longest_minutes: 50_000,
        }
    }
}

impl Section for MeetingSettings {
    fn check(&self, report: &mut Report<'_>) {
        report.within("most_agenda_items", self.most_agenda_items, 1, 1_000, "items");
        report.within("most_people", self.most_people, 1, 100_000, "people");
        report.within(
            "most_meetings_at_once",
            self.most_meetings_at_once,
            1,
            120,
            "meetings",
        );
        report.within(
            "longest_minutes",
            self.longest_minutes,
            100,
            1_000_000,
            "characters",
        );
    }
}
