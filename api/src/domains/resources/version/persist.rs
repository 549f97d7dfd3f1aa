//! How versions are begun and written. Their values stand in no audit: see `policy::privacy`.

use entity::id::ResourceVersionId;
use entity::resources::kinds::ResourceVersionStatus as Status;
use entity::resources::{resource, resource_version};
use sea_orm::sea_query::Condition;
use sea_orm::{ActiveValue, ColumnTrait, Set};

use super::mutation::{ResourceVersionDraftInput, ResourceVersionUpdateInput};
use crate::domains::resources::hold::{event, hold_resource, named_version};
use crate::domains::resources::rules::{resources as rules, versions};
use crate::domains::resources::settings::ResourceSettings;
use crate::domains::violation::{Violations, optional_long_text, optional_text, text};
use crate::graphql::patch::{self, fresh, refused, seen};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::resource_work as policy;
use crate::store::{WriteError, WriteSession};

pub(super) const TABLE: &str = "resource_version";

pub(super) async fn draft(change: Change<'_>, input: &ResourceVersionDraftInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let field = "resourceId";
    let found = seen::<resource::Entity>(session, &mut violations, field, &input.resource_id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let Some(resource) = hold_resource(session, found.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::update_resource(change.viewer, resource)?;
    let resource = permit.model();
    let of = Condition::all().add(resource_version::Column::ResourceId.eq(resource.id));
    let mut all = session.facts::<resource_version::Entity>(of).await?;
    all.sort_by_key(|version| version.number);
    let is_open = |of: &&resource_version::Model| {
        matches!(of.status, Status::Draft | Status::Review | Status::SignedOff)
    };
    violations.keep(versions::check_no_open_version(field, all.iter().find(is_open)));
    violations.into_result()?;
    let published = all.iter().find(|of| of.status == Status::Published);
    let (Some(from), Some(latest)) = (published.or(all.last()), all.last()) else {
        return Err(WriteError::Stale);
    };
    let row = resource_version::ActiveModel {
        id: Set(ResourceVersionId::new()),
        resource_id: Set(resource.id),
        number: Set(latest.number + 1),
        status: Set(Status::Draft),
        title: Set(from.title.clone()),
        summary: Set(from.summary.clone()),
        body: Set(from.body.clone()),
        language: Set(from.language.clone()),
        licence: Set(from.licence.clone()),
        content_revision: Set(1),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, resource_version::Model>(None, &row);
    let version = session.insert(&permit, row).await?;
    let event = event(("resource_version.draft", TABLE), version.id, permit.model()).changed(changed);
    Ok(session.record(event, version.id.0))
}

fn patch_of(
    violations: &mut Violations,
    input: &ResourceVersionUpdateInput,
    settings: &ResourceSettings,
) -> resource_version::ActiveModel {
    resource_version::ActiveModel {
        title: patch::required(violations, "title", &input.title, |raw| {
            text("title", raw, 1..=200)
        }),
        summary: patch::optional(violations, &input.summary, |raw| {
            optional_long_text("summary", Some(raw), settings.comment())
        }),
        body: patch::optional(violations, &input.body, |raw| {
            optional_long_text("body", Some(raw), settings.body())
        }),
        language: patch::required(violations, "language", &input.language, |raw| {
            rules::language("language", raw)
        }),
        licence: patch::optional(violations, &input.licence, |raw| {
            optional_text("licence", Some(raw), 100)
        }),
        ..Default::default()
    }
}

/// Whether a patch changes what a version says.
fn changes_content(row: &resource_version::ActiveModel, before: &resource_version::Model) -> bool {
    fn differs<V: PartialEq + Into<sea_orm::Value>>(patch: &ActiveValue<V>, before: &V) -> bool {
        matches!(patch, ActiveValue::Set(after) if after != before)
    }
    differs(&row.title, &before.title)
        || differs(&row.summary, &before.summary)
        || differs(&row.body, &before.body)
}

pub(super) async fn update(
    change: Change<'_>,
    input: &ResourceVersionUpdateInput,
    settings: &ResourceSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let mut row = patch_of(&mut violations, input, settings);
    let Some(held) = named_version(change, &mut violations, ("id", &input.id)).await? else {
        return Err(refused(violations));
    };
    let permit = policy::write_version(session, held.version).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(versions::check_writable("id", before.status));
    violations.into_result()?;
    if changes_content(&row, before) {
        row.content_revision = Set(before.content_revision + 1);
    }
    let changed = WriteSession::changed(Some(before), &row);
    let version = session.update(&permit, input.expected_version, row).await?;
    let event = event(("resource_version.update", TABLE), version.id, &held.resource).changed(changed);
    Ok(session.record(event, version.id.0))
}
