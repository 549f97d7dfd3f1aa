//! Who works together: partnerships, their member organisations, and the agreements under which they share data.

pub mod agreement_party;
pub mod data_sharing_agreement;
pub mod kinds;
pub mod partnership;
pub mod partnership_member;
