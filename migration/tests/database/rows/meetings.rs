//! One full row of each table of meetings.

use entity::id::{
    AccessNeedId, AccessNeedMetId, ActionId, AgendaItemId, AttendanceId, BoardDecisionId, BoardId,
    CalendarFeedId, MeetingId, MeetingSeriesId, PaperId, PersonId, ResourceVersionId,
};
use entity::meetings::kinds::{
    ActionStatus, AgendaItemKind, AgendaItemStatus, AttendanceCapacity, AttendanceStatus, DecisionMethod,
    DecisionOutcome, MeetingStatus,
};
use entity::meetings::{
    access_need_met, agenda_item, attendance, board_action, board_decision, calendar_feed, meeting,
    meeting_series, paper,
};
use entity::parties::kinds::InformationFormat;
use entity::private::Private;

use super::{date, id, instant};

pub fn meeting() -> meeting::Model {
    meeting::Model {
        id: MeetingId(id(29)),
        board_id: BoardId(id(21)),
        series_id: Some(MeetingSeriesId(id(34))),
        title: "title".to_owned(),
        starts_at: instant(),
        ends_at: instant(),
        papers_due_at: instant(),
        venue: Some("venue".to_owned()),
        online_url: Some("online url".to_owned()),
        status: MeetingStatus::MinutesDraft,
        published_at: Some(instant()),
        cancellation_reason: None,
        minutes: Some("minutes".to_owned()),
        minutes_approved_at: None,
        minutes_approved_by_meeting_id: None,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn agenda_item() -> agenda_item::Model {
    agenda_item::Model {
        id: AgendaItemId(id(30)),
        board_id: BoardId(id(21)),
        meeting_id: MeetingId(id(29)),
        ordinal: 1,
        title: "title".to_owned(),
        summary: Some("summary".to_owned()),
        kind: AgendaItemKind::Decision,
        confidential: true,
        status: AgendaItemStatus::Declined,
        proposed_by_person_id: Some(PersonId(id(7))),
        decline_reason: Some("decline reason".to_owned()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn attendance() -> attendance::Model {
    attendance::Model {
        id: AttendanceId(id(31)),
        board_id: BoardId(id(21)),
        meeting_id: MeetingId(id(29)),
        person_id: PersonId(id(7)),
        capacity: AttendanceCapacity::Visitor,
        status: AttendanceStatus::Present,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn board_decision() -> board_decision::Model {
    board_decision::Model {
        id: BoardDecisionId(id(32)),
        board_id: BoardId(id(21)),
        meeting_id: MeetingId(id(29)),
        agenda_item_id: AgendaItemId(id(30)),
        text: "text".to_owned(),
        method: DecisionMethod::Vote,
        outcome: DecisionOutcome::Approved,
        votes_for: Some(2),
        votes_against: Some(1),
        votes_abstain: Some(0),
        voting_present: 3,
        lived_present: 2,
        decided_at: instant(),
    }
}

pub fn board_action() -> board_action::Model {
    board_action::Model {
        id: ActionId(id(33)),
        board_id: BoardId(id(21)),
        meeting_id: Some(MeetingId(id(29))),
        agenda_item_id: Some(AgendaItemId(id(30))),
        title: "title".to_owned(),
        detail: Some("detail".to_owned()),
        owner_person_id: PersonId(id(7)),
        due_on: date(2026, 3, 31),
        status: ActionStatus::Done,
        status_note: Some("status note".to_owned()),
        closed_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn meeting_series() -> meeting_series::Model {
    meeting_series::Model {
        id: MeetingSeriesId(id(34)),
        board_id: BoardId(id(21)),
        recurrence_rule: "recurrence rule".to_owned(),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn paper() -> paper::Model {
    paper::Model {
        id: PaperId(id(35)),
        board_id: BoardId(id(21)),
        meeting_id: MeetingId(id(29)),
        agenda_item_id: AgendaItemId(id(30)),
        original_id: None,
        title: "title".to_owned(),
        format: InformationFormat::Standard,
        media_type: None,
        url: None,
        body: None,
        resource_version_id: Some(ResourceVersionId(id(71))),
        withdrawn_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn access_need_met() -> access_need_met::Model {
    access_need_met::Model {
        id: AccessNeedMetId(id(36)),
        board_id: BoardId(id(21)),
        meeting_id: MeetingId(id(29)),
        access_need_id: AccessNeedId(super::parties::access_need().id.0),
        person_id: PersonId(id(7)),
        arrangement: Private::new("arrangement".to_owned()),
        confirmed_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn calendar_feed() -> calendar_feed::Model {
    calendar_feed::Model {
        id: CalendarFeedId(id(70)),
        person_id: PersonId(id(7)),
        name: "name".to_owned(),
        secret_hash: "secret hash".to_owned(),
        revoked_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}
