//! How indicators are written.

use entity::id::IndicatorId;
use entity::outcomes::{indicator, outcome};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{IndicatorCreateInput, IndicatorUpdateInput};
use crate::domains::outcomes::Written;
use crate::domains::outcomes::framework::persist::{event, worded};
use crate::domains::outcomes::outcome::persist::ordinal;
use crate::domains::outcomes::rules::frameworks::{
    LONGEST_CODE, LONGEST_TITLE, check_draft, check_not_retired,
};
use crate::domains::outcomes::rules::indicators::check_decimals;
use crate::domains::outcomes::settings::count;
use crate::domains::violation::{UserErrorCode as Code, Violations, number, text};
use crate::graphql::patch::{self, fresh, refused, seen};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::outcome_frameworks as policy;
use crate::store::WriteSession;

const TABLE: &str = "indicator";

pub(super) async fn create(change: Change<'_>, written: &Written<IndicatorCreateInput>) -> ChangeResult {
    let session = change.session;
    let Written { input, limits } = written;
    let mut violations = Violations::default();
    let code = violations.keep(text("code", &input.code, 1..=LONGEST_CODE));
    let title = violations.keep(text("title", &input.title, 1..=LONGEST_TITLE));
    let decimals = violations.keep(check_decimals(input.decimals));
    let place = input.ordinal.map(|place| number("ordinal", place, 1..=i32::MAX));
    let place = place.and_then(|place| violations.keep(place));
    let field = "outcomeId";
    let Some(found) = seen::<outcome::Entity>(session, &mut violations, field, &input.outcome_id).await?
    else {
        return Err(refused(violations));
    };
    let Some(permit) = worded(change, found.framework_id).await? else {
        return Err(refused(violations));
    };
    let framework = permit.model();
    violations.keep(check_not_retired(framework.status, field));
    let of_it = Condition::all().add(indicator::Column::FrameworkId.eq(framework.id));
    let others = session.facts::<indicator::Entity>(of_it).await?;
    let is_new = others.iter().all(|other| Some(&other.code) != code.as_ref());
    violations.check(is_new, Code::AlreadyExists, "code", || {
        "Another indicator of this framework has this code.".to_owned()
    });
    violations.check(
        others.len() < count(limits.most_indicators),
        Code::LimitExceeded,
        field,
        || {
            format!(
                "The framework has {} indicators, which is the most.",
                limits.most_indicators
            )
        },
    );
    violations.into_result()?;
    let last = others.iter().map(|other| other.ordinal).max().unwrap_or_default();
    let row = indicator::ActiveModel {
        id: Set(IndicatorId::new()),
        framework_id: Set(framework.id),
        outcome_id: Set(found.id),
        code: Set(code.unwrap_or_default()),
        title: Set(title.unwrap_or_default()),
        unit: Set(input.unit.0),
        decimals: Set(decimals.unwrap_or_default()),
        polarity: Set(input.polarity.0),
        ordinal: Set(place.unwrap_or(last.saturating_add(1))),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, indicator::Model>(None, &row);
    let row = session.insert(&permit, row).await?;
    let event = event(("indicator.create", TABLE), row.id, framework).changed(changed);
    Ok(session.record(event, row.id.0))
}

pub(super) async fn update(change: Change<'_>, input: &IndicatorUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let row = indicator::ActiveModel {
        title: patch::required(&mut violations, "title", &input.title, |title| {
            text("title", title, 1..=LONGEST_TITLE)
        }),
        unit: patch::required(&mut violations, "unit", &input.unit, |unit| Ok(unit.0)),
        decimals: patch::required(&mut violations, "decimals", &input.decimals, |decimals| {
            check_decimals(*decimals)
        }),
        polarity: patch::required(&mut violations, "polarity", &input.polarity, |polarity| {
            Ok(polarity.0)
        }),
        ordinal: ordinal(&mut violations, input.ordinal),
        ..Default::default()
    };
    let Some(found) = seen::<indicator::Entity>(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let Some(framework) = worded(change, found.framework_id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::word_indicator(&framework, found)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_draft(framework.model().status, "id"));
    violations.into_result()?;
    let changed = WriteSession::changed(Some(before), &row);
    let row = session.update(&permit, before.version, row).await?;
    let event = event(("indicator.update", TABLE), row.id, framework.model()).changed(changed);
    Ok(session.record(event, row.id.0))
}
