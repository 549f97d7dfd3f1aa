//! Initiatives, boards, seats and members.

use entity::boards::kinds::MembershipStage as S;
use entity::boards::{board, board_membership, board_membership_change, board_seat, initiative};
use entity::id::{BoardId, PersonId};
use entity::parties::kinds::ConsentPurpose;
use entity::partnerships::kinds::DataCategory;

use super::Oracle;

impl Oracle<'_> {
    /// Members of the partnership, the platform's administrator, and whoever sees a board of it.
    pub(super) fn initiative(&self, row: &initiative::Model) -> bool {
        let mut boards = self
            .rows
            .board
            .iter()
            .filter(|board| board.initiative_id == Some(row.id));
        self.viewer.is_partner_in(self.rows, row.partnership_id)
            || self.viewer.runs_the_platform()
            || boards.any(|board| self.board(board))
    }

    /// Everybody once published; its own people, visitors and candidates; its host's people; the platform's
    /// administrator; partners under an agreement for boards.
    pub(super) fn board(&self, row: &board::Model) -> bool {
        let is_on_the_way = self.rows.board_membership.iter().any(|membership| {
            membership.board_id == row.id
                && self.viewer.is(membership.person_id)
                && !membership.stage.is_closed()
        });
        let holding = (row.partnership_id, row.host_organisation_id);
        self.is_published(row)
            || is_on_the_way
            || self.viewer.chairs(row.id)
            || self.viewer.acting == Some(row.host_organisation_id)
            || self.viewer.runs_the_platform()
            || self
                .viewer
                .is_shown(self.rows, holding, DataCategory::Boards, self.now)
    }

    fn is_published(&self, board: &board::Model) -> bool {
        board.published_at.is_some_and(|from| from <= self.now)
    }

    /// With the board.
    pub(super) fn board_seat(&self, row: &board_seat::Model) -> bool {
        self.sees("Board", row.board_id.0)
    }

    pub(super) fn is_of_the_board(&self, board: BoardId) -> bool {
        self.viewer.chairs(board) || self.viewer.sits_on(self.rows, board)
    }

    pub(super) fn board_of(&self, id: BoardId) -> &board::Model {
        self.rows.board.iter().find(|board| board.id == id).unwrap()
    }

    /// See the table of `policy/areas/boards.rs`: before somebody is a member it is between them, the board, its host and
    /// whoever nominated them; afterwards partners may see it, and, with their consent to be named, everybody.
    pub(super) fn board_membership(&self, row: &board_membership::Model) -> bool {
        let board = self.board_of(row.board_id);
        let holding = (board.partnership_id, board.host_organisation_id);
        let is_close = self.is_of_the_board(row.board_id)
            || self.viewer.is(row.person_id)
            || self.viewer.administers(board.host_organisation_id)
            || row
                .nominated_by_organisation_id
                .is_some_and(|by| self.viewer.administers(by));
        let is_partner = self.viewer.runs_the_platform()
            || self.viewer.acting == Some(board.host_organisation_id)
            || self
                .viewer
                .is_shown(self.rows, holding, DataCategory::Memberships, self.now);
        let is_public = matches!(row.stage, S::Active | S::OnLeave)
            && self.is_published(board)
            && self.consents(row.person_id, ConsentPurpose::PublishName, None);
        is_close || (was_member(row.stage) && is_partner) || is_public
    }

    /// How somebody came to the board, and why: they, its chair, its host's administrator.
    fn knows_why(&self, board: BoardId, person: PersonId) -> bool {
        self.viewer.is(person)
            || self.viewer.chairs(board)
            || self.viewer.administers(self.board_of(board).host_organisation_id)
    }

    pub(super) fn path(&self, row: &board_membership::Model) -> bool {
        self.knows_why(row.board_id, row.person_id)
    }

    /// With the membership; of the time before, only they, the board's own people and its host's administrator.
    pub(super) fn board_membership_change(&self, row: &board_membership_change::Model) -> bool {
        self.sees("BoardMembership", row.membership_id.0)
            && (was_member(row.to_stage)
                || self.is_of_the_board(row.board_id)
                || self.knows_why(row.board_id, row.person_id))
    }

    pub(super) fn account(&self, row: &board_membership_change::Model) -> bool {
        self.knows_why(row.board_id, row.person_id)
    }
}

const fn was_member(stage: S) -> bool {
    matches!(stage, S::Active | S::OnLeave | S::Ended)
}
