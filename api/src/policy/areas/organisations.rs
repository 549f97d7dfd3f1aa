//! Organisations, and what belongs to them: who may see and do what.
//!
//! | | public | known | own administrator | platform administrator |
//! |---|---|---|---|---|
//! | organisation | read, once checked | read; register a new one | write, close | write, check, suspend, close |
//! | its identifiers, sites, services | read, once checked | read | write | write |
//! | geography | read | read | read | read; the server loads it |
//!
//! Until the platform has checked an organisation, only its administrator, whoever registered it and the platform's
//! administrator see it.

use entity::id::{OrganisationId, UserId};
use entity::parties::{geography, organisation, organisation_identifier, service, site, site_identifier};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, ExprTrait};

use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Rows, Scope, Scoped, ViewerFact, is_true};

impl Scoped for organisation::Entity {
    /// Everybody sees an organisation once the platform has checked it; before that, its own administrator and whoever
    /// registered it do.
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.column(organisation::Column::Status).ne("PENDING"))
                .add(rows.is(organisation::Column::CreatedBy, ViewerFact::User))
                .add(rows.among(organisation::Column::Id, ViewerFact::AdministeredOrganisations))
                .add(is_true(ViewerFact::IsPlatformAdministrator)),
        )
    }
}

impl Scoped for organisation_identifier::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, organisation::Entity>(rows, organisation_identifier::Column::OrganisationId)
    }
}

impl Scoped for site::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, organisation::Entity>(rows, site::Column::OrganisationId)
    }
}

impl Scoped for site_identifier::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, site::Entity>(rows, site_identifier::Column::SiteId)
    }
}

impl Scoped for service::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, organisation::Entity>(rows, service::Column::ProviderOrganisationId)
    }
}

impl Scoped for geography::Entity {
    fn scope(_: &Rows<Self>) -> Scope {
        Scope::everyone()
    }
}

/// Leave to register an organisation, with the user who does it.
#[derive(Debug)]
pub struct CreateOrganisation;
/// Leave to change an organisation, and to add codes, sites and services to it.
#[derive(Debug)]
pub struct UpdateOrganisation;
/// Leave to admit, suspend and resume an organisation.
#[derive(Debug)]
pub struct CheckOrganisation;
/// Leave to end a code of an organisation or a site.
#[derive(Debug)]
pub struct EndIdentifier;
/// Leave to change a site, and to add codes to it.
#[derive(Debug)]
pub struct UpdateSite;
/// Leave to change a service.
#[derive(Debug)]
pub struct UpdateService;
/// Leave to load the reference data that comes with the server.
#[derive(Debug)]
pub struct LoadReferenceData;

/// Everybody who signs in as a person may register an organisation. It means little until the platform has checked it.
///
/// # Errors
/// [`Denied`] for the public and for computer systems.
pub fn create_organisation(viewer: &Viewer) -> Result<Permit<CreateOrganisation, UserId>, Denied> {
    let user = viewer.user().ok_or(Denied)?;
    Permit::when(true, UserId(user))
}

/// Whether the viewer may change an organisation and what belongs to it: its administrator, the platform's. Both may close it,
/// too.
#[must_use]
pub fn may_update_organisation(viewer: &Viewer, organisation: impl Into<Uuid>) -> bool {
    viewer.administers(organisation) || viewer.is_platform_administrator()
}

/// Leave to change an organisation and what belongs to it.
///
/// # Errors
/// [`Denied`] unless [`may_update_organisation`].
pub fn update_organisation(
    viewer: &Viewer,
    organisation: organisation::Model,
) -> Result<Permit<UpdateOrganisation, organisation::Model>, Denied> {
    Permit::when(may_update_organisation(viewer, organisation.id), organisation)
}

/// Whether the viewer may admit, suspend and resume organisations: the platform's administrator.
#[must_use]
pub fn may_check_organisation(viewer: &Viewer) -> bool {
    viewer.is_platform_administrator()
}

/// Leave to admit, suspend or resume an organisation.
///
/// # Errors
/// [`Denied`] unless [`may_check_organisation`].
pub fn check_organisation(
    viewer: &Viewer,
    organisation: organisation::Model,
) -> Result<Permit<CheckOrganisation, organisation::Model>, Denied> {
    Permit::when(may_check_organisation(viewer), organisation)
}

/// Leave to end a code of an organisation.
///
/// # Errors
/// [`Denied`] unless [`may_update_organisation`].
pub fn end_organisation_identifier(
    viewer: &Viewer,
    identifier: organisation_identifier::Model,
) -> Result<Permit<EndIdentifier, organisation_identifier::Model>, Denied> {
    Permit::when(
        may_update_organisation(viewer, identifier.organisation_id),
        identifier,
    )
}

/// Leave to change a site: as for the organisation that runs it.
///
/// # Errors
/// [`Denied`] unless [`may_update_organisation`].
pub fn update_site(viewer: &Viewer, site: site::Model) -> Result<Permit<UpdateSite, site::Model>, Denied> {
    Permit::when(may_update_organisation(viewer, site.organisation_id), site)
}

/// Leave to end a code of a site that `organisation` runs.
///
/// # Errors
/// [`Denied`] unless [`may_update_organisation`].
pub fn end_site_identifier(
    viewer: &Viewer,
    organisation: OrganisationId,
    identifier: site_identifier::Model,
) -> Result<Permit<EndIdentifier, site_identifier::Model>, Denied> {
    Permit::when(may_update_organisation(viewer, organisation), identifier)
}

/// Leave to change a service: as for the organisation that provides it.
///
/// # Errors
/// [`Denied`] unless [`may_update_organisation`].
pub fn update_service(
    viewer: &Viewer,
    service: service::Model,
) -> Result<Permit<UpdateService, service::Model>, Denied> {
    Permit::when(
        may_update_organisation(viewer, service.provider_organisation_id),
        service,
    )
}

/// Leave for the server itself to load what everybody may read. No request comes here: it needs no viewer.
///
/// # Errors
/// None.
pub fn load_reference_data() -> Result<Permit<LoadReferenceData, ()>, Denied> {
    Permit::when(true, ())
}
