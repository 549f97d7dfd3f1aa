//! Feedback: who may see and do what (`domain.md` 2.5 and 3).
//!
//! | | the person | administrator of the organisation that deals with it | the service's provider and commissioner, under an agreement | chair of a board it was shared with | public, everybody else |
//! |---|---|---|---|---|---|
//! | facts: what sort, about what, how far | read | write | read | read | – |
//! | the words, and who said them | read | read | **–** | **–** | – |
//! | what was noted with a step | read | write | – | – | – |
//! | story, not checked | read | write, with consent | – | – | – |
//! | story, checked | read | read, with consent | read, with consent to everybody | read, with consent to everybody | with consent to everybody, in a published "you said, we did" |
//! | who wrote and checked the story, who did a step | read | read | – | – | – |
//!
//! Of the provider, its administrator and its provider users read; of the commissioner, its administrator and its
//! commissioners. What they read is what redaction leaves: the facts, and the story that was told so that nobody can be
//! recognised. Where they are another organisation than the one that deals with it, both have signed an agreement in force
//! that names feedback. No role on the platform opens feedback.
//!
//! A checker may be the person themself, and the first step is theirs: so who did it is read only where the words are. What the
//! person allowed one organisation, they did not allow everybody.
//!
//! Whom feedback opens to those who deal with it, and for how long, stands in [`super::feedback_tellers`].
//!
//! Consent to use the story is the person's own, apart from the feedback. When they take it back, the story is gone from the
//! next read of everybody but themselves. Whoever reads somebody else's words is named in the audit.

use entity::change::{
    feedback, feedback_account, feedback_step, feedback_story, you_said_we_did, you_said_we_did_source,
};
use entity::parties::{consent, organisation, service};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{DbBackend, EntityTrait};

use super::parties::in_force;
use crate::policy::{Account, Denied, Permit, Viewer};
use crate::store::{Rows, Scope, Scoped, StoreError, ViewerFact, WriteSession, has};

/// The viewer gave the feedback.
fn is_own<E: EntityTrait>(rows: &Rows<E>, feedback_of: E::Column) -> Expr {
    let found = rows.exists::<feedback_account::Entity>(|account| {
        Condition::all()
            .add(account.matches(feedback_account::Column::FeedbackId, rows, feedback_of))
            .add(account.is(feedback_account::Column::PersonId, ViewerFact::Person))
    });
    has(ViewerFact::Person).and(found)
}

/// The viewer administers the organisation that deals with the feedback.
pub(super) fn is_dealt_with<E: EntityTrait>(rows: &Rows<E>, feedback_of: E::Column) -> Expr {
    let found = rows.pointed::<feedback::Entity>(feedback_of, |feedback| {
        let own = feedback.among(
            feedback::Column::OrganisationId,
            ViewerFact::AdministeredOrganisations,
        );
        own.into()
    });
    has(ViewerFact::AdministeredOrganisations).and(found)
}

/// The feedback is about a service that the viewer's organisation provides or pays for, and was told to that organisation or
/// to one that shares feedback with it.
fn is_about_own_service(rows: &Rows<feedback::Entity>) -> Expr {
    use service::Column as S;
    let told = feedback::Column::OrganisationId;
    let is_shared = rows
        .among(told, ViewerFact::OwnOrganisations)
        .or(rows.among(told, ViewerFact::FeedbackSharers));
    let found = rows.exists::<service::Entity>(|service| {
        let own = Condition::any()
            .add(service.among(S::ProviderOrganisationId, ViewerFact::AdministeredOrganisations))
            .add(service.among(S::ProviderOrganisationId, ViewerFact::ProviderUserOrganisations))
            .add(service.among(
                S::CommissionerOrganisationId,
                ViewerFact::AdministeredOrganisations,
            ))
            .add(service.among(
                S::CommissionerOrganisationId,
                ViewerFact::CommissionerOrganisations,
            ));
        Condition::all()
            .add(service.matches(S::Id, rows, feedback::Column::ServiceId))
            .add(own)
    });
    has(ViewerFact::AdministeredOrganisations)
        .or(has(ViewerFact::ProviderUserOrganisations))
        .or(has(ViewerFact::CommissionerOrganisations))
        .and(is_shared)
        .and(found)
}

impl Scoped for feedback::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        use feedback::Column as C;
        Scope::when(
            Condition::any()
                .add(rows.among(C::OrganisationId, ViewerFact::AdministeredOrganisations))
                .add(is_own(rows, C::Id))
                .add(is_about_own_service(rows))
                .add(rows.among(C::BoardId, ViewerFact::ChairedBoards)),
        )
    }
}

