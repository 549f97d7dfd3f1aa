//! Frameworks: written as drafts, used as they are worded; indicators worded for a time.

use harness::{Client, both_databases, id};
use roundtable_api::domains::outcomes::reference::load;
use serde_json::{Value, json};

use super::{does, figure, on, refused};

/// A draft of the council with one outcome and one indicator.
async fn draft(council: &Client) -> (Value, Value, Value) {
    let framework = does(
        council,
        "outcomeFrameworkCreate",
        json!({
            "publisherOrganisationId": id("organisation", "ashdown-council"),
            "code": "WHAT-MATTERS", "versionLabel": "2026", "title": "What matters to you",
        }),
    )
    .await;
    let outcome = does(
        council,
        "outcomeCreate",
        json!({
            "frameworkId": framework["id"], "code": "1", "statement": "I choose who helps me.", "voice": "I",
        }),
    )
    .await;
    let indicator = does(council, "indicatorCreate", json!({
        "outcomeId": outcome["id"], "code": "1A", "title": "People who say that they choose", "unit": "PERCENT",
        "decimals": 0, "polarity": "HIGHER",
    }))
    .await;
    (framework, outcome, indicator)
}

both_databases! {
    /// Nobody else sees a draft. It comes into use once it is whole, everybody reads it then, and its words stay.
    async fn a_framework_is_public_once_it_is_in_use(world: World) {
        let (council, anybody) = (world.client("council-admin"), world.client("anonymous"));
        let (framework, outcome, indicator) = draft(&council).await;
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        let ids = json!({ "ids": [framework["id"], outcome["id"], indicator["id"]] });
        assert_eq!(anybody.query(query, ids.clone()).await.data("/nodes"), &json!([null, null, null]));
        let good = json!({ "outcomeId": outcome["id"], "level": "GOOD", "text": "The same people come." });
        does(&council, "outcomeDescriptorCreate", good).await;
        assert_eq!(
            refused(&council, "outcomeFrameworkPublish", on(&framework, json!({}))).await,
            ["RULE_BROKEN at input.id", "RULE_BROKEN at input.id"]
        );
        for (level, text) in [("OK", "Mostly the same people come."), ("NOT_GOOD", "Somebody else comes each time.")] {
            let said = json!({ "outcomeId": outcome["id"], "level": level, "text": text });
            does(&council, "outcomeDescriptorCreate", said).await;
        }
        let wording = json!({
            "indicatorId": indicator["id"], "definition": "Of those asked, those who say so.", "validFrom": "2026-01-01",
            "comparableWithPrevious": false,
        });
        does(&council, "indicatorVersionCreate", wording).await;
        let live = does(&council, "outcomeFrameworkPublish", on(&framework, json!({}))).await;
        assert_eq!(live["status"], "LIVE");
        let nodes = anybody.query(query, ids).await;
        assert!(nodes.data("/nodes").as_array().unwrap().iter().all(Value::is_object), "{}", nodes.text);
        assert_eq!(
            refused(&council, "outcomeUpdate", on(&outcome, json!({ "statement": "Another." }))).await,
            ["INACTIVE at input.id"]
        );
        assert_eq!(
            refused(&council, "indicatorUpdate", on(&indicator, json!({ "decimals": 2 }))).await,
            ["INACTIVE at input.id"]
        );
        assert_eq!(refused(&world.client("platform-admin"), "outcomeFrameworkRetire", on(&live, json!({}))).await, ["FORBIDDEN at input"]);
        does(&council, "outcomeFrameworkRetire", on(&live, json!({}))).await;
    }

    /// A wording that was measured stays. It ends, and the next one says whether it can be compared with it.
    async fn a_wording_that_was_measured_stays(world: World) {
        let council = world.client("council-admin");
        let version = json!({ "id": id("indicator_version", "live satisfied 1"), "version": 1 });
        let next = |from: &str, comparable: bool| json!({
            "indicatorId": id("indicator", "live satisfied"), "definition": "Of those who answered, those who say so.",
            "validFrom": from, "comparableWithPrevious": comparable,
        });
        assert_eq!(
            refused(&council, "indicatorVersionUpdate", on(&version, json!({ "definition": "Other words." }))).await,
            ["RULE_BROKEN at input.id"]
        );
        assert_eq!(
            refused(&council, "indicatorVersionCreate", next("2025-07-01", false)).await,
            ["RULE_BROKEN at input.validFrom"]
        );
        does(&council, "indicatorVersionEnd", on(&version, json!({ "validTo": "2025-06-30" }))).await;
        let second = does(&council, "indicatorVersionCreate", next("2025-07-01", false)).await;
        assert_eq!((&second["number"], &second["comparableWithPrevious"]), (&json!(2), &json!(false)));
        // A period across the break is of neither.
        assert_eq!(
            refused(&council, "observationRecord", figure(json!({ "value": "50" }))).await,
            ["OUT_OF_RANGE at input.periodEnd"]
        );
        let of_the_second = figure(json!({ "value": "50", "indicatorVersionId": second["id"] }));
        assert_eq!(
            refused(&council, "observationRecord", of_the_second).await,
            ["OUT_OF_RANGE at input.periodStart"]
        );
    }

    /// The national framework comes with the server, once, for everybody to read and for nobody to word.
    async fn the_national_framework_comes_with_the_server(world: World) {
        let (store, now) = (world.node().app.store(), world.clock().now());
        let (one, other) = tokio::join!(load(store, now), load(store, now));
        let mut added = [one.unwrap(), other.unwrap()];
        added.sort_unstable();
        assert_eq!(added[0], 0);
        // Two editions, and the ways to tell people apart but for the two that the world has.
        assert!(added[1] > 20, "{added:?}");
        let query = "{ outcomeFrameworks(first: 5, filter: { code: \"ASCOF\" }, orderBy: { field: CODE }) { totalCount nodes { versionLabel source \
            publisherOrganisation { id } viewerCan { word retire } outcomes(first: 10) { nodes { code indicators(first: 20) { nodes { code } } } } } } }";
        let answer = world.client("anonymous").query(query, Value::Null).await;
        assert_eq!(answer.data("/outcomeFrameworks/totalCount"), 2);
        for framework in answer.data("/outcomeFrameworks/nodes").as_array().unwrap() {
            assert_eq!((&framework["publisherOrganisation"], &framework["viewerCan"]["word"]), (&Value::Null, &json!(false)));
            assert!(framework["source"].as_str().unwrap().contains("Department of Health and Social Care"));
        }
        let codes: Vec<&str> = answer.data("/outcomeFrameworks/nodes").as_array().unwrap().iter()
            .filter(|of| of["versionLabel"] == "from 2023")
            .flat_map(|of| of["outcomes"]["nodes"][1]["indicators"]["nodes"].as_array().unwrap())
            .map(|of| of["code"].as_str().unwrap())
            .collect();
        assert_eq!(codes, ["2A", "2B", "2C", "2D", "2E"]);
    }
}
