//! An import does what whoever asked may do at that moment, and tells nobody of what they may not see.

use entity::parties::role_grant;
use harness::{Template, World, both_databases, id, never, uuid};
use sea_orm::{ActiveModelTrait, Set};
use serde_json::{Value, json};

use super::*;

/// An import's errors as whoever asked reads them, without ids and times.
async fn told(world: &World, viewer: &str, import: &Value) -> String {
    let query = "query($id: ID!) { importBatch(id: $id) { rowsRead rowsRefused recordsMade recordsUnchanged status failure \
                 errors(first: 100) { nodes { rowNumber columnName code message } } observations { totalCount } } }";
    let answer = world
        .client(viewer)
        .query(query, json!({ "id": import["id"] }))
        .await;
    answer.data("/importBatch").to_string()
}

both_databases! {
    /// A row about what is hidden is answered with the bytes of one about what has never existed, in every column that could name it.
    async fn what_is_hidden_is_not_there(world: World) {
        let row = |subject: &str| vec![format!("{subject},2025-01-01,2025-01-31,60")];
        let mut answers = Vec::new();
        for subject in [id("service", "elm-house-support"), never("service"), id("site", "elm-house"), never("site")] {
            let done = imported(&world, "provider-user", "birch-care", &csv(&row(&subject)), json!({})).await;
            answers.push(told(&world, "provider-user", &done).await);
        }
        assert!(answers[0].contains("NOT_FOUND"), "{}", answers[0]);
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        // What they see and may not record is told apart.
        let voices = id("organisation", "cedar-voices");
        let done = imported(&world, "provider-user", "birch-care", &csv(&row(&voices)), json!({})).await;
        assert_eq!(errors(&world, "provider-user", &done["id"]).await, ["2 subject_id FORBIDDEN"]);
        // A framework in draft is its publisher's own matter.
        let draft = |name: &str| format!(
            "indicator_version_id,subject_id,period_start,period_end,value\n{name},{},2025-01-01,2025-01-31,60\n",
            id("service", "birch-house-support")
        );
        let mut answers = Vec::new();
        for name in [id("indicator_version", "draft satisfied 1"), never("indicator_version")] {
            let done = imported(&world, "provider-user", "birch-care", &draft(&name), json!({})).await;
            answers.push(told(&world, "provider-user", &done).await);
        }
        assert!(answers[0].contains("NOT_FOUND") && answers[0] == answers[1], "{answers:?}");
    }

    /// An import and what was wrong in it are read by those of the organisation; to others they are not there, nor can they end it.
    async fn an_import_is_the_organisations(world: World) {
        let media = upload(&world, "provider-user", "text/csv", csv(&[]).as_bytes()).await;
        let begun = begin(&world, "provider-user", &media, "birch-care", json!({})).await;
        let cancel = "mutation($input: ObservationImportCancelInput!) { answer: observationImportCancel(input: $input) { \
                      importBatch { id status failure } userErrors { code message path } } }";
        for viewer in ["council-admin", "user-led-admin", "stranger", "platform-admin", "anonymous"] {
            assert_eq!(import(&world, viewer, &begun["id"]).await, Value::Null, "{viewer}");
            if viewer != "anonymous" {
                let answer = world.client(viewer).query(cancel, json!({ "input": { "id": begun["id"] } })).await;
                assert_eq!(answer.user_errors("answer"), ["NOT_FOUND at input.id"], "{viewer}");
            }
        }
        let answer = world.client("provider-user").query(cancel, json!({ "input": { "id": begun["id"] } })).await;
        assert_eq!(answer.data("/answer/importBatch/status"), "FAILED", "{}", answer.text);
        let answer = world.client("provider-user").query(cancel, json!({ "input": { "id": begun["id"] } })).await;
        assert_eq!(answer.user_errors("answer"), ["ILLEGAL_TRANSITION at input.id"]);
        work(&world).await;
        assert_eq!(counts(&import(&world, "provider-user", &begun["id"]).await), ["0", "0", "0", "0"]);
    }

    /// Somebody else's file cannot be imported, nor seen by way of an import.
    async fn a_file_stays_its_owners(world: World) {
        let media = upload(&world, "provider-user", "text/csv", csv(&[]).as_bytes()).await;
        let hidden = ask(&world, "council-admin", &media, "ashdown-council", json!({})).await;
        let absent = ask(&world, "council-admin", &never("media"), "ashdown-council", json!({})).await;
        assert_eq!(hidden.user_errors("answer"), ["NOT_FOUND at input.mediaId"]);
        assert_eq!(hidden.text, absent.text);
        let mut input = wire::input("text/csv", 4);
        input["organisationId"] = json!(id("organisation", "ashdown-council"));
        let file = wire::announce(&world, "council-admin", input).await;
        wire::patch(&world, &file.address, 0, b"a,b\n".to_vec()).await;
        let begun = begin(&world, "council-admin", &file.id, "ashdown-council", json!({})).await;
        assert_eq!(begun["media"]["id"], json!(file.id));
        // A system of the council reads of the import, and not the file.
        let seen = import(&world, "service-account", &begun["id"]).await;
        assert_eq!((&seen["status"], &seen["media"]), (&json!("RUNNING"), &Value::Null));
    }

    /// A computer system does all of it for its organisation: upload, import, look. Nobody's name stands in what it recorded.
    async fn a_system_imports_for_its_organisation(world: World) {
        let council = json!(id("organisation", "ashdown-council"));
        let row = format!("{},2025-01-01,2025-01-31,60", id("service", "birch-house-support"));
        let table = csv(&[row]);
        let mut input = wire::input("text/csv", table.len());
        input["organisationId"] = council.clone();
        let file = wire::announce(&world, "service-account", input.clone()).await;
        wire::patch(&world, &file.address, 0, table.into_bytes()).await;
        let begun = begin(&world, "service-account", &file.id, "ashdown-council", json!({})).await;
        assert_eq!(begun["media"]["id"], json!(file.id));
        work(&world).await;
        let done = import(&world, "service-account", &begun["id"]).await;
        assert_eq!((done["status"].as_str(), counts(&done)), (Some("COMPLETED"), ["1", "0", "1", "0"]), "{done}");
        let rows = world.rows().await;
        let batch = rows.import_batch.iter().find(|row| row.service_account_id.is_some()).unwrap();
        let made = rows.observation.iter().find(|row| row.import_batch_id == Some(batch.id)).unwrap();
        assert_eq!((batch.created_by, made.created_by), (None, None));
        // What a person uploaded for the council is none of its business, nor is another organisation's.
        let theirs = ask(&world, "service-account", &id("media", "film"), "ashdown-council", json!({})).await;
        assert_eq!(theirs.user_errors("answer"), ["NOT_FOUND at input.mediaId"]);
        input["organisationId"] = json!(id("organisation", "birch-care"));
        assert_eq!(wire::refused_at_once(&world, "service-account", input).await, ["FORBIDDEN at input"]);
    }

    /// A grant that ends in the middle ends the import, with the reason; what was imported until then stays.
    async fn an_ended_grant_ends_the_import(engine: Engine) {
        let world = World::new(engine, Template::World, |settings| {
            settings.imports.partner_rows_at_once = 2;
            settings.imports.partner_turn_seconds = 0;
        }).await;
        let service = id("service", "birch-house-support");
        let rows: Vec<_> = (1..=5).map(|month| format!("{service},2025-{month:02}-01,2025-{month:02}-28,60")).collect();
        let media = upload(&world, "provider-user", "text/csv", csv(&rows).as_bytes()).await;
        let begun = begin(&world, "provider-user", &media, "birch-care", json!({})).await;
        turn(&world).await;
        assert_eq!(counts(&import(&world, "provider-user", &begun["id"]).await), ["2", "0", "2", "0"]);
        let over = role_grant::ActiveModel {
            id: Set(uuid("role_grant", "provider-user").into()),
            valid_to: Set(Some(world.clock().now())),
            ..Default::default()
        };
        over.update(world.connection()).await.unwrap();
        work(&world).await;
        let rows = world.rows().await;
        let batch = rows.import_batch.iter().find(|row| row.request_sha256.is_some() && row.created_by.is_some()).unwrap();
        assert_eq!((batch.status.to_string().as_str(), batch.rows_read, batch.records_made), ("FAILED", 2, 2));
        assert!(batch.failure.as_ref().unwrap().contains("may not import for this organisation any more"), "{batch:?}");
        assert!(batch.finished_at.is_some() && batch.media_id.is_none());
        let made = rows.observation.iter().filter(|row| row.import_batch_id == Some(batch.id)).count();
        assert_eq!(made, 2);
        world.close().await;
    }
}
