//! Erasure (`domain.md` 3): the person becomes a pseudonym; what they decided stays.

use entity::boards::board_membership;
use entity::change::{feedback_account, feedback_step, feedback_story};
use entity::id::PersonId;
use entity::meetings::calendar_feed;
use entity::panels::{application, conflict_declaration};
use entity::parties::kinds::{ContactChannel, InformationFormat, UserStatus};
use entity::parties::{access_need, affiliation, consent, person, user_account};
use entity::private::Private;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::PersonAnonymiseInput;
use super::persist::at_id;
use crate::domains::gatherings::attendance::erase::give_up_places;
use crate::domains::media::erase::erase_own;
use crate::domains::meetings::access_need_met::forget;
use crate::domains::parties::facts;
use crate::domains::parties::role_grant::end_role;
use crate::domains::parties::rules::person::{check_not_erased, plan_withdrawal};
use crate::domains::resources::contributor::erase_credits;
use crate::domains::violation::{Violations, optional_long_text};
use crate::events::Event;
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::meeting_preparation::erase_with_need;
use crate::policy::areas::people::{self as policy, AnonymisePerson};
use crate::store::WriteSession;

type Erasure = Permit<AnonymisePerson, person::Model>;

pub(super) async fn anonymise(change: Change<'_>, input: &PersonAnonymiseInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let id = facts::id::<person::Entity>(&mut violations, "id", &input.id);
    let reason = violations.keep(optional_long_text("reason", input.reason.as_deref(), 2_000));
    violations.into_result()?;

    let person = facts::visible::<person::Entity>(session, "id", id).await?;
    let permit = policy::anonymise_person(session, person).await??;
    facts::check_version(permit.model().version, input.expected_version)?;
    check_not_erased(permit.model().anonymised_at).map_err(at_id)?;
    let row = person::ActiveModel {
        display_name: Set(pseudonym(permit.model().id)),
        legal_name: Set(None),
        email: Set(None),
        phone: Set(None),
        preferred_format: Set(InformationFormat::Standard),
        preferred_channel: Set(ContactChannel::Email),
        language: Set("en".into()),
        anonymised_at: Set(Some(session.now())),
        ..Default::default()
    };
    let person = session.update(&permit, input.expected_version, row).await?;
    // Not `changed`: the audit would keep the name for ever.
    let mut events = vec![Event::new("person.anonymise", "person", person.id).because(reason.flatten())];
    events.extend(close_account(session, &permit).await?);
    events.extend(withdraw_consents(session, &permit).await?);
    erase_needs(session, &permit).await?;
    erase_calendars(session, &permit).await?;
    erase_ties(session, &permit).await?;
    erase_motivations(session, &permit).await?;
    erase_applications(session, &permit).await?;
    erase_declarations(session, &permit).await?;
    erase_credits(session, &permit).await?;
    events.extend(erase_own(session, &permit).await?);
    erase_feedback(session, &permit).await?;
    events.extend(give_up_places(session, &permit).await?);
    Ok(session.record_all(events, person.id.0))
}

/// A name that tells erased people apart where they took part together, and says nothing else. The last digits of the
/// id are random.
fn pseudonym(id: PersonId) -> String {
    let id = id.0.simple().to_string();
    format!("Erased person {}", &id[id.len() - 8..])
}

/// Closes the account and ends its roles. The subject is a name the person has elsewhere, so it goes as well.
async fn close_account(session: &WriteSession, permit: &Erasure) -> Result<Vec<Event>, ChangeError> {
    let own = Condition::all().add(user_account::Column::PersonId.eq(permit.model().id));
    let mut events = Vec::new();
    for user in session.facts::<user_account::Entity>(own).await? {
        let (id, version) = (user.id, user.version);
        let permit = policy::erase(permit, user)?;
        for grant in facts::open_roles(session, id).await? {
            let at = facts::plan_end_of_role(session, &grant).await??;
            let permit = policy::end_role_with_account(&permit, grant)?;
            events.push(end_role(session, &permit, at, None).await?);
        }
        let row = user_account::ActiveModel {
            subject: Set(format!("erased:{id}")),
            status: Set(UserStatus::Closed),
            ..Default::default()
        };
        session.update(&permit, version, row).await?;
        events.push(Event::new("user.close", "user_account", id));
    }
    Ok(events)
}

async fn withdraw_consents(session: &WriteSession, permit: &Erasure) -> Result<Vec<Event>, ChangeError> {
    use consent::Column as C;
    let given = Condition::all()
        .add(C::PersonId.eq(permit.model().id))
        .add(C::WithdrawnAt.is_null());
    let mut events = Vec::new();
    for consent in session.facts::<consent::Entity>(given).await? {
        let (id, version) = (consent.id, consent.version);
        let withdrawn_at = plan_withdrawal(&consent, session.now())?;
        let permit = policy::erase(permit, consent)?;
        let row = consent::ActiveModel {
            withdrawn_at: Set(Some(withdrawn_at)),
            ..Default::default()
        };
        session.update(&permit, version, row).await?;
        events.push(Event::new("consent.withdraw", "consent", id).private());
    }
    Ok(events)
}

async fn erase_needs(session: &WriteSession, permit: &Erasure) -> Result<(), ChangeError> {
    let own = Condition::all().add(access_need::Column::PersonId.eq(permit.model().id));
    for need in session.facts::<access_need::Entity>(own).await? {
        let version = need.version;
        let permit = policy::erase(permit, need)?;
        let need = permit.model().id;
        forget(session, need, |met| erase_with_need(&permit, met)).await?;
        session.delete(&permit, version).await?;
    }
    Ok(())
}

