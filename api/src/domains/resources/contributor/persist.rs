//! How contributors are written. By which name they are credited stands in no audit.

use async_graphql::ID;
use entity::id::{ContributorId, ResourceVersionId};
use entity::parties::{organisation, person};
use entity::private::Private;
use entity::reciprocity::contribution;
use entity::resources::{contributor, resource_review};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{ContributorAddInput, ContributorUpdateInput};
use crate::domains::resources::hold::{Held, contributors, event, hold_version, named_version};
use crate::domains::resources::rules::contributors as rules;
use crate::domains::resources::settings::{ResourceSettings, count};
use crate::domains::violation::{UserErrorCode as Code, Violations, optional_text};
use crate::graphql::patch::{self, after, fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeError, ChangeResult, Refused};
use crate::policy::Permit;
use crate::policy::areas::people::AnonymisePerson;
use crate::policy::areas::resource_work as policy;
use crate::store::{StoreError, WriteSession};

const TABLE: &str = "contributor";
/// The longest name that somebody is credited by, in characters.
const LONGEST_NAME: usize = 200;

pub(super) async fn add(
    change: Change<'_>,
    input: &ContributorAddInput,
    settings: &ResourceSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let credit = optional_text("creditName", input.credit_name.as_deref(), LONGEST_NAME);
    let credit = violations.keep(credit).flatten();
    let person = input.person_id.as_ref();
    let person = seen_if_named::<person::Entity>(session, &mut violations, "personId", person).await?;
    let organisation = input.organisation_id.as_ref();
    let organisation =
        seen_if_named::<organisation::Entity>(session, &mut violations, "organisationId", organisation)
            .await?;
    let agreed = input.contribution_id.as_ref();
    let agreed =
        seen_if_named::<contribution::Entity>(session, &mut violations, "contributionId", agreed).await?;
    if let Some(person) = &person {
        session.lock::<person::Entity>(person.id).await?;
    }
    let named = ("resourceVersionId", &input.resource_version_id);
    let Some(held) = named_version(change, &mut violations, named).await? else {
        return Err(refused(violations));
    };
    let permit = policy::manage_contributors(session, held.version).await??;
    let version = permit.model();
    let role = input.role.0;
    violations.keep(rules::check_changeable(named.0, version.status, role));
    let who = (input.person_id.is_some(), input.organisation_id.is_some());
    let kind = organisation.as_ref().map(|of| of.kind);
    violations.check(
        organisation.is_none() || input.credit_name.is_none(),
        Code::RuleBroken,
        "creditName",
        || "An organisation is credited by its own name. Add the person instead, if it is one.".to_owned(),
    );
    violations.keep_all(rules::check_who(who, kind, input.lived_experience));
    check_room(
        session,
        &mut violations,
        version.id,
        (person.as_ref(), organisation.as_ref()),
        settings,
    )
    .await?;
    let row = contributor::ActiveModel {
        id: Set(ContributorId::new()),
        resource_id: Set(version.resource_id),
        resource_version_id: Set(version.id),
        person_id: Set(person.as_ref().map(|person| person.id)),
        organisation_id: Set(organisation.as_ref().map(|of| of.id)),
        role: Set(role),
        lived_experience: Set(input.lived_experience),
        lead: Set(input.lead),
        credit_name: Set(credit.or(organisation.map(|of| of.name)).map(Private::new)),
        contribution_id: Set(agreed.as_ref().map(|agreed| agreed.id)),
        ..Default::default()
    };
    let is_theirs = agreed.is_none_or(|agreed| Some(agreed.person_id) == person.map(|person| person.id));
    violations.check(is_theirs, Code::RuleBroken, "contributionId", || {
        "This was agreed with somebody else. Name what was agreed with the contributor.".to_owned()
    });
    violations.into_result()?;
    let changed = WriteSession::changed::<_, contributor::Model>(None, &row);
    let contributor = session.insert(&permit, row).await?;
    let event = event(("contributor.add", TABLE), contributor.id, &held.resource).changed(changed);
    Ok(session.record(event, contributor.id.0))
}

/// There is room for another contributor, whom the version does not have yet, and who still is somebody.
async fn check_room(
    session: &WriteSession,
    violations: &mut Violations,
    version: ResourceVersionId,
    (person, organisation): (Option<&person::Model>, Option<&organisation::Model>),
    settings: &ResourceSettings,
) -> Result<(), StoreError> {
    let others = contributors(session, version).await?;
    let most = count(settings.most_contributors);
    violations.check(
        others.len() < most,
        Code::LimitExceeded,
        "resourceVersionId",
        || format!("This version has {most} contributors, which is the most."),
    );
    for (field, is_there) in [
        (
            "personId",
            person.is_some_and(|person| others.iter().any(|of| of.person_id == Some(person.id))),
        ),
        (
            "organisationId",
            organisation.is_some_and(|it| others.iter().any(|of| of.organisation_id == Some(it.id))),
        ),
    ] {
        violations.check(!is_there, Code::AlreadyExists, field, || {
            "They contribute to this version already. Change what they do instead (contributorUpdate)."
                .to_owned()
        });
    }
    let is_erased = person.is_some_and(|person| person.anonymised_at.is_some());
    violations.check(!is_erased, Code::Inactive, "personId", || {
        "This person's details were erased.".to_owned()
    });
    Ok(())
}

/// Nobody is named or given anything to do any more once their details were erased.
async fn check_not_erased(
    session: &WriteSession,
    violations: &mut Violations,
    contributor: &contributor::Model,
) -> Result<(), StoreError> {
    let Some(person) = contributor.person_id else {
        return Ok(());
    };
    let this = Condition::all()
        .add(person::Column::Id.eq(person))
        .add(person::Column::AnonymisedAt.is_not_null());
    let is_erased = session.count::<person::Entity>(this).await? > 0;
    violations.check(!is_erased, Code::Inactive, "id", || {
        "This person's details were erased.".to_owned()
    });
    Ok(())
}

