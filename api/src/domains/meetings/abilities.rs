//! The rights that `viewerCan` tells of, by the functions of `policy` that permit the mutations.

use entity::boards::board;
use entity::meetings::{access_need_met, agenda_item, attendance, board_action, meeting, paper};

use crate::planner::declare::Ability;
use crate::policy::areas::meetings::{
    may_progress_action, may_propose, may_send_apologies, may_update_agenda_item,
};
use crate::policy::areas::people::may_write_own;

/// Putting something forward for a meeting.
pub(super) fn propose(name: &'static str, description: &str) -> Ability {
    use meeting::Column as C;
    let right = Ability::new(name, &[C::BoardId], description, |row, viewer| {
        Ok(may_propose(viewer, row.id(0)?, row.id(1)?, false).into())
    });
    right.and_of::<board::Entity>(C::BoardId, board::Column::HostOrganisationId)
}

/// A right over an agenda item, of whoever runs the board and whoever put it forward.
pub(super) fn own_item(name: &'static str, description: &str) -> Ability {
    use agenda_item::Column as C;
    let columns = [C::BoardId, C::ProposedByPersonId];
    let right = Ability::new(name, &columns, description, |row, viewer| {
        Ok(may_update_agenda_item(viewer, row.id(0)?, row.id(2)?, row.optional_id(1)?).into())
    });
    right.and_of::<board::Entity>(C::BoardId, board::Column::HostOrganisationId)
}

/// Saying that somebody cannot come.
pub(super) fn apologies(name: &'static str, description: &str) -> Ability {
    use attendance::Column as C;
    let right = Ability::new(name, &[C::PersonId, C::BoardId], description, |row, viewer| {
        Ok(may_send_apologies(viewer, row.id(0)?, row.id(1)?, row.id(2)?).into())
    });
    right.and_of::<board::Entity>(C::BoardId, board::Column::HostOrganisationId)
}

/// Saying how far an action has got.
pub(super) fn progress(name: &'static str, description: &str) -> Ability {
    use board_action::Column as C;
    let right = Ability::new(
        name,
        &[C::OwnerPersonId, C::BoardId],
        description,
        |row, viewer| Ok(may_progress_action(viewer, row.id(0)?, row.id(1)?, row.id(2)?).into()),
    );
    right.and_of::<board::Entity>(C::BoardId, board::Column::HostOrganisationId)
}

/// Taking back a paper, of whoever runs the board and whoever put the item forward.
pub(super) fn own_paper(name: &'static str, description: &str) -> Ability {
    use paper::Column as C;
    let right = Ability::new(name, &[C::BoardId], description, |row, viewer| {
        Ok(may_update_agenda_item(viewer, row.id(0)?, row.id(1)?, row.optional_id(2)?).into())
    });
    right
        .and_of::<board::Entity>(C::BoardId, board::Column::HostOrganisationId)
        .and_of::<agenda_item::Entity>(C::AgendaItemId, agenda_item::Column::ProposedByPersonId)
}

/// Confirming that an arrangement meets the need, of the person alone.
pub(super) fn own_arrangement(name: &'static str, description: &str) -> Ability {
    use access_need_met::Column as C;
    Ability::new(name, &[C::PersonId], description, |row, viewer| {
        Ok(may_write_own(viewer, row.id(0)?).into())
    })
}
