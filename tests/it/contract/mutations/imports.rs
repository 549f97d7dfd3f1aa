//! Files of figures that partners have imported.

use std::pin::Pin;

use entity::media::media;
use entity::outcomes::import_batch;
use entity::outcomes::kinds::ImportStatus;
use harness::{World, id, uuid};
use sea_orm::{ActiveModelTrait, Set};
use serde_json::json;

use super::Case;

/// A film becomes a table, and an import that has ended one that is under way.
fn a_file_and_an_import(world: World) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        let table = media::ActiveModel {
            id: Set(uuid("media", "film").into()),
            declared_type: Set("text/csv".to_owned()),
            ..Default::default()
        };
        table.update(world.connection()).await.unwrap();
        let under_way = import_batch::ActiveModel {
            id: Set(uuid("import_batch", "council").into()),
            status: Set(ImportStatus::Running),
            finished_at: Set(None),
            ..Default::default()
        };
        under_way.update(world.connection()).await.unwrap();
    })
}

/// One case for each mutation of imports.
pub fn cases() -> Vec<Case> {
    vec![
        Case::new("observationImport", "importBatch { id status version }")
            .by("council-admin")
            .after(a_file_and_an_import)
            .input(json!({
                "mediaId": id("media", "film"),
                "organisationId": id("organisation", "ashdown-council"),
                "source": "Our own survey",
                "columns": [{ "column": "VALUE", "heading": "Outcome" }],
                "periodStart": "2025-04-01",
                "periodEnd": "2025-06-30"
            }))
            .wrong(
                json!({
                    "organisationId": id("organisation", "birch-care"),
                    "source": " ",
                    "columns": [{ "column": "VALUE", "heading": "a" }, { "column": "VALUE", "heading": "A" }],
                    "periodEnd": "2025-03-31"
                }),
                &[
                    "FORBIDDEN at input.organisationId",
                    "FORBIDDEN at input.mediaId",
                    "REQUIRED at input.source",
                    "RULE_BROKEN at input.columns.1.column",
                    "RULE_BROKEN at input.columns.1.heading",
                    "OUT_OF_RANGE at input.periodEnd",
                ],
            )
            .hidden_from("stranger", "mediaId", "media", "film"),
        Case::new("observationImportCancel", "importBatch { id status version }")
            .by("service-account")
            .after(a_file_and_an_import)
            .input(json!({ "id": id("import_batch", "council") }))
            .wrong(
                json!({ "id": id("import_batch", "fernley") }),
                &["NOT_FOUND at input.id"],
            )
            .hidden_from("stranger", "id", "import_batch", "council"),
    ]
}
