//! **Import, export, import changes nothing**: for figures by chance, corrected and marked as final by chance, and for the whole
//! open-data release.

use std::collections::BTreeMap;

use entity::outcomes::kinds::ObservationQuality;
use entity::outcomes::observation;
use harness::{Template, World, both_databases, id, uuid};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sea_orm::{ActiveModelTrait, Set};
use serde_json::{Value, json};

use super::super::exports::file;
use super::super::real_figures::with_the_release;
use super::super::{does, on};
use super::*;

/// How many files are tried on each database.
const FILES: usize = 8;
const HEADINGS: &str = "framework_code,indicator_code,subject_id,period_start,period_end,dimension,people_code,numerator,denominator,\
                        base,value,margin,marker,quality";

/// A figure by chance: which of the subjects, which month, whether of women, its cells from the numerator on, and what becomes of it:
/// nothing, a correction, the mark of a second person, or both.
type Row = (usize, u32, bool, String, u8);

fn cells() -> impl Strategy<Value = String> {
    let number = (0_i64..=1_000).prop_map(|tenths| format!("{}.{}", tenths / 10, tenths % 10));
    let parts = (0_u32..=50, 50_u32..=5_000).prop_map(|(part, all)| format!("{part},{all},,,,,"));
    let told = (
        number.clone(),
        proptest::option::of(0_u32..=400),
        proptest::option::of(0_u32..=99),
    )
        .prop_map(|(value, base, margin)| {
            let text = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
            format!(",,{},{value},{},,", text(base), text(margin))
        });
    let absent = prop_oneof![
        Just(",,,,,C,"),
        Just(",40,,,,X,"),
        Just(",,12,,,Z,"),
        Just(",,,0,,LOW,")
    ];
    let reported = number.prop_map(|value| format!(",,,{value},,,REPORTED"));
    prop_oneof![parts, told, absent.prop_map(ToOwned::to_owned), reported]
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    proptest::collection::vec((0_usize..3, 0_u32..24, any::<bool>(), cells(), 0_u8..8), 1..25)
}

fn subjects() -> [String; 3] {
    [
        id("service", "birch-house-support"),
        id("geography", "ashdown"),
        id("organisation", "ashdown-council"),
    ]
}

/// A file of these figures; of two with the same key the last. Each file has months of its own.
fn table(number: usize, rows: &[Row]) -> String {
    let (framework, indicator) = codes();
    let mut lines = BTreeMap::new();
    for (subject, month, women, cells, _) in rows {
        let day = number + 1;
        let (year, month) = (2023 + month / 12, month % 12 + 1);
        let subject = &subjects()[*subject];
        let people = if *women { "SEX,FEMALE" } else { "," };
        let key = format!(
            "{framework},{indicator},{subject},{year}-{month:02}-{day:02},{year}-{month:02}-28,{people}"
        );
        lines.insert(key, cells.clone());
    }
    let lines: Vec<_> = lines
        .into_iter()
        .map(|(key, cells)| format!("{key},{cells}\n"))
        .collect();
    format!("{HEADINGS}\n{}", lines.concat())
}

/// What becomes of the figures of an import before they are exported.
async fn live_on(world: &World, import: &Value, rows: &[Row]) {
    let all = world.rows().await.observation;
    let of_it = all.into_iter().filter(|row| {
        row.import_batch_id.is_some_and(|batch| {
            json!(roundtable_api::planner::global_id::encode(
                "import_batch",
                batch.0
            )) == import["id"]
        })
    });
    let council = world.client("council-admin");
    for (row, (.., fate)) in of_it.zip(rows) {
        if fate & 1 == 1 && row.quality == ObservationQuality::Provisional {
            final_by_another(world, &row).await;
        }
        if fate & 2 == 2 {
            let object = json!({ "id": roundtable_api::planner::global_id::encode("observation", row.id.0), "version": row.version });
            let reason = json!({ "value": "12.5", "reason": "=1+1, \"counted\"\nagain" });
            let object = if fate & 1 == 1 && row.quality == ObservationQuality::Provisional {
                json!({ "id": object["id"], "version": row.version + 1 })
            } else {
                object
            };
            does(&council, "observationCorrect", on(&object, reason)).await;
        }
    }
}

/// A second person marks a figure as final.
async fn final_by_another(world: &World, row: &observation::Model) {
    let last = observation::ActiveModel {
        id: Set(row.id),
        quality: Set(ObservationQuality::Final),
        finalised_at: Set(Some(world.clock().now())),
        finalised_by: Set(Some(uuid("user", "provider-user").into())),
        version: Set(row.version + 1),
        ..Default::default()
    };
    last.update(world.connection()).await.unwrap();
}

async fn export(world: &World, query: &str) -> String {
    let (status, text) = file(
        world,
        "council-admin",
        &format!("/exports/observations.csv{query}"),
    )
    .await;
    assert_eq!(status, 200, "{text}");
    text
}

/// Imports what was exported, as it is: every row is there already, and the export has the same bytes.
async fn assert_changes_nothing(world: &World, query: &str, more: Value) {
    let exported = export(world, query).await;
    let before = world.rows().await.observation;
    let again = imported(world, "council-admin", "ashdown-council", &exported, more).await;
    let said = errors(world, "council-admin", &again["id"]).await;
    assert_eq!(
        (again["status"].as_str(), &said),
        (Some("COMPLETED"), &Vec::new()),
        "{exported}"
    );
    let read = again["rowsRead"].as_str().unwrap();
    assert_eq!(counts(&again), [read, "0", "0", read], "{exported}");
    assert!(
        world.rows().await.observation == before,
        "a figure has changed: {exported}"
    );
    assert!(
        export(world, query).await == exported,
        "the export is another one: {exported}"
    );
}

both_databases! {
    /// Whatever the figures are, and whatever has become of them.
    async fn figures_by_chance_come_back_as_they_went(engine: Engine) {
        let world = World::new(engine, Template::World, |settings| settings.imports.partner_rows_at_once = 7).await;
        let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
        for number in 0..FILES {
            let rows = rows().new_tree(&mut runner).unwrap().current();
            let table = table(number, &rows);
            let first = imported(&world, "council-admin", "ashdown-council", &table, json!({})).await;
            assert_eq!(errors(&world, "council-admin", &first["id"]).await, [""; 0], "{table}");
            assert_eq!(counts(&first)[2], (table.lines().count() - 1).to_string(), "{table}");
            live_on(&world, &first, &rows).await;
            assert_changes_nothing(&world, "", json!({})).await;
            // Nor with a reason, which would correct what differs; nor do the revisions before.
            let reason = json!({ "correctionReason": "Should there be anything." });
            assert_changes_nothing(&world, "?includeEarlierRevisions=true", reason).await;
        }
        world.close().await;
    }

    /// The whole open-data release, as its publisher rounded it, comes back to the council that answers for its areas without a change.
    async fn the_real_figures_come_back_as_they_went(world: World) {
        with_the_release(&world).await;
        assert_changes_nothing(&world, "", json!({ "correctionReason": "Should there be anything." })).await;
    }
}
