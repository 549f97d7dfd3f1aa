//! How courses and the records of their completion are written.

use async_graphql::MaybeUndefined;
use entity::id::{TrainingCourseId, TrainingRecordId};
use entity::panels::{training_course, training_record};
use entity::parties::{organisation, person};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{
    TrainingCourseCloseInput, TrainingCourseCreateInput, TrainingCourseUpdateInput,
    TrainingRecordCreateInput, TrainingRecordUpdateInput,
};
use crate::domains::boards::input::at_input;
use crate::domains::panels::rules::training::{Completion, plan_completion};
use crate::domains::violation::{
    UserErrorCode as Code, Violation, Violations, number, optional_long_text, text,
};
use crate::events::Event;
use crate::graphql::patch::{self, fresh, refused, seen};
use crate::graphql::{Change, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::training::{self as policy, ManageTraining};
use crate::store::{StoreError, WriteSession};

/// How many months a completion can count at most.
const LONGEST_MONTHS: i32 = 600;

fn course_event(action: &'static str, course: &training_course::Model) -> Event {
    Event::new(action, "training_course", course.id).of_organisation(course.organisation_id)
}

pub(super) async fn create_course(change: Change<'_>, input: &TrainingCourseCreateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let code = violations.keep(text("code", &input.code, 1..=50));
    let title = violations.keep(text("title", &input.title, 1..=200));
    let description = optional_long_text("description", input.description.as_deref(), 2_000);
    let description = violations.keep(description).flatten();
    let months = input
        .valid_months
        .map(|months| number("validMonths", months, 1..=LONGEST_MONTHS));
    let months = violations.keep(months.transpose()).flatten();
    let field = "organisationId";
    let found = seen::<organisation::Entity>(session, &mut violations, field, &input.organisation_id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let permit = policy::create_course(change.viewer, found)?;
    if let Some(code) = &code {
        let same = Condition::all()
            .add(training_course::Column::OrganisationId.eq(permit.model().id))
            .add(training_course::Column::Code.eq(code));
        let is_there = session.count::<training_course::Entity>(same).await? > 0;
        violations.check(!is_there, Code::AlreadyExists, "code", || {
            format!("The organisation has a course with the code {code} already. Choose another code.")
        });
    }
    violations.into_result()?;

    let row = training_course::ActiveModel {
        id: Set(TrainingCourseId::new()),
        organisation_id: Set(permit.model().id),
        code: Set(code.unwrap_or_default()),
        title: Set(title.unwrap_or_default()),
        description: Set(description),
        valid_months: Set(months),
        closed_at: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, training_course::Model>(None, &row);
    let course = session.insert(&permit, row).await?;
    let event = course_event("training_course.create", &course).changed(changed);
    Ok(session.record(event, course.id.0))
}

pub(super) async fn update_course(change: Change<'_>, input: &TrainingCourseUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let row = training_course::ActiveModel {
        title: patch::required(&mut violations, "title", &input.title, |title| {
            text("title", title, 1..=200)
        }),
        description: patch::optional(&mut violations, &input.description, |text| {
            optional_long_text("description", Some(text), 2_000)
        }),
        valid_months: patch::optional(&mut violations, &input.valid_months, |months| {
            number("validMonths", *months, 1..=LONGEST_MONTHS).map(Some)
        }),
        ..Default::default()
    };
    let found = seen::<training_course::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let permit = policy::manage_course(change.viewer, found)?;
    fresh(input.expected_version, permit.model().version)?;
    violations.extend(given_up(permit.model()));
    violations.into_result()?;
    write_course(session, &permit, (row, "training_course.update")).await
}

pub(super) async fn close_course(change: Change<'_>, input: &TrainingCourseCloseInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let found = seen::<training_course::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let permit = policy::manage_course(change.viewer, found)?;
    fresh(input.expected_version, permit.model().version)?;
    violations.extend(given_up(permit.model()));
    violations.into_result()?;
    let row = training_course::ActiveModel {
        closed_at: Set(Some(session.now())),
        ..Default::default()
    };
    write_course(session, &permit, (row, "training_course.close")).await
}

/// A course that was given up stays as it was.
fn given_up(course: &training_course::Model) -> Option<Violation> {
    course.closed_at?;
    let message = "This course was given up, so nothing about it changes any more.";
    Some(Violation::new(Code::Inactive, "id", message))
}

async fn write_course(
    session: &WriteSession,
    permit: &Permit<ManageTraining, training_course::Model>,
    (row, action): (training_course::ActiveModel, &'static str),
) -> ChangeResult {
    let before = permit.model();
    let changed = WriteSession::changed(Some(before), &row);
    let course = session.update(permit, before.version, row).await?;
    let event = course_event(action, &course).changed(changed);
    Ok(session.record(event, course.id.0))
}

pub(super) async fn create_record(change: Change<'_>, input: &TrainingRecordCreateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let person = seen::<person::Entity>(session, &mut violations, "personId", &input.person_id).await?;
    let course =
        seen::<training_course::Entity>(session, &mut violations, "courseId", &input.course_id).await?;
    let (Some(person), Some(course)) = (person, course) else {
        return Err(refused(violations));
    };
    let permit = policy::record_training(change.viewer, course, person.id.0)?;
    let course = permit.model();
    let facts = Completion {
        completed_on: input.completed_on.0,
        expires_on: input.expires_on.map(|on| on.0),
        valid_months: course.valid_months,
        course_closed_at: course.closed_at,
        today: session.now().date_naive(),
    };
    let expires_on = violations.keep_all(plan_completion(&facts)).flatten();
    violations.check(person.anonymised_at.is_none(), Code::Inactive, "personId", || {
        "This person's details were erased, so nothing is recorded about them any more.".to_owned()
    });
    let same = Condition::all()
        .add(training_record::Column::PersonId.eq(person.id))
        .add(training_record::Column::CourseId.eq(course.id))
        .add(training_record::Column::CompletedOn.eq(facts.completed_on));
    let is_there = session.count::<training_record::Entity>(same).await? > 0;
    violations.check(!is_there, Code::AlreadyExists, "completedOn", || {
        "It is recorded already that this person completed the course on that day.".to_owned()
    });
    violations.into_result()?;

    let row = training_record::ActiveModel {
        id: Set(TrainingRecordId::new()),
        person_id: Set(person.id),
        course_id: Set(course.id),
        completed_on: Set(facts.completed_on),
        expires_on: Set(expires_on),
        champion: Set(input.champion == Some(true)),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, training_record::Model>(None, &row);
    let record = session.insert(&permit, row).await?;
    let event = Event::new("training_record.create", "training_record", record.id)
        .of_organisation(course.organisation_id)
        .changed(changed);
    Ok(session.record(event, record.id.0))
}

pub(super) async fn update_record(change: Change<'_>, input: &TrainingRecordUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let found = seen::<training_record::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let Some(course) = course_of(session, found.course_id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::update_record(change.viewer, &course, found)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    let mut row = training_record::ActiveModel {
        champion: patch::required(&mut violations, "champion", &input.champion, |champion| {
            Ok(*champion)
        }),
        ..Default::default()
    };
    if !matches!(input.expires_on, MaybeUndefined::Undefined) {
        let facts = Completion {
            completed_on: before.completed_on,
            expires_on: input.expires_on.value().map(|on| on.0),
            valid_months: course.valid_months,
            course_closed_at: None,
            today: session.now().date_naive(),
        };
        let planned = plan_completion(&facts).map_err(|found| at_input(found, &["expiresOn"]));
        row.expires_on = Set(violations.keep_all(planned).flatten());
    }
    violations.into_result()?;

    let changed = WriteSession::changed(Some(before), &row);
    let record = session.update(&permit, before.version, row).await?;
    let event = Event::new("training_record.update", "training_record", record.id)
        .of_organisation(course.organisation_id)
        .changed(changed);
    Ok(session.record(event, record.id.0))
}

async fn course_of(
    session: &WriteSession,
    id: TrainingCourseId,
) -> Result<Option<training_course::Model>, StoreError> {
    let this = Condition::all().add(training_course::Column::Id.eq(id));
    Ok(session.facts::<training_course::Entity>(this).await?.pop())
}
