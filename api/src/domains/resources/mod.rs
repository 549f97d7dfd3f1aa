//! What people write together: resources in versions and formats, who wrote and reviewed them, and who adopted them
//! (`domain.md` 2.6).
//!
//! - [`types`]: how it looks to clients.

pub mod types;
