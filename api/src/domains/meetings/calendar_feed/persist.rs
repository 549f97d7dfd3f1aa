//! How calendar feeds are written. Their events are private: they are the person's, whatever role the person acts in.

use entity::id::{CalendarFeedId, PersonId};
use entity::meetings::calendar_feed;
use entity::parties::person;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::CalendarSettings;
use super::mutation::{CalendarFeedCreateInput, CalendarFeedRevokeInput, CalendarFeedRotateInput};
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, text};
use crate::events::Event;
use crate::graphql::patch::{fresh, refused, seen};
use crate::graphql::{Change, ChangeResult};
use crate::policy::Denied;
use crate::policy::areas::calendar_feeds as policy;
use crate::store::WriteSession;

/// The longest name of a feed, in characters.
const LONGEST_NAME: usize = 100;

/// An input with what it needs beside: the settings, and the hash of the secret that is shown once.
pub(super) struct Prepared<I> {
    pub input: I,
    pub settings: CalendarSettings,
    pub secret_hash: String,
}

pub(super) async fn create(change: Change<'_>, prepared: &Prepared<CalendarFeedCreateInput>) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let name = violations.keep(text("name", &prepared.input.name, 1..=LONGEST_NAME));
    violations.into_result()?;

    let id = PersonId(change.viewer.person().ok_or(Denied)?);
    let person = session.visible::<person::Entity>(id).await?.ok_or(Denied)?;
    let permit = policy::create_calendar_feed(change.viewer, person)?;
    // Held, so that of two requests at once one finds the other's feed.
    session.lock::<person::Entity>(id).await?;
    let live = Condition::all()
        .add(calendar_feed::Column::PersonId.eq(id))
        .add(calendar_feed::Column::RevokedAt.is_null());
    let most = prepared.settings.feeds_per_person;
    if session.count::<calendar_feed::Entity>(live).await? >= most.into() {
        let message =
            format!("You have {most} calendar feeds, which is the most. Stop one that you no longer use.");
        return Err(Violation::new(Code::LimitExceeded, "name", message).into());
    }
    let row = calendar_feed::ActiveModel {
        id: Set(CalendarFeedId::new()),
        person_id: Set(id),
        name: Set(name.unwrap_or_default()),
        secret_hash: Set(prepared.secret_hash.clone()),
        revoked_at: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, calendar_feed::Model>(None, &row);
    let feed = session.insert(&permit, row).await?;
    let event = event("calendar_feed.create", &feed).changed(changed);
    Ok(session.record(event, feed.id.0))
}

pub(super) async fn rotate(change: Change<'_>, prepared: &Prepared<CalendarFeedRotateInput>) -> ChangeResult {
    let (session, input) = (change.session, &prepared.input);
    let mut violations = Violations::default();
    let feed = seen::<calendar_feed::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(feed) = feed else {
        return Err(refused(violations));
    };
    let permit = policy::manage_calendar_feed(change.viewer, feed)?;
    fresh(input.expected_version, permit.model().version)?;
    check_live(permit.model())?;
    let row = calendar_feed::ActiveModel {
        secret_hash: Set(prepared.secret_hash.clone()),
        ..Default::default()
    };
    let feed = session.update(&permit, input.expected_version, row).await?;
    Ok(session.record(event("calendar_feed.rotate", &feed), feed.id.0))
}

pub(super) async fn revoke(change: Change<'_>, input: &CalendarFeedRevokeInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let feed = seen::<calendar_feed::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(feed) = feed else {
        return Err(refused(violations));
    };
    let permit = policy::manage_calendar_feed(change.viewer, feed)?;
    fresh(input.expected_version, permit.model().version)?;
    check_live(permit.model())?;
    let row = calendar_feed::ActiveModel {
        revoked_at: Set(Some(session.now())),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(permit.model()), &row);
    let feed = session.update(&permit, input.expected_version, row).await?;
    let event = event("calendar_feed.revoke", &feed).changed(changed);
    Ok(session.record(event, feed.id.0))
}

fn check_live(feed: &calendar_feed::Model) -> Result<(), Violation> {
    if feed.revoked_at.is_none() {
        return Ok(());
    }
    let message = "This calendar feed was stopped already. Make another one.";
    Err(Violation::new(Code::IllegalTransition, "id", message))
}

fn event(action: &'static str, feed: &calendar_feed::Model) -> Event {
    Event::new(action, "calendar_feed", feed.id).private()
}
