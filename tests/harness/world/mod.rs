//! Who and what is in the fixed world. All of it is made up.
//!
//! **Ashdown Together** is an active partnership of `ashdown-council` (lead), `birch-care` (provider), `cedar-voices`
//! (user-led) and `dale-university` (advisor); `hazel-trust` has left it, `elm-care` is invited and not checked yet. Council,
//! provider and user-led group have signed a live agreement for boards and memberships; the university has not. It has
//! the boards `team-up` (published, hosted by the council) and `quiet` (not published, hosted by the user-led group).
//!
//! **Fernley Together** is another: `fernley-council` (lead) and `gorse-voices`, with the boards `fernley-commission`
//! (published) and `fernley-inner` (not published). **Fernley Next** is still forming. The two sides share nothing.
//!
//! On `team-up` there is somebody at every stage: `board-chair` and `board-member` are active, `visitor` and
//! `former-member` are the viewers of those names, the others are persons without an account, named by their stage
//! (`nominated`, `invited`, `interview`, `offered`, `on-leave`, `declined`, `withdrawn`).
//!
//! `team-up` has a meeting in every status: `first` (minutes approved), `second` (minutes in draft), `held`, `off` (cancelled),
//! `started` (published, and begun half an hour ago), `next` (published), `draft`. The other boards have one to come, `next`.
//! Items called `secret` are confidential; `board-member` has declared an interest in the one of `next`, and `board-chair` one in the
//! work of the board.
//!
//! `ashdown-council` recruits: for `co-ordinator`, whose panel scores (`board-chair` leads it and has handed in all scores;
//! `board-member`, whom `provider-user` supports, has yet to; `researcher` is recused from `visitor`; the candidates are
//! `visitor` and `former-member`); for `mentor`, whose panel has decided to appoint `former-member`; for `seat`, which takes
//! applications, `over`, which took them, and `draft`. `fernley-council` has `fernley-post` and `fernley-draft`.
//!
//! `ashdown-council` pays for what people do: it has offered `board-member` something for the next meeting (`offered`) and `visitor`
//! for `reading`; `accepted`, `recorded` and `declined` are over. `cedar-voices` and `fernley-council` pay for one each.
//!
//! `visitor` has uploaded `interview`, with `captions` and a `transcript`, for the application as `co-ordinator`; `ashdown-council`
//! has a `film`, `cedar-voices` a `poster`, `fernley-council` has `fernley`.
//! `ashdown-council` answers for the resources `guide` (version 1 superseded, 2 published, 3 a draft), `policy` (in review, and approved), `leaflet` (in review), `toolkit`
//! (signed off) and `recalled` (withdrawn); `cedar-voices` for the `pledge`; `fernley-council` for two. `board-member` wrote most of
//! them, but not `guide 3`, which `provider-user` writes. `researcher` signs off for the council; `cedar-voices` checks formats.
//!
//! `ashdown-council` deals with feedback at every state: `complaint` (of `visitor`, about a service of `birch-care`, shared with
//! `team-up`; its story is checked and published), `told` (of `board-member`; its story waits to be checked), `untold` (of
//! `former-member`, who took the consent to their story back), `late`, `acknowledged` (anonymous), `acted`; `fernley-council`
//! with `fernley`. It tells what came of it: `published`, `draft`, `withdrawn`.
//!
//! It hosts the events `showcase` (announced, one place, `cedar-voices` is asked to host it, too), `both` (hosted with
//! `cedar-voices`), `workshop` (over, for the partnership), `draft` and `off`; `fernley-council` hosts `fernley`.
//!
//! `ashdown-council` publishes the outcome frameworks `live`, `draft` and `over`, `fernley-council` a draft; `national` came with the
//! server. Each has the outcome `home` with the indicator `satisfied`. There are figures about the `service` that the council pays
//! `birch-care` for (one more of it was `corrected`), its `area`, the `region`, the `group` of `cedar-voices`, the `house` of
//! `birch-care`, and of `fernley-council`.
//!
//! Peer reviewers visit `birch-house-support` for `ashdown-council`, `board-chair` in the lead, with `researcher`: the visits `planned`
//! (for today; both have declared that there is nothing), `visited` (the researcher's interest waits to be assessed), `draft` (rated and
//! written), `sent` (the provider has until 20 March to comment), `published` and `dropped` (called off). `fernley-council` has one,
//! `fernley`, in draft.
//!
//! Each person has contact details, and each text of a row that somebody must not see is a **canary**: it begins with
//! `canary`, names its table, row and column, and ends in a full stop, so that it is found wherever it should not be.

