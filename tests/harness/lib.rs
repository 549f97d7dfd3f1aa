//! What every behaviour test stands on: a database of its own, a small world in it, and clients that come in through the
//! front door.
//!
//! ```ignore
//! use harness::{both_databases, id};
//! use serde_json::json;
//!
//! both_databases! {
//!     /// A chair reads the board.
//!     async fn a_chair_reads_the_board(world: World) {
//!         let chair = world.client("board-chair");
//!         let answer = chair.query("query($id: ID!) { board(id: $id) { name } }", json!({ "id": id("board", "team-up") })).await;
//!         assert_eq!(answer.data("/board/name"), "canary board team-up name.");
//!     }
//! }
//! ```
//!
//! makes the tests `a_chair_reads_the_board::sqlite` and `a_chair_reads_the_board::postgres`. Each has a database of
//! its own, copied from one that is migrated and filled once per process, so tests need not tidy up and never meet.
//!
//! - [`World`]: the node under test, its clock ([`World::clock`], which tests move), its rows.
//! - [`Client`]: one viewer of the world. [`Answer`]: what came back, as JSON and as bytes, and the statements it took.
//! - [`mutations`]: mutations by their names, what they change, and what refuses them.
//! - [`Rows`]: every table as plain values: to fill a database ([`Rows::insert`]) and to look at one ([`Rows::load`]).
//! - [`world`]: who and what is in the fixed world.
//! - [`Product`]: the finished program as a process of its own, for what only shows from outside; [`Installation`]: the same over
//!   the database of a test.
//!
//! # What is needed
//!
//! SQLite needs nothing. PostgreSQL is the server that `ROUNDTABLE_TEST_POSTGRES_URL` names, or one that the harness starts
//! itself from the programs in `PATH` or `/usr/lib/postgresql/*/bin`. Where there is neither, its tests are skipped, and
//! one line at the very end says so. So it is with what else may be missing, such as Node. With `ROUNDTABLE_REQUIRE_ALL=1` a skip is a failure.

#![forbid(unsafe_code)]

mod client;
mod database;
pub mod mutations;
mod node;
mod porter;
mod postgres;
mod product;
mod rows;
mod run;
mod skip;
mod statements;
pub mod world;

pub use client::{Answer, Client};
pub use database::{Engine, Place, Template, tables};
pub use node::World;
pub use postgres::Cluster;
pub use product::{Installation, Product, Running};
pub use rows::Rows;
pub use run::{Stage, run};
pub use skip::{is_everything_required, skip};
pub use world::ids::{id, never, uuid};
pub use world::{NOW, VIEWERS};
