//! Organisations, their sites and services, areas, and people (`domain.md` 2.1).
//!
//! - [`organisation`], [`identifier`], [`site`], [`service`]: what clients can do to each.
//! - [`reference`]: the areas that come with the server.
//! - [`rules`]: what must be true; [`types`]: how it looks to clients.

pub mod identifier;
pub mod organisation;
pub mod reference;
pub mod rules;
pub mod service;
pub mod site;
pub mod types;
