//! How figures are corrected and marked as final. The revision is held, so that two people do not do it at once.

use async_graphql::ID;
use entity::id::UserId;
use entity::outcomes::kinds::ObservationQuality;
use entity::outcomes::{indicator, observation};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::ObservationCorrectInput;
use super::naming::{measure, owners};
use super::persist::{event, revision_of};
use crate::domains::outcomes::Written;
use crate::domains::outcomes::rules::observations::{check_current, check_final, checked};
use crate::domains::violation::{Violations, long_text};
use crate::graphql::patch::{fresh, refused, seen};
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::areas::observations::{self as policy, Owners, RecordFigures};
use crate::policy::{Denied, Permit};
use crate::store::WriteSession;

/// A revision that the viewer may see and record anew, as it is now, and whose it is.
async fn held(
    change: Change<'_>,
    violations: &mut Violations,
    (id, expected_version): (&ID, i32),
) -> Result<Option<(Permit<RecordFigures, observation::Model>, Owners)>, ChangeError> {
    let session = change.session;
    let Some(found) = seen::<observation::Entity>(session, violations, "id", id).await? else {
        return Ok(None);
    };
    session.lock::<observation::Entity>(found.id).await?;
    let this = Condition::all().add(observation::Column::Id.eq(found.id));
    let Some(row) = session.facts::<observation::Entity>(this).await?.pop() else {
        return Ok(None);
    };
    let owners = owners(session, row.subject_type, row.subject_id).await?;
    let permit = policy::change_observation(change.viewer, owners, row)?;
    fresh(expected_version, permit.model().version)?;
    Ok(Some((permit, owners)))
}

pub(super) async fn correct(change: Change<'_>, written: &Written<ObservationCorrectInput>) -> ChangeResult {
    let session = change.session;
    let Written { input, limits } = written;
    let mut violations = Violations::default();
    let reason = violations.keep(long_text("reason", &input.reason, 1..=limits.text()));
    let named = (&input.id, input.expected_version);
    let Some((permit, owners)) = held(change, &mut violations, named).await? else {
        return Err(refused(violations));
    };
    let before = permit.model();
    violations.keep(check_current(before.is_current));
    let this = Condition::all().add(indicator::Column::Id.eq(before.indicator_id));
    let Some(of) = session.facts::<indicator::Entity>(this).await?.pop() else {
        return Err(refused(violations));
    };
    let figure = violations.keep_all(checked(measure(&of), input.figure.figure()));
    violations.into_result()?;
    let Some(figure) = figure else {
        return Err(Denied.into());
    };
    let recorder = policy::record(change.viewer, owners)?;
    let row = revision_of(before, &figure, reason, (*recorder.model(), None));
    let superseded = observation::ActiveModel {
        is_current: Set(false),
        ..Default::default()
    };
    session.update(&permit, before.version, superseded).await?;
    let changed = WriteSession::changed::<_, observation::Model>(None, &row);
    let row = session.insert(&permit, row).await?;
    let event = event("observation.correct", &row).changed(changed);
    Ok(session.record(event, row.id.0))
}

pub(super) async fn finalise(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some((permit, _)) = held(change, &mut violations, (id, expected_version)).await? else {
        return Err(refused(violations));
    };
    // A system looks at nothing: a person answers for it.
    let by = change.viewer.user().ok_or(Denied)?;
    let before = permit.model();
    violations.keep_all(check_final(before, Some(by)));
    violations.into_result()?;
    let row = observation::ActiveModel {
        quality: Set(ObservationQuality::Final),
        finalised_at: Set(Some(session.now())),
        finalised_by: Set(Some(UserId(by))),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let row = session.update(&permit, before.version, row).await?;
    let event = event("observation.finalise", &row).changed(changed);
    Ok(session.record(event, row.id.0))
}
