//! The application on an empty SQLite file, for tests of mutations: rows are put in directly, and requests go through
//! everything but HTTP.

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use entity::id::{OrganisationId, PersonId, RoleGrantId, UserId};
use entity::parties::kinds::{
    ContactChannel, InformationFormat, Nation, OrganisationKind, OrganisationStatus, Role, ScopeType,
    UserStatus,
};
use entity::parties::{organisation, person, role_grant, user_account};
use migration::Migrator;
use sea_orm::sea_query::Condition;
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde_json::{Map, Value as Json};
use tempfile::TempDir;

use crate::app::App;
use crate::clock::Clock;
use crate::config::Settings;
use crate::graphql::document::Documents;
use crate::graphql::sdl;
use crate::http::pipeline::{Call, prepare};
use crate::planner::declare::Declared;
use crate::planner::global_id;
use crate::policy::{ActingOrganisation, GrantScope, Viewer};
use crate::store::{AccountKey, Store, migrate};

/// Who vouches for everybody in these tests.
const ISSUER: &str = "https://issuer.test";

static DOCUMENTS: LazyLock<Documents> = LazyLock::new(|| {
    let sdl = sdl(&crate::graphql::build());
    Documents::new(&sdl, crate::graphql::document::DocumentLimits::default()).unwrap()
});