pub mod ids;

mod boards;
mod change;
mod gatherings;
mod interests;
mod media;
mod meetings;
mod outcomes;
mod panels;
mod parties;
mod partnerships;
mod people;
mod platform;
mod preparation;
mod reciprocity;
mod releases;
mod resources;
mod vacancies;
mod visits;

use entity::id::UserId;
use sea_orm::prelude::{Date, DateTimeUtc};

use crate::Rows;
pub use boards::{board, board_seat, constituency, initiative, membership};
pub use change::{
    feedback, feedback_account, feedback_step, feedback_story, from_feedback, story_consent, you_said_we_did,
};
pub use gatherings::{event, event_attendance, event_host, event_outcome};
pub use interests::interest;
pub use media::media;
pub use meetings::{
    agenda_item, attendance, board_action, board_decision, calendar_feed, meeting, meeting_series,
};
pub use outcomes::{
    disaggregation, import_batch, import_error, indicator, indicator_target, indicator_version, observation,
    outcome, outcome_descriptor, outcome_framework,
};
pub use panels::{
    conflict_declaration, interview_panel, moderated_score, panel_decision, panel_question, panellist, score,
    training_course, training_record,
};
pub use parties::organisation;
pub use partnerships::partnership;
pub use people::{person, user_account};
pub use preparation::{access_need_met, paper, version_as_paper};
pub use reciprocity::contribution;
pub use releases::{published_figure, release, suppression_policy};
pub use resources::{
    adoption, adoption_evidence, contributing_organisation, contributor, rendition, resource,
    resource_review, resource_version,
};
pub use vacancies::{application, equality_tally, vacancy};
pub use visits::{monitoring_visit, peer_reviewer, visit_interest, visit_rating};

/// The instant at which the world stands: a Monday morning.
pub const NOW: &str = "2026-03-02T09:00:00Z";

/// Everybody who looks at the world, in the order of the snapshots: those of the demonstration, and the public.
pub const VIEWERS: &[&str] = &[
    "anonymous",
    "stranger",
    "visitor",
    "former-member",
    "board-member",
    "board-chair",
    "provider-user",
    "user-led-admin",
    "researcher",
    "council-admin",
    "service-account",
    "platform-admin",
];

/// The rows of the fixed world.
#[must_use]
pub fn rows() -> Rows {
    let mut rows = Rows::default();
    parties::fill(&mut rows);
    people::fill(&mut rows);
    partnerships::fill(&mut rows);
    boards::fill(&mut rows);
    meetings::fill(&mut rows);
    media::fill(&mut rows);
    panels::fill(&mut rows);
    reciprocity::fill(&mut rows);
    resources::fill(&mut rows);
    change::fill(&mut rows);
    gatherings::fill(&mut rows);
    outcomes::fill(&mut rows);
    releases::fill(&mut rows);
    visits::fill(&mut rows);
    platform::fill(&mut rows);
    rows
}

/// A text that is found again wherever it turns up; its full stop keeps it from being the beginning of another.
#[must_use]
pub fn canary(kind: &str, name: &str, column: &str) -> String {
    format!("canary {kind} {name} {column}.")
}

/// A day.
pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// An instant.
pub(crate) fn at(text: &str) -> DateTimeUtc {
    text.parse().unwrap()
}

/// When the rows of the world were recorded.
pub(crate) fn recorded() -> DateTimeUtc {
    at("2026-01-05T09:00:00Z")
}

/// An id of the world in the type of its table.
pub(crate) fn key<I: From<uuid::Uuid>>(kind: &str, name: &str) -> I {
    ids::uuid(kind, name).into()
}

/// Nobody in particular recorded the rows of the world.
pub(crate) const fn nobody() -> Option<UserId> {
    None
}
