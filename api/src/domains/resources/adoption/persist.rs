//! How adoptions are written. The version is held first: what is adopted is what is published at that moment.

use async_graphql::ID;
use entity::id::{AdoptionEvidenceId, AdoptionId, GeographyId, UserId};
use entity::parties::kinds::OrganisationStatus;
use entity::parties::{geography, organisation, service, site};
use entity::resources::kinds::{AdoptionStatus as Status, ResourceVersionStatus};
use entity::resources::{adoption, adoption_evidence, resource_version};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, NotSet, Set};

use super::mutation::{
    AdoptionAdoptInput, AdoptionEvidenceInput, AdoptionPledgeInput, AdoptionRenewInput, AdoptionWithdrawInput,
};
use crate::domains::resources::files::own_file;
use crate::domains::resources::hold::{hold_version, named_version};
use crate::domains::resources::rules::adoptions as rules;
use crate::domains::resources::settings::ResourceSettings;
use crate::domains::violation::{UserErrorCode as Code, Violations, long_text};
use crate::events::Event;
use crate::graphql::patch::{fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::adoptions::{self as policy, Adopt};
use crate::store::{StoreError, WriteSession};

fn event(action: &'static str, adoption: &adoption::Model) -> Event {
    Event::new(action, "adoption", adoption.id).of_organisation(adoption.organisation_id)
}

pub(super) async fn pledge(change: Change<'_>, input: &AdoptionPledgeInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let service = input.service_id.as_ref();
    let service = seen_if_named::<service::Entity>(session, &mut violations, "serviceId", service).await?;
    let area = input.geography_id.as_ref();
    let area = seen_if_named::<geography::Entity>(session, &mut violations, "geographyId", area).await?;
    let field = "organisationId";
    let adopter =
        seen::<organisation::Entity>(session, &mut violations, field, &input.organisation_id).await?;
    let named = ("resourceVersionId", &input.resource_version_id);
    let held = named_version(change, &mut violations, named).await?;
    let (Some(adopter), Some(held)) = (adopter, held) else {
        return Err(refused(violations));
    };
    let permit = policy::pledge(change.viewer, adopter)?;
    let adopter = permit.model();
    session.lock::<organisation::Entity>(adopter.id).await?;
    let version = held.version;
    violations.keep(rules::check_adoptable(named.0, version.status));
    let is_active = adopter.status == OrganisationStatus::Active;
    violations.check(is_active, Code::Inactive, field, || {
        format!(
            "This organisation is {}. Only an active one adopts anything.",
            adopter.status
        )
    });
    let is_own = service
        .as_ref()
        .is_none_or(|of| of.provider_organisation_id == adopter.id);
    violations.check(is_own, Code::RuleBroken, "serviceId", || {
        "Another organisation provides this service. Only its provider adopts anything for it.".to_owned()
    });
    check_not_adopted(session, &mut violations, (&version, adopter, service.as_ref())).await?;
    violations.into_result()?;
    let area = match area {
        Some(area) => Some(area.id),
        None => area_of(session, service.as_ref()).await?,
    };
    let row = adoption::ActiveModel {
        id: Set(AdoptionId::new()),
        resource_id: Set(version.resource_id),
        resource_version_id: Set(version.id),
        organisation_id: Set(adopter.id),
        service_id: Set(service.map(|service| service.id)),
        geography_id: Set(area),
        status: Set(Status::Pledged),
        pledged_on: Set(session.now().date_naive()),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, adoption::Model>(None, &row);
    let adoption = session.insert(&permit, row).await?;
    let event = event("adoption.pledge", &adoption).changed(changed);
    Ok(session.record(event, adoption.id.0))
}

/// One adoption of a version by the same organisation or service stands at a time.
async fn check_not_adopted(
    session: &WriteSession,
    violations: &mut Violations,
    (version, adopter, service): (
        &resource_version::Model,
        &organisation::Model,
        Option<&service::Model>,
    ),
) -> Result<(), StoreError> {
    use adoption::Column as C;
    let by_the_same = match service {
        Some(service) => C::ServiceId.eq(service.id),
        None => C::ServiceId.is_null(),
    };
    let same = Condition::all()
        .add(C::ResourceVersionId.eq(version.id))
        .add(C::OrganisationId.eq(adopter.id))
        .add(by_the_same)
        .add(C::Status.ne(Status::Withdrawn));
    let is_there = session.count::<adoption::Entity>(same).await? > 0;
    let field = if service.is_some() {
        "serviceId"
    } else {
        "organisationId"
    };
    violations.check(!is_there, Code::AlreadyExists, field, || {
        "This version is pledged or adopted already.".to_owned()
    });
    Ok(())
}

/// Where a service is: in the local authority of its site.
async fn area_of(
    session: &WriteSession,
    service: Option<&service::Model>,
) -> Result<Option<GeographyId>, StoreError> {
    let Some(at) = service.and_then(|service| service.site_id) else {
        return Ok(None);
    };
    let this = Condition::all().add(site::Column::Id.eq(at));
    let site = session.facts::<site::Entity>(this).await?.pop();
    Ok(site.and_then(|site| site.local_authority_id))
}

/// Leave to change an adoption that the viewer may see, as it is now, with how its version stands; both are held.
async fn held(
    change: Change<'_>,
    violations: &mut Violations,
    (id, expected_version): (&ID, i32),
) -> Result<Option<(Permit<Adopt, adoption::Model>, ResourceVersionStatus)>, ChangeError> {
    let session = change.session;
    let Some(found) = seen::<adoption::Entity>(session, violations, "id", id).await? else {
        return Ok(None);
    };
    let of = hold_version(session, (found.resource_id, found.resource_version_id)).await?;
    let this = Condition::all().add(adoption::Column::Id.eq(found.id));
    let now = session.facts::<adoption::Entity>(this).await?.pop();
    let (Some(adoption), Some(of)) = (now, of) else {
        return Ok(None);
    };
    let permit = policy::change_adoption(change.viewer, adoption)?;
    fresh(expected_version, permit.model().version)?;
    Ok(Some((permit, of.version.status)))
}

async fn write(
    session: &WriteSession,
    permit: &Permit<Adopt, adoption::Model>,
    (row, action): (adoption::ActiveModel, &'static str),
) -> ChangeResult {
    let before = permit.model();
    let changed = WriteSession::changed(Some(before), &row);
    let adoption = session.update(permit, before.version, row).await?;
    let event = event(action, &adoption).changed(changed);
    Ok(session.record(event, adoption.id.0))
}

pub(super) async fn adopt(
    change: Change<'_>,
    input: &AdoptionAdoptInput,
    settings: &ResourceSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let named = (&input.id, input.expected_version);
    let Some((permit, version)) = held(change, &mut violations, named).await? else {
        return Err(refused(violations));
    };
    let before = permit.model();
    let today = session.now().date_naive();
    violations.keep(rules::check_step(before.status, Status::Adopted));
    violations.keep(rules::check_adoptable("id", version));
    let on = rules::adopted_on(input.adopted_on.map(|day| day.0), before.pledged_on, today);
    let on = violations.keep(on);
    let due = rules::review_due_on(input.review_due_on.map(|day| day.0), today, settings);
    let due = violations.keep(due);
    violations.into_result()?;
    let row = adoption::ActiveModel {
        status: Set(Status::Adopted),
        adopted_on: Set(on),
        review_due_on: Set(due),
        ..Default::default()
    };
    write(session, &permit, (row, "adoption.adopt")).await
}

pub(super) async fn evidence(
    change: Change<'_>,
    input: &AdoptionEvidenceInput,
    settings: &ResourceSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let evidence = long_text("evidence", &input.evidence, 1..=settings.comment());
    let evidence = violations.keep(evidence);
    let named = ("evidenceMediaId", input.evidence_media_id.as_ref());
    let media = own_file(change, &mut violations, named).await?;
    let named = (&input.id, input.expected_version);
    let Some((permit, version)) = held(change, &mut violations, named).await? else {
        return Err(refused(violations));
    };
    violations.keep(rules::check_step(permit.model().status, Status::Evidenced));
    violations.keep(rules::check_still_stands(version));
    let is_its_own = media
        .as_ref()
        .is_none_or(|media| media.organisation_id == Some(permit.model().organisation_id));
    violations.check(is_its_own, Code::RuleBroken, "evidenceMediaId", || {
        "Evidence stays for good, so it cannot be a person's own file. Upload it for the organisation that adopts.".to_owned()
    });
    violations.into_result()?;
    let shown = adoption_evidence::ActiveModel {
        id: Set(AdoptionEvidenceId::new()),
        adoption_id: Set(permit.model().id),
        text: Set(evidence.clone().unwrap_or_default()),
        media_id: Set(media.as_ref().map(|media| media.id)),
        shown_at: Set(session.now()),
        by_user_id: Set(session.actor().user.map(UserId)),
    };
    session.insert(&permit, shown).await?;
    let row = adoption::ActiveModel {
        status: Set(Status::Evidenced),
        evidence: Set(evidence),
        // A file stays until another takes its place.
        evidence_media_id: media.map_or(NotSet, |media| Set(Some(media.id))),
        evidenced_at: Set(Some(session.now())),
        ..Default::default()
    };
    write(session, &permit, (row, "adoption.evidence")).await
}

pub(super) async fn renew(
    change: Change<'_>,
    input: &AdoptionRenewInput,
    settings: &ResourceSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let named = (&input.id, input.expected_version);
    let Some((permit, version)) = held(change, &mut violations, named).await? else {
        return Err(refused(violations));
    };
    let today = session.now().date_naive();
    violations.keep(rules::check_renewable(permit.model().status));
    violations.keep(rules::check_still_stands(version));
    let due = rules::review_due_on(input.review_due_on.map(|day| day.0), today, settings);
    let due = violations.keep(due);
    violations.into_result()?;
    let row = adoption::ActiveModel {
        renewed_on: Set(Some(today)),
        review_due_on: Set(due),
        ..Default::default()
    };
    write(session, &permit, (row, "adoption.renew")).await
}

pub(super) async fn withdraw(
    change: Change<'_>,
    input: &AdoptionWithdrawInput,
    settings: &ResourceSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let reason = violations.keep(long_text("reason", &input.reason, 1..=settings.comment()));
    let named = (&input.id, input.expected_version);
    let Some((permit, _)) = held(change, &mut violations, named).await? else {
        return Err(refused(violations));
    };
    violations.keep(rules::check_step(permit.model().status, Status::Withdrawn));
    violations.into_result()?;
    let row = adoption::ActiveModel {
        status: Set(Status::Withdrawn),
        withdrawn_at: Set(Some(session.now())),
        withdrawn_reason: Set(reason),
        ..Default::default()
    };
    write(session, &permit, (row, "adoption.withdraw")).await
}
