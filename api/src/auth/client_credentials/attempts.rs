//! How often the token endpoint may be asked.

use std::{
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use governor::{
    NotUntil, Quota, RateLimiter,
    clock::Clock as _,
    middleware::NoOpMiddleware,
    state::{InMemoryState, NotKeyed, keyed::DashMapStateStore},
};

use super::response::Refusal;
use crate::{
    auth::{settings::ClientCredentialsSettings, stopwatch::Stopwatch},
    clock::Clock,
};

/// After how many attempts client ids that have not asked lately are forgotten.
const ATTEMPTS_BETWEEN_CLEANUPS: u32 = 1_024;

type Middleware = NoOpMiddleware<std::time::Duration>;

/// Limits attempts per client id and in total, on each node. The secrets cannot be guessed anyway; the limits protect
/// the database, and other clients from one that asks in a loop.
pub(super) struct Attempts {
    of_client: RateLimiter<String, DashMapStateStore<String>, Stopwatch, Middleware>,
    of_all: RateLimiter<NotKeyed, InMemoryState, Stopwatch, Middleware>,
    stopwatch: Stopwatch,
    counted: AtomicU32,
}

impl Attempts {
    pub(super) fn new(settings: &ClientCredentialsSettings, clock: Clock) -> Self {
        let stopwatch = Stopwatch::start(clock);
        let quota = |per_minute| Quota::per_minute(NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN));
        let of_client = quota(settings.attempts_per_client_per_minute);
        Self {
            of_client: RateLimiter::dashmap_with_clock(of_client, stopwatch.clone()),
            of_all: RateLimiter::direct_with_clock(quota(settings.attempts_per_minute), stopwatch.clone()),
            stopwatch,
            counted: AtomicU32::new(0),
        }
    }

    /// Counts an attempt, first against the client's own limit: a client in a loop does not use up what is for all.
    ///
    /// # Errors
    /// Too many attempts; the refusal says when to try again.
    pub(super) fn admit(&self, client_id: &str) -> Result<(), Refusal> {
        if self
            .counted
            .fetch_add(1, Ordering::Relaxed)
            .is_multiple_of(ATTEMPTS_BETWEEN_CLEANUPS)
        {
            self.of_client.retain_recent();
        }
        self.of_client
            .check_key(&client_id.to_owned())
            .map_err(|until| self.refuse(&until))?;
        self.of_all.check().map_err(|until| self.refuse(&until))
    }

    fn refuse(&self, until: &NotUntil<std::time::Duration>) -> Refusal {
        Refusal::too_many_attempts(until.wait_time_from(self.stopwatch.now()))
    }
}
