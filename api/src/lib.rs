//! Roundtable: one GraphQL API through which councils, care providers, NHS bodies and user-led groups run
//! co-production together.
//!
//! # One request, room by room
//!
//! 1. [`http`] takes the request: method, content type, bearer token, size, JSON.
//! 2. [`auth`] verifies the token and loads the viewer: who they are and what they may do *now*.
//! 3. [`graphql`] checks the document (limits, validation, cost) and executes it.
//! 4. [`domains`] answer: reads are planned by [`planner`], writes go through rules and permits.
//! 5. [`policy`] narrows every read and permits every write.
//! 6. [`store`] runs the statements; it alone owns the connection.
//! 7. [`events`] record what changed: audit, outbox, idempotency.
//! 8. [`objects`] keep the bytes of files, which the database does not; files come and go by addresses of their own.
//!
//! Dependencies point down this list, never up.

#![recursion_limit = "256"]

pub mod app;
pub mod auth;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod domains;
pub mod error;
pub mod events;
pub mod gateway;
pub mod graphql;
pub mod guide;
pub mod hex;
pub mod http;
pub mod jobs;
pub mod node;
pub mod objects;
pub mod planner;
pub mod policy;
pub mod store;
pub mod telemetry;
