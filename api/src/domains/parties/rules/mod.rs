//! What must be true of organisations, people and their accounts (`domain.md` 2.1 and 4). Pure: values and facts go in, and
//! the normal form, the next state or every violation comes out; days and instants are arguments.
//!
//! - [`identifier`]: the codes organisations and sites are known by.
//! - [`organisation`]: how an organisation is admitted, suspended and closed.
//! - [`place`]: sites and services.
//! - [`contact`]: how people are reached, and in which language.
//! - [`standing`]: what the standing of an organisation, a code or an area allows.
//! - [`person`]: consents, ties to organisations and access needs.
//! - [`access`]: roles and accounts.

pub mod access;
pub mod contact;
pub mod identifier;
pub mod organisation;
pub mod person;
pub mod place;
pub mod standing;
