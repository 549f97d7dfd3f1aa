//! Changes of one kind that come at the same time from the same viewer: all of them in one transaction.
//!
//! A computer system that sends many small changes at once would have each wait for the end of the transactions of all others. Here, what comes
//! while a transaction is under way goes together into the next, which begins while the one before waits for the disk. Each change is decided
//! by itself, stands in the audit by itself, under its own request, and has its own kept answer. What the database refuses of several is done
//! again one by one, so that nobody pays for a neighbour.
//!
//! Together goes what the very same [`Viewer`](crate::policy::Viewer) asks for, as they are remembered: the same account, organisation and token, at the same number of
//! changes to what they may do.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_graphql::Context;
use sea_orm::DbErr;
use tokio::sync::oneshot;
use tokio::sync::oneshot::error::RecvError;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout, timeout_at};

use super::group::{Asked, Decide, Group, Verdict};
use super::on_disk::{AnswerWaits, OnDisk};
use super::queue::{Queue, Told, Waiting};
use super::{MutationRequest, Outcome, fault, mutate, refused};
use crate::error::ErrorCode;
use crate::events::IdempotencyKey;
use crate::graphql::Refusal;
use crate::store::{StoreError, WriteError, Written};
use crate::telemetry;

/// How changes are gathered.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many go together at most; with 1, each goes by itself.
    pub most: usize,
    /// How long as many are waited for as went together last, once those are written.
    pub patience: Duration,
    /// How long a transaction may take, and the wait for the disk after it, before the next goes on without them.
    pub longest: Duration,
}

/// What waits to be changed together, of each viewer for whom a transaction is under way. Cheap to clone.
#[derive(Debug)]
pub struct Together<I>(Arc<Mutex<Queues<I>>>);

/// What viewers ask for, by their [`place`](Group::place).
type Queues<I> = HashMap<usize, Queue<I>>;

impl<I> Default for Together<I> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<I> Clone for Together<I> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// Runs a mutation's change, in one transaction with others that come at the same time. Otherwise as [`mutate`].
///
/// # Errors
/// As [`mutate`].
pub async fn mutate_together<I>(
    ctx: &Context<'_>,
    key: Option<&IdempotencyKey>,
    input: I,
    (together, limits): (&Together<I>, Limits),
    decide: Decide<I>,
) -> async_graphql::Result<Outcome>
where
    I: Clone + Send + Sync + 'static,
{
    if limits.most <= 1 {
        return mutate_alone(ctx, key, &input, decide).await;
    }
    let request = MutationRequest::of(ctx)?;
    let waits = ctx.data::<AnswerWaits>()?;
    if !request.viewer.may_write() {
        return refused(Refusal::read_only().into(), None);
    }
    let asked = Asked {
        input: input.clone(),
        kept: key.map(|key| request.answer_to_keep(ctx, key)),
        request_id: request.actor.request_id.clone(),
        now: request.now,
    };
    let group = Group {
        store: request.store.clone(),
        viewer: request.viewer.clone(),
        actor: request.actor,
        limits,
        decide,
    };
    let Ok((verdict, on_disk)) = together.hand_in(group, asked).await else {
        tracing::error!("changes made together ended before they were decided");
        return Err(fault(ErrorCode::Internal));
    };
    waits.wait_for(on_disk);
    match verdict {
        Verdict::Done { id, replayed, others } => Ok(Outcome {
            id: Some(id),
            user_errors: Vec::new(),
            replayed,
            others,
        }),
        Verdict::Refused(why) => refused(WriteError::Refused(why), None),
        Verdict::TryAlone => mutate_alone(ctx, key, &input, decide).await,
        Verdict::Failed => Err(fault(ErrorCode::Internal)),
    }
}

async fn mutate_alone<I: Sync>(
    ctx: &Context<'_>,
    key: Option<&IdempotencyKey>,
    input: &I,
    decide: Decide<I>,
) -> async_graphql::Result<Outcome> {
    mutate(ctx, key, None, input, move |change, input| {
        Box::pin(async move {
            let decided = decide(change, vec![input]).await?.pop();
            let (id, event) = decided.ok_or_else(undecided)?.map_err(WriteError::Refused)?;
            Ok(change.session.record(event, id))
        })
    })
    .await
}

/// Whoever decides answers for each.
fn undecided() -> StoreError {
    DbErr::Custom("a change was not decided".to_owned()).into()
}

