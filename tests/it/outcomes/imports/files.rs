//! What is read: our own shape and others, packed, in two encodings.

use std::io::Write;

use harness::{Template, World, both_databases, id};
use serde_json::{Value, json};

use super::super::exports::file;
use super::*;

fn packed(text: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(text).unwrap();
    packer.finish().unwrap()
}

fn service_rows() -> Vec<String> {
    let service = id("service", "birch-house-support");
    (1..=3)
        .map(|month| format!("{service},2025-{month:02}-01,2025-{month:02}-28,{}", 60 + month))
        .collect()
}

both_databases! {
    /// A file becomes figures, once: the same bytes again are the same import, and its file may be removed then.
    async fn a_file_becomes_figures(world: World) {
        let table = format!("\u{feff}{}", csv(&service_rows()));
        let media = upload(&world, "council-admin", "text/csv", table.as_bytes()).await;
        let begun = begin(&world, "council-admin", &media, "ashdown-council", json!({})).await;
        assert_eq!((&begun["status"], &begun["rowsRead"], &begun["media"]["id"]), (&json!("RUNNING"), &json!("0"), &json!(media)));
        let again = begin(&world, "council-admin", &media, "ashdown-council", json!({})).await;
        assert_eq!(again["id"], begun["id"], "it is under way");
        let input = json!({ "id": media, "expectedVersion": 2 });
        let delete = "mutation($input: MediaDeleteInput!) { mediaDelete(input: $input) { userErrors { code message path } } }";
        let kept = world.client("council-admin").query(delete, json!({ "input": input })).await;
        assert_eq!(kept.user_errors("mediaDelete"), ["RULE_BROKEN at input.id"], "{}", kept.text);
        work(&world).await;
        let done = import(&world, "council-admin", &begun["id"]).await;
        assert_eq!((&done["status"], &done["failure"], &done["media"]), (&json!("COMPLETED"), &Value::Null, &Value::Null), "{done}");
        assert_eq!(counts(&done), ["3", "0", "3", "0"]);
        assert_eq!(done["bytesRead"], done["fileBytes"]);
        let again = begin(&world, "council-admin", &media, "ashdown-council", json!({})).await;
        assert_eq!((&again["id"], &again["status"]), (&begun["id"], &json!("COMPLETED")));
        let gone = world.client("council-admin").query(delete, json!({ "input": input })).await;
        assert_eq!(gone.user_errors("mediaDelete"), [""; 0], "{}", gone.text);
        let query = "query($id: ID!) { importBatch(id: $id) { observations(first: 9) { nodes { value quality revision \
                     recordedByOrganisation { id } disaggregation { code } } } } }";
        let answer = world.client("council-admin").query(query, json!({ "id": begun["id"] })).await;
        let figures = answer.data("/importBatch/observations/nodes").as_array().unwrap();
        assert_eq!(figures.len(), 3);
        for figure in figures {
            assert_eq!((&figure["quality"], &figure["revision"]), (&json!("PROVISIONAL"), &json!(1)));
            assert_eq!(figure["recordedByOrganisation"]["id"], id("organisation", "ashdown-council"));
            assert_eq!(figure["disaggregation"]["code"], "TOTAL");
        }
        let created_by = world.rows().await.observation.iter().filter(|row| row.created_by.is_some()).count();
        assert_eq!(created_by, 4, "a second person marks them as final, not the one who asked");
    }

    /// Asked for in another way, the same bytes are another import; what they brought is there already.
    async fn the_same_bytes_in_another_way_are_another_import(world: World) {
        let table = csv(&service_rows());
        let first = imported(&world, "council-admin", "ashdown-council", &table, json!({})).await;
        let second = imported(&world, "council-admin", "ashdown-council", &table, json!({ "correctionReason": "A slip." })).await;
        assert_ne!(first["id"], second["id"]);
        assert_eq!(counts(&second), ["3", "0", "0", "3"]);
        // The provider asks for itself.
        let third = imported(&world, "provider-user", "birch-care", &table, json!({})).await;
        assert_eq!(counts(&third), ["3", "0", "0", "3"]);
    }

    /// Columns of other names, a period for all rows, areas by their codes, gzip, and what spreadsheets of Windows write.
    async fn files_of_other_shapes_are_read(world: World) {
        let (framework, indicator) = codes();
        let mut table = b"Gebiet,Set,Measure,Anteil \x96 %\r\n".to_vec();
        table.extend(format!("E10000999,{framework},{indicator},\"[c]\"\r\n").bytes());
        let columns = json!([
            { "column": "AREA_GSS", "heading": "gebiet" },
            { "column": "FRAMEWORK_CODE", "heading": "Set" },
            { "column": "INDICATOR_CODE", "heading": "Measure" },
            { "column": "VALUE", "heading": "Anteil – %" },
        ]);
        let media = upload(&world, "council-admin", "application/gzip", &packed(&table)).await;
        let more = json!({ "columns": columns, "periodStart": "2025-04-01", "periodEnd": "2025-06-30" });
        let begun = begin(&world, "council-admin", &media, "ashdown-council", more).await;
        work(&world).await;
        let done = import(&world, "council-admin", &begun["id"]).await;
        assert_eq!(errors(&world, "council-admin", &done["id"]).await, [""; 0]);
        assert_eq!(counts(&done), ["1", "0", "1", "0"], "{done}");
        assert_eq!(done["columns"][0], "AREA_GSS=gebiet");
        let rows = world.rows().await;
        let made = rows.observation.iter().find(|row| row.import_batch_id.is_some() && row.created_by.is_some()).unwrap();
        assert_eq!((made.value, made.marker.map(|marker| marker.to_string())), (None, Some("C".to_owned())));
        assert_eq!(made.period_start.to_string(), "2025-04-01");
    }

    /// What cannot be read at all ends the import, with the reason in words; it can be asked for again then.
    async fn what_cannot_be_read_fails_in_words(engine: Engine) {
        let world = World::new(engine, Template::World, |settings| {
            settings.imports.unpacked_bytes = 2_000;
            settings.imports.partner_rows = 20;
        }).await;
        let many_rows = format!("{HEADINGS}\n{}", "a,b,c,2025-01-01,2025-01-31,1\n".repeat(21));
        let long_line = format!("{HEADINGS}\n\"{}", "x,".repeat(200_000));
        let long_file = csv(&vec!["x,2025-01-01,2025-01-31,1".to_owned(); 100]);
        let mut broken = packed(csv(&service_rows()).as_bytes());
        let length = broken.len();
        broken[length - 6] ^= 0xff;
        for (table, media_type, words) in [
            ("a,b\n1,2\n".as_bytes().to_vec(), "text/csv", "\"framework_code\" and \"indicator_code\" is missing"),
            (b"\n".to_vec(), "text/csv", "The file is empty."),
            (long_file.into_bytes(), "text/csv", "more than 2000 bytes"),
            (many_rows.into_bytes(), "text/csv", "more than 20 rows"),
        ] {
            let media = upload(&world, "council-admin", media_type, &table).await;
            let begun = begin(&world, "council-admin", &media, "ashdown-council", json!({})).await;
            work(&world).await;
            let done = import(&world, "council-admin", &begun["id"]).await;
            assert_eq!(done["status"], "FAILED");
            assert!(done["failure"].as_str().unwrap().contains(words), "{words}: {done}");
            let again = begin(&world, "council-admin", &media, "ashdown-council", json!({})).await;
            assert_ne!(again["id"], begun["id"]);
            work(&world).await;
        }
        let lax = World::new(engine, Template::World, |_| ()).await;
        let media = upload(&lax, "council-admin", "text/csv", long_line.as_bytes()).await;
        let begun = begin(&lax, "council-admin", &media, "ashdown-council", json!({})).await;
        work(&lax).await;
        let done = import(&lax, "council-admin", &begun["id"]).await;
        assert!(done["failure"].as_str().unwrap().contains("longer than 16384 bytes"), "{done}");
        let refused = wire::announce(&lax, "council-admin", wire::input("application/gzip", broken.len())).await;
        let heard = wire::patch(&lax, &refused.address, 0, broken).await;
        assert!(heard.text().contains("cannot be unpacked"), "{}", heard.text());
        world.close().await;
        lax.close().await;
    }

    /// What was wrong can be fetched as a file by whoever reads the import; for others it is not there.
    async fn errors_are_a_file(world: World) {
        let table = csv(&["=1+1,2025-01-01,2025-01-31,about 5".to_owned(), "x,2025-01-01,2025-01-31,6".to_owned()]);
        let done = imported(&world, "council-admin", "ashdown-council", &table, json!({})).await;
        let path = format!("/exports/import-errors.csv?importBatchId={}", done["id"].as_str().unwrap());
        let (status, text) = file(&world, "council-admin", &path).await;
        assert_eq!(status, 200, "{text}");
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0], "row,column,code,message,raw");
        assert!(lines[1].starts_with("2,value,NOT_A_NUMBER,"), "{text}");
        assert!(lines[2].starts_with("3,subject_id,NOT_FOUND,"), "{text}");
        let (_, description) = file(&world, "anonymous", "/exports/import-errors.csv-metadata.json").await;
        let description: Value = serde_json::from_str(&description).unwrap();
        let columns = description["tableSchema"]["columns"].as_array().unwrap().iter();
        let names: Vec<_> = columns.map(|column| column["name"].as_str().unwrap()).collect();
        assert_eq!(lines[0], names.join(","));
        let never = format!("/exports/import-errors.csv?importBatchId={}", harness::never("import_batch"));
        let hidden = file(&world, "stranger", &path).await;
        assert_eq!(hidden.0, 404);
        let strip = |text: &str| {
            let mut answer: Value = serde_json::from_str(text).unwrap();
            if let Some(request_id) = answer.pointer_mut("/errors/0/extensions/requestId") {
                *request_id = Value::Null;
            }
            answer
        };
        let absent = file(&world, "stranger", &never).await;
        assert_eq!((hidden.0, strip(&hidden.1)), (absent.0, strip(&absent.1)), "hidden and absent are told apart");
        let (status, text) = file(&world, "council-admin", "/exports/import-errors.csv").await;
        assert_eq!(status, 400, "{text}");
    }
}
