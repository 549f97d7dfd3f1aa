//! Whether what is remembered of accounts still holds: one question for all who came while the one before was under way.
//!
//! Every request must learn the number of changes as it is after the request came. Two requests that both wait may learn it
//! from one statement that begins after either came; so under load there are far fewer statements than requests, and nobody
//! relies on an answer that is older than their question.

use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use sea_orm::DbErr;
use tokio::sync::Mutex as Turn;

/// The number of changes; none when the database does not know it.
type Version = Result<Option<i64>, DbErr>;
type Check = Shared<BoxFuture<'static, Version>>;

/// The checks of one store. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct VersionChecks {
    /// The check that has not begun yet, which whoever comes now may join.
    next: Arc<Mutex<Option<Check>>>,
    /// Held by the check that is under way.
    turn: Arc<Turn<()>>,
}

impl VersionChecks {
    /// The number as it is now or later: `ask` begins after this call, unless another caller's does in its place.
    pub(super) fn after_now<F>(&self, ask: impl FnOnce() -> F) -> Check
    where
        F: Future<Output = Version> + Send + 'static,
    {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(check) = next.as_ref() {
            return check.clone();
        }
        let (begins, turn, asked) = (self.next.clone(), self.turn.clone(), ask());
        let check = async move {
            let _turn = turn.lock().await;
            begins.lock().unwrap_or_else(PoisonError::into_inner).take();
            asked.await
        };
        next.insert(check.boxed().shared()).clone()
    }
}

impl fmt::Debug for VersionChecks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("VersionChecks").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use futures_util::future::join_all;
    use tokio::sync::Notify;

    use super::*;

    /// A database whose number is raised by the tests, and which answers when it is let.
    #[derive(Clone, Default)]
    struct Database {
        number: Arc<AtomicI64>,
        statements: Arc<AtomicI64>,
        answer: Arc<Notify>,
    }

    impl Database {
        fn ask(&self) -> impl Future<Output = Version> + Send + 'static {
            let database = self.clone();
            async move {
                database.statements.fetch_add(1, Ordering::SeqCst);
                let seen = database.number.load(Ordering::SeqCst);
                database.answer.notified().await;
                Ok(Some(seen))
            }
        }
    }

    #[tokio::test]
    async fn who_comes_while_a_check_is_under_way_waits_for_the_next_and_shares_it() {
        let (checks, database) = (VersionChecks::default(), Database::default());
        let mut first = checks.after_now(|| database.ask());
        assert!((&mut first).now_or_never().is_none(), "it is under way");
        database.number.store(1, Ordering::SeqCst);
        let later: Vec<Check> = (0..9).map(|_| checks.after_now(|| database.ask())).collect();
        let (notify, all) = (database.answer.clone(), join_all(later));
        let release = async {
            notify.notify_one();
            assert_eq!(first.await, Ok(Some(0)));
            notify.notify_one();
        };
        let (seen, ()) = tokio::join!(all, release);
        assert_eq!(
            seen,
            vec![Ok(Some(1)); 9],
            "nobody is told what was before they came"
        );
        assert_eq!(database.statements.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn who_goes_away_takes_nobody_with_them() {
        let (checks, database) = (VersionChecks::default(), Database::default());
        let mut gone = checks.after_now(|| database.ask());
        assert!((&mut gone).now_or_never().is_none());
        let mut waiting = checks.after_now(|| database.ask());
        assert!((&mut waiting).now_or_never().is_none());
        drop(gone);
        database.answer.notify_one();
        assert_eq!(waiting.await, Ok(Some(0)));
        database.answer.notify_one();
        assert_eq!(checks.after_now(|| database.ask()).await, Ok(Some(0)));
    }
}
