//! How sites are written.

use entity::id::SiteId;
use entity::parties::{geography, organisation, site};
use sea_orm::Set;

use super::mutation::{SiteCreateInput, SiteUpdateInput};
use crate::domains::parties::rules::place::{check_position, check_registration, postcode, uprn};
use crate::domains::parties::rules::standing::{check_local_authority, check_open};
use crate::domains::violation::{Violation, Violations, text};
use crate::events::Event;
use crate::graphql::{Change, ChangeResult, patch};
use crate::policy::areas::organisations as policy;
use crate::store::WriteSession;

fn name(raw: &str) -> Result<String, Violation> {
    text("name", raw, 1..=200)
}

pub(super) async fn create(change: Change<'_>, input: &SiteCreateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let name = violations.keep(name(&input.name));
    let uprn = violations.keep(input.uprn.as_deref().map(uprn).transpose());
    let postcode = violations.keep(input.postcode.as_deref().map(postcode).transpose());
    violations.keep_all(check_position(input.latitude, input.longitude));
    let rating = input.cqc_rating.map(|rating| rating.0);
    let rating_on = input.rating_on.map(|day| day.0);
    let today = session.now().date_naive();
    violations.keep_all(check_registration(input.beds, rating, rating_on, today));
    let area = input.local_authority_id.as_ref();
    let area =
        patch::seen_if_named::<geography::Entity>(session, &mut violations, "localAuthorityId", area).await?;
    if let Some(area) = &area {
        violations.keep(check_local_authority("localAuthorityId", area.level));
    }
    let organisation = patch::seen::<organisation::Entity>(
        session,
        &mut violations,
        "organisationId",
        &input.organisation_id,
    )
    .await?;
    let Some(organisation) = organisation else {
        return Err(patch::refused(violations));
    };
    let permit = policy::update_organisation(change.viewer, organisation)?;
    session.lock::<organisation::Entity>(permit.model().id).await?;
    violations.keep(check_open("organisationId", permit.model().status));
    violations.into_result()?;

    let row = site::ActiveModel {
        id: Set(SiteId::new()),
        organisation_id: Set(permit.model().id),
        name: Set(name.unwrap_or_default()),
        uprn: Set(uprn.flatten()),
        postcode: Set(postcode.flatten()),
        latitude: Set(input.latitude),
        longitude: Set(input.longitude),
        local_authority_id: Set(area.map(|area| area.id)),
        beds: Set(input.beds),
        cqc_rating: Set(rating),
        rating_on: Set(rating_on),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, site::Model>(None, &row);
    let site = session.insert(&permit, row).await?;
    let event = Event::new("site.create", "site", site.id)
        .changed(changed)
        .of_organisation(site.organisation_id);
    Ok(session.record(event, site.id.0))
}

pub(super) async fn update(change: Change<'_>, input: &SiteUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let area = input.local_authority_id.value();
    let area =
        patch::seen_if_named::<geography::Entity>(session, &mut violations, "localAuthorityId", area).await?;
    if let Some(area) = &area {
        violations.keep(check_local_authority("localAuthorityId", area.level));
    }
    let row = site::ActiveModel {
        name: patch::required(&mut violations, "name", &input.name, |raw| name(raw)),
        uprn: patch::optional(&mut violations, &input.uprn, |raw| uprn(raw).map(Some)),
        postcode: patch::optional(&mut violations, &input.postcode, |raw| postcode(raw).map(Some)),
        latitude: patch::optional(&mut violations, &input.latitude, |degrees| Ok(Some(*degrees))),
        longitude: patch::optional(&mut violations, &input.longitude, |degrees| Ok(Some(*degrees))),
        beds: patch::optional(&mut violations, &input.beds, |beds| Ok(Some(*beds))),
        cqc_rating: patch::optional(&mut violations, &input.cqc_rating, |rating| Ok(Some(rating.0))),
        rating_on: patch::optional(&mut violations, &input.rating_on, |day| Ok(Some(day.0))),
        local_authority_id: patch::pointer(&input.local_authority_id, area.as_ref(), |area| area.id),
        ..Default::default()
    };
    let site = patch::seen::<site::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(site) = site else {
        return Err(patch::refused(violations));
    };
    let permit = policy::update_site(change.viewer, site)?;
    let before = permit.model();
    patch::fresh(input.expected_version, before.version)?;
    violations.keep_all(check_position(
        patch::after(&row.latitude, before.latitude),
        patch::after(&row.longitude, before.longitude),
    ));
    violations.keep_all(check_registration(
        patch::after(&row.beds, before.beds),
        patch::after(&row.cqc_rating, before.cqc_rating),
        patch::after(&row.rating_on, before.rating_on),
        session.now().date_naive(),
    ));
    violations.into_result()?;

    let changed = WriteSession::changed(Some(before), &row);
    let site = session.update(&permit, input.expected_version, row).await?;
    let event = Event::new("site.update", "site", site.id)
        .changed(changed)
        .of_organisation(site.organisation_id);
    Ok(session.record(event, site.id.0))
}
