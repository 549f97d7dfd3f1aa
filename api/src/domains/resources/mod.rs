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
