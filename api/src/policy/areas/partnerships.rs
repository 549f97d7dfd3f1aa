//! Partnerships and agreements: who may see and do what.
//!
//! | | public | members' people, seated members | lead's administrator | each organisation's administrator | platform administrator |
//! |---|---|---|---|---|---|
//! | partnership: name | read | read | write | read | read |
//! | partnership: terms, members | – | read | write | joins, leaves for its own | read |
//! | agreements, signatures | – | read | write until signed | reads, signs, ends for its own | read |
//!
//! The clock activates and expires agreements, as the server itself.

use entity::boards::board;
use entity::parties::organisation;
use entity::partnerships::{agreement_party, data_sharing_agreement, partnership, partnership_member};
use sea_orm::DbBackend;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use crate::events::Actor;
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Rows, Scope, Scoped, ViewerFact, has, is_true};

/// The viewer's organisation is an active member, or they sit on or chair a board of the partnership.
fn takes_part<E: sea_orm::EntityTrait>(rows: &Rows<E>, partnership: E::Column) -> Condition {
    Condition::any()
        .add(rows.among(partnership, ViewerFact::OwnPartnerships))
        .add(is_true(ViewerFact::IsPlatformAdministrator))
        .add(on_a_board_of(rows, partnership))
}

fn on_a_board_of<E: sea_orm::EntityTrait>(rows: &Rows<E>, partnership: E::Column) -> Expr {
    let on_a_board = rows.exists::<board::Entity>(|board| {
        Condition::all()
            .add(board.matches(board::Column::PartnershipId, rows, partnership))
            .add(
                Condition::any()
                    .add(board.among(board::Column::Id, ViewerFact::SeatedBoards))
                    .add(board.among(board::Column::Id, ViewerFact::ChairedBoards)),
            )
    });
    has(ViewerFact::SeatedBoards)
        .or(has(ViewerFact::ChairedBoards))
        .and(on_a_board)
}

/// The viewer administers the organisation that leads the partnership, or one that is invited to it.
fn invited_or_leads(rows: &Rows<partnership::Entity>) -> Condition {
    let invited = rows.exists::<partnership_member::Entity>(|member| {
        Condition::all()
            .add(member.matches(
                partnership_member::Column::PartnershipId,
                rows,
                partnership::Column::Id,
            ))
            .add(member.column(partnership_member::Column::Status).ne("LEFT"))
            .add(member.among(
                partnership_member::Column::OrganisationId,
                ViewerFact::AdministeredOrganisations,
            ))
    });
    Condition::any()
        .add(rows.among(
            partnership::Column::LeadOrganisationId,
            ViewerFact::AdministeredOrganisations,
        ))
        .add(invited)
}

impl Scoped for partnership::Entity {
    /// Everybody may read the name of a partnership that has begun; one that is forming is its members' own matter.
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.column(partnership::Column::Status).ne("FORMING"))
                .add(takes_part(rows, partnership::Column::Id))
                .add(invited_or_leads(rows)),
        )
    }
}

/// Who may read the terms of a partnership: those who take part in it or are invited to.
#[must_use]
pub fn terms_readers(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<partnership::Entity>::new(alias, backend);
    Condition::any()
        .add(takes_part(&rows, partnership::Column::Id))
        .add(invited_or_leads(&rows))
}

impl Scoped for partnership_member::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        let lead = rows.exists::<partnership::Entity>(|of| {
            Condition::all()
                .add(of.matches(
                    partnership::Column::Id,
                    rows,
                    partnership_member::Column::PartnershipId,
                ))
                .add(of.among(
                    partnership::Column::LeadOrganisationId,
                    ViewerFact::AdministeredOrganisations,
                ))
        });
        Scope::when(
            Condition::any()
                .add(takes_part(rows, partnership_member::Column::PartnershipId))
                .add(rows.among(
                    partnership_member::Column::OrganisationId,
                    ViewerFact::AdministeredOrganisations,
                ))
                .add(lead),
        )
    }
}

impl Scoped for data_sharing_agreement::Entity {
    /// Those who take part in the partnership, its lead, and each party: it can sign before the partnership is at work,
    /// and end what it signed even after it left.
    fn scope(rows: &Rows<Self>) -> Scope {
        let party = rows.exists::<agreement_party::Entity>(|party| {
            Condition::all()
                .add(party.matches(
                    agreement_party::Column::AgreementId,
                    rows,
                    data_sharing_agreement::Column::Id,
                ))
                .add(party.among(
                    agreement_party::Column::OrganisationId,
                    ViewerFact::AdministeredOrganisations,
                ))
        });
        let lead = rows.exists::<partnership::Entity>(|of| {
            Condition::all()
                .add(of.matches(
                    partnership::Column::Id,
                    rows,
                    data_sharing_agreement::Column::PartnershipId,
                ))
                .add(of.among(
                    partnership::Column::LeadOrganisationId,
                    ViewerFact::AdministeredOrganisations,
                ))
        });
        Scope::when(
            Condition::any()
                .add(takes_part(rows, data_sharing_agreement::Column::PartnershipId))
                .add(lead)
                .add(party),
        )
    }
}

impl Scoped for agreement_party::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, data_sharing_agreement::Entity>(rows, agreement_party::Column::AgreementId)
    }
}

