//! Organisations, their codes, sites and services, and the areas that come with the server.

mod ground;
mod identifier;
mod organisation;
mod reference;
mod service;
mod site;
