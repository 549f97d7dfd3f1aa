//! What can go wrong with a benchmark.

use sea_orm::sqlx;

/// Why there are no figures.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// Something of the operating system.
    #[error("{what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A database refused a statement.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A server did not speak HTTP as expected.
    #[error("HTTP: {0}")]
    Http(#[from] hyper::Error),
    /// A request could not be made.
    #[error("request: {0}")]
    Request(#[from] axum::http::Error),
    /// An answer that is no JSON.
    #[error("JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Anything else, in words that say what to do.
    #[error("{0}")]
    Failed(String),
}

impl BenchError {
    /// A failure in words.
    pub fn new(text: impl Into<String>) -> Self {
        Self::Failed(text.into())
    }
}

/// What an operation of the system was for, added to its error.
pub trait During<T> {
    /// Says what was tried.
    ///
    /// # Errors
    /// The error, with what was tried.
    fn during(self, what: &str) -> Result<T, BenchError>;
}

impl<T> During<T> for std::io::Result<T> {
    fn during(self, what: &str) -> Result<T, BenchError> {
        self.map_err(|source| BenchError::Io {
            what: what.to_owned(),
            source,
        })
    }
}
