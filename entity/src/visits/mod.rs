//! Peer-led monitoring visits: people with lived experience look at a service and rate it by the outcomes of a framework
//! (`domain.md` 2.8).

pub mod kinds;
pub mod monitoring_visit;
pub mod peer_reviewer;
pub mod visit_rating;
