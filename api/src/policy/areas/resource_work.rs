//! Work on resources: who may do what. Who may see what stands in [`super::resources`], with the table of both.

use entity::media::media;
use entity::parties::kinds::OrganisationKind;
use entity::parties::{organisation, person};
use entity::resources::{contributor, rendition, resource, resource_review, resource_version};
use sea_orm::DbBackend;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use super::media::may_manage_media;
use super::people::AnonymisePerson;
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Rows, StoreError, ViewerFact, WriteSession, has};

/// Leave to begin a resource.
#[derive(Debug)]
pub struct CreateResource;
/// Leave to change what a resource is about, and to begin a version of it.
#[derive(Debug)]
pub struct UpdateResource;
/// Leave to write a version: its text and its formats.
#[derive(Debug)]
pub struct WriteVersion;
/// Leave to say who contributes to a version.
#[derive(Debug)]
pub struct ManageContributors;
/// Leave to change by which name one is credited oneself.
#[derive(Debug)]
pub struct WriteOwnCredit;
/// Leave to review a version.
#[derive(Debug)]
pub struct ReviewVersion;
/// Leave to settle a review.
#[derive(Debug)]
pub struct ResolveReview;
/// Leave to sign a version off.
#[derive(Debug)]
pub struct SignOffVersion;
/// Leave to publish a version, and to withdraw it.
#[derive(Debug)]
pub struct PublishVersion;
/// Leave to record that a user group checked a rendition.
#[derive(Debug)]
pub struct CheckRendition;

/// The outcome of asking the database: leave, or none, or that it failed.
type Asked<A, M> = Result<Result<Permit<A, M>, Denied>, StoreError>;

/// Leave to begin a resource: the administrator of the organisation that will answer for it.
///
/// # Errors
/// [`Denied`] for everybody else.
pub fn create_resource(
    viewer: &Viewer,
    owner: organisation::Model,
) -> Result<Permit<CreateResource, organisation::Model>, Denied> {
    Permit::when(viewer.administers(owner.id), owner)
}

/// Whether the viewer may change what a resource is about: the owner's administrator, and whoever chairs the board that asked
/// for it.
#[must_use]
pub fn may_update_resource(viewer: &Viewer, owner: Uuid, board: Option<Uuid>) -> bool {
    viewer.administers(owner) || board.is_some_and(|board| viewer.chairs(board))
}

/// Leave to change what a resource is about.
///
/// # Errors
/// [`Denied`] unless [`may_update_resource`].
pub fn update_resource(
    viewer: &Viewer,
    resource: resource::Model,
) -> Result<Permit<UpdateResource, resource::Model>, Denied> {
    let board = resource.board_id.map(|board| board.0);
    Permit::when(
        may_update_resource(viewer, resource.owner_organisation_id.0, board),
        resource,
    )
}

/// Whether the viewer may publish and withdraw, and say who signs off: the owner's administrator.
#[must_use]
pub fn may_publish(viewer: &Viewer, owner: Uuid) -> bool {
    viewer.administers(owner)
}

/// Leave to publish a version of a resource, and to withdraw it.
///
/// # Errors
/// [`Denied`] unless [`may_publish`].
pub fn publish_version(
    viewer: &Viewer,
    resource: &resource::Model,
    version: resource_version::Model,
) -> Result<Permit<PublishVersion, resource_version::Model>, Denied> {
    let of_it = version.resource_id == resource.id;
    Permit::when(
        of_it && may_publish(viewer, resource.owner_organisation_id.0),
        version,
    )
}

/// Leave to publish reaches the version whose place is taken.
///
/// # Errors
/// [`Denied`] for a version of another resource.
pub fn supersede_version(
    next: &Permit<PublishVersion, resource_version::Model>,
    before: resource_version::Model,
) -> Result<Permit<PublishVersion, resource_version::Model>, Denied> {
    Permit::when(before.resource_id == next.model().resource_id, before)
}

/// Leave to publish reaches how the resource stands.
///
/// # Errors
/// [`Denied`] for another resource.
pub fn stand_with_version(
    version: &Permit<PublishVersion, resource_version::Model>,
    resource: resource::Model,
) -> Result<Permit<PublishVersion, resource::Model>, Denied> {
    Permit::when(version.model().resource_id == resource.id, resource)
}

