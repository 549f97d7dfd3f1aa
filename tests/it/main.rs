//! Behaviour of the whole product, on both databases, through the front door.
//!
//! `contract` holds the rules that no part of the product may break; they are written once and cover what comes later
//! unasked. Beside it, one module an area.

mod boards;
mod contract;
mod harness_works;
mod meetings;
mod parties;
mod partnerships;
mod people;
