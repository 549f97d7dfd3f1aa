//! How visits are planned.

use entity::id::MonitoringVisitId;
use entity::outcomes::outcome_framework;
use entity::panels::training_course;
use entity::parties::service;
use entity::visits::kinds::VisitStatus;
use entity::visits::monitoring_visit;
use sea_orm::Set;

use super::mutation::{MonitoringVisitPlanInput, MonitoringVisitUpdateInput};
use crate::domains::outcomes::rules::frameworks::check_rated_by;
use crate::domains::violation::{UserErrorCode as Code, Violations};
use crate::domains::visits::facts::{self, event, seen_visit, service_of};
use crate::domains::visits::rules::report::check_described;
use crate::domains::visits::rules::states::{IN_PREPARATION, check_day, check_state};
use crate::graphql::patch::{self, fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::visits::{self as policy, responsible_for_visits};
use crate::store::{StoreError, WriteSession};

const TABLE: &str = "monitoring_visit";

/// A framework by whose outcomes a service can be rated.
async fn check_framework(
    session: &WriteSession,
    violations: &mut Violations,
    framework: &outcome_framework::Model,
) -> Result<(), StoreError> {
    violations.keep(check_rated_by(framework.status, "frameworkId"));
    let outcomes = facts::rated(session, framework.id, &[]).await?;
    violations.keep(check_described(&outcomes));
    Ok(())
}

/// Nobody is trained by what is given up before the visit.
fn check_course(violations: &mut Violations, course: &training_course::Model) {
    violations.check(
        course.closed_at.is_none(),
        Code::Inactive,
        "requiredCourseId",
        || "This course was given up. Choose another one.".to_owned(),
    );
}

pub(super) async fn plan(change: Change<'_>, input: &MonitoringVisitPlanInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let field = "serviceId";
    let service = seen::<service::Entity>(session, &mut violations, field, &input.service_id).await?;
    let field = "frameworkId";
    let framework =
        seen::<outcome_framework::Entity>(session, &mut violations, field, &input.framework_id).await?;
    let field = "requiredCourseId";
    let course =
        seen::<training_course::Entity>(session, &mut violations, field, &input.required_course_id).await?;
    let (Some(service), Some(framework), Some(course)) = (service, framework, course) else {
        return Err(refused(violations));
    };
    let permit = policy::plan_visit(change.viewer, service)?;
    let service = permit.model();
    check_framework(session, &mut violations, &framework).await?;
    check_course(&mut violations, &course);
    let runs = (service.starts_on, service.ends_on);
    violations.keep(check_day(input.visited_on.0, runs));
    violations.into_result()?;
    let row = monitoring_visit::ActiveModel {
        id: Set(MonitoringVisitId::new()),
        service_id: Set(service.id),
        framework_id: Set(framework.id),
        responsible_organisation_id: Set(responsible_for_visits(service).into()),
        required_course_id: Set(course.id),
        visited_on: Set(input.visited_on.0),
        status: Set(VisitStatus::Planned),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, monitoring_visit::Model>(None, &row);
    let visit: monitoring_visit::Model = session.insert(&permit, row).await?;
    let event = event(("monitoring_visit.plan", TABLE), visit.id, &visit).changed(changed);
    Ok(session.record(event, visit.id.0))
}

pub(super) async fn update(change: Change<'_>, input: &MonitoringVisitUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let field = "frameworkId";
    let named = input.framework_id.value();
    let framework =
        seen_if_named::<outcome_framework::Entity>(session, &mut violations, field, named).await?;
    let field = "requiredCourseId";
    let named = input.required_course_id.value();
    let course = seen_if_named::<training_course::Entity>(session, &mut violations, field, named).await?;
    let Some(found) = seen_visit(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::organise_visit(session, found).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    let row = monitoring_visit::ActiveModel {
        framework_id: patch::required(&mut violations, "frameworkId", &input.framework_id, |_| {
            Ok(framework.as_ref().map_or(before.framework_id, |of| of.id))
        }),
        required_course_id: patch::required(
            &mut violations,
            "requiredCourseId",
            &input.required_course_id,
            |_| Ok(course.as_ref().map_or(before.required_course_id, |of| of.id)),
        ),
        visited_on: patch::required(&mut violations, "visitedOn", &input.visited_on, |day| Ok(day.0)),
        ..Default::default()
    };
    violations.keep(check_state(
        "id",
        "It can be changed",
        before.status,
        IN_PREPARATION,
    ));
    if let Some(framework) = &framework {
        check_framework(session, &mut violations, framework).await?;
    }
    if let Some(course) = &course {
        check_course(&mut violations, course);
    }
    let service = service_of(session, before).await?;
    let day = patch::after(&row.visited_on, before.visited_on);
    violations.keep(check_day(day, (service.starts_on, service.ends_on)));
    violations.into_result()?;
    let changed = WriteSession::changed(Some(before), &row);
    let visit = session.update(&permit, before.version, row).await?;
    let event = event(("monitoring_visit.update", TABLE), visit.id, &visit).changed(changed);
    Ok(session.record(event, visit.id.0))
}
