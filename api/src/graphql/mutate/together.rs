//! Changes of one kind that come at the same time from the same viewer: all of them in one transaction.
//!
//! A computer system that sends many small changes at once would have each wait for the end of the transactions of all others. Here, what comes
//! while a transaction is under way goes together into the next. Each change is decided by itself, stands in the audit by itself, under
//! its own request, and has its own kept answer. What the database refuses of several is done again one by one, so that nobody pays for a neighbour.
//!
//! Together goes what the very same [`Viewer`](crate::policy::Viewer) asks for, as they are remembered: the same account, organisation and token, at the same number of
//! changes to what they may do.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_graphql::Context;
use sea_orm::DbErr;
use tokio::sync::oneshot;
use tokio::sync::oneshot::error::RecvError;

use super::group::{Asked, Decide, Group, Verdict};
use super::{MutationRequest, Outcome, fault, mutate, refused};
use crate::error::ErrorCode;
use crate::events::IdempotencyKey;
use crate::graphql::Refusal;
use crate::store::{StoreError, WriteError};
use crate::telemetry;

/// How many transactions of a viewer are under way at once: while one waits for the disk, the next is decided.
const AT_ONCE: usize = 2;

/// What waits to be changed together, of each viewer. Cheap to clone.
#[derive(Debug)]
pub struct Together<I>(Arc<Mutex<Queues<I>>>);

/// What viewers ask for, by their [`place`](Group::place).
type Queues<I> = HashMap<usize, Queue<I>>;

/// What a viewer asks for.
#[derive(Debug)]
struct Queue<I> {
    waiting: Vec<Waiting<I>>,
    /// The keys of what is decided now.
    keys: HashSet<String>,
    /// How many transactions are under way.
    under_way: usize,
}

impl<I> Default for Queue<I> {
    fn default() -> Self {
        Self {
            waiting: Vec::new(),
            keys: HashSet::new(),
            under_way: 0,
        }
    }
}

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

#[derive(Debug)]
struct Waiting<I> {
    asked: Asked<I>,
    verdict: oneshot::Sender<Verdict>,
}

