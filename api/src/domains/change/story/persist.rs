//! How stories are written. The feedback is held first, and the consent: nobody takes it back in between.

use async_graphql::ID;
use entity::change::{feedback, feedback_story};
use entity::id::{FeedbackStoryId, PersonId};
use entity::private::Private;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{FeedbackStoryUpdateInput, FeedbackStoryWriteInput};
use crate::domains::change::facts::{event, held, is_agreed};
use crate::domains::change::rules::stories::{check_agreed, check_unchecked};
use crate::domains::change::settings::{FeedbackSettings, characters};
use crate::domains::violation::{UserErrorCode as Code, Violations, long_text};
use crate::graphql::patch::{fresh, refused, seen};
use crate::graphql::{Change, ChangeResult};
use crate::policy::Denied;
use crate::policy::areas::feedback as policy;
use crate::store::WriteSession;

const TABLE: &str = "feedback_story";

/// A story with the limits of this server.
#[derive(Debug)]
pub(super) struct Told<I> {
    pub input: I,
    pub limits: FeedbackSettings,
}

impl<I> Told<I> {
    fn text(&self, violations: &mut Violations, raw: &str) -> Private<String> {
        let longest = characters(self.limits.longest_story);
        let text = violations.keep(long_text("text", raw, 1..=longest));
        Private::new(text.unwrap_or_default())
    }
}

pub(super) async fn write(change: Change<'_>, told: &Told<FeedbackStoryWriteInput>) -> ChangeResult {
    let (session, input) = (change.session, &told.input);
    let mut violations = Violations::default();
    let text = told.text(&mut violations, &input.text);
    let field = "feedbackId";
    let Some(found) = seen::<feedback::Entity>(session, &mut violations, field, &input.feedback_id).await?
    else {
        return Err(refused(violations));
    };
    let Some(feedback) = held(session, found.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::write_story(change.viewer, feedback)?;
    let feedback = permit.model();
    violations.keep(check_agreed(field, is_agreed(session, feedback).await?));
    let of_it = Condition::all().add(feedback_story::Column::FeedbackId.eq(feedback.id));
    let is_there = session.count::<feedback_story::Entity>(of_it).await? > 0;
    violations.check(!is_there, Code::AlreadyExists, field, || {
        "There is a story of this feedback already. Change it with feedbackStoryUpdate.".to_owned()
    });
    violations.into_result()?;
    let row = feedback_story::ActiveModel {
        id: Set(FeedbackStoryId::new()),
        feedback_id: Set(feedback.id),
        text: Set(text),
        written_by_person_id: Set(change.viewer.person().map(PersonId).ok_or(Denied)?),
        written_at: Set(session.now()),
        checked_by_person_id: Set(None),
        checked_at: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, feedback_story::Model>(None, &row);
    let story = session.insert(&permit, row).await?;
    let event = event(("feedback_story.write", TABLE), story.id, feedback).changed(changed);
    Ok(session.record(event, story.id.0))
}

pub(super) async fn update(change: Change<'_>, told: &Told<FeedbackStoryUpdateInput>) -> ChangeResult {
    let (session, input) = (change.session, &told.input);
    let mut violations = Violations::default();
    let text = told.text(&mut violations, &input.text);
    let Some(story) = seen::<feedback_story::Entity>(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let Some(feedback) = held(session, story.feedback_id).await? else {
        return Err(refused(violations));
    };
    let writes = policy::write_story(change.viewer, feedback)?;
    let permit = policy::change_story(&writes, story)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    let is_agreed = is_agreed(session, writes.model()).await?;
    violations.keep(check_agreed("id", is_agreed));
    violations.into_result()?;
    let row = feedback_story::ActiveModel {
        text: Set(text),
        written_by_person_id: Set(change.viewer.person().map(PersonId).ok_or(Denied)?),
        written_at: Set(session.now()),
        checked_by_person_id: Set(None),
        checked_at: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let story = session.update(&permit, input.expected_version, row).await?;
    let event = event(("feedback_story.update", TABLE), story.id, writes.model()).changed(changed);
    Ok(session.record(event, story.id.0))
}

pub(super) async fn check(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(story) = seen::<feedback_story::Entity>(session, &mut violations, "id", id).await? else {
        return Err(refused(violations));
    };
    let Some(feedback) = held(session, story.feedback_id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::check_story(session, story).await??;
    let before = permit.model();
    fresh(expected_version, before.version)?;
    violations.keep(check_unchecked(before.checked_at.is_some()));
    violations.keep(check_agreed("id", is_agreed(session, &feedback).await?));
    violations.into_result()?;
    let row = feedback_story::ActiveModel {
        checked_by_person_id: Set(change.viewer.person().map(PersonId)),
        checked_at: Set(Some(session.now())),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let story = session.update(&permit, expected_version, row).await?;
    let event = event(("feedback_story.check", TABLE), story.id, &feedback).changed(changed);
    // The person checks their own story for themselves, and not for an organisation that they act for.
    let is_own = change.viewer.acting_organisation() != Some(feedback.organisation_id.0);
    let event = if is_own { event.private() } else { event };
    Ok(session.record(event, story.id.0))
}
