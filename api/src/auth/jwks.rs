//! The keys of one remote issuer, kept fresh.
//!
//! A background task fetches them at a steady pace. A token with an unknown key may hurry that along, but only once per
//! minimum interval and for everybody together: whoever sends made-up key ids drives no traffic to the issuer.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{
    background::BackgroundTasks,
    discovery::KeyFetcher,
    error::{AuthSetupError, TokenError},
    keys::{KeySet, SignatureCheck},
    settings::{JwksSettings, TrustedIssuer},
    stopwatch::Stopwatch,
    token::UnverifiedToken,
};

/// Keys of a remote issuer and the one place that fetches them.
pub(super) struct RemoteKeys {
    issuer: String,
    fetcher: KeyFetcher,
    stopwatch: Stopwatch,
    settings: JwksSettings,
    tasks: BackgroundTasks,
    published: watch::Sender<Published>,
    flight: Mutex<Flight>,
}

/// The keys in use.
#[derive(Clone, Default)]
struct Published {
    keys: Arc<KeySet>,
    /// Grows whenever the keys change.
    version: u64,
    /// When a fetch last succeeded.
    fetched_at: Option<Duration>,
    last_fetch_failed: bool,
}

/// Whether a fetch is under way, and when the last one began.
#[derive(Default)]
struct Flight {
    began_at: Option<Duration>,
    landed: Option<CancellationToken>,
}

impl RemoteKeys {
    /// # Errors
    /// The issuer's settings are not usable.
    pub(super) fn new(
        trusted: &TrustedIssuer,
        settings: &JwksSettings,
        stopwatch: Stopwatch,
        tasks: &BackgroundTasks,
    ) -> Result<Self, AuthSetupError> {
        Ok(Self {
            issuer: trusted.issuer.clone(),
            fetcher: KeyFetcher::new(trusted, settings)?,
            stopwatch,
            settings: settings.clone(),
            tasks: tasks.clone(),
            published: watch::Sender::default(),
            flight: Mutex::default(),
        })
    }

    /// Which edition of the keys is in use; `None` when there are none to believe.
    pub(super) fn version(&self) -> Option<u64> {
        self.believed().map(|published| published.version)
    }

    /// Checks a signature, fetching newer keys first if the token names a key that is not known.
    ///
    /// # Returns
    /// The version of the keys that verified it.
    ///
    /// # Errors
    /// Bad signature, unknown key, or no keys to be had.
    pub(super) async fn check(self: &Arc<Self>, token: &UnverifiedToken<'_>) -> Result<u64, TokenError> {
        for may_fetch in [true, false] {
            let check = self.believed().map(|published| {
                let id = token.key_id.as_deref();
                let check = published
                    .keys
                    .check(id, token.algorithm, token.message, token.signature);
                (check, published)
            });
            match check {
                Some((SignatureCheck::Valid, published)) => return Ok(published.version),
                Some((SignatureCheck::Invalid, _)) => return Err(TokenError::InvalidSignature),
                Some((SignatureCheck::UnknownKey, published))
                    if !may_fetch && !published.last_fetch_failed =>
                {
                    return Err(TokenError::UnknownKey);
                }
                _ if may_fetch => self.refresh(Hurry::WithinMinimumInterval).await,
                _ => {}
            }
        }
        Err(TokenError::IssuerUnavailable)
    }

    fn believed(&self) -> Option<Published> {
        let published = self.published.borrow().clone();
        let longest_age = Duration::from_secs(self.settings.longest_key_age_seconds.into());
        let age = self.stopwatch.elapsed().saturating_sub(published.fetched_at?);
        (age <= longest_age).then_some(published)
    }

    /// Waits for newer keys: joins the fetch under way, or begins one unless the last began too recently.
    ///
    /// The fetch runs in a task of its own, so that a caller who goes away does not take it from the others.
    pub(super) async fn refresh(self: &Arc<Self>, hurry: Hurry) {
        let landed = {
            let mut flight = self.flight();
            let under_way = flight.landed.clone().filter(|landed| !landed.is_cancelled());
            match under_way {
                Some(landed) => Some(landed),
                None if hurry == Hurry::WithinMinimumInterval && self.is_too_soon(&flight) => None,
                None => Some(self.take_off(&mut flight)),
            }
        };
        if let Some(landed) = landed {
            landed.cancelled().await;
        }
    }

    fn is_too_soon(&self, flight: &Flight) -> bool {
        let minimum = Duration::from_secs(self.settings.minimum_refresh_interval_seconds.into());
        flight
            .began_at
            .is_some_and(|began_at| self.stopwatch.elapsed().saturating_sub(began_at) < minimum)
    }

    fn take_off(self: &Arc<Self>, flight: &mut Flight) -> CancellationToken {
        let landed = CancellationToken::new();
        // Dropped when the fetch is over, however it ended: also when its task is stopped or panics.
        let in_flight = landed.clone().drop_guard();
        flight.began_at = Some(self.stopwatch.elapsed());
        flight.landed = Some(landed.clone());
        let keys = Arc::clone(self);
        self.tasks.spawn("fetch of keys", async move {
            keys.fetch().await;
            drop(in_flight);
        });
        landed
    }

    async fn fetch(&self) {
        let outcome = self.fetcher.fetch().await;
        match &outcome {
            Ok(keys) if keys.len() == 0 => {
                tracing::warn!(issuer = %self.issuer, "the issuer publishes no key that could be used");
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(issuer = %self.issuer, %error, "the keys of the issuer could not be fetched");
            }
        }
        let now = self.stopwatch.elapsed();
        self.published.send_modify(|published| match outcome {
            Ok(keys) => {
                if published.fetched_at.is_none() || *published.keys != keys {
                    published.keys = Arc::new(keys);
                    published.version += 1;
                }
                published.fetched_at = Some(now);
                published.last_fetch_failed = false;
            }
            Err(_) => published.last_fetch_failed = true,
        });
    }

    /// Fetches at once, then at the poll interval; after a failure sooner, at doubling distances.
    pub(super) async fn poll(self: Arc<Self>) {
        let interval = Duration::from_secs(self.settings.poll_interval_seconds.max(1).into());
        let first_retry = Duration::from_secs(self.settings.first_retry_seconds.max(1).into()).min(interval);
        let mut retry = first_retry;
        loop {
            self.refresh(Hurry::Now).await;
            let pause = if self.published.borrow().last_fetch_failed {
                let pause = retry;
                retry = (retry * 2).min(interval);
                pause
            } else {
                retry = first_retry;
                interval
            };
            tokio::time::sleep(pause).await;
        }
    }

    fn flight(&self) -> MutexGuard<'_, Flight> {
        self.flight.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a fetch keeps to the minimum interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hurry {
    /// The pace of the server itself.
    Now,
    /// Somebody's token asks: not more often than the minimum interval.
    WithinMinimumInterval,
}

#[cfg(test)]
mod tests;
