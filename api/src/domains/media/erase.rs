//! Erasure of a person (`domain.md` 3): the files that are theirs alone go, unless somebody else's work points to them.

use entity::media::media;
use entity::parties::person;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use crate::domains::outcomes::import::erase::end_imports_of;
use crate::events::Event;
use crate::graphql::ChangeError;
use crate::policy::Permit;
use crate::policy::areas::media::{erase_media, is_unreferenced};
use crate::policy::areas::people::AnonymisePerson;
use crate::store::WriteSession;

/// Removes the rows now, and leaves the bytes to be removed after the transaction. What is being imported from them ends.
///
/// # Errors
/// When the database fails.
pub async fn erase_own(
    session: &WriteSession,
    person: &Permit<AnonymisePerson, person::Model>,
) -> Result<Vec<Event>, ChangeError> {
    use media::Column as C;
    let own = Condition::all()
        .add(C::UploadedByPersonId.eq(person.model().id))
        .add(C::OrganisationId.is_null());
    let mut events = Vec::new();
    for media in session.facts::<media::Entity>(own.clone()).await? {
        let version = media.version;
        let permit = erase_media(person, media)?;
        events.extend(end_imports_of(session, &permit).await?);
        let row = media::ActiveModel {
            caption_media_id: Set(None),
            transcript: Set(None),
            transcript_media_id: Set(None),
            ..Default::default()
        };
        session.update(&permit, version, row).await?;
    }
    for media in session.facts::<media::Entity>(own).await? {
        let (id, version) = (media.id, media.version);
        if !session.allowed::<media::Entity>(id, is_unreferenced).await? {
            continue;
        }
        let permit = erase_media(person, media)?;
        session.loosen_pieces(id.0).await?;
        session.delete(&permit, version).await?;
    }
    Ok(events)
}
