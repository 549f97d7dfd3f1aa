//! Who there is: organisations, their places and services, areas, people, accounts, and the roles given to them.

pub mod access_need;
pub mod affiliation;
pub mod consent;
pub mod geography;
pub mod kinds;
pub mod organisation;
pub mod organisation_identifier;
pub mod person;
pub mod role_grant;
pub mod service;
pub mod service_account;
pub mod service_account_secret;
pub mod site;
pub mod site_identifier;
pub mod user_account;
