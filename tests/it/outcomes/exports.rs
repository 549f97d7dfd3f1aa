//! Figures as files: what GraphQL answers, for whoever may read it, however much it is.

use harness::{VIEWERS, World, both_databases, id};
use serde_json::{Value, json};

use super::{does, figure};
use crate::meetings::calendar::get;

/// A file as a viewer gets it: the status and what is in it.
pub async fn file(world: &World, viewer: &str, path: &str) -> (u16, String) {
    match world.client(viewer).token() {
        Some(token) => get(world, path, &[("authorization", &format!("Bearer {token}"))]).await,
        None => get(world, path, &[]).await,
    }
}

fn objects(lines: &str) -> Vec<Value> {
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

both_databases! {
    /// Every viewer gets the figures that they read, the same as from GraphQL.
    async fn a_file_holds_what_graphql_answers(world: World) {
        let query = "{ observations(first: 100) { nodes { id value numerator revision periodStart service { id } } } }";
        for viewer in VIEWERS {
            let answer = world.client(viewer).query(query, Value::Null).await;
            let nodes = answer.data("/observations/nodes").as_array().unwrap().clone();
            let (status, lines) = file(&world, viewer, "/exports/observations.jsonl").await;
            assert_eq!(status, 200, "{viewer}: {lines}");
            let exported = objects(&lines);
            assert_eq!(exported.len(), nodes.len(), "{viewer}");
            for (node, exported) in nodes.iter().zip(&exported) {
                for field in ["id", "value", "numerator", "revision", "periodStart"] {
                    assert_eq!(node[field], exported[field], "{viewer}");
                }
                assert_eq!(node["service"]["id"], exported["service"]["id"], "{viewer}");
            }
            let (status, rows) = file(&world, viewer, "/exports/observations.csv").await;
            assert_eq!(status, 200, "{viewer}: {rows}");
            let ids: Vec<_> = rows.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
            let expected: Vec<_> = nodes.iter().map(|node| node["id"].as_str().unwrap()).collect();
            assert_eq!(ids, expected, "{viewer}");
        }
    }

    /// Filters are those of the list; what cannot be asked for is refused in words.
    async fn files_are_narrowed_as_lists_are(world: World) {
        let ours = format!("/exports/observations.jsonl?service={}", id("service", "birch-house-support"));
        let (_, lines) = file(&world, "council-admin", &ours).await;
        let about: Vec<_> = objects(&lines).iter().map(|figure| figure["service"]["id"].clone()).collect();
        assert_eq!(about, vec![json!(id("service", "birch-house-support")); 2]);
        let with_earlier = format!("{ours}&includeEarlierRevisions=true&subjectType=SERVICE,SITE");
        assert_eq!(objects(&file(&world, "council-admin", &with_earlier).await.1).len(), 3);
        for (query, word) in [
            ("colour=red", "`colour` is no filter"),
            ("periodFrom=yesterday", "periodFrom"),
            ("quality=GOOD", "GOOD"),
            ("includeEarlierRevisions=1", "`true` or `false`"),
        ] {
            let (status, text) = file(&world, "council-admin", &format!("/exports/observations.csv?{query}")).await;
            assert_eq!(status, 400, "{query}: {text}");
            assert!(text.contains(word), "{query}: {text}");
        }
        let (status, _) = file(&world, "council-admin", "/exports/people.csv").await;
        assert_eq!(status, 404);
    }

    /// A text that a spreadsheet would run is shown as a text, and the file says what its columns are.
    async fn a_spreadsheet_runs_nothing(world: World) {
        let council = world.client("council-admin");
        let mut input = json!({ "id": id("observation", "service"), "expectedVersion": 1, "value": "71", "reason": "=1+1" });
        input["numerator"] = Value::Null;
        input["denominator"] = Value::Null;
        does(&council, "observationCorrect", input).await;
        does(&council, "observationRecord", figure(json!({ "value": "60" }))).await;
        let (_, rows) = file(&world, "council-admin", "/exports/observations.csv").await;
        assert!(rows.contains(",'=1+1,"), "{rows}");
        let (status, description) = file(&world, "anonymous", "/exports/observations.csv-metadata.json").await;
        assert_eq!(status, 200);
        let description: Value = serde_json::from_str(&description).unwrap();
        let columns = description["tableSchema"]["columns"].as_array().unwrap().iter();
        let names: Vec<_> = columns.map(|column| column["name"].as_str().unwrap()).collect();
        assert_eq!(rows.lines().next().unwrap(), names.join(","));
    }
}
