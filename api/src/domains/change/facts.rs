//! What the rules of this area ask the database, and how its events are told.

use entity::change::{feedback, feedback_account};
use entity::id::{FeedbackId, PersonId};
use entity::parties::consent;
use sea_orm::ColumnTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Condition;

use super::rules::stories::{lets_everybody_read_story, lets_use_story};
use crate::events::Event;
use crate::store::{StoreError, WriteSession};

/// Something happened about a piece of feedback.
pub(super) fn event(
    (action, table): (&'static str, &'static str),
    id: impl Into<Uuid>,
    feedback: &feedback::Model,
) -> Event {
    Event::new(action, table, id).of_organisation(feedback.organisation_id)
}

/// A piece of feedback as it is now, held so that it stays so.
pub(super) async fn held(
    session: &WriteSession,
    id: FeedbackId,
) -> Result<Option<feedback::Model>, StoreError> {
    session.lock::<feedback::Entity>(id).await?;
    let this = Condition::all().add(feedback::Column::Id.eq(id));
    Ok(session.facts::<feedback::Entity>(this).await?.pop())
}

/// Whether the person behind a piece of feedback agrees now that its organisation uses their story. The consent is held, so
/// that they do not take it back in the meantime.
pub(super) async fn is_agreed(
    session: &WriteSession,
    feedback: &feedback::Model,
) -> Result<bool, StoreError> {
    let given = story_consent(session, feedback).await?;
    Ok(given.is_some_and(|(person, given)| {
        lets_use_story(&given, person, feedback.organisation_id, session.now())
    }))
}

/// Whether they agree now that everybody reads it; held in the same way.
pub(super) async fn is_agreed_for_everybody(
    session: &WriteSession,
    feedback: &feedback::Model,
) -> Result<bool, StoreError> {
    let given = story_consent(session, feedback).await?;
    Ok(given.is_some_and(|(person, given)| {
        lets_everybody_read_story(&given, person, feedback.organisation_id, session.now())
    }))
}

/// The person behind a piece of feedback and the consent they named for its story, held.
async fn story_consent(
    session: &WriteSession,
    feedback: &feedback::Model,
) -> Result<Option<(PersonId, consent::Model)>, StoreError> {
    let of_it = Condition::all().add(feedback_account::Column::FeedbackId.eq(feedback.id));
    let account = session.facts::<feedback_account::Entity>(of_it).await?.pop();
    let Some((person, consent)) = account.and_then(|of| of.person_id.zip(of.story_consent_id)) else {
        return Ok(None);
    };
    session.lock::<consent::Entity>(consent).await?;
    let this = Condition::all().add(consent::Column::Id.eq(consent));
    let given = session.facts::<consent::Entity>(this).await?.pop();
    Ok(given.map(|given| (person, given)))
}
