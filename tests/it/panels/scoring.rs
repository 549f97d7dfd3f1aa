//! Scoring, moderation and decisions (domain.md 2.3): what is sealed until when, what stands, and what follows by itself.

use harness::{Client, World, both_databases, id};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{change, decide, does, existing, on, refused, sheet};

const PANEL: &str = "co-ordinator";

/// The panel as a viewer sees it; null when they do not.
async fn panel(client: &Client) -> Value {
    let query = "query($id: ID!) { interviewPanel(id: $id) { id version status \
        scores(first: 100) { totalCount nodes { score application { id } enteredBy { id } } } \
        decisions { totalCount } } }";
    let answer = client
        .query(query, json!({ "id": id("interview_panel", PANEL) }))
        .await;
    answer.data("/interviewPanel").clone()
}

/// How many scores a viewer sees.
async fn scores(world: &World, viewer: &str) -> Value {
    panel(&world.client(viewer)).await["scores"]["totalCount"].clone()
}

async fn status(world: &World, vacancy: &str) -> String {
    let rows = world.rows().await.vacancy;
    let of_it = rows
        .iter()
        .find(|row| row.id.0 == harness::uuid("vacancy", vacancy));
    of_it.unwrap().status.to_string()
}

async fn candidate(world: &World, name: &str) -> entity::panels::application::Model {
    let rows = world.rows().await.application;
    rows.into_iter()
        .find(|row| row.id.0 == harness::uuid("application", name))
        .unwrap()
}

/// The member's last two sheets, the scores for the visitor far from the chair's.
async fn hand_in_the_last(world: &World) {
    let member = world.client("board-member");
    does(&member, "scoreSheetSubmit", sheet("visitor", 1)).await;
    does(&member, "scoreSheetSubmit", sheet("former-member", 4)).await;
}

fn agreed(question: &str) -> Value {
    json!({
        "applicationId": id("application", "co-ordinator visitor"),
        "questionId": id("panel_question", question),
        "score": 3,
        "rationale": "Two of us heard different things.",
    })
}

