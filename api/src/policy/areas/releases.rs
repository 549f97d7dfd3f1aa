//! Figures as they are published: who may see and do what (`domain.md` 2.8, 3 and 4).
//!
//! | | administrator or commissioner of the publisher | platform administrator | everybody else |
//! |---|---|---|---|
//! | policy of disclosure control | write | read | read |
//! | release: draft, discarded | write | – ; those of what the server's operator loaded: write | – |
//! | release: published, with all its figures | read | read | read |
//!
//! A figure stands in a release as it may be read by everybody: what is withheld is not stored with it.

use entity::parties::kinds::Role;
use entity::parties::organisation;
use entity::releases::{published_figure, release, suppression_policy};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, ExprTrait};

use crate::policy::{Denied, GrantScope, Permit, Viewer};
use crate::store::{Rows, Scope, Scoped, ViewerFact, is_true};

impl Scoped for suppression_policy::Entity {
    fn scope(_: &Rows<Self>) -> Scope {
        Scope::everyone()
    }
}

impl Scoped for release::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        use release::Column as C;
        let of_the_server = Condition::all()
            .add(is_true(ViewerFact::IsPlatformAdministrator))
            .add(rows.column(C::PublisherOrganisationId).is_null());
        Scope::when(
            Condition::any()
                .add(rows.column(C::Status).eq("PUBLISHED"))
                .add(rows.among(C::PublisherOrganisationId, ViewerFact::AdministeredOrganisations))
                .add(rows.among(C::PublisherOrganisationId, ViewerFact::CommissionerOrganisations))
                .add(of_the_server),
        )
    }
}

impl Scoped for published_figure::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, release::Entity>(rows, published_figure::Column::ReleaseId)
    }
}

/// Leave to say what is too small to publish.
#[derive(Debug)]
pub struct WordPolicy;

/// Leave to make, publish and discard releases.
#[derive(Debug)]
pub struct PublishFigures;

/// Whether the viewer may publish the figures that an organisation recorded: its administrator, its commissioners; for what the
/// server's operator loaded, the platform's administrator.
#[must_use]
pub fn may_publish(viewer: &Viewer, publisher: Option<Uuid>) -> bool {
    publisher.map_or_else(
        || viewer.is_platform_administrator(),
        |of| viewer.administers(of) || viewer.holds(Role::Commissioner, GrantScope::Organisation(of)),
    )
}

/// Leave to word a policy for an organisation.
///
/// # Errors
/// [`Denied`] unless [`may_publish`].
pub fn word_policy(
    viewer: &Viewer,
    organisation: organisation::Model,
) -> Result<Permit<WordPolicy, organisation::Model>, Denied> {
    Permit::when(may_publish(viewer, Some(organisation.id.0)), organisation)
}

/// Leave to make a release of the figures that an organisation recorded, or that the server's operator loaded.
///
/// # Errors
/// [`Denied`] unless [`may_publish`].
pub fn make_release(
    viewer: &Viewer,
    publisher: Option<Uuid>,
) -> Result<Permit<PublishFigures, Option<Uuid>>, Denied> {
    Permit::when(may_publish(viewer, publisher), publisher)
}

/// Leave to publish and to discard a release, and to have the next one take its place.
///
/// # Errors
/// [`Denied`] unless [`may_publish`].
pub fn publish_release(
    viewer: &Viewer,
    release: release::Model,
) -> Result<Permit<PublishFigures, release::Model>, Denied> {
    let publisher = release.publisher_organisation_id.map(|of| of.0);
    Permit::when(may_publish(viewer, publisher), release)
}
