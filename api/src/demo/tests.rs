mod feedback;
mod stories;
mod visits;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use entity::platform::audit_event;
use migration::Migrator;
use sea_orm::EntityTrait;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use tempfile::TempDir;

use super::*;
use crate::config::Settings;
use crate::domains::parties::accounts::AccountRules;
use crate::graphql::document::{DocumentLimits, Documents};
use crate::graphql::sdl;
use crate::http::pipeline::{Call, prepare};
use crate::policy::{ActingOrganisation, TokenLimits};
use crate::store::{AccountKey, Store, migrate};

/// The platform on an empty database of its own, in November 2026.
struct World {
    app: App,
    documents: Documents,
    issuer: String,
    _directory: TempDir,
}

/// On a thread with the stack of the server's workers: executors recurse, and debug builds take a lot for each step.
fn on_a_worker(test: impl AsyncFnOnce() + Send + 'static) {
    let stack = Settings::default().server.worker_stack_mebibytes * 1024 * 1024;
    let worker = std::thread::Builder::new()
        .name("test".to_owned())
        .stack_size(stack);
    let worker = worker.spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.unwrap().block_on(test());
    });
    if let Err(panic) = worker.unwrap().join() {
        std::panic::resume_unwind(panic);
    }
}

impl World {
    async fn empty() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let mut settings = Settings::default();
        settings.server.data_dir = directory.path().to_path_buf();
        migrate::up::<Migrator>(&settings).await.unwrap();
        let store = Store::open(&settings.database_url(), &settings.database)
            .await
            .unwrap();
        // As the server does before it loads the demonstration.
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        crate::domains::parties::reference::load(&store, now)
            .await
            .unwrap();
        crate::domains::outcomes::reference::load(&store, now)
            .await
            .unwrap();
        let rules = AccountRules::new(&settings.auth, settings.access.clone());
        let app = App::new(store, Clock::fixed(now)).with_account_rules(rules);
        Self {
            documents: Documents::new(&sdl(app.schema()), DocumentLimits::default()).unwrap(),
            app,
            issuer: settings.auth.local.issuer.clone(),
            _directory: directory,
        }
    }

    async fn loaded() -> Self {
        let world = Self::empty().await;
        world.load().await;
        world
    }

    async fn load(&self) -> Loaded {
        load(&self.app, &self.issuer, || ()).await.unwrap()
    }

    /// How often anything happened.
    #[expect(clippy::disallowed_methods, reason = "tests look behind the scopes")]
    async fn events(&self) -> usize {
        let connection = self.app.store().migration_connection();
        audit_event::Entity::find().all(connection).await.unwrap().len()
    }

    async fn viewer(&self, name: &str) -> Viewer {
        let Some(viewer) = VIEWERS.iter().find(|viewer| viewer.name == name) else {
            assert_eq!(name, "Anonymous");
            return Viewer::public();
        };
        let key = if viewer.service {
            AccountKey::Service {
                client_id: system_client_id(&self.app, &self.issuer).await.unwrap(),
            }
        } else {
            AccountKey::User {
                issuer: self.issuer.clone(),
                subject: viewer.name.to_owned(),
            }
        };
        let limits = TokenLimits::default();
        let found = self
            .app
            .viewer(&key, ActingOrganisation::Only, &limits)
            .await
            .unwrap();
        found.unwrap_or_else(|| panic!("{name} has no account"))
    }

    async fn ask(&self, viewer: &str, query: &str, variables: Map<String, Json>) -> Json {
        let call = Call {
            query: query.to_owned(),
            operation_name: None,
            variables,
        };
        let prepared = match prepare(&self.documents, &call) {
            Ok(prepared) => prepared,
            Err(rejection) => return json!({ "errors": format!("{rejection:?}") }),
        };
        let viewer = Arc::new(self.viewer(viewer).await);
        let response = self
            .app
            .execute(viewer, prepared.request, prepared.operation, "test".to_owned())
            .await
            .unwrap();
        serde_json::to_value(&response).unwrap()
    }
}

#[test]
fn the_world_is_loaded_once() {
    on_a_worker(async || {
        let world = World::empty().await;
        let steps = Cell::new(0);
        let loaded = load(&world.app, &world.issuer, || steps.set(steps.get() + 1))
            .await
            .unwrap();
        assert_eq!((loaded.steps, steps.get()), (step_count(), step_count()));
        let events = world.events().await;
        assert_eq!(world.load().await, Loaded::default());
        assert_eq!(world.events().await, events);
    });
}

