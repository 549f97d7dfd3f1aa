//! Releases: figures as they are published, under disclosure control (`domain.md` 4).
//!
//! Whoever answers for the figures of an organisation makes a draft of all its final ones of a framework, looks at what it withholds,
//! and publishes it. Small numbers are masked when it is made; the table of what is published never holds them.
//!
//! - [`types`]: how they look to clients. - [`mutation`]: what clients can do.
//! - [`rules`]: what is masked, and why nobody finds it out.
//! - `gather`: the observations, areas and earlier releases that go into one. - `figures`: what comes out, as rows and back.
//! - `persist`: how they are written. - [`questions`]: what anybody asks about published figures. - [`chart`]: the same as a picture.

pub mod chart;
mod figures;
mod gather;
pub mod mutation;
mod persist;
pub mod questions;
pub mod rules;
pub mod types;
