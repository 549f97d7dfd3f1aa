//! How versions of indicators are written. The indicator is held first, so that versions do not overlap; whoever records a figure
//! holds the version, so that its wording does not change under it.

use async_graphql::ID;
use entity::id::IndicatorVersionId;
use entity::outcomes::{indicator, indicator_version, observation, outcome_framework};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{IndicatorVersionCreateInput, IndicatorVersionEndInput, IndicatorVersionUpdateInput};
use crate::domains::outcomes::Written;
use crate::domains::outcomes::framework::persist::{event, worded};
use crate::domains::outcomes::rules::frameworks::check_not_retired;
use crate::domains::outcomes::rules::indicators::{check_end, check_new_version, check_unused};
use crate::domains::violation::{UserErrorCode as Code, Violations, long_text};
use crate::graphql::patch::{self, after, fresh, refused, seen};
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::outcome_frameworks::{self as policy, WordFramework};
use crate::store::WriteSession;

const TABLE: &str = "indicator_version";

pub(super) async fn create(
    change: Change<'_>,
    written: &Written<IndicatorVersionCreateInput>,
) -> ChangeResult {
    let session = change.session;
    let Written { input, limits } = written;
    let mut violations = Violations::default();
    let definition = violations.keep(long_text("definition", &input.definition, 1..=limits.text()));
    let field = "indicatorId";
    let found = seen::<indicator::Entity>(session, &mut violations, field, &input.indicator_id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let Some(framework) = worded(change, found.framework_id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::word_indicator(&framework, found)?;
    session.lock::<indicator::Entity>(permit.model().id).await?;
    violations.keep(check_not_retired(framework.model().status, field));
    let of_it = Condition::all().add(indicator_version::Column::IndicatorId.eq(permit.model().id));
    let others = session.facts::<indicator_version::Entity>(of_it).await?;
    let last = others.iter().max_by_key(|version| version.number);
    let days = (input.valid_from.0, input.valid_to.map(|day| day.0));
    violations.keep_all(check_new_version(days, input.comparable_with_previous, last));
    violations.into_result()?;
    let row = indicator_version::ActiveModel {
        id: Set(IndicatorVersionId::new()),
        indicator_id: Set(permit.model().id),
        number: Set(last.map_or(1, |last| last.number + 1)),
        definition: Set(definition.unwrap_or_default()),
        valid_from: Set(days.0),
        valid_to: Set(days.1),
        comparable_with_previous: Set(input.comparable_with_previous),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, indicator_version::Model>(None, &row);
    let row = session.insert(&permit, row).await?;
    let event = event(("indicator_version.create", TABLE), row.id, framework.model()).changed(changed);
    Ok(session.record(event, row.id.0))
}

/// A version that the viewer may word, as it is now; it and its framework are held.
struct Held {
    framework: Permit<WordFramework, outcome_framework::Model>,
    version: Permit<WordFramework, indicator_version::Model>,
}

async fn held(
    change: Change<'_>,
    violations: &mut Violations,
    (id, expected_version): (&ID, i32),
) -> Result<Option<Held>, ChangeError> {
    let session = change.session;
    let Some(found) = seen::<indicator_version::Entity>(session, violations, "id", id).await? else {
        return Ok(None);
    };
    let Some(of) = session.visible::<indicator::Entity>(found.indicator_id).await? else {
        return Ok(None);
    };
    let Some(framework) = worded(change, of.framework_id).await? else {
        return Ok(None);
    };
    let indicator = policy::word_indicator(&framework, of)?;
    session.lock::<indicator_version::Entity>(found.id).await?;
    let this = Condition::all().add(indicator_version::Column::Id.eq(found.id));
    let Some(now) = session.facts::<indicator_version::Entity>(this).await?.pop() else {
        return Ok(None);
    };
    let version = policy::word_version(&indicator, now)?;
    fresh(expected_version, version.model().version)?;
    violations.keep(check_not_retired(framework.model().status, "id"));
    Ok(Some(Held { framework, version }))
}

async fn write(
    session: &WriteSession,
    held: &Held,
    (row, action): (indicator_version::ActiveModel, &'static str),
) -> ChangeResult {
    let before = held.version.model();
    let changed = WriteSession::changed(Some(before), &row);
    let row = session.update(&held.version, before.version, row).await?;
    let event = event((action, TABLE), row.id, held.framework.model()).changed(changed);
    Ok(session.record(event, row.id.0))
}

pub(super) async fn update(
    change: Change<'_>,
    written: &Written<IndicatorVersionUpdateInput>,
) -> ChangeResult {
    let session = change.session;
    let Written { input, limits } = written;
    let mut violations = Violations::default();
    let row = indicator_version::ActiveModel {
        definition: patch::required(&mut violations, "definition", &input.definition, |definition| {
            long_text("definition", definition, 1..=limits.text())
        }),
        comparable_with_previous: patch::required(
            &mut violations,
            "comparableWithPrevious",
            &input.comparable_with_previous,
            |is_comparable| Ok(*is_comparable),
        ),
        ..Default::default()
    };
    let Some(held) = held(change, &mut violations, (&input.id, input.expected_version)).await? else {
        return Err(refused(violations));
    };
    let before = held.version.model();
    let is_comparable = after(&row.comparable_with_previous, before.comparable_with_previous);
    let field = "comparableWithPrevious";
    violations.check(
        before.number > 1 || !is_comparable,
        Code::RuleBroken,
        field,
        || "This is the first version: there is none before it to be compared with.".to_owned(),
    );
    let of_it = Condition::all().add(observation::Column::IndicatorVersionId.eq(before.id));
    violations.keep(check_unused(session.count::<observation::Entity>(of_it).await?));
    violations.into_result()?;
    write(session, &held, (row, "indicator_version.update")).await
}

pub(super) async fn end(change: Change<'_>, input: &IndicatorVersionEndInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(held) = held(change, &mut violations, (&input.id, input.expected_version)).await? else {
        return Err(refused(violations));
    };
    let before = held.version.model();
    let beyond = Condition::all()
        .add(observation::Column::IndicatorVersionId.eq(before.id))
        .add(observation::Column::PeriodEnd.gt(input.valid_to.0));
    let beyond = session.count::<observation::Entity>(beyond).await?;
    violations.keep_all(check_end(before, input.valid_to.0, beyond));
    violations.into_result()?;
    let row = indicator_version::ActiveModel {
        valid_to: Set(Some(input.valid_to.0)),
        ..Default::default()
    };
    write(session, &held, (row, "indicator_version.end")).await
}
