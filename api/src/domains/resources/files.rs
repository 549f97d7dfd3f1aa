//! Files that resources and adoptions point to. Whoever may read what points to a file may read the file, so nobody points to one
//! that they only happen to see.

use async_graphql::ID;
use entity::id::MediaId;
use entity::media::kinds::{MediaScan, MediaStatus};
use entity::media::media;
use entity::parties::kinds::InformationFormat;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;

use super::rules::renditions::check_companions;
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
) -> Result<Option<media::Model>, StoreError> {
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
    Ok(Some(found))
}

/// A file that others will be shown was stored, was searched for harmful software, and is what its format promises.
pub(super) async fn check_file(
    session: &WriteSession,
    violations: &mut Violations,
    (field, file, format): (&str, MediaId, InformationFormat),
) -> Result<(), StoreError> {
    let of = Condition::all().add(media::Column::Id.eq(file));
    let found = session.facts::<media::Entity>(of).await?;
    let is_clean = |file: &media::Model| file.status == MediaStatus::Stored && file.scan == MediaScan::Clean;
    violations.check(found.iter().any(is_clean), Code::Inactive, field, || {
        "Its file has not been found clean of harmful software yet. Wait for that, or upload another one."
            .to_owned()
    });
    for file in &found {
        violations.keep(check_companions(field, format, file));
    }
    Ok(())
}
