//! How services are written.

use entity::id::ServiceId;
use entity::list::EnumList;
use entity::parties::{organisation, service, site};
use sea_orm::Set;

use super::mutation::{ServiceCreateInput, ServiceUpdateInput};
use crate::domains::parties::rules::place::check_service_dates;
use crate::domains::parties::rules::standing::{check_open, check_own_site};
use crate::domains::violation::{Violation, Violations, text};
use crate::events::Event;
use crate::graphql::{Change, ChangeResult, patch};
use crate::policy::areas::organisations as policy;
use crate::store::WriteSession;

fn name(raw: &str) -> Result<String, Violation> {
    text("name", raw, 1..=200)
}

pub(super) async fn create(change: Change<'_>, input: &ServiceCreateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let name = violations.keep(name(&input.name));
    let (starts_on, ends_on) = (input.starts_on.0, input.ends_on.map(|day| day.0));
    violations.keep(check_service_dates(starts_on, ends_on));
    let site = input.site_id.as_ref();
    let site = patch::seen_if_named::<site::Entity>(session, &mut violations, "siteId", site).await?;
    let commissioner = patch::seen_if_named::<organisation::Entity>(
        session,
        &mut violations,
        "commissionerOrganisationId",
        input.commissioner_organisation_id.as_ref(),
    )
    .await?;
    let provider = patch::seen::<organisation::Entity>(
        session,
        &mut violations,
        "providerOrganisationId",
        &input.provider_organisation_id,
    )
    .await?;
    let Some(provider) = provider else {
        return Err(patch::refused(violations));
    };
    let permit = policy::update_organisation(change.viewer, provider)?;
    let provider = permit.model();
    session.lock::<organisation::Entity>(provider.id).await?;
    violations.keep(check_open("providerOrganisationId", provider.status));
    let is_own = site.as_ref().map(|site| site.organisation_id == provider.id);
    violations.keep(check_own_site("siteId", is_own));
    violations.into_result()?;

    let row = service::ActiveModel {
        id: Set(ServiceId::new()),
        provider_organisation_id: Set(provider.id),
        site_id: Set(site.map(|site| site.id)),
        commissioner_organisation_id: Set(commissioner.map(|commissioner| commissioner.id)),
        name: Set(name.unwrap_or_default()),
        kind: Set(input.kind.0),
        delivery: Set(input.delivery.0),
        client_groups: Set(input.client_groups.iter().map(|group| group.0).collect()),
        starts_on: Set(starts_on),
        ends_on: Set(ends_on),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, service::Model>(None, &row);
    let service = session.insert(&permit, row).await?;
    let event = Event::new("service.create", "service", service.id)
        .changed(changed)
        .of_organisation(service.provider_organisation_id);
    Ok(session.record(event, service.id.0))
}

pub(super) async fn update(change: Change<'_>, input: &ServiceUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let site = input.site_id.value();
    let site = patch::seen_if_named::<site::Entity>(session, &mut violations, "siteId", site).await?;
    let commissioner = patch::seen_if_named::<organisation::Entity>(
        session,
        &mut violations,
        "commissionerOrganisationId",
        input.commissioner_organisation_id.value(),
    )
    .await?;
    let row = service::ActiveModel {
        name: patch::required(&mut violations, "name", &input.name, |raw| name(raw)),
        kind: patch::required(&mut violations, "kind", &input.kind, |kind| Ok(kind.0)),
        delivery: patch::required(&mut violations, "delivery", &input.delivery, |delivery| {
            Ok(delivery.0)
        }),
        client_groups: patch::required(&mut violations, "clientGroups", &input.client_groups, |groups| {
            Ok(EnumList::new(groups.iter().map(|group| group.0)))
        }),
        starts_on: patch::required(&mut violations, "startsOn", &input.starts_on, |day| Ok(day.0)),
        ends_on: patch::optional(&mut violations, &input.ends_on, |day| Ok(Some(day.0))),
        site_id: patch::pointer(&input.site_id, site.as_ref(), |site| site.id),
        commissioner_organisation_id: patch::pointer(
            &input.commissioner_organisation_id,
            commissioner.as_ref(),
            |commissioner| commissioner.id,
        ),
        ..Default::default()
    };
    let service = patch::seen::<service::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(service) = service else {
        return Err(patch::refused(violations));
    };
    let permit = policy::update_service(change.viewer, service)?;
    let before = permit.model();
    patch::fresh(input.expected_version, before.version)?;
    violations.keep(check_service_dates(
        patch::after(&row.starts_on, before.starts_on),
        patch::after(&row.ends_on, before.ends_on),
    ));
    let is_own = site.map(|site| site.organisation_id == before.provider_organisation_id);
    violations.keep(check_own_site("siteId", is_own));
    violations.into_result()?;

    let changed = WriteSession::changed(Some(before), &row);
    let service = session.update(&permit, input.expected_version, row).await?;
    let event = Event::new("service.update", "service", service.id)
        .changed(changed)
        .of_organisation(service.provider_organisation_id);
    Ok(session.record(event, service.id.0))
}
