//! Every fault has its name, its row and its column; a row without one is kept all the same.

use harness::{both_databases, id};
use serde_json::json;

use super::super::{does, figure};
use super::*;

const WIDE: &str = "framework_code,framework_version,indicator_code,wording,indicator_version_id,subject_type,subject_id,area_gss,\
                    period_start,period_end,dimension,people_code,numerator,denominator,value,marker,quality,revision,is_current";

/// A row of the wide shape: the cells named, the others as in a good row.
fn wide(changed: &[(&str, &str)]) -> String {
    let (framework, indicator) = codes();
    let service = id("service", "birch-house-support");
    let cells = WIDE.split(',').map(|name| {
        if let Some((_, cell)) = changed.iter().find(|(of, _)| *of == name) {
            return (*cell).to_owned();
        }
        match name {
            "framework_code" => framework.clone(),
            "indicator_code" => indicator.clone(),
            "subject_id" => service.clone(),
            "period_start" => "2025-04-01".to_owned(),
            "period_end" => "2025-06-30".to_owned(),
            "value" => "60".to_owned(),
            _ => String::new(),
        }
    });
    cells.collect::<Vec<_>>().join(",")
}

fn table(rows: &[Vec<(&str, &str)>]) -> String {
    let rows: Vec<_> = rows.iter().map(|row| wide(row)).collect();
    format!("{WIDE}\n{}\n", rows.join("\n"))
}

