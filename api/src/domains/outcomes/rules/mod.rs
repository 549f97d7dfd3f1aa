//! What must be true of outcomes and of figures. Pure: no database, no GraphQL.

pub mod frameworks;
pub mod indicators;
pub mod observations;
pub mod values;
