//! How descriptors are written.

use entity::gatherings::event as workshop;
use entity::id::OutcomeDescriptorId;
use entity::outcomes::{outcome, outcome_descriptor};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{OutcomeDescriptorCreateInput, OutcomeDescriptorUpdateInput};
use crate::domains::outcomes::Written;
use crate::domains::outcomes::framework::persist::{event, worded};
use crate::domains::outcomes::rules::frameworks::check_draft;
use crate::domains::violation::{UserErrorCode as Code, Violations, long_text};
use crate::graphql::patch::{self, fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::outcome_frameworks as policy;
use crate::store::WriteSession;

const TABLE: &str = "outcome_descriptor";

pub(super) async fn create(
    change: Change<'_>,
    written: &Written<OutcomeDescriptorCreateInput>,
) -> ChangeResult {
    let session = change.session;
    let Written { input, limits } = written;
    let mut violations = Violations::default();
    let text = violations.keep(long_text("text", &input.text, 1..=limits.text()));
    let field = "workshopEventId";
    let event_id = input.workshop_event_id.as_ref();
    let agreed_at = seen_if_named::<workshop::Entity>(session, &mut violations, field, event_id).await?;
    let field = "outcomeId";
    let Some(found) = seen::<outcome::Entity>(session, &mut violations, field, &input.outcome_id).await?
    else {
        return Err(refused(violations));
    };
    let Some(framework) = worded(change, found.framework_id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::word_outcome(&framework, found)?;
    violations.keep(check_draft(framework.model().status, field));
    let same = Condition::all()
        .add(outcome_descriptor::Column::OutcomeId.eq(permit.model().id))
        .add(outcome_descriptor::Column::Level.eq(input.level.0));
    let is_new = session.count::<outcome_descriptor::Entity>(same).await? == 0;
    violations.check(is_new, Code::AlreadyExists, "level", || {
        format!(
            "It is said already what {} looks like for this outcome.",
            input.level.0
        )
    });
    violations.into_result()?;
    let row = outcome_descriptor::ActiveModel {
        id: Set(OutcomeDescriptorId::new()),
        outcome_id: Set(permit.model().id),
        level: Set(input.level.0),
        text: Set(text.unwrap_or_default()),
        workshop_event_id: Set(agreed_at.map(|at| at.id)),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, outcome_descriptor::Model>(None, &row);
    let row = session.insert(&permit, row).await?;
    let event = event(("outcome_descriptor.create", TABLE), row.id, framework.model()).changed(changed);
    Ok(session.record(event, row.id.0))
}

pub(super) async fn update(
    change: Change<'_>,
    written: &Written<OutcomeDescriptorUpdateInput>,
) -> ChangeResult {
    let session = change.session;
    let Written { input, limits } = written;
    let mut violations = Violations::default();
    let field = "workshopEventId";
    let named = input.workshop_event_id.value();
    let agreed_at = seen_if_named::<workshop::Entity>(session, &mut violations, field, named).await?;
    let row = outcome_descriptor::ActiveModel {
        text: patch::required(&mut violations, "text", &input.text, |text| {
            long_text("text", text, 1..=limits.text())
        }),
        workshop_event_id: patch::pointer(&input.workshop_event_id, agreed_at.as_ref(), |at| at.id),
        ..Default::default()
    };
    let found = seen::<outcome_descriptor::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let Some(outcome) = session.visible::<outcome::Entity>(found.outcome_id).await? else {
        return Err(refused(violations));
    };
    let Some(framework) = worded(change, outcome.framework_id).await? else {
        return Err(refused(violations));
    };
    let outcome = policy::word_outcome(&framework, outcome)?;
    let permit = policy::word_descriptor(&outcome, found)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_draft(framework.model().status, "id"));
    violations.into_result()?;
    let changed = WriteSession::changed(Some(before), &row);
    let row = session.update(&permit, before.version, row).await?;
    let event = event(("outcome_descriptor.update", TABLE), row.id, framework.model()).changed(changed);
    Ok(session.record(event, row.id.0))
}
