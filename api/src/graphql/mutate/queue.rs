//! What a viewer asks for while a transaction of theirs is under way.

use std::collections::HashSet;
use std::sync::Arc;

use tokio::sync::{Notify, oneshot};

use super::group::{Asked, Verdict};
use super::on_disk::OnDisk;

/// What a viewer asks for.
#[derive(Debug)]
pub(super) struct Queue<I> {
    waiting: Vec<Waiting<I>>,
    /// The keys of what is decided now.
    keys: HashSet<String>,
    /// How many are waited for, and the sign that so many have come.
    expected: usize,
    has_come: Arc<Notify>,
}

impl<I> Default for Queue<I> {
    fn default() -> Self {
        Self {
            waiting: Vec::new(),
            keys: HashSet::new(),
            expected: 0,
            has_come: Arc::default(),
        }
    }
}

/// A change that is waited for.
#[derive(Debug)]
pub(super) struct Waiting<I> {
    pub asked: Asked<I>,
    pub told: oneshot::Sender<Told>,
}

/// What became of a change, and when it is on the disk.
pub(super) type Told = (Verdict, OnDisk);

impl<I> Waiting<I> {
    /// The key under which its answer is kept.
    pub fn key(&self) -> Option<&str> {
        self.asked.kept.as_ref().map(|kept| kept.key.as_str())
    }
}

impl<I> Queue<I> {
    /// Waits for so many; who notifies says that they have come.
    pub fn expect(&mut self, expected: usize) -> Arc<Notify> {
        self.expected = expected;
        // One of before, that nobody waited for, says nothing about these.
        self.has_come = Arc::default();
        self.note_arrival();
        self.has_come.clone()
    }

    /// What had these keys is decided: the same may be asked for again.
    pub fn decided(&mut self, keys: &[String]) {
        for key in keys {
            self.keys.remove(key);
        }
    }

    /// One more waits. Where they are many already, those who have gone make room.
    pub fn push(&mut self, waiting: Waiting<I>, many: usize) {
        if self.waiting.len() >= many {
            self.waiting.retain(|waiting| !waiting.told.is_closed());
        }
        self.waiting.push(waiting);
        self.note_arrival();
    }

    fn note_arrival(&self) {
        if self.waiting.len() >= self.expected {
            self.has_come.notify_one();
        }
    }

    /// At most so many of those who wait, the first first, without those who have gone. Of those under one key there is only one under way: the
    /// next is answered as it was.
    pub fn take(&mut self, most: usize) -> Vec<Waiting<I>> {
        let (mut taken, mut left) = (Vec::new(), Vec::new());
        for waiting in self.waiting.drain(..) {
            if waiting.told.is_closed() {
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
    use futures_util::FutureExt;
    use tokio::sync::oneshot::Receiver;

    use super::*;
    use crate::store::KeptAnswer;

    fn waiting(input: u8, key: Option<&str>) -> (Waiting<u8>, Receiver<Told>) {
        let kept = key.map(|key| KeptAnswer {
            operation: "observationRecord".to_owned(),
            key: key.to_owned(),
            request_hash: String::new(),
            expires_at: DateTime::UNIX_EPOCH,
        });
        let (told, decided) = oneshot::channel();
        let asked = Asked {
            input,
            kept,
            request_id: String::new(),
            now: DateTime::UNIX_EPOCH,
        };
        (Waiting { asked, told }, decided)
    }

    fn queue(of: &[(u8, Option<&str>)]) -> (Queue<u8>, Vec<Receiver<Told>>) {
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
        queue.decided(&["a".to_owned()]);
        assert_eq!(inputs(&queue.take(9)), [3]);
    }

    #[tokio::test]
    async fn as_many_are_waited_for_as_went_together() {
        let (mut queue, _told) = queue(&[(1, None)]);
        let has_come = queue.expect(2);
        assert!(has_come.notified().now_or_never().is_none(), "one is missing");
        let (second, _told) = waiting(2, None);
        queue.push(second, 9);
        assert!(has_come.notified().now_or_never().is_some());
        let has_come = queue.expect(2);
        assert!(has_come.notified().now_or_never().is_some(), "they are there");
    }

    #[test]
    fn nothing_is_done_for_those_who_have_gone() {
        let (mut queue, mut told) = queue(&[(1, None), (2, None), (3, None)]);
        drop(told.remove(1));
        assert_eq!(inputs(&queue.take(9)), [1, 3]);
    }

    #[test]
    fn those_who_have_gone_make_room_while_nothing_is_decided() {
        let (mut queue, told) = queue(&[(1, None), (2, None)]);
        drop(told);
        let (third, _told) = waiting(3, None);
        queue.push(third, 2);
        assert_eq!(inputs(&queue.waiting), [3]);
    }
}
