//! How constituencies are written.

use entity::boards::constituency;
use entity::id::ConstituencyId;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{ConstituencyCreateInput, ConstituencyUpdateInput};
use crate::domains::boards::rules::constituencies::{check_code, check_is_new};
use crate::domains::violation::{Violations, optional_long_text, text};
use crate::events::Event;
use crate::graphql::patch::{self, fresh, refused, seen};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::boards as policy;
use crate::store::WriteSession;

pub(super) async fn create(change: Change<'_>, input: &ConstituencyCreateInput) -> ChangeResult {
    let session = change.session;
    let permit = policy::create_constituency(change.viewer)?;
    let mut violations = Violations::default();
    let code = violations.keep(check_code(&input.code));
    let label = violations.keep(text("label", &input.label, 1..=200));
    let description = optional_long_text("description", input.description.as_deref(), 2_000);
    let description = violations.keep(description).flatten();
    if let Some(code) = &code {
        let same = Condition::all().add(constituency::Column::Code.eq(code));
        let known = session.count::<constituency::Entity>(same).await? > 0;
        violations.keep(check_is_new(code, known));
    }
    violations.into_result()?;

    let row = constituency::ActiveModel {
        id: Set(ConstituencyId::new()),
        code: Set(code.unwrap_or_default()),
        label: Set(label.unwrap_or_default()),
        description: Set(description),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, constituency::Model>(None, &row);
    let constituency = session.insert(&permit, row).await?;
    let event = Event::new("constituency.create", "constituency", constituency.id).changed(changed);
    Ok(session.record(event, constituency.id.0))
}

pub(super) async fn update(change: Change<'_>, input: &ConstituencyUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let row = constituency::ActiveModel {
        label: patch::required(&mut violations, "label", &input.label, |label| {
            text("label", label, 1..=200)
        }),
        description: patch::optional(&mut violations, &input.description, |text| {
            optional_long_text("description", Some(text), 2_000)
        }),
        ..Default::default()
    };
    let found = seen::<constituency::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let permit = policy::update_constituency(change.viewer, found)?;
    fresh(input.expected_version, permit.model().version)?;
    violations.into_result()?;

    let changed = WriteSession::changed(Some(permit.model()), &row);
    let constituency = session.update(&permit, input.expected_version, row).await?;
    let event = Event::new("constituency.update", "constituency", constituency.id).changed(changed);
    Ok(session.record(event, constituency.id.0))
}