/// What the person called their devices goes, and with it the addresses that showed their meetings.
async fn erase_calendars(session: &WriteSession, permit: &Erasure) -> Result<(), ChangeError> {
    let own = Condition::all().add(calendar_feed::Column::PersonId.eq(permit.model().id));
    for feed in session.facts::<calendar_feed::Entity>(own).await? {
        let version = feed.version;
        let permit = policy::erase(permit, feed)?;
        session.delete(&permit, version).await?;
    }
    Ok(())
}

/// Ties that say the person receives a service go; the others end today and stay for the search for conflicts.
async fn erase_ties(session: &WriteSession, permit: &Erasure) -> Result<(), ChangeError> {
    let today = session.now().date_naive();
    let own = Condition::all().add(affiliation::Column::PersonId.eq(permit.model().id));
    for tie in session.facts::<affiliation::Entity>(own).await? {
        let version = tie.version;
        let (is_private, from_on) = (policy::is_about_receiving(tie.kind), tie.from_on);
        let runs = tie.to_on.is_none_or(|to_on| to_on > today);
        let permit = policy::erase(permit, tie)?;
        if is_private {
            session.delete(&permit, version).await?;
        } else if runs {
            let row = affiliation::ActiveModel {
                to_on: Set(Some(today.max(from_on))),
                ..Default::default()
            };
            session.update(&permit, version, row).await?;
        }
    }
    Ok(())
}

/// Why the person wanted to join boards, in their own words.
async fn erase_motivations(session: &WriteSession, permit: &Erasure) -> Result<(), ChangeError> {
    use board_membership::Column as C;
    let own = Condition::all()
        .add(C::PersonId.eq(permit.model().id))
        .add(C::Motivation.is_not_null());
    for membership in session.facts::<board_membership::Entity>(own).await? {
        let version = membership.version;
        let permit = policy::erase(permit, membership)?;
        let row = board_membership::ActiveModel {
            motivation: Set(None),
            ..Default::default()
        };
        session.update(&permit, version, row).await?;
    }
    Ok(())
}

/// What the person wrote and recorded to apply. That they applied, and what became of it, stays with the pseudonym.
async fn erase_applications(session: &WriteSession, permit: &Erasure) -> Result<(), ChangeError> {
    let own = Condition::all().add(application::Column::PersonId.eq(permit.model().id));
    for application in session.facts::<application::Entity>(own).await? {
        let version = application.version;
        let permit = policy::erase(permit, application)?;
        let row = application::ActiveModel {
            statement: Set(None),
            media_url: Set(None),
            media_id: Set(None),
            contact: Set(None),
            ..Default::default()
        };
        session.update(&permit, version, row).await?;
    }
    Ok(())
}

/// What the person told panels about their ties, in their own words. That they declared, and what followed, stays.
async fn erase_declarations(session: &WriteSession, permit: &Erasure) -> Result<(), ChangeError> {
    let own = Condition::all().add(conflict_declaration::Column::PersonId.eq(permit.model().id));
    for declaration in session.facts::<conflict_declaration::Entity>(own).await? {
        let version = declaration.version;
        let permit = policy::erase(permit, declaration)?;
        let row = conflict_declaration::ActiveModel {
            detail: Set(None),
            ..Default::default()
        };
        session.update(&permit, version, row).await?;
    }
    Ok(())
}

/// What the person told organisations, in their own words, what was noted about it, and the story that was made of it. The
/// facts of it, and what came of it, stay.
async fn erase_feedback(session: &WriteSession, permit: &Erasure) -> Result<(), ChangeError> {
    let own = Condition::all().add(feedback_account::Column::PersonId.eq(permit.model().id));
    for account in session.facts::<feedback_account::Entity>(own).await? {
        let version = account.version;
        let permit = policy::erase_words(permit, account)?;
        let row = feedback_account::ActiveModel {
            text: Set(None),
            contact: Set(None),
            ..Default::default()
        };
        erase_notes(session, &permit).await?;
        erase_story(session, &permit).await?;
        session.update(&permit, version, row).await?;
    }
    Ok(())
}

/// What stands in place of a text that is gone, where the database asks for one.
const ERASED: &str = "Erased.";

type ErasureOfWords = Permit<AnonymisePerson, feedback_account::Model>;

async fn erase_notes(session: &WriteSession, permit: &ErasureOfWords) -> Result<(), ChangeError> {
    use feedback_step::Column as C;
    let noted = Condition::all()
        .add(C::FeedbackId.eq(permit.model().feedback_id))
        .add(C::Note.is_not_null());
    for step in session.facts::<feedback_step::Entity>(noted).await? {
        let permit = policy::erase_note(permit, step)?;
        let row = feedback_step::ActiveModel {
            note: Set(None),
            ..Default::default()
        };
        // Steps are only ever added, so they have no version to know.
        session.update(&permit, 0, row).await?;
    }
    Ok(())
}

async fn erase_story(session: &WriteSession, permit: &ErasureOfWords) -> Result<(), ChangeError> {
    let told = Condition::all().add(feedback_story::Column::FeedbackId.eq(permit.model().feedback_id));
    for story in session.facts::<feedback_story::Entity>(told).await? {
        let version = story.version;
        let permit = policy::erase_story(permit, story)?;
        let row = feedback_story::ActiveModel {
            text: Set(Private::new(ERASED.to_owned())),
            ..Default::default()
        };
        session.update(&permit, version, row).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudonym_names_nobody_and_tells_people_apart() {
        let (one, other) = (pseudonym(PersonId::new()), pseudonym(PersonId::new()));
        assert!(one.starts_with("Erased person "), "{one}");
        assert_ne!(one, other);
    }
}
