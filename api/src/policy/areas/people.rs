//! People, their users, ties and consents: who may change what. Who may see them stands in [`super::parties`], who gives
//! them roles in [`super::access`].
//!
//! | | the person | administrator of an organisation they belong to | platform administrator |
//! |---|---|---|---|
//! | person: add | – | to the own organisation | to an organisation without an administrator |
//! | person: name, contact details | write | write | – |
//! | person: anonymise | yes | while they belong to no other organisation | – |
//! | user: add | – | for people of the own organisation | for an organisation without an administrator |
//! | user: suspend, resume | – | while they belong to no other organisation | yes |
//! | ties to organisations | write | write those to the own one, but not who receives a service | – |
//! | access needs, consents | write | – | – |
//!
//! What needs to know more than the viewer and the row is a condition on the row: the same one permits the write and
//! answers `viewerCan`.

use entity::boards::board_membership;
use entity::change::{feedback_account, feedback_step, feedback_story};
use entity::gatherings::{event, event_attendance};
use entity::id::PersonId;
use entity::meetings::calendar_feed;
use entity::panels::{application, conflict_declaration};
use entity::parties::kinds::AffiliationKind;
use entity::parties::{access_need, affiliation, consent, organisation, person, role_grant, user_account};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{DbBackend, EntityTrait};

use super::parties::{belongs_elsewhere, belongs_to_own_organisation, in_force};
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Rows, StoreError, ViewerFact, WriteSession, is_true};

/// The person consents to everybody reading their name. What they allowed one organisation, they did not allow everybody.
pub(super) fn named_publicly<E: EntityTrait>(rows: &Rows<E>, person: E::Column) -> Expr {
    rows.exists::<consent::Entity>(|given| {
        Condition::all()
            .add(given.matches(consent::Column::PersonId, rows, person))
            .add(given.column(consent::Column::Purpose).eq("PUBLISH_NAME"))
            .add(given.column(consent::Column::GranteeOrganisationId).is_null())
            .add(in_force(given))
    })
}

/// Leave to add a person to an organisation.
#[derive(Debug)]
pub struct CreatePerson;
/// Leave to change a person's details.
#[derive(Debug)]
pub struct UpdatePerson;
/// Leave to erase who somebody is.
#[derive(Debug)]
pub struct AnonymisePerson;
/// Leave to give a person an account.
#[derive(Debug)]
pub struct CreateUser;
/// Leave to shut a user out, and to let them in again.
#[derive(Debug)]
pub struct SuspendUser;
/// Leave to tie a person to an organisation.
#[derive(Debug)]
pub struct CreateAffiliation;
/// Leave to end such a tie.
#[derive(Debug)]
pub struct EndAffiliation;
/// Leave to write what is the person's own: access needs, consents.
#[derive(Debug)]
pub struct WriteOwn;

/// Whether the viewer may add people and users to an organisation: its administrator; and the platform's, so that it gets
/// its first one.
#[must_use]
pub fn may_admit_people(viewer: &Viewer, organisation: Uuid, has_administrator: bool) -> bool {
    viewer.administers(organisation) || (viewer.is_platform_administrator() && !has_administrator)
}

/// Leave to add a person.
///
/// # Errors
/// [`Denied`] unless [`may_admit_people`].
pub fn create_person(
    viewer: &Viewer,
    organisation: organisation::Model,
    has_administrator: bool,
) -> Result<Permit<CreatePerson, organisation::Model>, Denied> {
    let allowed = may_admit_people(viewer, organisation.id.0, has_administrator);
    Permit::when(allowed, organisation)
}

/// Leave to add a user.
///
/// # Errors
/// [`Denied`] unless [`may_admit_people`].
pub fn create_user(
    viewer: &Viewer,
    organisation: organisation::Model,
    has_administrator: bool,
) -> Result<Permit<CreateUser, organisation::Model>, Denied> {
    let allowed = may_admit_people(viewer, organisation.id.0, has_administrator);
    Permit::when(allowed, organisation)
}

/// Who may change a person's details: the person, and the administrator of an organisation they belong to.
#[must_use]
pub fn may_update_person(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<person::Entity>::new(alias, backend);
    Condition::any()
        .add(rows.is(person::Column::Id, ViewerFact::Person))
        .add(belongs_to_own_organisation(&rows, person::Column::Id))
}

