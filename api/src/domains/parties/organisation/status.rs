//! How organisations are admitted, suspended, resumed and closed.

use async_graphql::ID;
use chrono::NaiveDate;
use entity::parties::kinds::OrganisationStatus;
use entity::parties::{organisation, organisation_identifier};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{
    OrganisationActivateInput, OrganisationCloseInput, OrganisationResumeInput, OrganisationSuspendInput,
};
use super::persist::successors_from;
use crate::domains::parties::rules::organisation::{StatusFacts, StatusPlan, check_successor, plan_status};
use crate::domains::parties::rules::standing::{Admission, check_admission};
use crate::domains::violation::{Violation, Violations, long_text};
use crate::events::Event;
use crate::graphql::{Change, ChangeResult, Refused, patch};
use crate::policy::Permit;
use crate::policy::areas::organisations as policy;
use crate::store::{StoreError, WriteSession};

/// Characters of a reason at most. It stands in the audit.
const REASON_LENGTH: usize = 2_000;

fn reason(violations: &mut Violations, raw: &str) -> Option<String> {
    violations.keep(long_text("reason", raw, 1..=REASON_LENGTH))
}

/// The organisation, as the client knows it, held until the end; everything wrong so far when there is none.
async fn named(
    change: Change<'_>,
    id: &ID,
    violations: &mut Violations,
) -> Result<Option<organisation::Model>, StoreError> {
    let found = patch::seen::<organisation::Entity>(change.session, violations, "id", id).await?;
    if let Some(found) = &found {
        change.session.lock::<organisation::Entity>(found.id).await?;
    }
    Ok(found)
}

/// The inputs name the organisation, not its status: there the rule was not kept.
fn at_id(mut violation: Violation) -> Violation {
    if violation.path == ["status"] {
        violation.path = vec!["id".into()];
    }
    violation
}

fn plan(
    violations: &mut Violations,
    current: &organisation::Model,
    to: OrganisationStatus,
    facts: StatusFacts,
) -> Option<StatusPlan> {
    let plan = plan_status(current, to, facts)
        .map_err(|wrong| wrong.into_iter().map(at_id).collect::<Vec<Violation>>());
    violations.keep_all(plan)
}

/// Facts of a change that closes nothing.
const fn facts(has_identifier: bool, today: NaiveDate) -> StatusFacts {
    StatusFacts {
        has_identifier,
        closed_on: None,
        today,
    }
}

/// Writes a status that was planned.
async fn write<A>(
    session: &WriteSession,
    permit: &Permit<A, organisation::Model>,
    action: &'static str,
    row: organisation::ActiveModel,
    reason: Option<String>,
) -> ChangeResult {
    let before = permit.model();
    let changed = WriteSession::changed(Some(before), &row);
    let organisation = session
        .update::<_, _, _, Refused>(permit, before.version, row)
        .await?;
    let event = Event::new(action, "organisation", organisation.id)
        .changed(changed)
        .because(reason)
        .of_organisation(organisation.id);
    Ok(session.record(event, organisation.id.0))
}

pub(super) async fn activate(change: Change<'_>, input: &OrganisationActivateInput) -> ChangeResult {
    let mut violations = Violations::default();
    let Some(found) = named(change, &input.id, &mut violations).await? else {
        return Err(patch::refused(violations));
    };
    let permit = policy::check_organisation(change.viewer, found)?;
    let current = permit.model();
    patch::fresh(input.expected_version, current.version)?;
    check_admission("id", Admission::Activate, current.status)?;
    let today = change.session.now().date_naive();
    let has_identifier = has_identifier(change.session, current, today).await?;
    let Some(plan) = plan(
        &mut violations,
        current,
        OrganisationStatus::Active,
        facts(has_identifier, today),
    ) else {
        return Err(patch::refused(violations));
    };
    let row = organisation::ActiveModel {
        status: Set(plan.status),
        ..Default::default()
    };
    write(change.session, &permit, "organisation.activate", row, None).await
}

