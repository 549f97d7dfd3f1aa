//! What the writing of this area shares: resources and versions as they are now, held so that they stay so. The resource is held
//! before its version, always: whatever two requests do to one resource, they do one after the other.

use async_graphql::ID;
use entity::id::{ResourceId, ResourceVersionId};
use entity::resources::{contributor, resource, resource_version};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;

use crate::domains::violation::Violations;
use crate::events::Event;
use crate::graphql::patch::seen;
use crate::graphql::{Change, ChangeError};
use crate::store::{StoreError, WriteSession};

/// A version with its resource, both held.
#[derive(Debug)]
pub(super) struct Held {
    pub resource: resource::Model,
    pub version: resource_version::Model,
}

/// Something happened to what belongs to a resource.
pub(super) fn event(
    (action, table): (&'static str, &'static str),
    id: impl Into<sea_orm::prelude::Uuid>,
    resource: &resource::Model,
) -> Event {
    Event::new(action, table, id).of_organisation(resource.owner_organisation_id)
}

/// A resource as it is now, held.
pub(super) async fn hold_resource(
    session: &WriteSession,
    id: ResourceId,
) -> Result<Option<resource::Model>, StoreError> {
    session.lock::<resource::Entity>(id).await?;
    let this = Condition::all().add(resource::Column::Id.eq(id));
    Ok(session.facts::<resource::Entity>(this).await?.pop())
}

/// A version as it is now with its resource, both held.
pub(super) async fn hold_version(
    session: &WriteSession,
    (resource, version): (ResourceId, ResourceVersionId),
) -> Result<Option<Held>, StoreError> {
    let Some(resource) = hold_resource(session, resource).await? else {
        return Ok(None);
    };
    session.lock::<resource_version::Entity>(version).await?;
    let this = Condition::all().add(resource_version::Column::Id.eq(version));
    let version = session.facts::<resource_version::Entity>(this).await?.pop();
    Ok(version.map(|version| Held { resource, version }))
}

/// The same of the version that a client named, when the viewer may see it; otherwise notes that there is none.
pub(super) async fn named_version(
    change: Change<'_>,
    violations: &mut Violations,
    (field, id): (&str, &ID),
) -> Result<Option<Held>, ChangeError> {
    let session = change.session;
    let Some(found) = seen::<resource_version::Entity>(session, violations, field, id).await? else {
        return Ok(None);
    };
    Ok(hold_version(session, (found.resource_id, found.id)).await?)
}

/// Who contributes to a version.
pub(super) async fn contributors(
    session: &WriteSession,
    version: ResourceVersionId,
) -> Result<Vec<contributor::Model>, StoreError> {
    let of = Condition::all().add(contributor::Column::ResourceVersionId.eq(version));
    session.facts::<contributor::Entity>(of).await
}
