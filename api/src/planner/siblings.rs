//! Objects that stand beside each other in a list which the planner did not read: they are read together.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_graphql::Value;
use sea_orm::prelude::Uuid;
use tokio::sync::OnceCell;

use super::run::ReadError;

/// The objects of one list, and what was read of them for each selection.
#[derive(Debug)]
pub(super) struct Siblings {
    pub ids: Vec<Uuid>,
    /// By the place in the answer: where the list is asked for twice, each time with another selection, each is read.
    read: Mutex<HashMap<String, Reading>>,
}

/// What one selection answers; nothing when it could not be read, and was said to be so.
type Reading = Arc<OnceCell<Option<HashMap<Uuid, Value>>>>;

impl Siblings {
    pub fn new(ids: Vec<Uuid>) -> Self {
        Self {
            ids,
            read: Mutex::default(),
        }
    }

    /// What was read at a place of the answer, or is being read: the first to ask reads for all. Others of a reading that failed
    /// get nothing, and the first one the reason.
    pub async fn answer(
        &self,
        place: String,
        id: Uuid,
        read: impl AsyncFnOnce() -> Result<Vec<Value>, ReadError>,
    ) -> Result<Value, ReadError> {
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
                .and_then(|answers| answers.get(&id))
                .cloned()
                .unwrap_or_default()),
        }
    }
}
