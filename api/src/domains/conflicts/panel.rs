//! What panellists declare about candidates.

use async_graphql::ID;
use entity::id::{PersonId, VacancyId};
use entity::panels::kinds::{ConflictContext, ConflictNature};
use entity::panels::{application, conflict_declaration};
use sea_orm::Set;

use super::mutation::{ConflictAssessInput, ConflictDeclareInput};
use super::persist::{declaration, insert, update};
use super::rules::{Assessed, Declared, check_assessment, check_declaration};
use crate::domains::panels::facts::{declared, panel_of, seen_panel};
use crate::domains::panels::rules::panels::{AT_WORK, check_state};
use crate::domains::panels::scoring::follow::follow;
use crate::domains::violation::{UserErrorCode as Code, Violations, optional_long_text};
use crate::graphql::patch::{fresh, refused, seen_if_named};
use crate::graphql::{Change, ChangeResult};
use crate::policy::Denied;
use crate::policy::areas::conflicts as policy;
use crate::store::{StoreError, WriteSession};

/// The application that is named, if the viewer may see it and it is one for the vacancy.
async fn candidate(
    session: &WriteSession,
    violations: &mut Violations,
    named: Option<&ID>,
    vacancy: VacancyId,
) -> Result<Option<application::Model>, StoreError> {
    let field = "applicationId";
    let found = seen_if_named::<application::Entity>(session, violations, field, named).await?;
    let is_of_it = found.as_ref().is_none_or(|found| found.vacancy_id == vacancy);
    violations.check(is_of_it, Code::RuleBroken, field, || {
        "This application is for another vacancy. Name one for the vacancy of the panel.".to_owned()
    });
    Ok(found)
}

pub(super) async fn declare(change: Change<'_>, input: &ConflictDeclareInput, panel: &ID) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let detail = optional_long_text("detail", input.detail.as_deref(), 2_000);
    let detail = violations.keep(detail).flatten();
    let Some(held) = seen_panel(session, &mut violations, "panelId", panel).await? else {
        return Err(refused(violations));
    };
    let named = input.application_id.as_ref();
    let candidate = candidate(session, &mut violations, named, held.vacancy.id).await?;
    let permit = policy::declare_conflict(session, held.panel).await??;
    let panel = permit.model();
    let person = PersonId(change.viewer.person().ok_or(Denied)?);
    violations.keep(check_state(
        "panelId",
        "Interests are declared",
        panel.status,
        AT_WORK,
    ));
    let mut before = declared(session, panel.id).await?;
    before.retain(|of| of.person_id == person);
    violations.keep_all(check_declaration(&Declared {
        context: ConflictContext::Panel,
        nature: input.nature.0,
        level: input.level.map(|level| level.0),
        names_a_candidate: named.is_some(),
        has_detail: detail.is_some(),
        declared_none: before.iter().any(|of| of.nature == ConflictNature::None),
    }));
    violations.into_result()?;
    let row = conflict_declaration::ActiveModel {
        context: Set(ConflictContext::Panel),
        panel_id: Set(Some(panel.id)),
        application_id: Set(candidate.map(|candidate| candidate.id)),
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
    let panel = found.panel_id.ok_or(Denied)?;
    let held = panel_of(session, panel).await?.ok_or(Denied)?;
    let named = input.application_id.as_ref();
    let candidate = candidate(session, &mut violations, named, held.vacancy.id).await?;
    let permit = policy::assess_conflict(session, found).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_state(
        "id",
        "Conflicts are assessed",
        held.panel.status,
        AT_WORK,
    ));
    let about = candidate
        .as_ref()
        .map(|candidate| candidate.id)
        .or(before.application_id);
    let is_the_same = candidate.is_none() || before.application_id.is_none_or(|id| about == Some(id));
    violations.check(is_the_same, Code::RuleBroken, "applicationId", || {
        "The declaration names another candidate. Leave the application out.".to_owned()
    });
    violations.keep_all(check_assessment(&Assessed {
        context: ConflictContext::Panel,
        before: before.assessment,
        now: input.assessment.0,
        names_a_candidate: about.is_some() || named.is_some(),
        has_mitigation: mitigation.is_some(),
    }));
    violations.into_result()?;
    let row = conflict_declaration::ActiveModel {
        application_id: Set(about),
        ..Default::default()
    };
    let (declaration, assessed) = update(change, &permit, (input, mitigation), row).await?;
    let mut events = vec![assessed];
    events.extend(follow(session, held.vacancy).await?);
    Ok(session.record_all(events, declaration.id.0))
}
