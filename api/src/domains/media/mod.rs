//! Files that people upload: recordings, documents, pictures, captions (`domain.md` 2.1).
//!
//! A file is announced ([`mutation`]), which gives a signed address; its bytes are sent there, in as many parts as it takes
//! ([`transfer`]); once all have arrived it is judged by its content ([`rules`]), stored, and searched for harmful software.
//! Whoever may read it finds an address for its bytes in `downloadUrl` ([`types`]), which holds for a while.

pub mod erase;
pub mod mutation;
mod persist;
pub mod rules;
pub mod settings;
pub mod transfer;
pub mod types;

use entity::media::media;

use crate::events::Event;
use crate::policy::Viewer;
use crate::policy::areas::media::may_manage_media;

pub use settings::MediaSettings;
pub use transfer::{JOB, Transfers};

/// Something happened to a file. A person's own is nobody's business but theirs.
fn event(action: &'static str, media: &media::Model) -> Event {
    let event = Event::new(action, "media", media.id);
    match media.organisation_id {
        Some(organisation) => event.of_organisation(organisation),
        None => event.private(),
    }
}

/// Whether the viewer may say what a file is, and take it away.
fn may_manage(viewer: &Viewer, media: &media::Model) -> bool {
    let uploader = media.uploaded_by_person_id.map(|id| id.0);
    may_manage_media(viewer, uploader, media.organisation_id.map(|id| id.0))
}
