//! What commissioners ask about figures, each question as one field.

use entity::outcomes::kinds::IndicatorUnit;
use entity::outcomes::{indicator, observation};
use entity::parties::kinds::OrganisationStatus;
use entity::parties::organisation;
use harness::{Client, Template, VIEWERS, World, both_databases, id, uuid, world};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};

use super::{does, figure, on, refused};

const SERIES: &str = "query($indicator: ID!, $subject: ID!, $people: ID, $from: Date, $until: Date, $first: Int) { \
    indicatorSeries(indicator: $indicator, subject: $subject, disaggregation: $people, periodFrom: $from, periodUntil: $until, first: $first) { \
    indicator { id } disaggregation { code } baseline { value } nextTarget { value } changeSinceBaseline { difference verdict text } \
    lines { points { periodEnd value marker target meetsTarget change { difference verdict text } observation { id value } } } } }";

async fn series(client: &Client, more: Value) -> Value {
    let mut variables = json!({
        "indicator": id("indicator", "live satisfied"),
        "subject": id("service", "birch-house-support"),
    });
    for (name, value) in more.as_object().unwrap() {
        variables[name] = value.clone();
    }
    client
        .query(SERIES, variables)
        .await
        .data("/indicatorSeries")
        .clone()
}

/// The periods of the tests: that of the fixed world's figure, and those after it.
const PERIODS: [(&str, &str); 4] = [
    ("2024-04-01", "2025-03-31"),
    ("2025-04-01", "2025-09-30"),
    ("2025-10-01", "2025-12-31"),
    ("2026-01-01", "2026-02-28"),
];

fn of_period(number: usize, more: Value) -> Value {
    let mut row = figure(more);
    row["periodStart"] = json!(PERIODS[number].0);
    row["periodEnd"] = json!(PERIODS[number].1);
    row
}

fn points(series: &Value) -> Vec<Vec<(Value, Value, Value)>> {
    let point = |point: &Value| {
        (
            point["periodEnd"].clone(),
            point["value"].clone(),
            point["change"]["verdict"].clone(),
        )
    };
    let line = |line: &Value| line["points"].as_array().unwrap().iter().map(point).collect();
    series["lines"].as_array().unwrap().iter().map(line).collect()
}

/// What is agreed for the service that the council pays for.
fn target(kind: &str, period: usize, value: &str) -> Value {
    json!({
        "indicatorId": id("indicator", "live satisfied"),
        "kind": kind,
        "serviceId": id("service", "birch-house-support"),
        "periodStart": PERIODS[period].0,
        "periodEnd": PERIODS[period].1,
        "value": value,
        "agreedOn": "2024-01-01",
    })
}

