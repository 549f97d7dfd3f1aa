//! Organisations and people: who may see and do what.
//!
//! | | public | known | own organisation's administrator | the person | platform administrator |
//! |---|---|---|---|---|---|
//! | organisation | read, once checked | read; register a new one | write, close | read | write, check, suspend, close |
//! | its identifiers, sites, services | read, once checked | read | write | read | write |
//! | geography | read | read | read | read | read; the server loads it |
//! | person: name | with consent | who sees them on a board | read, write | read, write | read |
//! | person: contact details | – | chair with consent | read | read, write | – |
//! | access needs | – | chair with consent | – | read, write | – |
//! | ties that say somebody receives a service | – | – | – | read, write | – |
//!
//! Until the platform has checked an organisation, only its administrator, whoever registered it and the platform's
//! administrator see it.

use entity::boards::{board, board_membership};
use entity::id::{OrganisationId, UserId};
use entity::panels::{application, panellist};
use entity::parties::{
    access_need, affiliation, consent, geography, organisation, organisation_identifier, person, role_grant,
    service, service_account, site, site_identifier, user_account,
};
use sea_orm::DbBackend;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use super::feedback_tellers::has_told_own_organisation;
use super::gatherings::comes_to_own_event;
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Parameter, Rows, Scope, Scoped, ViewerFact, has, is_true};

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

impl Scoped for person::Entity {
    /// The person, the administrator of an organisation that they belong to, that deals with feedback of theirs, or that
    /// hosts an event to which they come, the platform's administrator, and whoever sees a membership or an application of
    /// theirs, or a panel that they have a part in.
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.is(person::Column::Id, ViewerFact::Person))
                .add(belongs_to_own_organisation(rows, person::Column::Id))
                .add(has_told_own_organisation(rows, person::Column::Id))
                .add(comes_to_own_event(rows, person::Column::Id))
                .add(is_true(ViewerFact::IsPlatformAdministrator)),
        )
        .or_shown_by::<_, board_membership::Entity>(rows, board_membership::Column::PersonId)
        .or_shown_by::<_, application::Entity>(rows, application::Column::PersonId)
        .or_shown_by::<_, panellist::Entity>(rows, panellist::Column::PersonId)
        .or_shown_by::<_, panellist::Entity>(rows, panellist::Column::SupporterPersonId)
    }
}

/// The person works or volunteers for an organisation that the viewer administers. Receiving its services does not
/// count: that is nobody's business but the person's.
pub(super) fn belongs_to_own_organisation<E: sea_orm::EntityTrait>(
    rows: &Rows<E>,
    person: E::Column,
) -> Expr {
    let belongs = rows.exists::<affiliation::Entity>(|tie| {
        Condition::all()
            .add(tie.matches(affiliation::Column::PersonId, rows, person))
            .add(tie.column(affiliation::Column::Kind).is_not_in(RECEIVES))
            .add(still_runs(tie))
            .add(tie.among(
                affiliation::Column::OrganisationId,
                ViewerFact::AdministeredOrganisations,
            ))
    });
    has(ViewerFact::AdministeredOrganisations).and(belongs)
}

/// The person works or volunteers for an organisation that the viewer does not administer.
pub(super) fn belongs_elsewhere<E: sea_orm::EntityTrait>(rows: &Rows<E>, person: E::Column) -> Expr {
    rows.exists::<affiliation::Entity>(|tie| {
        let own = tie.among(
            affiliation::Column::OrganisationId,
            ViewerFact::AdministeredOrganisations,
        );
        Condition::all()
            .add(tie.matches(affiliation::Column::PersonId, rows, person))
            .add(tie.column(affiliation::Column::Kind).is_not_in(RECEIVES))
            .add(still_runs(tie))
            .add(own.not())
    })
}

const RECEIVES: [&str; 2] = ["RECEIVES_SERVICE", "FAMILY_RECEIVES_SERVICE"];

/// The tie has begun and has not ended.
fn still_runs(tie: &Rows<affiliation::Entity>) -> Condition {
    let has_not_ended = Condition::any()
        .add(tie.column(affiliation::Column::ToOn).is_null())
        .add(tie.column(affiliation::Column::ToOn).gte(Parameter::Today.expr()));
    Condition::all()
        .add(
            tie.column(affiliation::Column::FromOn)
                .lte(Parameter::Today.expr()),
        )
        .add(has_not_ended)
}

