//! How targets and baselines are written.

use chrono::NaiveDate;
use entity::id::{IndicatorTargetId, OrganisationId};
use entity::outcomes::kinds::SubjectType;
use entity::outcomes::{indicator, indicator_target, outcome_framework};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{IndicatorTargetSetInput, IndicatorTargetUpdateInput};
use crate::domains::outcomes::Written;
use crate::domains::outcomes::observation::naming::{Names, Subject, measure, owners};
use crate::domains::outcomes::rules::frameworks::check_live;
use crate::domains::violation::{
    UserErrorCode as Code, Violation, Violations, days_in_order, optional_long_text,
};
use crate::events::Event;
use crate::graphql::patch::{self, fresh, refused, seen};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::observations as policy;
use crate::store::{StoreError, WriteSession};

const TABLE: &str = "indicator_target";

fn event(action: &'static str, row: &indicator_target::Model) -> Event {
    Event::new(action, TABLE, row.id).of_organisation(row.set_by_organisation_id)
}

/// What is agreed was agreed by now.
fn check_agreed(on: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Violation> {
    if on <= today {
        return Ok(on);
    }
    let message = "This day lies in the future. Give the day on which it was agreed.";
    Err(Violation::new(Code::OutOfRange, "agreedOn", message))
}

async fn check_new(
    session: &WriteSession,
    violations: &mut Violations,
    (input, subject, people): (&IndicatorTargetSetInput, &Subject, sea_orm::prelude::Uuid),
    of: &indicator::Model,
) -> Result<(), StoreError> {
    use indicator_target::Column as C;
    let same = Condition::all()
        .add(C::IndicatorId.eq(of.id))
        .add(C::Kind.eq(input.kind.0))
        .add(C::SubjectId.eq(subject.id))
        .add(C::PeriodStart.eq(input.period_start.0))
        .add(C::PeriodEnd.eq(input.period_end.0))
        .add(C::DisaggregationId.eq(people));
    let is_new = session.count::<indicator_target::Entity>(same).await? == 0;
    violations.check(is_new, Code::AlreadyExists, "periodStart", || {
        format!(
            "There is a {} of this indicator, subject, period and people already. Change that one.",
            input.kind.0
        )
    });
    Ok(())
}

pub(super) async fn set(change: Change<'_>, written: &Written<IndicatorTargetSetInput>) -> ChangeResult {
    let session = change.session;
    let Written { input, limits } = written;
    let today = session.now().date_naive();
    let mut violations = Violations::default();
    let note = violations.keep(optional_long_text("note", input.note.as_deref(), limits.text()));
    let agreed_on = input.agreed_on.map_or(today, |day| day.0);
    violations.keep(check_agreed(agreed_on, today));
    let period = (input.period_start.0, input.period_end.0);
    violations.keep(days_in_order(
        ("periodStart", Some(period.0)),
        ("periodEnd", Some(period.1)),
    ));
    let mut names = Names::new(session);
    let people = names
        .people(&mut violations, input.disaggregation_id.as_ref())
        .await?;
    let subject = names.subject(&mut violations, &input.subject).await?;
    let field = "indicatorId";
    let of = seen::<indicator::Entity>(session, &mut violations, field, &input.indicator_id).await?;
    let (Some(subject), Some(people), Some(of)) = (subject, people, of) else {
        return Err(refused(violations));
    };
    let permit = policy::record(change.viewer, subject.owners)?;
    let this = Condition::all().add(outcome_framework::Column::Id.eq(of.framework_id));
    if let Some(framework) = session.facts::<outcome_framework::Entity>(this).await?.pop() {
        violations.keep(check_live(framework.status, field));
    }
    violations.keep_all(measure(&of).check("value", input.value.0));
    check_new(session, &mut violations, (input, &subject, people.0), &of).await?;
    violations.into_result()?;
    let row = indicator_target::ActiveModel {
        id: Set(IndicatorTargetId::new()),
        indicator_id: Set(of.id),
        kind: Set(input.kind.0),
        subject_type: Set(subject.of),
        subject_id: Set(subject.id),
        geography_id: Set(subject.as_a(SubjectType::Geography)),
        organisation_id: Set(subject.as_a(SubjectType::Organisation)),
        service_id: Set(subject.as_a(SubjectType::Service)),
        site_id: Set(subject.as_a(SubjectType::Site)),
        period_start: Set(period.0),
        period_end: Set(period.1),
        disaggregation_id: Set(people),
        value: Set(input.value.0),
        note: Set(note.flatten()),
        agreed_on: Set(agreed_on),
        set_by_organisation_id: Set(OrganisationId(*permit.model())),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, indicator_target::Model>(None, &row);
    let row = session.insert(&permit, row).await?;
    let event = event("indicator_target.set", &row).changed(changed);
    Ok(session.record(event, row.id.0))
}

pub(super) async fn update(
    change: Change<'_>,
    written: &Written<IndicatorTargetUpdateInput>,
) -> ChangeResult {
    let session = change.session;
    let Written { input, limits } = written;
    let today = session.now().date_naive();
    let mut violations = Violations::default();
    let row = indicator_target::ActiveModel {
        value: patch::required(&mut violations, "value", &input.value, |value| Ok(value.0)),
        note: patch::optional(&mut violations, &input.note, |note| {
            optional_long_text("note", Some(note), limits.text())
        }),
        agreed_on: patch::required(&mut violations, "agreedOn", &input.agreed_on, |day| {
            check_agreed(day.0, today)
        }),
        ..Default::default()
    };
    let found = seen::<indicator_target::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let owners = owners(session, found.subject_type, found.subject_id).await?;
    let permit = policy::change_target(change.viewer, owners, found)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    let this = Condition::all().add(indicator::Column::Id.eq(before.indicator_id));
    if let (Some(of), Some(value)) = (
        session.facts::<indicator::Entity>(this).await?.pop(),
        input.value.value(),
    ) {
        violations.keep_all(measure(&of).check("value", value.0));
    }
    violations.into_result()?;
    let changed = WriteSession::changed(Some(before), &row);
    let row = session.update(&permit, before.version, row).await?;
    let event = event("indicator_target.update", &row).changed(changed);
    Ok(session.record(event, row.id.0))
}
