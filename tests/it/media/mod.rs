//! Files that people upload: on their way in, judged, searched, given out, and removed.

mod arriving;
mod contested;
mod delivered;
mod kept;
mod killed;
mod refused;
mod said;
mod searched;
mod service;
pub mod wire;
