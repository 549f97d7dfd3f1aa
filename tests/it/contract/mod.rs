//! The rules that no part of the product may break. Each is written once, over everything the schema, the catalogue of
//! types and the database have, so that what is added later is covered without asking. A failure says what to do.
//!
//! | module | rule |
//! |---|---|
//! | `sdl` | `schema.graphql` is what the server speaks, and everything in it is described |
//! | `oracle` | each table shows each viewer exactly the rows that its rule says, restated row by row in plain Rust |
//! | `isolation` | no answer to anybody holds a text that is hidden from them; hidden equals absent |
//! | `sealed` | the same once all scores of a panel are in, and for a secretary; who reads sealed scores stands in the audit |
//! | `first_contact` | what the public and a stranger get from each root field |
//! | `matrix` | who may read and do what, as one table |
//! | `privacy` | every column is classed, and as private as its class |
//! | `budget` | statements do not grow with rows |
//! | `together` | what is asked in one statement with the rows above it is what would have been asked after them |
//! | `pages` | the settings decide how long pages are |
//! | `rooms` | who may depend on whom |
//! | `federation` | a gateway reads what `nodes` would show the same viewer |
//! | `mutations` | the five cases of every mutation |
//! | `access` | what is remembered of an account holds only while nothing has changed |
//! | `audit` | the trail holds, and one altered row shows |
//!
//! Migrations (up, down, up; equality with the entities) are proven by the tests of the `migration` crate.

mod access;
pub mod audit;
mod budget;
mod federation;
mod first_contact;
mod isolation;
mod matrix;
mod mutations;
mod oracle;
mod pages;
mod plans;
mod privacy;
mod rooms;
mod sdl;
mod sealed;
mod selection;
mod together;

use harness::{Engine, Template, World};
use roundtable_api::config::Settings;

/// The fixed world behind a door that lets long generated documents through.
async fn open_world(engine: Engine) -> World {
    World::new(engine, Template::World, generous).await
}

/// Limits that generated documents keep.
fn generous(settings: &mut Settings) {
    settings.http.body_bytes = 16 * 1024 * 1024;
    let limits = &mut settings.graphql;
    limits.bytes = 16 * 1024 * 1024;
    limits.tokens = 1_000_000;
    limits.selections = 1_000_000;
    limits.aliases = 10_000;
    limits.document_aliases = 10_000;
    limits.cost = u32::MAX;
}
