//! Erasure of a person (`domain.md` 3): a file that was theirs alone goes, and what is being imported from it ends.

use entity::media::media;
use entity::outcomes::import_batch;
use entity::outcomes::kinds::ImportStatus;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;

use super::chunk::{ended, event, held};
use crate::events::Event;
use crate::graphql::ChangeError;
use crate::policy::Permit;
use crate::policy::areas::observations as policy;
use crate::policy::areas::people::AnonymisePerson;
use crate::store::WriteSession;

/// Ends the imports that read a file. What they brought stays.
///
/// # Errors
/// When the database fails.
pub async fn end_imports_of(
    session: &WriteSession,
    file: &Permit<AnonymisePerson, media::Model>,
) -> Result<Vec<Event>, ChangeError> {
    use import_batch::Column as C;
    let reading = Condition::all()
        .add(C::MediaId.eq(file.model().id))
        .add(C::Status.eq(ImportStatus::Running));
    let mut events = Vec::new();
    for batch in session.facts::<import_batch::Entity>(reading).await? {
        let batch = held(session, batch.id).await?;
        let Some(batch) = batch.filter(|batch| batch.status == ImportStatus::Running) else {
            continue;
        };
        let permit = policy::end_import_of(file, batch)?;
        let batch = permit.model();
        let reason = "The file was removed with everything that was its owner's alone.";
        let row = ended(
            import_batch::ActiveModel::default(),
            session,
            Some(reason.to_owned()),
        );
        events.push(event("import_batch.fail", batch).changed(WriteSession::changed(Some(batch), &row)));
        session.update(&permit, batch.version, row).await?;
    }
    Ok(events)
}
