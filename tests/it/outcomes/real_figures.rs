//! The questions over the whole open-data release of ASCOF 2020-21, as the API answers them, beside what a script in another
//! language makes of the file.

use std::collections::{HashMap, HashSet};

use entity::decimal::Decimal;
use entity::id::OrganisationId;
use entity::outcomes::observation;
use entity::parties::geography;
use entity::releases::kinds::PublishedAs;
use entity::releases::published_figure;
use harness::{Client, Template, World, both_databases, uuid};
use roundtable_api::domains::{outcomes, parties};
use roundtable_api::planner::global_id;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::exports::file;
use super::{does, on};
use crate::imports::{TEN, import_release, independent};

/// The fixed world with the release in it; its council answers for every area, so that its administrator reads all of it.
pub async fn with_the_release(world: &World) {
    let (store, now) = (world.node().app.store(), world.clock().now());
    parties::reference::load(store, now).await.unwrap();
    outcomes::reference::load(store, now).await.unwrap();
    import_release(world).await;
    let council = OrganisationId::from(uuid("organisation", "ashdown-council"));
    geography::Entity::update_many()
        .col_expr(geography::Column::OrganisationId, Expr::value(council))
        .filter(geography::Column::Cassr.is_not_null())
        .exec(world.connection())
        .await
        .unwrap();
}

/// The indicators by code, and the areas' global ids by the codes that the file knows them by.
async fn names(world: &World, client: &Client) -> (Vec<(String, String)>, Vec<(String, String)>) {
    let query = "query($after: String) { indicators(first: 100, after: $after) { nodes { id code framework { code } } } }";
    let answer = client.query(query, Value::Null).await;
    let nodes = answer.data("/indicators/nodes").as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let ascof = nodes.iter().filter(|node| node["framework"]["code"] == "ASCOF");
    let indicators = ascof
        .map(|node| (text(&node["code"]), text(&node["id"])))
        .collect();
    let areas = geography::Entity::find().all(world.connection()).await.unwrap();
    let code = |area: &geography::Model| area.cassr.clone().or_else(|| area.local_code.clone());
    let areas = areas
        .iter()
        .filter_map(|area| Some((code(area)?, global_id::encode("geography", area.id.0))));
    (indicators, areas.collect())
}

const QUESTIONS: &str = "query($indicator: ID!, $everybody: ID!) { \
    indicatorRanking(indicator: $indicator, subjectType: GEOGRAPHY, periodStart: \"2020-04-01\", periodEnd: \"2021-03-31\", first: 100) { \
    quartiles { lower median upper } places { rank among quartile observation { geography { id } } } } \
    observationTotals(indicator: $indicator, by: REGION, disaggregation: $everybody, first: 100) { level value notTotalled region { id } } }";

const SIDE_BY_SIDE: &str = "query($indicator: ID!, $area: ID!, $everybody: ID!) { \
    publishedSeries(indicator: $indicator, subject: $area, disaggregation: $everybody) { \
    lines { points { value valueAs } } beside { geography { level } lines { points { value valueAs } } } } \
    publishedRanking(indicator: $indicator, area: $area, disaggregation: $everybody, periodStart: \"2020-04-01\", periodEnd: \"2021-03-31\", \
    first: 100) { suppressed withoutFigure places { rank } place { rank among figure { value geography { id } } } } }";

const AMONG: &str = "query($indicator: ID!, $everybody: ID!, $within: ID, $like: ID) { \
    publishedRanking(indicator: $indicator, disaggregation: $everybody, periodStart: \"2020-04-01\", periodEnd: \"2021-03-31\", \
    within: $within, like: $like, first: 100) { suppressed withoutFigure places { figure { geography { id } } } } }";

/// The areas that are set side by side are just the councils for which this holds, but for those whose figure is not shown.
async fn assert_among(
    public: &Client,
    variables: Value,
    councils: &[geography::Model],
    is_among: impl Fn(&geography::Model) -> bool,
) {
    let ranking = public
        .query(AMONG, variables)
        .await
        .data("/publishedRanking")
        .clone();
    let expected: HashSet<_> = councils
        .iter()
        .filter(|area| is_among(area))
        .map(|area| global_id::encode("geography", area.id.0))
        .collect();
    let places = ranking["places"].as_array().unwrap();
    let hidden = ranking["suppressed"].as_u64().unwrap() + ranking["withoutFigure"].as_u64().unwrap();
    assert!(places.len() > 5, "{ranking}");
    assert!(
        places
            .iter()
            .all(|place| expected.contains(place["figure"]["geography"]["id"].as_str().unwrap())),
        "{ranking}"
    );
    assert_eq!(places.len() as u64 + hidden, expected.len() as u64);
}

