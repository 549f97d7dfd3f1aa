//! How reviews are written. What they say stands in no audit.

use entity::id::{PersonId, ResourceReviewId};
use entity::resources::resource_review;
use sea_orm::Set;

use super::mutation::{ResourceReviewAddInput, ResourceReviewResolveInput};
use crate::domains::resources::hold::{contributors, event, hold_version, named_version};
use crate::domains::resources::rules::reviews;
use crate::domains::resources::rules::versions::check_read;
use crate::domains::resources::settings::ResourceSettings;
use crate::domains::violation::{Violations, long_text};
use crate::graphql::patch::{fresh, refused, seen};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::resource_work as policy;
use crate::store::{WriteError, WriteSession};

const TABLE: &str = "resource_review";

pub(super) async fn add(
    change: Change<'_>,
    input: &ResourceReviewAddInput,
    settings: &ResourceSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let comment = violations.keep(long_text("comment", &input.comment, 1..=settings.comment()));
    let named = ("resourceVersionId", &input.resource_version_id);
    let Some(held) = named_version(change, &mut violations, named).await? else {
        return Err(refused(violations));
    };
    let permit = policy::review_version(session, held.version).await??;
    let version = permit.model();
    violations.keep(reviews::check_reviewable(named.0, version.status));
    violations.keep(check_read(input.content_revision, version.content_revision));
    violations.into_result()?;
    let reviewer = change.viewer.person().map(PersonId);
    let people = contributors(session, version.id).await?;
    let Some(reviewer) = people.iter().find(|of| of.person_id == reviewer) else {
        return Err(WriteError::Stale);
    };
    let row = resource_review::ActiveModel {
        id: Set(ResourceReviewId::new()),
        resource_id: Set(version.resource_id),
        resource_version_id: Set(version.id),
        contributor_id: Set(reviewer.id),
        content_revision: Set(version.content_revision),
        verdict: Set(input.verdict.0),
        comment: Set(comment.unwrap_or_default()),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, resource_review::Model>(None, &row);
    let review = session.insert(&permit, row).await?;
    let event = event(("resource_review.add", TABLE), review.id, &held.resource).changed(changed);
    Ok(session.record(event, review.id.0))
}

pub(super) async fn resolve(
    change: Change<'_>,
    input: &ResourceReviewResolveInput,
    settings: &ResourceSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let resolution = long_text("resolution", &input.resolution, 1..=settings.comment());
    let resolution = violations.keep(resolution);
    let Some(review) = seen::<resource_review::Entity>(session, &mut violations, "id", &input.id).await?
    else {
        return Err(refused(violations));
    };
    let held = hold_version(session, (review.resource_id, review.resource_version_id)).await?;
    let Some(held) = held else {
        return Err(refused(violations));
    };
    let who = change.viewer.person().map(PersonId);
    let people = contributors(session, review.resource_version_id).await?;
    let is_own = people
        .iter()
        .any(|of| of.id == review.contributor_id && of.person_id.is_some() && of.person_id == who);
    let permit = policy::resolve_review(session, (is_own, review)).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(reviews::check_reviewable("id", held.version.status));
    violations.keep(reviews::check_resolution(before, is_own));
    violations.into_result()?;
    let row = resource_review::ActiveModel {
        resolution: Set(resolution),
        resolved_at: Set(Some(session.now())),
        resolved_by_person_id: Set(who),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let review = session.update(&permit, input.expected_version, row).await?;
    let event = event(("resource_review.resolve", TABLE), review.id, &held.resource).changed(changed);
    Ok(session.record(event, review.id.0))
}
