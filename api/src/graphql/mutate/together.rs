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
use tokio::sync::oneshot;

use super::group::{Asked, Decide, Group, Verdict};
use super::{MutationRequest, Outcome, fault, mutate, refused};
use crate::error::ErrorCode;
use crate::events::IdempotencyKey;
use crate::graphql::Refusal;
use crate::store::WriteError;
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
    /// How many transactions are under way.
    under_way: usize,
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
        most: most.max(1),
        decide,
    };
    match together.hand_in(group, asked).await {
        Verdict::Done { id, replayed } => Ok(Outcome {
            id: Some(id),
            user_errors: Vec::new(),
            replayed,
        }),
        Verdict::Refused(why) => refused(WriteError::Refused(why), None),
        Verdict::TryAlone => {
            mutate(ctx, key, None, &input, move |change, input| {
                Box::pin(async move {
                    let decided = decide(change, vec![input]).await?;
                    let decided = decided.into_iter().next().ok_or(WriteError::Stale)?;
                    let (id, event) = decided.map_err(WriteError::Refused)?;
                    Ok(change.session.record(event, id))
                })
            })
            .await
        }
        Verdict::Failed => Err(fault(ErrorCode::Internal)),
    }
}

impl<I: Send + Sync + 'static> Together<I> {
    /// Waits until the change is decided, with others of the group or alone.
    async fn hand_in(&self, group: Group<I>, asked: Asked<I>) -> Verdict {
        let (verdict, decided) = oneshot::channel();
        let is_turn = {
            let mut queues = self.queues();
            let queue = queues.entry(group.place()).or_insert(Queue {
                waiting: Vec::new(),
                under_way: 0,
            });
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
        decided.await.unwrap_or(Verdict::Failed)
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
        loop {
            let waiting = self.next();
            if waiting.is_empty() {
                return;
            }
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

    /// What is decided in the next turn; nothing when there is none, and then this was the last.
    fn next(&mut self) -> Vec<Waiting<I>> {
        let mut queues = self.together.queues();
        let queue = queues.get_mut(&self.group.place());
        let next = queue.map(|queue| some_of(&mut queue.waiting, self.group.most));
        let next = next.unwrap_or_default();
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

/// One transaction fewer is under way. With the last, the queue is gone, and whoever waited in it is told so.
fn leave<I>(queues: &mut Queues<I>, place: usize) {
    if let Some(queue) = queues.get_mut(&place) {
        queue.under_way -= 1;
        if queue.under_way == 0 {
            queues.remove(&place);
        }
    }
}

/// At most so many of those who wait, the first first; of those under one key just one, since the next is answered as it was.
fn some_of<I>(queue: &mut Vec<Waiting<I>>, most: usize) -> Vec<Waiting<I>> {
    let (mut keys, mut some, mut others) = (HashSet::new(), Vec::new(), Vec::new());
    for waiting in queue.drain(..) {
        let key = waiting.asked.kept.as_ref().map(|kept| kept.key.clone());
        if some.len() < most && key.is_none_or(|key| keys.insert(key)) {
            some.push(waiting);
        } else {
            others.push(waiting);
        }
    }
    *queue = others;
    some
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::store::KeptAnswer;

    fn waiting(input: u8, key: Option<&str>) -> Waiting<u8> {
        let kept = key.map(|key| KeptAnswer {
            operation: "observationRecord".to_owned(),
            key: key.to_owned(),
            request_hash: String::new(),
            expires_at: DateTime::UNIX_EPOCH,
        });
        Waiting {
            asked: Asked {
                input,
                kept,
                request_id: String::new(),
                now: DateTime::UNIX_EPOCH,
            },
            verdict: oneshot::channel().0,
        }
    }

    fn inputs(waiting: &[Waiting<u8>]) -> Vec<u8> {
        waiting.iter().map(|waiting| waiting.asked.input).collect()
    }

    #[test]
    fn those_who_came_first_go_first_and_no_more_than_so_many() {
        let mut queue: Vec<_> = (1..=5).map(|input| waiting(input, None)).collect();
        assert_eq!(inputs(&some_of(&mut queue, 2)), [1, 2]);
        assert_eq!(inputs(&some_of(&mut queue, 2)), [3, 4]);
        assert_eq!(inputs(&some_of(&mut queue, 2)), [5]);
        assert!(some_of(&mut queue, 2).is_empty());
    }

    #[test]
    fn the_same_request_again_waits_for_the_answer_to_the_first() {
        let mut queue = vec![
            waiting(1, Some("a")),
            waiting(2, Some("b")),
            waiting(3, Some("a")),
            waiting(4, None),
            waiting(5, Some("a")),
        ];
        assert_eq!(inputs(&some_of(&mut queue, 9)), [1, 2, 4]);
        assert_eq!(inputs(&some_of(&mut queue, 9)), [3]);
        assert_eq!(inputs(&some_of(&mut queue, 9)), [5]);
    }
}