/// Leave to change a person's details.
///
/// # Errors
/// [`Denied`] unless [`may_update_person`]; the database's failure.
pub async fn update_person(
    session: &WriteSession,
    person: person::Model,
) -> Result<Result<Permit<UpdatePerson, person::Model>, Denied>, StoreError> {
    let allowed = session
        .allowed::<person::Entity>(person.id, may_update_person)
        .await?;
    Ok(Permit::when(allowed, person))
}

/// Who may erase who somebody is: the person; and the administrator of the one organisation they belong to. Whoever
/// belongs to several is not one administrator's to erase.
#[must_use]
pub fn may_anonymise_person(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<person::Entity>::new(alias, backend);
    let only_here = Condition::all()
        .add(belongs_to_own_organisation(&rows, person::Column::Id))
        .add(belongs_elsewhere(&rows, person::Column::Id).not());
    Condition::any()
        .add(rows.is(person::Column::Id, ViewerFact::Person))
        .add(only_here)
}

/// Leave to erase who somebody is.
///
/// # Errors
/// [`Denied`] unless [`may_anonymise_person`]; the database's failure.
pub async fn anonymise_person(
    session: &WriteSession,
    person: person::Model,
) -> Result<Result<Permit<AnonymisePerson, person::Model>, Denied>, StoreError> {
    let allowed = session
        .allowed::<person::Entity>(person.id, may_anonymise_person)
        .await?;
    Ok(Permit::when(allowed, person))
}

/// A row about one person, which goes with them.
pub trait OfPerson {
    /// Whose it is.
    fn person(&self) -> PersonId;
}

macro_rules! of_person {
    ($($table:ident),+) => {$(
        impl OfPerson for $table::Model {
            fn person(&self) -> PersonId {
                self.person_id
            }
        }
    )+};
}

of_person!(
    access_need,
    affiliation,
    application,
    board_membership,
    calendar_feed,
    conflict_declaration,
    consent,
    event_attendance,
    user_account
);

/// Leave to erase a person reaches what is kept about them.
///
/// # Errors
/// [`Denied`] for somebody else's row.
pub fn erase<M: OfPerson>(
    person: &Permit<AnonymisePerson, person::Model>,
    row: M,
) -> Result<Permit<AnonymisePerson, M>, Denied> {
    Permit::when(row.person() == person.model().id, row)
}

/// Leave to erase a person reaches the words of their feedback, which may be anonymous.
///
/// # Errors
/// [`Denied`] for somebody else's, and for what nobody said by name.
pub fn erase_words(
    person: &Permit<AnonymisePerson, person::Model>,
    account: feedback_account::Model,
) -> Result<Permit<AnonymisePerson, feedback_account::Model>, Denied> {
    Permit::when(account.person_id == Some(person.model().id), account)
}

/// Leave to erase the words of somebody's feedback reaches what was noted about it.
///
/// # Errors
/// [`Denied`] for other feedback.
pub fn erase_note(
    words: &Permit<AnonymisePerson, feedback_account::Model>,
    step: feedback_step::Model,
) -> Result<Permit<AnonymisePerson, feedback_step::Model>, Denied> {
    Permit::when(step.feedback_id == words.model().feedback_id, step)
}

/// Leave to erase the words of somebody's feedback reaches the story that was made of them.
///
/// # Errors
/// [`Denied`] for other feedback.
pub fn erase_story(
    words: &Permit<AnonymisePerson, feedback_account::Model>,
    story: feedback_story::Model,
) -> Result<Permit<AnonymisePerson, feedback_story::Model>, Denied> {
    Permit::when(story.feedback_id == words.model().feedback_id, story)
}

/// Leave to give up an erased person's place reaches the event, so that the next who waits gets it.
///
/// # Errors
/// [`Denied`] for another event.
pub fn give_up_place(
    place: &Permit<AnonymisePerson, event_attendance::Model>,
    event: event::Model,
) -> Result<Permit<AnonymisePerson, event::Model>, Denied> {
    Permit::when(event.id == place.model().event_id, event)
}

/// Who may suspend a user and let them in again: the administrator of the one organisation they belong to, and the
/// platform's.
#[must_use]
pub fn may_suspend_user(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<user_account::Entity>::new(alias, backend);
    let only_here = Condition::all()
        .add(belongs_to_own_organisation(&rows, user_account::Column::PersonId))
        .add(belongs_elsewhere(&rows, user_account::Column::PersonId).not());
    Condition::any()
        .add(only_here)
        .add(is_true(ViewerFact::IsPlatformAdministrator))
}

