//! Figures that one account records one at a time, in many requests of the same moment, share a transaction and nothing else: of each it is
//! decided by itself, each stands in the audit under its own request, and is answered once however often it is asked for.

use std::collections::BTreeSet;

use entity::platform::audit_event;
use futures_util::future::join_all;
use harness::{Answer, Client, Template, World, both_databases, id};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};

use super::{change, count, does, figure};
use crate::contract::audit::verify;

/// How many months there are figures for.
const MONTHS: usize = 12;

/// The figure of a month, under a key.
fn of_month(month: usize, key: &str) -> Value {
    figure(json!({
        "periodStart": format!("2024-{month:02}-01"), "periodEnd": format!("2024-{month:02}-28"), "value": month.to_string(),
        "idempotencyKey": format!("{key}-of-month-{month}"),
    }))
}

/// Asks for all of them at once.
async fn at_once(client: &Client, inputs: impl IntoIterator<Item = Value>) -> Vec<Answer> {
    let asked = inputs
        .into_iter()
        .map(|input| change(client, "observationRecord", input));
    join_all(asked).await
}

fn ids(answers: &[Answer]) -> Vec<&str> {
    let ids = answers
        .iter()
        .map(|answer| answer.data("/answer/object/id").as_str().unwrap());
    ids.collect()
}

/// The entries of the audit about figures recorded one at a time.
async fn entries(world: &World) -> Vec<audit_event::Model> {
    let trail = world.rows().await.audit_event;
    assert_eq!(verify(&trail), Ok(()));
    let about = trail
        .into_iter()
        .filter(|entry| entry.action == "observation.record");
    about.collect()
}

/// How many transactions wrote the figures of the year; only PostgreSQL tells.
async fn transactions(world: &World) -> Option<i64> {
    let database = world.connection();
    (database.get_database_backend() == DbBackend::Postgres).then_some(())?;
    let sql = "SELECT count(DISTINCT xmin::text) FROM observation \
               WHERE period_start BETWEEN '2024-01-01' AND '2024-12-31' AND period_end = period_start + 27";
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let row = database.query_one_raw(statement).await.unwrap().unwrap();
    Some(row.try_get_by_index(0).unwrap())
}