/// Ten councils beside their region, England and their type, and their places among all councils, as the rows of the release say.
async fn side_by_side(world: &World, public: &Client, said: &[published_figure::Model]) {
    let (indicators, areas) = names(world, public).await;
    let everybody = "{ disaggregations(first: 1, filter: { dimension: [TOTAL] }) { nodes { id } } }";
    let everybody = public
        .query(everybody, Value::Null)
        .await
        .data("/disaggregations/nodes/0/id")
        .clone();
    let uuid_of = |prefix: &str, id: &str| global_id::decode_as(prefix, id).unwrap();
    let people = uuid_of("disaggregation", everybody.as_str().unwrap());
    let councils = geography::Entity::find()
        .filter(geography::Column::Cassr.is_not_null())
        .all(world.connection())
        .await
        .unwrap();
    let is_council =
        |row: &&published_figure::Model| councils.iter().any(|area| Some(area.id) == row.geography_id);
    let (mut placed, mut compared) = (0, 0);
    // More is better in both.
    for code in ["1E", "1G"] {
        // Two versions of the framework have such an indicator; the file is of one of them.
        let is_measured = |id: &str| {
            said.iter()
                .any(|row| row.indicator_id.0 == uuid_of("indicator", id))
        };
        let mut of_code = indicators.iter().filter(|(found, _)| found == code);
        let (_, indicator) = of_code.find(|(_, id)| is_measured(id)).unwrap();
        let id = uuid_of("indicator", indicator);
        let of_it =
            |row: &&published_figure::Model| row.indicator_id.0 == id && row.disaggregation_id.0 == people;
        let values: Vec<_> = said
            .iter()
            .filter(of_it)
            .filter(is_council)
            .map(|row| row.value)
            .collect();
        let shown: Vec<_> = values.iter().flatten().collect();
        let measured: HashSet<_> = said.iter().filter(of_it).map(|row| row.subject_id).collect();
        let with_row: Vec<_> = councils
            .iter()
            .filter(|area| measured.contains(&area.id.0))
            .cloned()
            .collect();
        let shire = with_row
            .iter()
            .find(|area| area.gss.as_deref().is_some_and(|gss| gss.starts_with("E10")))
            .unwrap();
        let region = shire.parent_id.unwrap();
        let within = json!({ "indicator": indicator, "everybody": everybody, "within": global_id::encode("geography", region.0) });
        assert_among(public, within, &with_row, |area| area.parent_id == Some(region)).await;
        let like = json!({ "indicator": indicator, "everybody": everybody, "like": global_id::encode("geography", shire.id.0) });
        assert_among(public, like, &with_row, |area| {
            area.gss.as_deref().is_some_and(|gss| gss.starts_with("E10"))
        })
        .await;
        for council in TEN {
            let (_, area) = areas.iter().find(|(found, _)| found == council).unwrap();
            let variables = json!({ "indicator": indicator, "area": area, "everybody": everybody });
            let answer = public.query(SIDE_BY_SIDE, variables).await;
            let series = answer.data("/publishedSeries");
            let beside = series["beside"].as_array().unwrap();
            let levels: Vec<_> = beside
                .iter()
                .map(|one| one["geography"]["level"].as_str().unwrap())
                .collect();
            assert_eq!(levels, ["REGION", "COUNTRY", "COUNCIL_TYPE"], "{code} {council}");
            compared += beside
                .iter()
                .filter(|one| one["lines"][0]["points"][0]["value"].is_string())
                .count();
            let subject = uuid_of("geography", area);
            let own = said
                .iter()
                .filter(of_it)
                .find(|row| row.subject_id == subject)
                .unwrap();
            let told = &series["lines"][0]["points"][0];
            assert_eq!(
                told["value"],
                json!(own.value.map(|value| value.to_string())),
                "{code} {council}"
            );
            let ranking = answer.data("/publishedRanking");
            let hidden = ranking["suppressed"].as_u64().unwrap() + ranking["withoutFigure"].as_u64().unwrap();
            assert_eq!(hidden, (values.len() - shown.len()) as u64);
            if let Some(value) = own.value {
                let better = shown.iter().filter(|other| ***other > value).count();
                assert_eq!(ranking["place"]["rank"], json!(better + 1), "{code} {council}");
                assert_eq!(ranking["place"]["among"], json!(shown.len()));
                assert_eq!(ranking["place"]["figure"]["geography"]["id"], json!(area));
                placed += 1;
            }
        }
    }
    assert!(
        placed > 15 && compared > 50,
        "only {placed} places and {compared} comparators"
    );
}