/// How many reviews somebody has written of the version.
async fn reviews_of(session: &WriteSession, contributor: ContributorId) -> Result<u64, StoreError> {
    let own = Condition::all().add(resource_review::Column::ContributorId.eq(contributor));
    session.count::<resource_review::Entity>(own).await
}

/// The contributor with an id as they are now, with the version, held.
async fn held(
    change: Change<'_>,
    violations: &mut Violations,
    id: &ID,
) -> Result<Option<(contributor::Model, Held)>, ChangeError> {
    let session = change.session;
    let Some(found) = seen::<contributor::Entity>(session, violations, "id", id).await? else {
        return Ok(None);
    };
    let held = hold_version(session, (found.resource_id, found.resource_version_id)).await?;
    let this = Condition::all().add(contributor::Column::Id.eq(found.id));
    let now = session.facts::<contributor::Entity>(this).await?.pop();
    Ok(now.zip(held))
}

pub(super) async fn update(change: Change<'_>, input: &ContributorUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let agreed = input.contribution_id.value();
    let agreed =
        seen_if_named::<contribution::Entity>(session, &mut violations, "contributionId", agreed).await?;
    let row = contributor::ActiveModel {
        role: patch::required(&mut violations, "role", &input.role, |role| Ok(role.0)),
        lived_experience: patch::required(
            &mut violations,
            "livedExperience",
            &input.lived_experience,
            |is| Ok(*is),
        ),
        lead: patch::required(&mut violations, "lead", &input.lead, |is| Ok(*is)),
        credit_name: patch::optional(&mut violations, &input.credit_name, |raw| {
            Ok(optional_text("creditName", Some(raw), LONGEST_NAME)?.map(Private::new))
        }),
        contribution_id: patch::pointer(&input.contribution_id, agreed.as_ref(), |agreed| agreed.id),
        ..Default::default()
    };
    let Some((contributor, held)) = held(change, &mut violations, &input.id).await? else {
        return Err(refused(violations));
    };
    let only_credit = input.role.is_undefined()
        && input.lived_experience.is_undefined()
        && input.lead.is_undefined()
        && input.contribution_id.is_undefined();
    if only_credit && let Ok(own) = policy::write_own_credit(change.viewer, contributor.clone()) {
        fresh(input.expected_version, own.model().version)?;
        violations.into_result()?;
        let changed = WriteSession::changed(Some(own.model()), &row);
        let contributor = session.update(&own, input.expected_version, row).await?;
        let event = event(("contributor.credit", TABLE), contributor.id, &held.resource).changed(changed);
        return Ok(session.record(event, contributor.id.0));
    }
    let version = policy::manage_contributors(session, held.version).await??;
    let permit = policy::manage_contributor(&version, contributor)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    let role = after(&row.role, before.role);
    violations.keep(rules::check_changeable("id", version.model().status, before.role));
    if role != before.role {
        violations.keep(rules::check_changeable("role", version.model().status, role));
    }
    let lived = after(&row.lived_experience, before.lived_experience);
    let wanted = (role, after(&row.lead, before.lead), lived);
    violations.keep_all(rules::check_reviewed(
        before,
        wanted,
        reviews_of(session, before.id).await?,
    ));
    violations.keep(rules::check_credit(before, input.credit_name.value().is_some()));
    check_not_erased(session, &mut violations, before).await?;
    let kind = match before.organisation_id {
        Some(organisation) => {
            let this = Condition::all().add(organisation::Column::Id.eq(organisation));
            session
                .facts::<organisation::Entity>(this)
                .await?
                .pop()
                .map(|of| of.kind)
        }
        None => None,
    };
    let who = (before.person_id.is_some(), before.organisation_id.is_some());
    violations.keep_all(rules::check_who(who, kind, lived));
    violations.keep(rules::check_contribution(agreed.as_ref(), before));
    violations.into_result()?;
    let changed = WriteSession::changed(Some(before), &row);
    let contributor = session.update(&permit, input.expected_version, row).await?;
    let event = event(("contributor.update", TABLE), contributor.id, &held.resource).changed(changed);
    Ok(session.record(event, contributor.id.0))
}

pub(super) async fn remove(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some((contributor, held)) = held(change, &mut violations, id).await? else {
        return Err(refused(violations));
    };
    let version = policy::manage_contributors(session, held.version).await??;
    let permit = policy::manage_contributor(&version, contributor)?;
    let before = permit.model();
    fresh(expected_version, before.version)?;
    violations.keep(rules::check_changeable("id", version.model().status, before.role));
    violations.keep(rules::check_removal(reviews_of(session, before.id).await?));
    violations.into_result()?;
    let event = event(("contributor.remove", TABLE), before.id, &held.resource);
    session.delete::<_, _, Refused>(&permit, expected_version).await?;
    let id = permit.model().id;
    Ok(session.record(event, id.0))
}

/// Whoever is erased is credited by no name any more.
pub(in crate::domains) async fn erase_credits(
    session: &WriteSession,
    person: &Permit<AnonymisePerson, person::Model>,
) -> Result<(), ChangeError> {
    use contributor::Column as C;
    let named = Condition::all()
        .add(C::PersonId.eq(person.model().id))
        .add(C::CreditName.is_not_null());
    for contributor in session.facts::<contributor::Entity>(named).await? {
        let version = contributor.version;
        let permit = policy::erase_credit(person, contributor)?;
        let row = contributor::ActiveModel {
            credit_name: Set(None),
            ..Default::default()
        };
        session.update(&permit, version, row).await?;
    }
    Ok(())
}
