//! Files that people upload: recordings, documents, pictures, captions (`domain.md` 2.1).
//!
//! - [`types`]: how they look to clients.

pub mod types;
