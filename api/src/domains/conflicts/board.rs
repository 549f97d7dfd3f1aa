//! What members declare to their board, and about the items on its agenda. The board is held meanwhile, so that who is recused
//! from a decision stays as the decision finds it.

use async_graphql::ID;
use entity::boards::board;
use entity::id::PersonId;
use entity::meetings::agenda_item;
use entity::panels::conflict_declaration;
use entity::panels::kinds::{ConflictContext, ConflictNature};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{ConflictAssessInput, ConflictDeclareInput};
use super::persist::{declaration, insert, update};
use super::rules::{Assessed, Declared, check_assessment, check_declaration, check_item_open};
use crate::domains::meetings::hold::{hold_board, meeting_now};
use crate::domains::violation::{Violations, optional_long_text};
use crate::graphql::patch::{fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::Denied;
use crate::policy::areas::conflicts as policy;
use crate::store::{StoreError, WriteError, WriteSession};

/// What was declared before by the same person about the same.
async fn declared_before(
    session: &WriteSession,
    person: PersonId,
    board: &board::Model,
    item: Option<&agenda_item::Model>,
) -> Result<Vec<conflict_declaration::Model>, StoreError> {
    use conflict_declaration::Column as C;
    let about = match item {
        Some(item) => C::AgendaItemId.eq(item.id),
        None => C::AgendaItemId.is_null(),
    };
    let own = Condition::all()
        .add(C::PersonId.eq(person))
        .add(C::BoardId.eq(board.id))
        .add(about);
    session.facts::<conflict_declaration::Entity>(own).await
}

/// Whether what is said about the item can still matter.
async fn check_open(
    session: &WriteSession,
    violations: &mut Violations,
    (field, item): (&str, &agenda_item::Model),
) -> Result<(), WriteError<Refused>> {
    let meeting = meeting_now(session, item.meeting_id).await?;
    violations.keep(check_item_open(field, meeting.status));
    Ok(())
}

pub(super) async fn declare(
    change: Change<'_>,
    input: &ConflictDeclareInput,
    (board, item): (Option<&ID>, Option<&ID>),
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let detail = optional_long_text("detail", input.detail.as_deref(), 2_000);
    let detail = violations.keep(detail).flatten();
    let item = seen_if_named::<agenda_item::Entity>(session, &mut violations, "agendaItemId", item).await?;
    let board = seen_if_named::<board::Entity>(session, &mut violations, "boardId", board).await?;
    let Some(board) = board
        .map(|board| board.id)
        .or(item.as_ref().map(|item| item.board_id))
    else {
        return Err(refused(violations));
    };
    let board = hold_board(session, board).await?;
    let permit = policy::declare_to_board(change.viewer, board)?;
    let board = permit.model();
    let person = PersonId(change.viewer.person().ok_or(Denied)?);
    let context = match &item {
        Some(item) => {
            check_open(session, &mut violations, ("agendaItemId", item)).await?;
            ConflictContext::AgendaItem
        }
        None => ConflictContext::Board,
    };
    let before = declared_before(session, person, board, item.as_ref()).await?;
    violations.keep_all(check_declaration(&Declared {
        context,
        nature: input.nature.0,
        level: input.level.map(|level| level.0),
        names_a_candidate: input.application_id.is_some(),
        has_detail: detail.is_some(),
        declared_none: before.iter().any(|of| of.nature == ConflictNature::None),
    }));
    violations.into_result()?;
    let row = conflict_declaration::ActiveModel {
        context: Set(context),
        board_id: Set(Some(board.id)),
        agenda_item_id: Set(item.map(|item| item.id)),
        ..declaration(person, input, detail)
    };
    insert(session, &permit, row).await
}

pub(super) async fn assess(
    change: Change<'_>,
    input: &ConflictAssessInput,
    found: conflict_declaration::Model,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let mitigation = optional_long_text("mitigation", input.mitigation.as_deref(), 2_000);
    let mitigation = violations.keep(mitigation).flatten();
    hold_board(session, found.board_id.ok_or(Denied)?).await?;
    // As it is now that nobody else changes it; and still only if the viewer may see it.
    let found = seen::<conflict_declaration::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let permit = policy::assess_conflict(session, found).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    if let Some(item) = before.agenda_item_id {
        let this = Condition::all().add(agenda_item::Column::Id.eq(item));
        if let Some(item) = session.facts::<agenda_item::Entity>(this).await?.pop() {
            check_open(session, &mut violations, ("id", &item)).await?;
        }
    }
    violations.keep_all(check_assessment(&Assessed {
        context: before.context,
        before: before.assessment,
        now: input.assessment.0,
        names_a_candidate: input.application_id.is_some(),
        has_mitigation: mitigation.is_some(),
    }));
    violations.into_result()?;
    let row = conflict_declaration::ActiveModel::default();
    let (declaration, assessed) = update(change, &permit, (input, mitigation), row).await?;
    Ok(session.record(assessed, declaration.id.0))
}
