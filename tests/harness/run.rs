//! Running one test on one database.

use std::pin::Pin;

use crate::{Engine, World};

/// What a test is given: a [`World`], or the [`Engine`] alone for tests that make worlds themselves.
pub trait Stage: Sized + Send + 'static {
    /// Sets it up on a database.
    fn set(engine: Engine) -> impl Future<Output = Self> + Send;

    /// What to tidy up when the test is over, however it ended.
    fn place(&self) -> Option<crate::Place>;
}

impl Stage for Engine {
    async fn set(engine: Engine) -> Self {
        engine
    }

    fn place(&self) -> Option<crate::Place> {
        None
    }
}

impl Stage for World {
    async fn set(engine: Engine) -> Self {
        Self::fixed(engine).await
    }

    fn place(&self) -> Option<crate::Place> {
        Some(self.place().clone())
    }
}

/// A test's body.
pub type Body<S> = fn(S) -> Pin<Box<dyn Future<Output = ()> + Send>>;

/// Runs a test on a database, where there is one; see [`both_databases`](crate::both_databases).
///
/// # Panics
/// When the test does.
pub fn run<S: Stage>(engine: Engine, body: Body<S>) {
    if !engine.is_available() {
        return;
    }
    crate::statements::listen();
    // Workers with the server's own stack: parsers and executors recurse.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(16 * 1024 * 1024)
        .enable_all()
        .build()
        .unwrap();
    let outcome = runtime.block_on(async {
        let stage = tokio::spawn(S::set(engine)).await?;
        let place = stage.place();
        let outcome = tokio::spawn(body(stage)).await;
        if let Some(place) = place {
            place.remove().await;
        }
        outcome
    });
    if let Err(failure) = outcome {
        std::panic::resume_unwind(failure.into_panic());
    }
}

/// Makes a test for SQLite and one for PostgreSQL of one body: `name::sqlite` and `name::postgres`.
///
/// The body takes a [`World`](crate::World), or an [`Engine`](crate::Engine) when it makes its worlds itself.
#[macro_export]
macro_rules! both_databases {
    ($( $(#[doc = $doc:literal])* async fn $name:ident($stage:ident: $kind:ident) $body:block )+) => {$(
        $(#[doc = $doc])*
        mod $name {
            #[allow(unused_imports, reason = "a body may need nothing of its module")]
            use super::*;

            async fn test($stage: $crate::$kind) $body

            #[test]
            fn sqlite() {
                $crate::run($crate::Engine::Sqlite, |stage| Box::pin(test(stage)));
            }

            #[test]
            fn postgres() {
                $crate::run($crate::Engine::Postgres, |stage| Box::pin(test(stage)));
            }
        }
    )+};
}
