//! Behaviour of the whole product, on both databases, through the front door.
//!
//! `contract` holds the rules that no part of the product may break; they are written once and cover what comes later
//! unasked. Beside it, one module an area, and `durability`: what stands when the server is killed, and when there are two.

mod boards;
mod contract;
mod durability;
mod harness_works;
mod parties;
mod partnerships;
mod people;
