//! How resources, their versions and their adoptions look to clients.

mod adoptions;
mod resources;
mod texts;
mod versions;

use entity::resources::{
    adoption, adoption_evidence, contributor, rendition, resource, resource_review, resource_version,
};

use crate::planner::Catalogue;

/// Adds this area's types and where their reads begin.
#[must_use]
pub fn declare(catalogue: Catalogue) -> Catalogue {
    catalogue
        .with::<resource::Entity>()
        .with::<resource_version::Entity>()
        .with::<contributor::Entity>()
        .with::<rendition::Entity>()
        .with::<resource_review::Entity>()
        .with::<adoption::Entity>()
        .with::<adoption_evidence::Entity>()
        .roots::<resource::Entity>(
            "resource",
            "A resource by its id.",
            "resources",
            "The resources that were published, and the drafts that you work on.",
        )
        .roots::<resource_version::Entity>(
            "resourceVersion",
            "A version of a resource by its id.",
            "resourceVersions",
            "The versions of resources that you may read. What waits for you: `filter: { status: [REVIEW] }`.",
        )
        .root_one::<contributor::Entity>("contributor", "Somebody who contributed to a version, by the id of their part.")
        .root_one::<rendition::Entity>("rendition", "A version of a resource in one format and language, by its id.")
        .root_one::<resource_review::Entity>("resourceReview", "What a reviewer thinks of a version, by its id.")
        .roots::<adoption::Entity>(
            "adoption",
            "An adoption by its id.",
            "adoptions",
            "Who adopted which version of what. Reviews that are overdue: `filter: { isOverdue: true }`; what a later version \
             took the place of: `filter: { isSuperseded: true }`.",
        )
}
