//! Objects that are read together though the planner did not find them: those of a list that was found by other means, and those that
//! requests made together are answered with.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_graphql::Value;
use sea_orm::prelude::Uuid;
use tokio::sync::OnceCell;

use super::run::ReadError;

/// The objects, and what was read of them for each selection.
#[derive(Debug)]
pub struct Siblings {
    pub(super) ids: Vec<Uuid>,
    /// By the place in the answer: where the objects are asked for twice, each time with another selection, each is read.
    read: Mutex<HashMap<String, Reading>>,
}

/// What one selection answers; nothing when it could not be read, and was said to be so.
type Reading = Arc<OnceCell<Option<HashMap<Uuid, Value>>>>;

impl Siblings {
    /// Of these ids, of the same type.
    #[must_use]
    pub fn new(ids: Vec<Uuid>) -> Self {
        Self {
            ids,
            read: Mutex::default(),
        }
    }

    /// What was read at a place of the answer, or is being read: the first to ask reads for all. Others of a reading that failed
    /// get nothing, and the first one the reason.
    pub(super) async fn answer(
        &self,
        place: String,
        id: Uuid,
        read: impl AsyncFnOnce() -> Result<Vec<Value>, ReadError>,
    ) -> Result<Option<Value>, ReadError> {
        let reading = match self.read.lock() {
            Ok(mut known) => known.entry(place).or_default().clone(),
            Err(_) => Reading::default(),
        };
        let mut failed = None;
        let answers = reading
            .get_or_init(|| async {
                match read().await {
                    Ok(values) => Some(self.ids.iter().copied().zip(values).collect()),
                    Err(error) => {
                        failed = Some(error);
                        None
                    }
                }
            })
            .await;
        match failed {
            Some(error) => Err(error),
            None => Ok(answers
                .as_ref()
                .map(|answers| answers.get(&id).cloned().unwrap_or_default())),
        }
    }
}
