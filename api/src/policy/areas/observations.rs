//! Figures before disclosure control: who may see and do what (`domain.md` 2.8, 2.10 and 3).
//!
//! | | those whom the figure is about | the administrator and commissioners of whoever recorded it | platform administrator, other partners, everybody else |
//! |---|---|---|---|
//! | observation, every revision | read, record, correct; a second person marks it as final | read | **–** |
//! | target, baseline | read, write | read | **–** |
//! | import, with what was wrong in it | – | read; a provider user those that they asked for | **–**; those of the server's operator: the platform's administrator |
//!
//! An import of an organisation is begun by its administrator, commissioners, provider users and systems, and stopped by whoever of them
//! reads it. What was wrong in it says what stands in cells, so provider users do not read what their commissioners import. Each
//! row is checked as if whoever asked recorded it at that moment.
//!
//! Whom a figure is about, by its subject:
//!
//! | subject | whose |
//! |---|---|
//! | area | the council that answers for it: its administrator, its commissioners, its systems |
//! | organisation | the same of the organisation, and its provider users |
//! | service | the same of its provider, and its provider users; the administrator, commissioners and systems of whoever pays for it |
//! | site | the same of the organisation that runs it, and its provider users |
//!
//! Which council answers for an area only the platform's administrator says: a code that an organisation gives itself opens
//! nothing. No agreement opens what stands here: everybody else reads releases, in which small numbers are masked: see
//! [`releases`](super::releases).

use entity::media::media;
use entity::outcomes::{import_batch, import_error, indicator_target, observation};
use entity::parties::kinds::Role;
use entity::parties::{geography, organisation, service, site};
use sea_orm::EntityTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use super::people::AnonymisePerson;
use crate::events::Actor;
use crate::policy::{Account, Denied, GrantScope, Permit, Viewer};
use crate::store::{Rows, Scope, Scoped, ViewerFact, has, is_true};

/// Those who may be whom a figure is about, for an organisation that commissions.
const COMMISSIONING: [ViewerFact; 3] = [
    ViewerFact::AdministeredOrganisations,
    ViewerFact::CommissionerOrganisations,
    ViewerFact::IntegratedOrganisations,
];

/// The same for an organisation that provides: it may do both.
const PROVIDING: [ViewerFact; 4] = [
    ViewerFact::AdministeredOrganisations,
    ViewerFact::CommissionerOrganisations,
    ViewerFact::IntegratedOrganisations,
    ViewerFact::ProviderUserOrganisations,
];

/// The column is an organisation of the viewer's.
fn of_own<E: EntityTrait>(rows: &Rows<E>, column: E::Column, facts: &[ViewerFact]) -> Condition {
    facts
        .iter()
        .fold(Condition::any(), |any, fact| any.add(rows.among(column, *fact)))
}

/// The viewer has any organisation that a figure could be about: without one the database is not asked.
fn has_any() -> Expr {
    let [first, rest @ ..] = PROVIDING;
    rest.into_iter().fold(has(first), |any, fact| any.or(has(fact)))
}

/// The columns that name what a figure is about.
struct Subject<E: EntityTrait> {
    geography: E::Column,
    organisation: E::Column,
    service: E::Column,
    site: E::Column,
}

/// The figure is about an organisation of the viewer's, or about an area, a service or a site of one.
fn is_about_own<E: EntityTrait>(rows: &Rows<E>, subject: &Subject<E>) -> Expr {
    let area = rows.pointed::<geography::Entity>(subject.geography, |area| {
        of_own(area, geography::Column::OrganisationId, &COMMISSIONING)
    });
    let service = rows.pointed::<service::Entity>(subject.service, |service| {
        Condition::any()
            .add(of_own(
                service,
                service::Column::ProviderOrganisationId,
                &PROVIDING,
            ))
            .add(of_own(
                service,
                service::Column::CommissionerOrganisationId,
                &COMMISSIONING,
            ))
    });
    let site = rows.pointed::<site::Entity>(subject.site, |site| {
        of_own(site, site::Column::OrganisationId, &PROVIDING)
    });
    let any = Condition::any()
        .add(of_own(rows, subject.organisation, &PROVIDING))
        .add(area)
        .add(service)
        .add(site);
    has_any().and(Expr::from(any))
}

