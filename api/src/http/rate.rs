//! How much one caller may ask for in a minute, counted in points of cost.
//!
//! Points flow back evenly (the generic cell rate algorithm), so a caller that used all of a minute's points at once can go
//! on slowly a moment later. The answer to each operation says what it cost and what is left, in `extensions.cost`.

use std::{
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DefaultKeyedStateStore,
};

use super::pipeline::Refused;
use crate::{error::ErrorCode, graphql::document::Rejection};

/// After so many operations, callers whose points are all back are forgotten.
const FORGET_EVERY: u32 = 10_000;

type Limiter = RateLimiter<u64, DefaultKeyedStateStore<u64>, DefaultClock, StateInformationMiddleware>;

/// The points of all callers.
#[derive(Debug)]
pub struct RateLimit {
    limiter: Option<Limiter>,
    clock: DefaultClock,
    taken: AtomicU32,
}

impl RateLimit {
    /// So many points in a minute for each caller; without a limit if 0.
    #[must_use]
    pub fn new(points_per_minute: u32) -> Self {
        let limiter = NonZeroU32::new(points_per_minute)
            .map(|points| RateLimiter::keyed(Quota::per_minute(points)).with_middleware());
        Self {
            limiter,
            clock: DefaultClock::default(),
            taken: AtomicU32::new(0),
        }
    }

    /// Takes an operation's points, at least one, and says how many are left; `None` if there is no limit.
    ///
    /// # Errors
    /// `RATE_LIMITED` with the time after which it would succeed.
    pub fn take(&self, key: u64, cost: u32) -> Result<Option<u32>, Refused> {
        let Some(limiter) = &self.limiter else {
            return Ok(None);
        };
        if self.taken.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            limiter.retain_recent();
        }
        let points = NonZeroU32::new(cost).unwrap_or(NonZeroU32::MIN);
        match limiter.check_key_n(&key, points) {
            Ok(Ok(state)) => Ok(Some(state.remaining_burst_capacity())),
            Ok(Err(wait)) => Err(refuse(cost, wait.wait_time_from(self.clock.now()))),
            // More than a whole minute's points: no waiting helps.
            Err(capacity) => Err(Rejection::new(
                ErrorCode::CostLimitExceeded,
                format!(
                    "The operation costs {cost} points, more than the {} you have in a minute.",
                    capacity.0
                ),
            )
            .into()),
        }
    }
}

fn refuse(cost: u32, wait: Duration) -> Refused {
    let seconds = whole_seconds(wait);
    let message =
        format!("The operation costs {cost} points, more than you have left: try again in {seconds} s.");
    Refused {
        retry_after: Some(Duration::from_secs(seconds)),
        ..Rejection::new(ErrorCode::RateLimited, message).into()
    }
}

/// Rounded up, at least one: what Retry-After can say.
fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs()
        .saturating_add(u64::from(wait.subsec_nanos() > 0))
        .max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_caller_has_points_of_their_own() {
        let limit = RateLimit::new(100);
        assert_eq!(limit.take(1, 60).unwrap(), Some(40));
        let refused = limit.take(1, 60).unwrap_err();
        assert_eq!(refused.rejection.code, ErrorCode::RateLimited);
        let seconds = refused.retry_after.unwrap().as_secs();
        assert!((1..=13).contains(&seconds), "20 points are 12 seconds: {seconds}");
        assert_eq!(limit.take(2, 60).unwrap(), Some(40));
        assert_eq!(
            limit.take(1, 0).unwrap(),
            Some(39),
            "a free operation costs a point"
        );
    }

    #[test]
    fn what_can_never_be_paid_is_not_to_be_retried() {
        let refused = RateLimit::new(10).take(1, 11).unwrap_err();
        assert_eq!(
            (refused.rejection.code, refused.retry_after),
            (ErrorCode::CostLimitExceeded, None)
        );
    }

    #[test]
    fn nought_is_no_limit() {
        assert_eq!(RateLimit::new(0).take(1, u32::MAX).unwrap(), None);
    }
}
