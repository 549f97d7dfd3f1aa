//! The way of a version: review, sign-off, publication, withdrawal. Its resource is held throughout, so that a review that arrives
//! meanwhile comes before the step or after it, and counts or is refused.

use async_graphql::ID;
use entity::id::PersonId;
use entity::resources::kinds::{ResourceStatus, ResourceVersionStatus as Status};
use entity::resources::{rendition, resource, resource_review, resource_version};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::ResourceVersionWithdrawInput;
use super::persist::TABLE;
use crate::domains::resources::hold::{contributors, event, named_version};
use crate::domains::resources::rules::versions::{
    check_publication, check_sign_off, check_step, check_submission,
};
use crate::domains::resources::settings::ResourceSettings;
use crate::domains::violation::{Violations, long_text};
use crate::graphql::patch::{fresh, refused};
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::resource_work::{self as policy, PublishVersion};
use crate::store::{StoreError, WriteSession};

/// The version that a client named, and its version as they know it.
type Named<'a> = (&'a ID, i32);

async fn renditions(
    session: &WriteSession,
    version: &resource_version::Model,
) -> Result<Vec<rendition::Model>, StoreError> {
    let of = Condition::all().add(rendition::Column::ResourceVersionId.eq(version.id));
    session.facts::<rendition::Entity>(of).await
}

pub(super) async fn submit(change: Change<'_>, (id, expected_version): Named<'_>) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(held) = named_version(change, &mut violations, ("id", id)).await? else {
        return Err(refused(violations));
    };
    let permit = policy::write_version(session, held.version).await??;
    let before = permit.model();
    fresh(expected_version, before.version)?;
    violations.keep(check_step(before.status, Status::Review));
    if before.status == Status::Draft {
        let people = contributors(session, before.id).await?;
        let formats = renditions(session, before).await?.len();
        violations.keep_all(check_submission(before, &people, formats));
    }
    violations.into_result()?;
    let row = resource_version::ActiveModel {
        status: Set(Status::Review),
        submitted_at: Set(Some(session.now())),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let version = session.update(&permit, expected_version, row).await?;
    let event = event(("resource_version.submit", TABLE), version.id, &held.resource).changed(changed);
    Ok(session.record(event, version.id.0))
}

pub(super) async fn sign_off(change: Change<'_>, (id, expected_version): Named<'_>) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(held) = named_version(change, &mut violations, ("id", id)).await? else {
        return Err(refused(violations));
    };
    let permit = policy::sign_off_version(change.viewer, &held.resource, held.version)?;
    let before = permit.model();
    fresh(expected_version, before.version)?;
    violations.keep(check_step(before.status, Status::SignedOff));
    let signer = change.viewer.person().map(PersonId);
    if before.status == Status::Review {
        let people = contributors(session, before.id).await?;
        let of = Condition::all().add(resource_review::Column::ResourceVersionId.eq(before.id));
        let reviews = session.facts::<resource_review::Entity>(of).await?;
        // Who contributes can have changed since it was handed in.
        let formats = renditions(session, before).await?.len();
        violations.keep_all(check_submission(before, &people, formats));
        violations.keep_all(check_sign_off(before, &people, &reviews, signer));
    }
    violations.into_result()?;
    let row = resource_version::ActiveModel {
        status: Set(Status::SignedOff),
        signed_off_by_person_id: Set(signer),
        signed_off_at: Set(Some(session.now())),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let version = session.update(&permit, expected_version, row).await?;
    let event = event(("resource_version.sign_off", TABLE), version.id, &held.resource).changed(changed);
    Ok(session.record(event, version.id.0))
}

pub(super) async fn publish(change: Change<'_>, (id, expected_version): Named<'_>) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(held) = named_version(change, &mut violations, ("id", id)).await? else {
        return Err(refused(violations));
    };
    let permit = policy::publish_version(change.viewer, &held.resource, held.version)?;
    let before = permit.model();
    fresh(expected_version, before.version)?;
    violations.keep(check_step(before.status, Status::Published));
    if before.status == Status::SignedOff {
        let formats = renditions(session, before).await?;
        let people = contributors(session, before.id).await?;
        violations.keep_all(check_submission(before, &people, formats.len()));
        violations.keep(check_publication(before, &formats));
    }
    violations.into_result()?;
    supersede(session, &permit).await?;
    let row = resource_version::ActiveModel {
        status: Set(Status::Published),
        published_at: Set(Some(session.now())),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let event = event(("resource_version.publish", TABLE), before.id, &held.resource).changed(changed);
    let title = Some(before.title.clone());
    stand(
        session,
        &permit,
        (held.resource, ResourceStatus::Published, title),
    )
    .await?;
    let version = session.update(&permit, expected_version, row).await?;
    Ok(session.record(event, version.id.0))
}

/// The version that was published so far makes room: there is one at a time.
async fn supersede(
    session: &WriteSession,
    next: &Permit<PublishVersion, resource_version::Model>,
) -> Result<(), ChangeError> {
    use resource_version::Column as C;
    let published = Condition::all()
        .add(C::ResourceId.eq(next.model().resource_id))
        .add(C::Status.eq(Status::Published));
    for before in session.facts::<resource_version::Entity>(published).await? {
        let version = before.version;
        let permit = policy::supersede_version(next, before)?;
        let row = resource_version::ActiveModel {
            status: Set(Status::Superseded),
            superseded_at: Set(Some(session.now())),
            ..Default::default()
        };
        session.update(&permit, version, row).await?;
    }
    Ok(())
}

/// How the resource stands once its version has taken the step.
async fn stand(
    session: &WriteSession,
    version: &Permit<PublishVersion, resource_version::Model>,
    (resource, status, title): (resource::Model, ResourceStatus, Option<String>),
) -> Result<(), ChangeError> {
    let is_called_so = title.as_ref().is_none_or(|title| *title == resource.title);
    if resource.status == status && is_called_so {
        return Ok(());
    }
    let expected_version = resource.version;
    let permit = policy::stand_with_version(version, resource)?;
    let row = resource::ActiveModel {
        status: Set(status),
        title: crate::store::set_if(title),
        ..Default::default()
    };
    session.update(&permit, expected_version, row).await?;
    Ok(())
}

pub(super) async fn withdraw(
    change: Change<'_>,
    input: &ResourceVersionWithdrawInput,
    settings: &ResourceSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let reason = violations.keep(long_text("reason", &input.reason, 1..=settings.comment()));
    let Some(held) = named_version(change, &mut violations, ("id", &input.id)).await? else {
        return Err(refused(violations));
    };
    let permit = policy::publish_version(change.viewer, &held.resource, held.version)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_step(before.status, Status::Withdrawn));
    violations.into_result()?;
    let row = resource_version::ActiveModel {
        status: Set(Status::Withdrawn),
        withdrawn_at: Set(Some(session.now())),
        withdrawn_reason: Set(reason),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let event = event(("resource_version.withdraw", TABLE), before.id, &held.resource).changed(changed);
    if before.status == Status::Published {
        stand(session, &permit, (held.resource, ResourceStatus::Withdrawn, None)).await?;
    }
    let version = session.update(&permit, input.expected_version, row).await?;
    Ok(session.record(event, version.id.0))
}
