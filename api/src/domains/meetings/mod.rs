//! Boards at work: meetings, agendas, attendance, decisions and actions (`domain.md` 2.2).
//!
//! - [`types`], `outcomes`, `papers`, `access_needs`: how they look to clients.
//! - [`meeting`], [`agenda_item`], [`attendance`], [`board_decision`], [`board_action`],
//!   [`meeting_series`], [`paper`], [`access_need_met`]: what clients can do to them.
//! - [`calendar_feed`]: meetings in people's own calendar programs.
//! - `hold`: what all of these share, the board held above all.
//! - [`rules`]: what must be true.

mod abilities;
pub mod access_need_met;
mod access_needs;
pub mod agenda_item;
pub mod attendance;
pub mod board_action;
pub mod board_decision;
pub mod calendar_feed;
pub(in crate::domains) mod hold;
pub mod meeting;
pub mod meeting_series;
mod outcomes;
pub mod paper;
mod papers;
pub mod rules;
pub mod settings;
pub mod types;

/// Everything that can be changed about meetings.
#[derive(async_graphql::MergedObject, Default)]
pub struct MeetingsMutation(
    meeting::mutation::MeetingMutation,
    agenda_item::mutation::AgendaItemMutation,
    attendance::mutation::AttendanceMutation,
    board_decision::mutation::BoardDecisionMutation,
    board_action::mutation::ActionMutation,
    meeting_series::mutation::MeetingSeriesMutation,
    paper::mutation::PaperMutation,
    access_need_met::mutation::AccessNeedMetMutation,
    calendar_feed::mutation::CalendarFeedMutation,
);
