//! How vacancies are written.

use async_graphql::ID;
use entity::Described;
use entity::boards::{board, board_seat};
use entity::id::{EqualityTallyId, OrganisationId, VacancyId};
use entity::panels::kinds::{ApplicationStatus, EqualityAnswer, VacancyStatus};
use entity::panels::{application, equality_tally, vacancy};
use entity::parties::kinds::OrganisationStatus;
use entity::parties::organisation;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{VacancyCreateInput, VacancyUpdateInput};
use crate::domains::panels::facts::under_way;
use crate::domains::panels::rules::vacancies::{
    SeatFacts, check_change, check_closing, check_move, check_opening, check_seat, check_times,
};
use crate::domains::violation::{UserErrorCode as Code, Violations, optional_long_text, text};
use crate::events::{Event, IdempotencyKey};
use crate::graphql::patch::{self, after, fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::vacancies::{self as policy, ManageVacancy};
use crate::store::{StoreError, WriteSession};

/// The longest description, in characters.
const LONGEST_DESCRIPTION: usize = 10_000;

/// A step that an administrator asks for.
#[derive(Debug)]
pub(super) struct Step<'a> {
    pub id: &'a ID,
    pub expected_version: i32,
    pub key: Option<&'a IdempotencyKey>,
    /// The name of the event.
    pub action: &'static str,
    pub to: VacancyStatus,
    pub reason: Option<&'a str>,
}

/// Something happened to a vacancy.
pub(in crate::domains::panels) fn event(action: &'static str, vacancy: &vacancy::Model) -> Event {
    Event::new(action, "vacancy", vacancy.id).of_organisation(vacancy.organisation_id)
}

/// The vacancy as it is now, held so that it stays so.
pub(in crate::domains::panels) async fn held(
    session: &WriteSession,
    id: VacancyId,
) -> Result<Option<vacancy::Model>, StoreError> {
    session.lock::<vacancy::Entity>(id).await?;
    let this = Condition::all().add(vacancy::Column::Id.eq(id));
    Ok(session.facts::<vacancy::Entity>(this).await?.pop())
}

async fn host_of(
    session: &WriteSession,
    seat: &board_seat::Model,
) -> Result<Option<OrganisationId>, StoreError> {
    let this = Condition::all().add(board::Column::Id.eq(seat.board_id));
    let board = session.facts::<board::Entity>(this).await?.pop();
    Ok(board.map(|board| board.host_organisation_id))
}

pub(super) async fn create(change: Change<'_>, input: &VacancyCreateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let title = violations.keep(text("title", &input.title, 1..=200));
    let description = input.description.as_deref();
    let description = optional_long_text("description", description, LONGEST_DESCRIPTION);
    let description = violations.keep(description).flatten();
    violations.keep(check_times(input.opens_at.0, input.closes_at.0));
    let seat = input.seat_id.as_ref();
    let seat = seen_if_named::<board_seat::Entity>(session, &mut violations, "seatId", seat).await?;
    let field = "organisationId";
    let found = seen::<organisation::Entity>(session, &mut violations, field, &input.organisation_id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let permit = policy::create_vacancy(change.viewer, found)?;
    let organisation = permit.model();
    violations.check(
        organisation.status == OrganisationStatus::Active,
        Code::Inactive,
        field,
        || {
            format!(
                "This organisation is {}. Only an active organisation recruits.",
                organisation.status
            )
        },
    );
    let facts = match &seat {
        Some(seat) => host_of(session, seat).await?.map(|host| SeatFacts {
            host,
            closed: seat.closed_at.is_some(),
        }),
        None => None,
    };
    if seat.is_some() || input.seat_id.is_none() {
        violations.keep_all(check_seat(input.kind.0, facts, organisation.id));
    }
    violations.into_result()?;

    let row = vacancy::ActiveModel {
        id: Set(VacancyId::new()),
        organisation_id: Set(organisation.id),
        kind: Set(input.kind.0),
        title: Set(title.unwrap_or_default()),
        description: Set(description),
        board_id: Set(seat.as_ref().map(|seat| seat.board_id)),
        seat_id: Set(seat.as_ref().map(|seat| seat.id)),
        opens_at: Set(input.opens_at.0),
        closes_at: Set(input.closes_at.0),
        status: Set(VacancyStatus::Draft),
        announced_at: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, vacancy::Model>(None, &row);
    let vacancy = session.insert(&permit, row).await?;
    let event = event("vacancy.create", &vacancy).changed(changed);
    Ok(session.record(event, vacancy.id.0))
}

pub(super) async fn update(change: Change<'_>, input: &VacancyUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let row = vacancy::ActiveModel {
        title: patch::required(&mut violations, "title", &input.title, |title| {
            text("title", title, 1..=200)
        }),
        description: patch::optional(&mut violations, &input.description, |text| {
            optional_long_text("description", Some(text), LONGEST_DESCRIPTION)
        }),
        opens_at: patch::required(&mut violations, "opensAt", &input.opens_at, |at| Ok(at.0)),
        closes_at: patch::required(&mut violations, "closesAt", &input.closes_at, |at| Ok(at.0)),
        ..Default::default()
    };
    let Some(permit) = managed(change, &mut violations, &input.id).await? else {
        return Err(refused(violations));
    };
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    let wanted = vacancy::Model {
        opens_at: after(&row.opens_at, before.opens_at),
        closes_at: after(&row.closes_at, before.closes_at),
        ..before.clone()
    };
    violations.keep_all(check_change(before, &wanted));
    violations.into_result()?;
    write(session, &permit, (row, "vacancy.update"), None).await
}

/// Takes a step, if the viewer may and the rules allow it.
pub(super) async fn take(change: Change<'_>, step: Step<'_>) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let reason = violations
        .keep(optional_long_text("reason", step.reason, 2_000))
        .flatten();
    let Some(permit) = managed(change, &mut violations, step.id).await? else {
        return Err(refused(violations));
    };
    let before = permit.model();
    fresh(step.expected_version, before.version)?;
    let now = session.now();
    let checked = match step.to {
        VacancyStatus::Open => check_opening(before, now),
        VacancyStatus::Closed => check_closing(before, now),
        to => check_move(before.status, to),
    };
    violations.keep(checked.map_err(|mut violation| {
        violation.path = vec!["id".to_owned()];
        violation
    }));
    if step.to == VacancyStatus::Unfilled {
        check_nobody_is_left(session, &mut violations, before).await?;
    }
    violations.into_result()?;
    let mut row = vacancy::ActiveModel {
        status: Set(step.to),
        ..Default::default()
    };
    if step.to == VacancyStatus::Open {
        row.announced_at = Set(Some(now));
        prepare_tallies(session, &permit).await?;
    }
    write(session, &permit, (row, step.action), reason).await
}

