//! How applications are written. Their events are private: whether somebody applies is no matter of the organisation that
//! they act for.

use async_graphql::ID;
use entity::id::{ApplicationId, PersonId};
use entity::media::media;
use entity::panels::kinds::{ApplicationStatus, EqualityAnswer, VacancyStatus};
use entity::panels::{application, equality_tally, vacancy};
use entity::private::Private;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{
    ApplicationAcceptInput, ApplicationDeclineInput, ApplicationSubmitInput, ApplicationWithdrawInput,
};
use crate::domains::panels::facts::is_on_a_panel;
use crate::domains::panels::rules::applications::{
    SubmissionFacts, check_answers, check_content, check_media_url, check_move, check_recording,
    check_submission,
};
use crate::domains::panels::scoring::follow::follow;
use crate::domains::panels::settings::{PanelSettings, characters};
use crate::domains::panels::vacancies::persist::{event as vacancy_event, held};
use crate::domains::violation::{Violation, Violations, optional_long_text};
use crate::events::Event;
use crate::graphql::patch::{fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::areas::scores;
use crate::policy::areas::vacancies::{self as policy, Apply};
use crate::policy::{Denied, Permit};
use crate::store::WriteSession;

/// Something happened to an application.
pub(in crate::domains::panels) fn event(action: &'static str, application: &application::Model) -> Event {
    Event::new(action, "application", application.id).private()
}

pub(super) async fn submit(
    change: Change<'_>,
    input: &ApplicationSubmitInput,
    settings: &PanelSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let longest = characters(settings.longest_statement);
    let statement = optional_long_text("statement", input.statement.as_deref(), longest);
    let statement = violations.keep(statement);
    let address = input.media_url.as_deref().map(check_media_url).transpose();
    let address = violations.keep(address).map(Option::flatten);
    if let (Some(statement), Some(address)) = (&statement, &address) {
        let says = statement.is_some() || address.is_some() || input.media_id.is_some();
        violations.keep(check_content(says));
    }
    let longest = characters(settings.longest_contact);
    let contact = violations.keep(optional_long_text("contact", input.contact.as_deref(), longest));
    let answers: Vec<EqualityAnswer> = input.equality.iter().flatten().map(|answer| answer.0).collect();
    violations.keep_all(check_answers(&answers));
    let found = seen::<vacancy::Entity>(session, &mut violations, "vacancyId", &input.vacancy_id).await?;
    let media = input.media_id.as_ref();
    let media = seen_if_named::<media::Entity>(session, &mut violations, "mediaId", media).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let person = PersonId(change.viewer.person().ok_or(Denied)?);
    if let Some(media) = &media {
        let is_own = media.uploaded_by_person_id == Some(person) && media.organisation_id.is_none();
        violations.keep(check_recording(is_own, media.status));
    }
    let Some(vacancy) = held(session, found.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::apply(change.viewer, vacancy)?;
    let facts = submission(session, permit.model(), person).await?;
    violations.keep_all(check_submission(&facts));
    violations.into_result()?;

    let row = application::ActiveModel {
        id: Set(ApplicationId::new()),
        vacancy_id: Set(permit.model().id),
        person_id: Set(person),
        statement: Set(statement.flatten().map(Private::new)),
        media_url: Set(address.flatten().map(Private::new)),
        media_id: Set(media.map(|media| media.id)),
        contact: Set(contact.flatten().map(Private::new)),
        status: Set(ApplicationStatus::Submitted),
        submitted_at: Set(session.now()),
        shortlisted_at: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, application::Model>(None, &row);
    let application = session.insert(&permit, row).await?;
    count(session, &permit, &answers).await?;
    let event = event("application.submit", &application).changed(changed);
    Ok(session.record(event, application.id.0))
}

async fn submission(
    session: &WriteSession,
    vacancy: &vacancy::Model,
    person: PersonId,
) -> Result<SubmissionFacts, ChangeError> {
    use application::Column as C;
    let own = Condition::all()
        .add(C::VacancyId.eq(vacancy.id))
        .add(C::PersonId.eq(person));
    Ok(SubmissionFacts {
        status: vacancy.status,
        opens_at: vacancy.opens_at,
        closes_at: vacancy.closes_at,
        now: session.now(),
        has_applied: session.count::<application::Entity>(own).await? > 0,
        is_on_the_panel: is_on_a_panel(session, vacancy.id, person).await?,
    })
}

/// Adds the answers to the vacancy's numbers. The vacancy is held, so no other application counts at the same time.
async fn count(
    session: &WriteSession,
    permit: &Permit<Apply, vacancy::Model>,
    answers: &[EqualityAnswer],
) -> Result<(), ChangeError> {
    use equality_tally::Column as C;
    if answers.is_empty() {
        return Ok(());
    }
    let given = Condition::all()
        .add(C::VacancyId.eq(permit.model().id))
        .add(C::Answer.is_in(answers.iter().copied()));
    for tally in session.facts::<equality_tally::Entity>(given).await? {
        let row = equality_tally::ActiveModel {
            people: Set(tally.people + 1),
            ..Default::default()
        };
        let permit = policy::count_answer(permit, tally, session.now())?;
        session.update(&permit, 0, row).await?;
    }
    Ok(())
}

pub(super) async fn withdraw(change: Change<'_>, input: &ApplicationWithdrawInput) -> ChangeResult {
    let wanted = Answer {
        id: &input.id,
        expected_version: input.expected_version,
        action: "application.withdraw",
        to: ApplicationStatus::Withdrawn,
    };
    answer(change, wanted).await
}

pub(super) async fn accept(change: Change<'_>, input: &ApplicationAcceptInput) -> ChangeResult {
    let wanted = Answer {
        id: &input.id,
        expected_version: input.expected_version,
        action: "application.accept",
        to: ApplicationStatus::Accepted,
    };
    answer(change, wanted).await
}

pub(super) async fn decline(change: Change<'_>, input: &ApplicationDeclineInput) -> ChangeResult {
    let wanted = Answer {
        id: &input.id,
        expected_version: input.expected_version,
        action: "application.decline",
        to: ApplicationStatus::Declined,
    };
    answer(change, wanted).await
}

/// What an applicant does about their application.
struct Answer<'a> {
    id: &'a ID,
    expected_version: i32,
    /// The name of the event.
    action: &'static str,
    to: ApplicationStatus,
}

async fn answer(change: Change<'_>, wanted: Answer<'_>) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let found = seen::<application::Entity>(session, &mut violations, "id", wanted.id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let Some(vacancy) = held(session, found.vacancy_id).await? else {
        return Err(refused(violations));
    };
    let found = seen::<application::Entity>(session, &mut violations, "id", wanted.id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let permit = policy::answer_application(change.viewer, found)?;
    let before = permit.model();
    fresh(wanted.expected_version, before.version)?;
    check_move(before.status, wanted.to)
        .map_err(|violation| Violation::new(violation.code, "id", violation.message))?;
    let row = application::ActiveModel {
        status: Set(wanted.to),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let application = session.update(&permit, before.version, row).await?;
    let mut events = vec![event(wanted.action, &application).changed(changed)];
    events.extend(fill(session, &permit, vacancy.clone()).await?);
    if wanted.to == ApplicationStatus::Withdrawn {
        events.extend(follow(session, vacancy).await?);
    }
    Ok(session.record_all(events, application.id.0))
}

/// A vacancy is filled when nobody is left to answer an offer, and somebody has accepted.
async fn fill(
    session: &WriteSession,
    permit: &Permit<Apply, application::Model>,
    vacancy: vacancy::Model,
) -> Result<Option<Event>, ChangeError> {
    use application::Column as C;
    let of_status = |status: ApplicationStatus| {
        let those = Condition::all()
            .add(C::VacancyId.eq(vacancy.id))
            .add(C::Status.eq(status));
        session.count::<application::Entity>(those)
    };
    let is_open = of_status(ApplicationStatus::Offered).await? > 0;
    let is_accepted = of_status(ApplicationStatus::Accepted).await? > 0;
    if is_open || !is_accepted || vacancy.status != VacancyStatus::Decided {
        return Ok(None);
    }
    let permit = scores::follow_answer(permit, vacancy)?;
    let row = vacancy::ActiveModel {
        status: Set(VacancyStatus::Filled),
        ..Default::default()
    };
    let vacancy = session.update(&permit, permit.model().version, row).await?;
    Ok(Some(vacancy_event("vacancy.fill", &vacancy)))
}
