//! What people get for taking part: who may see and do what (`domain.md` 2.9 and 3).
//!
//! | | the person | administrator of the organisation that pays | chair, facilitator | platform administrator |
//! |---|---|---|---|---|
//! | contribution | read; accept, decline, donate | read; offer, take back | – | – |
//! | minutes of it | record; confirm what the organisation recorded | record; confirm what the person recorded | – | – |
//!
//! What somebody is paid can cost them a benefit, so it is a matter of these two alone: no role on a board or on the platform
//! opens it. Nobody acts for the organisation towards themselves: an administrator who takes part is offered something, and has
//! their minutes confirmed, by another administrator.

use entity::parties::organisation;
use entity::reciprocity::contribution;
use entity::reciprocity::kinds::ContributionSide;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Condition;

use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Rows, Scope, Scoped, ViewerFact};

impl Scoped for contribution::Entity {
    /// The person, and the administrator of the organisation that pays.
    fn scope(rows: &Rows<Self>) -> Scope {
        use contribution::Column as C;
        Scope::when(
            Condition::any()
                .add(rows.is(C::PersonId, ViewerFact::Person))
                .add(rows.among(C::OrganisationId, ViewerFact::AdministeredOrganisations)),
        )
    }
}

/// Leave to offer something for taking part.
#[derive(Debug)]
pub struct OfferContribution;
/// Leave to take an offer back.
#[derive(Debug)]
pub struct WithdrawContribution;
/// Leave to answer an offer.
#[derive(Debug)]
pub struct AnswerContribution;
/// Leave to say how long it took.
#[derive(Debug)]
pub struct RecordMinutes;

/// For which of the two the viewer acts: as the person; or, as its administrator, for the organisation that pays. For
/// neither otherwise.
#[must_use]
pub fn side_of(viewer: &Viewer, person: Uuid, organisation: Uuid) -> Option<ContributionSide> {
    if viewer.person() == Some(person) {
        return Some(ContributionSide::Person);
    }
    viewer
        .administers(organisation)
        .then_some(ContributionSide::Organisation)
}

/// Whether the viewer may offer a person something on behalf of an organisation, and take it back: its administrator, and
/// never for themselves.
#[must_use]
pub fn may_offer(viewer: &Viewer, person: Uuid, organisation: Uuid) -> bool {
    side_of(viewer, person, organisation) == Some(ContributionSide::Organisation)
}

/// Leave to offer a person something.
///
/// # Errors
/// [`Denied`] unless [`may_offer`].
pub fn offer_contribution(
    viewer: &Viewer,
    organisation: organisation::Model,
    person: Uuid,
) -> Result<Permit<OfferContribution, organisation::Model>, Denied> {
    let allowed = may_offer(viewer, person, organisation.id.0);
    Permit::when(allowed, organisation)
}

/// Leave to take an offer back.
///
/// # Errors
/// [`Denied`] unless [`may_offer`].
pub fn withdraw_contribution(
    viewer: &Viewer,
    contribution: contribution::Model,
) -> Result<Permit<WithdrawContribution, contribution::Model>, Denied> {
    let allowed = may_offer(viewer, contribution.person_id.0, contribution.organisation_id.0);
    Permit::when(allowed, contribution)
}

/// Whether the viewer may answer an offer: the person alone.
#[must_use]
pub fn may_answer_contribution(viewer: &Viewer, person: Uuid) -> bool {
    viewer.person() == Some(person)
}

/// Leave to answer an offer.
///
/// # Errors
/// [`Denied`] unless [`may_answer_contribution`].
pub fn answer_contribution(
    viewer: &Viewer,
    contribution: contribution::Model,
) -> Result<Permit<AnswerContribution, contribution::Model>, Denied> {
    let allowed = may_answer_contribution(viewer, contribution.person_id.0);
    Permit::when(allowed, contribution)
}

/// Leave to say how long it took, and for which of the two.
///
/// # Errors
/// [`Denied`] for everybody but the two.
pub fn record_minutes(
    viewer: &Viewer,
    contribution: contribution::Model,
) -> Result<(ContributionSide, Permit<RecordMinutes, contribution::Model>), Denied> {
    let side = side_of(viewer, contribution.person_id.0, contribution.organisation_id.0).ok_or(Denied)?;
    Ok((side, Permit::when(true, contribution)?))
}

/// Whether the viewer may confirm the minutes: whichever of the two did not record them.
#[must_use]
pub fn may_confirm_minutes(
    viewer: &Viewer,
    (person, organisation): (Uuid, Uuid),
    recorded_by: Option<ContributionSide>,
) -> bool {
    let side = side_of(viewer, person, organisation);
    side.is_some() && recorded_by.is_none_or(|recorder| side != Some(recorder))
}

/// Leave to confirm the minutes.
///
/// # Errors
/// [`Denied`] unless [`may_confirm_minutes`].
pub fn confirm_minutes(
    viewer: &Viewer,
    contribution: contribution::Model,
) -> Result<Permit<RecordMinutes, contribution::Model>, Denied> {
    let of = (contribution.person_id.0, contribution.organisation_id.0);
    let allowed = may_confirm_minutes(viewer, of, contribution.minutes_recorded_by);
    Permit::when(allowed, contribution)
}
