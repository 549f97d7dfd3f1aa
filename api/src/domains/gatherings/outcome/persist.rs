//! How outcomes are written.

use entity::change::you_said_we_did;
use entity::gatherings::event_outcome;
use entity::id::EventOutcomeId;
use entity::resources::resource;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{EventOutcomeAddInput, EventOutcomeUpdateInput};
use crate::domains::gatherings::event::{Limited, run};
use crate::domains::gatherings::hold::{happened, hold, hosts};
use crate::domains::gatherings::rules::events::check_begun;
use crate::domains::violation::{UserErrorCode as Code, Violations, long_text};
use crate::graphql::patch::{self, fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::gatherings as policy;
use crate::store::WriteSession;

const TABLE: &str = "event_outcome";
/// The longest text, in characters.
const LONGEST: usize = 5_000;

pub(super) async fn add(change: Change<'_>, limited: &Limited<EventOutcomeAddInput>) -> ChangeResult {
    let session = change.session;
    let Limited { input, limits } = limited;
    let mut violations = Violations::default();
    let text = violations.keep(long_text("text", &input.text, 1..=LONGEST));
    let told = input.you_said_we_did_id.as_ref();
    let told =
        seen_if_named::<you_said_we_did::Entity>(session, &mut violations, "youSaidWeDidId", told).await?;
    let shown = input.resource_id.as_ref();
    let shown = seen_if_named::<resource::Entity>(session, &mut violations, "resourceId", shown).await?;
    let Some(permit) = run(change, &mut violations, ("eventId", &input.event_id)).await? else {
        return Err(refused(violations));
    };
    let event = permit.model();
    violations.keep(check_begun(event, session.now(), "eventId"));
    let of_it = Condition::all().add(event_outcome::Column::EventId.eq(event.id));
    let noted = session.count::<event_outcome::Entity>(of_it).await?;
    violations.check(
        noted < limits.most_outcomes.into(),
        Code::LimitExceeded,
        "eventId",
        || format!("{noted} outcomes of this event are noted, which is the most."),
    );
    violations.into_result()?;
    let row = event_outcome::ActiveModel {
        id: Set(EventOutcomeId::new()),
        event_id: Set(event.id),
        text: Set(text.unwrap_or_default()),
        you_said_we_did_id: Set(told.map(|told| told.id)),
        resource_id: Set(shown.map(|shown| shown.id)),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, event_outcome::Model>(None, &row);
    let outcome = session.insert(&permit, row).await?;
    let hosts = hosts(session, event.id).await?;
    let added = happened(("event_outcome.add", TABLE), outcome.id, &hosts).changed(changed);
    Ok(session.record(added, outcome.id.0))
}

pub(super) async fn update(change: Change<'_>, input: &EventOutcomeUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let told = input.you_said_we_did_id.value();
    let told =
        seen_if_named::<you_said_we_did::Entity>(session, &mut violations, "youSaidWeDidId", told).await?;
    let shown = input.resource_id.value();
    let shown = seen_if_named::<resource::Entity>(session, &mut violations, "resourceId", shown).await?;
    let row = event_outcome::ActiveModel {
        text: patch::required(&mut violations, "text", &input.text, |text| {
            long_text("text", text, 1..=LONGEST)
        }),
        you_said_we_did_id: patch::pointer(&input.you_said_we_did_id, told.as_ref(), |told| told.id),
        resource_id: patch::pointer(&input.resource_id, shown.as_ref(), |shown| shown.id),
        ..Default::default()
    };
    let found = seen::<event_outcome::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let event = hold(session, found.event_id).await?;
    let runs = policy::run_event(session, event).await??;
    let permit = policy::change_outcome(&runs, found)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.into_result()?;
    let changed = WriteSession::changed(Some(before), &row);
    let outcome = session.update(&permit, input.expected_version, row).await?;
    let hosts = hosts(session, runs.model().id).await?;
    let updated = happened(("event_outcome.update", TABLE), outcome.id, &hosts).changed(changed);
    Ok(session.record(updated, outcome.id.0))
}
