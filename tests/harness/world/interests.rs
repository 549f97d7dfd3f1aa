//! Interests that were declared to boards and about their agendas.

use entity::panels::conflict_declaration;
use entity::panels::kinds::ConflictContext;
use entity::private::Private;

use super::panels::conflict_declaration;
use super::{canary, key};
use crate::Rows;

/// The member has an interest in what is confidential at the next meeting, and the chair in the work of the board.
pub(super) fn fill(rows: &mut Rows) {
    let of_the_member = interest("team-up", Some("next secret"), "board-member");
    rows.conflict_declaration.push(of_the_member);
    rows.conflict_declaration
        .push(interest("team-up", None, "board-chair"));
}

/// What somebody declared to a board, or about an item on its agenda; not assessed yet. Its name in the world is the board's, the
/// meeting's and the item's, and theirs.
pub fn interest(board: &str, item: Option<&str>, person: &str) -> conflict_declaration::Model {
    let about = item.map(|item| format!("{board} {item}"));
    let name = format!("{} {person}", about.as_deref().unwrap_or(board));
    let mut row = conflict_declaration(board, person, Some("replaced below"));
    row.id = key("conflict_declaration", &name);
    row.detail = Some(Private::new(canary("conflict_declaration", &name, "detail")));
    row.mitigation = Some(Private::new(canary("conflict_declaration", &name, "mitigation")));
    row.application_id = None;
    row.panel_id = None;
    row.board_id = Some(key("board", board));
    row.context = about
        .as_ref()
        .map_or(ConflictContext::Board, |_| ConflictContext::AgendaItem);
    row.agenda_item_id = about.map(|about| key("agenda_item", &about));
    row
}
