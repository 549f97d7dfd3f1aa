//! Decides of the changes of one viewer, several in one transaction.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::future::{BoxFuture, join};
use sea_orm::prelude::Uuid;

use super::{Change, Limits, Refused, answer, replay};
use crate::events::{Actor, Event};
use crate::graphql::Refusal;
use crate::planner::Siblings;
use crate::policy::Viewer;
use crate::store::{KeptAnswer, Store, StoreError, WriteSession, Written};

/// What a change made, and what happened.
pub type Made = (Uuid, Event);

/// Decides of several changes, in their order. The session writes what it allows of them.
pub type Decide<I> =
    for<'a> fn(Change<'a>, Vec<&'a I>) -> BoxFuture<'a, Result<Vec<Result<Made, Refused>>, StoreError>>;

/// A change that somebody asks for.
#[derive(Debug)]
pub(super) struct Asked<I> {
    pub input: I,
    pub kept: Option<KeptAnswer>,
    pub request_id: String,
    pub now: DateTime<Utc>,
}

/// What became of a change.
#[derive(Debug)]
pub(super) enum Verdict {
    /// It is done; or it was, when the same request came before.
    Done {
        id: Uuid,
        replayed: bool,
        /// What the others are answered with.
        others: Option<Arc<Siblings>>,
    },
    /// The domain refused it.
    Refused(Refused),
    /// The database refused one of those with which it was tried, or this one.
    TryAlone,
    /// The database failed.
    Failed,
}

impl Verdict {
    const fn done(id: Uuid, replayed: bool) -> Self {
        let others = None;
        Self::Done { id, replayed, others }
    }

    /// Has those that are answered with an object read all of the objects together.
    pub fn read_together(verdicts: &mut [Self]) {
        let made = verdicts.iter().filter_map(|verdict| match verdict {
            Self::Done { id, .. } => Some(*id),
            _ => None,
        });
        let made: Vec<Uuid> = made.collect();
        if made.len() < 2 {
            return;
        }
        let all = Arc::new(Siblings::new(made));
        for verdict in verdicts {
            if let Self::Done { others, .. } = verdict {
                *others = Some(all.clone());
            }
        }
    }
}

/// When it is looked up what was answered to the same requests before.
#[derive(Clone, Copy, Debug)]
enum Before {
    /// At once.
    First,
    /// Once something is refused: hardly any request comes twice, and the trail takes no second answer under a key.
    WhenRefused,
}

/// The changes of one viewer.
pub(super) struct Group<I> {
    pub store: Store,
    pub viewer: Arc<Viewer>,
    pub actor: Actor,
    pub limits: Limits,
    pub decide: Decide<I>,
}

impl<I: Sync> Group<I> {
    /// What tells the group from others: no other viewer is there while this one is.
    pub fn place(&self) -> usize {
        Arc::as_ptr(&self.viewer).addr()
    }

    /// Decides of several changes at once; of each by itself where the database refuses one of them.
    pub async fn decide(&self, asked: &[Asked<I>]) -> Written<Vec<Verdict>> {
        let error = match self.in_one_transaction(asked, Before::WhenRefused).await {
            Ok(verdicts) => return verdicts,
            Err(error) => error,
        };
        if asked.len() == 1 || !may_be_due_to_one(&error) {
            return Written::at_once(asked.iter().map(|asked| unable(&error, asked)).collect());
        }
        let mut verdicts = Vec::with_capacity(asked.len());
        for one in asked {
            verdicts.push(match self.alone(one).await {
                Ok(decided) => decided.unwrap_or(Verdict::TryAlone),
                Err(error) => unable(&error, one),
            });
        }
        Written::at_once(verdicts)
    }

    async fn alone(&self, asked: &Asked<I>) -> Result<Option<Verdict>, StoreError> {
        let decided = self.in_one_transaction(std::slice::from_ref(asked), Before::First);
        Ok(decided.await?.on_disk().await?.pop())
    }

    async fn in_one_transaction(
        &self,
        asked: &[Asked<I>],
        before: Before,
    ) -> Result<Written<Vec<Verdict>>, StoreError> {
        let now = asked.iter().map(|asked| asked.now).max().unwrap_or_default();
        let session = self
            .store
            .begin(self.viewer.values(), self.actor.clone(), now)
            .await?;
        // Asked at the same time: what is done before the answer is known is taken back.
        let decided = self.decide_all(&session, asked, before);
        let (still_holds, decided) = join(self.still_holds(&session), decided).await;
        if !still_holds? {
            let outdated = || Verdict::Refused(Refusal::rights_changed().into());
            return Ok(Written::at_once(asked.iter().map(|_| outdated()).collect()));
        }
        let (verdicts, events) = decided?;
        if events.is_empty() {
            // What others are told of, such as that a figure is there, is on the disk before.
            return Ok(session.found(verdicts));
        }
        let recorded = session.record_all(events, verdicts);
        session.commit_ahead(recorded).await
    }