#[test]
fn a_load_that_was_broken_off_is_made_good_and_nothing_happens_twice() {
    on_a_worker(async || {
        let whole = World::loaded().await;
        let broken = World::empty().await;
        let calendar = Calendar::before(broken.app.clock().now());
        let mark = json!({ "visit": calendar.visit(), "complete": false }).to_string();
        broken.app.store().keep_setting(SETTING, &mark).await.unwrap();
        found(&broken.app, &broken.issuer, calendar.instant(BEGINNING, 0))
            .await
            .unwrap();
        let steps = world::steps();
        for part in 1..4 {
            let clock = Clock::fixed(calendar.instant(BEGINNING, 0));
            let mut script = Script::new(&broken.app, clock, &broken.issuer, calendar).unwrap();
            for step in &steps[..steps.len() * part / 4] {
                script.run(step).await.unwrap();
            }
        }
        let loaded = broken.load().await;
        assert_eq!(loaded.steps, step_count());
        assert_eq!(broken.events().await, whole.events().await);
        let kept = broken.app.store().setting(SETTING).await.unwrap().unwrap();
        broken
            .app
            .store()
            .keep_setting(SETTING, &kept.replace("true", "false"))
            .await
            .unwrap();
        assert_eq!(broken.load().await, loaded);
        assert_eq!(broken.events().await, whole.events().await);
    });
}

#[test]
fn a_platform_in_use_gets_no_demonstration_data() {
    on_a_worker(async || {
        let world = World::empty().await;
        let somebody = FirstAdministrator {
            name: "Platform desk".to_owned(),
            issuer: world.issuer.clone(),
            subject: "desk".to_owned(),
        };
        let now = world.app.clock().now();
        first_administrator::make(world.app.store(), world.app.account_rules(), now, &somebody)
            .await
            .unwrap();
        let events = world.events().await;
        let refused = load(&world.app, &world.issuer, || ()).await;
        assert!(matches!(refused, Err(DemoError::InUse)), "{refused:?}");
        assert_eq!(world.events().await, events);
    });
}

#[test]
fn every_viewer_is_who_they_are_said_to_be() {
    on_a_worker(async || {
        let world = World::loaded().await;
        let query = "{ viewer { actingOrganisation { name } grants { role scopeType } } }";
        let mut found = BTreeMap::new();
        for viewer in VIEWERS {
            let answer = world.ask(viewer.name, query, Map::new()).await;
            let grants = answer["data"]["viewer"]["grants"].as_array().unwrap();
            let mut roles: Vec<_> = grants
                .iter()
                .map(|grant| grant["role"].as_str().unwrap().to_owned())
                .collect();
            roles.sort();
            let organisation = answer["data"]["viewer"]["actingOrganisation"]["name"].as_str();
            found.insert(
                viewer.name,
                (organisation.unwrap_or("-").to_owned(), roles.join(" ")),
            );
        }
        let said = [
            ("platform-admin", "-", "PLATFORM_ADMIN"),
            (
                "council-admin",
                "Oxfordshire County Council",
                "ORGANISATION_ADMIN",
            ),
            ("commissioner", "Oxfordshire County Council", "COMMISSIONER"),
            ("board-chair", "-", "CHAIR"),
            ("board-member", "-", ""),
            ("visitor", "-", ""),
            ("provider-user", "Windrush Homecare", "PROVIDER_USER"),
            ("user-led-admin", "Cherwell Voices", "ORGANISATION_ADMIN"),
            ("researcher", "University of Evenlode", "RESEARCHER"),
            ("service-account", "Oxfordshire County Council", "INTEGRATION"),
            ("former-member", "-", ""),
            ("stranger", "Waveney Care Support", "ORGANISATION_ADMIN"),
            ("norfolk-member", "-", ""),
            ("nottingham-admin", "Trentside Network", "ORGANISATION_ADMIN"),
            ("manor-editor", "-", ""),
        ];
        let said: BTreeMap<_, _> = said
            .into_iter()
            .map(|(name, organisation, roles)| (name, (organisation.to_owned(), roles.to_owned())))
            .collect();
        assert_eq!(found, said);
    });
}