impl Scoped for observation::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        use observation::Column as C;
        let subject = Subject {
            geography: C::GeographyId,
            organisation: C::OrganisationId,
            service: C::ServiceId,
            site: C::SiteId,
        };
        Scope::when(
            of_own(rows, C::RecordedByOrganisationId, &COMMISSIONING).add(is_about_own(rows, &subject)),
        )
    }
}

impl Scoped for indicator_target::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        use indicator_target::Column as C;
        let subject = Subject {
            geography: C::GeographyId,
            organisation: C::OrganisationId,
            service: C::ServiceId,
            site: C::SiteId,
        };
        Scope::when(of_own(rows, C::SetByOrganisationId, &COMMISSIONING).add(is_about_own(rows, &subject)))
    }
}

impl Scoped for import_batch::Entity {
    /// Those who commission for the organisation that imports, and whoever of its provider users asked for it; what the operator of the
    /// server loads, the platform's administrator.
    fn scope(rows: &Rows<Self>) -> Scope {
        use import_batch::Column as C;
        let of_the_server = Condition::all()
            .add(is_true(ViewerFact::IsPlatformAdministrator))
            .add(rows.column(C::OrganisationId).is_null());
        let asked_for = Condition::all()
            .add(rows.among(C::OrganisationId, ViewerFact::ProviderUserOrganisations))
            .add(rows.is(C::CreatedBy, ViewerFact::User));
        Scope::when(
            of_own(rows, C::OrganisationId, &COMMISSIONING)
                .add(asked_for)
                .add(of_the_server),
        )
    }
}

impl Scoped for import_error::Entity {
    /// Whoever reads the import.
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, import_batch::Entity>(rows, import_error::Column::ImportBatchId)
    }
}

/// Leave to record, correct and finalise figures of a subject, and to set what they are to reach.
#[derive(Debug)]
pub struct RecordFigures;

/// Leave to have a file imported, and to stop that.
#[derive(Debug)]
pub struct ImportFile;

/// Leave to end imports that cannot go on.
#[derive(Debug)]
pub struct EndImport;

/// Leave to say which council answers for an area.
#[derive(Debug)]
pub struct AnswerForArea;

/// Whose figures those about a subject are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Owners {
    /// The organisation itself, the provider of a service, whoever runs a site.
    pub provider: Option<Uuid>,
    /// The council of an area, whoever pays for a service.
    pub commissioner: Option<Uuid>,
}

impl Owners {
    /// Those of an area.
    #[must_use]
    pub fn of_area(area: &geography::Model) -> Self {
        Self {
            commissioner: area.organisation_id.map(|of| of.0),
            ..Self::default()
        }
    }

    /// An organisation.
    #[must_use]
    pub fn of_organisation(organisation: &organisation::Model) -> Self {
        Self {
            provider: Some(organisation.id.0),
            ..Self::default()
        }
    }

    /// Those of a service.
    #[must_use]
    pub fn of_service(service: &service::Model) -> Self {
        Self {
            provider: Some(service.provider_organisation_id.0),
            commissioner: service.commissioner_organisation_id.map(|of| of.0),
        }
    }

    /// Those of a site.
    #[must_use]
    pub fn of_site(site: &site::Model) -> Self {
        Self {
            provider: Some(site.organisation_id.0),
            ..Self::default()
        }
    }
}

/// The organisation for which the viewer may record figures of a subject: one of its owners, for which they act.
#[must_use]
pub fn records_for(viewer: &Viewer, owners: Owners) -> Option<Uuid> {
    let holds = |role, of| viewer.holds(role, GrantScope::Organisation(of));
    let commissions = |of: &Uuid| {
        viewer.administers(*of) || holds(Role::Commissioner, *of) || holds(Role::Integration, *of)
    };
    let provides = |of: &Uuid| commissions(of) || holds(Role::ProviderUser, *of);
    owners
        .provider
        .filter(provides)
        .or_else(|| owners.commissioner.filter(commissions))
}

/// Whether the viewer may have files imported for an organisation: who may record figures of anything that is its own.
#[must_use]
pub fn imports_for(viewer: &Viewer, organisation: Uuid) -> bool {
    const ROLES: [Role; 3] = [Role::Commissioner, Role::Integration, Role::ProviderUser];
    let holds = |role: Role| viewer.holds(role, GrantScope::Organisation(organisation));
    viewer.administers(organisation) || ROLES.into_iter().any(holds)
}

