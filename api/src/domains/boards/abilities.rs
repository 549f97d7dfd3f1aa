//! The rights that `viewerCan` tells of, by the functions of `policy` that permit the mutations.

use entity::boards::{board, board_membership};
use sea_orm::ColumnTrait;

use crate::planner::declare::Ability;
use crate::policy::areas::boards::{
    may_answer_membership, may_nominate, may_steer_membership, may_update_board,
};

/// A right of whoever runs the board.
pub(in crate::domains) fn run_by(name: &'static str, description: &str) -> Ability {
    use board::Column as C;
    Ability::new(
        name,
        &[C::Id, C::HostOrganisationId],
        description,
        |row, viewer| Ok(may_update_board(viewer, row.id(0)?, row.id(1)?).into()),
    )
}

/// A right over something of a board, of whoever runs the board.
pub(in crate::domains) fn of_a_board_run_by<C: ColumnTrait>(
    name: &'static str,
    description: &str,
    board: C,
) -> Ability {
    let right = Ability::new(name, &[board], description, |row, viewer| {
        Ok(may_update_board(viewer, row.id(0)?, row.id(1)?).into())
    });
    right.and_of::<board::Entity>(board, board::Column::HostOrganisationId)
}

/// A right of the person alone.
pub(super) fn own(name: &'static str, description: &str) -> Ability {
    use board_membership::Column as C;
    Ability::new(name, &[C::PersonId], description, |row, viewer| {
        Ok(may_answer_membership(viewer, row.id(0)?).into())
    })
}

/// A right of the person, and of whoever runs the board.
pub(super) fn own_or_steered(name: &'static str, description: &str) -> Ability {
    use board_membership::Column as C;
    let right = Ability::new(name, &[C::BoardId, C::PersonId], description, |row, viewer| {
        let steers = may_steer_membership(viewer, row.id(0)?, row.id(2)?);
        Ok((steers || may_answer_membership(viewer, row.id(1)?)).into())
    });
    right.and_of::<board::Entity>(C::BoardId, board::Column::HostOrganisationId)
}

/// A right of whoever runs the board, and of the administrator of the organisation that the viewer acts for, in its name.
pub(super) fn nominate(name: &'static str, description: &str) -> Ability {
    use board::Column as C;
    Ability::new(
        name,
        &[C::Id, C::HostOrganisationId],
        description,
        |row, viewer| {
            let (board, host) = (row.id(0)?, row.id(1)?);
            let in_its_name = viewer.acting_organisation();
            let may =
                may_nominate(viewer, board, host, None) || may_nominate(viewer, board, host, in_its_name);
            Ok(may.into())
        },
    )
}