both_databases! {
    /// All of them are there, each with its own entry; asked for again, they are answered as before, and nothing is written.
    async fn each_has_its_own_trace_and_answer(world: World) {
        let council = world.client("council-admin");
        does(&council, "observationRecord", figure(json!({ "value": "60" }))).await;
        let before = entries(&world).await.len();
        let asked = || (1..=MONTHS).map(|month| of_month(month, "first"));
        let first = at_once(&council, asked()).await;
        for (month, answer) in (1..).zip(&first) {
            assert_eq!(answer.user_errors("answer"), [""; 0], "{}", answer.text);
            assert_eq!(*answer.data("/answer/object/value"), json!(month.to_string()), "another's answer");
        }
        let written = entries(&world).await;
        assert_eq!(written.len(), before + MONTHS);
        let of_their_own: BTreeSet<_> = written.iter().map(|entry| &entry.request_id).collect();
        assert_eq!(of_their_own.len(), written.len(), "a request stands for two");
        if let Some(transactions) = transactions(&world).await {
            assert!(transactions < MONTHS.try_into().unwrap(), "each was written by itself");
        }
        let again = at_once(&council, asked()).await;
        assert_eq!(ids(&again), ids(&first));
        assert_eq!(entries(&world).await, written);
        let announced: BTreeSet<_> = world.rows().await.outbox_event.iter().map(|event| event.entity_id).collect();
        assert!(written.iter().all(|entry| announced.contains(&entry.entity_id)));
    }

    /// Those who select the same have it read together. Each is answered with their own figure, and with what they selected.
    async fn each_is_answered_with_what_it_selects(world: World) {
        let council = world.client("council-admin");
        does(&council, "observationRecord", figure(json!({ "value": "60" }))).await;
        let selections = [
            ("", "{ id value }"),
            (", $first: Int!", "{ value periodStart service { id } indicator { observations(first: $first) { nodes { id } } } }"),
        ];
        let asked = (1..=MONTHS).map(|month| {
            let (variable, selection) = selections[month % 2];
            let query = format!(
                "mutation($input: ObservationRecordInput!{variable}) {{ observationRecord(input: $input) {{ \
                 userErrors {{ message }} observation {selection} }} }}"
            );
            let variables = json!({ "input": of_month(month, "selected"), "first": month });
            let council = &council;
            async move { council.query(&query, variables).await }
        });
        for (month, answer) in (1..).zip(join_all(asked).await) {
            let shown = answer.data("/observationRecord/observation");
            assert_eq!(shown["value"], month.to_string(), "{}", answer.text);
            if month % 2 == 0 {
                assert_eq!(shown.as_object().unwrap().len(), 2, "{}", answer.text);
                continue;
            }
            assert_eq!(shown["periodStart"], format!("2024-{month:02}-01"));
            assert_eq!(shown["service"]["id"], id("service", "birch-house-support"));
            let listed = shown["indicator"]["observations"]["nodes"].as_array().unwrap().len();
            assert!(listed <= month, "as many as another request wanted: {}", answer.text);
        }
    }

    /// Nobody pays for a neighbour: what is wrong is refused, and the rest is recorded.
    async fn what_is_wrong_with_one_is_no_matter_for_the_others(world: World) {
        let council = world.client("council-admin");
        does(&council, "observationRecord", figure(json!({ "value": "60" }))).await;
        let before = entries(&world).await.len();
        let with = |month: usize, more: Value| {
            let mut input = of_month(month, "mixed");
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            input
        };
        let answers = at_once(&council, [
            with(1, json!({})),
            with(2, json!({ "value": "101" })),
            with(3, json!({ "serviceId": null, "organisationId": id("organisation", "fernley-council") })),
            with(4, json!({ "serviceId": harness::never("service") })),
            with(1, json!({ "idempotencyKey": "the-same-once-more" })),
            with(5, json!({ "indicatorVersionId": harness::never("indicator_version"), "value": "7" })),
            with(6, json!({})),
            with(6, json!({ "value": "66" })),
        ]).await;
        let mut said: Vec<_> = answers.iter().map(|answer| answer.user_errors("answer")).collect();
        // Of two for one figure, and of two under one key, either may be first.
        for (one, other) in [(0, 4), (6, 7)] {
            if !said[one].is_empty() {
                said.swap(one, other);
            }
        }
        let expected: [&[&str]; 8] = [
            &[],
            &["OUT_OF_RANGE at input.value"],
            &["FORBIDDEN at input"],
            &["NOT_FOUND at input.serviceId"],
            &["ALREADY_EXISTS at input.periodStart"],
            &["NOT_FOUND at input.indicatorVersionId"],
            &[],
            &["CONFLICT at input.idempotencyKey"],
        ];
        assert_eq!(said, expected);
        assert_eq!(entries(&world).await.len(), before + 2);
    }

    /// Two who record the same at the same moment: one of them does, and the other is told, whatever else they have in hand.
    async fn two_accounts_get_in_each_other_s_way_once_at_most(world: World) {
        let clients = [world.client("council-admin"), world.client("provider-user")];
        does(&clients[0], "observationRecord", figure(json!({ "value": "60" }))).await;
        does(&clients[1], "observationRecord", figure(json!({ "value": "60", "periodEnd": "2025-06-30" }))).await;
        let before = (count(&clients[0], Value::Null).await.as_u64().unwrap(), entries(&world).await.len());
        let [council, provider] = [(&clients[0], "council"), (&clients[1], "provider")].map(|(client, key)| {
            at_once(client, (1..=MONTHS).map(move |month| of_month(month, key)))
        });
        let (council, provider) = tokio::join!(council, provider);
        for (month, answers) in (1..).zip(council.iter().zip(&provider)) {
            let mut said = [answers.0, answers.1].map(|answer| answer.user_errors("answer"));
            said.sort();
            assert_eq!(said, [vec![], vec!["ALREADY_EXISTS at input.periodStart".to_owned()]], "month {month}");
        }
        assert_eq!(count(&clients[0], Value::Null).await, before.0 + MONTHS as u64);
        assert_eq!(entries(&world).await.len(), before.1 + MONTHS);
    }

    /// A setting says how many; with one, each is written by itself.
    async fn how_many_are_written_together_is_a_setting(engine: Engine) {
        let world = World::new(engine, Template::World, |settings| settings.outcomes.most_recorded_together = 1).await;
        let council = world.client("council-admin");
        does(&council, "observationRecord", figure(json!({ "value": "60" }))).await;
        let answers = at_once(&council, (1..=MONTHS).map(|month| of_month(month, "alone"))).await;
        assert_eq!(ids(&answers).len(), MONTHS);
        if let Some(transactions) = transactions(&world).await {
            assert_eq!(transactions, i64::try_from(MONTHS).unwrap());
        }
        world.close().await;
    }
}
