//! What was loaded about accounts, kept until it no longer holds.
//!
//! Nothing is taken on trust: each request asks the database for one number, beside its first rows or before it changes anything
//! ([`access`](super::access)), which its triggers raise in the very transaction
//! that changes a grant, a seat, a partnership or an agreement (`access_version`). If the number has grown since the facts were
//! loaded, they are loaded anew. So what is taken away is gone at the next request, on every node, whoever changed it. Facts
//! that begin or end by the clock hold no longer than to the first such instant, and never past the day.

use std::sync::Arc;

use moka::sync::Cache;
use sea_orm::prelude::DateTimeUtc;

use super::{AccountFact, AccountKey};

/// The facts of accounts that asked lately.
#[derive(Clone, Debug)]
pub(super) struct RememberedAccounts(Option<Cache<AccountKey, Remembered>>);

/// The facts of one account, and how long they hold.
#[derive(Clone, Debug)]
pub(super) struct Remembered {
    pub(super) facts: Arc<[AccountFact]>,
    /// The number of changes there had been when they were loaded.
    pub(super) version: i64,
    loaded_at: DateTimeUtc,
    until: Option<DateTimeUtc>,
}

/// Facts fresh from the database.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) facts: Vec<AccountFact>,
    /// The number of changes at the instant of loading; none where the database does not count.
    pub(super) version: Option<i64>,
    until: Option<DateTimeUtc>,
}

impl Loaded {
    /// One of the facts begins or ends at an instant.
    pub(super) fn hold_until(&mut self, at: DateTimeUtc) {
        self.until = Some(self.until.map_or(at, |earlier| earlier.min(at)));
    }
}

impl RememberedAccounts {
    /// Room for so many facts in all; with none, every request loads its own.
    pub(super) fn new(facts: u64) -> Self {
        let cache = Cache::builder()
            .max_capacity(facts)
            .weigher(|_, remembered: &Remembered| u32::try_from(remembered.facts.len()).unwrap_or(u32::MAX));
        Self((facts > 0).then(|| cache.build()))
    }

    /// How many facts there is room for.
    pub(super) fn room(&self) -> u64 {
        let room = self.0.as_ref().and_then(|cache| cache.policy().max_capacity());
        room.unwrap_or_default()
    }

    /// What is remembered of an account, if the clock has not run past it.
    pub(super) fn get(&self, key: &AccountKey, now: DateTimeUtc) -> Option<Remembered> {
        let remembered = self.0.as_ref()?.get(key)?;
        remembered.holds_at(now).then_some(remembered)
    }

    /// Remembers what was loaded. Who is unknown is not remembered, nor any longer who they were: strangers are without number, and an
    /// account that was stopped is no reason to read anything for it.
    pub(super) fn keep(&self, key: &AccountKey, loaded: Loaded, now: DateTimeUtc) -> Arc<[AccountFact]> {
        let facts: Arc<[AccountFact]> = loaded.facts.into();
        let Some(cache) = &self.0 else {
            return facts;
        };
        if facts.is_empty() {
            cache.invalidate(key);
        } else if let Some(version) = loaded.version {
            let remembered = Remembered {
                facts: facts.clone(),
                version,
                loaded_at: now,
                until: loaded.until,
            };
            cache.insert(key.clone(), remembered);
        }
        facts
    }
}

impl Remembered {
    fn holds_at(&self, now: DateTimeUtc) -> bool {
        now >= self.loaded_at
            && now.date_naive() == self.loaded_at.date_naive()
            && self.until.is_none_or(|until| now < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::FactKind;

    fn at(instant: &str) -> DateTimeUtc {
        instant.parse().unwrap()
    }

    fn key(client_id: &str) -> AccountKey {
        AccountKey::Service {
            client_id: client_id.to_owned(),
        }
    }

    fn loaded(until: Option<&str>) -> Loaded {
        let mut loaded = Loaded {
            facts: vec![AccountFact {
                kind: FactKind::Account,
                name: String::new(),
                first: None,
                second: None,
                third: None,
            }],
            version: Some(7),
            until: None,
        };
        if let Some(until) = until {
            loaded.hold_until(at("2026-12-31T00:00:00Z"));
            loaded.hold_until(at(until));
        }
        loaded
    }

    #[test]
    fn facts_hold_for_the_day_and_to_the_first_instant_at_which_one_changes() {
        let accounts = RememberedAccounts::new(100);
        accounts.keep(&key("a"), loaded(None), at("2026-11-02T09:00:00Z"));
        accounts.keep(
            &key("b"),
            loaded(Some("2026-11-02T12:00:00Z")),
            at("2026-11-02T09:00:00Z"),
        );
        let held = |name: &str, now: &str| accounts.get(&key(name), at(now)).is_some();
        assert!(held("a", "2026-11-02T23:59:59Z"));
        assert!(
            !held("a", "2026-11-03T00:00:00Z"),
            "agreements begin and end with the day"
        );
        assert!(!held("a", "2026-11-02T08:59:59Z"), "nobody knows what was before");
        assert!(held("b", "2026-11-02T11:59:59Z"));
        assert!(!held("b", "2026-11-02T12:00:00Z"));
    }

    #[test]
    fn strangers_are_not_remembered_and_without_room_nobody_is() {
        let now = at("2026-11-02T09:00:00Z");
        let accounts = RememberedAccounts::new(100);
        accounts.keep(&key("a"), Loaded::default(), now);
        assert!(accounts.get(&key("a"), now).is_none());
        accounts.keep(&key("a"), loaded(None), now);
        assert!(accounts.get(&key("a"), now).is_some());
        accounts.keep(&key("a"), Loaded::default(), now);
        assert!(accounts.get(&key("a"), now).is_none(), "nor who was stopped");
        let none = RememberedAccounts::new(0);
        none.keep(&key("a"), loaded(None), now);
        assert!(none.get(&key("a"), now).is_none());
    }
}
