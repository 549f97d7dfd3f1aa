//! What an operator may say about calendars.

use serde::{Deserialize, Serialize};

use crate::config::{Report, Section};

/// How much of the past and the future calendars show, and how many feeds a person may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CalendarSettings {
    /// How far back a calendar goes, in days. Default 90: what people still look up.
    pub past_days: u32,
    /// How far ahead a calendar goes, in days. Default 400: a year of meetings, and a little more.
    pub future_days: u32,
    /// Meetings, or events, that are read at a time. Default 100; no more than `graphql.page_maximum` are.
    pub page_meetings: u32,
    /// Meetings and events that one calendar has at most, the earliest first. Default 1,000.
    pub most_meetings: u32,
    /// How often calendar programs are asked to look again, in minutes. Default 60.
    pub refresh_minutes: u32,
    /// Feeds that one person may have at a time. Default 10.
    pub feeds_per_person: u32,
}

impl Default for CalendarSettings {
    fn default() -> Self {
        Self {
            past_days: 90,
            future_days: 400,
            page_meetings: 100,
            most_meetings: 1_000,
            refresh_minutes: 60,
            feeds_per_person: 10,
        }
    }
}

impl Section for CalendarSettings {
    fn check(&self, report: &mut Report<'_>) {
        report.within("past_days", self.past_days, 0, 3_650, "days");
        report.within("future_days", self.future_days, 1, 3_650, "days");
        report.within("page_meetings", self.page_meetings, 1, 1_000, "meetings");
        report.within("most_meetings", self.most_meetings, 1, 100_000, "meetings");
        report.within("refresh_minutes", self.refresh_minutes, 1, 10_080, "minutes");
        report.within("feeds_per_person", self.feeds_per_person, 1, 1_000, "feeds");
    }
}
