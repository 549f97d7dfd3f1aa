//! The demonstration world: initiatives with made-up people, loaded through the API's own mutations.
//!
//! - `world`: who lives in it and what they do, as steps.
//! - `step`: what a step is; `calendar`: when it happens; `script`: how it is executed, as whom.
//! - `viewers`: whom visitors can be.
//!
//! Loading can be repeated. A step that makes something carries a key, so that a second time answers what the first one
//! made; a step that moves something on looks first whether it waits for that. So a load that was broken off is made good
//! by the next one, and a setting says when all of it is there.

mod acting;
mod areas;
mod calendar;
mod handover;
mod meetings;
mod panels;
mod resources;
mod script;
mod step;
mod story;
mod viewers;
mod world;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use entity::parties::user_account;
use sea_orm::prelude::DateTimeUtc;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};

pub use viewers::{DemoViewer, VIEWERS};

use crate::app::App;
use crate::clock::Clock;
use crate::domains::outcomes::reference;
use crate::domains::parties::first_administrator::{self, FirstAdministrator, FirstAdministratorError};
use crate::events::Actor;
use crate::policy::Viewer;
use acting::{Acting, FOUNDER};
use calendar::Calendar;
use script::Script;
use world::{SYSTEM, SYSTEM_ADMINISTRATOR};

/// The setting that says how far the world is loaded; also the name of the work for other nodes.
const SETTING: &str = "demo_world";
/// The day on which the platform began, counted from the visit.
const BEGINNING: i64 = -420;

/// Why the demonstration world could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// The database holds something else already.
    #[error("the database is in use; demonstration data is loaded into an empty one only")]
    InUse,
    /// What figures are told apart by could not be loaded.
    #[error(transparent)]
    Reference(#[from] reference::ReferenceError),
    /// The first administrator could not be made.
    #[error(transparent)]
    Founding(#[from] FirstAdministratorError),
    /// A step of the script was refused: the script and the rules differ.
    #[error("the step `{step}` was refused: {answer}")]
    Refused {
        /// The step.
        step: String,
        /// What the API answered.
        answer: String,
    },
    /// The demonstration world is not there.
    #[error("there is no demonstration data; `roundtable serve --demo` loads it")]
    NotLoaded,
    /// A step has no answer; the script asks who somebody is before each.
    #[error(transparent)]
    Unanswered(#[from] crate::app::Unanswered),
    /// What the API answered, or what was kept, cannot be read.
    #[error("an answer cannot be read")]
    Unreadable(#[from] serde_json::Error),
    /// The schema is not valid: a fault of ours.
    #[error("the schema is not valid")]
    Schema(#[from] crate::graphql::document::SchemaError),
}

impl DemoError {
    fn refused(step: &str, answer: impl ToString) -> Self {
        Self::Refused {
            step: step.to_owned(),
            answer: answer.to_string(),
        }
    }
}

/// What was loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// How many steps were executed; none when the world was there.
    pub steps: usize,
    /// How many objects of each kind there are, of those that the script names.
    pub objects: BTreeMap<String, usize>,
}

/// How far the world is loaded.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Mark {
    /// The day of the visit, from which all days are counted.
    visit: String,
    complete: bool,
}

/// How many steps a load takes.
#[must_use]
pub fn step_count() -> usize {
    world::steps().len()
}

/// Loads the world once; later calls find it there. `done` is called after every step. While another node loads it, there
/// is nothing to do here.
///
/// # Errors
/// See [`DemoError`]. What was done before stays, and the next call goes on from there.
pub async fn load(app: &App, issuer: &str, done: impl Fn()) -> Result<Loaded, DemoError> {
    let loaded = app.store().alone(SETTING, load_alone(app, issuer, done)).await?;
    loaded.unwrap_or_else(|| Ok(Loaded::default()))
}

async fn load_alone(app: &App, issuer: &str, done: impl Fn()) -> Result<Loaded, DemoError> {
    let store = app.store();
    let kept = store.setting(SETTING).await?;
    let kept: Option<Mark> = kept.map(|kept| serde_json::from_str(&kept)).transpose()?;
    if kept.as_ref().is_some_and(|mark| mark.complete) {
        return Ok(Loaded::default());
    }
    let is_begun = kept.is_some();
    let calendar = kept
        .and_then(|mark| Calendar::read(&mark.visit))
        .unwrap_or_else(|| Calendar::before(app.clock().now()));
    let mark = |complete| {
        serde_json::to_string(&Mark {
            visit: calendar.visit(),
            complete,
        })
    };
    if !is_begun {
        check_empty(app).await?;
        store.keep_setting(SETTING, &mark(false)?).await?;
    }
    // Figures say whom they are about in the words that come with the server.
    reference::load(store, app.clock().now()).await?;
    let beginning = calendar.instant(BEGINNING, 0);
    let mut script = Script::new(app, Clock::fixed(beginning), issuer, calendar)?;
    if script.viewer(&Acting::of(FOUNDER)).await?.is_none() {
        found(app, issuer, beginning).await?;
    }
    let steps = world::steps();
    for step in &steps {
        script.run(step).await?;
        done();
    }
    store.keep_setting(SETTING, &mark(true)?).await?;
    Ok(Loaded {
        steps: steps.len(),
        objects: script.counts(),
    })
}

/// Nobody has an account yet.
async fn check_empty(app: &App) -> Result<(), DemoError> {
    let nobody = Viewer::public().values();
    let now = app.clock().now();
    let session = app.store().begin(nobody, Actor::system(SETTING), now).await?;
    match session.count::<user_account::Entity>(Condition::all()).await? {
        0 => Ok(()),
        _ => Err(DemoError::InUse),
    }
}

/// Makes the first administrator, as `roundtable admin create` does.
async fn found(app: &App, issuer: &str, at: DateTimeUtc) -> Result<(), DemoError> {
    let founder = FirstAdministrator {
        name: "Robin Hale".to_owned(),
        issuer: issuer.to_owned(),
        subject: FOUNDER.to_owned(),
    };
    first_administrator::make(app.store(), app.account_rules(), at, &founder).await?;
    Ok(())
}

/// The client id of the demonstration's computer system: the server chose it.
///
/// # Errors
/// [`DemoError::NotLoaded`] where the world is not there, or its account is gone.
pub async fn system_client_id(app: &App, issuer: &str) -> Result<String, DemoError> {
    let calendar = Calendar::before(app.clock().now());
    let script = Script::new(app, app.clock().clone(), issuer, calendar)?;
    let administrator = Acting::of(SYSTEM_ADMINISTRATOR);
    if script.viewer(&administrator).await?.is_none() {
        return Err(DemoError::NotLoaded);
    }
    let found = script.find_service_account(&administrator, SYSTEM).await?;
    found.map(|(_, client_id)| client_id).ok_or(DemoError::NotLoaded)
}
