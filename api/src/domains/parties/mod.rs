//! Organisations, their sites and services, areas, and people (`domain.md` 2.1).
//!
//! Organisations: [`organisation`], and what belongs to it: [`identifier`], [`site`], [`service`]. Areas: [`mod@reference`], and which council
//! answers for one: [`geography`].
//!
//! People: [`person`], their [`user`] accounts, their [`affiliation`]s to organisations, what they need
//! ([`access_need`]) and agree to ([`consent`]). Access: [`role_grant`], [`service_account`], and what the settings say
//! about both ([`accounts`]).

pub mod access_need;
pub mod accounts;
pub mod affiliation;
pub mod consent;
mod facts;
pub mod first_administrator;
pub mod geography;
pub mod identifier;
pub mod organisation;
pub mod person;
pub mod reference;
pub mod role_grant;
pub mod rules;
pub mod service;
pub mod service_account;
pub mod site;
pub mod types;
pub mod user;
