//! Initiatives, boards, seats and members: who may see and do what.
//!
//! | | public | partner organisation's people | visitor, candidate | seated member | chair, facilitator | host's administrator | platform administrator |
//! |---|---|---|---|---|---|---|---|
//! | board, seats | once published | under a live agreement for boards | read | read | write | write | read |
//! | members: active, on leave, ended | with consent to be named | under a live agreement for memberships | own | read | write | write | read |
//! | members: before they join, and why | – | – | own | read | write | write | – |
//! | motivation | – | – | own | – | read | – | – |
//! | initiative | with a published board | members of the partnership; their administrators write | – | read | read | with a board of it | read |
//!
//! What may be done to initiatives stands in [`super::initiatives`].

use entity::boards::{
    board, board_membership, board_membership_change, board_seat, constituency, initiative,
};
use entity::parties::{consent, organisation};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{DbBackend, EntityTrait};

use super::parties::in_force;
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Parameter, Rows, Scope, Scoped, ViewerFact, is_true};

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
fn of_the_board<E: EntityTrait>(rows: &Rows<E>, board: E::Column) -> Condition {
    Condition::any()
        .add(rows.among(board, ViewerFact::ChairedBoards))
        .add(rows.among(board, ViewerFact::SeatedBoards))
}

pub(super) fn hosted_by_own_organisation<E: EntityTrait>(rows: &Rows<E>, board_of: E::Column) -> Expr {
    rows.exists::<board::Entity>(|board| {
        Condition::all()
            .add(board.matches(board::Column::Id, rows, board_of))
            .add(board.among(
                board::Column::HostOrganisationId,
                ViewerFact::AdministeredOrganisations,
            ))
    })
}

impl Scoped for board::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            of_the_board(rows, board::Column::Id)
                .add(is_published(rows))
                .add(rows.among(board::Column::Id, ViewerFact::ProspectiveBoards))
                .add(rows.among(board::Column::HostOrganisationId, ViewerFact::OwnOrganisations))
                .add(is_true(ViewerFact::IsPlatformAdministrator))
                .add(rows.pair_among(
                    board::Column::PartnershipId,
                    board::Column::HostOrganisationId,
                    ViewerFact::SharedBoards,
                )),
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
        let shared = rows.exists::<board::Entity>(|board| {
            Condition::all()
                .add(board.matches(board::Column::Id, rows, board_membership::Column::BoardId))
                .add(
                    Condition::any()
                        .add(is_true(ViewerFact::IsPlatformAdministrator))
                        .add(board.among(board::Column::HostOrganisationId, ViewerFact::OwnOrganisations))
                        .add(board.pair_among(
                            board::Column::PartnershipId,
                            board::Column::HostOrganisationId,
                            ViewerFact::SharedMemberships,
                        )),
                )
        });
        let published = rows.exists::<board::Entity>(|board| {
            Condition::all()
                .add(board.matches(board::Column::Id, rows, board_membership::Column::BoardId))
                .add(is_published(board))
        });
        let named_with_consent = rows.exists::<consent::Entity>(|given| {
            Condition::all()
                .add(given.matches(
                    consent::Column::PersonId,
                    rows,
                    board_membership::Column::PersonId,
                ))
                .add(given.column(consent::Column::Purpose).eq("PUBLISH_NAME"))
                .add(in_force(given))
        });
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
            of_the_board(rows, board_membership::Column::BoardId)
                .add(rows.is(board_membership::Column::PersonId, ViewerFact::Person))
                .add(rows.among(
                    board_membership::Column::NominatedByOrganisationId,
                    ViewerFact::AdministeredOrganisations,
                ))
                .add(hosted_by_own_organisation(
                    rows,
                    board_membership::Column::BoardId,
                ))
                .add(to_partners)
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
        Scope::through::<_, board_membership::Entity>(rows, board_membership_change::Column::MembershipId)
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

/// Whether the viewer may change a board: its chair, its facilitator, its host's administrator.
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