impl<I: Send + Sync + 'static> Together<I> {
    /// Waits until the change is decided, with others of the group or alone.
    async fn hand_in(&self, group: Group<I>, asked: Asked<I>) -> Result<Told, RecvError> {
        let (told, decided) = oneshot::channel();
        let is_turn = {
            let mut queues = self.queues();
            let is_turn = !queues.contains_key(&group.place());
            let queue = queues.entry(group.place()).or_default();
            queue.push(Waiting { asked, told }, group.limits.most);
            is_turn
        };
        if is_turn {
            let turns = Turns {
                together: self.clone(),
                group,
                are_over: false,
            };
            // A client that goes away takes nothing from the others.
            drop(telemetry::spawn("changes made together", turns.take()));
        }
        decided.await
    }

    fn queues(&self) -> MutexGuard<'_, Queues<I>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Decides of what a group asks for, turn after turn, until nothing waits.
struct Turns<I: Send + Sync + 'static> {
    together: Together<I>,
    group: Group<I>,
    are_over: bool,
}

impl<I: Send + Sync + 'static> Turns<I> {
    async fn take(mut self) {
        let mut keys: Vec<String> = Vec::new();
        let mut to_disk: Option<JoinHandle<()>> = None;
        loop {
            let waiting = self.next(&keys);
            if waiting.is_empty() {
                return self.over(to_disk).await;
            }
            keys = waiting
                .iter()
                .filter_map(Waiting::key)
                .map(str::to_owned)
                .collect();
            let (asked, told): (Vec<_>, Vec<_>) = waiting
                .into_iter()
                .map(|waiting| (waiting.asked, waiting.told))
                .unzip();
            let (verdicts, written) = self.decide(&asked).await;
            let until = Instant::now() + self.group.limits.patience;
            let (on_disk, waiting) = OnDisk::of(written);
            tell(verdicts, &on_disk, told);
            // At most one transaction waits for the disk while another is under way: who waits there has a connection.
            self.over(to_disk).await;
            to_disk = Some(waiting);
            if asked.len() > 1 {
                self.gather(asked.len(), until).await;
            }
        }
    }

    /// Decides of what is asked for; of nothing where the database says nothing more.
    async fn decide(&self, asked: &[Asked<I>]) -> (Vec<Verdict>, Written<()>) {
        if let Ok(decided) = timeout(self.group.limits.longest, self.group.decide(asked)).await {
            return decided.apart();
        }
        tracing::error!("changes made together were not decided in time");
        let failed = asked.iter().map(|_| Verdict::Failed);
        (failed.collect(), Written::at_once(()))
    }

    /// Waits until the changes of the turn before are on the disk, or known not to be; but not for as long as the database says nothing.
    async fn over(&self, to_disk: Option<JoinHandle<()>>) {
        let Some(to_disk) = to_disk else {
            return;
        };
        match timeout(self.group.limits.longest, to_disk).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "changes made together were not waited for");
            }
            Err(_) => {
                tracing::error!("changes made together have been on their way to the disk for too long");
            }
        }
    }

    /// Waits a little until so many have come as were answered last: whoever sends many changes at once sends the next when these are answered.
    /// Otherwise the first of them would go alone, and all others wait for it.
    async fn gather(&self, expected: usize, until: Instant) {
        let has_come = {
            let mut queues = self.together.queues();
            let Some(queue) = queues.get_mut(&self.group.place()) else {
                return;
            };
            queue.expect(expected)
        };
        // Whether they have come or not, it goes on with those who have.
        let _ = timeout_at(until, has_come.notified()).await;
    }

    /// What is decided in the next turn, now that what had these keys is; nothing when there is none, and then this was the last.
    fn next(&mut self, decided: &[String]) -> Vec<Waiting<I>> {
        let mut queues = self.together.queues();
        let Some(queue) = queues.get_mut(&self.group.place()) else {
            self.are_over = true;
            return Vec::new();
        };
        queue.decided(decided);
        let next = queue.take(self.group.limits.most);
        if next.is_empty() {
            self.are_over = true;
            queues.remove(&self.group.place());
        }
        next
    }
}

impl<I: Send + Sync + 'static> Drop for Turns<I> {
    /// When something of ours fails, nobody is left waiting: with the queue goes who would tell them.
    fn drop(&mut self) {
        if !self.are_over {
            self.together.queues().remove(&self.group.place());
        }
    }
}

/// Tells everybody what became of their change. Their answers wait for the disk.
fn tell(mut verdicts: Vec<Verdict>, on_disk: &OnDisk, told: Vec<oneshot::Sender<Told>>) {
    Verdict::read_together(&mut verdicts);
    for (told, verdict) in told.into_iter().zip(verdicts) {
        // Whoever asked may have gone.
        let _ = told.send((verdict, on_disk.clone()));
    }
}
