//! Meetings and events in people's own calendar programs (RFC 5545).
//!
//! A person makes a feed and gets its secret address, once. A calendar program asks there, without a token, and gets the
//! person's meetings and events as they are at that moment.
//!
//! - [`types`], [`mutation`]: how feeds look to clients, and what clients can do to them.
//! - [`calendar`]: from a query and its answers to the file. It asks the API's own contract, as any client does, so that
//!   the scopes of meetings decide and nothing else.

pub mod calendar;
pub mod mutation;
mod persist;
mod settings;
pub mod types;

pub use settings::CalendarSettings;