impl Scoped for feedback_account::Entity {
    /// The person, and whoever deals with it. Nobody else, whatever they read of the facts.
    fn scope(rows: &Rows<Self>) -> Scope {
        use feedback_account::Column as C;
        Scope::when(
            Condition::any()
                .add(rows.is(C::PersonId, ViewerFact::Person))
                .add(is_dealt_with(rows, C::FeedbackId)),
        )
    }
}

impl Scoped for feedback_step::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, feedback::Entity>(rows, feedback_step::Column::FeedbackId)
    }
}

/// Who may read what was noted with a step, and who took it: the person, and whoever deals with the feedback.
#[must_use]
pub fn step_note_readers(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<feedback_step::Entity>::new(alias, backend);
    Condition::any()
        .add(is_own(&rows, feedback_step::Column::FeedbackId))
        .add(is_dealt_with(&rows, feedback_step::Column::FeedbackId))
}

/// Who may read who wrote and who checked a story: the person, and whoever deals with the feedback.
#[must_use]
pub fn story_hand_readers(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<feedback_story::Entity>::new(alias, backend);
    Condition::any()
        .add(is_own(&rows, feedback_story::Column::FeedbackId))
        .add(is_dealt_with(&rows, feedback_story::Column::FeedbackId))
}

/// To whom a person allows their story.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Allowed {
    /// At least to the organisation that deals with it.
    Organisation,
    /// To everybody.
    Everybody,
}

/// The person's consent to the use of this story has not been taken back.
fn has_live_consent<E: EntityTrait>(rows: &Rows<E>, feedback_of: E::Column, to: Allowed) -> Expr {
    use consent::Column as G;
    rows.exists::<feedback_account::Entity>(|account| {
        let lives = account.exists::<consent::Entity>(|given| {
            let reaches =
                (to == Allowed::Everybody).then(|| given.column(G::GranteeOrganisationId).is_null());
            Condition::all()
                .add(given.matches(G::Id, account, feedback_account::Column::StoryConsentId))
                .add(in_force(given))
                .add_option(reaches)
        });
        Condition::all()
            .add(account.matches(feedback_account::Column::FeedbackId, rows, feedback_of))
            .add(lives)
    })
}

/// The story is shown by a "you said, we did" that is published.
fn is_published(rows: &Rows<feedback_story::Entity>) -> Expr {
    rows.exists::<you_said_we_did_source::Entity>(|source| {
        let published = source
            .pointed::<you_said_we_did::Entity>(you_said_we_did_source::Column::YouSaidWeDidId, |of| {
                of.column(you_said_we_did::Column::Status).eq("PUBLISHED").into()
            });
        Condition::all()
            .add(source.matches(
                you_said_we_did_source::Column::StoryId,
                rows,
                feedback_story::Column::Id,
            ))
            .add(published)
    })
}

impl Scoped for feedback_story::Entity {
    /// The person. While they consent: whoever deals with the feedback; once it was checked and they allow it to everybody,
    /// whoever reads the facts, and everybody where it is published.
    fn scope(rows: &Rows<Self>) -> Scope {
        use feedback_story::Column as C;
        let at_work = Condition::all()
            .add(is_dealt_with(rows, C::FeedbackId))
            .add(has_live_consent(rows, C::FeedbackId, Allowed::Organisation));
        let once_checked = Condition::all()
            .add(rows.column(C::CheckedAt).is_not_null())
            .add(
                Condition::any()
                    .add(is_published(rows))
                    .add(rows.parent_visible::<feedback::Entity>(C::FeedbackId)),
            )
            .add(has_live_consent(rows, C::FeedbackId, Allowed::Everybody));
        Scope::when(
            Condition::any()
                .add(is_own(rows, C::FeedbackId))
                .add(at_work)
                .add(once_checked),
        )
    }
}

/// Leave to give feedback.
#[derive(Debug)]
pub struct SubmitFeedback;
/// Leave to deal with feedback: to acknowledge it, look into it, answer it.
#[derive(Debug)]
pub struct DealWithFeedback;
/// Leave to let one's story be used.
#[derive(Debug)]
pub struct ConsentToStory;
/// Leave to write an anonymised story.
#[derive(Debug)]
pub struct WriteStory;
/// Leave to check a story that somebody else wrote.
#[derive(Debug)]
pub struct CheckStory;

/// Whether the viewer may record what others told an organisation, or what came in without a name: its administrator, and a
/// computer system of it, such as the one behind a form on its pages.
#[must_use]
pub fn may_record_for_others(viewer: &Viewer, organisation: Uuid) -> bool {
    let is_its_system = matches!(
        viewer.account(),
        Account::Service { organisation: of, .. } if of == organisation
    );
    is_its_system || viewer.administers(organisation)
}

