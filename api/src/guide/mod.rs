//! Guides: for those who run Roundtable, build on it, or build it.

#[doc = include_str!("adding_an_entity.md")]
pub mod adding_an_entity {}

#[doc = include_str!("api_design.md")]
pub mod api_design {}

#[doc = include_str!("operating.md")]
pub mod operating {}

#[doc = include_str!("integrating.md")]
pub mod integrating {}
