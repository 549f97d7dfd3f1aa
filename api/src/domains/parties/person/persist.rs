//! How people are written.

use async_graphql::MaybeUndefined;
use entity::id::{AffiliationId, PersonId};
use entity::parties::kinds::{ContactChannel, InformationFormat};
use entity::parties::{affiliation, organisation, person};
use entity::private::Private;
use sea_orm::Set;

use super::mutation::{PersonCreateInput, PersonUpdateInput};
use crate::domains::parties::facts;
use crate::domains::parties::rules::contact;
use crate::domains::parties::rules::person::check_not_erased;
use crate::domains::violation::{
    UserErrorCode as Code, Violation, Violations, is_blank, optional_text, text,
};
use crate::events::Event;
use crate::graphql::input::{patch, patch_nullable};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::people as policy;
use crate::store::WriteSession;

/// Characters of a name at most.
const NAME_LENGTH: usize = 200;
/// The language of somebody who has not said otherwise.
const USUAL_LANGUAGE: &str = "en";

pub(super) async fn create(change: Change<'_>, input: &PersonCreateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let organisation =
        facts::id::<organisation::Entity>(&mut violations, "organisationId", &input.organisation_id);
    violations.check(
        !policy::is_about_receiving(input.affiliation_kind.0),
        Code::RuleBroken,
        "affiliationKind",
        || "That somebody receives a service is for themselves to say. Choose what else ties them to the organisation.".to_owned(),
    );
    let name = violations.keep(text("displayName", &input.display_name, 1..=NAME_LENGTH));
    let legal_name = legal_name(&mut violations, input.legal_name.as_deref());
    let email = optional(&mut violations, input.email.as_deref(), contact::email);
    let phone = optional(&mut violations, input.phone.as_deref(), contact::phone);
    let language = input.language.as_deref().unwrap_or(USUAL_LANGUAGE);
    let language = violations.keep(contact::language(language));
    violations.into_result()?;

    let organisation =
        facts::visible::<organisation::Entity>(session, "organisationId", organisation).await?;
    session.lock::<organisation::Entity>(organisation.id).await?;
    let has_administrator = facts::has_administrator(session, organisation.id).await?;
    let permit = policy::create_person(change.viewer, organisation, has_administrator)?;
    facts::check_open("organisationId", permit.model())?;

    let person = person::ActiveModel {
        id: Set(PersonId::new()),
        display_name: Set(name.unwrap_or_default()),
        legal_name: Set(legal_name),
        email: Set(email),
        phone: Set(phone),
        preferred_format: Set(input
            .preferred_format
            .map_or(InformationFormat::Standard, |format| format.0)),
        preferred_channel: Set(input
            .preferred_channel
            .map_or(ContactChannel::Email, |channel| channel.0)),
        language: Set(language.unwrap_or_default()),
        anonymised_at: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, person::Model>(None, &person);
    let person = session.insert(&permit, person).await?;
    let added = Event::new("person.create", "person", person.id).changed(changed);
    let today = session.now().date_naive();
    let tie = affiliation::ActiveModel {
        id: Set(AffiliationId::new()),
        person_id: Set(person.id),
        organisation_id: Set(permit.model().id),
        kind: Set(input.affiliation_kind.0),
        from_on: Set(input.affiliation_from_on.map_or(today, |day| day.0)),
        to_on: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, affiliation::Model>(None, &tie);
    let tie = session.insert(&permit, tie).await?;
    let tied = Event::new("affiliation.create", "affiliation", tie.id).changed(changed);
    Ok(session.record_all(vec![added, tied], person.id.0))
}

pub(super) async fn update(change: Change<'_>, input: &PersonUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let id = facts::id::<person::Entity>(&mut violations, "id", &input.id);
    let name = input.display_name.as_deref();
    let name = name.and_then(|name| violations.keep(text("displayName", name, 1..=NAME_LENGTH)));
    let legal_name = patched(&input.legal_name, |raw| legal_name(&mut violations, raw));
    let email = patched(&input.email, |raw| optional(&mut violations, raw, contact::email));
    let phone = patched(&input.phone, |raw| optional(&mut violations, raw, contact::phone));
    let language = input.language.as_deref();
    let language = language.and_then(|language| violations.keep(contact::language(language)));
    violations.into_result()?;

    let person = facts::visible::<person::Entity>(session, "id", id).await?;
    let permit = policy::update_person(session, person).await??;
    let before = permit.model();
    facts::check_version(before.version, input.expected_version)?;
    check_not_erased(before.anonymised_at).map_err(at_id)?;
    let row = person::ActiveModel {
        display_name: patch(name, std::convert::identity),
        legal_name: patch_nullable(legal_name, std::convert::identity),
        email: patch_nullable(email, std::convert::identity),
        phone: patch_nullable(phone, std::convert::identity),
        preferred_format: patch(input.preferred_format, |format| format.0),
        preferred_channel: patch(input.preferred_channel, |channel| channel.0),
        language: patch(language, std::convert::identity),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let person = session.update(&permit, input.expected_version, row).await?;
    let event = Event::new("person.update", "person", person.id).changed(changed);
    Ok(session.record(event, person.id.0))
}

/// The violation, at the field by which the input names the person.
pub(super) fn at_id(violation: Violation) -> Violation {
    Violation {
        path: vec!["id".into()],
        ..violation
    }
}

fn legal_name(violations: &mut Violations, raw: Option<&str>) -> Option<Private<String>> {
    let name = violations.keep(optional_text("legalName", raw, NAME_LENGTH));
    name.flatten().map(Private::new)
}

/// A detail that may be left out; blank is the same as left out.
fn optional(
    violations: &mut Violations,
    raw: Option<&str>,
    check: fn(&str) -> Result<String, Violation>,
) -> Option<Private<String>> {
    let raw = raw.filter(|raw| !is_blank(raw))?;
    violations.keep(check(raw)).map(Private::new)
}

/// The patch of a detail: what comes to nothing empties it.
fn patched(
    value: &MaybeUndefined<String>,
    mut check: impl FnMut(Option<&str>) -> Option<Private<String>>,
) -> MaybeUndefined<Private<String>> {
    match value {
        MaybeUndefined::Undefined => MaybeUndefined::Undefined,
        MaybeUndefined::Null => MaybeUndefined::Null,
        MaybeUndefined::Value(raw) => check(Some(raw)).map_or(MaybeUndefined::Null, MaybeUndefined::Value),
    }
}