/// Leave to have a file imported for an organisation.
///
/// # Errors
/// [`Denied`] unless the viewer [`imports_for`] it.
pub fn import_for(
    viewer: &Viewer,
    organisation: organisation::Model,
) -> Result<Permit<ImportFile, organisation::Model>, Denied> {
    Permit::when(imports_for(viewer, organisation.id.0), organisation)
}

/// Whether it was the viewer's account that asked for an import.
#[must_use]
pub fn asked_for(viewer: &Viewer, batch: &import_batch::Model) -> bool {
    match viewer.account() {
        Account::Public => false,
        Account::User { user, .. } => batch.created_by.is_some_and(|by| by.0 == user),
        Account::Service { service, .. } => batch.service_account_id.is_some_and(|by| by.0 == service),
    }
}

/// Whether the viewer reads an import of an organisation: whoever commissions for it; a provider user who asked for it.
#[must_use]
pub fn reads_import(viewer: &Viewer, batch: &import_batch::Model) -> bool {
    batch.organisation_id.is_some_and(|organisation| {
        let holds = |role| viewer.holds(role, GrantScope::Organisation(organisation.0));
        viewer.administers(organisation.0)
            || holds(Role::Commissioner)
            || holds(Role::Integration)
            || holds(Role::ProviderUser) && asked_for(viewer, batch)
    })
}

/// Leave to go on with an import, and to stop it.
///
/// # Errors
/// [`Denied`] unless the viewer [`reads_import`]; for what the server's operator imports.
pub fn go_on_with(
    viewer: &Viewer,
    batch: import_batch::Model,
) -> Result<Permit<ImportFile, import_batch::Model>, Denied> {
    Permit::when(reads_import(viewer, &batch), batch)
}

/// The server itself ends an import that cannot go on, such as one of somebody who may import no more.
///
/// # Errors
/// [`Denied`] for accounts, and for what the server's operator imports.
pub fn end_import(
    actor: &Actor,
    batch: import_batch::Model,
) -> Result<Permit<EndImport, import_batch::Model>, Denied> {
    let is_server = actor.user.is_none() && actor.service.is_none();
    Permit::when(is_server && batch.organisation_id.is_some(), batch)
}

/// Erasure of a person ends what reads a file that is theirs alone: the file goes.
///
/// # Errors
/// [`Denied`] for imports that read another file.
pub fn end_import_of(
    file: &Permit<AnonymisePerson, media::Model>,
    batch: import_batch::Model,
) -> Result<Permit<EndImport, import_batch::Model>, Denied> {
    let reads_it = batch.media_id.is_some_and(|media| media.0 == file.model().id.0);
    Permit::when(reads_it, batch)
}

/// Leave to record figures of a subject.
///
/// # Errors
/// [`Denied`] unless the viewer [`records_for`] one of its owners.
pub fn record(viewer: &Viewer, owners: Owners) -> Result<Permit<RecordFigures, Uuid>, Denied> {
    let organisation = records_for(viewer, owners).ok_or(Denied)?;
    Permit::when(true, organisation)
}

/// Leave to correct and finalise a figure of a subject.
///
/// # Errors
/// [`Denied`] unless the viewer [`records_for`] one of its owners.
pub fn change_observation(
    viewer: &Viewer,
    owners: Owners,
    observation: observation::Model,
) -> Result<Permit<RecordFigures, observation::Model>, Denied> {
    Permit::when(records_for(viewer, owners).is_some(), observation)
}

/// Leave to change a target or a baseline of a subject.
///
/// # Errors
/// [`Denied`] unless the viewer [`records_for`] one of its owners.
pub fn change_target(
    viewer: &Viewer,
    owners: Owners,
    target: indicator_target::Model,
) -> Result<Permit<RecordFigures, indicator_target::Model>, Denied> {
    Permit::when(records_for(viewer, owners).is_some(), target)
}

/// Whether the viewer may say which council answers for an area: the platform's administrator.
#[must_use]
pub fn may_answer_for_areas(viewer: &Viewer) -> bool {
    viewer.is_platform_administrator()
}

/// Leave to say which council answers for an area.
///
/// # Errors
/// [`Denied`] unless [`may_answer_for_areas`].
pub fn answer_for_area(
    viewer: &Viewer,
    area: geography::Model,
) -> Result<Permit<AnswerForArea, geography::Model>, Denied> {
    Permit::when(may_answer_for_areas(viewer), area)
}
