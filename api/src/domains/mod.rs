//! What Roundtable is about, one folder an area.
//!
//! In each: `types` says how tables look to clients, `mutation` what clients can do, `rules` what must be true (pure:
//! no database, no GraphQL), `persist` how it is written.

pub mod boards;
pub mod parties;
pub mod partnerships;
pub mod platform;
#[cfg(test)]
pub(crate) mod test_support;
pub mod violation;

use crate::planner::Catalogue;

/// Everything clients can read: the declared types and the fields of `Query` that begin a read.
#[must_use]
pub fn catalogue() -> Catalogue {
    let catalogue = Catalogue::default();
    let catalogue = parties::types::declare(catalogue);
    let catalogue = partnerships::types::declare(catalogue);
    let catalogue = boards::types::declare(catalogue);
    platform::types::declare(catalogue).finish()
}

/// Everything that can be changed.
#[derive(async_graphql::MergedObject, Default)]
pub struct Mutation(
    boards::mutation::BoardMutation,
    boards::initiative::mutation::InitiativeMutation,
    partnerships::PartnershipsMutation,
    parties::person::mutation::PersonMutation,
    parties::user::mutation::UserMutation,
    parties::affiliation::mutation::AffiliationMutation,
    parties::access_need::mutation::AccessNeedMutation,
    parties::consent::mutation::ConsentMutation,
    parties::role_grant::mutation::RoleGrantMutation,
    parties::service_account::mutation::ServiceAccountMutation,
);