/// Who may read a person's contact details: the person, the administrator of an organisation they belong to, and,
/// with the person's consent to be contacted, the chair of a board they are on.
#[must_use]
pub fn contact_readers(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<person::Entity>::new(alias, backend);
    Condition::any()
        .add(rows.is(person::Column::Id, ViewerFact::Person))
        .add(belongs_to_own_organisation(&rows, person::Column::Id))
        .add(on_chaired_board_with_consent(
            &rows,
            person::Column::Id,
            "CONTACT",
        ))
}

/// The person is on a board that the viewer chairs, and has consented to this purpose: in general, or towards the
/// organisation that runs this very board.
fn on_chaired_board_with_consent<E: sea_orm::EntityTrait>(
    rows: &Rows<E>,
    person: E::Column,
    purpose: &'static str,
) -> Expr {
    let shared = rows.exists::<board_membership::Entity>(|membership| {
        let consents = membership.exists::<consent::Entity>(|given| {
            let to_the_host = given.exists::<board::Entity>(|host| {
                Condition::all()
                    .add(host.matches(board::Column::Id, membership, board_membership::Column::BoardId))
                    .add(host.matches(
                        board::Column::HostOrganisationId,
                        given,
                        consent::Column::GranteeOrganisationId,
                    ))
            });
            Condition::all()
                .add(given.matches(consent::Column::PersonId, rows, person))
                .add(given.column(consent::Column::Purpose).eq(purpose))
                .add(in_force(given))
                .add(
                    Condition::any()
                        .add(given.column(consent::Column::GranteeOrganisationId).is_null())
                        .add(to_the_host),
                )
        });
        Condition::all()
            .add(membership.matches(board_membership::Column::PersonId, rows, person))
            .add(membership.column(board_membership::Column::Stage).is_not_in([
                "ENDED",
                "DECLINED",
                "WITHDRAWN",
            ]))
            .add(membership.among(board_membership::Column::BoardId, ViewerFact::ChairedBoards))
            .add(consents)
    });
    has(ViewerFact::ChairedBoards).and(shared)
}

/// A consent counts until it is withdrawn; withdrawal takes effect with the next read.
#[must_use]
pub fn in_force(given: &Rows<consent::Entity>) -> Condition {
    Condition::any()
        .add(given.column(consent::Column::WithdrawnAt).is_null())
        .add(
            given
                .column(consent::Column::WithdrawnAt)
                .gt(Parameter::Now.expr()),
        )
}

impl Scoped for user_account::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.is(user_account::Column::Id, ViewerFact::User))
                .add(belongs_to_own_organisation(rows, user_account::Column::PersonId))
                .add(is_true(ViewerFact::IsPlatformAdministrator)),
        )
    }
}

impl Scoped for service_account::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.among(
                    service_account::Column::OrganisationId,
                    ViewerFact::AdministeredOrganisations,
                ))
                .add(is_true(ViewerFact::IsPlatformAdministrator)),
        )
    }
}

impl Scoped for affiliation::Entity {
    /// The person sees all their ties. An organisation's administrator sees those to it, but not who receives its
    /// services: such a tie is special-category data.
    fn scope(rows: &Rows<Self>) -> Scope {
        let to_own_organisation = Condition::all()
            .add(rows.among(
                affiliation::Column::OrganisationId,
                ViewerFact::AdministeredOrganisations,
            ))
            .add(rows.column(affiliation::Column::Kind).is_not_in(RECEIVES));
        Scope::when(
            Condition::any()
                .add(rows.is(affiliation::Column::PersonId, ViewerFact::Person))
                .add(to_own_organisation),
        )
    }
}

impl Scoped for access_need::Entity {
    /// The person; and the chair of a board they are on, once they have agreed to share their needs.
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.is(access_need::Column::PersonId, ViewerFact::Person))
                .add(on_chaired_board_with_consent(
                    rows,
                    access_need::Column::PersonId,
                    "SHARE_ACCESS_NEEDS",
                )),
        )
    }
}

impl Scoped for consent::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.is(consent::Column::PersonId, ViewerFact::Person))
                .add(rows.among(
                    consent::Column::GranteeOrganisationId,
                    ViewerFact::AdministeredOrganisations,
                )),
        )
    }
}

impl Scoped for role_grant::Entity {
    /// Whoever holds the role, whoever may take it back, and the platform's administrator.
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            super::access::run_where_it_holds(rows)
                .add(rows.is(role_grant::Column::UserId, ViewerFact::User))
                .add(is_true(ViewerFact::IsPlatformAdministrator)),
        )
    }
}
