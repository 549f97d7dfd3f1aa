//! What must be true of media. All of it is pure.
//!
//! - [`names`]: what a file may be called.
//! - [`types`]: which media types are taken, and which kind each is of.
//! - [`content`]: what a file really is, by its content.
//! - [`tables`]: what is a table as text, packed or not.
//! - [`archives`], [`drawings`], [`captions`]: what must not be in packed documents, drawings and captions.

pub mod archives;
pub mod captions;
pub mod content;
pub mod drawings;
pub mod names;
pub mod tables;
pub mod types;
pub mod upload;