/// Nobody has accepted or may yet accept, and no panel is at work.
async fn check_nobody_is_left(
    session: &WriteSession,
    violations: &mut Violations,
    vacancy: &vacancy::Model,
) -> Result<(), StoreError> {
    use application::Column as C;
    let offered = Condition::all()
        .add(C::VacancyId.eq(vacancy.id))
        .add(C::Status.is_in([ApplicationStatus::Offered, ApplicationStatus::Accepted]));
    let offered = session.count::<application::Entity>(offered).await? > 0;
    violations.check(!offered, Code::RuleBroken, "id", || {
        "Somebody was offered the place, and has accepted or may still do so.".to_owned()
    });
    let is_under_way = under_way(session, vacancy.id).await?.is_some();
    violations.check(!is_under_way, Code::RuleBroken, "id", || {
        "A panel is at work on another round of this vacancy.".to_owned()
    });
    Ok(())
}

/// Leave to write the vacancy with an id, if the viewer may see it. It is held until the change is over.
async fn managed(
    change: Change<'_>,
    violations: &mut Violations,
    id: &ID,
) -> Result<Option<Permit<ManageVacancy, vacancy::Model>>, ChangeError> {
    let Some(found) = seen::<vacancy::Entity>(change.session, violations, "id", id).await? else {
        return Ok(None);
    };
    let Some(vacancy) = held(change.session, found.id).await? else {
        return Ok(None);
    };
    Ok(Some(policy::manage_vacancy(change.viewer, vacancy)?))
}

/// A row for each answer there is, before anybody has given one: later rows would tell in which order answers came.
async fn prepare_tallies(
    session: &WriteSession,
    permit: &Permit<ManageVacancy, vacancy::Model>,
) -> Result<(), ChangeError> {
    for (name, _) in EqualityAnswer::values() {
        let Ok(answer) = name.parse::<EqualityAnswer>() else {
            continue;
        };
        let row = equality_tally::ActiveModel {
            id: Set(EqualityTallyId::new()),
            vacancy_id: Set(permit.model().id),
            answer: Set(answer),
            people: Set(0),
        };
        session.insert(permit, row).await?;
    }
    Ok(())
}

async fn write(
    session: &WriteSession,
    permit: &Permit<ManageVacancy, vacancy::Model>,
    (row, action): (vacancy::ActiveModel, &'static str),
    reason: Option<String>,
) -> ChangeResult {
    let before = permit.model();
    let changed = WriteSession::changed(Some(before), &row);
    let vacancy = session.update(permit, before.version, row).await?;
    let event = event(action, &vacancy).changed(changed).because(reason);
    Ok(session.record(event, vacancy.id.0))
}
