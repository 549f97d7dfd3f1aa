//! Initiatives, boards, seats and members: who may see and do what.
//!
//! | | public | partner organisation's people | visitor, candidate | seated member | chair, facilitator | host's administrator | platform administrator |
//! |---|---|---|---|---|---|---|---|
//! | board, seats | once published | under a live agreement for boards | read | read | write | write | read |
//! | representation of a board: numbers, vacant seats | with the board | with the board | read | read | read | read | read |
//! | members: active, on leave, ended | with consent to be named | under a live agreement for memberships | own | read | write | write | read |
//! | members: before they join, and why | – | – | own | read | write | write | – |
//! | motivation | – | – | own | – | read | – | – |
//! | initiative | with a published board | members of the partnership; their administrators write | – | read | read | with a board of it | read |
//! | constituencies | read | read | read | read | read | read | write |
//!
//! Who may do what beside (`domain.md` 2.10):
//!
//! - **Put somebody forward**: the chair, a facilitator, the host's administrator; and the administrator of any organisation
//!   in the name of that organisation, which nobody else can speak for.
//! - **Move somebody on, decline them, end their membership**: the chair, a facilitator, the host's administrator.
//! - **Accept, decline, step back, step down, declare interests**: the person, and nobody for them.
//! - **End a term that is over**: the server itself.
//!
//! What may be done to initiatives stands in [`super::initiatives`].
//!
//! `representation` counts members whom the viewer may not see by name. It says how many there are and which seats are
//! vacant, which is true of the board and personal to nobody.

use chrono::NaiveDate;
use entity::boards::{
    board, board_membership, board_membership_change, board_seat, constituency, initiative,
};
use entity::id::OrganisationId;
use entity::parties::organisation;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{DbBackend, EntityTrait};

use super::people::named_publicly;
use crate::policy::reach::shared;
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Parameter, Rows, Scope, Scoped, ViewerFact, has, is_true};

impl Scoped for constituency::Entity {
    fn scope(_: &Rows<Self>) -> Scope {
        Scope::everyone()
    }
}

impl Scoped for initiative::Entity {
    /// Members of the partnership, and whoever sees a board of the initiative.
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.among(initiative::Column::PartnershipId, ViewerFact::OwnPartnerships))
                .add(is_true(ViewerFact::IsPlatformAdministrator)),
        )
        .or_shown_by::<_, board::Entity>(rows, board::Column::InitiativeId)
    }
}

fn is_published(rows: &Rows<board::Entity>) -> Expr {
    rows.column(board::Column::PublishedAt).lte(Parameter::Now.expr())
}

/// The people of a board: who sits on it or chairs it.
pub(super) fn of_the_board<E: EntityTrait>(rows: &Rows<E>, board: E::Column) -> Condition {
    Condition::any()
        .add(rows.among(board, ViewerFact::ChairedBoards))
        .add(rows.among(board, ViewerFact::SeatedBoards))
}

pub(super) fn hosted_by_own_organisation<E: EntityTrait>(rows: &Rows<E>, board_of: E::Column) -> Expr {
    let hosted = rows.pointed::<board::Entity>(board_of, |board| {
        let own = board.among(
            board::Column::HostOrganisationId,
            ViewerFact::AdministeredOrganisations,
        );
        own.into()
    });
    has(ViewerFact::AdministeredOrganisations).and(hosted)
}

/// Under a live agreement with the organisation that hosts the board.
fn shared_with_partners(rows: &Rows<board::Entity>, sharers: ViewerFact) -> Expr {
    let holder = (board::Column::PartnershipId, board::Column::HostOrganisationId);
    shared(rows, holder, sharers)
}

impl Scoped for board::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            of_the_board(rows, board::Column::Id)
                .add(is_published(rows))
                .add(rows.among(board::Column::Id, ViewerFact::ProspectiveBoards))
                .add(rows.among(board::Column::HostOrganisationId, ViewerFact::OwnOrganisations))
                .add(is_true(ViewerFact::IsPlatformAdministrator))
                .add(shared_with_partners(rows, ViewerFact::BoardSharers)),
        )
    }
}

impl Scoped for board_seat::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, board::Entity>(rows, board_seat::Column::BoardId)
    }
}

/// The stages in which somebody is, or was, a member. What comes before is between the person and the board.
const MEMBER: [&str; 3] = ["ACTIVE", "ON_LEAVE", "ENDED"];

