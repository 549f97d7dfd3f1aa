//! How ties between people and organisations are written.

use chrono::NaiveTime;
use entity::id::{AffiliationId, OrganisationId, PersonId};
use entity::parties::kinds::AffiliationKind;
use entity::parties::{affiliation, organisation, person, user_account};
use sea_orm::prelude::{Date, DateTimeUtc};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{AffiliationCreateInput, AffiliationEndInput};
use crate::domains::parties::facts;
use crate::domains::parties::role_grant::end_role;
use crate::domains::parties::rules::person::{check_affiliation_dates, check_not_erased};
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, day};
use crate::events::Event;
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::people::{self as policy, EndAffiliation};
use crate::store::WriteSession;

pub(super) async fn create(change: Change<'_>, input: &AffiliationCreateInput) -> ChangeResult {
    let session = change.session;
    let from_on = input.from_on.map_or(session.now().date_naive(), |day| day.0);
    let to_on = input.to_on.map(|day| day.0);
    let kind = input.kind.0;
    let mut violations = Violations::default();
    let person = facts::id::<person::Entity>(&mut violations, "personId", &input.person_id);
    let organisation =
        facts::id::<organisation::Entity>(&mut violations, "organisationId", &input.organisation_id);
    violations.keep(check_affiliation_dates(from_on, to_on));
    violations.into_result()?;

    let person = facts::visible::<person::Entity>(session, "personId", person).await?;
    let organisation =
        facts::visible::<organisation::Entity>(session, "organisationId", organisation).await?;
    session.lock::<person::Entity>(person.id).await?;
    let belongs = facts::belongs(session, person.id, organisation.id).await?;
    let permit = policy::create_affiliation(change.viewer, person, organisation.id.0, kind, belongs)?;
    let mut violations = Violations::default();
    violations.keep(facts::check_open("organisationId", &organisation));
    violations.keep(check_not_erased(permit.model().anonymised_at));
    let same = same_tie(session, permit.model().id, organisation.id, kind);
    let is_there = session.count::<affiliation::Entity>(same).await? > 0;
    violations.check(!is_there, Code::AlreadyExists, "kind", || {
        "The person is tied to this organisation in this way already.".to_owned()
    });
    violations.into_result()?;

    let row = affiliation::ActiveModel {
        id: Set(AffiliationId::new()),
        person_id: Set(permit.model().id),
        organisation_id: Set(organisation.id),
        kind: Set(kind),
        from_on: Set(from_on),
        to_on: Set(to_on),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, affiliation::Model>(None, &row);
    let tie = session.insert(&permit, row).await?;
    let event = event("affiliation.create", &tie).changed(changed);
    Ok(session.record(event, tie.id.0))
}

/// A tie of this kind that runs, whoever may read it.
fn same_tie(
    session: &WriteSession,
    person: PersonId,
    organisation: OrganisationId,
    kind: AffiliationKind,
) -> Condition {
    use affiliation::Column as C;
    let today = session.now().date_naive();
    Condition::all()
        .add(C::PersonId.eq(person))
        .add(C::OrganisationId.eq(organisation))
        .add(C::Kind.eq(kind))
        .add(Condition::any().add(C::ToOn.is_null()).add(C::ToOn.gte(today)))
}

fn event(action: &'static str, tie: &affiliation::Model) -> Event {
    let event = Event::new(action, "affiliation", tie.id);
    if policy::is_about_receiving(tie.kind) {
        event.private()
    } else {
        event
    }
}

pub(super) async fn end(change: Change<'_>, input: &AffiliationEndInput) -> ChangeResult {
    let session = change.session;
    let today = session.now().date_naive();
    let to_on = input.to_on.map_or(today, |day| day.0);
    let mut violations = Violations::default();
    let id = facts::id::<affiliation::Entity>(&mut violations, "id", &input.id);
    violations.into_result()?;

    let tie = facts::visible::<affiliation::Entity>(session, "id", id).await?;
    let permit = policy::end_affiliation(change.viewer, tie)?;
    let tie = permit.model();
    facts::check_version(tie.version, input.expected_version)?;
    session.lock::<person::Entity>(tie.person_id).await?;
    let mut violations = Violations::default();
    violations.keep(check_affiliation_dates(tie.from_on, Some(to_on)));
    if let Some(ended) = tie.to_on.filter(|ended| *ended < today) {
        let message = format!("This tie ended on {} already.", day(ended));
        violations.push(Violation::new(Code::Expired, "id", message));
    }
    violations.into_result()?;

    let row = affiliation::ActiveModel {
        to_on: Set(Some(to_on)),
        ..Default::default()
    };
    let mut events = vec![event("affiliation.end", tie).changed(WriteSession::changed(Some(tie), &row))];
    events.extend(end_roles(session, &permit, to_on).await?);
    let tie = session.update(&permit, input.expected_version, row).await?;
    Ok(session.record_all(events, tie.id.0))
}

/// Ends the roles in the organisation that no other tie to it supports, with the last day of the last tie.
async fn end_roles(
    session: &WriteSession,
    permit: &Permit<EndAffiliation, affiliation::Model>,
    to_on: Date,
) -> Result<Vec<Event>, ChangeError> {
    let tie = permit.model();
    let ties = facts::running_ties(session, tie.person_id, tie.organisation_id).await?;
    let others: Vec<_> = ties.into_iter().filter(|other| other.id != tie.id).collect();
    if policy::is_about_receiving(tie.kind) || others.iter().any(|other| other.to_on.is_none()) {
        return Ok(Vec::new());
    }
    let last = others
        .iter()
        .filter_map(|other| other.to_on)
        .fold(to_on, Date::max);
    let at = end_of(last).max(session.now());
    let own = Condition::all().add(user_account::Column::PersonId.eq(tie.person_id));
    let mut events = Vec::new();
    for user in session.facts::<user_account::Entity>(own).await? {
        for grant in facts::open_roles(session, user.id).await? {
            let ends_before = grant.valid_to.is_some_and(|to| to <= at);
            if grant.organisation_id != Some(tie.organisation_id) || ends_before {
                continue;
            }
            facts::plan_end_of_role(session, &grant).await??;
            let at = at.max(grant.valid_from);
            let permit = policy::end_role_with_tie(permit, grant)?;
            events.push(end_role(session, &permit, at, None).await?);
        }
    }
    Ok(events)
}

/// The instant at which a day is over, UTC.
fn end_of(day: Date) -> DateTimeUtc {
    day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN).and_utc()
}
