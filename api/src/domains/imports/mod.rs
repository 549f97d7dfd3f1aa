//! Figures that come as files: read in a stream, each row understood or refused with its reason.
//!
//! 1. [`source`] opens the file: gzip or not, UTF-8 or Windows-1252, at flat memory.
//! 2. [`layout`] is what a shape of file calls things: data, not code. The one of ASCOF comes with the server.
//! 3. [`rows`] makes of each line what it says about which place, or a [`fault`].
//! 4. [`pivot`] puts the rows of one observation together.
//! 5. [`check`] compares the parts of an observation with each other.
//! 6. [`places`] finds the area that is meant, and [`period`] the year.
//!
//! [`synthetic`] makes files of figures that never were, with faults that are known.
//!
//! [`directory`] reads another kind of file: the regulator's directory of providers and locations.
//!
//! [`Figures`] is all of it, as an iterator that knows no database; [`load`] writes what it yields.

pub mod check;
pub mod directory;
pub mod fault;
mod figures;
pub mod layout;
pub mod load;
pub mod period;
pub mod pivot;
pub mod places;
pub mod rows;
pub mod settings;
pub mod source;
pub mod synthetic;

pub use figures::{Counts, Figures, Found};
