//! Peer-led monitoring visits (`domain.md` 2.8; 1, row 10): people with lived experience look at a service, in-house or commissioned,
//! and rate it by each outcome of a framework, with evidence.
//!
//! - [`types`]: how they look to clients.
//! - [`visit`]: planning a visit, and its way from state to state. - [`reviewer`]: who goes. - [`report`]: what they found.
//! - [`rules`]: what must be true. - `facts`: what the rules ask the database.
//!
//! What reviewers declare about their interests stands in [`conflicts`](super::conflicts).

pub(in crate::domains) mod facts;
pub mod report;
pub mod reviewer;
pub mod rules;
pub mod types;
pub mod visit;

/// Everything that can be changed in this area.
#[derive(async_graphql::MergedObject, Default)]
pub struct VisitsMutation(
    visit::mutation::MonitoringVisitMutation,
    reviewer::mutation::PeerReviewerMutation,
    report::mutation::VisitReportMutation,
);
