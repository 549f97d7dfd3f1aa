//! What Roundtable is about, one folder an area.
//!
//! In each: `types` says how tables look to clients, `mutation` what clients can do, `rules` what must be true (pure:
//! no database, no GraphQL), `persist` how it is written.
//! `gatherings` are events that people come to: `events` is the room in which the house records what happens.
//! What a server's settings say about areas is gathered in [`settings`].

pub mod boards;
pub mod change;
pub mod conflicts;
pub mod gatherings;
pub mod imports;
pub mod media;
pub mod meetings;
pub mod outcomes;
pub mod panels;
pub mod parties;
pub mod partnerships;
pub mod platform;
pub mod reciprocity;
pub mod releases;
pub mod resources;
pub mod settings;
pub mod violation;
pub mod visits;

use crate::planner::Catalogue;

/// Everything clients can read: the declared types and the fields of `Query` that begin a read.
#[must_use]
pub fn catalogue() -> Catalogue {
    let catalogue = Catalogue::default();
    let catalogue = parties::types::declare(catalogue);
    let catalogue = partnerships::types::declare(catalogue);
    let catalogue = boards::types::declare(catalogue);
    let catalogue = meetings::types::declare(catalogue);
    let catalogue = panels::types::declare(catalogue);
    let catalogue = conflicts::types::declare(catalogue);
    let catalogue = media::types::declare(catalogue);
    let catalogue = reciprocity::types::declare(catalogue);
    let catalogue = resources::types::declare(catalogue);
    let catalogue = change::types::declare(catalogue);
    let catalogue = gatherings::types::declare(catalogue);
    let catalogue = outcomes::types::declare(catalogue);
    let catalogue = releases::types::declare(catalogue);
    let catalogue = visits::types::declare(catalogue);
    platform::types::declare(catalogue).finish()
}

/// Everything that is read otherwise than by a plan.
#[derive(async_graphql::MergedObject, Default)]
pub struct AreaQuery(
    resources::search::query::ResourceSearchQuery,
    resources::difference::ResourceDifferenceQuery,
    outcomes::questions::OutcomeQuestions,
    releases::questions::ReleaseQuestions,
);

/// What these reads cost beyond the objects they yield, in points for each time: they take work.
pub const WEIGHTS: [(&str, &str, u32); 9] = [
    ("Query", "resourceSearch", 20),
    ("Query", "resourceVersionDifference", 100),
    ("Query", "indicatorSeries", 20),
    ("Query", "indicatorGaps", 20),
    ("Query", "indicatorRanking", 20),
    ("Query", "observationComparison", 10),
    ("Query", "observationTotals", 50),
    ("Query", "publishedSeries", 20),
    ("Query", "publishedRanking", 20),
];

/// Everything that can be changed.
#[derive(async_graphql::MergedObject, Default)]
pub struct Mutation(
    parties::organisation::mutation::OrganisationMutation,
    parties::identifier::mutation::IdentifierMutation,
    parties::site::mutation::SiteMutation,
    parties::service::mutation::ServiceMutation,
    parties::geography::mutation::GeographyMutation,
    boards::board::mutation::BoardMutation,
    boards::seat::mutation::BoardSeatMutation,
    boards::constituency::mutation::ConstituencyMutation,
    boards::membership::mutation::BoardMembershipMutation,
    boards::initiative::mutation::InitiativeMutation,
    meetings::MeetingsMutation,
    media::mutation::MediaMutation,
    panels::PanelsMutation,
    resources::ResourcesMutation,
    conflicts::mutation::ConflictMutation,
    reciprocity::contribution::mutation::ContributionMutation,
    change::ChangeMutation,
    gatherings::GatheringsMutation,
    outcomes::OutcomesMutation,
    releases::mutation::ReleasesMutation,
    visits::VisitsMutation,
    partnerships::PartnershipsMutation,
    parties::person::mutation::PersonMutation,
    parties::user::mutation::UserMutation,
    parties::affiliation::mutation::AffiliationMutation,
    parties::access_need::mutation::AccessNeedMutation,
    parties::consent::mutation::ConsentMutation,
    parties::role_grant::mutation::RoleGrantMutation,
    parties::service_account::mutation::ServiceAccountMutation,
);
