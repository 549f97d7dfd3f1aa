//! `Board.representation`: who is missing at the table. One statement for all boards of a list.

use entity::Described;
use entity::boards::kinds::{MembershipStage, SeatKind};
use entity::boards::{board, board_membership, board_seat, constituency};
use entity::id::{BoardSeatId, ConstituencyId};
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{DbBackend, DbErr};

use super::rules::quorum::QuorumRules;
use super::rules::representation::{SeatAtTheTable, at_the_table};
use crate::planner::{Batch, BatchValue, Cells};
use crate::store::{Rows, StoreError};

/// The group, over the open seats of each board.
#[must_use]
pub fn declare() -> Batch {
    use board::Column as B;
    use board_seat::Column as S;
    Batch::over::<board_seat::Entity>(
        "BoardRepresentation",
        S::BoardId,
        is_open,
        work_out,
        "How well a board represents the people it is about, now. Members are counted, not named, so whoever may read the \
         board may read it.",
    )
    .needs(&[B::Quorum, B::QuorumLived, B::MinLivedBp])
    .fact(|alias, backend| seats(alias, backend).column(S::Id))
    .fact(|alias, backend| seats(alias, backend).column(S::Kind))
    .fact(|alias, backend| seats(alias, backend).column(S::Voting))
    .fact(|alias, backend| seats(alias, backend).column(S::ConstituencyId))
    .fact(|alias, backend| is_held(alias, backend, MembershipStage::Active))
    .fact(|alias, backend| is_held(alias, backend, MembershipStage::OnLeave))
    .value("votingSeats", "Int!", "Open seats whose holders vote.")
    .value(
        "filledVotingSeats",
        "Int!",
        "Those of them that somebody holds, members on leave included.",
    )
    .value(
        "livedShareOfSeatsBp",
        "Int",
        "The share of voting seats for lived experience and carers, in basis points; null without voting seats.",
    )
    .value(
        "livedShareOfMembersBp",
        "Int",
        "The same share among the voting seats that somebody holds, in basis points; null when nobody does.",
    )
    .value(
        "quorumReachable",
        "Boolean!",
        "Whether enough voting members are active for a decision, if all of them came.",
    )
    .value(
        "livedQuorumReachable",
        "Boolean!",
        "Whether enough of them hold a seat for lived experience or for a carer.",
    )
    .objects::<board_seat::Entity>("vacantSeats", "Open seats that nobody holds, voting or not.")
    .objects::<constituency::Entity>(
        "constituenciesWithoutAVoice",
        "Constituencies with an open seat on this board and no active member in any of theirs.",
    )
}

fn seats(alias: &str, backend: DbBackend) -> Rows<board_seat::Entity> {
    Rows::new(alias, backend)
}

fn is_open(alias: &str, backend: DbBackend) -> Condition {
    let seats = seats(alias, backend);
    Condition::all().add(seats.column(board_seat::Column::ClosedAt).is_null())
}

/// Whether a membership at this stage holds the seat.
fn is_held(alias: &str, backend: DbBackend, stage: MembershipStage) -> Expr {
    let seats = seats(alias, backend);
    seats.exists::<board_membership::Entity>(|membership| {
        use board_membership::Column as C;
        Condition::all()
            .add(membership.matches(C::SeatId, &seats, board_seat::Column::Id))
            .add(membership.column(C::Stage).eq(stage.stored_name()))
    })
}

fn work_out(board: &Cells<'_>, seats: &[Cells<'_>]) -> Result<Vec<BatchValue>, StoreError> {
    let rules = QuorumRules {
        quorum: board.integer(0)?,
        quorum_lived: board.integer(1)?,
        min_lived_bp: board.integer(2)?,
        term_months: None,
    };
    let seats = seats.iter().map(seat).collect::<Result<Vec<_>, _>>()?;
    let found = at_the_table(rules, &seats, &[]);
    Ok(vec![
        found.voting_seats.into(),
        found.filled_voting_seats.into(),
        found.lived_share_of_seats_bp.into(),
        found.lived_share_of_members_bp.into(),
        found.quorum_possible.into(),
        found.lived_quorum_possible.into(),
        BatchValue::Ids(found.vacant_seats.iter().map(|id| id.0).collect()),
        BatchValue::Ids(
            found
                .constituencies_without_a_voice
                .iter()
                .map(|id| id.0)
                .collect(),
        ),
    ])
}

fn seat(cells: &Cells<'_>) -> Result<SeatAtTheTable, StoreError> {
    let kind: SeatKind = cells
        .text(1)?
        .parse()
        .map_err(|error: entity::UnknownValue| StoreError::Failed(DbErr::Type(error.to_string())))?;
    let holder = match (cells.boolean(4)?, cells.boolean(5)?) {
        (true, _) => Some(MembershipStage::Active),
        (false, true) => Some(MembershipStage::OnLeave),
        (false, false) => None,
    };
    Ok(SeatAtTheTable {
        id: BoardSeatId(cells.id(0)?),
        kind,
        voting: cells.boolean(2)?,
        constituency_id: cells.optional_id(3)?.map(ConstituencyId),
        holder,
    })
}
