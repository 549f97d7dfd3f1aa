//! When things happened in the demonstration world.
//!
//! Everything is counted in days from one visit: somebody watched a meeting of the Team-Up Board on 3 April. It is the last
//! 3 April that is long enough ago for what followed, so that the world is never years behind its visitors.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};

/// Days that pass in the world after the visit. All of them are over when it is loaded.
pub(super) const DAYS_AFTER_THE_VISIT: u64 = 150;
/// The hour at which the steps of a day begin, UTC.
const MORNING: TimeDelta = TimeDelta::hours(9);
/// The time between two steps of a day.
const BETWEEN_STEPS: TimeDelta = TimeDelta::seconds(30);

/// The days of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Calendar {
    visit: NaiveDate,
}

impl Calendar {
    /// The calendar of a world that is loaded at an instant.
    pub fn before(now: DateTime<Utc>) -> Self {
        let latest = now.date_naive() - Days::new(DAYS_AFTER_THE_VISIT + 1);
        let third_of_april = |year| NaiveDate::from_ymd_opt(year, 4, 3);
        let visit = third_of_april(latest.year())
            .filter(|day| *day <= latest)
            .or_else(|| third_of_april(latest.year() - 1))
            .unwrap_or(latest);
        Self { visit }
    }

    /// The calendar with a day of the visit that was kept, as `2026-04-03`.
    pub fn read(visit: &str) -> Option<Self> {
        visit.parse().ok().map(|visit| Self { visit })
    }

    /// The day of the visit, as [`Calendar::read`] reads it.
    pub fn visit(self) -> String {
        self.visit.to_string()
    }

    /// A day, counted from the visit.
    pub fn day(self, days: i64) -> NaiveDate {
        self.visit
            .checked_add_signed(TimeDelta::days(days))
            .unwrap_or(self.visit)
    }

    /// The instant of a step: the `step`th of a day.
    pub fn instant(self, days: i64, step: i32) -> DateTime<Utc> {
        self.day(days).and_time(chrono::NaiveTime::MIN).and_utc() + MORNING + BETWEEN_STEPS * step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(now: &str) -> String {
        Calendar::before(now.parse().unwrap()).visit()
    }

    #[test]
    fn the_world_is_over_when_it_is_loaded_and_never_years_behind() {
        assert_eq!(visit("2026-11-22T00:00:00Z"), "2026-04-03");
        assert_eq!(visit("2026-09-01T00:00:00Z"), "2026-04-03");
        assert_eq!(visit("2026-08-31T23:59:59Z"), "2025-04-03");
        assert_eq!(visit("2027-01-01T00:00:00Z"), "2026-04-03");
        assert_eq!(visit("2028-02-29T12:00:00Z"), "2027-04-03");
    }

    #[test]
    fn a_calendar_is_read_as_it_was_kept() {
        let calendar = Calendar::before("2026-11-22T00:00:00Z".parse().unwrap());
        assert_eq!(Calendar::read(&calendar.visit()), Some(calendar));
        assert_eq!(calendar.day(-3).to_string(), "2026-03-31");
        assert_eq!(calendar.instant(0, 2).to_rfc3339(), "2026-04-03T09:01:00+00:00");
    }
}
