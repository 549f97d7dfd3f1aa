//! Who reads of an import: those who read the figures it may speak of, and whoever asked for it.

use entity::id::ImportBatchId;
use entity::outcomes::import_batch;
use entity::outcomes::kinds::ImportStatus;
use harness::{Template, World, both_databases, id, never, uuid};
use roundtable_api::planner::global_id;
use sea_orm::{ActiveModelTrait, Set};
use serde_json::{Value, json};

use super::super::exports::file;
use super::*;

/// One figure and one row that is refused, about a service of the provider's that the council pays for.
fn half_refused() -> String {
    let service = id("service", "birch-house-support");
    csv(&[
        format!("{service},2025-01-01,2025-01-31,60"),
        format!("{service},2025-02-01,2025-02-28,six"),
    ])
}

fn key(import: &Value) -> ImportBatchId {
    global_id::decode_as("import_batch", import["id"].as_str().unwrap())
        .unwrap()
        .into()
}

/// Everything that a viewer is told of an import, in three ways.
async fn heard(world: &World, viewer: &str, id: &str) -> Vec<String> {
    let client = world.client(viewer);
    let look = "query($id: ID!) { importBatch(id: $id) { id errors { nodes { message rawValue } } } }";
    let looked = client.query(look, json!({ "id": id })).await;
    let cancel = "mutation($input: ObservationImportCancelInput!) { observationImportCancel(input: $input) { \
                  importBatch { id } userErrors { code message path } } }";
    let cancelled = client.query(cancel, json!({ "input": { "id": id } })).await;
    let (status, text) = file(
        world,
        viewer,
        &format!("/exports/import-errors.csv?importBatchId={id}"),
    )
    .await;
    let mut text: Value = serde_json::from_str(&text).unwrap_or(Value::String(text));
    if let Some(request_id) = text.pointer_mut("/errors/0/extensions/requestId") {
        *request_id = Value::Null;
    }
    vec![looked.text, cancelled.text, format!("{status} {text}")]
}

both_databases! {
    /// A provider user reads nothing of what somebody else imports for their organisation, nor can they end it; of their own they do.
    async fn a_provider_user_reads_their_own_imports(world: World) {
        let theirs = imported(&world, "council-admin", "ashdown-council", &half_refused(), json!({})).await;
        assert_eq!(counts(&theirs), ["2", "1", "1", "0"]);
        let of_their_organisation = import_batch::ActiveModel {
            id: Set(key(&theirs)),
            organisation_id: Set(Some(uuid("organisation", "birch-care").into())),
            ..Default::default()
        };
        of_their_organisation.update(world.connection()).await.unwrap();
        let hidden = heard(&world, "provider-user", theirs["id"].as_str().unwrap()).await;
        let absent = heard(&world, "provider-user", &never("import_batch")).await;
        assert_eq!(hidden, absent);
        assert!(hidden[0].contains("{\"importBatch\":null}") && hidden[2].starts_with("404"), "{hidden:?}");
        let list = world.client("provider-user").query("{ importBatches { totalCount } }", json!({})).await;
        assert_eq!(*list.data("/importBatches/totalCount"), 0, "{}", list.text);

        // The same bytes in the same way are an import of their own.
        let own = imported(&world, "provider-user", "birch-care", &half_refused(), json!({})).await;
        assert_ne!(own["id"], theirs["id"]);
        assert_eq!(counts(&own), ["2", "1", "0", "1"]);
        assert_eq!(errors(&world, "provider-user", &own["id"]).await, ["3 value NOT_A_NUMBER"]);
        let list = world.client("provider-user").query("{ importBatches { totalCount } }", json!({})).await;
        assert_eq!(*list.data("/importBatches/totalCount"), 1, "{}", list.text);
    }

    /// What was refused to one account may be recorded by another: it gets an import of its own. What was refused to nobody is the same.
    async fn refused_rows_are_read_anew_for_another_account(world: World) {
        let table = half_refused();
        let first = imported(&world, "council-admin", "ashdown-council", &table, json!({})).await;
        let whole = csv(&[format!("{},2025-03-01,2025-03-31,60", id("service", "birch-house-support"))]);
        let second = imported(&world, "council-admin", "ashdown-council", &whole, json!({})).await;
        let of_the_system = async |table: &str| {
            let mut input = wire::input("text/csv", table.len());
            input["organisationId"] = json!(id("organisation", "ashdown-council"));
            let file = wire::announce(&world, "service-account", input).await;
            wire::patch(&world, &file.address, 0, table.as_bytes().to_vec()).await;
            begin(&world, "service-account", &file.id, "ashdown-council", json!({})).await
        };
        let again = of_the_system(&table).await;
        assert_ne!(again["id"], first["id"]);
        assert_eq!(again["status"], "RUNNING");
        assert_eq!(of_the_system(&whole).await["id"], second["id"]);
        // For whoever asked first it stays theirs, whatever was refused. From elsewhere it is another import.
        let media = upload(&world, "council-admin", "text/csv", table.as_bytes()).await;
        let asked = begin(&world, "council-admin", &media, "ashdown-council", json!({})).await;
        assert_eq!(asked["id"], first["id"]);
        let elsewhere = json!({ "source": "Another survey" });
        let asked = begin(&world, "council-admin", &media, "ashdown-council", elsewhere).await;
        assert_ne!(asked["id"], first["id"]);
    }

    /// Erasing a person removes the file that they were importing: the import ends, and what it brought stays.
    async fn an_erased_person_leaves_no_file_that_is_imported(engine: Engine) {
        let world = World::new(engine, Template::World, |settings| {
            settings.imports.partner_rows_at_once = 1;
            settings.imports.partner_turn_seconds = 0;
        }).await;
        let media = upload(&world, "provider-user", "text/csv", half_refused().as_bytes()).await;
        let begun = begin(&world, "provider-user", &media, "birch-care", json!({})).await;
        turn(&world).await;
        let erase = "mutation($input: PersonAnonymiseInput!) { personAnonymise(input: $input) { userErrors { code message path } } }";
        let input = json!({ "input": { "id": id("person", "provider-user"), "expectedVersion": 1, "reason": "They asked." } });
        let answer = world.client("provider-user").query(erase, input).await;
        assert_eq!(answer.user_errors("personAnonymise"), [""; 0], "{}", answer.text);
        wire::keep(&world).await;
        wire::assert_nothing_left(&world, &media).await;
        let rows = world.rows().await;
        let batch = rows.import_batch.iter().find(|row| row.id == key(&begun)).unwrap();
        assert_eq!((batch.status, batch.media_id, batch.rows_read), (ImportStatus::Failed, None, 1));
        assert!(rows.audit_event.iter().any(|row| row.action == "import_batch.fail" && row.entity_id == batch.id.0));
        work(&world).await;
        world.close().await;
    }
}