both_databases! {
    /// A line of figures, the current revision of each, with its targets, and what changed since the baseline beyond chance.
    async fn a_series_stands_beside_its_targets(world: World) {
        let council = world.client("council-admin");
        does(&council, "observationRecord", of_period(1, json!({ "value": "74", "base": "90", "margin": "3" }))).await;
        does(&council, "indicatorTargetSet", target("TARGET", 1, "72.5")).await;
        does(&council, "indicatorTargetSet", target("BASELINE", 0, "70")).await;
        let told = series(&council, json!({})).await;
        // The fixed world has this figure for the year from April 2023, corrected once, and one for the year after.
        assert_eq!(points(&told), [[
            (json!("2024-03-31"), json!("70"), Value::Null),
            (json!("2025-03-31"), json!("70"), json!("SAME")),
            (json!("2025-09-30"), json!("74"), json!("BETTER")),
        ]]);
        let last = &told["lines"][0]["points"][2];
        assert_eq!((&last["target"], &last["meetsTarget"]), (&json!("72.5"), &json!(true)));
        assert_eq!(last["observation"]["value"], "74");
        assert_eq!(told["lines"][0]["points"][1]["target"], Value::Null);
        assert_eq!((&told["baseline"]["value"], &told["nextTarget"]["value"]), (&json!("70"), &json!("72.5")));
        assert_eq!(told["changeSinceBaseline"], json!({
            "difference": "4", "verdict": "BETTER", "text": "4 percentage points more, which is better.",
        }));
        assert_eq!(told["disaggregation"]["code"], "TOTAL");
        let later = series(&council, json!({ "from": "2025-04-01" })).await;
        assert_eq!(points(&later).concat().len(), 1);
        let women = series(&council, json!({ "people": id("disaggregation", "FEMALE") })).await;
        assert_eq!(women, Value::Null);
    }

    /// A difference within what two such surveys differ by says so; one of a survey without a margin proves nothing.
    async fn chance_is_not_passed_off_as_a_change(world: World) {
        let council = world.client("council-admin");
        does(&council, "observationRecord", of_period(1, json!({ "value": "74", "base": "90", "margin": "5" }))).await;
        does(&council, "observationRecord", of_period(2, json!({ "value": "90", "base": "90" }))).await;
        let told = series(&council, json!({ "from": "2024-04-01" })).await;
        let verdicts: Vec<_> = points(&told).concat().into_iter().map(|(.., verdict)| verdict).collect();
        assert_eq!(verdicts, [Value::Null, json!("WITHIN_MARGIN"), json!("MARGIN_UNKNOWN")]);
    }

    /// A line stops where the wording changed and nobody judged the wordings comparable; a withheld figure stays on it, as withheld.
    async fn a_line_stops_where_the_wording_changed(world: World) {
        let council = world.client("council-admin");
        does(&council, "observationRecord", of_period(1, json!({ "marker": "C" }))).await;
        let wording = json!({ "id": id("indicator_version", "live satisfied 1"), "version": 1 });
        does(&council, "indicatorVersionEnd", on(&wording, json!({ "validTo": "2025-12-31" }))).await;
        let reworded = json!({
            "indicatorId": id("indicator", "live satisfied"), "definition": "Asked of everybody, not only of those who stayed.",
            "validFrom": "2026-01-01", "comparableWithPrevious": false,
        });
        let version = does(&council, "indicatorVersionCreate", reworded).await;
        let mut after = of_period(3, json!({ "value": "50" }));
        after["indicatorVersionId"] = version["id"].clone();
        does(&council, "observationRecord", after).await;
        does(&council, "indicatorTargetSet", target("BASELINE", 0, "70")).await;
        let told = series(&council, json!({ "from": "2024-04-01" })).await;
        assert_eq!(points(&told), [
            vec![
                (json!("2025-03-31"), json!("70"), Value::Null),
                (json!("2025-09-30"), Value::Null, json!("NOT_COMPARABLE")),
            ],
            vec![(json!("2026-02-28"), json!("50"), Value::Null)],
        ]);
        assert_eq!(told["lines"][0]["points"][1]["marker"], "C");
        assert_eq!(told["changeSinceBaseline"]["verdict"], "NOT_COMPARABLE");
    }

    /// Before and after: what was told stays told, and gets no people behind it that nobody counted.
    async fn before_and_after_invent_nobody(world: World) {
        let council = world.client("council-admin");
        let told = does(&council, "observationRecord", of_period(1, json!({ "value": "90", "quality": "REPORTED" }))).await;
        let query = "query($before: ID!, $after: ID!) { observationComparison(before: $before, after: $after) { \
            before { id } after { id } isApproximate change { difference verdict } text } }";
        let ask = async |before: Value, after: Value| {
            council.query(query, json!({ "before": before, "after": after })).await
        };
        let first = json!(id("observation", "service"));
        let compared = ask(first.clone(), told["id"].clone()).await.data("/observationComparison").clone();
        assert_eq!(compared["before"]["id"], first);
        assert_eq!(compared["isApproximate"], true);
        assert_eq!(compared["change"], json!({ "difference": "20", "verdict": "MARGIN_UNKNOWN" }));
        let text = compared["text"].as_str().unwrap();
        assert!(text.starts_with("From 70% (7 of 10) to about 90%."), "{text}");
        let turned = ask(told["id"].clone(), first.clone()).await;
        assert_eq!(turned.error_code(), Some("INVALID_ARGUMENT"));
        let other = ask(first, json!(id("observation", "area"))).await;
        assert_eq!(other.error_code(), Some("INVALID_ARGUMENT"));
    }

    /// Which groups fare worse than everybody, the widest gap first.
    async fn gaps_name_who_fares_worse(world: World) {
        let council = world.client("council-admin");
        let women = json!({ "disaggregationId": id("disaggregation", "FEMALE"), "numerator": "2", "denominator": "5" });
        does(&council, "observationRecord", of_period(0, women)).await;
        let query = "query($framework: ID!, $subject: ID!) { indicatorGaps(framework: $framework, subject: $subject, \
            periodStart: \"2024-04-01\", periodEnd: \"2025-03-31\") { indicator { id } disaggregation { code } observation { value } \
            everybody { value } gap { difference verdict } } }";
        let variables = json!({ "framework": id("outcome_framework", "live"), "subject": id("service", "birch-house-support") });
        let gaps = council.query(query, variables).await.data("/indicatorGaps").clone();
        assert_eq!(gaps, json!([{
            "indicator": { "id": id("indicator", "live satisfied") }, "disaggregation": { "code": "FEMALE" },
            "observation": { "value": "40" }, "everybody": { "value": "70" }, "gap": { "difference": "-30", "verdict": "WORSE" },
        }]));
    }

    /// Totals are made again from their parts, apart by what may be of the same people; where one is withheld there is none.
    async fn totals_are_made_of_parts_and_of_all_or_none(world: World) {
        let council = world.client("council-admin");
        let query = "query($indicator: ID!, $from: Date, $by: ObservationTotalsBy! = PERIOD) { observationTotals(indicator: $indicator, \
            periodFrom: $from, by: $by) { periodEnd subjectType level figures value numerator denominator notTotalled \
            explanation disaggregation { code } organisation { id } region { id } } }";
        let ask = async |by: &str| {
            let variables = json!({ "indicator": id("indicator", "live satisfied"), "from": "2025-04-01", "by": by });
            council.query(query, variables).await.data("/observationTotals").clone()
        };
        let mut area = of_period(1, json!({ "numerator": "1", "denominator": "3" }));
        area["serviceId"] = Value::Null;
        area["geographyId"] = json!(id("geography", "ashdown"));
        does(&council, "observationRecord", area).await;
        does(&council, "observationRecord", of_period(1, json!({ "numerator": "1", "denominator": "4" }))).await;
        let totals = ask("PERIOD").await;
        let told: Vec<_> = totals.as_array().unwrap().iter().map(|one| {
            (one["subjectType"].as_str().unwrap(), one["figures"].as_i64().unwrap(), one["value"].as_str().unwrap())
        }).collect();
        assert_eq!(told, [("GEOGRAPHY", 1, "33.3"), ("SERVICE", 1, "25")]);
        assert_eq!(totals[0]["level"], "LOCAL_AUTHORITY");
        assert_eq!(ask("REGION").await[0]["region"]["id"], json!(id("geography", "ashdown-region")));
        assert_eq!(ask("ORGANISATION").await[1]["organisation"]["id"], json!(id("organisation", "birch-care")));
        let women = json!({ "disaggregationId": id("disaggregation", "FEMALE"), "marker": "C" });
        does(&council, "observationRecord", of_period(1, women)).await;
        let totals = ask("PERIOD").await;
        let withheld = totals.as_array().unwrap().iter().find(|one| one["disaggregation"]["code"] == "FEMALE").unwrap();
        assert_eq!((&withheld["value"], &withheld["notTotalled"]), (&Value::Null, &json!("WITHHELD")));
        assert_eq!(withheld["explanation"], "There is no total: some of the figures are withheld: 1.");
    }

    /// Figures about organisations that one may not read are not told apart by organisation: which belong together stays unknown.
    async fn totals_do_not_tell_hidden_organisations_apart(world: World) {
        let pending = organisation::Column::Status;
        for name in ["birch-care", "gorse-voices"] {
            let figure = world::observation(name, "live", ("organisation", name), Some("ashdown-council"));
            observation::Entity::insert(figure.into_active_model().reset_all()).exec(world.connection()).await.unwrap();
        }
        let query = "query($indicator: ID!) { observationTotals(indicator: $indicator, by: ORGANISATION) { \
            subjectType figures organisation { id } } }";
        let told = async || {
            let variables = json!({ "indicator": id("indicator", "live satisfied") });
            let answer = world.client("council-admin").query(query, variables).await;
            let totals = answer.data("/observationTotals").as_array().unwrap().clone();
            let ours = totals.into_iter().filter(|total| total["subjectType"] == "ORGANISATION");
            ours.map(|total| (total["figures"].clone(), total["organisation"].is_null())).collect::<Vec<_>>()
        };
        assert_eq!(told().await, [(json!(1), false), (json!(1), false)]);
        organisation::Entity::update_many()
            .col_expr(pending, Expr::value(OrganisationStatus::Pending))
            .filter(organisation::Column::Id.is_in(["birch-care", "gorse-voices"].map(|name| uuid("organisation", name))))
            .exec(world.connection())
            .await
            .unwrap();
        assert_eq!(told().await, [(json!(2), true)]);
    }

    /// Whoever reads none of the figures gets no answer to any question about them.
    async fn questions_tell_nobody_more_than_the_figures(world: World) {
        let questions = "query($indicator: ID!, $framework: ID!, $subject: ID!, $figure: ID!) { \
            indicatorSeries(indicator: $indicator, subject: $subject) { indicator { id } } \
            observationComparison(before: $figure, after: $figure) { text } \
            indicatorGaps(framework: $framework, subject: $subject, periodStart: \"2024-04-01\", periodEnd: \"2025-03-31\") { indicator { id } } \
            indicatorRanking(indicator: $indicator, subjectType: SERVICE, periodStart: \"2024-04-01\", periodEnd: \"2025-03-31\") { withoutFigure } \
            observationTotals(indicator: $indicator) { figures } }";
        let variables = json!({
            "indicator": id("indicator", "live satisfied"), "framework": id("outcome_framework", "live"),
            "subject": id("service", "birch-house-support"), "figure": id("observation", "service"),
        });
        let nothing = json!({
            "indicatorSeries": null, "observationComparison": null, "indicatorGaps": null, "indicatorRanking": null,
            "observationTotals": [],
        });
        for viewer in VIEWERS {
            let answer = world.client(viewer).query(questions, variables.clone()).await;
            match *viewer {
                "council-admin" | "service-account" | "provider-user" => {
                    assert!(answer.data("/indicatorSeries").is_object(), "{viewer}: {}", answer.text);
                    assert!(answer.data("/indicatorRanking").is_object(), "{viewer}: {}", answer.text);
                }
                // They read a figure of the indicator about somebody else.
                "user-led-admin" | "stranger" => {
                    assert_eq!(*answer.data("/observationTotals"), json!([{ "figures": 1 }]), "{viewer}");
                    assert_eq!(*answer.data("/indicatorSeries"), Value::Null, "{viewer}");
                }
                _ => assert_eq!(*answer.data(""), nothing, "{viewer}"),
            }
        }
    }

    /// Revisions of one figure are no change of what it is about, and those whose place was taken are not compared.
    async fn revisions_are_not_compared(world: World) {
        let council = world.client("council-admin");
        let query = "query($before: ID!, $after: ID!) { observationComparison(before: $before, after: $after) { text } }";
        let ask = async |before: &str, after: &str| {
            let variables = json!({ "before": id("observation", before), "after": id("observation", after) });
            council.query(query, variables).await
        };
        assert_eq!(ask("corrected", "corrected again").await.error_code(), Some("INVALID_ARGUMENT"));
        assert_eq!(ask("corrected", "service").await.error_code(), Some("INVALID_ARGUMENT"));
        assert!(ask("corrected again", "service").await.data("/observationComparison/text").is_string());
    }

    /// What a baseline is compared with does not depend on which periods are shown; what comes before it did not change since.
    async fn a_baseline_counts_with_its_margin_whatever_is_shown(world: World) {
        let council = world.client("council-admin");
        let survey = json!({
            "id": id("observation", "service"), "expectedVersion": 1, "numerator": null, "denominator": null, "value": "70.2", "base": "90",
            "margin": "5", "reason": "Asked again.",
        });
        does(&council, "observationCorrect", survey).await;
        does(&council, "observationRecord", of_period(1, json!({ "value": "74" }))).await;
        does(&council, "indicatorTargetSet", target("BASELINE", 0, "70")).await;
        for shown in [json!({}), json!({ "from": "2025-04-01" })] {
            let told = series(&council, shown).await;
            assert_eq!(told["changeSinceBaseline"]["verdict"], "WITHIN_MARGIN");
        }
        let before = series(&council, json!({ "until": "2024-03-31" })).await;
        assert_eq!((points(&before).concat().len(), &before["changeSinceBaseline"]), (1, &Value::Null));
    }

    /// Counts of periods of different lengths are not set against each other, and no group's count against everybody's.
    async fn counts_are_of_periods_and_of_everybody(world: World) {
        let council = world.client("council-admin");
        let women = json!({ "disaggregationId": id("disaggregation", "FEMALE"), "value": "40" });
        does(&council, "observationRecord", of_period(0, women)).await;
        does(&council, "observationRecord", of_period(1, json!({ "value": "30" }))).await;
        does(&council, "indicatorTargetSet", target("TARGET", 0, "50")).await;
        indicator::Entity::update_many()
            .col_expr(indicator::Column::Unit, Expr::value(IndicatorUnit::Count))
            .exec(world.connection())
            .await
            .unwrap();
        let told = series(&council, json!({ "from": "2024-04-01" })).await;
        let change = &told["lines"][0]["points"][1]["change"];
        assert_eq!((&change["verdict"], &change["text"]), (&json!("NOT_COMPARABLE"), &json!("Their periods are not of the same length.")));
        let query = "query($framework: ID!, $subject: ID!) { indicatorGaps(framework: $framework, subject: $subject, \
            periodStart: \"2024-04-01\", periodEnd: \"2025-03-31\") { gap { verdict } } }";
        let variables = json!({ "framework": id("outcome_framework", "live"), "subject": id("service", "birch-house-support") });
        assert_eq!(*council.query(query, variables).await.data("/indicatorGaps"), json!([]));
    }

    /// A question about more figures than the setting says is refused, never answered from some of them.
    async fn no_question_is_answered_from_some_of_the_figures(engine: Engine) {
        let world = World::new(engine, Template::World, |settings| settings.outcomes.most_figures = 1).await;
        let council = world.client("council-admin");
        let variables = |first: i32| json!({
            "indicator": id("indicator", "live satisfied"), "subject": id("service", "birch-house-support"), "first": first,
        });
        let answer = council.query(SERIES, variables(10)).await;
        assert_eq!(answer.error_code(), Some("INVALID_ARGUMENT"), "{}", answer.text);
        let usual = World::new(engine, Template::World, |_| ()).await;
        for (first, is_refused) in [(1, true), (2, false), (101, true)] {
            let answer = usual.client("council-admin").query(SERIES, variables(first)).await;
            assert_eq!(answer.error_code().is_some(), is_refused, "{first}: {}", answer.text);
        }
        assert_eq!(
            refused(&council, "observationRecord", of_period(1, json!({ "value": "101" }))).await,
            ["OUT_OF_RANGE at input.value"]
        );
    }
}