impl Scoped for board_membership::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        let shared = rows.pointed::<board::Entity>(board_membership::Column::BoardId, |board| {
            Condition::any()
                .add(is_true(ViewerFact::IsPlatformAdministrator))
                .add(board.among(board::Column::HostOrganisationId, ViewerFact::OwnOrganisations))
                .add(shared_with_partners(board, ViewerFact::MembershipSharers))
        });
        let published = rows.pointed::<board::Entity>(board_membership::Column::BoardId, |board| {
            is_published(board).into()
        });
        let named_with_consent = named_publicly(rows, board_membership::Column::PersonId);
        let stage = |stages: &[&'static str]| {
            rows.column(board_membership::Column::Stage)
                .is_in(stages.iter().copied())
        };
        let to_partners = Condition::all().add(stage(&MEMBER)).add(shared);
        let to_everybody = Condition::all()
            .add(stage(&MEMBER[..2]))
            .add(published)
            .add(named_with_consent);
        Scope::when(
            // What lets most readers in stands first: it is asked in this order.
            Condition::any()
                .add(to_partners)
                .add(of_the_board(rows, board_membership::Column::BoardId))
                .add(rows.is(board_membership::Column::PersonId, ViewerFact::Person))
                .add(rows.among(
                    board_membership::Column::NominatedByOrganisationId,
                    ViewerFact::AdministeredOrganisations,
                ))
                .add(hosted_by_own_organisation(
                    rows,
                    board_membership::Column::BoardId,
                ))
                .add(to_everybody),
        )
    }
}

/// Who may read how somebody came to a board: the person, its chair and its host's administrator.
#[must_use]
pub fn path_readers(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<board_membership::Entity>::new(alias, backend);
    Condition::any()
        .add(rows.is(board_membership::Column::PersonId, ViewerFact::Person))
        .add(rows.among(board_membership::Column::BoardId, ViewerFact::ChairedBoards))
        .add(hosted_by_own_organisation(
            &rows,
            board_membership::Column::BoardId,
        ))
}

impl Scoped for board_membership_change::Entity {
    /// Whoever sees the membership; of the time before somebody was a member only the person and the board's own.
    fn scope(rows: &Rows<Self>) -> Scope {
        let was_member = rows
            .column(board_membership_change::Column::ToStage)
            .is_in(MEMBER);
        let close = of_the_board(rows, board_membership_change::Column::BoardId)
            .add(rows.is(board_membership_change::Column::PersonId, ViewerFact::Person))
            .add(hosted_by_own_organisation(
                rows,
                board_membership_change::Column::BoardId,
            ))
            .add(was_member);
        let same_board = (
            board_membership_change::Column::BoardId,
            board_membership::Column::BoardId,
        );
        Scope::through_beside::<_, board_membership::Entity>(
            rows,
            board_membership_change::Column::MembershipId,
            same_board,
        )
        .and(close)
    }
}

/// Who may read the reason of a change: the person, the board's chair and its host's administrator.
#[must_use]
pub fn reason_readers(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<board_membership_change::Entity>::new(alias, backend);
    Condition::any()
        .add(rows.is(board_membership_change::Column::PersonId, ViewerFact::Person))
        .add(rows.among(
            board_membership_change::Column::BoardId,
            ViewerFact::ChairedBoards,
        ))
        .add(hosted_by_own_organisation(
            &rows,
            board_membership_change::Column::BoardId,
        ))
}

/// Leave to set up a board.
#[derive(Debug)]
pub struct CreateBoard;
/// Leave to change a board.
#[derive(Debug)]
pub struct UpdateBoard;
/// Leave to add a seat to a board.
#[derive(Debug)]
pub struct CreateBoardSeat;
/// Leave to change or close a seat.
#[derive(Debug)]
pub struct UpdateBoardSeat;
/// Leave to put somebody forward for a board.
#[derive(Debug)]
pub struct NominateMember;
/// Leave to make a step of a membership.
#[derive(Debug)]
pub struct MoveMembership;
/// Leave to add to the constituencies, or to change one.
#[derive(Debug)]
pub struct ManageConstituencies;

/// The administrator of the organisation that will host a board sets it up.
///
/// # Errors
/// [`Denied`] for everybody else.
pub fn create_board(
    viewer: &Viewer,
    host: organisation::Model,
) -> Result<Permit<CreateBoard, organisation::Model>, Denied> {
    Permit::when(viewer.administers(host.id), host)
}

/// Whether the viewer may change a board and its seats: its chair, its facilitator, its host's administrator.
#[must_use]
pub fn may_update_board(viewer: &Viewer, board: Uuid, host: Uuid) -> bool {
    viewer.chairs(board) || viewer.administers(host)
}