/// The viewer runs the resource of a version: its owner's administrator, the chair of the board that asked.
fn runs(rows: &Rows<resource_version::Entity>) -> Expr {
    use resource::Column as R;
    let run = rows.pointed::<resource::Entity>(resource_version::Column::ResourceId, |of| {
        Condition::any()
            .add(of.among(R::OwnerOrganisationId, ViewerFact::AdministeredOrganisations))
            .add(of.among(R::BoardId, ViewerFact::ChairedBoards))
    });
    has(ViewerFact::AdministeredOrganisations)
        .or(has(ViewerFact::ChairedBoards))
        .and(run)
}

/// The viewer is a contributor of the version, themselves or in the name of an organisation, as `counts` says.
fn is_contributor(
    rows: &Rows<resource_version::Entity>,
    counts: impl Fn(&Rows<contributor::Entity>) -> Condition,
) -> Expr {
    use contributor::Column as C;
    let found = rows.exists::<contributor::Entity>(|own| {
        Condition::all()
            .add(own.matches(C::ResourceVersionId, rows, resource_version::Column::Id))
            .add(
                Condition::any()
                    .add(own.is(C::PersonId, ViewerFact::Person))
                    .add(own.among(C::OrganisationId, ViewerFact::AdministeredOrganisations)),
            )
            .add(counts(own))
    });
    has(ViewerFact::Person)
        .or(has(ViewerFact::AdministeredOrganisations))
        .and(found)
}

/// Who may write a version: its authors, editors and designers, who leads it, and who runs the resource.
#[must_use]
pub fn may_write_version(alias: &str, backend: DbBackend) -> Condition {
    use contributor::Column as C;
    let rows = Rows::<resource_version::Entity>::new(alias, backend);
    let writes = is_contributor(&rows, |own| {
        Condition::any()
            .add(own.column(C::Lead).eq(true))
            .add(own.column(C::Role).is_in(["AUTHOR", "EDITOR", "DESIGNER"]))
    });
    Condition::any().add(runs(&rows)).add(writes)
}

/// Leave to write a version.
///
/// # Errors
/// [`Denied`] unless [`may_write_version`]; the database's failure.
pub async fn write_version(
    session: &WriteSession,
    version: resource_version::Model,
) -> Asked<WriteVersion, resource_version::Model> {
    let allowed = session
        .allowed::<resource_version::Entity>(version.id, may_write_version)
        .await?;
    Ok(Permit::when(allowed, version))
}

/// Leave to write a version reaches its renditions.
///
/// # Errors
/// [`Denied`] for a rendition of another version.
pub fn write_rendition(
    version: &Permit<WriteVersion, resource_version::Model>,
    rendition: rendition::Model,
) -> Result<Permit<WriteVersion, rendition::Model>, Denied> {
    Permit::when(rendition.resource_version_id == version.model().id, rendition)
}

/// Who may say who contributes: who leads the version, and who runs the resource.
#[must_use]
pub fn may_manage_contributors(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<resource_version::Entity>::new(alias, backend);
    let leads = is_contributor(&rows, |own| {
        Condition::all().add(own.column(contributor::Column::Lead).eq(true))
    });
    Condition::any().add(runs(&rows)).add(leads)
}

/// Leave to say who contributes.
///
/// # Errors
/// [`Denied`] unless [`may_manage_contributors`]; the database's failure.
pub async fn manage_contributors(
    session: &WriteSession,
    version: resource_version::Model,
) -> Asked<ManageContributors, resource_version::Model> {
    let allowed = session
        .allowed::<resource_version::Entity>(version.id, may_manage_contributors)
        .await?;
    Ok(Permit::when(allowed, version))
}

/// Leave to say who contributes reaches each of them.
///
/// # Errors
/// [`Denied`] for a contributor of another version.
pub fn manage_contributor(
    version: &Permit<ManageContributors, resource_version::Model>,
    contributor: contributor::Model,
) -> Result<Permit<ManageContributors, contributor::Model>, Denied> {
    Permit::when(contributor.resource_version_id == version.model().id, contributor)
}

