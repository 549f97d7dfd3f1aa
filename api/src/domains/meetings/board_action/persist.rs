//! How actions are written. What follows from a confidential item goes into the audit without its values.

use async_graphql::ID;
use entity::boards::kinds::MembershipStage;
use entity::boards::{board, board_membership};
use entity::id::{ActionId, BoardId, PersonId};
use entity::meetings::kinds::ActionStatus;
use entity::meetings::{agenda_item, board_action, meeting};
use entity::parties::person;
use sea_orm::sea_query::Condition;
use sea_orm::{ActiveValue, ColumnTrait, Set};

use super::mutation::{ActionCreateInput, ActionUpdateInput};
use crate::domains::boards::input::at_input;
use crate::domains::meetings::hold::{event, hold_board, without_values};
use crate::domains::meetings::rules::actions::{self, OriginFacts, check_origin};
use crate::domains::violation::{Violations, long_text, optional_long_text, text};
use crate::graphql::patch::{self, fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::Permit;
use crate::policy::areas::meetings as policy;
use crate::store::{WriteError, WriteSession};

const TABLE: &str = "board_action";
/// The longest detail, in characters.
const LONGEST_DETAIL: usize = 5_000;
/// The longest note, in characters.
const LONGEST_NOTE: usize = 2_000;

pub(super) async fn create(change: Change<'_>, input: &ActionCreateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let title = violations.keep(text("title", &input.title, 1..=300));
    let detail = violations.keep(optional_long_text(
        "detail",
        input.detail.as_deref(),
        LONGEST_DETAIL,
    ));
    violations.keep(actions::check_due(input.due_on.0, session.now().date_naive()));
    let owner = &input.owner_person_id;
    let owner = seen::<person::Entity>(session, &mut violations, "ownerPersonId", owner).await?;
    let meeting = input.meeting_id.as_ref();
    let meeting = seen_if_named::<meeting::Entity>(session, &mut violations, "meetingId", meeting).await?;
    let item = input.agenda_item_id.as_ref();
    let item = seen_if_named::<agenda_item::Entity>(session, &mut violations, "agendaItemId", item).await?;
    let board = seen::<board::Entity>(session, &mut violations, "boardId", &input.board_id).await?;
    let (Some(board), Some(owner)) = (board, owner) else {
        return Err(refused(violations));
    };
    let board = hold_board(session, board.id).await?;
    let permit = policy::create_action(change.viewer, board)?;
    let board = permit.model();
    let facts = OriginFacts {
        board_id: board.id,
        board: board.status,
        meeting: meeting.as_ref(),
        item: item.as_ref(),
        owner_sits_on_the_board: sits_on(session, board.id, owner.id).await?,
    };
    let meeting_id = violations.keep_all(check_origin(&facts)).flatten();
    violations.into_result()?;

    let row = board_action::ActiveModel {
        id: Set(ActionId::new()),
        board_id: Set(board.id),
        meeting_id: Set(meeting_id),
        agenda_item_id: Set(item.as_ref().map(|item| item.id)),
        title: Set(title.unwrap_or_default()),
        detail: Set(detail.flatten()),
        owner_person_id: Set(owner.id),
        due_on: Set(input.due_on.0),
        status: Set(ActionStatus::Open),
        ..Default::default()
    };
    let mut changed = WriteSession::changed::<_, board_action::Model>(None, &row);
    if item.is_some_and(|item| item.confidential) {
        changed = without_values(&changed);
    }
    let action = session.insert(&permit, row).await?;
    let event = event(("action.create", TABLE), action.id, board).changed(changed);
    Ok(session.record(event, action.id.0))
}

async fn sits_on(
    session: &WriteSession,
    board: BoardId,
    person: PersonId,
) -> Result<bool, WriteError<Refused>> {
    use board_membership::Column as C;
    let holding = Condition::all()
        .add(C::BoardId.eq(board))
        .add(C::PersonId.eq(person))
        .add(C::Stage.is_in(MembershipStage::HOLDING));
    Ok(session.count::<board_membership::Entity>(holding).await? > 0)
}

/// The item that an action follows from.
async fn item_of(
    session: &WriteSession,
    action: &board_action::Model,
) -> Result<Option<agenda_item::Model>, WriteError<Refused>> {
    let Some(item) = action.agenda_item_id else {
        return Ok(None);
    };
    let this = Condition::all().add(agenda_item::Column::Id.eq(item));
    Ok(session.facts::<agenda_item::Entity>(this).await?.pop())
}

/// The action with an id, if the viewer may see it, and its board, which is held.
async fn open(
    session: &WriteSession,
    violations: &mut Violations,
    id: &ID,
) -> Result<Option<(board_action::Model, board::Model)>, WriteError<Refused>> {
    let Some(action) = seen::<board_action::Entity>(session, violations, "id", id).await? else {
        return Ok(None);
    };
    let board = hold_board(session, action.board_id).await?;
    Ok(Some((action, board)))
}

pub(super) async fn update(change: Change<'_>, input: &ActionUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let today = session.now().date_naive();
    let mut row = board_action::ActiveModel {
        title: patch::required(&mut violations, "title", &input.title, |title| {
            text("title", title, 1..=300)
        }),
        detail: patch::optional(&mut violations, &input.detail, |detail| {
            optional_long_text("detail", Some(detail), LONGEST_DETAIL)
        }),
        due_on: patch::required(&mut violations, "dueOn", &input.due_on, |on| {
            actions::check_due(on.0, today).map(|()| on.0)
        }),
        ..Default::default()
    };
    let owner = input.owner_person_id.as_ref();
    let owner = seen_if_named::<person::Entity>(session, &mut violations, "ownerPersonId", owner).await?;
    let Some((action, board)) = open(session, &mut violations, &input.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::update_action(change.viewer, action, board.host_organisation_id)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(actions::check_change(before.status));
    if let Some(owner) = owner {
        let item = item_of(session, before).await?;
        let facts = OriginFacts {
            board_id: board.id,
            board: board.status,
            meeting: None,
            item: item.as_ref(),
            owner_sits_on_the_board: sits_on(session, board.id, owner.id).await?,
        };
        let checked = check_origin(&facts).map_err(|wrong| at_input(wrong, &["ownerPersonId"]));
        violations.keep_all(checked);
        row.owner_person_id = Set(owner.id);
    }
    violations.into_result()?;
    write(session, &permit, &board, (row, "action.update")).await
}

/// A step that a client asks for.
#[derive(Debug)]
pub(super) struct Step<'a> {
    pub id: &'a ID,
    pub expected_version: i32,
    pub to: ActionStatus,
    pub action: &'static str,
    /// What came of it; needed for what is blocked or dropped.
    pub note: Option<&'a str>,
}

/// Says how far an action has got.
pub(super) async fn progress(change: Change<'_>, step: Step<'_>) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let note = match step.to {
        ActionStatus::Blocked => {
            let reason = step.note.unwrap_or_default();
            violations.keep(long_text("reason", reason, 1..=LONGEST_NOTE))
        }
        _ => violations
            .keep(optional_long_text("note", step.note, LONGEST_NOTE))
            .flatten(),
    };
    let Some((action, board)) = open(session, &mut violations, step.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::progress_action(change.viewer, action, board.host_organisation_id)?;
    take(session, &permit, &board, (step, note, violations)).await
}

/// Gives an action up.
pub(super) async fn drop(change: Change<'_>, step: Step<'_>) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let reason = step.note.unwrap_or_default();
    let reason = violations.keep(long_text("reason", reason, 1..=LONGEST_NOTE));
    let Some((action, board)) = open(session, &mut violations, step.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::update_action(change.viewer, action, board.host_organisation_id)?;
    take(session, &permit, &board, (step, reason, violations)).await
}

async fn take<A>(
    session: &WriteSession,
    permit: &Permit<A, board_action::Model>,
    board: &board::Model,
    (step, note, mut violations): (Step<'_>, Option<String>, Violations),
) -> ChangeResult {
    let before = permit.model();
    fresh(step.expected_version, before.version)?;
    let checked = actions::check_step(before.status, step.to);
    violations.keep_all(checked.map_err(|illegal| at_input(vec![illegal], &[])));
    violations.into_result()?;
    let closed_at = actions::is_closed(step.to).then(|| session.now());
    let row = board_action::ActiveModel {
        status: Set(step.to),
        status_note: Set(note),
        closed_at: closed_at.map_or(ActiveValue::NotSet, |at| Set(Some(at))),
        ..Default::default()
    };
    write(session, permit, board, (row, step.action)).await
}

async fn write<A>(
    session: &WriteSession,
    permit: &Permit<A, board_action::Model>,
    board: &board::Model,
    (row, action): (board_action::ActiveModel, &'static str),
) -> ChangeResult {
    let before = permit.model();
    let mut changed = WriteSession::changed(Some(before), &row);
    if item_of(session, before)
        .await?
        .is_some_and(|item| item.confidential)
    {
        changed = without_values(&changed);
    }
    let row: board_action::Model = session
        .update::<_, _, _, Refused>(permit, before.version, row)
        .await?;
    let event = event((action, TABLE), row.id, board).changed(changed);
    Ok(session.record(event, row.id.0))
}
