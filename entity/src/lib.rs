//! The tables of Roundtable as SeaORM entities: what is stored, in which column, of which type.
//!
//! One module per area, one file per table; the closed enumerations of an area are in its `kinds`. This crate knows
//! nothing of GraphQL and nothing of permissions: it can be read as the data dictionary of the product.
//!
//! # Conventions
//!
//! - Every primary key is a UUID version 7 in a type of its own ([`id`]), so that a person can never be passed for a board.
//! - `..._at` is an instant in UTC, `..._on` a calendar date; `..._bp` counts basis points (10,000 is the whole);
//!   `..._pence` counts pence sterling.
//! - Figures with decimal places are exact: a [`Decimal`](decimal::Decimal), which is whole millionths.
//! - `version` is the optimistic lock: it starts at 1 and every update adds 1. `created_by` is the user who made the row,
//!   absent when a service or the system did. It carries no foreign key: a row outlives any tidying of accounts, and
//!   the first person and the first user could not be made otherwise.
//! - Tables to which rows are only ever added have no `version` and no `updated_at`; their documentation says so.
//! - Sensitive columns are [`Private`](private::Private): they never print, and never serialise.
//! - Only the child declares a relation (`BelongsTo`). The other direction is a filtered list with a scope, which is
//!   a matter of the `api` crate.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

#[macro_use]
mod closed_enum;

pub mod boards;
pub mod change;
pub mod decimal;
pub mod gatherings;
pub mod id;
pub mod list;
pub mod media;
pub mod meetings;
pub mod outcomes;
pub mod panels;
pub mod parties;
pub mod partnerships;
pub mod platform;
pub mod private;
pub mod reciprocity;
pub mod releases;
pub mod resources;
pub mod visits;

pub use closed_enum::{Described, UnknownValue};
