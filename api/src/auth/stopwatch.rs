//! Elapsed time that a change of the wall clock cannot bend.

use std::time::{Duration, Instant};

use crate::clock::Clock;

/// Time since some moment in the past. With the system clock it is monotonic, so that a corrected wall clock neither
/// locks callers out nor lets floods in; with a fixed clock it moves with that clock.
#[derive(Clone, Debug)]
pub(super) struct Stopwatch {
    clock: Clock,
    started: Instant,
}

impl Stopwatch {
    pub(super) fn start(clock: Clock) -> Self {
        Self {
            clock,
            started: Instant::now(),
        }
    }

    pub(super) fn elapsed(&self) -> Duration {
        match &self.clock {
            Clock::System => self.started.elapsed(),
            Clock::Fixed(_) => {
                let micros = u64::try_from(self.clock.now().timestamp_micros()).unwrap_or(0);
                Duration::from_micros(micros)
            }
        }
    }
}

impl governor::clock::Clock for Stopwatch {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.elapsed()
    }
}
