//! How declarations and assessments are written, whatever they are about. Their events are private: they are between the person
//! and whoever assesses.

use entity::id::{ConflictDeclarationId, PersonId};
use entity::panels::conflict_declaration;
use entity::panels::kinds::{ConflictAssessment, ConflictContext, ConflictNature};
use entity::private::Private;
use sea_orm::Set;

use super::mutation::{ConflictAssessInput, ConflictDeclareInput};
use super::{board, panel, visit};
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations};
use crate::events::Event;
use crate::graphql::patch::{refused, seen};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::Permit;
use crate::policy::areas::conflicts::AssessConflict;
use crate::store::{WriteError, WriteSession};

pub(super) async fn declare(change: Change<'_>, input: &ConflictDeclareInput) -> ChangeResult {
    let named = (
        &input.panel_id,
        &input.board_id,
        &input.agenda_item_id,
        &input.monitoring_visit_id,
    );
    match named {
        (Some(panel), None, None, None) => panel::declare(change, input, panel).await,
        (None, Some(board), None, None) => board::declare(change, input, (Some(board), None)).await,
        (None, None, Some(item), None) => board::declare(change, input, (None, Some(item))).await,
        (None, None, None, Some(visit)) => visit::declare(change, input, visit).await,
        named => {
            let is_missing = matches!(named, (None, None, None, None));
            let code = if is_missing {
                Code::Required
            } else {
                Code::RuleBroken
            };
            let message = "Say what you declare your interests about: one of panelId, boardId, agendaItemId and monitoringVisitId.";
            Err(vec![Violation::new(code, "", message)].into())
        }
    }
}

pub(super) async fn assess(change: Change<'_>, input: &ConflictAssessInput) -> ChangeResult {
    let mut violations = Violations::default();
    let found = seen::<conflict_declaration::Entity>(change.session, &mut violations, "id", &input.id);
    let Some(found) = found.await? else {
        return Err(refused(violations));
    };
    match found.context {
        ConflictContext::Panel => panel::assess(change, input, found).await,
        ConflictContext::Board | ConflictContext::AgendaItem => board::assess(change, input, found).await,
        ConflictContext::MonitoringVisit => visit::assess(change, input, found).await,
    }
}

/// The row of what somebody declares; what it is about is added by its context.
pub(super) fn declaration(
    person: PersonId,
    input: &ConflictDeclareInput,
    detail: Option<String>,
) -> conflict_declaration::ActiveModel {
    let nature = input.nature.0;
    let assessment = (nature != ConflictNature::None).then_some(ConflictAssessment::Pending);
    conflict_declaration::ActiveModel {
        id: Set(ConflictDeclarationId::new()),
        person_id: Set(person),
        nature: Set(nature),
        level: Set(input.level.map(|level| level.0)),
        detail: Set(detail.map(Private::new)),
        assessment: Set(assessment),
        assessed_by_person_id: Set(None),
        assessed_at: Set(None),
        mitigation: Set(None),
        ..Default::default()
    }
}

/// Writes down what somebody declared.
pub(super) async fn insert<A, M>(
    session: &WriteSession,
    permit: &Permit<A, M>,
    row: conflict_declaration::ActiveModel,
) -> ChangeResult {
    let changed = WriteSession::changed::<_, conflict_declaration::Model>(None, &row);
    let declaration: conflict_declaration::Model = session.insert(permit, row).await?;
    let event = event("conflict_declaration.declare", &declaration).changed(changed);
    Ok(session.record(event, declaration.id.0))
}

/// Writes down what somebody made of a declaration.
pub(super) async fn update(
    change: Change<'_>,
    permit: &Permit<AssessConflict, conflict_declaration::Model>,
    (input, mitigation): (&ConflictAssessInput, Option<String>),
    row: conflict_declaration::ActiveModel,
) -> Result<(conflict_declaration::Model, Event), WriteError<Refused>> {
    let session = change.session;
    let before = permit.model();
    let row = conflict_declaration::ActiveModel {
        assessment: Set(Some(input.assessment.0)),
        assessed_by_person_id: Set(change.viewer.person().map(PersonId)),
        assessed_at: Set(Some(session.now())),
        mitigation: Set(mitigation.map(Private::new)),
        ..row
    };
    let changed = WriteSession::changed(Some(before), &row);
    let declaration = session.update(permit, before.version, row).await?;
    let event = event("conflict_declaration.assess", &declaration).changed(changed);
    Ok((declaration, event))
}

fn event(action: &'static str, declaration: &conflict_declaration::Model) -> Event {
    Event::new(action, "conflict_declaration", declaration.id).private()
}
