//! Decides of the changes of one viewer, several in one transaction.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use sea_orm::prelude::Uuid;

use super::{Change, Refused, answer, replay};
use crate::events::{Actor, Event};
use crate::graphql::Refusal;
use crate::policy::Viewer;
use crate::store::{KeptAnswer, Store, StoreError, WriteSession};

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
    Done { id: Uuid, replayed: bool },
    /// The domain refused it.
    Refused(Refused),
    /// The database refused one of those with which it was tried, or this one.
    TryAlone,
    /// The database failed.
    Failed,
}

/// The changes of one viewer.
pub(super) struct Group<I> {
    pub store: Store,
    pub viewer: Arc<Viewer>,
    pub actor: Actor,
    pub most: usize,
    pub decide: Decide<I>,
}

impl<I: Sync> Group<I> {
    /// What tells the group from others: no other viewer is there while this one is.
    pub fn place(&self) -> usize {
        Arc::as_ptr(&self.viewer).addr()
    }

    /// Decides of several changes at once; of each by itself where the database refuses one of them.
    pub async fn decide(&self, asked: &[Asked<I>]) -> Vec<Verdict> {
        let error = match self.in_one_transaction(asked).await {
            Ok(verdicts) => return verdicts,
            Err(error) => error,
        };
        if asked.len() == 1 || !can_be_mended(&error) {
            return asked.iter().map(|asked| unable(&error, asked)).collect();
        }
        let mut verdicts = Vec::with_capacity(asked.len());
        for one in asked {
            let decided = self.in_one_transaction(std::slice::from_ref(one)).await;
            verdicts.push(match decided {
                Ok(mut decided) => decided.pop().unwrap_or(Verdict::TryAlone),
                Err(error) => unable(&error, one),
            });
        }
        verdicts
    }

    async fn in_one_transaction(&self, asked: &[Asked<I>]) -> Result<Vec<Verdict>, StoreError> {
        let now = asked.iter().map(|asked| asked.now).max().unwrap_or_default();
        let session = self
            .store
            .begin(self.viewer.values(), self.actor.clone(), now)
            .await?;
        if let Some(version) = self.viewer.relies_on()
            && !session.still_holds(version).await?
        {
            let outdated = || Verdict::Refused(Refusal::rights_changed().into());
            return Ok(asked.iter().map(|_| outdated()).collect());
        }
        let mut verdicts = answered_before(&session, asked).await?;
        let events = self.decide_open(&session, asked, &mut verdicts).await?;
        if verdicts
            .iter()
            .any(|verdict| matches!(verdict, Some(Verdict::Refused(_))))
        {
            // The same request may have been answered meanwhile, by another node: then that is the answer.
            let meanwhile = answered_before(&session, asked).await?;
            for (verdict, meanwhile) in verdicts.iter_mut().zip(meanwhile) {
                *verdict = meanwhile.or(verdict.take());
            }
        }
        let verdicts: Vec<_> = verdicts
            .into_iter()
            .map(|verdict| verdict.unwrap_or(Verdict::TryAlone))
            .collect();
        if !events.is_empty() {
            let recorded = session.record_all(events, verdicts);
            return session.commit(recorded).await;
        }
        if verdicts
            .iter()
            .any(|verdict| matches!(verdict, Verdict::Done { .. }))
        {
            session.settle().await?;
        }
        Ok(verdicts)
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
                    Verdict::Done { id, replayed: false }
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
            Ok(id) => Verdict::Done { id, replayed: true },
            Err(why) => Verdict::Refused(why),
        })
    };
    Ok(asked.iter().map(before).collect())
}
