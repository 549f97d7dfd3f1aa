//! Files of figures: what is made of the real one, compared with an independent count.

mod directory;
mod independent;
mod loading;
mod services;

pub use independent::{TEN, independent};
pub use loading::import_release;