/// Leave to suspend a user and to let them in again.
///
/// # Errors
/// [`Denied`] unless [`may_suspend_user`]; the database's failure.
pub async fn suspend_user(
    session: &WriteSession,
    user: user_account::Model,
) -> Result<Result<Permit<SuspendUser, user_account::Model>, Denied>, StoreError> {
    let allowed = session
        .allowed::<user_account::Entity>(user.id, may_suspend_user)
        .await?;
    Ok(Permit::when(allowed, user))
}

/// Whether a tie says that somebody receives a service: special-category data, the person's own to tell.
#[must_use]
pub const fn is_about_receiving(kind: AffiliationKind) -> bool {
    matches!(
        kind,
        AffiliationKind::ReceivesService | AffiliationKind::FamilyReceivesService
    )
}

/// Whether the viewer may tie a person to an organisation: the person; and its administrator once they belong to it, for
/// otherwise anybody could be drawn into an organisation that then reads their contact details.
#[must_use]
pub fn may_create_affiliation(
    viewer: &Viewer,
    person: Uuid,
    organisation: Uuid,
    kind: AffiliationKind,
    belongs_already: bool,
) -> bool {
    viewer.person() == Some(person)
        || (viewer.administers(organisation) && belongs_already && !is_about_receiving(kind))
}

/// Leave to tie a person to an organisation.
///
/// # Errors
/// [`Denied`] unless [`may_create_affiliation`].
pub fn create_affiliation(
    viewer: &Viewer,
    person: person::Model,
    organisation: Uuid,
    kind: AffiliationKind,
    belongs_already: bool,
) -> Result<Permit<CreateAffiliation, person::Model>, Denied> {
    let allowed = may_create_affiliation(viewer, person.id.0, organisation, kind, belongs_already);
    Permit::when(allowed, person)
}

/// Whether the viewer may end a tie: the person, and the organisation's administrator unless it is about receiving a
/// service.
#[must_use]
pub fn may_end_affiliation(viewer: &Viewer, person: Uuid, organisation: Uuid, kind: AffiliationKind) -> bool {
    viewer.person() == Some(person) || (viewer.administers(organisation) && !is_about_receiving(kind))
}

/// Leave to end a tie.
///
/// # Errors
/// [`Denied`] unless [`may_end_affiliation`].
pub fn end_affiliation(
    viewer: &Viewer,
    tie: affiliation::Model,
) -> Result<Permit<EndAffiliation, affiliation::Model>, Denied> {
    let allowed = may_end_affiliation(viewer, tie.person_id.0, tie.organisation_id.0, tie.kind);
    Permit::when(allowed, tie)
}

/// Leave to end a tie reaches the roles that rested on it.
///
/// # Errors
/// [`Denied`] for a role that holds elsewhere.
pub fn end_role_with_tie(
    tie: &Permit<EndAffiliation, affiliation::Model>,
    role: role_grant::Model,
) -> Result<Permit<EndAffiliation, role_grant::Model>, Denied> {
    let rests_on_it = role.organisation_id == Some(tie.model().organisation_id);
    Permit::when(rests_on_it, role)
}

/// Leave to erase a person reaches the roles of their account.
///
/// # Errors
/// [`Denied`] for somebody else's role.
pub fn end_role_with_account(
    user: &Permit<AnonymisePerson, user_account::Model>,
    role: role_grant::Model,
) -> Result<Permit<AnonymisePerson, role_grant::Model>, Denied> {
    Permit::when(role.user_id == Some(user.model().id), role)
}

/// Whether something is the viewer's own.
#[must_use]
pub fn may_write_own(viewer: &Viewer, person: Uuid) -> bool {
    viewer.person() == Some(person)
}

/// Leave to write what is the person's own: themselves, an access need, a consent.
///
/// # Errors
/// [`Denied`] for everybody else, whatever their role: no role inherits what is about health or access.
pub fn write_own<M>(viewer: &Viewer, person: PersonId, row: M) -> Result<Permit<WriteOwn, M>, Denied> {
    Permit::when(may_write_own(viewer, person.0), row)
}