/// Leave to set up a partnership that an organisation leads.
#[derive(Debug)]
pub struct CreatePartnership;
/// Leave to do what a partnership's lead does: change, activate and close it, invite members, hand over the lead, and
/// write its agreements.
#[derive(Debug)]
pub struct LeadPartnership;
/// Leave to give a member another part, as the lead is handed over.
#[derive(Debug)]
pub struct HandOverLead;
/// Leave to accept, decline and leave for an organisation.
#[derive(Debug)]
pub struct ActForMember;
/// Leave to let a partnership form again because it lost a partner.
#[derive(Debug)]
pub struct LosePartner;
/// Leave to change an agreement that nobody has signed.
#[derive(Debug)]
pub struct WriteAgreement;
/// Leave to sign an agreement for an organisation.
#[derive(Debug)]
pub struct SignAgreement;
/// Leave to bring an agreement into force by the signature that completes it.
#[derive(Debug)]
pub struct CompleteAgreement;
/// Leave to end an agreement for a party.
#[derive(Debug)]
pub struct TerminateAgreement;
/// Leave of the server itself to let an agreement begin and end by the calendar.
#[derive(Debug)]
pub struct KeepAgreement;

/// The administrator of the organisation that will lead it sets a partnership up.
///
/// # Errors
/// [`Denied`] for everybody else.
pub fn create_partnership(
    viewer: &Viewer,
    lead: organisation::Model,
) -> Result<Permit<CreatePartnership, organisation::Model>, Denied> {
    Permit::when(viewer.administers(lead.id), lead)
}

/// Whether the viewer may do what the lead of a partnership does: the lead's administrator.
#[must_use]
pub fn may_lead_partnership(viewer: &Viewer, lead: impl Into<Uuid>) -> bool {
    viewer.administers(lead)
}

/// Leave to do what the lead does.
///
/// # Errors
/// [`Denied`] unless [`may_lead_partnership`].
pub fn lead_partnership(
    viewer: &Viewer,
    partnership: partnership::Model,
) -> Result<Permit<LeadPartnership, partnership::Model>, Denied> {
    Permit::when(
        may_lead_partnership(viewer, partnership.lead_organisation_id),
        partnership,
    )
}

/// Handing over the lead changes the parts of the two members.
///
/// # Errors
/// [`Denied`] for a member of another partnership.
pub fn hand_over_lead(
    lead: &Permit<LeadPartnership, partnership::Model>,
    member: partnership_member::Model,
) -> Result<Permit<HandOverLead, partnership_member::Model>, Denied> {
    Permit::when(member.partnership_id == lead.model().id, member)
}

/// Whether the viewer may accept, decline and leave for an organisation: only its own administrator.
#[must_use]
pub fn may_act_for_member(viewer: &Viewer, organisation: impl Into<Uuid>) -> bool {
    viewer.administers(organisation)
}

/// Leave to accept, decline and leave.
///
/// # Errors
/// [`Denied`] unless [`may_act_for_member`].
pub fn act_for_member(
    viewer: &Viewer,
    member: partnership_member::Model,
) -> Result<Permit<ActForMember, partnership_member::Model>, Denied> {
    Permit::when(may_act_for_member(viewer, member.organisation_id), member)
}

/// A partnership that a permitted change deprives of a partner may form again; `cause` is the permit of that change: a
/// member leaves, an organisation is suspended or closed.
///
/// # Errors
/// None: the cause was permitted.
pub fn lose_partner<A, M>(
    _cause: &Permit<A, M>,
    partnership: partnership::Model,
) -> Result<Permit<LosePartner, partnership::Model>, Denied> {
    Permit::when(true, partnership)
}

/// The lead's administrator changes an agreement of the partnership.
///
/// # Errors
/// [`Denied`] for an agreement of another partnership.
pub fn write_agreement(
    lead: &Permit<LeadPartnership, partnership::Model>,
    agreement: data_sharing_agreement::Model,
) -> Result<Permit<WriteAgreement, data_sharing_agreement::Model>, Denied> {
    Permit::when(agreement.partnership_id == lead.model().id, agreement)
}

/// Whether the viewer may sign for an organisation: its own administrator, who is a person. A computer system gives no
/// signature.
#[must_use]
pub fn may_sign(viewer: &Viewer, organisation: impl Into<Uuid>) -> bool {
    viewer.user().is_some() && viewer.administers(organisation)
}

/// Leave to sign.
///
/// # Errors
/// [`Denied`] unless [`may_sign`].
pub fn sign_agreement(
    viewer: &Viewer,
    party: agreement_party::Model,
) -> Result<Permit<SignAgreement, agreement_party::Model>, Denied> {
    Permit::when(may_sign(viewer, party.organisation_id), party)
}

/// A signature that completes an agreement brings it into force.
///
/// # Errors
/// [`Denied`] for another agreement than the one that is signed.
pub fn complete_agreement(
    signature: &Permit<SignAgreement, agreement_party::Model>,
    agreement: data_sharing_agreement::Model,
) -> Result<Permit<CompleteAgreement, data_sharing_agreement::Model>, Denied> {
    Permit::when(signature.model().agreement_id == agreement.id, agreement)
}

/// Whether the viewer may end agreements for an organisation: its own administrator.
#[must_use]
pub fn may_terminate(viewer: &Viewer, organisation: impl Into<Uuid>) -> bool {
    viewer.administers(organisation)
}

/// Leave to end an agreement for an organisation; that it is a party is a rule.
///
/// # Errors
/// [`Denied`] unless [`may_terminate`].
pub fn terminate_agreement(
    viewer: &Viewer,
    organisation: impl Into<Uuid>,
    agreement: data_sharing_agreement::Model,
) -> Result<Permit<TerminateAgreement, data_sharing_agreement::Model>, Denied> {
    Permit::when(may_terminate(viewer, organisation), agreement)
}

/// Agreements begin and end by the calendar: the server itself does it.
///
/// # Errors
/// [`Denied`] for accounts.
pub fn keep_agreement(
    actor: &Actor,
    agreement: data_sharing_agreement::Model,
) -> Result<Permit<KeepAgreement, data_sharing_agreement::Model>, Denied> {
    Permit::when(actor.user.is_none() && actor.service.is_none(), agreement)
}