/// Leave to give feedback: everybody who signs in, for themselves; for others whoever [`may_record_for_others`].
///
/// # Errors
/// [`Denied`] for whoever speaks for others and may not, and for computer systems of other organisations.
pub fn submit_feedback(
    viewer: &Viewer,
    organisation: organisation::Model,
    for_others: bool,
) -> Result<Permit<SubmitFeedback, organisation::Model>, Denied> {
    let for_themselves = viewer.person().is_some() && !for_others;
    let allowed = for_themselves || may_record_for_others(viewer, organisation.id.0);
    Permit::when(allowed, organisation)
}

/// Whether the viewer may deal with the feedback of an organisation: its administrator.
#[must_use]
pub fn may_deal_with_feedback(viewer: &Viewer, organisation: Uuid) -> bool {
    viewer.administers(organisation)
}

/// Leave to deal with feedback.
///
/// # Errors
/// [`Denied`] unless [`may_deal_with_feedback`].
pub fn deal_with_feedback(
    viewer: &Viewer,
    feedback: feedback::Model,
) -> Result<Permit<DealWithFeedback, feedback::Model>, Denied> {
    let allowed = may_deal_with_feedback(viewer, feedback.organisation_id.0);
    Permit::when(allowed, feedback)
}

/// Leave to let one's story be used: the person alone.
///
/// # Errors
/// [`Denied`] for everybody else, and for feedback without a name.
pub fn consent_to_story(
    viewer: &Viewer,
    account: feedback_account::Model,
) -> Result<Permit<ConsentToStory, feedback_account::Model>, Denied> {
    let own = viewer.person().is_some() && account.person_id.map(|person| person.0) == viewer.person();
    Permit::when(own, account)
}

/// Who may write the story of a piece of feedback: whoever deals with it, while the person consents.
#[must_use]
pub fn may_write_story_of(alias: &str, backend: DbBackend) -> Condition {
    use feedback::Column as C;
    let rows = Rows::<feedback::Entity>::new(alias, backend);
    Condition::all()
        .add(has(ViewerFact::Person))
        .add(rows.among(C::OrganisationId, ViewerFact::AdministeredOrganisations))
        .add(has_live_consent(&rows, C::Id, Allowed::Organisation))
}

/// Leave to write the story of a piece of feedback.
///
/// # Errors
/// [`Denied`] unless [`may_deal_with_feedback`], and for computer systems: a person answers for what they wrote.
pub fn write_story(
    viewer: &Viewer,
    feedback: feedback::Model,
) -> Result<Permit<WriteStory, feedback::Model>, Denied> {
    let allowed = viewer.person().is_some() && may_deal_with_feedback(viewer, feedback.organisation_id.0);
    Permit::when(allowed, feedback)
}

/// Leave to write the story of a piece of feedback reaches the story.
///
/// # Errors
/// [`Denied`] for the story of something else.
pub fn change_story(
    writes: &Permit<WriteStory, feedback::Model>,
    story: feedback_story::Model,
) -> Result<Permit<WriteStory, feedback_story::Model>, Denied> {
    Permit::when(story.feedback_id == writes.model().id, story)
}

/// Who may change a story: whoever deals with the feedback.
#[must_use]
pub fn may_change_story(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<feedback_story::Entity>::new(alias, backend);
    Condition::all()
        .add(has(ViewerFact::Person))
        .add(is_dealt_with(&rows, feedback_story::Column::FeedbackId))
}

/// Who may check a story: whoever else deals with the feedback, and the person whose story it is; never its writer.
#[must_use]
pub fn may_check_story(alias: &str, backend: DbBackend) -> Condition {
    use feedback_story::Column as C;
    let rows = Rows::<feedback_story::Entity>::new(alias, backend);
    Condition::all()
        .add(has(ViewerFact::Person))
        .add(rows.is(C::WrittenByPersonId, ViewerFact::Person).not())
        .add(
            Condition::any()
                .add(is_dealt_with(&rows, C::FeedbackId))
                .add(is_own(&rows, C::FeedbackId)),
        )
}

/// Leave to check a story.
///
/// # Errors
/// [`Denied`] unless [`may_check_story`]; the database's failure.
pub async fn check_story(
    session: &WriteSession,
    story: feedback_story::Model,
) -> Result<Result<Permit<CheckStory, feedback_story::Model>, Denied>, StoreError> {
    let allowed = session
        .allowed::<feedback_story::Entity>(story.id, may_check_story)
        .await?;
    Ok(Permit::when(allowed, story))
}
