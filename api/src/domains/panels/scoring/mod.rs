//! Scoring, moderation and decisions of interview panels, and what the server does by itself.
//!
//! [`mutation`] takes requests, `start`, `sheet`, `moderate` and `decide` are the steps; `follow` is what follows from any of
//! them, or from a recusal, a panellist who stands down, or a candidate who steps back.

mod decide;
pub(in crate::domains) mod follow;
mod moderate;
pub mod mutation;
mod sheet;
mod start;
