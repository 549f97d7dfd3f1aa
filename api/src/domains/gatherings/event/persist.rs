//! How events are prepared and changed.

use async_graphql::ID;
use entity::gatherings::kinds::{EventHostStatus, EventStatus, WhenFull};
use entity::gatherings::{event, event_host};
use entity::id::{EventHostId, EventId};
use entity::parties::kinds::OrganisationStatus;
use entity::parties::organisation;
use entity::partnerships::partnership;
use sea_orm::Set;

use super::mutation::{EventCreateInput, EventUpdateInput};
use crate::domains::gatherings::hold::{attendances, happened, hold, hosts, pass_on_places};
use crate::domains::gatherings::rules::events::{check_audience, check_times, check_to_come};
use crate::domains::gatherings::rules::places::{check_capacity, takes_a_place};
use crate::domains::gatherings::settings::EventSettings;
use crate::domains::meetings::rules::schedule::link;
use crate::domains::violation::{
    UserErrorCode as Code, Violation, Violations, number, optional_long_text, optional_text, text,
};
use crate::graphql::patch::{self, after, fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::gatherings::{self as policy, RunEvent};
use crate::store::WriteSession;

/// The longest name of a place, in characters.
const LONGEST_VENUE: usize = 500;
/// The longest description, in characters.
const LONGEST_DESCRIPTION: usize = 10_000;

/// An input with the limits of this server.
#[derive(Debug)]
pub(in crate::domains::gatherings) struct Limited<I> {
    pub input: I,
    pub limits: EventSettings,
}

fn check_size(capacity: i32, limits: &EventSettings) -> Result<i32, Violation> {
    let most = i32::try_from(limits.most_people).unwrap_or(i32::MAX);
    number("capacity", capacity, 1..=most)
}

pub(super) async fn create(change: Change<'_>, limited: &Limited<EventCreateInput>) -> ChangeResult {
    let session = change.session;
    let Limited { input, limits } = limited;
    let mut violations = Violations::default();
    let mut row = written(&mut violations, input);
    if let Some(capacity) = input.capacity {
        row.capacity = Set(violations.keep(check_size(capacity, limits)));
    }
    let named = input.partnership_id.as_ref();
    let named =
        seen_if_named::<partnership::Entity>(session, &mut violations, "partnershipId", named).await?;
    violations.keep(check_audience(input.audience.0, input.partnership_id.is_some()));
    let field = "organisationId";
    let found = seen::<organisation::Entity>(session, &mut violations, field, &input.organisation_id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let permit = policy::create_event(change.viewer, found)?;
    let organisation = permit.model();
    violations.check(
        organisation.status == OrganisationStatus::Active,
        Code::Inactive,
        field,
        || {
            format!(
                "This organisation is {}. Only an active organisation hosts events.",
                organisation.status
            )
        },
    );
    let takes_part = named
        .as_ref()
        .is_none_or(|named| change.viewer.takes_part_in(named.id));
    violations.check(takes_part, Code::RuleBroken, "partnershipId", || {
        "Your organisation is no active member of this partnership. Choose one that it takes part in."
            .to_owned()
    });
    violations.into_result()?;

    row.partnership_id = Set(named.map(|named| named.id));
    let changed = WriteSession::changed::<_, event::Model>(None, &row);
    let event = session.insert(&permit, row).await?;
    let host = event_host::ActiveModel {
        id: Set(EventHostId::new()),
        event_id: Set(event.id),
        organisation_id: Set(organisation.id),
        status: Set(EventHostStatus::Accepted),
        invited_at: Set(session.now()),
        answered_at: Set(Some(session.now())),
        ..Default::default()
    };
    let host = session.insert(&permit, host).await?;
    let created = happened(("event.create", "event"), event.id, &[host]).changed(changed);
    Ok(session.record(created, event.id.0))
}

/// The row of a new event, as far as its own fields say.
fn written(violations: &mut Violations, input: &EventCreateInput) -> event::ActiveModel {
    let title = violations.keep(text("title", &input.title, 1..=200));
    let description = optional_long_text("description", input.description.as_deref(), LONGEST_DESCRIPTION);
    let description = violations.keep(description);
    violations.keep(check_times(input.starts_at.0, input.ends_at.0));
    let venue = violations.keep(optional_text("venue", input.venue.as_deref(), LONGEST_VENUE));
    let online_url = violations.keep(link("onlineUrl", input.online_url.as_deref()));
    event::ActiveModel {
        id: Set(EventId::new()),
        kind: Set(input.kind.0),
        title: Set(title.unwrap_or_default()),
        description: Set(description.flatten()),
        starts_at: Set(input.starts_at.0),
        ends_at: Set(input.ends_at.0),
        venue: Set(venue.flatten()),
        online_url: Set(online_url.flatten()),
        audience: Set(input.audience.0),
        when_full: Set(input.when_full.map_or(WhenFull::WaitingList, |when| when.0)),
        status: Set(EventStatus::Draft),
        ..Default::default()
    }
}

/// Leave to run the event with an id, if the viewer may see it. It is held until the change is over.
pub(in crate::domains::gatherings) async fn run(
    change: Change<'_>,
    violations: &mut Violations,
    (field, id): (&str, &ID),
) -> Result<Option<Permit<RunEvent, event::Model>>, ChangeError> {
    let session = change.session;
    let Some(found) = seen::<event::Entity>(session, violations, field, id).await? else {
        return Ok(None);
    };
    let event = hold(session, found.id).await?;
    Ok(Some(policy::run_event(session, event).await??))
}

pub(super) async fn update(change: Change<'_>, limited: &Limited<EventUpdateInput>) -> ChangeResult {
    let session = change.session;
    let Limited { input, limits } = limited;
    let mut violations = Violations::default();
    let row = patch_of(&mut violations, input, limits);
    let Some(permit) = run(change, &mut violations, ("id", &input.id)).await? else {
        return Err(refused(violations));
    };
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_to_come(before, session.now(), "id"));
    let (starts_at, ends_at) = (
        after(&row.starts_at, before.starts_at),
        after(&row.ends_at, before.ends_at),
    );
    violations.keep(check_times(starts_at, ends_at));
    let is_moved = starts_at != before.starts_at;
    let is_late = is_moved && before.status == EventStatus::Published && starts_at <= session.now();
    violations.check(!is_late, Code::OutOfRange, "startsAt", || {
        "This event was announced, so it begins at a time to come.".to_owned()
    });
    let all = attendances(session, before.id).await?;
    let taken = all.iter().filter(|of| takes_a_place(of.status)).count();
    violations.keep(check_capacity(after(&row.capacity, before.capacity), taken));
    violations.into_result()?;

    let changed = WriteSession::changed(Some(before), &row);
    let event = session.update(&permit, input.expected_version, row).await?;
    let hosts = hosts(session, event.id).await?;
    let mut events = vec![happened(("event.update", "event"), event.id, &hosts).changed(changed)];
    events.extend(pass_on_places(session, &permit, (&event, &hosts)).await?);
    Ok(session.record_all(events, event.id.0))
}

fn patch_of(
    violations: &mut Violations,
    input: &EventUpdateInput,
    limits: &EventSettings,
) -> event::ActiveModel {
    event::ActiveModel {
        title: patch::required(violations, "title", &input.title, |title| {
            text("title", title, 1..=200)
        }),
        description: patch::optional(violations, &input.description, |description| {
            optional_long_text("description", Some(description), LONGEST_DESCRIPTION)
        }),
        starts_at: patch::required(violations, "startsAt", &input.starts_at, |at| Ok(at.0)),
        ends_at: patch::required(violations, "endsAt", &input.ends_at, |at| Ok(at.0)),
        venue: patch::optional(violations, &input.venue, |venue| {
            optional_text("venue", Some(venue), LONGEST_VENUE)
        }),
        online_url: patch::optional(violations, &input.online_url, |raw| link("onlineUrl", Some(raw))),
        capacity: patch::optional(violations, &input.capacity, |capacity| {
            check_size(*capacity, limits).map(Some)
        }),
        when_full: patch::required(violations, "whenFull", &input.when_full, |when| Ok(when.0)),
        ..Default::default()
    }
}