/// Leave to change by which name one is credited: the person, at any time.
///
/// # Errors
/// [`Denied`] for everybody else.
pub fn write_own_credit(
    viewer: &Viewer,
    contributor: contributor::Model,
) -> Result<Permit<WriteOwnCredit, contributor::Model>, Denied> {
    let is_own = contributor.person_id.is_some() && viewer.person() == contributor.person_id.map(|id| id.0);
    Permit::when(is_own, contributor)
}

/// Who may review a version: who contributes to it in person, and neither writes nor leads it.
#[must_use]
pub fn may_review_version(alias: &str, backend: DbBackend) -> Condition {
    use contributor::Column as C;
    let rows = Rows::<resource_version::Entity>::new(alias, backend);
    let reads = is_contributor(&rows, |own| {
        Condition::all()
            .add(own.is(C::PersonId, ViewerFact::Person))
            .add(own.column(C::Role).is_in(["REVIEWER", "TESTER"]))
            .add(own.column(C::Lead).eq(false))
    });
    Condition::all().add(reads)
}

/// Leave to review a version.
///
/// # Errors
/// [`Denied`] unless [`may_review_version`]; the database's failure.
pub async fn review_version(
    session: &WriteSession,
    version: resource_version::Model,
) -> Asked<ReviewVersion, resource_version::Model> {
    let allowed = session
        .allowed::<resource_version::Entity>(version.id, may_review_version)
        .await?;
    Ok(Permit::when(allowed, version))
}

/// Leave to settle a review: whoever wrote it, and whoever may write the version.
///
/// # Errors
/// [`Denied`] for everybody else; the database's failure.
pub async fn resolve_review(
    session: &WriteSession,
    (is_own, review): (bool, resource_review::Model),
) -> Asked<ResolveReview, resource_review::Model> {
    let allowed = is_own
        || session
            .allowed::<resource_version::Entity>(review.resource_version_id, may_write_version)
            .await?;
    Ok(Permit::when(allowed, review))
}

/// Whether the viewer is the designated signer of a resource.
#[must_use]
pub fn may_sign_off(viewer: &Viewer, signer: Option<Uuid>) -> bool {
    signer.is_some() && viewer.person() == signer
}

/// Leave to sign a version off.
///
/// # Errors
/// [`Denied`] unless [`may_sign_off`].
pub fn sign_off_version(
    viewer: &Viewer,
    resource: &resource::Model,
    version: resource_version::Model,
) -> Result<Permit<SignOffVersion, resource_version::Model>, Denied> {
    let signer = resource.signer_person_id.map(|person| person.0);
    let of_it = version.resource_id == resource.id;
    Permit::when(of_it && may_sign_off(viewer, signer), version)
}

/// Leave to record that a user group checked a rendition: the administrator of a user-led organisation that contributes to the
/// version, acting for it. `group` is that contributor's organisation.
///
/// # Errors
/// [`Denied`] for everybody else.
pub fn check_rendition(
    viewer: &Viewer,
    group: Option<&organisation::Model>,
    rendition: rendition::Model,
) -> Result<Permit<CheckRendition, rendition::Model>, Denied> {
    let is_group =
        group.is_some_and(|group| group.kind == OrganisationKind::UserLed && viewer.administers(group.id));
    Permit::when(is_group && viewer.person().is_some(), rendition)
}

/// Leave to erase a person reaches the names they are credited by.
///
/// # Errors
/// [`Denied`] for somebody else.
pub fn erase_credit(
    person: &Permit<AnonymisePerson, person::Model>,
    contributor: contributor::Model,
) -> Result<Permit<AnonymisePerson, contributor::Model>, Denied> {
    Permit::when(contributor.person_id == Some(person.model().id), contributor)
}

/// Whether a file is the viewer's to give away: their own, or of an organisation that they administer.
#[must_use]
pub fn is_own_media(viewer: &Viewer, media: &media::Model) -> bool {
    let uploaded = media.uploaded_by_person_id.map(|person| person.0);
    may_manage_media(
        viewer,
        uploaded,
        media.organisation_id.map(|organisation| organisation.0),
    )
}
