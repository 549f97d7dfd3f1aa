//! Meetings, agendas, attendance, decisions and actions.

use entity::id::{AgendaItemId, BoardId, MeetingId};
use entity::meetings::kinds::{AgendaItemStatus, MeetingStatus};
use entity::meetings::{
    access_need_met, agenda_item, attendance, board_action, board_decision, calendar_feed, meeting,
    meeting_series, paper,
};

use entity::panels::kinds::ConflictAssessment;

use super::Oracle;

impl Oracle<'_> {
    /// The board's own people and its host's administrator.
    fn is_close(&self, board: BoardId) -> bool {
        self.is_of_the_board(board) || self.viewer.administers(self.board_of(board).host_organisation_id)
    }

    fn is_asked_to(&self, meeting: MeetingId) -> bool {
        let mut attendances = self.rows.attendance.iter();
        attendances.any(|row| row.meeting_id == meeting && self.viewer.is(row.person_id))
    }

    fn meeting_of(&self, id: MeetingId) -> &meeting::Model {
        self.rows.meeting.iter().find(|meeting| meeting.id == id).unwrap()
    }

    /// Whoever sees the board, once announced; before that those close to it. And whoever was asked to come.
    pub(super) fn meeting(&self, row: &meeting::Model) -> bool {
        let by_the_board = row.published_at.is_some() && self.sees("Board", row.board_id.0);
        by_the_board || self.is_close(row.board_id) || self.is_asked_to(row.id)
    }

    pub(super) fn joining(&self, row: &meeting::Model) -> bool {
        self.is_close(row.board_id) || self.is_asked_to(row.id)
    }

    pub(super) fn minutes(&self, row: &meeting::Model) -> bool {
        self.is_close(row.board_id) || row.status == MeetingStatus::MinutesApproved
    }

    /// Whether somebody has assessed an interest of the viewer's in the item so that they take no part in it.
    pub(super) fn am_recused_from(&self, item: AgendaItemId) -> bool {
        self.rows.conflict_declaration.iter().any(|of| {
            of.agenda_item_id == Some(item)
                && of.assessment == Some(ConflictAssessment::Recuse)
                && self.viewer.is(of.person_id)
        })
    }

    /// With the meeting; what is confidential only the board's own people who are not recused from it; what is not on the agenda only those close to
    /// the board, and whoever put it forward.
    pub(super) fn agenda_item(&self, row: &agenda_item::Model) -> bool {
        let is_known = self.is_close(row.board_id)
            || row.status == AgendaItemStatus::Accepted
            || row
                .proposed_by_person_id
                .is_some_and(|person| self.viewer.is(person));
        let may_know = if row.confidential {
            self.is_of_the_board(row.board_id) && !self.am_recused_from(row.id)
        } else {
            is_known
        };
        self.meeting(self.meeting_of(row.meeting_id)) && may_know
    }

    /// The person, and those close to the board.
    pub(super) fn attendance(&self, row: &attendance::Model) -> bool {
        self.viewer.is(row.person_id) || self.is_close(row.board_id)
    }

    /// With the item; before the minutes are approved only those close to the board.
    pub(super) fn board_decision(&self, row: &board_decision::Model) -> bool {
        let approved = self.meeting_of(row.meeting_id).status == MeetingStatus::MinutesApproved;
        self.sees("AgendaItem", row.agenda_item_id.0) && (approved || self.is_close(row.board_id))
    }

    /// Its owner, and those close to the board who may know of the item it follows from; nobody who is recused from that item,
    /// where it is confidential.
    pub(super) fn board_action(&self, row: &board_action::Model) -> bool {
        let item = self
            .rows
            .agenda_item
            .iter()
            .find(|item| Some(item.id) == row.agenda_item_id);
        let is_confidential = item.is_some_and(|item| item.confidential);
        let am_recused = item.is_some_and(|item| item.confidential && self.am_recused_from(item.id));
        ((self.viewer.is(row.owner_person_id) || self.is_of_the_board(row.board_id)) && !am_recused)
            || (self.is_close(row.board_id) && !is_confidential)
    }

    /// Those close to the board, and whoever sees a meeting of it.
    pub(super) fn meeting_series(&self, row: &meeting_series::Model) -> bool {
        let mut meetings = self.rows.meeting.iter();
        self.is_close(row.board_id)
            || meetings.any(|meeting| meeting.series_id == Some(row.id) && self.meeting(meeting))
    }

    /// With the item; what was taken back only those close to the board.
    pub(super) fn paper(&self, row: &paper::Model) -> bool {
        self.sees("AgendaItem", row.agenda_item_id.0)
            && (row.withdrawn_at.is_none() || self.is_close(row.board_id))
    }

    /// The person; and the chair of the board while they may read the need.
    pub(super) fn access_need_met(&self, row: &access_need_met::Model) -> bool {
        self.sees("AccessNeed", row.access_need_id.0)
            && (self.viewer.is(row.person_id) || self.viewer.chairs(row.board_id))
    }

    /// The person.
    pub(super) fn calendar_feed(&self, row: &calendar_feed::Model) -> bool {
        self.viewer.is(row.person_id)
    }
}
