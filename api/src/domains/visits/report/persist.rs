//! How ratings and texts are written. The first of them begins the draft.

use entity::id::VisitRatingId;
use entity::outcomes::{outcome, outcome_descriptor};
use entity::private::Private;
use entity::visits::kinds::VisitStatus;
use entity::visits::{monitoring_visit, visit_rating};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{MonitoringVisitWriteInput, VisitRatingSetInput};
use crate::domains::outcomes::Written;
use crate::domains::violation::{Violations, long_text, optional_long_text};
use crate::domains::visits::facts::{self, event, seen_visit};
use crate::domains::visits::rules::report::check_rating;
use crate::domains::visits::rules::states::{IN_WRITING, check_state};
use crate::events::Event;
use crate::graphql::patch::{self, fresh, refused, seen};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::Permit;
use crate::policy::areas::visits::{self as policy, ReviewService};
use crate::store::{WriteError, WriteSession};

/// A draft, from the first word on.
const BEGUN: VisitStatus = VisitStatus::Draft;

pub(super) async fn write(
    change: Change<'_>,
    Written { input, limits }: &Written<MonitoringVisitWriteInput>,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let text_for_provider = patch::optional(&mut violations, &input.text_for_provider, |text| {
        let text = optional_long_text("textForProvider", Some(text), limits.text())?;
        Ok(text.map(Private::new))
    });
    let text_for_public = patch::optional(&mut violations, &input.text_for_public, |text| {
        optional_long_text("textForPublic", Some(text), limits.text())
    });
    let Some(found) = seen_visit(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::review_service(session, found).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_state("id", "Reviewers write", before.status, IN_WRITING));
    violations.into_result()?;
    let row = monitoring_visit::ActiveModel {
        status: Set(BEGUN),
        text_for_provider,
        text_for_public,
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let visit = session.update(&permit, before.version, row).await?;
    let action = ("monitoring_visit.write", "monitoring_visit");
    let event = event(action, visit.id, &visit).changed(changed);
    Ok(session.record(event, visit.id.0))
}

pub(super) async fn rate(
    change: Change<'_>,
    Written { input, limits }: &Written<VisitRatingSetInput>,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let evidence = violations.keep(long_text("evidence", &input.evidence, 1..=limits.text()));
    let field = "outcomeId";
    let outcome = seen::<outcome::Entity>(session, &mut violations, field, &input.outcome_id).await?;
    let found = seen_visit(session, &mut violations, "id", &input.id).await?;
    let (Some(found), Some(outcome)) = (found, outcome) else {
        return Err(refused(violations));
    };
    let permit = policy::review_service(session, found).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_state("id", "Reviewers rate", before.status, IN_WRITING));
    let ratings = facts::ratings(session, before.id).await?;
    let outcomes = facts::rated(session, before.framework_id, &ratings).await?;
    violations.keep(check_rating(&outcomes, outcome.id, input.level.0));
    let this = Condition::all()
        .add(outcome_descriptor::Column::OutcomeId.eq(outcome.id))
        .add(outcome_descriptor::Column::Level.eq(input.level.0));
    let descriptor = session.facts::<outcome_descriptor::Entity>(this).await?.pop();
    let (Some(descriptor), Some(evidence), true) = (descriptor, evidence, violations.is_empty()) else {
        return Err(refused(violations));
    };
    let row = visit_rating::ActiveModel {
        level: Set(input.level.0),
        descriptor_id: Set(descriptor.id),
        evidence: Set(Private::new(evidence)),
        ..Default::default()
    };
    let last = ratings.into_iter().find(|of| of.outcome_id == outcome.id);
    let rated = match last {
        Some(last) => again(session, &permit, last, row).await?,
        None => first(session, &permit, outcome, row).await?,
    };
    let row = monitoring_visit::ActiveModel {
        status: Set(BEGUN),
        ..Default::default()
    };
    let visit = session.update(&permit, before.version, row).await?;
    Ok(session.record(rated, visit.id.0))
}

async fn first(
    session: &WriteSession,
    visit: &Permit<ReviewService, monitoring_visit::Model>,
    outcome: outcome::Model,
    row: visit_rating::ActiveModel,
) -> Result<Event, WriteError<Refused>> {
    let row = visit_rating::ActiveModel {
        id: Set(VisitRatingId::new()),
        visit_id: Set(visit.model().id),
        outcome_id: Set(outcome.id),
        ..row
    };
    let changed = WriteSession::changed::<_, visit_rating::Model>(None, &row);
    let rating: visit_rating::Model = session.insert(visit, row).await?;
    Ok(event(("visit_rating.set", "visit_rating"), rating.id, visit.model()).changed(changed))
}

async fn again(
    session: &WriteSession,
    visit: &Permit<ReviewService, monitoring_visit::Model>,
    last: visit_rating::Model,
    row: visit_rating::ActiveModel,
) -> Result<Event, WriteError<Refused>> {
    let permit = policy::change_rating(visit, last)?;
    let last = permit.model();
    let changed = WriteSession::changed(Some(last), &row);
    let rating = session.update(&permit, last.version, row).await?;
    Ok(event(("visit_rating.set", "visit_rating"), rating.id, visit.model()).changed(changed))
}