#[test]
fn the_board_shows_each_stage_and_what_it_lacks() {
    on_a_worker(async || {
        let world = World::loaded().await;
        let query = "{ boards(first: 1, filter: { nameContains: \"Team-Up\" }) { nodes {
        memberships(first: 100) { nodes { stage endReason person { displayName } } }
        representation { vacantSeats { kind } constituenciesWithoutAVoice { code } } } } }";
        let answer = world.ask("board-chair", query, Map::new()).await;
        let board = &answer["data"]["boards"]["nodes"][0];
        let mut stages = BTreeMap::<_, u32>::new();
        for membership in board["memberships"]["nodes"].as_array().unwrap() {
            *stages.entry(membership["stage"].as_str().unwrap()).or_default() += 1;
            if membership["stage"] == "ENDED" {
                assert_eq!(membership["endReason"], "TERM_EXPIRED");
            }
        }
        let said = [
            ("ACTIVE", 5),
            ("ENDED", 1),
            ("OFFERED", 1),
            ("ON_LEAVE", 1),
            ("VISITOR", 1),
        ];
        assert_eq!(stages, BTreeMap::from(said), "{answer}");
        let lacks = &board["representation"];
        let vacant = lacks["vacantSeats"].as_array().unwrap().len();
        assert_eq!(vacant, 4, "{lacks}");
        let silent = lacks["constituenciesWithoutAVoice"].as_array().unwrap();
        assert!(silent.contains(&json!({ "code": "YOUNG_CARERS" })), "{lacks}");
    });
}

#[test]
fn each_viewer_sees_the_members_they_may_see() {
    on_a_worker(async || {
        let world = World::loaded().await;
        let query = "{ boards(first: 1, filter: { nameContains: \"Team-Up\" }) { nodes { memberships { totalCount } } } }";
        // Nine people came to the board: two agreed to be named, seven are or were members.
        let said = [
            ("Anonymous", 2),
            ("platform-admin", 7),
            ("council-admin", 9),
            ("board-chair", 9),
            ("board-member", 9),
            ("visitor", 3),
            ("provider-user", 9),
            ("user-led-admin", 9),
            ("researcher", 7),
            ("service-account", 7),
            ("former-member", 3),
            ("stranger", 2),
        ];
        let mut found = Vec::new();
        for (viewer, _) in said {
            let answer = world.ask(viewer, query, Map::new()).await;
            let memberships = &answer["data"]["boards"]["nodes"][0]["memberships"];
            found.push((viewer, memberships["totalCount"].as_i64().unwrap_or(-1)));
        }
        assert_eq!(found, said);
    });
}

#[test]
fn panels_show_each_viewer_their_part() {
    on_a_worker(async || {
        let world = World::loaded().await;
        let query = "{
        vacancies { nodes { title status } }
        interviewPanels { nodes { status scores { totalCount } decisions { totalCount } } }
        applications { nodes { status } }
        trainingRecords(filter: { current: false }) { nodes { person { displayName } } } }";
        let mut found = Vec::new();
        for viewer in [
            "board-chair",
            "board-member",
            "provider-user",
            "visitor",
            "stranger",
        ] {
            let answer = world.ask(viewer, query, Map::new()).await;
            let of = |list: &str| answer["data"][list]["nodes"].as_array().unwrap().iter().cloned();
            let panels = of("interviewPanels").map(|panel| {
                let status = panel["status"].as_str().unwrap().to_owned();
                let count = |list: &str| panel[list]["totalCount"].as_u64().unwrap();
                (status, count("scores"), count("decisions"))
            });
            let mut panels: Vec<_> = panels.collect();
            panels.sort();
            assert_eq!(of("vacancies").len(), 3, "{viewer}: announced vacancies");
            let run_out = of("trainingRecords").len();
            found.push((viewer, panels, of("applications").len(), run_out));
        }
        let decided = || ("DECIDED".to_owned(), 10, 2);
        let scoring = |scores| ("SCORING".to_owned(), scores, 0);
        let said = [
            // The chair has not kept up her training, and is not on the panel that asks for it.
            ("board-chair", vec![decided()], 2, 1),
            // The member has yet to score.
            ("board-member", vec![decided(), scoring(0)], 4, 0),
            // The provider is recused from one of two, and has scored the other.
            ("provider-user", vec![scoring(2)], 1, 0),
            ("visitor", vec![], 1, 0),
            ("stranger", vec![], 0, 0),
        ];
        assert_eq!(found, said);
    });
}

/// An example of the explorer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    viewer: String,
    title: String,
    query: String,
    variables: Map<String, Json>,
}

#[test]
fn the_explorers_examples_work_for_their_viewers() {
    on_a_worker(async || {
        let world = World::loaded().await;
        let text = include_str!("../../explorer/examples/examples.json");
        let examples: Vec<Example> = serde_json::from_str(text).unwrap();
        let mut failures = Vec::new();
        for example in &examples {
            let name = example.viewer.as_str();
            let answer = world.ask(name, &example.query, example.variables.clone()).await;
            if let Some(errors) = answer.get("errors") {
                failures.push(format!("{name}: {}: {errors}", example.title));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
        for viewer in VIEWERS {
            let count = examples
                .iter()
                .filter(|example| example.viewer == viewer.name)
                .count();
            assert!(count >= 2, "{} has {count} examples", viewer.name);
        }
    });
}
