//! How pieces of work are written. Their partnership is held first: it has to stay at work.

use async_graphql::MaybeUndefined;
use entity::Described;
use entity::boards::initiative;
use entity::id::{InitiativeId, PartnershipId};
use entity::list::EnumList;
use entity::partnerships::partnership;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, NotSet, Set};

use super::mutation::{InitiativeCreateInput, InitiativeUpdateInput};
use crate::domains::boards::rules::initiatives::check_stages;
use crate::domains::partnerships::persist::{hold, is_current};
use crate::domains::partnerships::rules::standing::check_at_work;
use crate::domains::violation::{Violations, optional_long_text, text};
use crate::events::Event;
use crate::graphql::input::patch;
use crate::graphql::patch::{refused, seen};
use crate::graphql::{Change, ChangeResult};
use crate::planner::OneOf;
use crate::policy::areas::initiatives as policy;
use crate::store::{StoreError, WriteSession};

fn listed<T: Described>(values: &[OneOf<T>]) -> EnumList<T> {
    values.iter().map(|value| value.0).collect()
}

fn event(action: &'static str, of: &initiative::Model, changed: serde_json::Value) -> Event {
    Event::new(action, "initiative", of.id)
        .changed(changed)
        .of_partnership(of.partnership_id)
}

pub(super) async fn create(change: Change<'_>, input: &InitiativeCreateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let field = "partnershipId";
    let partnership = hold::<partnership::Entity>(session, &mut violations, field, &input.partnership_id);
    let partnership = partnership.await?;
    let title = violations.keep(text("title", &input.title, 1..=200));
    let summary = violations.keep(optional_long_text("summary", input.summary.as_deref(), 5_000));
    let stages = listed(&input.stages);
    violations.keep(check_stages(&stages));
    let Some(partnership) = partnership else {
        return Err(refused(violations));
    };
    let permit = policy::create_initiative(change.viewer, partnership)?;
    violations.keep(check_at_work(permit.model().status, field));
    violations.into_result()?;

    let row = initiative::ActiveModel {
        id: Set(InitiativeId::new()),
        partnership_id: Set(permit.model().id),
        title: Set(title.unwrap_or_default()),
        summary: Set(summary.flatten()),
        stages: Set(stages),
        rung_claimed: Set(input.rung_claimed.0),
        rung_assessed: Set(None),
        principles: Set(listed(&input.principles)),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, initiative::Model>(None, &row);
    let initiative = session.insert(&permit, row).await?;
    let event = event("initiative.create", &initiative, changed);
    Ok(session.record(event, initiative.id.0))
}

/// The partnership stays as it is until the transaction ends, and is at work.
async fn stays_at_work(
    session: &WriteSession,
    violations: &mut Violations,
    partnership: PartnershipId,
) -> Result<(), StoreError> {
    session.lock::<partnership::Entity>(partnership).await?;
    let of = Condition::all().add(partnership::Column::Id.eq(partnership));
    for partnership in session.facts::<partnership::Entity>(of).await? {
        violations.keep(check_at_work(partnership.status, "id"));
    }
    Ok(())
}

pub(super) async fn update(change: Change<'_>, input: &InitiativeUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let initiative = seen::<initiative::Entity>(session, &mut violations, "id", &input.id).await?;
    let title = input.title.as_deref().map(|title| text("title", title, 1..=200));
    let title = violations.keep(title.transpose());
    let summary = input.summary.value().map(String::as_str);
    let summary = violations.keep(optional_long_text("summary", summary, 5_000));
    let stages = input.stages.as_deref().map(listed);
    violations.keep(stages.as_ref().map(check_stages).transpose());
    let Some(initiative) = initiative else {
        return Err(refused(violations));
    };
    let permit = policy::update_initiative(change.viewer, initiative)?;
    is_current(permit.model().version, input.expected_version)?;
    stays_at_work(session, &mut violations, permit.model().partnership_id).await?;
    violations.into_result()?;

    let row = initiative::ActiveModel {
        title: patch(title.flatten(), std::convert::identity),
        summary: match input.summary {
            MaybeUndefined::Undefined => NotSet,
            _ => Set(summary.flatten()),
        },
        stages: patch(stages, std::convert::identity),
        rung_claimed: patch(input.rung_claimed, |rung| rung.0),
        principles: patch(input.principles.as_deref(), listed),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(permit.model()), &row);
    let initiative = session.update(&permit, input.expected_version, row).await?;
    let event = event("initiative.update", &initiative, changed);
    Ok(session.record(event, initiative.id.0))
}
