//! Full-text search over what resources say.
//!
//! `store` finds the versions that fit, within the viewer's scope; the planner reads them; here is what people type and what they
//! are shown of it.
//!
//! - [`highlight`]: which words of a text were meant, and the passage around them. Pure.
//! - [`query`]: the field of `Query`.
//! - `segments`: results and their texts, as clients get them.
//! - [`types`]: how results look to clients.

mod cursor;
mod filters;
pub mod highlight;
mod marker;
pub mod query;
mod segments;
pub mod settings;
pub mod types;
mod words;
