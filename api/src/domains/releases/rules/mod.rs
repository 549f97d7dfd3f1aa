//! Figures as others may see them: small numbers masked, the rest rounded, and nothing that gives a masked one away.
//!
//! 1. [`policy`] says what is small, and how the rest is rounded.
//! 2. [`table`] holds the counts of a release with everything that is known to add up: areas within regions, groups within
//!    everybody, a numerator within its denominator.
//!    What nobody told is guessed, so that the sums still say what they say.
//! 3. [`protect`] masks small counts, and others with them, until each masked count could be as many numbers
//!    as there are small ones.
//! 4. [`cells`] makes of that what is published.
//! 5. [`assemble`] does all that for the observations of a release, in families of counts of the same people; [`places`] knows which
//!    areas and organisations add up.
//!    [`people`] which groups of people do.
//! 6. [`numbered`] keeps releases apart: each has its number, its hash, and what changed since the one before; [`states`] says how one comes about.
//!
//! All of it is pure. The tests attack what comes out with a solver.

pub mod assemble;
#[cfg(test)]
mod attack;
mod axis;
pub mod cells;
mod families;
mod guess;
pub mod numbered;
pub mod people;
pub mod places;
pub mod policy;
pub mod protect;
pub mod states;
pub mod table;
