//! Feedback: given, dealt with, and read by each as far as they may.

use chrono::TimeDelta;
use entity::list::EnumList;
use entity::partnerships::data_sharing_agreement;
use entity::partnerships::kinds::DataCategory;
use harness::{Client, both_databases, id, uuid};
use sea_orm::{ActiveModelTrait, Set};
use serde_json::{Value, json};

use super::{change, complaint, does, existing, on, read, refused};

/// The statuses through which it went.
fn way(feedback: &Value) -> Vec<Value> {
    let steps = feedback["steps"]["nodes"].as_array().unwrap();
    steps.iter().map(|step| step["toStatus"].clone()).collect()
}

async fn late(client: &Client) -> Value {
    let query =
        "{ feedbackItems(filter: { isLate: true, source: [COMPLAINT] }) { nodes { id } totalCount } }";
    client
        .query(query, Value::Null)
        .await
        .data("/feedbackItems")
        .clone()
}

both_databases! {
    /// From the first word to the last, with who did what and when.
    async fn feedback_goes_its_way(world: World) {
        let (visitor, council) = (world.client("visitor"), world.client("council-admin"));
        let given = does(&visitor, "feedbackSubmit", complaint()).await;
        assert_eq!(
            (&given["status"], &given["receivedAt"], &given["acknowledgeBy"]),
            (&json!("RECEIVED"), &json!("2026-03-02T09:00:00Z"), &json!("2026-03-05T09:00:00Z"))
        );
        assert_eq!(given["viewerCan"], json!({ "deal": false, "writeStory": false }));
        let skipped = refused(&council, "feedbackAct", on(&given, json!({ "note": "Done." }))).await;
        assert_eq!(skipped, ["ILLEGAL_TRANSITION at input.id"]);
        let mut now = given;
        for (mutation, input) in [
            ("feedbackAcknowledge", json!({ "note": "We are sorry, and look into it." })),
            ("feedbackInvestigate", json!({})),
            ("feedbackAct", json!({ "note": "Staff were reminded of the policy." })),
            ("feedbackClose", json!({})),
        ] {
            world.clock().advance(TimeDelta::days(1));
            assert_eq!(refused(&visitor, mutation, on(&now, input.clone())).await, ["FORBIDDEN at input"], "{mutation}");
            now = does(&council, mutation, on(&now, input)).await;
        }
        assert_eq!(now["acknowledgedAt"], "2026-03-03T09:00:00Z");
        let seen = read(&visitor, &now).await;
        assert_eq!(way(&seen), ["RECEIVED", "ACKNOWLEDGED", "INVESTIGATING", "ACTED", "CLOSED"]);
        assert_eq!(seen["steps"]["nodes"][3]["remark"]["note"], "Staff were reminded of the policy.");
        let again = refused(&council, "feedbackClose", on(&now, json!({}))).await;
        assert_eq!(again, ["ILLEGAL_TRANSITION at input.id"]);
    }

    /// Nothing is done only for a reason.
    async fn no_action_says_why(world: World) {
        let council = world.client("council-admin");
        let told = existing("feedback", "told");
        assert_eq!(
            refused(&council, "feedbackTakeNoAction", on(&told, json!({ "note": "" }))).await,
            ["REQUIRED at input.note"]
        );
        let decided = does(&council, "feedbackTakeNoAction", on(&told, json!({ "note": "Not ours." }))).await;
        assert_eq!(decided["status"], "NO_ACTION");
    }

    /// What nobody has acknowledged in time stands in one list, and leaves it when somebody does.
    async fn what_is_late_is_found(world: World) {
        let council = world.client("council-admin");
        assert_eq!(late(&council).await["nodes"], json!([{ "id": id("feedback", "late") }]));
        let given = does(&world.client("visitor"), "feedbackSubmit", complaint()).await;
        assert_eq!(late(&council).await["totalCount"], 1);
        world.clock().advance(TimeDelta::days(3) + TimeDelta::seconds(1));
        assert_eq!(late(&council).await["totalCount"], 2);
        does(&council, "feedbackAcknowledge", on(&given, json!({}))).await;
        does(&council, "feedbackAcknowledge", on(&existing("feedback", "late"), json!({}))).await;
        assert_eq!(late(&council).await["totalCount"], 0);
    }

    /// The person and whoever deals with it read the words; the board's chair reads that there is something, and nothing of it;
    /// everybody else has never heard of it.
    async fn each_reads_as_far_as_they_may(world: World) {
        let (visitor, council) = (world.client("visitor"), world.client("council-admin"));
        let given = does(&visitor, "feedbackSubmit", complaint()).await;
        assert_eq!(read(&world.client("board-chair"), &given).await, Value::Null);
        let shared = on(&given, json!({ "boardId": id("board", "team-up") }));
        let given = does(&council, "feedbackShareWithBoard", shared).await;
        for (viewer, reads_facts, reads_words) in [
            ("visitor", true, true),
            ("council-admin", true, true),
            // The provider of the service.
            ("provider-user", true, false),
            ("board-chair", true, false),
            ("board-member", false, false),
            ("user-led-admin", false, false),
            ("researcher", false, false),
            ("service-account", false, false),
            ("stranger", false, false),
            ("platform-admin", false, false),
            ("anonymous", false, false),
        ] {
            let client = world.client(viewer);
            let seen = read(&client, &given).await;
            assert_eq!(!seen.is_null(), reads_facts, "{viewer}");
            if reads_facts {
                let words = seen["accounts"]["nodes"].as_array().unwrap().len();
                assert_eq!(words == 1, reads_words, "{viewer}");
                let visibility = if reads_words { "VISIBLE" } else { "HIDDEN" };
                assert_eq!(seen["steps"]["nodes"][0]["remark"]["visibility"], visibility, "{viewer}");
            }
            let everything = client.query("{ feedbackItems(first: 50) { nodes { accounts { nodes { text } } } } }", Value::Null).await;
            assert_eq!(everything.text.contains("Marlow"), reads_words, "{viewer}");
        }
        let back = on(&given, json!({ "boardId": null }));
        does(&council, "feedbackShareWithBoard", back).await;
        assert_eq!(read(&world.client("board-chair"), &given).await, Value::Null);
    }

    /// The service's other organisation reads the facts only while both have signed an agreement that names feedback; whoever
    /// is of the organisation itself needs none.
    async fn another_organisation_reads_under_an_agreement(world: World) {
        let (provider, complaint) = (world.client("provider-user"), existing("feedback", "complaint"));
        assert_ne!(read(&provider, &complaint).await, Value::Null);
        // Its service is theirs as well, and they share nothing with whom it was told to.
        assert_eq!(read(&provider, &existing("feedback", "fernley")).await, Value::Null);
        let without = data_sharing_agreement::ActiveModel {
            id: Set(uuid("data_sharing_agreement", "ashdown-boards").into()),
            categories: Set(EnumList::new([DataCategory::Boards, DataCategory::Memberships])),
            ..Default::default()
        };
        without.update(world.connection()).await.unwrap();
        assert_eq!(read(&provider, &complaint).await, Value::Null);
        for viewer in ["visitor", "council-admin", "board-chair"] {
            assert_ne!(read(&world.client(viewer), &complaint).await, Value::Null, "{viewer}");
        }
    }

    /// Whoever reads somebody else's words stands in the audit, with whose they are; the person finds it in their own log.
    async fn who_reads_the_words_is_in_the_audit(world: World) {
        let given = does(&world.client("visitor"), "feedbackSubmit", complaint()).await;
        let reads = || async {
            let events = world.rows().await.audit_event;
            events.iter().filter(|event| event.action.ends_with(".read") && event.entity == "feedback_account").count()
        };
        assert_eq!(reads().await, 0);
        read(&world.client("visitor"), &given).await;
        read(&world.client("provider-user"), &given).await;
        assert_eq!(reads().await, 0);
        read(&world.client("council-admin"), &given).await;
        assert_eq!(reads().await, 1);
        let log = "{ auditEvents { nodes { action entity } } }";
        let log = world.client("visitor").query(log, Value::Null).await;
        let entry = json!({ "action": "special_category.read", "entity": "feedback_account" });
        assert!(log.data("/auditEvents/nodes").as_array().unwrap().contains(&entry), "{}", log.text);
    }

    /// Without a name it is dealt with like all other feedback, and nothing that the organisation reads says whose it is.
    async fn anonymous_feedback_names_nobody(world: World) {
        let (member, council) = (world.client("board-member"), world.client("council-admin"));
        let mut input = complaint();
        input["anonymous"] = json!(true);
        assert_eq!(refused(&member, "feedbackSubmit", input.clone()).await, ["RULE_BROKEN at input.contact"]);
        input["contact"] = Value::Null;
        let answer = change(&member, "feedbackSubmit", input.clone()).await;
        assert_eq!(answer.user_errors("answer"), [""; 0]);
        // Whoever gave it cannot follow it either.
        assert_eq!(answer.data("/answer/object"), &Value::Null);
        let rows = world.rows().await;
        let made = rows.feedback.iter().max_by_key(|row| row.created_at).unwrap();
        let account = rows.feedback_account.iter().find(|of| of.feedback_id == made.id).unwrap();
        let step = rows.feedback_step.iter().find(|of| of.feedback_id == made.id).unwrap();
        assert_eq!((made.created_by, account.created_by, account.person_id, step.by_user_id), (None, None, None, None));
        let seen = read(&council, &json!({ "id": harness_id(made.id.0) })).await;
        assert_eq!(seen["accounts"]["nodes"][0]["person"], Value::Null);
        let event = rows.audit_event.iter().find(|event| event.action == "feedback.submit").unwrap();
        assert_eq!(event.acting_organisation_id, None);

        // Nor is an administrator named who tells their own organisation something without a name.
        does(&council, "feedbackSubmit", input.clone()).await;
        let rows = world.rows().await;
        let mut events = rows.audit_event.iter().filter(|event| event.action == "feedback.submit");
        assert!(events.all(|event| event.acting_organisation_id.is_none()));

        input["personId"] = json!(id("person", "visitor"));
        assert_eq!(refused(&council, "feedbackSubmit", input).await, ["RULE_BROKEN at input.personId"]);
    }

    /// What came by letter is recorded by the organisation, by name or without, with the day on which it came.
    async fn the_organisation_records_what_others_said(world: World) {
        let council = world.client("council-admin");
        let mut letter = complaint();
        letter["personId"] = json!(id("person", "visitor"));
        letter["receivedAt"] = json!("2026-02-20T09:00:00Z");
        assert_eq!(
            refused(&world.client("board-chair"), "feedbackSubmit", letter.clone()).await,
            ["FORBIDDEN at input"]
        );
        let recorded = does(&council, "feedbackSubmit", letter.clone()).await;
        assert_eq!(recorded["acknowledgeBy"], "2026-02-23T09:00:00Z");
        assert_eq!(read(&world.client("visitor"), &recorded).await["status"], "RECEIVED");
        letter["receivedAt"] = json!("2026-03-02T09:00:01Z");
        assert_eq!(refused(&council, "feedbackSubmit", letter).await, ["OUT_OF_RANGE at input.receivedAt"]);

        // The system behind the council's own form.
        let mut form = complaint();
        form["contact"] = Value::Null;
        let system = world.client("service-account");
        assert_eq!(refused(&system, "feedbackSubmit", form.clone()).await, ["REQUIRED at input.personId"]);
        form["anonymous"] = json!(true);
        does(&system, "feedbackSubmit", form.clone()).await;
        form["organisationId"] = json!(id("organisation", "fernley-council"));
        form["serviceId"] = Value::Null;
        assert_eq!(refused(&system, "feedbackSubmit", form).await, ["FORBIDDEN at input"]);
    }

    /// The service is one of the organisation's.
    async fn feedback_about_a_service_goes_to_who_answers_for_it(world: World) {
        let mut elsewhere = complaint();
        elsewhere["organisationId"] = json!(id("organisation", "cedar-voices"));
        assert_eq!(
            refused(&world.client("visitor"), "feedbackSubmit", elsewhere).await,
            ["RULE_BROKEN at input.serviceId"]
        );
    }

    /// Two administrators take the same step at once: one of them did.
    async fn a_step_is_taken_once(world: World) {
        let council = world.client("council-admin");
        let late = existing("feedback", "late");
        let step = || change(&council, "feedbackAcknowledge", on(&late, json!({})));
        let (one, other) = tokio::join!(step(), step());
        let mut errors = [one.user_errors("answer"), other.user_errors("answer")];
        errors.sort();
        assert_eq!(errors, [vec![], vec!["CONFLICT at input.expectedVersion".to_owned()]]);
        let steps = world.rows().await.feedback_step;
        let taken = steps.iter().filter(|step| step.to_status.to_string() == "ACKNOWLEDGED").count();
        assert_eq!(taken, 1);
    }
}

fn harness_id(id: sea_orm::prelude::Uuid) -> String {
    roundtable_api::planner::global_id::encode("feedback", id)
}
