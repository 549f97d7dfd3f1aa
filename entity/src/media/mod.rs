//! Files that people upload: recordings, documents, pictures, captions (`domain.md` 2.1).

pub mod kinds;
#[expect(clippy::module_inception, reason = "the area's table has the area's name")]
pub mod media;
