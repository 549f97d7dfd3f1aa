//! The smallest gateway that has everything the door can meet.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use async_graphql::{
    EmptySubscription, Error, Object, Request, Response, Schema, SimpleObject, ValidationMode,
};

use crate::{
    graphql::document::{DocumentLimits, Documents, NormalisedOperation},
    http::{Calendar, Chart, Export, Gateway, Refusal, RequestContext, Unanswered, pipeline::Call},
};

type ToySchema = Schema<Query, Mutation, EmptySubscription>;

#[derive(Clone)]
pub(super) struct Toy {
    schema: ToySchema,
    documents: Documents,
    sdl: Arc<str>,
    pub(super) is_ready: bool,
}

pub(super) struct Query;
pub(super) struct Mutation;

/// How often the mutation ran, in one schema.
#[derive(Default)]
struct Count(AtomicU32);

#[derive(SimpleObject)]
struct Rows {
    nodes: Vec<Row>,
}

#[derive(SimpleObject, Clone)]
struct Row {
    number: i32,
    label: String,
}

#[Object]
impl Query {
    async fn hello(&self, #[graphql(default)] name: String) -> String {
        format!("hello {name}")
    }

    async fn given(&self, value: async_graphql::MaybeUndefined<i32>) -> &str {
        match value {
            async_graphql::MaybeUndefined::Undefined => "absent",
            async_graphql::MaybeUndefined::Null => "null",
            async_graphql::MaybeUndefined::Value(_) => "value",
        }
    }

    async fn row(&self) -> Row {
        Row {
            number: 1,
            label: "one".to_owned(),
        }
    }

    async fn rows(&self, first: Option<i32>) -> Rows {
        let numbers = 0..first.unwrap_or(25);
        Rows {
            nodes: numbers
                .map(|number| Row {
                    number,
                    label: format!("row {number}"),
                })
                .collect(),
        }
    }

    async fn slow(&self, milliseconds: i32) -> bool {
        tokio::time::sleep(Duration::from_millis(u64::try_from(milliseconds).unwrap())).await;
        true
    }

    async fn fails(&self) -> Option<Result<i32, Error>> {
        Some(Err(Error::new("no")))
    }

    async fn refuses(&self) -> Option<Result<i32, Error>> {
        use async_graphql::ErrorExtensions;
        let refusal = Error::new("more than `first`");
        Some(Err(refusal.extend_with(|_, extensions| {
            extensions.set("code", "INVALID_ARGUMENT");
        })))
    }

    async fn panics(&self) -> Option<i32> {
        let nothing = "inside a resolver".parse();
        Some(nothing.unwrap())
    }

    async fn who(&self, context: &async_graphql::Context<'_>) -> String {
        context.data_unchecked::<String>().clone()
    }
}

#[Object]
impl Mutation {
    async fn count(&self, context: &async_graphql::Context<'_>) -> u32 {
        context.data_unchecked::<Count>().0.fetch_add(1, Ordering::SeqCst) + 1
    }
}

impl Default for Toy {
    fn default() -> Self {
        let schema = Schema::build(Query, Mutation, EmptySubscription)
            .data(Count::default())
            .validation_mode(ValidationMode::Fast)
            .finish();
        let sdl = schema.sdl();
        Self {
            documents: Documents::new(&sdl, DocumentLimits::default()).unwrap(),
            schema,
            sdl: sdl.into(),
            is_ready: true,
        }
    }
}

impl Gateway for Toy {
    type Caller = String;

    async fn authenticate(&self, bearer: Option<&str>, acting: Option<&str>) -> Result<String, Refusal> {
        match (bearer, acting) {
            (_, Some("nobody")) => Err(Refusal::BadActingOrganisation),
            (None | Some("good"), acting) => Ok(format!(
                "{}/{}",
                bearer.unwrap_or("anonymous"),
                acting.unwrap_or("-")
            )),
            (Some("later"), _) => Err(Refusal::Unavailable),
            (Some(_), _) => Err(Refusal::Unauthenticated {
                error: Some("invalid_token"),
                description: "The token is expired, revoked, or not ours.".into(),
            }),
        }
    }

    async fn renew(&self, caller: &String) -> Result<String, Refusal> {
        match caller.as_str() {
            "good/revoked" => self.authenticate(Some("revoked"), None).await,
            "good/outdated" => Ok("good/renewed".to_owned()),
            "good/moved" => Ok("moved/-".to_owned()),
            _ => Ok(caller.clone()),
        }
    }

