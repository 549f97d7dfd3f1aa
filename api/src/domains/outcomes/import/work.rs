//! Goes on with imports: each done by one node at a time, by turns, a transaction for each part of its file.
//!
//! Nothing of an import is in memory that is not in its row, too: a node that is killed loses the part it was writing, and any node goes
//! on from there.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use entity::id::ImportBatchId;
use entity::outcomes::import_batch;
use entity::outcomes::kinds::ImportStatus;
use entity::parties::{service_account, user_account};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};
use tokio::sync::{Mutex, Notify};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::chunk::{self, Failure, ended, event, held};
use super::reading::{self, Asked, Part, ReadFailure};
use crate::clock::Clock;
use crate::domains::imports::settings::ImportSettings;
use crate::domains::media::Transfers;
use crate::domains::parties::accounts::AccountRules;
use crate::events::Actor;
use crate::policy::areas::observations as policy;
use crate::policy::{ActingOrganisation, IssuerReach, TokenLimits, Viewer};
use crate::store::{AccountKey, Store, StoreError, WriteError, WriteSession};

/// The name under which the audit and the logs know what the server does to imports by itself.
pub const JOB: &str = "imports";
/// Why an import ended that could not go on again and again.
const OUR_FAULT: &str = "Something went wrong on our side. Ask again.";
/// How long an import rests after something of ours failed.
const REST: TimeDelta = TimeDelta::seconds(30);
/// How often a part is tried that somebody was faster than.
const ATTEMPTS: u32 = 4;

/// Goes on with imports. Cheap to clone.
#[derive(Clone)]
pub struct Imports(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Clock,
    transfers: Transfers,
    accounts: Arc<AccountRules>,
    settings: ImportSettings,
    bell: Notify,
}

/// How an import stands after a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// It has ended, or somebody else goes on with it.
    Over,
    /// There is more of its file.
    More,
    /// Something of ours failed: it is tried again later.
    Later,
}

/// Why a turn ended early.
#[derive(Debug, thiserror::Error)]
enum Stop {
    /// It would end so every time: in words for whoever asked.
    #[error("{0}")]
    Failed(String),
    /// Something of ours failed: it is tried again later.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What keeps the file has failed, or somebody was faster again and again: it is tried again later.
    #[error("an import cannot go on at the moment")]
    Later,
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        match failure {
            WriteError::Store(error) => Self::Store(error),
            WriteError::Stale => Self::Later,
            WriteError::Refused(never) => match never {},
        }
    }
}

impl From<ReadFailure> for Stop {
    fn from(failure: ReadFailure) -> Self {
        match failure {
            ReadFailure::File(reason) => Self::Failed(reason),
            ReadFailure::Unreachable => Self::Later,
        }
    }
}

/// Whose import it is, as the token said when they asked. It can only narrow what they may do now.
struct Asker {
    key: AccountKey,
    organisation: Uuid,
    reach: IssuerReach,
}

impl Imports {
    /// Over a database and what keeps files.
    #[must_use]
    pub fn new(
        store: Store,
        clock: Clock,
        transfers: Transfers,
        accounts: AccountRules,
        settings: ImportSettings,
    ) -> Self {
        Self(Arc::new(Inner {
            store,
            clock,
            transfers,
            accounts: Arc::new(accounts),
            settings,
            bell: Notify::new(),
        }))
    }

    /// Says that there is something to import.
    pub fn ring(&self) {
        self.0.bell.notify_one();
    }

    /// Waits until there is something to import.
    pub async fn rung(&self) {
        self.0.bell.notified().await;
    }

