//! What people write together: resources in versions and formats, who wrote and reviewed them, and who adopted them
//! (`domain.md` 2.6).
//!
//! - [`types`]: how it looks to clients.
//! - [`resource`], [`version`], [`contributor`], [`review`], [`rendition`], [`adoption`]: what clients can do.
//! - [`content`]: texts as they are shown, read out and compared.
//! - [`search`]: finding them by their words.
//! - [`difference`]: what changed between two versions.
//! - [`rules`]: what must be true.
//! - [`settings`]: how much of it there can be.
//!
//! A version goes from draft through review and sign-off to publication, and never back; its resource is held while it takes a step,
//! so that whatever two people do to one resource, they do one after the other.

pub mod adoption;
mod best;
pub mod content;
pub mod contributor;
pub mod difference;
mod files;
mod hold;
pub mod rendition;
pub mod resource;
pub mod review;
pub mod rules;
pub mod search;
pub mod settings;
pub mod types;
pub mod version;

/// Everything that can be done to resources.
#[derive(async_graphql::MergedObject, Default)]
pub struct ResourcesMutation(
    resource::mutation::ResourceMutation,
    version::mutation::ResourceVersionMutation,
    contributor::mutation::ContributorMutation,
    review::mutation::ResourceReviewMutation,
    rendition::mutation::RenditionMutation,
    adoption::mutation::AdoptionMutation,
);