/// Runs a mutation's change, in one transaction with at most `most` others that come at the same time. Otherwise as
/// [`mutate`].
///
/// # Errors
/// As [`mutate`].
pub async fn mutate_together<I>(
    ctx: &Context<'_>,
    key: Option<&IdempotencyKey>,
    input: I,
    (together, most): (&Together<I>, usize),
    decide: Decide<I>,
) -> async_graphql::Result<Outcome>
where
    I: Clone + Send + Sync + 'static,
{
    if most <= 1 {
        return mutate_alone(ctx, key, &input, decide).await;
    }
    let request = MutationRequest::of(ctx)?;
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
        most,
        decide,
    };
    let verdict = together.hand_in(group, asked).await.unwrap_or_else(|_| {
        tracing::error!("changes made together ended before they were decided");
        Verdict::Failed
    });
    match verdict {
        Verdict::Done { id, replayed } => Ok(Outcome {
            id: Some(id),
            user_errors: Vec::new(),
            replayed,
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
    async fn hand_in(&self, group: Group<I>, asked: Asked<I>) -> Result<Verdict, RecvError> {
        let (verdict, decided) = oneshot::channel();
        let is_turn = {
            let mut queues = self.queues();
            let queue = queues.entry(group.place()).or_default();
            queue.waiting.push(Waiting { asked, verdict });
            let is_turn = queue.under_way < AT_ONCE;
            queue.under_way += usize::from(is_turn);
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
        let mut keys = Vec::new();
        loop {
            let waiting = self.next(keys);
            if waiting.is_empty() {
                return;
            }
            keys = waiting
                .iter()
                .filter_map(Waiting::key)
                .map(str::to_owned)
                .collect();
            let (asked, verdicts): (Vec<_>, Vec<_>) = waiting
                .into_iter()
                .map(|waiting| (waiting.asked, waiting.verdict))
                .unzip();
            for (told, verdict) in verdicts.into_iter().zip(self.group.decide(&asked).await) {
                // Whoever asked may have gone.
                let _ = told.send(verdict);
            }
        }
    }

    /// What is decided in the next turn, now that what had these keys is; nothing when there is none, and then this was the last.
    fn next(&mut self, decided: Vec<String>) -> Vec<Waiting<I>> {
        let mut queues = self.together.queues();
        let Some(queue) = queues.get_mut(&self.group.place()) else {
            self.are_over = true;
            return Vec::new();
        };
        for key in decided {
            queue.keys.remove(&key);
        }
        let next = queue.take(self.group.most);
        if next.is_empty() {
            self.are_over = true;
            leave(&mut queues, self.group.place());
        }
        next
    }
}

impl<I: Send + Sync + 'static> Drop for Turns<I> {
    /// When something of ours fails, nobody is left waiting.
    fn drop(&mut self) {
        if !self.are_over {
            leave(&mut self.together.queues(), self.group.place());
        }
    }
}

/// One transaction fewer is under way. With the last, the queue is gone; whoever still waited in it finds that nobody decides.
fn leave<I>(queues: &mut Queues<I>, place: usize) {
    if let Some(queue) = queues.get_mut(&place) {
        queue.under_way -= 1;
        if queue.under_way == 0 {
            queues.remove(&place);
        }
    }
}

impl<I> Waiting<I> {
    fn key(&self) -> Option<&str> {
        self.asked.kept.as_ref().map(|kept| kept.key.as_str())
    }
}

impl<I> Queue<I> {
    /// At most so many of those who wait, the first first, without those who have gone. Of those under one key there is only one under way: the
    /// next is answered as it was.
    fn take(&mut self, most: usize) -> Vec<Waiting<I>> {
        let (mut taken, mut left) = (Vec::new(), Vec::new());
        for waiting in self.waiting.drain(..) {
            if waiting.verdict.is_closed() {
                continue;
            }
            let has_room = taken.len() < most;
            if has_room && waiting.key().is_none_or(|key| self.keys.insert(key.to_owned())) {
                taken.push(waiting);
            } else {
                left.push(waiting);
            }
        }
        self.waiting = left;
        taken
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use tokio::sync::oneshot::Receiver;

    use super::*;
    use crate::store::KeptAnswer;

    fn waiting(input: u8, key: Option<&str>) -> (Waiting<u8>, Receiver<Verdict>) {
        let kept = key.map(|key| KeptAnswer {
            operation: "observationRecord".to_owned(),
            key: key.to_owned(),
            request_hash: String::new(),
            expires_at: DateTime::UNIX_EPOCH,
        });
        let (verdict, told) = oneshot::channel();
        let asked = Asked {
            input,
            kept,
            request_id: String::new(),
            now: DateTime::UNIX_EPOCH,
        };
        (Waiting { asked, verdict }, told)
    }

    fn queue(of: &[(u8, Option<&str>)]) -> (Queue<u8>, Vec<Receiver<Verdict>>) {
        let (waiting, told) = of.iter().map(|(input, key)| waiting(*input, *key)).unzip();
        let queue = Queue {
            waiting,
            ..Queue::default()
        };
        (queue, told)
    }

    fn inputs(waiting: &[Waiting<u8>]) -> Vec<u8> {
        waiting.iter().map(|waiting| waiting.asked.input).collect()
    }

    #[test]
    fn those_who_came_first_go_first_and_no_more_than_so_many() {
        let (mut queue, _told) = queue(&[(1, None), (2, None), (3, None)]);
        assert_eq!(inputs(&queue.take(2)), [1, 2]);
        assert_eq!(inputs(&queue.take(2)), [3]);
        assert!(queue.take(2).is_empty());
    }

    #[test]
    fn the_same_request_again_waits_for_the_answer_to_the_first() {
        let (mut queue, _told) = queue(&[(1, Some("a")), (2, Some("b")), (3, Some("a")), (4, None)]);
        assert_eq!(inputs(&queue.take(9)), [1, 2, 4]);
        assert!(queue.take(9).is_empty(), "the first is not yet answered");
        queue.keys.remove("a");
        assert_eq!(inputs(&queue.take(9)), [3]);
    }

    #[test]
    fn nothing_is_done_for_those_who_have_gone() {
        let (mut queue, mut told) = queue(&[(1, None), (2, None), (3, None)]);
        drop(told.remove(1));
        assert_eq!(inputs(&queue.take(9)), [1, 3]);
    }
}
