//! How it is written which council answers for an area.

use entity::parties::kinds::{GeographyLevel, OrganisationKind, OrganisationStatus};
use entity::parties::{geography, organisation};
use sea_orm::Set;

use super::mutation::GeographySetOrganisationInput;
use crate::domains::violation::{UserErrorCode as Code, Violations};
use crate::events::Event;
use crate::graphql::patch::{fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::observations::answer_for_area;
use crate::store::WriteSession;

/// Councils answer for the areas of councils.
fn check(violations: &mut Violations, area: &geography::Model, organisation: Option<&organisation::Model>) {
    let Some(organisation) = organisation else { return };
    let field = "organisationId";
    violations.check(
        area.level == GeographyLevel::LocalAuthority,
        Code::RuleBroken,
        "id",
        || {
            format!(
                "This area is a {}. A council answers for a LOCAL_AUTHORITY.",
                area.level
            )
        },
    );
    violations.check(
        organisation.kind == OrganisationKind::Council,
        Code::RuleBroken,
        field,
        || {
            format!(
                "This organisation is a {}. A council answers for an area.",
                organisation.kind
            )
        },
    );
    violations.check(
        organisation.status == OrganisationStatus::Active,
        Code::Inactive,
        field,
        || {
            format!(
                "This organisation is {}. An active council answers for an area.",
                organisation.status
            )
        },
    );
}

pub(super) async fn set_organisation(
    change: Change<'_>,
    input: &GeographySetOrganisationInput,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let named = input.organisation_id.as_ref();
    let field = "organisationId";
    let council = seen_if_named::<organisation::Entity>(session, &mut violations, field, named).await?;
    let Some(area) = seen::<geography::Entity>(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let permit = answer_for_area(change.viewer, area)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    check(&mut violations, before, council.as_ref());
    violations.into_result()?;
    let row = geography::ActiveModel {
        organisation_id: Set(council.map(|council| council.id)),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let row = session.update(&permit, before.version, row).await?;
    let event = Event::new("geography.set_organisation", "geography", row.id).changed(changed);
    Ok(session.record(event, row.id.0))
}