    async fn execute(
        &self,
        caller: String,
        request: Request,
        _: Arc<NormalisedOperation>,
        _: RequestContext,
    ) -> Result<Response, Unanswered> {
        if matches!(caller.as_str(), "good/outdated" | "good/moved" | "good/revoked") {
            return Err(Unanswered::Outdated);
        }
        Ok(self.schema.execute(request.data(caller)).await)
    }

    type Calendar = ToyCalendar;

    async fn subscriber(&self, secret: &str) -> Result<Option<String>, Refusal> {
        match secret {
            "later" => Err(Refusal::Unavailable),
            secret => Ok(secret.strip_prefix("good-").map(str::to_owned)),
        }
    }

    fn calendar(&self) -> ToyCalendar {
        ToyCalendar(Vec::new())
    }

    type Export = ToyCalendar;

    fn export(&self, file: &str, asked: &[(String, String)]) -> Option<Result<ToyCalendar, String>> {
        let refused = asked.first().map(|(name, _)| format!("`{name}` is no filter."));
        (file == "list.csv").then(|| refused.map_or(Ok(ToyCalendar(Vec::new())), Err))
    }

    type Chart = ToyChart;

    fn chart(&self, file: &str, asked: &[(String, String)]) -> Option<Result<ToyChart, Vec<String>>> {
        let refused = asked.iter().filter(|(name, _)| name != "of");
        let refused: Vec<_> = refused
            .map(|(name, _)| format!("`{name}` is no parameter."))
            .collect();
        if file != "hello.svg" {
            return None;
        }
        let of = asked.iter().find(|(name, _)| name == "of");
        let chart = ToyChart(of.map_or_else(String::new, |(_, value)| value.clone()));
        Some(if refused.is_empty() {
            Ok(chart)
        } else {
            Err(refused)
        })
    }

    fn description(&self, file: &str) -> Option<String> {
        (file == "list.csv-metadata.json").then(|| "{}".to_owned())
    }

    async fn ready(&self) -> Result<(), String> {
        if self.is_ready {
            Ok(())
        } else {
            Err("the secret database is gone".to_owned())
        }
    }

    fn documents(&self) -> &Documents {
        &self.documents
    }

    fn sdl(&self) -> &str {
        &self.sdl
    }

    fn rate_key(&self, caller: &String) -> u64 {
        u64::from(caller.starts_with("good"))
    }
}

impl Export for ToyCalendar {
    fn media_type(&self) -> &'static str {
        "text/csv"
    }

    fn next(&self) -> Option<Call> {
        Calendar::next(self)
    }

    fn take(&mut self, data: serde_json::Value) -> Result<Vec<u8>, serde_json::Error> {
        Calendar::take(self, data)?;
        Ok(format!("{}\n", self.0.last().map_or("", String::as_str)).into_bytes())
    }
}

/// What its reader is called, as a picture, or how it goes wrong.
pub(super) struct ToyChart(String);

impl Chart for ToyChart {
    type Fault = std::fmt::Error;

    fn media_type(&self) -> &'static str {
        "image/svg+xml"
    }

    fn style(&self) -> Option<&'static str> {
        (self.0 == "style").then_some("p{color:red}")
    }

    fn kept_seconds(&self) -> u32 {
        60
    }

    fn question(&self) -> Call {
        let query = match self.0.as_str() {
            "refused" => "{ refuses }",
            "failing" => "{ fails }",
            _ => "{ who }",
        };
        Call {
            query: query.to_owned(),
            ..Call::default()
        }
    }

    fn too_many(&self) -> String {
        "There are too many.".to_owned()
    }

    fn draw(&self, data: serde_json::Value) -> Result<Option<String>, std::fmt::Error> {
        match self.0.as_str() {
            "nothing" => Ok(None),
            "fault" => Err(std::fmt::Error),
            _ => Ok(Some(format!("<svg>{}</svg>", data["who"]))),
        }
    }
}

/// What its reader is called, asked for twice.
pub(super) struct ToyCalendar(Vec<String>);

impl Calendar for ToyCalendar {
    fn next(&self) -> Option<Call> {
        (self.0.len() < 2).then(|| Call {
            query: "{ who }".to_owned(),
            ..Call::default()
        })
    }

    fn take(&mut self, data: serde_json::Value) -> Result<(), serde_json::Error> {
        self.0.push(serde_json::from_value(data["who"].clone())?);
        Ok(())
    }

    fn write(self) -> String {
        self.0.join("\r\n")
    }
}
