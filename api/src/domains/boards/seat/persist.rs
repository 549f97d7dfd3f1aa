//! How seats are written.

use async_graphql::ID;
use entity::boards::{board, board_membership, board_seat, constituency};
use entity::id::{BoardId, BoardSeatId};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{BoardSeatCreateInput, BoardSeatUpdateInput};
use crate::domains::boards::board::seats_of;
use crate::domains::boards::input::at_input;
use crate::domains::boards::membership::held;
use crate::domains::boards::rules::quorum::{QuorumRules, check_board};
use crate::domains::boards::rules::status::{check_new_seat, check_seat_change};
use crate::domains::violation::{Violation, Violations, text};
use crate::events::Event;
use crate::graphql::patch::{self, after, fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::Permit;
use crate::policy::areas::boards::{self as policy, UpdateBoardSeat};
use crate::store::{StoreError, WriteError, WriteSession};

fn event(action: &'static str, board: &board::Model, seat: &board_seat::Model) -> Event {
    Event::new(action, "board_seat", seat.id)
        .of_organisation(board.host_organisation_id)
        .of_partnership(board.partnership_id)
}

/// The board of a seat, held so that its status and its seats stay as the rules find them.
async fn board_of(session: &WriteSession, board: BoardId) -> Result<Option<board::Model>, StoreError> {
    session.lock::<board::Entity>(board).await?;
    let this = Condition::all().add(board::Column::Id.eq(board));
    Ok(session.facts::<board::Entity>(this).await?.pop())
}

pub(super) async fn create(change: Change<'_>, input: &BoardSeatCreateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let label = violations.keep(text("label", &input.label, 1..=200));
    let constituency = input.constituency_id.as_ref();
    let constituency =
        seen_if_named::<constituency::Entity>(session, &mut violations, "constituencyId", constituency);
    let constituency = constituency.await?;
    let Some(board) = seen::<board::Entity>(session, &mut violations, "boardId", &input.board_id).await?
    else {
        return Err(refused(violations));
    };
    let Some(board) = board_of(session, board.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::create_board_seat(change.viewer, board)?;
    let board = permit.model();
    let seat = board_seat::Model {
        id: BoardSeatId::new(),
        board_id: board.id,
        label: label.unwrap_or_default(),
        kind: input.kind.0,
        constituency_id: constituency.map(|constituency| constituency.id),
        voting: input.voting,
        closed_at: None,
        version: 1,
        created_at: session.now(),
        updated_at: session.now(),
        created_by: None,
    };
    violations.keep(check_new_seat(board.status));
    let mut seats = seats_of(session, board.id).await?;
    seats.push(seat.clone());
    let kept = check_board(board.status, QuorumRules::from(board), &seats);
    violations.keep_all(kept.map_err(at_board));
    violations.into_result()?;

    let row = board_seat::ActiveModel {
        id: Set(seat.id),
        board_id: Set(seat.board_id),
        label: Set(seat.label),
        kind: Set(seat.kind),
        constituency_id: Set(seat.constituency_id),
        voting: Set(seat.voting),
        closed_at: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, board_seat::Model>(None, &row);
    let seat = session.insert(&permit, row).await?;
    let event = event("board_seat.create", board, &seat).changed(changed);
    Ok(session.record(event, seat.id.0))
}

/// What a new seat does to the board's numbers is answered at the board.
fn at_board(found: Vec<Violation>) -> Vec<Violation> {
    found
        .into_iter()
        .map(|mut violation| {
            violation.path = vec!["boardId".to_owned()];
            violation
        })
        .collect()
}

pub(super) async fn update(change: Change<'_>, input: &BoardSeatUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let named = input.constituency_id.value();
    let constituency =
        seen_if_named::<constituency::Entity>(session, &mut violations, "constituencyId", named);
    let constituency = constituency.await?;
    let row = board_seat::ActiveModel {
        label: patch::required(&mut violations, "label", &input.label, |label| {
            text("label", label, 1..=200)
        }),
        kind: patch::required(&mut violations, "kind", &input.kind, |kind| Ok(kind.0)),
        voting: patch::required(&mut violations, "voting", &input.voting, |voting| Ok(*voting)),
        constituency_id: patch::pointer(&input.constituency_id, constituency.as_ref(), |of| of.id),
        ..Default::default()
    };
    let Some((permit, board)) = own_seat(change, &mut violations, &input.id).await? else {
        return Err(refused(violations));
    };
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    let wanted = board_seat::Model {
        label: after(&row.label, before.label.clone()),
        kind: after(&row.kind, before.kind),
        voting: after(&row.voting, before.voting),
        constituency_id: after(&row.constituency_id, before.constituency_id),
        ..before.clone()
    };
    let fields = ["label", "kind", "voting", "constituencyId"];
    check_change(session, &mut violations, &board, (&wanted, &fields)).await?;
    violations.into_result()?;

    write(session, &permit, &board, (row, "board_seat.update")).await
}

pub(super) async fn close(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some((permit, board)) = own_seat(change, &mut violations, id).await? else {
        return Err(refused(violations));
    };
    let before = permit.model();
    fresh(expected_version, before.version)?;
    let wanted = board_seat::Model {
        closed_at: Some(session.now()),
        ..before.clone()
    };
    check_change(session, &mut violations, &board, (&wanted, &[])).await?;
    violations.into_result()?;

    let row = board_seat::ActiveModel {
        closed_at: Set(wanted.closed_at),
        ..Default::default()
    };
    write(session, &permit, &board, (row, "board_seat.close")).await
}

/// Leave to change a seat, and the seat's board.
type OwnSeat = (Permit<UpdateBoardSeat, board_seat::Model>, board::Model);

/// The seat with an id, if the viewer may see it.
async fn own_seat(
    change: Change<'_>,
    violations: &mut Violations,
    id: &ID,
) -> Result<Option<OwnSeat>, WriteError<Refused>> {
    let session = change.session;
    let Some(seat) = seen::<board_seat::Entity>(session, violations, "id", id).await? else {
        return Ok(None);
    };
    let Some(board) = board_of(session, seat.board_id).await? else {
        return Ok(None);
    };
    let permit = policy::update_board_seat(change.viewer, seat, board.host_organisation_id)?;
    Ok(Some((permit, board)))
}

async fn check_change(
    session: &WriteSession,
    violations: &mut Violations,
    board: &board::Model,
    (wanted, fields): (&board_seat::Model, &[&str]),
) -> Result<(), StoreError> {
    let seats = seats_of(session, board.id).await?;
    let is_held = session.count::<board_membership::Entity>(held(wanted.id)).await? > 0;
    let rules = QuorumRules::from(board);
    let checked = check_seat_change(board.status, rules, &seats, wanted, is_held);
    violations.keep_all(checked.map_err(|found| at_input(found, fields)));
    Ok(())
}

async fn write(
    session: &WriteSession,
    permit: &Permit<UpdateBoardSeat, board_seat::Model>,
    board: &board::Model,
    (row, action): (board_seat::ActiveModel, &'static str),
) -> ChangeResult {
    let before = permit.model();
    let changed = WriteSession::changed(Some(before), &row);
    let seat = session.update(permit, before.version, row).await?;
    let event = event(action, board, &seat).changed(changed);
    Ok(session.record(event, seat.id.0))
}
