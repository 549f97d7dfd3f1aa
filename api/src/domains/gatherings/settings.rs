//! How large events can be.

use serde::{Deserialize, Serialize};

use crate::config::{Report, Section};

/// Limits of events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EventSettings {
    /// How many people can ask for a place at an event, those who wait among them. Default 10,000.
    pub most_people: u32,
    /// How many organisations can be asked to host an event. Default 50.
    pub most_hosts: u32,
    /// How many outcomes can be noted of an event. Default 100.
    pub most_outcomes: u32,
}

impl Default for EventSettings {
    fn default() -> Self {
        Self {
            most_people: 10_000,
            most_hosts: 50,
            most_outcomes: 100,
        }
    }
}

impl Section for EventSettings {
    fn check(&self, report: &mut Report<'_>) {
        report.within("most_people", self.most_people, 1, 1_000_000, "people");
        report.within("most_hosts", self.most_hosts, 1, 1_000, "hosts");
        report.within("most_outcomes", self.most_outcomes, 1, 1_000, "outcomes");
    }
}
