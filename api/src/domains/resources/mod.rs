//! What people write together: resources in versions and formats, who wrote and reviewed them, and who adopted them
//! (`domain.md` 2.6).
//!
//! - [`types`]: how it looks to clients.
//! - [`content`]: texts as they are shown, read out and compared.
//! - [`search`]: finding them by their words.
//! - [`difference`]: what changed between two versions.

pub mod content;
pub mod difference;
pub mod search;
pub mod types;

/// Everything of this area that is read otherwise than by a plan.
#[derive(async_graphql::MergedObject, Default)]
pub struct ResourcesQuery(
    search::query::ResourceSearchQuery,
    difference::ResourceDifferenceQuery,
);

/// What reads of this area cost that take work of ours, in points for each time.
pub const WEIGHTS: [(&str, &str, u32); 2] = [
    ("Query", "resourceSearch", 20),
    ("Query", "resourceVersionDifference", 100),
];
