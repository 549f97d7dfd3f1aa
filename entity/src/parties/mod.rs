//! Who there is: organisations, their places and services, areas, people, accounts, and the roles given to them.

pub mod kinds;