both_databases! {
    /// Each panellist sees their own scores; the others' once everybody has handed in; nobody outside the panel ever.
    async fn scores_are_sealed_until_all_are_in(world: World) {
        for (viewer, seen) in [("board-chair", 4), ("board-member", 0), ("researcher", 2), ("provider-user", 0), ("council-admin", 0)] {
            assert_eq!(scores(&world, viewer).await, seen, "{viewer}");
        }
        let supporter = world.client("provider-user");
        does(&supporter, "scoreSheetSubmit", sheet("visitor", 1)).await;
        let entered = panel(&world.client("board-member")).await;
        assert_eq!(entered["scores"]["nodes"][0]["enteredBy"]["id"], id("person", "provider-user"), "who entered it, for whom");
        assert_eq!((scores(&world, "provider-user").await, scores(&world, "board-chair").await), (json!(2), json!(4)));

        let last = does(&world.client("board-member"), "scoreSheetSubmit", sheet("former-member", 4)).await;
        assert_eq!(last["status"], "MODERATING");
        for (viewer, seen) in [("board-chair", 10), ("board-member", 10), ("researcher", 6), ("provider-user", 4), ("council-admin", 0)] {
            assert_eq!(scores(&world, viewer).await, seen, "{viewer}");
        }
        let recused = panel(&world.client("researcher")).await;
        let about = recused["scores"]["nodes"].as_array().unwrap().iter().map(|score| score["application"]["id"].clone());
        assert!(about.into_iter().all(|of| of == id("application", "co-ordinator former-member")));
        assert!(panel(&world.client("visitor")).await.is_null(), "a candidate sees nothing of the panel");
        assert_eq!(candidate(&world, "co-ordinator visitor").await.status.to_string(), "INTERVIEWED");
    }

    /// What was handed in stands: neither again through the API nor past it.
    async fn a_score_stands(world: World) {
        let member = world.client("board-member");
        does(&member, "scoreSheetSubmit", sheet("visitor", 1)).await;
        assert_eq!(refused(&member, "scoreSheetSubmit", sheet("visitor", 5)).await, ["ALREADY_EXISTS at input.applicationId"]);
        for table in ["score", "moderated_score", "panel_decision"] {
            for change in [format!("UPDATE {table} SET panel_id = panel_id"), format!("DELETE FROM {table}")] {
                let refused = world.connection().execute_unprepared(&change).await.unwrap_err().to_string();
                assert!(refused.contains("append-only"), "{change}: {refused}");
            }
        }
    }

    /// Whoever is recused scores the others, and of that candidate there is nothing; nobody scores for somebody else.
    async fn only_the_panellist_and_their_supporter_score(world: World) {
        let mut recused = sheet("visitor", 3);
        recused["panellistId"] = json!(id("panellist", "co-ordinator researcher"));
        let answer = refused(&world.client("researcher"), "scoreSheetSubmit", recused).await;
        assert_eq!(answer, ["NOT_FOUND at input.applicationId"]);
        for viewer in ["board-chair", "researcher"] {
            let answer = refused(&world.client(viewer), "scoreSheetSubmit", sheet("former-member", 3)).await;
            assert_eq!(answer, ["FORBIDDEN at input"], "{viewer}");
        }
        let not_a_candidate = refused(&world.client("board-member"), "scoreSheetSubmit", sheet("nominated", 3)).await;
        assert_eq!(not_a_candidate, ["NOT_FOUND at input.applicationId"]);
    }

    /// What was declared about a candidate is assessed before the panellist scores them.
    async fn an_open_declaration_holds_the_scores_up(world: World) {
        let (member, chair) = (world.client("board-member"), world.client("board-chair"));
        let declaration = does(&member, "conflictDeclare", json!({
            "panelId": id("interview_panel", PANEL), "nature": "PERSONAL", "level": "PERCEIVED",
            "applicationId": id("application", "co-ordinator visitor"),
        })).await;
        assert_eq!(refused(&member, "scoreSheetSubmit", sheet("visitor", 3)).await, ["RULE_BROKEN at input.applicationId"]);
        does(&chair, "conflictAssess", on(&declaration, json!({ "assessment": "CLEAR" }))).await;
        does(&member, "scoreSheetSubmit", sheet("visitor", 3)).await;
    }

    /// Where scores lie too far apart the panel agrees on one before it decides; decisions reach the candidates together.
    async fn a_panel_moderates_decides_and_tells_the_candidates(world: World) {
        let (chair, visitor) = (world.client("board-chair"), world.client("visitor"));
        let early = refused(&chair, "panelDecisionRecord", decide("co-ordinator visitor", "APPOINT")).await;
        assert_eq!(early, ["INACTIVE at input.applicationId"], "the panel still scores");
        hand_in_the_last(&world).await;
        let apart = change(&chair, "panelDecisionRecord", decide("co-ordinator visitor", "APPOINT")).await;
        assert_eq!(apart.user_errors("answer"), ["RULE_BROKEN at input.applicationId"]);
        assert!(apart.text.contains("For 2 of the answers"), "{}", apart.text);
        assert_eq!(refused(&world.client("board-member"), "moderatedScoreRecord", agreed("co-ordinator 1")).await, ["FORBIDDEN at input"]);
        for question in ["co-ordinator 1", "co-ordinator 2"] {
            does(&chair, "moderatedScoreRecord", agreed(question)).await;
        }
        assert_eq!(refused(&chair, "moderatedScoreRecord", agreed("co-ordinator 1")).await, ["ALREADY_EXISTS at input.questionId"]);

        let decision = does(&chair, "panelDecisionRecord", decide("co-ordinator visitor", "APPOINT")).await;
        assert_eq!(decision["grounds"]["visibility"], "VISIBLE");
        let own = "query($id: ID!) { application(id: $id) { id version status scores { totalCount } \
            decisions { nodes { outcome feedback grounds { visibility reason } } } } }";
        let own_id = json!({ "id": id("application", "co-ordinator visitor") });
        let waiting = visitor.query(own, own_id.clone()).await;
        assert_eq!(waiting.data("/application/decisions/nodes"), &json!([]), "until the panel has decided about everybody");
        assert_eq!(refused(&chair, "panelDecisionRecord", decide("co-ordinator visitor", "REJECT")).await, ["ALREADY_EXISTS at input.applicationId"]);
        does(&chair, "panelDecisionRecord", decide("co-ordinator former-member", "RESERVE")).await;

        assert_eq!(panel(&chair).await["status"], "DECIDED");
        assert_eq!(status(&world, "co-ordinator").await, "DECIDED");
        let told = visitor.query(own, own_id).await;
        let application = told.data("/application").clone();
        assert_eq!(application["status"], "OFFERED");
        assert_eq!(application["decisions"]["nodes"], json!([{
            "outcome": "APPOINT", "feedback": "What you are told.", "grounds": { "visibility": "HIDDEN", "reason": null },
        }]));
        assert_eq!(application["scores"]["totalCount"], 0, "never their scores");
        assert_eq!(candidate(&world, "co-ordinator nominated").await.status.to_string(), "REJECTED", "who never was a candidate");
        let late = refused(&chair, "panelDecisionRecord", decide("co-ordinator former-member", "APPOINT")).await;
        assert_eq!(late, ["INACTIVE at input.applicationId"]);

        let accepted = does(&visitor, "applicationAccept", on(&application, json!({}))).await;
        assert_eq!(accepted["status"], "ACCEPTED");
        assert_eq!(status(&world, "co-ordinator").await, "FILLED");
    }

    /// A panellist who stands down, and a candidate who steps back, are waited for no longer.
    async fn the_last_who_is_missing_leaves(world: World) {
        let (chair, member) = (world.client("board-chair"), world.client("board-member"));
        let led = on(&existing("panellist", "co-ordinator board-chair"), json!({}));
        assert_eq!(refused(&chair, "panellistStandDown", led).await, ["RULE_BROKEN at input.id"], "somebody leads the panel");
        let own = on(&existing("panellist", "co-ordinator board-member"), json!({ "reason": "I am ill." }));
        does(&member, "panellistStandDown", own).await;
        assert_eq!(panel(&chair).await["status"], "MODERATING");
        assert_eq!(refused(&member, "scoreSheetSubmit", sheet("visitor", 3)).await, ["NOT_FOUND at input.panellistId"]);
    }

    async fn the_last_candidate_without_scores_steps_back(world: World) {
        let member = world.client("board-member");
        does(&member, "scoreSheetSubmit", sheet("former-member", 4)).await;
        let own = on(&existing("application", "co-ordinator visitor"), json!({}));
        does(&world.client("visitor"), "applicationWithdraw", own).await;
        let after = panel(&member).await;
        assert_eq!((&after["status"], &after["scores"]["totalCount"]), (&json!("MODERATING"), &json!(6)));
    }

    /// What was decided is not changed: another round decides anew, and the first decision stays on record.
    async fn reopening_is_another_round(world: World) {
        let (council, chair, member) = (world.client("council-admin"), world.client("board-chair"), world.client("board-member"));
        does(&world.client("former-member"), "applicationDecline", on(&existing("application", "mentor former-member"), json!({}))).await;
        let panel = json!({ "vacancyId": id("vacancy", "mentor"), "moderationThreshold": 5 });
        let panel = does(&council, "interviewPanelCreate", panel).await;
        assert_eq!((&panel["round"], &panel["status"]), (&json!(2), &json!("FORMING")));
        let unfilled = refused(&council, "vacancyLeaveUnfilled", on(&existing("vacancy", "mentor"), json!({}))).await;
        assert_eq!(unfilled, ["RULE_BROKEN at input.id"], "a round is under way");
        let mut panellists = Vec::new();
        for (person, leads) in [("board-chair", true), ("board-member", false)] {
            let panellist = json!({
                "panelId": panel["id"], "personId": id("person", person), "capacity": "CARER", "chair": leads,
            });
            panellists.push(does(&council, "panellistAdd", panellist).await);
            let none = json!({ "panelId": panel["id"], "nature": "NONE" });
            does(&world.client(person), "conflictDeclare", none).await;
        }
        let questions = json!({ "questions": [{ "text": "Why now?", "weightBp": 10_000, "maxScore": 5 }] });
        let panel = does(&chair, "interviewPanelSetQuestions", on(&panel, questions)).await;
        let panel = does(&chair, "interviewPanelMarkReady", on(&panel, json!({}))).await;
        assert_eq!(refused(&chair, "interviewPanelStartScoring", on(&panel, json!({}))).await, ["RULE_BROKEN at input.id"], "no candidate");
        does(&chair, "applicationShortlist", on(&existing("application", "mentor declined"), json!({}))).await;
        does(&chair, "interviewPanelStartScoring", on(&panel, json!({}))).await;
        assert_eq!(status(&world, "mentor").await, "INTERVIEWING");

        let question = world.rows().await.panel_question.into_iter().find(|row| row.text == "Why now?").unwrap();
        let question = roundtable_api::planner::global_id::encode("panel_question", question.id.0);
        for (client, panellist) in [(&chair, &panellists[0]), (&member, &panellists[1])] {
            let sheet = json!({
                "panellistId": panellist["id"], "applicationId": id("application", "mentor declined"),
                "scores": [{ "questionId": question, "score": 5, "evidence": "They have grown." }],
            });
            does(client, "scoreSheetSubmit", sheet).await;
        }
        does(&chair, "panelDecisionRecord", decide("mentor declined", "APPOINT")).await;
        assert_eq!(status(&world, "mentor").await, "DECIDED");
        let about = harness::uuid("application", "mentor declined");
        let mut decisions = world.rows().await.panel_decision;
        decisions.retain(|row| row.application_id.0 == about);
        let outcomes: Vec<_> = decisions.iter().map(|row| row.outcome.to_string()).collect();
        assert!(outcomes.contains(&"REJECT".to_owned()) && outcomes.contains(&"APPOINT".to_owned()), "{outcomes:?}");
    }

    /// Whoever reads the sealed scores of somebody else is named in the audit; whoever reads their own is not.
    async fn reads_of_sealed_scores_are_in_the_audit(world: World) {
        let reads = async || {
            let mut events = world.rows().await.audit_event;
            events.retain(|event| event.entity == "score" && event.action.ends_with(".read"));
            events.len()
        };
        panel(&world.client("board-chair")).await;
        assert_eq!(reads().await, 0, "their own");
        hand_in_the_last(&world).await;
        let before = reads().await;
        panel(&world.client("board-chair")).await;
        assert_eq!(reads().await - before, 6, "those of two others");
    }
}
