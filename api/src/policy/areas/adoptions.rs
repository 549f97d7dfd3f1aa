//! Who adopts what people wrote together: who may see and do what (`domain.md` 2.6, 2.10 and 3).
//!
//! | | public | adopter's administrator | administrator of the resource's owner |
//! |---|---|---|---|
//! | adoption of a version that everybody may read | read | write | read |
//! | adoption of a version that was withdrawn | – | write | read |
//! | adoption that was withdrawn | – | read | read |
//! | evidence, each time it was shown | with the adoption | with the adoption; add | with the adoption |
//!
//! An adoption is said in public: the adopter, the version, the evidence. Only the adopter's administrator writes it, and for
//! nobody else.

use entity::parties::organisation;
use entity::resources::{adoption, adoption_evidence, resource, resource_version};
use sea_orm::EntityTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Rows, Scope, Scoped, ViewerFact, has};

/// An organisation that the viewer administers has adopted the version, or had.
pub(super) fn adopted_by_own_organisation<E: EntityTrait>(rows: &Rows<E>, version: E::Column) -> Expr {
    let adopted = rows.exists::<adoption::Entity>(|own| {
        Condition::all()
            .add(own.matches(adoption::Column::ResourceVersionId, rows, version))
            .add(own.among(
                adoption::Column::OrganisationId,
                ViewerFact::AdministeredOrganisations,
            ))
    });
    has(ViewerFact::AdministeredOrganisations).and(adopted)
}

impl Scoped for adoption::Entity {
    /// The adopter, the owner of the resource, and while neither it nor its version is withdrawn, everybody.
    fn scope(rows: &Rows<Self>) -> Scope {
        use adoption::Column as C;
        let of_what_stands = rows.pointed::<resource_version::Entity>(C::ResourceVersionId, |version| {
            version
                .column(resource_version::Column::Status)
                .is_in(["PUBLISHED", "SUPERSEDED"])
                .into()
        });
        let owned = rows.pointed::<resource::Entity>(C::ResourceId, |resource| {
            resource
                .among(
                    resource::Column::OwnerOrganisationId,
                    ViewerFact::AdministeredOrganisations,
                )
                .into()
        });
        let to_everybody = Condition::all()
            .add(rows.column(C::Status).ne("WITHDRAWN"))
            .add(of_what_stands);
        Scope::when(
            Condition::any()
                .add(to_everybody)
                .add(rows.among(C::OrganisationId, ViewerFact::AdministeredOrganisations))
                .add(has(ViewerFact::AdministeredOrganisations).and(owned)),
        )
    }
}

impl Scoped for adoption_evidence::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, adoption::Entity>(rows, adoption_evidence::Column::AdoptionId)
    }
}

/// Leave to adopt in the name of an organisation.
#[derive(Debug)]
pub struct Adopt;

/// Whether the viewer may adopt in the name of an organisation: its administrator.
#[must_use]
pub fn may_adopt(viewer: &Viewer, organisation: Uuid) -> bool {
    viewer.administers(organisation)
}

/// Leave to pledge to adopt a version.
///
/// # Errors
/// [`Denied`] unless [`may_adopt`].
pub fn pledge(
    viewer: &Viewer,
    organisation: organisation::Model,
) -> Result<Permit<Adopt, organisation::Model>, Denied> {
    Permit::when(may_adopt(viewer, organisation.id.0), organisation)
}

/// Leave to say what became of an adoption.
///
/// # Errors
/// [`Denied`] unless [`may_adopt`].
pub fn change_adoption(
    viewer: &Viewer,
    adoption: adoption::Model,
) -> Result<Permit<Adopt, adoption::Model>, Denied> {
    Permit::when(may_adopt(viewer, adoption.organisation_id.0), adoption)
}
