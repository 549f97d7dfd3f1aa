//! Executes the steps of a script through the API itself: what the rules refuse a client, they refuse the script.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value as Json, json};

use super::DemoError;
use super::acting::Acting;
use super::calendar::Calendar;
use super::step::{Step, Waits, What, document_of, object_of, with};
use crate::app::App;
use crate::clock::Clock;
use crate::domains::boards::terms;
use crate::graphql::document::{DocumentLimits, Documents};
use crate::graphql::sdl;
use crate::http::pipeline::{Call, prepare};
use crate::policy::{TokenLimits, Viewer};
use crate::store::AccountKey;

/// The name under which scripts know the issuer of all accounts.
const ISSUER: &str = "issuer";

/// How long the demonstration's service account works: a day less than servers allow unless they are set otherwise.
const LIFE_OF_A_SERVICE_ACCOUNT: TimeDelta = TimeDelta::days(364);

/// A script under way.
pub(super) struct Script {
    app: App,
    documents: Documents,
    issuer: String,
    calendar: Calendar,
    /// When the world is loaded.
    pub(super) loaded_at: DateTime<Utc>,
    names: HashMap<String, String>,
    today: i64,
    steps_today: i32,
}

impl Script {
    /// A script over the application's database. With a fixed clock, steps move it to their days.
    pub fn new(app: &App, clock: Clock, issuer: &str, calendar: Calendar) -> Result<Self, DemoError> {
        let documents = Documents::new(&sdl(app.schema()), DocumentLimits::default())?;
        Ok(Self {
            app: app.with_clock(clock),
            documents,
            issuer: issuer.to_owned(),
            calendar,
            loaded_at: app.clock().now(),
            names: HashMap::from([(ISSUER.to_owned(), issuer.to_owned())]),
            today: i64::MIN,
            steps_today: 0,
        })
    }

    /// How many objects the script knows, by the first part of their names.
    pub fn counts(&self) -> std::collections::BTreeMap<String, usize> {
        let mut counts = std::collections::BTreeMap::new();
        for name in self.names.keys().filter(|name| *name != ISSUER) {
            let kind = name.split('.').next().unwrap_or(name);
            *counts.entry(kind.to_owned()).or_default() += 1;
        }
        counts
    }

    /// Executes one step.
    pub async fn run(&mut self, step: &Step) -> Result<(), DemoError> {
        self.set_clock(step.day);
        let label = step.label();
        match &step.what {
            What::Make {
                mutation,
                name,
                input,
            } => {
                let input = self.resolve(input, &label)?;
                let actor = Acting::of(step.actor);
                self.make(&actor, mutation, name, input).await
            }
            What::Act {
                mutation,
                on,
                waits,
                input,
            } => {
                let input = self.resolve(input, &label)?;
                self.act(&Acting::of(step.actor), (mutation, on), waits, input)
                    .await
            }
            What::HandOver(to) => self.hand_over(to).await,
            What::ServiceAccount {
                name,
                called,
                organisation,
            } => {
                self.move_clock(self.loaded_at);
                self.service_account(&Acting::of(step.actor), (name, called), organisation)
                    .await
            }
            What::Attend { meeting, apologies } => {
                self.attend(&Acting::of(step.actor), meeting, apologies).await
            }
            What::MeetingToCome { name, called, board } => {
                self.meeting_to_come(&Acting::of(step.actor), (name, called), board)
                    .await
            }
            What::Apply {
                name,
                vacancy,
                statement,
            } => {
                self.apply(&Acting::of(step.actor), name, (vacancy, statement))
                    .await
            }
            What::FirstVersion { name, resource } => {
                self.first_version(&Acting::of(step.actor), name, resource).await
            }
            What::HandIn(sheet) => self.hand_in(&Acting::of(step.actor), sheet).await,
            What::AgreeToStory { feedback, consent } => {
                self.agree_to_story(&Acting::of(step.actor), (feedback, consent))
                    .await
            }
            What::AnswerForArea { area, organisation } => {
                self.answer_for_area(&Acting::of(step.actor), (area, organisation))
                    .await
            }
            What::EndTerms => {
                terms::end_terms(self.app.store(), self.app.clock().now()).await?;
                Ok(())
            }
        }
    }

    /// Every step has its own instant, so that the history has an order.
    fn set_clock(&mut self, day: i64) {
        if day == self.today {
            self.steps_today += 1;
        } else {
            (self.today, self.steps_today) = (day, 0);
        }
        self.move_clock(self.calendar.instant(day, self.steps_today));
    }

