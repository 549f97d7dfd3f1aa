//! What must be true of resources, their versions and their adoptions: pure, without database and GraphQL.

pub mod adoptions;
pub mod contributors;
pub mod readers;
pub mod renditions;
pub mod resources;
pub mod reviews;
pub mod versions;
