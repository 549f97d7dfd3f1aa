//! What people write together: guides, policies, pledges, in versions and formats; who wrote them, who reviewed them, who
//! adopted them (`domain.md` 2.6).

pub mod adoption;
pub mod adoption_evidence;
pub mod contributor;
pub mod kinds;
pub mod rendition;
pub mod resource;
pub mod resource_review;
pub mod resource_version;