    /// Gives each organisation a turn with the oldest of its imports that can go on, until `stop` is cancelled: the part that is being
    /// written is brought to its end. Each turn waits for `others`, whose work takes connections of its own. Answers whether there is
    /// more to do at once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn turn(&self, stop: &CancellationToken, others: &Mutex<()>) -> Result<bool, StoreError> {
        let mut more = false;
        let under_way = {
            let _turn = others.lock().await;
            self.under_way().await?
        };
        for of_one in under_way.into_values() {
            let waiting = of_one.len() > 1;
            for batch in of_one {
                if stop.is_cancelled() {
                    return Ok(false);
                }
                let _turn = others.lock().await;
                let name = format!("import {batch}");
                let turn = self.0.store.alone(&name, self.go_on_with(batch, stop)).await?;
                if let Some(turn @ (Turn::Over | Turn::More)) = turn {
                    more |= turn == Turn::More || waiting;
                    break;
                }
            }
        }
        Ok(more)
    }

    /// The imports of partners that can go on, of each organisation the oldest first.
    async fn under_way(&self) -> Result<BTreeMap<Uuid, Vec<ImportBatchId>>, StoreError> {
        use import_batch::Column as C;
        let under_way = Condition::all()
            .add(C::Status.eq(ImportStatus::Running))
            .add(C::RequestSha256.is_not_null());
        let rested = self.0.clock.now() - REST;
        let session = self.begin_as_server().await?;
        let mut of_each: BTreeMap<Uuid, Vec<ImportBatchId>> = BTreeMap::new();
        for batch in session.facts::<import_batch::Entity>(under_way).await? {
            let may_go_on = batch.attempts == 0 || batch.updated_at <= rested;
            if let Some(organisation) = batch.organisation_id.filter(|_| may_go_on) {
                of_each.entry(organisation.0).or_default().push(batch.id);
            }
        }
        Ok(of_each)
    }

    /// A transaction of the server's own.
    async fn begin_as_server(&self) -> Result<WriteSession, StoreError> {
        let (store, now) = (&self.0.store, self.0.clock.now());
        store
            .begin(Viewer::public().values(), Actor::system(JOB), now)
            .await
    }

    async fn go_on_with(&self, id: ImportBatchId, stop: &CancellationToken) -> Turn {
        let (ended, turn) = match self.read_on(id, stop).await {
            Ok(turn) => return turn,
            Err(Stop::Failed(reason)) => (self.fail(id, Some(reason)).await, Turn::Over),
            Err(stop) => {
                tracing::warn!(
                    import = %id,
                    error = &stop as &dyn std::error::Error,
                    "an import stopped, and is tried again"
                );
                (self.fail(id, None).await, Turn::Later)
            }
        };
        match ended {
            Ok(()) => turn,
            Err(error) => {
                let error: &dyn std::error::Error = &error;
                tracing::error!(import = %id, error, "an import could not be ended");
                Turn::Later
            }
        }
    }

    /// Writes part after part, until the file or the turn is over.
    async fn read_on(&self, id: ImportBatchId, stop: &CancellationToken) -> Result<Turn, Stop> {
        let session = self.begin_as_server().await?;
        let batch = held(&session, id).await?;
        let Some(batch) = batch.filter(|batch| batch.status == ImportStatus::Running) else {
            return Ok(Turn::Over);
        };
        let asker = self.asker(&session, &batch).await?;
        drop(session);
        self.viewer(&asker).await?;
        let file = match batch.media_id {
            Some(media) => self.0.transfers.clean_file(media.0).await?,
            None => None,
        };
        let file = file.ok_or_else(|| {
            let reason = "The file is not there any more, or something harmful was found in it.";
            Stop::Failed(reason.to_owned())
        })?;
        let mut parts = reading::start(file, Asked::of(&batch, &self.0.settings));
        let length = Duration::from_secs(self.0.settings.partner_turn_seconds.into());
        let mut end = None;
        loop {
            let Some(part) = stop.run_until_cancelled(parts.recv()).await else {
                return Ok(Turn::More);
            };
            let part = part.ok_or(Stop::Later)??;
            // What was read in earlier turns is passed over first: that is not of this one.
            let end = *end.get_or_insert_with(|| Instant::now() + length);
            let is_under_way = self.write(id, &asker, &part).await?;
            if !is_under_way {
                return Ok(Turn::Over);
            }
            if stop.is_cancelled() || Instant::now() >= end {
                return Ok(Turn::More);
            }
        }
    }

    /// Writes a part as whoever asked. Answers whether the import is still under way, here.
    async fn write(&self, id: ImportBatchId, asker: &Asker, part: &Part) -> Result<bool, Stop> {
        let mut attempt = 1;
        loop {
            let viewer = self.viewer(asker).await?;
            let actor = Actor {
                request_id: Actor::system(JOB).request_id,
                ..viewer.actor(String::new()).unwrap_or_default()
            };
            let (store, now) = (&self.0.store, self.0.clock.now());
            let session = store.begin(viewer.values(), actor, now).await?;
            let limit = self.0.settings.most_refused;
            let failure = match chunk::write(session, &viewer, (id, limit), part).await {
                Ok(batch) => {
                    return Ok(batch.is_some_and(|batch| batch.status == ImportStatus::Running));
                }
                Err(failure) => failure,
            };
            let can_be_mended = matches!(
                &failure,
                WriteError::Stale | WriteError::Store(StoreError::Constraint(_) | StoreError::Collision(_))
            );
            if !can_be_mended || attempt == ATTEMPTS {
                return Err(failure.into());
            }
            attempt += 1;
        }
    }

    /// Whose import it is.
    async fn asker(&self, session: &WriteSession, batch: &import_batch::Model) -> Result<Asker, Stop> {
        let gone = || Stop::Failed("The account that asked for it is not there any more.".to_owned());
        let organisation = batch.organisation_id.ok_or_else(gone)?.0;
        if let Some(service) = batch.service_account_id {
            let this = Condition::all().add(service_account::Column::Id.eq(service));
            let found = session.facts::<service_account::Entity>(this).await?.pop();
            return Ok(Asker {
                key: AccountKey::Service {
                    client_id: found.ok_or_else(gone)?.client_id,
                },
                organisation,
                reach: IssuerReach::Organisation(organisation),
            });
        }
        let user = batch.created_by.ok_or_else(gone)?;
        let this = Condition::all().add(user_account::Column::Id.eq(user));
        let found = session.facts::<user_account::Entity>(this).await?.pop();
        let user = found.ok_or_else(gone)?;
        let issuer = self.0.accounts.issuer(&user.issuer).ok_or_else(|| {
            let reason = "This server does not trust any more who vouched for the account that asked for it.";
            Stop::Failed(reason.to_owned())
        })?;
        let reach = match &issuer.organisation {
            None => IssuerReach::Everybody,
            Some(bound) => {
                let found = bound.find(&self.0.store).await?;
                found.map_or(IssuerReach::NoOrganisation, IssuerReach::Organisation)
            }
        };
        Ok(Asker {
            key: AccountKey::User {
                issuer: user.issuer,
                subject: user.subject,
            },
            organisation,
            reach,
        })
    }

    /// Whoever asked, as they are now.
    async fn viewer(&self, asker: &Asker) -> Result<Viewer, Stop> {
        let facts = self.0.store.account_facts(&asker.key, self.0.clock.now()).await?;
        let limits = TokenLimits {
            scopes: Vec::new(),
            issuer: asker.reach,
        };
        let acting = ActingOrganisation::Named(asker.organisation);
        let viewer = Viewer::with_token(&facts, acting, &limits);
        if !viewer.may_write() || !policy::imports_for(&viewer, asker.organisation) {
            let reason = "Whoever asked for it may not import for this organisation any more. What was imported until then stays.";
            return Err(Stop::Failed(reason.to_owned()));
        }
        Ok(viewer)
    }

    /// Ends an import that cannot go on; without a reason of its own it is tried some times first.
    async fn fail(&self, id: ImportBatchId, reason: Option<String>) -> Result<(), Failure> {
        let session = self.begin_as_server().await?;
        let batch = held(&session, id).await?;
        let Some(batch) = batch.filter(|batch| batch.status == ImportStatus::Running) else {
            return Ok(());
        };
        let Ok(permit) = policy::end_import(session.actor(), batch) else {
            return Ok(());
        };
        let batch = permit.model();
        let attempts = batch.attempts.saturating_add(1);
        let row = import_batch::ActiveModel {
            attempts: Set(attempts),
            ..Default::default()
        };
        let is_last = i64::from(attempts) >= i64::from(self.0.settings.partner_attempts);
        let reason = reason.or_else(|| is_last.then(|| OUR_FAULT.to_owned()));
        let (action, row) = match reason {
            Some(_) => ("import_batch.fail", ended(row, &session, reason)),
            None => ("import_batch.stop", row),
        };
        let event = event(action, batch).changed(WriteSession::changed(Some(batch), &row));
        session
            .update::<_, _, _, std::convert::Infallible>(&permit, batch.version, row)
            .await?;
        let recorded = session.record(event, ());
        session.commit(recorded).await?;
        Ok(())
    }
}