    /// Whether what is known of the viewer holds.
    async fn still_holds(&self, session: &WriteSession) -> Result<bool, StoreError> {
        match self.viewer.relies_on() {
            Some(version) => session.still_holds(version).await,
            None => Ok(true),
        }
    }

    /// Decides of all, and says what happened.
    async fn decide_all(
        &self,
        session: &WriteSession,
        asked: &[Asked<I>],
        before: Before,
    ) -> Result<(Vec<Verdict>, Vec<Event>), StoreError> {
        let mut verdicts = match before {
            Before::First => answered_before(session, asked).await?,
            Before::WhenRefused => asked.iter().map(|_| None).collect(),
        };
        let events = self.decide_open(session, asked, &mut verdicts).await?;
        if verdicts
            .iter()
            .any(|verdict| matches!(verdict, Some(Verdict::Refused(_))))
        {
            // The same request may have been answered before, or meanwhile by another node: then that is the answer.
            let meanwhile = answered_before(session, asked).await?;
            for (verdict, meanwhile) in verdicts.iter_mut().zip(meanwhile) {
                *verdict = meanwhile.or(verdict.take());
            }
        }
        let verdicts = verdicts
            .into_iter()
            .map(|verdict| verdict.unwrap_or(Verdict::TryAlone));
        Ok((verdicts.collect(), events))
    }

    /// Decides of those that were not answered before, and says what happened.
    async fn decide_open(
        &self,
        session: &WriteSession,
        asked: &[Asked<I>],
        verdicts: &mut [Option<Verdict>],
    ) -> Result<Vec<Event>, StoreError> {
        let open: Vec<usize> = (0..asked.len())
            .filter(|place| verdicts[*place].is_none())
            .collect();
        let change = Change {
            session,
            viewer: &self.viewer,
        };
        let inputs = open.iter().map(|place| &asked[*place].input).collect();
        let decided = (self.decide)(change, inputs).await?;
        let mut events = Vec::with_capacity(open.len());
        for (place, decided) in open.into_iter().zip(decided) {
            verdicts[place] = Some(match decided {
                Ok((id, event)) => {
                    let Asked { kept, request_id, .. } = &asked[place];
                    events.push(event.in_request(request_id.clone()));
                    if let Some(kept) = kept {
                        session.keep_answer(kept.clone(), answer(id));
                    }
                    Verdict::done(id, false)
                }
                Err(why) => Verdict::Refused(why),
            });
        }
        Ok(events)
    }
}

fn can_be_mended(error: &StoreError) -> bool {
    matches!(error, StoreError::Collision(_) | StoreError::Constraint(_))
}

/// Whether the others may have what they ask for when they are without the one that the database refused, or that waited for too long.
fn may_be_due_to_one(error: &StoreError) -> bool {
    can_be_mended(error) || matches!(error, StoreError::Overdue(_))
}

/// What becomes of a change that the database would not take.
fn unable<I>(error: &StoreError, asked: &Asked<I>) -> Verdict {
    if can_be_mended(error) {
        return Verdict::TryAlone;
    }
    let request_id = asked.request_id.as_str();
    tracing::error!(
        error = error as &dyn std::error::Error,
        request_id,
        "a change failed"
    );
    Verdict::Failed
}

/// What was answered to the same requests before.
async fn answered_before<I>(
    session: &WriteSession,
    asked: &[Asked<I>],
) -> Result<Vec<Option<Verdict>>, StoreError> {
    let keys: Vec<_> = asked.iter().filter_map(|asked| asked.kept.as_ref()).collect();
    let Some(operation) = keys.first().map(|kept| kept.operation.as_str()) else {
        return Ok(asked.iter().map(|_| None).collect());
    };
    let answers = session
        .kept_answers(operation, keys.iter().map(|kept| kept.key.as_str()))
        .await?;
    let before = |asked: &Asked<I>| {
        let kept = asked.kept.as_ref()?;
        let (hash, answer) = answers.get(&kept.key)?;
        Some(match replay(kept, hash, answer) {
            Ok(id) => Verdict::done(id, true),
            Err(why) => Verdict::Refused(why),
        })
    };
    Ok(asked.iter().map(before).collect())
}