    fn move_clock(&self, to: DateTime<Utc>) {
        let clock = self.app.clock();
        clock.advance(to - clock.now());
    }

    pub(super) async fn make(
        &mut self,
        actor: &Acting,
        mutation: &str,
        name: &str,
        input: Json,
    ) -> Result<(), DemoError> {
        let input = with(input, "idempotencyKey", format!("demo:{name}"));
        let id = self.mutate(actor, (mutation, name), input).await?;
        self.names.insert(name.to_owned(), id);
        Ok(())
    }

    async fn act(
        &self,
        actor: &Acting,
        (mutation, on): (&str, &str),
        waits: &Waits,
        input: Json,
    ) -> Result<(), DemoError> {
        let label = format!("{mutation} on {on}");
        let id = self.id(on, &label)?.to_owned();
        let (_, object) = object_of(mutation);
        let fields = match waits {
            Waits::With(field, _) | Waits::Without(field) => selection_of(field),
            Waits::ForSignatureOf(_) => {
                "parties(first: 100) { nodes { organisation { id } signedAt } }".to_owned()
            }
        };
        let query =
            format!("query ($id: ID!) {{ node(id: $id) {{ ... on {object} {{ version {fields} }} }} }}");
        let data = self.ask(actor, &query, json!({ "id": id }), &label).await?;
        let found = &data["node"];
        if found.is_null() {
            return Err(DemoError::refused(&label, "the object cannot be read"));
        }
        if !self.is_waiting(found, waits, &label)? {
            return Ok(());
        }
        let input = with(with(input, "id", id), "expectedVersion", found["version"].clone());
        self.mutate(actor, (mutation, on), input).await?;
        Ok(())
    }

    fn is_waiting(&self, found: &Json, waits: &Waits, label: &str) -> Result<bool, DemoError> {
        Ok(match waits {
            Waits::With(field, value) => field_of(found, field) == *value,
            Waits::Without(field) => field_of(found, field).is_null(),
            Waits::ForSignatureOf(organisation) => {
                let id = self.id(organisation, label)?;
                let parties = found["parties"]["nodes"].as_array();
                parties.is_some_and(|parties| {
                    let is_this = |party: &&Json| party["organisation"]["id"] == id;
                    parties
                        .iter()
                        .find(is_this)
                        .is_some_and(|party| party["signedAt"].is_null())
                })
            }
        })
    }

    async fn service_account(
        &mut self,
        actor: &Acting,
        (name, called): (&str, &str),
        organisation: &str,
    ) -> Result<(), DemoError> {
        let organisation = self.id(organisation, name)?.to_owned();
        let id = if let Some((id, _)) = self.find_service_account(actor, called).await? {
            id
        } else {
            let expires_at = self.loaded_at + LIFE_OF_A_SERVICE_ACCOUNT;
            let input = json!({
                "organisationId": organisation,
                "name": called,
                "scopes": ["read"],
                "expiresAt": expires_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            });
            self.mutate(actor, ("serviceAccountCreate", name), input).await?
        };
        let role = json!({
            "role": "INTEGRATION",
            "scopeType": "ORGANISATION",
            "organisationId": organisation,
            "serviceAccountId": id,
        });
        self.know(name.to_owned(), id);
        self.make(actor, "roleGrantCreate", &format!("role.{name}"), role)
            .await
    }

    /// The id and the client id of the service account called so, among those that somebody administers.
    pub(super) async fn find_service_account(
        &self,
        actor: &Acting,
        called: &str,
    ) -> Result<Option<(String, String)>, DemoError> {
        let query = "{ serviceAccounts(first: 100) { nodes { id name clientId } } }";
        let data = self
            .ask(actor, query, json!({}), "find the service account")
            .await?;
        let found = data["serviceAccounts"]["nodes"].as_array().into_iter().flatten();
        Ok(found
            .filter(|account| account["name"] == called)
            .find_map(|account| {
                let text = |field: &str| account[field].as_str().map(str::to_owned);
                text("id").zip(text("clientId"))
            }))
    }

