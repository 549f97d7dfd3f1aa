//! Behaviour of the whole product, on both databases, through the front door.
//!
//! `contract` holds the rules that no part of the product may break; they are written once and cover what comes later
//! unasked. `durability` says what stands when the server is killed, and when there are two. `judges` asks other people's
//! programs about the finished product, and treats it badly. `guides` tells the guides' stories.
//! Beside them, one module an area.

mod boards;
mod change;
mod contract;
mod durability;
mod gatherings;
mod guides;
mod harness_works;
mod imports;
mod judges;
mod media;
mod meetings;
mod outcomes;
mod panels;
mod parties;
mod partnerships;
mod people;
mod reciprocity;
mod resource_texts;
mod resources;
