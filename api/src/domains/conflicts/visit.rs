//! What peer reviewers declare about a monitoring visit. The visit is held meanwhile, so that who is recused stays as its steps find
//! it.

use async_graphql::ID;
use entity::id::PersonId;
use entity::panels::conflict_declaration;
use entity::panels::kinds::{ConflictContext, ConflictNature};
use sea_orm::Set;

use super::mutation::{ConflictAssessInput, ConflictDeclareInput};
use super::persist::{declaration, insert, update};
use super::rules::{Assessed, Declared, check_assessment, check_declaration};
use crate::domains::violation::{Violations, optional_long_text};
use crate::domains::visits::facts::{declared, seen_visit, visit_of};
use crate::domains::visits::rules::states::{AT_WORK, check_state};
use crate::graphql::patch::{fresh, refused, seen};
use crate::graphql::{Change, ChangeResult};
use crate::policy::Denied;
use crate::policy::areas::{conflicts as policy, visits};

pub(super) async fn declare(change: Change<'_>, input: &ConflictDeclareInput, visit: &ID) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let detail = optional_long_text("detail", input.detail.as_deref(), 2_000);
    let detail = violations.keep(detail).flatten();
    let field = "monitoringVisitId";
    let Some(found) = seen_visit(session, &mut violations, field, visit).await? else {
        return Err(refused(violations));
    };
    let permit = visits::declare_to_visit(session, found).await??;
    let visit = permit.model();
    let person = PersonId(change.viewer.person().ok_or(Denied)?);
    violations.keep(check_state(
        field,
        "Interests are declared",
        visit.status,
        AT_WORK,
    ));
    let mut before = declared(session, visit.id).await?;
    before.retain(|of| of.person_id == person);
    violations.keep_all(check_declaration(&Declared {
        context: ConflictContext::MonitoringVisit,
        nature: input.nature.0,
        level: input.level.map(|level| level.0),
        names_a_candidate: input.application_id.is_some(),
        has_detail: detail.is_some(),
        declared_none: before.iter().any(|of| of.nature == ConflictNature::None),
    }));
    violations.into_result()?;
    let row = conflict_declaration::ActiveModel {
        context: Set(ConflictContext::MonitoringVisit),
        monitoring_visit_id: Set(Some(visit.id)),
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
    let visit = visit_of(session, found.monitoring_visit_id.ok_or(Denied)?).await?;
    // As it is now that nobody else changes it; and still only if the viewer may see it.
    let found = seen::<conflict_declaration::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let permit = policy::assess_conflict(session, found).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_state("id", "Conflicts are assessed", visit.status, AT_WORK));
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