/// Leave to change a board.
///
/// # Errors
/// [`Denied`] unless [`may_update_board`].
pub fn update_board(
    viewer: &Viewer,
    board: board::Model,
) -> Result<Permit<UpdateBoard, board::Model>, Denied> {
    Permit::when(
        may_update_board(viewer, board.id.0, board.host_organisation_id.0),
        board,
    )
}

/// Leave to add a seat to a board.
///
/// # Errors
/// [`Denied`] unless [`may_update_board`].
pub fn create_board_seat(
    viewer: &Viewer,
    board: board::Model,
) -> Result<Permit<CreateBoardSeat, board::Model>, Denied> {
    Permit::when(
        may_update_board(viewer, board.id.0, board.host_organisation_id.0),
        board,
    )
}

/// Leave to change or close a seat of a board that this organisation hosts.
///
/// # Errors
/// [`Denied`] unless [`may_update_board`].
pub fn update_board_seat(
    viewer: &Viewer,
    seat: board_seat::Model,
    host: OrganisationId,
) -> Result<Permit<UpdateBoardSeat, board_seat::Model>, Denied> {
    Permit::when(may_update_board(viewer, seat.board_id.0, host.0), seat)
}

/// Whether the viewer may put somebody forward for a board: whoever runs it, and in the name of an organisation its
/// administrator.
#[must_use]
pub fn may_nominate(viewer: &Viewer, board: Uuid, host: Uuid, in_the_name_of: Option<Uuid>) -> bool {
    match in_the_name_of {
        Some(organisation) => viewer.administers(organisation),
        None => may_update_board(viewer, board, host),
    }
}

/// Leave to put somebody forward for a board.
///
/// # Errors
/// [`Denied`] unless [`may_nominate`].
pub fn nominate(
    viewer: &Viewer,
    board: board::Model,
    in_the_name_of: Option<OrganisationId>,
) -> Result<Permit<NominateMember, board::Model>, Denied> {
    let (id, host) = (board.id.0, board.host_organisation_id.0);
    let organisation = in_the_name_of.map(|id| id.0);
    Permit::when(may_nominate(viewer, id, host, organisation), board)
}

/// Whether the viewer may move the members of a board on: whoever runs it.
#[must_use]
pub fn may_steer_membership(viewer: &Viewer, board: Uuid, host: Uuid) -> bool {
    may_update_board(viewer, board, host)
}

/// Leave to make the board's steps of a membership.
///
/// # Errors
/// [`Denied`] unless [`may_steer_membership`].
pub fn steer_membership(
    viewer: &Viewer,
    membership: board_membership::Model,
    host: OrganisationId,
) -> Result<Permit<MoveMembership, board_membership::Model>, Denied> {
    let allowed = may_steer_membership(viewer, membership.board_id.0, host.0);
    Permit::when(allowed, membership)
}

/// Whether a membership is the viewer's own: some steps are the person's alone.
#[must_use]
pub fn may_answer_membership(viewer: &Viewer, person: Uuid) -> bool {
    viewer.person() == Some(person)
}

/// Leave to make the person's own steps of a membership.
///
/// # Errors
/// [`Denied`] unless [`may_answer_membership`].
pub fn answer_membership(
    viewer: &Viewer,
    membership: board_membership::Model,
) -> Result<Permit<MoveMembership, board_membership::Model>, Denied> {
    let allowed = may_answer_membership(viewer, membership.person_id.0);
    Permit::when(allowed, membership)
}

/// The server's own leave to end a term that is over.
///
/// # Errors
/// [`Denied`] on and before the last day of the term, and for memberships without one.
pub fn end_term(
    membership: board_membership::Model,
    today: NaiveDate,
) -> Result<Permit<MoveMembership, board_membership::Model>, Denied> {
    let is_over = membership.to_on.is_some_and(|to_on| to_on < today);
    Permit::when(is_over && membership.stage.holds_a_seat(), membership)
}

/// Whether the viewer may change the constituencies: reference data that all boards share.
#[must_use]
pub fn may_manage_constituencies(viewer: &Viewer) -> bool {
    viewer.is_platform_administrator()
}

/// Leave to add a constituency.
///
/// # Errors
/// [`Denied`] unless [`may_manage_constituencies`].
pub fn create_constituency(viewer: &Viewer) -> Result<Permit<ManageConstituencies, ()>, Denied> {
    Permit::when(may_manage_constituencies(viewer), ())
}

/// Leave to change a constituency.
///
/// # Errors
/// [`Denied`] unless [`may_manage_constituencies`].
pub fn update_constituency(
    viewer: &Viewer,
    constituency: constituency::Model,
) -> Result<Permit<ManageConstituencies, constituency::Model>, Denied> {
    Permit::when(may_manage_constituencies(viewer), constituency)
}
