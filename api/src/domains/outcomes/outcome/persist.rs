//! How outcomes are written. The framework is held first: what is in use is not worded anew.

use async_graphql::MaybeUndefined;
use entity::id::OutcomeId;
use entity::outcomes::{outcome, outcome_framework};
use sea_orm::sea_query::Condition;
use sea_orm::{ActiveValue, ColumnTrait, Set};

use super::mutation::{OutcomeCreateInput, OutcomeUpdateInput};
use crate::domains::outcomes::Written;
use crate::domains::outcomes::framework::persist::{event, worded};
use crate::domains::outcomes::rules::frameworks::{LONGEST_CODE, LONGEST_TITLE, check_draft};
use crate::domains::outcomes::settings::count;
use crate::domains::violation::{UserErrorCode as Code, Violations, long_text, number, optional_text, text};
use crate::graphql::patch::{self, fresh, refused, seen};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::outcome_frameworks as policy;
use crate::store::WriteSession;

const TABLE: &str = "outcome";

pub(super) async fn create(change: Change<'_>, written: &Written<OutcomeCreateInput>) -> ChangeResult {
    let session = change.session;
    let Written { input, limits } = written;
    let mut violations = Violations::default();
    let code = violations.keep(text("code", &input.code, 1..=LONGEST_CODE));
    let statement = violations.keep(long_text("statement", &input.statement, 1..=limits.text()));
    let theme = violations.keep(optional_text("theme", input.theme.as_deref(), LONGEST_TITLE));
    let ordinal = input.ordinal.map(|place| number("ordinal", place, 1..=i32::MAX));
    let ordinal = ordinal.and_then(|place| violations.keep(place));
    let field = "frameworkId";
    let found =
        seen::<outcome_framework::Entity>(session, &mut violations, field, &input.framework_id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let Some(permit) = worded(change, found.id).await? else {
        return Err(refused(violations));
    };
    let framework = permit.model();
    violations.keep(check_draft(framework.status, field));
    let of_it = Condition::all().add(outcome::Column::FrameworkId.eq(framework.id));
    let others = session.facts::<outcome::Entity>(of_it).await?;
    let is_new = others.iter().all(|other| Some(&other.code) != code.as_ref());
    violations.check(is_new, Code::AlreadyExists, "code", || {
        "Another outcome of this framework has this code.".to_owned()
    });
    violations.check(
        others.len() < count(limits.most_outcomes),
        Code::LimitExceeded,
        field,
        || format!("It has {} outcomes, which is the most.", limits.most_outcomes),
    );
    violations.into_result()?;
    let last = others.iter().map(|other| other.ordinal).max().unwrap_or_default();
    let row = outcome::ActiveModel {
        id: Set(OutcomeId::new()),
        framework_id: Set(framework.id),
        code: Set(code.unwrap_or_default()),
        statement: Set(statement.unwrap_or_default()),
        voice: Set(input.voice.0),
        theme: Set(theme.flatten()),
        ordinal: Set(ordinal.unwrap_or(last.saturating_add(1))),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, outcome::Model>(None, &row);
    let row = session.insert(&permit, row).await?;
    let event = event(("outcome.create", TABLE), row.id, framework).changed(changed);
    Ok(session.record(event, row.id.0))
}

pub(super) async fn update(change: Change<'_>, written: &Written<OutcomeUpdateInput>) -> ChangeResult {
    let session = change.session;
    let Written { input, limits } = written;
    let mut violations = Violations::default();
    let row = outcome::ActiveModel {
        statement: patch::required(&mut violations, "statement", &input.statement, |statement| {
            long_text("statement", statement, 1..=limits.text())
        }),
        voice: patch::required(&mut violations, "voice", &input.voice, |voice| Ok(voice.0)),
        theme: patch::optional(&mut violations, &input.theme, |theme| {
            optional_text("theme", Some(theme), LONGEST_TITLE)
        }),
        ordinal: ordinal(&mut violations, input.ordinal),
        ..Default::default()
    };
    let Some(found) = seen::<outcome::Entity>(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let Some(framework) = worded(change, found.framework_id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::word_outcome(&framework, found)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_draft(framework.model().status, "id"));
    violations.into_result()?;
    let changed = WriteSession::changed(Some(before), &row);
    let row = session.update(&permit, before.version, row).await?;
    let event = event(("outcome.update", TABLE), row.id, framework.model()).changed(changed);
    Ok(session.record(event, row.id.0))
}

/// A place among others.
pub(in crate::domains::outcomes) fn ordinal(
    violations: &mut Violations,
    value: MaybeUndefined<i32>,
) -> ActiveValue<i32> {
    patch::required(violations, "ordinal", &value, |place| {
        number("ordinal", *place, 1..=i32::MAX)
    })
}
