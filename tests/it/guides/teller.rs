//! Tells a story to a server, and hears what it answers.

use chrono::{DateTime, Utc};
use harness::{Engine, Template, World};
use roundtable_api::config::Settings;
use roundtable_api::demo;
use roundtable_api::domains::parties::reference;

use super::answers::Names;
use super::json::Json;
use super::story::{Step, Story};

/// A story under way, chapter by chapter, in one world.
pub struct Telling {
    world: World,
    names: Names,
    is_loaded: bool,
}

/// A chapter that was told.
#[derive(Default)]
pub struct Told {
    /// What the server answered to each step, as guides print it; what is printed where it failed.
    pub answers: Vec<String>,
    /// The steps that failed.
    pub failures: Vec<String>,
    /// Where the guide says something else than the server, the failures among it.
    pub differences: Vec<String>,
}

impl Telling {
    /// Begins on an empty database.
    pub async fn begin(engine: Engine) -> Self {
        Self {
            world: World::new(engine, Template::Empty, |_| ()).await,
            names: Names::default(),
            is_loaded: false,
        }
    }

    /// Tells a chapter. What `roundtable serve --demo` loads is loaded when the first one begins.
    pub async fn tell(&mut self, story: &Story) -> Told {
        let mut told = Told::default();
        for step in &story.steps {
            self.set_clock(step.at);
            self.load().await;
            let at_line = |difference| format!("line {}: {difference}", step.line);
            match self.answer(step).await {
                Ok(answered) => {
                    let printed = serde_json::from_str(&step.answer).unwrap_or(Json::Object(Vec::new()));
                    let found = self.names.compare(&printed, &answered);
                    told.differences.extend(found.into_iter().map(at_line));
                    told.answers.push(self.names.named(&answered).print());
                }
                Err(why) => {
                    told.failures.push(at_line(why.clone()));
                    told.differences.push(at_line(why));
                    told.answers.push(step.answer.clone());
                }
            }
        }
        told
    }

    /// Tidies up.
    pub async fn end(self) {
        self.world.close().await;
    }

    async fn load(&mut self) {
        if !self.is_loaded {
            let issuer = Settings::default().auth.local.issuer;
            let app = &self.world.node().app;
            reference::load(app.store(), app.clock().now()).await.unwrap();
            demo::load(app, &issuer, || ()).await.unwrap();
            self.is_loaded = true;
        }
    }

    /// What the server answers, without the extensions: they differ from one request to the next.
    async fn answer(&self, step: &Step) -> Result<Json, String> {
        let variables = self.names.variables(&step.document)?;
        let client = self.world.client(&step.viewer);
        let answer = client.query(&step.document, variables).await;
        match serde_json::from_str(&answer.text) {
            Ok(Json::Object(mut fields)) if answer.json["errors"].is_null() => {
                fields.retain(|(name, _)| name == "data");
                Ok(Json::Object(fields))
            }
            _ => Err(answer.text),
        }
    }

    /// Time only goes on: a story that goes back is a mistake.
    fn set_clock(&self, at: DateTime<Utc>) {
        let clock = self.world.clock();
        assert!(
            clock.now() <= at,
            "the story goes back, from {} to {at}",
            clock.now()
        );
        clock.advance(at - clock.now());
    }
}
