//! Forming an interview panel: its people, its questions, what makes it complete, and its candidates (domain.md 2.3).

use harness::{World, both_databases, id};
use serde_json::{Value, json};

use super::{change, does, existing, on, refused};

fn seat_panel() -> Value {
    existing("interview_panel", "seat")
}

/// A draft of `ashdown-council` with a panel that has nobody and nothing yet.
async fn bare(world: &World) -> Value {
    let input = json!({ "vacancyId": id("vacancy", "draft"), "moderationThreshold": 2 });
    does(&world.client("council-admin"), "interviewPanelCreate", input).await
}

fn member(panel: &Value, person: &str, capacity: &str) -> Value {
    json!({ "panelId": panel["id"], "personId": id("person", person), "capacity": capacity })
}

async fn messages(world: &World, viewer: &str, panel: &Value) -> String {
    let answer = change(
        &world.client(viewer),
        "interviewPanelMarkReady",
        on(panel, json!({})),
    )
    .await;
    assert!(!answer.user_errors("answer").is_empty(), "{}", answer.text);
    answer.text
}

both_databases! {
    /// Everything that a panel lacks is told at once, and once nothing is lacking it is ready.
    async fn a_panel_is_ready_when_it_is_complete(world: World) {
        let (council, chair) = (world.client("council-admin"), world.client("board-chair"));
        let panel = bare(&world).await;
        assert_eq!((&panel["status"], &panel["round"]), (&json!("FORMING"), &json!(1)));
        assert_eq!(panel["viewerCan"], json!({ "form": true, "lead": false, "declare": false }));
        let leads = json!({
            "panelId": panel["id"], "personId": id("person", "board-chair"), "capacity": "STAFF", "chair": true,
        });
        does(&council, "panellistAdd", leads).await;
        let lacking = messages(&world, "board-chair", &panel).await;
        for rule in ["at least two panellists", "lived experience or is a carer", "1 have yet to", "at present they make 0"] {
            assert!(lacking.contains(rule), "{rule}: {lacking}");
        }
        assert_eq!(refused(&council, "interviewPanelMarkReady", on(&panel, json!({}))).await, ["FORBIDDEN at input"]);

        does(&chair, "panellistAdd", member(&panel, "board-member", "LIVED_EXPERIENCE")).await;
        let none = json!({ "panelId": panel["id"], "nature": "NONE" });
        for viewer in ["board-chair", "board-member"] {
            does(&world.client(viewer), "conflictDeclare", none.clone()).await;
        }
        let questions = |weight: i32| json!({ "questions": [
            { "text": "Why you?", "weightBp": 4_000, "maxScore": 5 },
            { "text": "Why us?", "weightBp": weight, "maxScore": 5, "easyRead": "Why do you like us?" },
        ] });
        let panel = does(&chair, "interviewPanelSetQuestions", on(&panel, questions(5_999))).await;
        let lacking = messages(&world, "board-chair", &panel).await;
        assert!(lacking.contains("at present they make 9999"), "{lacking}");
        let panel = does(&chair, "interviewPanelSetQuestions", on(&panel, questions(6_000))).await;
        let asked = panel["questions"]["nodes"].as_array().unwrap();
        assert_eq!(asked.iter().map(|question| question["text"].as_str().unwrap()).collect::<Vec<_>>(), ["Why you?", "Why us?"]);

        let panel = does(&chair, "interviewPanelUpdate", on(&panel, json!({ "requiredCourseId": id("training_course", "fernley-skills") }))).await;
        let lacking = messages(&world, "board-chair", &panel).await;
        assert!(lacking.contains("of 2 panellists is missing or has run out"), "{lacking}");
        let skills = json!({ "requiredCourseId": id("training_course", "panel-skills") });
        let panel = does(&chair, "interviewPanelUpdate", on(&panel, skills)).await;
        let panel = does(&chair, "interviewPanelMarkReady", on(&panel, json!({}))).await;
        assert_eq!(panel["status"], "READY");
        let again = change(&chair, "interviewPanelMarkReady", on(&panel, json!({}))).await;
        assert!(again.text.contains("This panel is READY already. It can become SCORING."), "{}", again.text);
    }

    /// Training runs out by the server's clock.
    async fn training_must_be_current_on_the_day(world: World) {
        let member = world.client("board-member");
        does(&member, "conflictDeclare", json!({ "panelId": seat_panel()["id"], "nature": "NONE" })).await;
        let declaration = existing("conflict_declaration", "seat board-chair");
        does(&world.client("council-admin"), "conflictAssess", on(&declaration, json!({ "assessment": "CLEAR" }))).await;
        world.clock().advance(chrono::TimeDelta::days(400));
        let lacking = messages(&world, "board-chair", &seat_panel()).await;
        assert!(lacking.contains("of 2 panellists is missing or has run out"), "{lacking}");
    }

    /// A sitting member of the board interviews for its seats.
    async fn a_board_seat_needs_a_sitting_member(world: World) {
        let chair = world.client("board-chair");
        for person in ["board-chair", "board-member"] {
            let part = existing("panellist", &format!("seat {person}"));
            does(&world.client("council-admin"), "panellistStandDown", on(&part, json!({}))).await;
        }
        assert_eq!(refused(&chair, "interviewPanelMarkReady", on(&seat_panel(), json!({}))).await, ["FORBIDDEN at input"]);
        let mut leads = member(&seat_panel(), "visitor", "CARER");
        leads["chair"] = json!(true);
        does(&world.client("council-admin"), "panellistAdd", leads).await;
        let lacking = messages(&world, "visitor", &seat_panel()).await;
        assert!(lacking.contains("A sitting member of the board"), "{lacking}");
    }

    /// Whoever has applied has no part in the panel, and whoever has a part does not apply.
    async fn nobody_sits_on_both_sides(world: World) {
        let council = world.client("council-admin");
        let applicant = member(&seat_panel(), "user-led-admin", "CARER");
        // Whoever applied for a seat is seen by those who recruit.
        assert_eq!(refused(&council, "panellistAdd", applicant).await, ["RULE_BROKEN at input.personId"]);
        let mut supported = member(&seat_panel(), "on-leave", "CARER");
        supported["supporterPersonId"] = json!(id("person", "user-led-admin"));
        assert_eq!(refused(&council, "panellistAdd", supported).await, ["RULE_BROKEN at input.supporterPersonId"]);
        let applies = json!({ "vacancyId": id("vacancy", "seat"), "statement": "I would like it, too." });
        assert_eq!(refused(&world.client("board-member"), "applicationSubmit", applies).await, ["RULE_BROKEN at input.vacancyId"]);
    }

    /// Joining the panel and applying at once: one of the two.
    async fn somebody_applies_while_they_are_added(world: World) {
        let (council, visitor) = (world.client("council-admin"), world.client("visitor"));
        let applies = json!({ "vacancyId": id("vacancy", "seat"), "statement": "I would like it." });
        let (added, applied) = tokio::join!(
            change(&council, "panellistAdd", member(&seat_panel(), "visitor", "CARER")),
            change(&visitor, "applicationSubmit", applies)
        );
        let (added, applied) = (added.user_errors("answer"), applied.user_errors("answer"));
        assert!(added.is_empty() != applied.is_empty(), "{added:?} {applied:?}");
        assert!(
            [vec!["RULE_BROKEN at input.personId".to_owned()], vec![]].contains(&added)
                && [vec!["RULE_BROKEN at input.vacancyId".to_owned()], vec![]].contains(&applied),
            "{added:?} {applied:?}"
        );
    }

    /// There is one panel at a time.
    async fn two_panels_are_formed_at_once(world: World) {
        let council = world.client("council-admin");
        let input = json!({ "vacancyId": id("vacancy", "draft"), "moderationThreshold": 2 });
        let (first, second) = tokio::join!(
            change(&council, "interviewPanelCreate", input.clone()),
            change(&council, "interviewPanelCreate", input)
        );
        let mut errors = [first.user_errors("answer"), second.user_errors("answer")];
        errors.sort_by_key(Vec::len);
        assert_eq!(errors, [vec![], vec!["ALREADY_EXISTS at input.vacancyId".to_owned()]]);
    }

    /// Once the panel scores, its questions and its people stay.
    async fn a_panel_that_scores_is_fixed(world: World) {
        let chair = world.client("board-chair");
        let panel = existing("interview_panel", "co-ordinator");
        let questions = json!({ "questions": [{ "text": "Another?", "weightBp": 10_000, "maxScore": 5 }] });
        let answer = change(&chair, "interviewPanelSetQuestions", on(&panel, questions)).await;
        assert_eq!(answer.user_errors("answer"), ["INACTIVE at input.id"]);
        assert!(answer.text.contains("while it is FORMING or READY"), "{}", answer.text);
        let added = member(&panel, "on-leave", "CARER");
        assert_eq!(refused(&chair, "panellistAdd", added).await, ["INACTIVE at input.panelId"]);
        let threshold = on(&panel, json!({ "moderationThreshold": 0 }));
        assert_eq!(refused(&chair, "interviewPanelUpdate", threshold).await, ["INACTIVE at input.id"]);
    }

    /// The chair draws up the list once nobody can apply any more.
    async fn the_chair_chooses_the_candidates_after_the_closing(world: World) {
        let (council, chair) = (world.client("council-admin"), world.client("board-chair"));
        let application = existing("application", "over invited");
        assert_eq!(refused(&chair, "applicationShortlist", on(&application, json!({}))).await, ["INACTIVE at input.id"]);
        does(&council, "vacancyClose", on(&existing("vacancy", "over"), json!({}))).await;
        assert_eq!(refused(&council, "applicationShortlist", on(&application, json!({}))).await, ["FORBIDDEN at input"]);
        let unseen = refused(&world.client("researcher"), "applicationShortlist", on(&application, json!({}))).await;
        assert_eq!(unseen, ["NOT_FOUND at input.id"], "panellists see candidates from the scoring on");
        let application = does(&chair, "applicationShortlist", on(&application, json!({}))).await;
        assert_eq!((&application["status"], &application["shortlistedAt"]), (&json!("SHORTLISTED"), &json!("2026-03-02T09:00:00Z")));
    }
}