/// An application over a database of its own, at noon on 10 July 2026.
pub(crate) struct TestApp {
    pub(crate) app: App,
    _directory: TempDir,
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let mut settings = Settings::default();
        settings.server.data_dir = directory.path().to_path_buf();
        migrate::up::<Migrator>(&settings).await.unwrap();
        let store = Store::open(&settings.database_url(), &settings.database)
            .await
            .unwrap();
        Self {
            app: App::new(store, Clock::fixed(Self::noon())),
            _directory: directory,
        }
    }

    /// The instant at which the clock stands.
    pub(crate) fn noon() -> DateTime<Utc> {
        "2026-07-10T12:00:00Z".parse().unwrap()
    }

    /// Puts a row in, with what every row needs beside.
    #[expect(clippy::disallowed_methods, reason = "tests make their world without permits")]
    pub(crate) async fn insert<A>(&self, row: A) -> <A::Entity as EntityTrait>::Model
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        use std::str::FromStr;
        let mut row = row;
        for (name, value) in [
            ("version", 1_i32.into()),
            ("created_at", Self::noon().into()),
            ("updated_at", Self::noon().into()),
        ] {
            if let Ok(column) = <A::Entity as EntityTrait>::Column::from_str(name)
                && !row.get(column).is_set()
            {
                row.set(column, value);
            }
        }
        row.insert(self.app.store().migration_connection()).await.unwrap()
    }

    /// Rows as they stand, whoever may see them.
    #[expect(clippy::disallowed_methods, reason = "tests look behind the scopes")]
    pub(crate) async fn rows<E: EntityTrait>(&self, condition: Condition) -> Vec<E::Model> {
        E::find()
            .filter(condition)
            .all(self.app.store().migration_connection())
            .await
            .unwrap()
    }

    /// An organisation.
    pub(crate) async fn organisation(&self, name: &str, status: OrganisationStatus) -> organisation::Model {
        self.insert(organisation::ActiveModel {
            id: Set(OrganisationId::new()),
            name: Set(name.into()),
            kind: Set(OrganisationKind::UserLed),
            nation: Set(Nation::England),
            status: Set(status),
            ..Default::default()
        })
        .await
    }

    /// Somebody with an account; `name` is also their subject.
    pub(crate) async fn user(&self, name: &str) -> user_account::Model {
        let person = self
            .insert(person::ActiveModel {
                id: Set(PersonId::new()),
                display_name: Set(name.into()),
                preferred_format: Set(InformationFormat::Standard),
                preferred_channel: Set(ContactChannel::Email),
                language: Set("en".into()),
                ..Default::default()
            })
            .await;
        self.insert(user_account::ActiveModel {
            id: Set(UserId::new()),
            person_id: Set(person.id),
            issuer: Set(ISSUER.into()),
            subject: Set(name.into()),
            status: Set(UserStatus::Active),
            ..Default::default()
        })
        .await
    }

    /// Gives a role to a user.
    pub(crate) async fn grant(&self, user: UserId, role: Role, scope: GrantScope) -> role_grant::Model {
        let mut row = role_grant::ActiveModel {
            id: Set(RoleGrantId::new()),
            user_id: Set(Some(user)),
            role: Set(role),
            scope_type: Set(ScopeType::Platform),
            valid_from: Set(Self::noon()),
            ..Default::default()
        };
        match scope {
            GrantScope::Platform => {}
            GrantScope::Organisation(id) => {
                row.scope_type = Set(ScopeType::Organisation);
                row.organisation_id = Set(Some(id.into()));
            }
            GrantScope::Partnership(id) => {
                row.scope_type = Set(ScopeType::Partnership);
                row.partnership_id = Set(Some(id.into()));
            }
            GrantScope::Board(id) => {
                row.scope_type = Set(ScopeType::Board);
                row.board_id = Set(Some(id.into()));
            }
        }
        self.insert(row).await
    }

    /// Somebody with one role.
    pub(crate) async fn user_with(&self, name: &str, role: Role, scope: GrantScope) -> user_account::Model {
        let user = self.user(name).await;
        self.grant(user.id, role, scope).await;
        user
    }

    /// Executes a document as the user of this name, or as the public; what they may do is looked up anew.
    pub(crate) async fn execute(&self, viewer: Option<&str>, query: &str, variables: Json) -> Json {
        let viewer = match viewer {
            None => Viewer::public(),
            Some(name) => {
                let key = AccountKey::User {
                    issuer: ISSUER.into(),
                    subject: name.into(),
                };
                self.app
                    .viewer(&key, ActingOrganisation::Only)
                    .await
                    .unwrap()
                    .unwrap()
            }
        };
        let call = Call {
            query: query.into(),
            operation_name: None,
            variables: variables.as_object().cloned().unwrap_or_else(Map::new),
        };
        let prepared = prepare(&DOCUMENTS, &call).unwrap();
        let response = self
            .app
            .execute(
                Arc::new(viewer),
                prepared.request,
                prepared.operation,
                "test".into(),
            )
            .await;
        serde_json::to_value(response).unwrap()
    }

    /// Runs one mutation whose payload has the field `object`, and answers with its payload: the object's `fields` and the
    /// `userErrors`, of which each is `CODE path`.
    pub(crate) async fn mutate(
        &self,
        viewer: &str,
        mutation: &str,
        object: &str,
        fields: &str,
        input: Json,
    ) -> (Json, Vec<String>) {
        let type_name = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!(
            "mutation($input: {type_name}!) {{ answer: {mutation}(input: $input) {{ \
             {object} {{ {fields} }} userErrors {{ code message path }} }} }}"
        );
        let answer = self
            .execute(Some(viewer), &query, serde_json::json!({ "input": input }))
            .await;
        assert!(answer.get("errors").is_none(), "{answer}");
        let payload = &answer["data"]["answer"];
        let errors = payload["userErrors"].as_array().unwrap();
        let errors = errors.iter().map(|error| {
            let path: Vec<&str> = error["path"]
                .as_array()
                .unwrap()
                .iter()
                .map(|part| part.as_str().unwrap())
                .collect();
            format!("{} {}", error["code"].as_str().unwrap(), path.join("."))
        });
        (payload[object].clone(), errors.collect())
    }

    /// What was done, in order, as the audit tells it.
    pub(crate) async fn actions(&self) -> Vec<String> {
        let mut events = self
            .rows::<entity::platform::audit_event::Entity>(Condition::all())
            .await;
        events.sort_by_key(|event| event.sequence);
        events.into_iter().map(|event| event.action).collect()
    }
}

/// A row's global id.
pub(crate) fn global<E: Declared>(id: impl Into<sea_orm::prelude::Uuid>) -> String {
    global_id::encode(E::PREFIX, id.into())
}
