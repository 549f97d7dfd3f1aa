//! Figures: made of their parts, exact, all or none, corrected by revisions, final by a second person.

use harness::{Template, World, both_databases, id};
use serde_json::{Value, json};

use super::{change, count, does, figure, on, refused};

both_databases! {
    /// A percentage is made of its parts and rounded once; every digit that was given comes back.
    async fn numbers_are_exact(world: World) {
        let council = world.client("council-admin");
        let made = does(&council, "observationRecord", figure(json!({ "numerator": "2", "denominator": 3 }))).await;
        assert_eq!(made["value"], "66.7");
        assert_eq!((&made["numerator"], &made["denominator"]), (&json!("2"), &json!("3")));
        assert_eq!((&made["quality"], &made["revision"], &made["isCurrent"]), (&json!("PROVISIONAL"), &json!(1), &json!(true)));
        assert_eq!(made["disaggregation"]["code"], "TOTAL");
        assert_eq!(made["recordedByOrganisation"]["id"], id("organisation", "ashdown-council"));
        let women = figure(json!({
            "disaggregationId": id("disaggregation", "FEMALE"),
            "numerator": "4611686018427.387902", "denominator": "9223372036854.775807", "base": "0.000001", "value": "50",
            "margin": "20.7",
        }));
        let kept = does(&council, "observationRecord", women).await;
        assert_eq!(kept["numerator"], "4611686018427.387902");
        assert_eq!(kept["denominator"], "9223372036854.775807");
        assert_eq!((&kept["base"], &kept["margin"]), (&json!("0.000001"), &json!("20.7")));
    }

    /// A number that a program would round is not taken.
    async fn what_is_no_exact_decimal_is_refused(world: World) {
        let council = world.client("council-admin");
        for wrong in [json!(66.7), json!("1e3"), json!("0.0000001"), json!("1,000"), json!(true)] {
            let answer = change(&council, "observationRecord", figure(json!({ "value": wrong }))).await;
            assert!(answer.error_code().is_some(), "{wrong} is taken: {}", answer.text);
        }
    }

    /// There is one figure of an indicator, subject, period and people; whoever records it again is told.
    async fn a_figure_is_recorded_once(world: World) {
        let (council, provider) = (world.client("council-admin"), world.client("provider-user"));
        does(&council, "observationRecord", figure(json!({ "value": "60" }))).await;
        let again = figure(json!({ "value": "61" }));
        assert_eq!(
            refused(&provider, "observationRecord", again.clone()).await,
            ["ALREADY_EXISTS at input.periodStart"]
        );
        let rows = json!({ "source": "Survey", "rows": [again] });
        assert_eq!(
            refused(&provider, "observationsRecord", rows).await,
            ["ALREADY_EXISTS at input.rows.0.periodStart"]
        );
    }

    /// One wrong row keeps all of them out, and every wrong row is named.
    async fn many_figures_come_in_all_or_none(world: World) {
        let council = world.client("council-admin");
        let before = count(&council, Value::Null).await.as_u64().unwrap();
        let month = |number: u32, value: &str| figure(json!({
            "periodStart": format!("2025-{number:02}-01"), "periodEnd": format!("2025-{number:02}-28"), "value": value,
        }));
        let wrong = json!({ "source": "Survey", "rows": [month(1, "50"), month(2, "101"), month(3, "50"), month(3, "51"), month(4, "5.55")] });
        assert_eq!(
            refused(&council, "observationsRecord", wrong).await,
            [
                "OUT_OF_RANGE at input.rows.1.value",
                "INVALID_FORMAT at input.rows.4.value",
                "RULE_BROKEN at input.rows.3.periodStart",
            ]
        );
        assert_eq!(count(&council, Value::Null).await, before);
        let right = json!({ "source": "Survey", "rows": [month(1, "50"), month(2, "100"), month(3, "0")] });
        let batch = does(&council, "observationsRecord", right).await;
        assert_eq!((&batch["kind"], &batch["status"], &batch["recordsMade"]), (&json!("RECORDED"), &json!("COMPLETED"), &json!("3")));
        assert_eq!(batch["observations"]["totalCount"], 3);
        assert_eq!(count(&council, Value::Null).await, before + 3);
        assert_eq!(count(&council, json!({ "importBatch": batch["id"] })).await, 3);
    }

    /// How many come in at once is a setting.
    async fn no_more_than_the_setting_says_come_in_at_once(engine: Engine) {
        let world = World::new(engine, Template::World, |settings| settings.outcomes.most_rows = 2).await;
        let row = figure(json!({ "value": "50" }));
        let rows = json!({ "source": "Survey", "rows": [row, row, row] });
        assert_eq!(
            refused(&world.client("council-admin"), "observationsRecord", rows).await,
            ["LIMIT_EXCEEDED at input.rows"]
        );
        let none = json!({ "source": "Survey", "rows": [] });
        assert_eq!(
            refused(&world.client("council-admin"), "observationsRecord", none).await,
            ["REQUIRED at input.rows"]
        );
        world.close().await;
    }

    /// A correction is another revision: the one before keeps its numbers, and lists show the current one unless asked for all.
    async fn a_correction_adds_a_revision(world: World) {
        let (council, provider) = (world.client("council-admin"), world.client("provider-user"));
        let first = does(&council, "observationRecord", figure(json!({ "numerator": "3", "denominator": "4", "base": "9" }))).await;
        let correction = json!({ "numerator": "2", "denominator": "4", "reason": "One answer was counted twice." });
        let second = does(&provider, "observationCorrect", on(&first, correction.clone())).await;
        assert_eq!((&second["value"], &second["revision"], &second["base"]), (&json!("50"), &json!(2), &Value::Null));
        assert_eq!(second["correctionReason"], "One answer was counted twice.");
        assert_ne!(second["id"], first["id"]);
        let query = "query($filter: ObservationFilter) { observations(filter: $filter) { nodes { id value revision isCurrent } } }";
        let within = |more: Value| {
            let mut filter = json!({ "periodFrom": "2025-04-01", "periodUntil": "2025-09-30" });
            for (name, value) in more.as_object().unwrap() {
                filter[name] = value.clone();
            }
            json!({ "filter": filter })
        };
        let node = |of: &Value, current: bool| json!({ "id": of["id"], "value": of["value"], "revision": of["revision"], "isCurrent": current });
        let current = council.query(query, within(json!({}))).await;
        assert_eq!(current.data("/observations/nodes"), &json!([node(&second, true)]));
        let no = council.query(query, within(json!({ "includeEarlierRevisions": false }))).await;
        assert_eq!(no.data("/observations/nodes"), current.data("/observations/nodes"));
        let all = council.query(query, within(json!({ "includeEarlierRevisions": true }))).await;
        assert_eq!(all.data("/observations/nodes"), &json!([node(&first, false), node(&second, true)]));
        // The first revision is history: nobody corrects it again, with whatever version.
        let mut stale = on(&first, correction);
        assert_eq!(refused(&council, "observationCorrect", stale.clone()).await, ["CONFLICT at input.expectedVersion"]);
        stale["expectedVersion"] = json!(2);
        assert_eq!(refused(&council, "observationCorrect", stale).await, ["INACTIVE at input.id"]);
    }

    /// Who recorded a figure does not mark it as final; a correction is looked at anew.
    async fn a_second_person_marks_a_figure_as_final(world: World) {
        let (council, provider) = (world.client("council-admin"), world.client("provider-user"));
        let recorded = does(&council, "observationRecord", figure(json!({ "value": "60" }))).await;
        assert_eq!(
            refused(&council, "observationFinalise", on(&recorded, json!({}))).await,
            ["RULE_BROKEN at input.id"]
        );
        let checked = does(&provider, "observationFinalise", on(&recorded, json!({}))).await;
        assert_eq!((&checked["quality"], &checked["value"]), (&json!("FINAL"), &json!("60")));
        assert!(checked["finalisedAt"].is_string());
        assert_eq!(
            refused(&provider, "observationFinalise", on(&checked, json!({}))).await,
            ["ILLEGAL_TRANSITION at input.id"]
        );
        let corrected = does(&provider, "observationCorrect", on(&checked, json!({ "value": "61", "reason": "A slip." }))).await;
        assert_eq!((&corrected["quality"], &corrected["finalisedAt"]), (&json!("PROVISIONAL"), &Value::Null));
        assert_eq!(
            refused(&provider, "observationFinalise", on(&corrected, json!({}))).await,
            ["RULE_BROKEN at input.id"]
        );
        does(&council, "observationFinalise", on(&corrected, json!({}))).await;
        // A system records, and looks at nothing.
        let system = world.client("service-account");
        let recorded = does(&system, "observationRecord", figure(json!({ "value": "60", "periodEnd": "2025-06-30" }))).await;
        assert_eq!(refused(&system, "observationFinalise", on(&recorded, json!({}))).await, ["FORBIDDEN at input"]);
        does(&council, "observationFinalise", on(&recorded, json!({}))).await;
    }

    /// About 60% and about 99%: told by somebody, without a denominator that nobody counted, and never final.
    async fn a_reported_estimate_stays_one(world: World) {
        let council = world.client("council-admin");
        let told = |from: &str, value: &str, more: Value| {
            let mut told = figure(more);
            told["periodStart"] = json!(from);
            told["periodEnd"] = json!(from);
            told["value"] = json!(value);
            told["quality"] = json!("REPORTED");
            told
        };
        assert_eq!(
            refused(&council, "observationRecord", told("2025-05-01", "60", json!({ "numerator": "60", "denominator": "100" }))).await,
            ["RULE_BROKEN at input.numerator", "RULE_BROKEN at input.denominator"]
        );
        let before = does(&council, "observationRecord", told("2025-05-01", "60", json!({}))).await;
        let after = does(&council, "observationRecord", told("2025-09-01", "99", json!({}))).await;
        for told in [&before, &after] {
            assert_eq!(told["quality"], "REPORTED");
            assert_eq!((&told["numerator"], &told["denominator"], &told["base"]), (&Value::Null, &Value::Null, &Value::Null));
        }
        assert_eq!(
            refused(&world.client("provider-user"), "observationFinalise", on(&before, json!({}))).await,
            ["ILLEGAL_TRANSITION at input.id"]
        );
    }
}
