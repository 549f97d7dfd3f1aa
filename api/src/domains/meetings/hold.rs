//! What every change about meetings begins with: the board, held so that its status, its seats, its members and the
//! meetings of it stay as the rules find them. So two who change something about one board at once come one after the
//! other.

use entity::boards::board;
use entity::id::{BoardId, MeetingId};
use entity::meetings::meeting;
use sea_orm::ColumnTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Condition;

use crate::events::Event;
use crate::graphql::Refused;
use crate::store::{WriteError, WriteSession};

/// The board, held until the transaction ends.
pub(in crate::domains) async fn hold_board(
    session: &WriteSession,
    board: BoardId,
) -> Result<board::Model, WriteError<Refused>> {
    session.lock::<board::Entity>(board).await?;
    let this = Condition::all().add(board::Column::Id.eq(board));
    let found = session.facts::<board::Entity>(this).await?.pop();
    found.ok_or(WriteError::Stale)
}

/// A meeting as it is now that its board is held.
pub(in crate::domains) async fn meeting_now(
    session: &WriteSession,
    meeting: MeetingId,
) -> Result<meeting::Model, WriteError<Refused>> {
    let this = Condition::all().add(meeting::Column::Id.eq(meeting));
    let found = session.facts::<meeting::Entity>(this).await?.pop();
    found.ok_or(WriteError::Stale)
}

/// Something happened to something of a board.
pub(super) fn event(
    (action, table): (&'static str, &'static str),
    id: impl Into<Uuid>,
    board: &board::Model,
) -> Event {
    Event::new(action, table, id)
        .of_organisation(board.host_organisation_id)
        .of_partnership(board.partnership_id)
}

/// The changed fields of something confidential: that they changed, and not how. The audit has a wider circle of readers.
pub(super) fn without_values(changed: &serde_json::Value) -> serde_json::Value {
    let fields = changed.as_object().into_iter().flat_map(|fields| fields.keys());
    fields
        .map(|field| (field.clone(), serde_json::json!({ "private": true })))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::without_values;

    #[test]
    fn what_is_confidential_is_told_without_its_values() {
        let changed = json!({ "title": [null, "A person's complaint"], "ordinal": [1, 2] });
        let told = without_values(&changed);
        assert_eq!(
            told,
            json!({ "title": { "private": true }, "ordinal": { "private": true } })
        );
    }
}
