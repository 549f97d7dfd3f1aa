//! How renditions are written. Their texts stand in no audit.

use async_graphql::ID;
use entity::id::{PersonId, RenditionId};
use entity::parties::organisation;
use entity::resources::kinds::{ContributorRole, ResourceVersionStatus};
use entity::resources::{contributor, rendition, resource_version};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{RenditionAddInput, RenditionCheckInput, RenditionUpdateInput};
use crate::domains::resources::files::{check_file, own_file};
use crate::domains::resources::hold::{Held, event, hold_version, named_version};
use crate::domains::resources::rules::versions::check_read;
use crate::domains::resources::rules::{renditions as rules, resources};
use crate::domains::resources::settings::{ResourceSettings, count};
use crate::domains::violation::{UserErrorCode as Code, Violations, optional_long_text};
use crate::graphql::patch::{fresh, refused, seen};
use crate::graphql::{Change, ChangeError, ChangeResult, Refused};
use crate::policy::areas::resource_work as policy;
use crate::store::{StoreError, WriteSession};

const TABLE: &str = "rendition";

pub(super) async fn add(
    change: Change<'_>,
    input: &RenditionAddInput,
    settings: &ResourceSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let language = violations.keep(resources::language("language", &input.language));
    let body = optional_long_text("body", input.body.as_deref(), settings.body());
    let body = violations.keep(body);
    let has_body = body.as_ref().is_none_or(Option::is_some);
    violations.keep(rules::check_content(input.media_id.is_some(), has_body));
    let format = input.format.0;
    let media = own_file(change, &mut violations, ("mediaId", input.media_id.as_ref())).await?;
    violations.keep(rules::check_kind(format, media.as_ref().map(|file| file.kind)));
    let named = ("resourceVersionId", &input.resource_version_id);
    let Some(held) = named_version(change, &mut violations, named).await? else {
        return Err(refused(violations));
    };
    let permit = policy::write_version(session, held.version).await??;
    let version = permit.model();
    violations.keep(rules::check_open(named.0, version.status));
    let of = Condition::all().add(rendition::Column::ResourceVersionId.eq(version.id));
    let others = session.facts::<rendition::Entity>(of).await?;
    let most = count(settings.most_renditions);
    violations.check(others.len() < most, Code::LimitExceeded, named.0, || {
        format!("This version has {most} renditions, which is the most.")
    });
    let is_there = others
        .iter()
        .any(|of| of.format == format && Some(&of.language) == language.as_ref());
    violations.check(!is_there, Code::AlreadyExists, "format", || {
        "There is a rendition in this format and language already. Change that one instead (renditionUpdate).".to_owned()
    });
    violations.into_result()?;
    let row = rendition::ActiveModel {
        id: Set(RenditionId::new()),
        resource_id: Set(version.resource_id),
        resource_version_id: Set(version.id),
        format: Set(format),
        language: Set(language.unwrap_or_default()),
        media_id: Set(media.map(|file| file.id)),
        body: Set(body.flatten()),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, rendition::Model>(None, &row);
    let rendition = session.insert(&permit, row).await?;
    let event = event(("rendition.add", TABLE), rendition.id, &held.resource).changed(changed);
    Ok(session.record(event, rendition.id.0))
}

/// How a version stands, and how often its text has changed.
const fn of(version: &resource_version::Model) -> (ResourceVersionStatus, i32) {
    (version.status, version.content_revision)
}

/// The rendition with an id as it is now, with its version, held.
async fn held(
    change: Change<'_>,
    violations: &mut Violations,
    id: &ID,
) -> Result<Option<(rendition::Model, Held)>, ChangeError> {
    let session = change.session;
    let Some(found) = seen::<rendition::Entity>(session, violations, "id", id).await? else {
        return Ok(None);
    };
    let held = hold_version(session, (found.resource_id, found.resource_version_id)).await?;
    let this = Condition::all().add(rendition::Column::Id.eq(found.id));
    let now = session.facts::<rendition::Entity>(this).await?.pop();
    Ok(now.zip(held))
}

pub(super) async fn update(
    change: Change<'_>,
    input: &RenditionUpdateInput,
    settings: &ResourceSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let body = input.body.value().map(String::as_str);
    let body = violations.keep(optional_long_text("body", body, settings.body()));
    let has_body = body.as_ref().is_none_or(Option::is_some);
    let named = input.media_id.value();
    violations.keep(rules::check_content(named.is_some(), has_body));
    let media = own_file(change, &mut violations, ("mediaId", named)).await?;
    let Some((rendition, held)) = held(change, &mut violations, &input.id).await? else {
        return Err(refused(violations));
    };
    let version = policy::write_version(session, held.version).await??;
    let permit = policy::write_rendition(&version, rendition)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(rules::check_changeable(before, of(version.model())));
    violations.keep(rules::check_kind(
        before.format,
        media.as_ref().map(|file| file.kind),
    ));
    violations.into_result()?;
    let row = rendition::ActiveModel {
        body: Set(body.flatten()),
        media_id: Set(media.map(|file| file.id)),
        checked_by_organisation_id: Set(None),
        checked_by_person_id: Set(None),
        checked_at: Set(None),
        checked_content_revision: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let rendition = session.update(&permit, input.expected_version, row).await?;
    let event = event(("rendition.update", TABLE), rendition.id, &held.resource).changed(changed);
    Ok(session.record(event, rendition.id.0))
}

/// The organisation that the viewer acts for, where it contributes to the version by trying it out: nobody checks what they
/// made.
async fn own_group(
    change: Change<'_>,
    rendition: &rendition::Model,
) -> Result<Option<organisation::Model>, StoreError> {
    use contributor::Column as C;
    let Some(acting) = change.viewer.acting_organisation() else {
        return Ok(None);
    };
    let contributes = Condition::all()
        .add(C::ResourceVersionId.eq(rendition.resource_version_id))
        .add(C::Role.eq(ContributorRole::Tester))
        .add(C::OrganisationId.eq(acting));
    if change.session.count::<contributor::Entity>(contributes).await? == 0 {
        return Ok(None);
    }
    let this = Condition::all().add(organisation::Column::Id.eq(acting));
    Ok(change.session.facts::<organisation::Entity>(this).await?.pop())
}

pub(super) async fn check(change: Change<'_>, input: &RenditionCheckInput) -> ChangeResult {
    let (id, expected_version) = (&input.id, input.expected_version);
    let session = change.session;
    let mut violations = Violations::default();
    let Some((rendition, held)) = held(change, &mut violations, id).await? else {
        return Err(refused(violations));
    };
    let group = own_group(change, &rendition).await?;
    let permit = policy::check_rendition(change.viewer, group.as_ref(), rendition)?;
    let before = permit.model();
    fresh(expected_version, before.version)?;
    violations.keep(rules::check_open("id", held.version.status));
    violations.keep(check_read(input.content_revision, held.version.content_revision));
    if let Some(file) = before.media_id {
        check_file(session, &mut violations, ("id", file, before.format)).await?;
    }
    let is_checked = rules::is_checked(before, held.version.content_revision);
    violations.check(!is_checked, Code::IllegalTransition, "id", || {
        "This rendition was checked already, and the text has not changed since.".to_owned()
    });
    violations.into_result()?;
    let row = rendition::ActiveModel {
        checked_by_organisation_id: Set(group.map(|group| group.id)),
        checked_by_person_id: Set(change.viewer.person().map(PersonId)),
        checked_at: Set(Some(session.now())),
        checked_content_revision: Set(Some(held.version.content_revision)),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let rendition = session.update(&permit, expected_version, row).await?;
    let event = event(("rendition.check", TABLE), rendition.id, &held.resource).changed(changed);
    Ok(session.record(event, rendition.id.0))
}

pub(super) async fn remove(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some((rendition, held)) = held(change, &mut violations, id).await? else {
        return Err(refused(violations));
    };
    let version = policy::write_version(session, held.version).await??;
    let permit = policy::write_rendition(&version, rendition)?;
    fresh(expected_version, permit.model().version)?;
    violations.keep(rules::check_changeable(permit.model(), of(version.model())));
    violations.into_result()?;
    session.delete::<_, _, Refused>(&permit, expected_version).await?;
    let id = permit.model().id;
    let event = event(("rendition.remove", TABLE), id, &held.resource);
    Ok(session.record(event, id.0))
}