    /// Runs a mutation and answers the id of its object.
    pub(super) async fn mutate(
        &self,
        actor: &Acting,
        (mutation, what): (&str, &str),
        input: Json,
    ) -> Result<String, DemoError> {
        let label = format!("{mutation} {what} by {}", actor.subject);
        let data = self
            .ask(actor, &document_of(mutation), json!({ "input": input }), &label)
            .await?;
        let payload = &data[mutation];
        if payload["userErrors"]
            .as_array()
            .is_none_or(|errors| !errors.is_empty())
        {
            return Err(DemoError::refused(&label, payload));
        }
        let (field, _) = object_of(mutation);
        let id = payload[field]["id"].as_str();
        id.map(str::to_owned)
            .ok_or_else(|| DemoError::refused(&label, "the object cannot be read"))
    }

    /// Executes a document as somebody and answers its data.
    pub(super) async fn ask(
        &self,
        actor: &Acting,
        query: &str,
        variables: Json,
        label: &str,
    ) -> Result<Json, DemoError> {
        let viewer = self.viewer(actor).await?;
        let viewer = viewer.ok_or_else(|| DemoError::refused(label, "the account does not exist"))?;
        let variables = match variables {
            Json::Object(variables) => variables,
            _ => Map::new(),
        };
        let call = Call {
            query: query.to_owned(),
            operation_name: None,
            variables,
        };
        let unusable = |rejection| DemoError::refused(label, format!("{rejection:?}"));
        let prepared = prepare(&self.documents, &call).map_err(unusable)?;
        let response = self
            .app
            .execute(
                Arc::new(viewer),
                prepared.request,
                prepared.operation,
                "demo".to_owned(),
            )
            .await?;
        let answer = serde_json::to_value(&response)?;
        match answer.get("errors") {
            Some(errors) => Err(DemoError::refused(label, errors)),
            None => Ok(answer["data"].clone()),
        }
    }

    /// The viewer as the database knows them at the step's instant.
    pub(super) async fn viewer(&self, actor: &Acting) -> Result<Option<Viewer>, DemoError> {
        let key = AccountKey::User {
            issuer: self.issuer.clone(),
            subject: actor.subject.clone(),
        };
        Ok(self
            .app
            .viewer(&key, actor.organisation, &TokenLimits::default())
            .await?)
    }

    /// Gives an id a name.
    pub(super) fn know(&mut self, name: String, id: String) {
        self.names.insert(name, id);
    }

    /// The id that a name stands for.
    pub(super) fn id(&self, name: &str, step: &str) -> Result<&str, DemoError> {
        self.names
            .get(name)
            .map(String::as_str)
            .ok_or_else(|| DemoError::refused(step, format!("nothing is called {name}")))
    }

    /// An input in which names are replaced by ids, days by dates, and days with a time by instants.
    pub(super) fn resolve(&self, input: &Json, step: &str) -> Result<Json, DemoError> {
        Ok(match input {
            Json::String(text) => match text.strip_prefix('@') {
                Some(name) => json!(self.id(name, step)?),
                None => input.clone(),
            },
            Json::Array(values) => values
                .iter()
                .map(|value| self.resolve(value, step))
                .collect::<Result<_, _>>()?,
            Json::Object(fields) if fields.contains_key("time") => {
                let day = self.calendar.day(fields["day"].as_i64().unwrap_or_default());
                json!(format!("{day}T{}", fields["time"].as_str().unwrap_or_default()))
            }
            Json::Object(fields) => {
                let resolve = |(name, value): (&String, &Json)| {
                    Ok((name.clone(), self.resolve_field(name, value, step)?))
                };
                Json::Object(fields.iter().map(resolve).collect::<Result<_, DemoError>>()?)
            }
            other => other.clone(),
        })
    }

    /// Numbers in fields of days (`…On`, `validFrom`, `period…`) count from the visit.
    fn resolve_field(&self, name: &str, value: &Json, step: &str) -> Result<Json, DemoError> {
        match value.as_i64() {
            Some(days) if name.ends_with("On") || name == "validFrom" || name.starts_with("period") => {
                Ok(json!(self.calendar.day(days).to_string()))
            }
            _ => self.resolve(value, step),
        }
    }
}

/// The selection of a field, which a point separates from the group it stands in: `terms.status`.
fn selection_of(field: &str) -> String {
    match field.split_once('.') {
        Some((group, field)) => format!("{group} {{ {field} }}"),
        None => field.to_owned(),
    }
}

/// The value of such a field.
fn field_of<'a>(found: &'a Json, field: &str) -> &'a Json {
    field.split('.').fold(found, |value, part| &value[part])
}
