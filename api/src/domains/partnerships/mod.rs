//! Partnerships, their members and what they agree to share (`domain.md` 2.1, 3).

pub mod agreement;
pub mod expiry;
pub mod member;
pub mod partnership;
pub mod persist;
pub mod rules;
pub mod types;

/// Everything that can be done to partnerships, their members and agreements.
#[derive(async_graphql::MergedObject, Default)]
#[graphql(name = "PartnershipsMutation")]
pub struct PartnershipsMutation(
    partnership::mutation::PartnershipMutation,
    member::mutation::PartnershipMemberMutation,
    agreement::mutation::PartnershipAgreementMutation,
);
