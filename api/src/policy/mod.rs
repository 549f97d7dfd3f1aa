//! Who may see and do what (`domain.md` 3). Deny by default.
//!
//! [`Viewer`] is who asks, with what they may do now. [`areas`] say which rows each table shows to a viewer, and what a
//! viewer may do: one page an area. A write needs a [`Permit`], which nothing else can make.

pub mod areas;
mod permit;
pub mod privacy;
mod reach;
mod token;
mod viewer;

pub use permit::{Denied, Permit};
pub use token::{IssuerReach, TokenLimits, TokenScope};
pub use viewer::{Account, ActingOrganisation, Grant, GrantScope, Viewer};
