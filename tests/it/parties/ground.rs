//! Organisations and accounts of a test's own, beside those of the world.

use std::str::FromStr;

use entity::id::{OrganisationId, PersonId, RoleGrantId, UserId};
use entity::parties::kinds::{
    ContactChannel, InformationFormat, Nation, OrganisationKind, OrganisationStatus, Role, ScopeType,
    UserStatus,
};
use entity::parties::{organisation, person, role_grant, user_account};
use entity::platform::audit_event;
use harness::World;
use roundtable_api::planner::declare::Declared;
use roundtable_api::planner::global_id;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Condition;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set,
};
use serde_json::{Value as Json, json};

/// The issuer of the tokens that [`World::client`] sends.
const ISSUER: &str = "urn:roundtable:local";

/// A world to which a test adds what it needs.
pub struct Ground {
    world: World,
    /// The place of the last event before the test did anything.
    begin: i64,
}

impl Ground {
    pub async fn over(world: World) -> Self {
        let events = world.rows().await.audit_event;
        let begin = events.iter().map(|event| event.sequence).max();
        Self {
            world,
            begin: begin.unwrap_or_default(),
        }
    }

    /// Puts a row in, with what every row needs beside.
    pub async fn insert<A>(&self, mut row: A) -> <A::Entity as EntityTrait>::Model
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        let now = self.world.clock().now();
        for (name, value) in [
            ("version", 1_i32.into()),
            ("created_at", now.into()),
            ("updated_at", now.into()),
        ] {
            if let Ok(column) = <A::Entity as EntityTrait>::Column::from_str(name)
                && !row.get(column).is_set()
            {
                row.set(column, value);
            }
        }
        row.insert(self.world.connection()).await.unwrap()
    }

    /// Rows as they stand, whoever may see them.
    pub async fn rows<E: EntityTrait>(&self, condition: Condition) -> Vec<E::Model> {
        let rows = E::find().filter(condition).all(self.world.connection());
        rows.await.unwrap()
    }

    pub async fn organisation(&self, name: &str, status: OrganisationStatus) -> organisation::Model {
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

    /// Somebody with an account and no role; `name` is also their subject.
    pub async fn user(&self, name: &str) -> UserId {
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
        let account = user_account::ActiveModel {
            id: Set(UserId::new()),
            person_id: Set(person.id),
            issuer: Set(ISSUER.into()),
            subject: Set(name.into()),
            status: Set(UserStatus::Active),
            ..Default::default()
        };
        self.insert(account).await.id
    }

    /// Somebody with a role in an organisation, or on the platform.
    pub async fn user_with(&self, name: &str, role: Role, organisation: Option<OrganisationId>) {
        let user = self.user(name).await;
        let scope = organisation.map_or(ScopeType::Platform, |_| ScopeType::Organisation);
        self.insert(role_grant::ActiveModel {
            id: Set(RoleGrantId::new()),
            user_id: Set(Some(user)),
            role: Set(role),
            scope_type: Set(scope),
            organisation_id: Set(organisation),
            valid_from: Set(self.world.clock().now()),
            ..Default::default()
        })
        .await;
    }

    /// What somebody, or the public, is answered.
    pub async fn execute(&self, viewer: Option<&str>, query: &str, variables: Json) -> Json {
        let client = self.world.client(viewer.unwrap_or("anonymous"));
        client.query(query, variables).await.json
    }

    /// Runs one mutation whose payload has the field `object`, and answers with its payload: the object's `fields` and the
    /// `userErrors`, of which each is `CODE path`, the path without its `input`.
    pub async fn mutate(
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
            .execute(Some(viewer), &query, json!({ "input": input }))
            .await;
        assert!(answer.get("errors").is_none(), "{answer}");
        let payload = &answer["data"]["answer"];
        let errors = payload["userErrors"].as_array().unwrap().iter();
        let errors = errors.map(|error| {
            let path = error["path"].as_array().unwrap().iter();
            let path: Vec<&str> = path.skip(1).map(|part| part.as_str().unwrap()).collect();
            format!("{} {}", error["code"].as_str().unwrap(), path.join("."))
        });
        (payload[object].clone(), errors.collect())
    }

    /// What was done in this test, in order, as the audit tells it.
    pub async fn actions(&self) -> Vec<String> {
        let later = Condition::all().add(audit_event::Column::Sequence.gt(self.begin));
        let mut events = self.rows::<audit_event::Entity>(later).await;
        events.sort_by_key(|event| event.sequence);
        events.into_iter().map(|event| event.action).collect()
    }
}

/// A row's global id.
pub fn global<E: Declared>(id: impl Into<Uuid>) -> String {
    global_id::encode(E::PREFIX, id.into())
}