/// Whether a code of the organisation holds today.
async fn has_identifier(
    session: &WriteSession,
    organisation: &organisation::Model,
    today: NaiveDate,
) -> Result<bool, StoreError> {
    use organisation_identifier::Column as C;
    let holds = Condition::all()
        .add(C::OrganisationId.eq(organisation.id))
        .add(
            Condition::any()
                .add(C::ValidFrom.is_null())
                .add(C::ValidFrom.lte(today)),
        )
        .add(
            Condition::any()
                .add(C::ValidTo.is_null())
                .add(C::ValidTo.gte(today)),
        );
    Ok(session.count::<organisation_identifier::Entity>(holds).await? > 0)
}

pub(super) async fn suspend(change: Change<'_>, input: &OrganisationSuspendInput) -> ChangeResult {
    let mut violations = Violations::default();
    let reason = reason(&mut violations, &input.reason);
    let Some(found) = named(change, &input.id, &mut violations).await? else {
        return Err(patch::refused(violations));
    };
    let permit = policy::check_organisation(change.viewer, found)?;
    patch::fresh(input.expected_version, permit.model().version)?;
    let today = change.session.now().date_naive();
    let plan = plan(
        &mut violations,
        permit.model(),
        OrganisationStatus::Suspended,
        facts(true, today),
    );
    let (Some(plan), Some(reason)) = (plan, reason) else {
        return Err(patch::refused(violations));
    };
    let row = organisation::ActiveModel {
        status: Set(plan.status),
        ..Default::default()
    };
    write(change.session, &permit, "organisation.suspend", row, Some(reason)).await
}

pub(super) async fn resume(change: Change<'_>, input: &OrganisationResumeInput) -> ChangeResult {
    let mut violations = Violations::default();
    let reason = reason(&mut violations, &input.reason);
    let Some(found) = named(change, &input.id, &mut violations).await? else {
        return Err(patch::refused(violations));
    };
    let permit = policy::check_organisation(change.viewer, found)?;
    let current = permit.model();
    patch::fresh(input.expected_version, current.version)?;
    let step = violations.keep(check_admission("id", Admission::Resume, current.status));
    let today = change.session.now().date_naive();
    let plan = step.and_then(|()| {
        plan(
            &mut violations,
            current,
            OrganisationStatus::Active,
            facts(true, today),
        )
    });
    let (Some(plan), Some(reason)) = (plan, reason) else {
        return Err(patch::refused(violations));
    };
    let row = organisation::ActiveModel {
        status: Set(plan.status),
        ..Default::default()
    };
    write(change.session, &permit, "organisation.resume", row, Some(reason)).await
}

pub(super) async fn close(change: Change<'_>, input: &OrganisationCloseInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let reason = reason(&mut violations, &input.reason);
    let successor = patch::seen_if_named::<organisation::Entity>(
        session,
        &mut violations,
        "successorId",
        input.successor_id.as_ref(),
    )
    .await?;
    let Some(found) = named(change, &input.id, &mut violations).await? else {
        return Err(patch::refused(violations));
    };
    let permit = policy::update_organisation(change.viewer, found)?;
    let current = permit.model();
    patch::fresh(input.expected_version, current.version)?;
    let facts = StatusFacts {
        closed_on: input.closed_on.map(|day| day.0),
        ..facts(true, session.now().date_naive())
    };
    let plan = plan(&mut violations, current, OrganisationStatus::Closed, facts);
    if let Some(successor) = &successor {
        let closed = organisation::Model {
            status: OrganisationStatus::Closed,
            ..current.clone()
        };
        let line = successors_from(session, successor.id).await?;
        violations.keep_all(check_successor(&closed, &line));
    }
    let (Some(plan), Some(reason), true) = (plan, reason, violations.is_empty()) else {
        return Err(patch::refused(violations));
    };
    let row = organisation::ActiveModel {
        status: Set(plan.status),
        closed_on: Set(plan.closed_on),
        successor_id: Set(successor.map(|successor| successor.id)),
        ..Default::default()
    };
    write(session, &permit, "organisation.close", row, Some(reason)).await
}
