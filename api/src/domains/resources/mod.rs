//! Resources that are written together (`domain.md` 2.6).
//!
//! - [`content`]: texts as they are shown, read out and compared.

pub mod content;
