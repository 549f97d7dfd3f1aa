//! Boards at work: their meetings, what is on the agenda, who was there, what was decided, and what
//! follows from it.

pub mod access_need_met;
pub mod agenda_item;
pub mod attendance;
pub mod board_action;
pub mod board_decision;
pub mod calendar_feed;
pub mod kinds;
pub mod meeting;
pub mod meeting_series;
pub mod paper;
