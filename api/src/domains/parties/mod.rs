//! Organisations, their sites and services, and people (`domain.md` 2.1).
//!
//! People: [`person`], their [`user`] accounts, their [`affiliation`]s to organisations, what they need
//! ([`access_need`]) and agree to ([`consent`]). Access: [`role_grant`], [`service_account`], and what the settings say
//! about both ([`accounts`]).

pub mod access_need;
pub mod accounts;
pub mod affiliation;
pub mod consent;
mod facts;
pub mod person;
pub mod role_grant;
pub mod rules;
pub mod service_account;
pub mod types;
pub mod user;
