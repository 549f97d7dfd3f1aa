//! The steps of a visit, from the day on which it takes place to its publication.

use entity::visits::kinds::VisitStatus;
use entity::visits::monitoring_visit;
use sea_orm::Set;
use sea_orm::prelude::Date;

use super::mutation::{
    MonitoringVisitCancelInput, MonitoringVisitCarryOutInput, MonitoringVisitCommentInput,
    MonitoringVisitPublishInput, MonitoringVisitSendToProviderInput,
};
use crate::domains::outcomes::Written;
use crate::domains::violation::{Violations, long_text};
use crate::domains::visits::facts::{self, event, seen_visit, service_of};
use crate::domains::visits::rules::report::{Texts, check_whole};
use crate::domains::visits::rules::reviewers::check_reviewers;
use crate::domains::visits::rules::states::{
    check_comment, check_day, check_move, check_publication, check_took_place, comment_due,
};
use crate::graphql::patch::{fresh, refused};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::Permit;
use crate::policy::areas::visits as policy;
use crate::store::{WriteError, WriteSession};

/// Notes what keeps the reviewers of a visit from reviewing the service.
async fn check_people(
    session: &WriteSession,
    violations: &mut Violations,
    visit: &monitoring_visit::Model,
    on: Date,
) -> Result<(), WriteError<Refused>> {
    let people = facts::people(session, visit, on).await?;
    violations.keep_all(check_reviewers(&people));
    Ok(())
}

pub(super) async fn carry_out(change: Change<'_>, input: &MonitoringVisitCarryOutInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(found) = seen_visit(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::lead_visit(session, found).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    check_move(before.status, VisitStatus::Visited)?;
    let day = input.visited_on.map_or(before.visited_on, |day| day.0);
    violations.keep(check_took_place(day, session.now().date_naive()));
    let service = service_of(session, before).await?;
    violations.keep(check_day(day, (service.starts_on, service.ends_on)));
    check_people(session, &mut violations, before, day).await?;
    violations.into_result()?;
    let row = monitoring_visit::ActiveModel {
        status: Set(VisitStatus::Visited),
        visited_on: Set(day),
        ..Default::default()
    };
    write(session, &permit, (row, "monitoring_visit.carry_out")).await
}

pub(super) async fn send_to_provider(
    change: Change<'_>,
    Written { input, limits }: &Written<MonitoringVisitSendToProviderInput>,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(found) = seen_visit(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::lead_visit(session, found).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    check_move(before.status, VisitStatus::ProviderComment)?;
    let ratings = facts::ratings(session, before.id).await?;
    let outcomes = facts::rated(session, before.framework_id, &ratings).await?;
    let texts = Texts {
        for_provider: before.text_for_provider.is_some(),
        for_public: before.text_for_public.is_some(),
    };
    violations.keep_all(check_whole(&outcomes, texts));
    check_people(session, &mut violations, before, before.visited_on).await?;
    violations.into_result()?;
    let now = session.now();
    let row = monitoring_visit::ActiveModel {
        status: Set(VisitStatus::ProviderComment),
        sent_to_provider_at: Set(Some(now)),
        comment_due_at: Set(Some(comment_due(now, limits.provider_comment_days))),
        ..Default::default()
    };
    write(session, &permit, (row, "monitoring_visit.send_to_provider")).await
}

pub(super) async fn comment(
    change: Change<'_>,
    Written { input, limits }: &Written<MonitoringVisitCommentInput>,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let comment = violations.keep(long_text("comment", &input.comment, 1..=limits.text()));
    let Some(found) = seen_visit(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::comment_on_visit(session, found).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_comment(&facts::comment(session, before)));
    violations.into_result()?;
    let row = monitoring_visit::ActiveModel {
        provider_comment: Set(comment),
        provider_commented_at: Set(Some(session.now())),
        ..Default::default()
    };
    write(session, &permit, (row, "monitoring_visit.comment")).await
}

pub(super) async fn publish(change: Change<'_>, input: &MonitoringVisitPublishInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(found) = seen_visit(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::lead_visit(session, found).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    check_publication(&facts::comment(session, before))?;
    check_people(session, &mut violations, before, before.visited_on).await?;
    violations.into_result()?;
    let row = monitoring_visit::ActiveModel {
        status: Set(VisitStatus::Published),
        published_at: Set(Some(session.now())),
        ..Default::default()
    };
    write(session, &permit, (row, "monitoring_visit.publish")).await
}

pub(super) async fn cancel(
    change: Change<'_>,
    Written { input, limits }: &Written<MonitoringVisitCancelInput>,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let reason = violations.keep(long_text("reason", &input.reason, 1..=limits.text()));
    let Some(found) = seen_visit(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::cancel_visit(session, found).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_move(before.status, VisitStatus::Cancelled));
    violations.into_result()?;
    let row = monitoring_visit::ActiveModel {
        status: Set(VisitStatus::Cancelled),
        cancellation_reason: Set(reason),
        ..Default::default()
    };
    write(session, &permit, (row, "monitoring_visit.cancel")).await
}

async fn write<A>(
    session: &WriteSession,
    permit: &Permit<A, monitoring_visit::Model>,
    (row, action): (monitoring_visit::ActiveModel, &'static str),
) -> ChangeResult {
    let before = permit.model();
    let changed = WriteSession::changed(Some(before), &row);
    let visit = session.update(permit, before.version, row).await?;
    let event = event((action, "monitoring_visit"), visit.id, &visit).changed(changed);
    Ok(session.record(event, visit.id.0))
}
