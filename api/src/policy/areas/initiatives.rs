//! Pieces of work: who may start and change them. Who may read them stands in [`super::boards`], whose boards show them.

use entity::boards::initiative;
use entity::partnerships::partnership;
use sea_orm::prelude::Uuid;

use crate::policy::{Denied, Permit, Viewer};

/// Leave to start a piece of work.
#[derive(Debug)]
pub struct CreateInitiative;
/// Leave to change a piece of work.
#[derive(Debug)]
pub struct UpdateInitiative;

/// Whether the viewer may change the work of a partnership: the administrator of an organisation that takes part in it.
#[must_use]
pub fn may_update_initiative(viewer: &Viewer, partnership: impl Into<Uuid>) -> bool {
    let is_administrator = viewer
        .acting_organisation()
        .is_some_and(|organisation| viewer.administers(organisation));
    is_administrator && viewer.takes_part_in(partnership)
}

/// Whether the viewer may start a piece of work: who may change it, and the lead's administrator, whom a rule tells when
/// the partnership is not at work.
#[must_use]
pub fn may_create_initiative(viewer: &Viewer, partnership: Uuid, lead: Uuid) -> bool {
    viewer.administers(lead) || may_update_initiative(viewer, partnership)
}

/// Leave to start a piece of work of a partnership.
///
/// # Errors
/// [`Denied`] unless [`may_create_initiative`].
pub fn create_initiative(
    viewer: &Viewer,
    partnership: partnership::Model,
) -> Result<Permit<CreateInitiative, partnership::Model>, Denied> {
    let allowed = may_create_initiative(viewer, partnership.id.0, partnership.lead_organisation_id.0);
    Permit::when(allowed, partnership)
}

/// Leave to change a piece of work.
///
/// # Errors
/// [`Denied`] unless [`may_update_initiative`].
pub fn update_initiative(
    viewer: &Viewer,
    initiative: initiative::Model,
) -> Result<Permit<UpdateInitiative, initiative::Model>, Denied> {
    Permit::when(
        may_update_initiative(viewer, initiative.partnership_id),
        initiative,
    )
}
