//! Texts of resources: CommonMark as it is shown, as plain text, and what changed between two texts. Pure functions of the
//! texts: no database, no GraphQL.
//!
//! Anybody who may write a draft may write what they like, so nothing of a text is trusted. [`html`] shows markup that the
//! author typed instead of running it, and lets nothing pass that is not on [its list](html::ELEMENTS).

pub mod difference;
pub mod html;
pub mod plain;

#[cfg(test)]
mod hostile_tests;
