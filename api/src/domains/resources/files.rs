//! Files that resources and adoptions point to. Whoever may read what points to a file may read the file, so nobody points to one
//! that they only happen to see.

use async_graphql::ID;
use entity::id::MediaId;
use entity::media::kinds::{MediaScan, MediaStatus};
use entity::media::media;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;

use crate::domains::violation::{UserErrorCode as Code, Violations};
use crate::graphql::Change;
use crate::graphql::patch::seen_if_named;
use crate::policy::areas::resource_work::is_own_media;
use crate::store::{StoreError, WriteSession};

/// The file that a client named: their own or their organisation's, and all there. Notes what is wrong otherwise.
pub(super) async fn own_file(
    change: Change<'_>,
    violations: &mut Violations,
    (field, id): (&str, Option<&ID>),
) -> Result<Option<MediaId>, StoreError> {
    let found = seen_if_named::<media::Entity>(change.session, violations, field, id).await?;
    let Some(found) = found else { return Ok(None) };
    violations.check(is_own_media(change.viewer, &found), Code::Forbidden, field, || {
        "You may see this file, but it is neither yours nor your organisation's to give away. Upload one of your own.".to_owned()
    });
    violations.check(found.status == MediaStatus::Stored, Code::Inactive, field, || {
        format!(
            "This file is {}. Upload all of it before you use it.",
            found.status
        )
    });
    Ok(Some(found.id))
}

/// A file that others will be shown was stored, and was searched for harmful software.
pub(super) async fn check_clean(
    session: &WriteSession,
    violations: &mut Violations,
    (field, file): (&str, MediaId),
) -> Result<(), StoreError> {
    use media::Column as C;
    let clean = Condition::all()
        .add(C::Id.eq(file))
        .add(C::Status.eq(MediaStatus::Stored))
        .add(C::Scan.eq(MediaScan::Clean));
    let is_clean = session.count::<media::Entity>(clean).await? > 0;
    violations.check(is_clean, Code::Inactive, field, || {
        "Its file has not been found clean of harmful software yet. Wait for that, or upload another one."
            .to_owned()
    });
    Ok(())
}
