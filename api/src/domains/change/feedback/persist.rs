//! How feedback comes in, and how its person agrees to the use of their story.

use entity::change::kinds::FeedbackStatus;
use entity::change::{feedback, feedback_account, feedback_step};
use entity::id::{FeedbackAccountId, FeedbackId, FeedbackStepId, PersonId, UserId};
use entity::parties::kinds::OrganisationStatus;
use entity::parties::{consent, organisation, person, service};
use entity::private::Private;
use sea_orm::Set;

use super::mutation::{FeedbackAccountConsentToStoryInput, FeedbackSubmitInput};
use crate::domains::change::facts::{event, held};
use crate::domains::change::rules::feedback::{
    SubmissionFacts, Teller, acknowledge_by, check_service, check_submission, teller,
};
use crate::domains::change::rules::stories::check_consent;
use crate::domains::change::settings::{FeedbackSettings, characters};
use crate::domains::violation::{UserErrorCode as Code, Violations, long_text, optional_text};
use crate::graphql::patch::{fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::feedback::{self as policy, SubmitFeedback};
use crate::store::WriteSession;

/// The longest text that says how to reach somebody, in characters.
const LONGEST_CONTACT: usize = 500;

/// Feedback with the limits of this server.
#[derive(Debug)]
pub(super) struct Submission {
    pub input: FeedbackSubmitInput,
    pub limits: FeedbackSettings,
}

pub(super) async fn submit(change: Change<'_>, submission: &Submission) -> ChangeResult {
    let (session, viewer) = (change.session, change.viewer);
    let Submission { input, limits } = submission;
    let mut violations = Violations::default();
    let text = long_text("text", &input.text, 1..=characters(limits.longest_text));
    let text = violations.keep(text);
    let contact = optional_text("contact", input.contact.as_deref(), LONGEST_CONTACT);
    let contact = violations.keep(contact).flatten();
    let named = input.person_id.as_ref();
    let named = seen_if_named::<person::Entity>(session, &mut violations, "personId", named).await?;
    let about = input.service_id.as_ref();
    let about = seen_if_named::<service::Entity>(session, &mut violations, "serviceId", about).await?;
    let field = "organisationId";
    let found = seen::<organisation::Entity>(session, &mut violations, field, &input.organisation_id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let sender = viewer.person().map(PersonId);
    let told = teller(
        sender,
        named.as_ref().map(|person| person.id),
        input.anonymous == Some(true),
    );
    let told = violations.keep(told);
    let for_organisation = policy::may_record_for_others(viewer, found.id.0);
    let for_others = matches!(told, Some(Teller::Another(_))) || sender.is_none();
    let permit = policy::submit_feedback(viewer, found, for_others)?;
    let organisation = permit.model();
    violations.check(
        organisation.status == OrganisationStatus::Active,
        Code::Inactive,
        field,
        || {
            format!(
                "This organisation is {}. Only an active organisation deals with feedback.",
                organisation.status
            )
        },
    );
    if let Some(service) = &about {
        let paid_by = (
            service.provider_organisation_id,
            service.commissioner_organisation_id,
        );
        violations.keep(check_service(organisation.id, paid_by));
    }
    let is_erased = named.is_some_and(|person| person.anonymised_at.is_some());
    violations.check(!is_erased, Code::Inactive, "personId", || {
        "This person's details were erased. Record the feedback without a name.".to_owned()
    });
    let told = told.unwrap_or(Teller::Nobody);
    violations.keep_all(check_submission(&SubmissionFacts {
        teller: told,
        has_contact: contact.is_some() && input.anonymous == Some(true),
        for_organisation,
        received_at: input.received_at.map(|at| at.0),
        now: session.now(),
    }));
    violations.into_result()?;

    let received_at = input.received_at.map_or(session.now(), |at| at.0);
    // Whoever tells something without a name is not named by the row that they made either.
    let maker = session
        .actor()
        .user
        .filter(|_| told != Teller::Nobody)
        .map(UserId);
    let row = feedback::ActiveModel {
        id: Set(FeedbackId::new()),
        organisation_id: Set(organisation.id),
        service_id: Set(about.map(|service| service.id)),
        board_id: Set(None),
        source: Set(input.source.0),
        status: Set(FeedbackStatus::Received),
        received_at: Set(received_at),
        acknowledge_by: Set(acknowledge_by(received_at, limits.acknowledge_within_days)),
        acknowledged_at: Set(None),
        created_by: Set(maker),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, feedback::Model>(None, &row);
    let feedback = session.insert(&permit, row).await?;
    let words = feedback_account::ActiveModel {
        id: Set(FeedbackAccountId::new()),
        feedback_id: Set(feedback.id),
        person_id: Set(told.person()),
        text: Set(text.map(Private::new)),
        contact: Set(contact.map(Private::new)),
        story_consent_id: Set(None),
        created_by: Set(maker),
        ..Default::default()
    };
    session.insert(&permit, words).await?;
    begin(session, &permit, (&feedback, maker)).await?;
    let event = event(("feedback.submit", "feedback"), feedback.id, &feedback).changed(changed);
    // It is told by a person, whatever role they act in; unless the organisation records what it was told by name. Its own
    // administrator may be who gave it without one.
    let is_open = for_organisation && told != Teller::Nobody;
    let event = if is_open { event } else { event.private() };
    Ok(session.record(event, feedback.id.0))
}

/// The first step of its history.
async fn begin(
    session: &WriteSession,
    permit: &Permit<SubmitFeedback, organisation::Model>,
    (feedback, maker): (&feedback::Model, Option<UserId>),
) -> Result<(), ChangeError> {
    let row = feedback_step::ActiveModel {
        id: Set(FeedbackStepId::new()),
        feedback_id: Set(feedback.id),
        from_status: Set(None),
        to_status: Set(FeedbackStatus::Received),
        at: Set(session.now()),
        note: Set(None),
        by_user_id: Set(maker),
    };
    session.insert(permit, row).await?;
    Ok(())
}

pub(super) async fn consent_to_story(
    change: Change<'_>,
    input: &FeedbackAccountConsentToStoryInput,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let consent = seen::<consent::Entity>(session, &mut violations, "consentId", &input.consent_id).await?;
    let account = seen::<feedback_account::Entity>(session, &mut violations, "id", &input.id).await?;
    let (Some(account), Some(consent)) = (account, consent) else {
        return Err(refused(violations));
    };
    let Some(feedback) = held(session, account.feedback_id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::consent_to_story(change.viewer, account)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    if let Some(person) = before.person_id {
        let of = (person, feedback.organisation_id);
        violations.keep_all(check_consent(&consent, of, session.now()));
    }
    violations.into_result()?;
    let row = feedback_account::ActiveModel {
        story_consent_id: Set(Some(consent.id)),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let account = session.update(&permit, input.expected_version, row).await?;
    let what = ("feedback_account.consent_to_story", "feedback_account");
    let event = event(what, account.id, &feedback).changed(changed).private();
    Ok(session.record(event, account.id.0))
}
