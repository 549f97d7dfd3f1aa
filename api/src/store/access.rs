//! Whether what is remembered of an account still holds, found out beside what a request reads.
//!
//! Asked by itself, the question costs a statement, as much as many a page. A query need not ask first: its first statement brings
//! the number of changes along, and the answer is given only if that is the number at which the facts were loaded. Until then
//! nothing of it has left the server, so what was taken away is gone at the next request all the same.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use sea_orm::prelude::DateTimeUtc;
use sea_orm::sea_query::Expr;
use sea_orm::{ConnAcquireErr, DbBackend, DbErr, QueryResult, Statement};

use super::{AccountFact, AccountKey, Found, Store, StoreError, row};

/// The number that grows whenever something changes that decides what an account may reach.
const VERSION: &str = "SELECT version FROM access_version WHERE name = 'accounts'";

/// How many such changes there had been when something was loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessVersion(pub(super) i64);

impl AccessVersion {
    /// The number now, as a column of a statement.
    pub(crate) fn column() -> Expr {
        Expr::cust(format!("({VERSION})"))
    }

    /// Asks for the number now.
    pub(super) fn question(backend: DbBackend) -> Statement {
        Statement::from_string(backend, VERSION)
    }

    /// The number that was found.
    pub(super) fn found(answer: Option<QueryResult>) -> Option<Self> {
        let number = row::big_integer(&answer?, 0).ok().flatten();
        number.map(Self)
    }
}

/// What is remembered of an account, and of when it is.
#[derive(Clone, Debug)]
pub struct RecalledFacts {
    /// The facts.
    pub facts: Arc<[AccountFact]>,
    /// What they rely on.
    pub version: AccessVersion,
}

impl Store {
    /// What is remembered of an account. It may hold no longer: a request finds out by its first statement.
    #[must_use]
    pub fn recalled_facts(&self, key: &AccountKey, now: DateTimeUtc) -> Option<RecalledFacts> {
        let remembered = self.remembered.get(key, now)?;
        Some(RecalledFacts {
            facts: remembered.facts,
            version: AccessVersion(remembered.version),
        })
    }

    /// How many facts about accounts are remembered at most.
    #[must_use]
    pub fn room_for_account_facts(&self) -> u64 {
        self.remembered.room()
    }

    /// Whether nothing has changed since a number of changes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn still_holds(&self, version: AccessVersion) -> Result<bool, StoreError> {
        let checked = self
            .version_checks
            .after_now(|| access_version(self.clone()))
            .await;
        Ok(checked? == Some(version.0))
    }
}

async fn access_version(store: Store) -> Result<Option<i64>, DbErr> {
    let question = AccessVersion::question(store.backend());
    let now = AccessVersion::found(store.readers.one(question).await?);
    Ok(now.map(|now| now.0))
}

/// What the reads of one request have found out about the version on which they rely.
#[derive(Clone, Debug)]
pub(super) struct AccessProof {
    pub(super) relies_on: AccessVersion,
    found: Arc<AtomicU8>,
}

/// Nobody has asked yet.
const UNASKED: u8 = 0;
/// A statement asks.
const ASKED: u8 = 1;
const HOLDS: u8 = 2;
const CHANGED: u8 = 3;
const UNAVAILABLE: u8 = 4;

impl AccessProof {
    pub(super) fn of(relies_on: AccessVersion) -> Self {
        Self {
            relies_on,
            found: Arc::new(AtomicU8::new(UNASKED)),
        }
    }

    /// Whether the caller's statement is the one to ask: just the first.
    pub(super) fn is_to_ask(&self) -> bool {
        self.found
            .compare_exchange(UNASKED, ASKED, Ordering::AcqRel, Ordering::Acquire)
            .is_ok()
    }

    /// Takes in what that statement found, if it found a row, or that the database was away: to ask it again would only crowd it.
    pub(super) fn learn(&self, found: Result<&[Found], &StoreError>, column: usize) {
        let answer = match found.map(<[Found]>::first) {
            Ok(Some(found)) => match row::big_integer(found, column) {
                Ok(now) if now == Some(self.relies_on.0) => HOLDS,
                _ => CHANGED,
            },
            Err(StoreError::Unavailable(_)) => UNAVAILABLE,
            Ok(None) | Err(_) => return,
        };
        self.found.store(answer, Ordering::Release);
    }

    /// What was found; nothing where no statement could tell.
    pub(super) fn answer(&self) -> Option<Result<bool, StoreError>> {
        match self.found.load(Ordering::Acquire) {
            HOLDS => Some(Ok(true)),
            CHANGED => Some(Ok(false)),
            UNAVAILABLE => {
                let away = DbErr::ConnectionAcquire(ConnAcquireErr::Timeout);
                Some(Err(StoreError::Unavailable(away)))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_statement_asks_and_no_row_is_no_answer() {
        let proof = AccessProof::of(AccessVersion(7));
        assert!(proof.is_to_ask());
        assert!(!proof.clone().is_to_ask(), "one asks for all");
        proof.learn(Ok(&[]), 0);
        proof.learn(Err(&StoreError::Failed(DbErr::Custom("broken".to_owned()))), 0);
        assert!(proof.answer().is_none());
    }

    #[test]
    fn a_database_that_is_away_is_not_asked_again() {
        let proof = AccessProof::of(AccessVersion(7));
        let away = StoreError::Unavailable(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout));
        proof.learn(Err(&away), 0);
        assert!(matches!(proof.answer(), Some(Err(StoreError::Unavailable(_)))));
    }
}