both_databases! {
    /// Each fault by its name; good rows between them are recorded.
    async fn each_fault_is_named(world: World) {
        let (live, draft) = (id("indicator_version", "live satisfied 1"), id("indicator_version", "draft satisfied 1"));
        let (area, voices) = (id("geography", "ashdown"), id("organisation", "cedar-voices"));
        let rows = [
            (vec![], ""),
            (vec![], "3 - DUPLICATE"),
            (vec![("indicator_version_id", live.as_str()), ("framework_code", ""), ("indicator_code", "")], "4 - DUPLICATE"),
            (vec![("framework_code", "NOWHERE")], "5 indicator_code NOT_FOUND"),
            (vec![("framework_version", "NEVER")], "6 indicator_code NOT_FOUND"),
            (vec![("wording", "7")], "7 indicator_code NOT_FOUND"),
            (vec![("indicator_version_id", draft.as_str())], "8 framework_code RULE_BROKEN"),
            (vec![("subject_id", voices.as_str()), ("value", "x")], "9 value NOT_A_NUMBER"),
            (vec![("subject_id", voices.as_str()), ("value", "600")], "10 subject_id FORBIDDEN"),
            (vec![("area_gss", "E10000999")], "11 area_gss RULE_BROKEN"),
            (vec![("area_gss", "E99999999")], "12 area_gss NOT_FOUND"),
            (vec![("subject_type", "SITE")], "13 subject_type RULE_BROKEN"),
            (vec![("people_code", "NOBODY")], "14 people_code NOT_FOUND"),
            (vec![("period_end", "2026-12-31")], "15 period_end OUT_OF_RANGE"),
            (vec![("period_start", "2019-04-01"), ("period_end", "2020-03-31")], "16 period_start OUT_OF_RANGE"),
            (vec![("value", "101"), ("period_start", "2025-05-04")], "17 value OUT_OF_RANGE"),
            (vec![("value", "60"), ("marker", "C"), ("period_start", "2025-05-01")], "18 value RULE_BROKEN"),
            (vec![("value", ""), ("period_start", "2025-05-02")], "19 value REQUIRED"),
            (vec![("numerator", "5"), ("denominator", "4"), ("period_start", "2025-05-03"), ("value", "")],
                "20 numerator RULE_BROKEN|20 value OUT_OF_RANGE"),
            (vec![("is_current", "false"), ("revision", "1")], "21 is_current RULE_BROKEN"),
            (vec![("subject_id", ""), ("area_gss", "E10000999"), ("quality", "FINAL")], "22 quality TAKEN_AS_PROVISIONAL"),
            (vec![("subject_id", area.as_str()), ("dimension", "SEX"), ("people_code", "FEMALE"), ("quality", "estimate")], ""),
        ];
        let expected: Vec<_> = rows.iter().flat_map(|(_, said)| said.split('|')).filter(|said| !said.is_empty()).collect();
        let cells: Vec<_> = rows.iter().map(|(cells, _)| cells.clone()).collect();
        let done = imported(&world, "council-admin", "ashdown-council", &table(&cells), json!({})).await;
        let mut found = errors(&world, "council-admin", &done["id"]).await;
        let mut expected: Vec<_> = expected.into_iter().map(ToOwned::to_owned).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected);
        assert_eq!((done["status"].as_str(), counts(&done)), (Some("COMPLETED"), ["22", "19", "3", "0"]));
    }

    /// What is there already stays; what a file says otherwise is refused, or corrected for the reason given, by whoever knows it.
    async fn what_is_there_is_corrected_only_for_a_reason(world: World) {
        let council = world.client("council-admin");
        let period = json!({ "periodEnd": "2025-06-30", "value": "60" });
        let first = does(&council, "observationRecord", figure(period)).await;
        let other = table(&[vec![("value", "61")]]);
        let refused = imported(&world, "council-admin", "ashdown-council", &other, json!({})).await;
        assert_eq!(errors(&world, "council-admin", &refused["id"]).await, ["2 value ALREADY_EXISTS"]);
        let reason = json!({ "correctionReason": "Counted again." });
        let corrected = imported(&world, "council-admin", "ashdown-council", &other, reason.clone()).await;
        assert_eq!(counts(&corrected), ["1", "0", "1", "0"]);
        let rows = world.rows().await;
        let mut revisions: Vec<_> = rows
            .observation
            .iter()
            .filter(|row| row.period_end.to_string() == "2025-06-30")
            .map(|row| (row.revision, row.is_current, row.value.unwrap().to_string(), row.correction_reason.clone()))
            .collect();
        revisions.sort();
        assert_eq!(revisions, [
            (1, false, "60".to_owned(), None),
            (2, true, "61".to_owned(), Some("Counted again.".to_owned())),
        ]);
        assert_eq!(first["revision"], 1);
        // What calls itself final and is not stays provisional, and whoever asked is told.
        let last = table(&[vec![("value", "61"), ("quality", "FINAL")]]);
        let told = imported(&world, "council-admin", "ashdown-council", &last, json!({})).await;
        assert_eq!(errors(&world, "council-admin", &told["id"]).await, ["2 quality TAKEN_AS_PROVISIONAL"]);
        assert_eq!(counts(&told), ["1", "0", "0", "1"]);
        // A file that was made before the correction does not take it back.
        let old = table(&[vec![("value", "62"), ("revision", "1")]]);
        let stale = imported(&world, "council-admin", "ashdown-council", &old, reason).await;
        assert_eq!(errors(&world, "council-admin", &stale["id"]).await, ["2 revision CONFLICT"]);
        // What it says of the past is there.
        let past = table(&[
            vec![("value", "60"), ("revision", "1"), ("is_current", "false")],
            vec![("value", "61"), ("revision", "2"), ("is_current", "TRUE")],
        ]);
        let same = imported(&world, "council-admin", "ashdown-council", &past, json!({})).await;
        assert_eq!(counts(&same), ["2", "0", "0", "2"], "{:?}", errors(&world, "council-admin", &same["id"]).await);
    }

    /// Whoever asks for nonsense is told all of it at once, and nothing is imported.
    async fn an_import_is_asked_for_properly(world: World) {
        let media = upload(&world, "council-admin", "text/csv", b"a,b\n1,2\n").await;
        let text = upload(&world, "council-admin", "text/plain", b"a,b\n1,2\n").await;
        let more = json!({
            "source": " ", "periodStart": "2025-04-01", "correctionReason": "x".repeat(5_001),
            "columns": [
                { "column": "VALUE", "heading": "Outcome" }, { "column": "VALUE", "heading": " " }, { "column": "BASE", "heading": "outcome" },
            ],
        });
        let answer = ask(&world, "council-admin", &text, "birch-care", more).await;
        assert_eq!(answer.user_errors("answer"), [
            "FORBIDDEN at input.organisationId",
            "RULE_BROKEN at input.mediaId",
            "REQUIRED at input.source",
            "REQUIRED at input.columns.1.heading",
            "RULE_BROKEN at input.columns.1.column",
            "RULE_BROKEN at input.columns.2.heading",
            "REQUIRED at input.periodEnd",
            "TOO_LONG at input.correctionReason",
        ]);
        let announced = wire::announce(&world, "council-admin", wire::input("text/csv", 100)).await;
        let answer = ask(&world, "council-admin", &announced.id, "ashdown-council", json!({})).await;
        assert_eq!(answer.user_errors("answer"), ["INACTIVE at input.mediaId"]);
        for number in 0..5 {
            begin(&world, "council-admin", &media, "ashdown-council", json!({ "correctionReason": format!("{number}") })).await;
        }
        let answer = ask(&world, "council-admin", &media, "ashdown-council", json!({})).await;
        assert_eq!(answer.user_errors("answer"), ["LIMIT_EXCEEDED at input.organisationId"]);
    }

    /// A file that has no column for something says nothing of it: it stays as it is, also where the file corrects the rest.
    async fn what_a_file_does_not_speak_of_stays(world: World) {
        let council = world.client("council-admin");
        let whole = json!({ "periodEnd": "2025-06-30", "value": "60", "base": "80", "margin": "2", "quality": "ESTIMATE" });
        does(&council, "observationRecord", figure(whole)).await;
        let row = |value: &str| csv(&[format!("{},2025-04-01,2025-06-30,{value}", id("service", "birch-house-support"))]);
        let reason = json!({ "correctionReason": "Counted again." });
        let same = imported(&world, "council-admin", "ashdown-council", &row("60"), reason.clone()).await;
        assert_eq!(counts(&same), ["1", "0", "0", "1"]);
        let other = imported(&world, "council-admin", "ashdown-council", &row("61"), reason.clone()).await;
        assert_eq!(counts(&other), ["1", "0", "1", "0"]);
        let rows = world.rows().await;
        let of_it = rows.observation.iter().find(|row| row.revision == 2 && row.period_end.to_string() == "2025-06-30").unwrap();
        let text = |number: Option<entity::decimal::Decimal>| number.map(|number| number.to_string()).unwrap_or_default();
        assert_eq!([of_it.value, of_it.base, of_it.margin].map(text), ["61", "80", "2"]);
        assert_eq!(of_it.quality.to_string(), "ESTIMATE");
        // The trace of the figure says that it was corrected, as if somebody had done it by hand.
        let corrected: Vec<_> = rows.audit_event.iter().filter(|row| row.action == "observation.correct").collect();
        assert_eq!(corrected.len(), 1);
        assert_eq!((corrected[0].entity.as_str(), corrected[0].entity_id), ("observation", of_it.id.0));
        // A blank cell says that there is none.
        let blank = table(&[vec![("value", "61")]]);
        let bare = imported(&world, "council-admin", "ashdown-council", &blank, reason).await;
        assert_eq!(counts(&bare), ["1", "0", "1", "0"]);
        let rows = world.rows().await;
        let last = rows.observation.iter().find(|row| row.revision == 3 && row.period_end.to_string() == "2025-06-30").unwrap();
        assert_eq!((text(last.value), last.quality.to_string()), ("61".to_owned(), "PROVISIONAL".to_owned()));
    }

    /// Rows in which nothing stands are passed over; the others have the numbers that a spreadsheet gives them.
    async fn blank_rows_are_passed_over(world: World) {
        let good = wide(&[("period_start", "2025-05-01")]);
        let blank = ",".repeat(WIDE.matches(',').count());
        let broken = wide(&[("value", "\"six\r\nand\"")]);
        let table = format!("{WIDE}\r\n{good}\r\n\r\n{blank}\r\n\r\n{broken}\r\n{good}\r\n ,{}\r\n", &blank[1..]);
        let done = imported(&world, "council-admin", "ashdown-council", &table, json!({})).await;
        assert_eq!(errors(&world, "council-admin", &done["id"]).await, ["6 value NOT_A_NUMBER", "7 - DUPLICATE"]);
        assert_eq!(counts(&done), ["3", "2", "1", "0"]);
    }
}