both_databases! {
    /// Totals by region, quartiles, and the places of ten councils.
    async fn answers_are_those_of_an_independent_calculation(engine: Engine) {
        let Some(expected) = independent() else { return };
        let world = World::new(engine, Template::World, |_| ()).await;
        with_the_release(&world).await;
        let council = world.client("council-admin");
        let (indicators, areas) = names(&world, &council).await;
        let area = |id: &Value| areas.iter().find(|(_, other)| *id == **other).map(|(code, _)| code.as_str()).unwrap();
        let everybody = "{ disaggregations(first: 1, filter: { dimension: [TOTAL] }) { nodes { id } } }";
        let everybody = council.query(everybody, Value::Null).await.data("/disaggregations/nodes/0/id").clone();
        let (mut totals, mut places) = (0, 0);
        assert!(indicators.len() > 15, "{indicators:?}");
        for (code, indicator) in &indicators {
            let answer = council.query(QUESTIONS, json!({ "indicator": indicator, "everybody": everybody })).await;
            let ranking = answer.data("/indicatorRanking");
            if ranking.is_null() {
                continue;
            }
            let marks = &ranking["quartiles"];
            let marks = json!([marks["lower"], marks["median"], marks["upper"]]);
            assert_eq!(marks, expected["quartiles"][code], "{code}");
            for place in ranking["places"].as_array().unwrap() {
                let of = area(&place["observation"]["geography"]["id"]);
                if TEN.contains(&of) {
                    let told = json!([place["rank"], place["among"], place["quartile"]]);
                    assert_eq!(told, expected["ranks"][format!("{code} {of}")], "{code} {of}");
                    places += 1;
                }
            }
            for total in answer.data("/observationTotals").as_array().unwrap() {
                if total["level"] != "LOCAL_AUTHORITY" {
                    continue;
                }
                let of = area(&total["region"]["id"]);
                let expected = &expected["aggregates"][format!("{code} {of}")];
                assert_eq!(total["value"], *expected, "{code} {of}: {total}");
                assert_eq!(expected.is_null(), total["notTotalled"].is_string(), "{code} {of}");
                totals += usize::from(expected.is_string());
            }
        }
        let all = council.query("{ observations { totalCount } }", Value::Null).await;
        let (_, lines) = file(&world, "council-admin", "/exports/observations.jsonl").await;
        let ids = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].to_string());
        let ids: HashSet<_> = ids.collect();
        assert!(ids.len() > 10_000, "{}", ids.len());
        assert_eq!(ids.len(), lines.lines().count(), "a figure stands there twice");
        assert_eq!(json!(ids.len()), *all.data("/observations/totalCount"), "the file is not whole");
        assert!(totals > 80 && places > 60, "only {totals} totals and {places} places were compared");
        world.close().await;
    }

    /// The operator publishes the whole file: nothing small is shown, most of the rest is, and what is withheld is what the file has
    /// small or withheld and what would give that away.
    async fn the_real_figures_are_published_without_small_numbers(engine: Engine) {
        // This is the program as tests build it, many times slower than the one that people run.
        let world = World::new(engine, Template::World, |config| config.http.request_timeout_ms = 300_000).await;
        with_the_release(&world).await;
        let (platform, public) = (world.client("platform-admin"), world.client("anonymous"));
        let framework = "{ outcomeFrameworks(first: 1, filter: { code: \"ASCOF\" }) { nodes { id } } }";
        let framework = public.query(framework, Value::Null).await.data("/outcomeFrameworks/nodes/0/id").clone();
        let draft = json!({ "frameworkId": framework, "title": "2020-21" });
        let draft = does(&platform, "releaseMake", draft).await;
        does(&platform, "releasePublish", on(&draft, json!({}))).await;
        let of_it = published_figure::Column::ReleaseId.eq(global_id::decode_as("release", draft["id"].as_str().unwrap()).unwrap());
        let said = published_figure::Entity::find().filter(of_it).all(world.connection()).await.unwrap();
        let recorded = observation::Entity::find().all(world.connection()).await.unwrap();
        let recorded: HashMap<_, _> = recorded.into_iter().map(|row| (Some(row.id), row)).collect();
        let small = |number: Option<Decimal>| number.is_some_and(|number| (1..=7).contains(&((number.0 + 500_000) / 1_000_000)));
        let (mut shown, mut suppressed) = (0, 0);
        for row in &said {
            let of = &recorded[&row.observation_id];
            let is_share = of.denominator.is_some();
            for (count, stands) in [(of.numerator, row.numerator_as), (of.denominator, row.denominator_as)] {
                assert!(!is_share || !small(count) || stands == PublishedAs::Suppressed, "{row:?} of {of:?}");
            }
            assert!(!small(of.denominator) || row.value.is_none(), "{row:?} of {of:?}");
            match row.value_as {
                PublishedAs::Suppressed => suppressed += 1,
                PublishedAs::Exact | PublishedAs::Rounded => shown += 1,
                // Nothing but what its source does not give, or does not give the people of.
                _ => assert!(of.value.is_none() || of.denominator.is_none() || of.denominator == Some(Decimal(0)), "{of:?}"),
            }
        }
        assert_eq!(said.len(), 13_114);
        assert!(shown > 5 * suppressed && suppressed > 400, "{shown} shown, {suppressed} suppressed");
        let total = "{ publishedFigures(filter: { isLatest: true, valueAs: [SUPPRESSED] }) { totalCount } }";
        let total = public.query(total, Value::Null).await.data("/publishedFigures/totalCount").clone();
        assert_eq!(total, json!(suppressed + 1), "with that of the fixed world");
        side_by_side(&world, &public, &said).await;
        world.close().await;
    }
}
