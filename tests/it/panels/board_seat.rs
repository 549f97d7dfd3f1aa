//! A seat on a board, from the advertisement to the offer (domain.md 1, row 4): the panel's decision opens the way to it.

use harness::{both_databases, id};
use serde_json::{Value, json};

use super::{decide_about, does, on, refused};

/// Sends a step of a membership; the payload's object stands under `object`.
async fn step(client: &harness::Client, mutation: &str, input: Value) -> harness::Answer {
    let (first, rest) = mutation.split_at(1);
    let query = format!(
        "mutation($input: {}{rest}Input!) {{ answer: {mutation}(input: $input) {{ \
         object: boardMembership {{ id version stage path {{ decisionWaiverReason }} }} userErrors {{ code message path }} }} }}",
        first.to_uppercase()
    );
    client.query(&query, json!({ "input": input })).await
}

async fn takes(client: &harness::Client, mutation: &str, input: Value) -> Value {
    let answer = step(client, mutation, input).await;
    assert_eq!(
        answer.user_errors("answer"),
        [""; 0],
        "{mutation}: {}",
        answer.text
    );
    answer.data("/answer/object").clone()
}

both_databases! {
    async fn a_panel_opens_the_way_to_a_seat(world: World) {
        let (council, chair, member) = (world.client("council-admin"), world.client("board-chair"), world.client("board-member"));
        let applicant = world.client("former-member");
        let query = "mutation($input: BoardSeatCreateInput!) { answer: boardSeatCreate(input: $input) { \
            object: boardSeat { id version } userErrors { code message path } } }";
        let seat = chair.query(query, json!({ "input": {
            "boardId": id("board", "team-up"), "label": "Another voice", "kind": "LIVED_EXPERIENCE", "voting": false,
        } })).await;
        let seat = seat.data("/answer/object").clone();
        let nomination = json!({ "boardId": id("board", "team-up"), "personId": id("person", "former-member"), "seatId": seat["id"] });
        let path = takes(&chair, "boardMembershipNominate", nomination).await;
        let path = takes(&chair, "boardMembershipRecordVisit", on(&path, json!({}))).await;
        let path = takes(&chair, "boardMembershipInvite", on(&path, json!({ "waiverReason": "They sat on the board before." }))).await;
        let path = takes(&chair, "boardMembershipInterview", on(&path, json!({}))).await;
        let offer = on(&path, json!({ "seatId": seat["id"] }));
        assert_eq!(step(&chair, "boardMembershipOffer", offer.clone()).await.user_errors("answer"), ["RULE_BROKEN at input.waiverReason"]);

        let vacancy = does(&council, "vacancyCreate", json!({
            "organisationId": id("organisation", "ashdown-council"), "kind": "BOARD_SEAT", "title": "Another voice",
            "seatId": seat["id"], "opensAt": "2026-03-01T09:00:00Z", "closesAt": "2026-03-09T09:00:00Z",
        })).await;
        let vacancy = does(&council, "vacancyOpen", on(&vacancy, json!({}))).await;
        let application = does(&applicant, "applicationSubmit", json!({
            "vacancyId": vacancy["id"], "mediaUrl": "https://media.example.org/why",
        })).await;
        world.clock().advance(chrono::TimeDelta::days(8));
        does(&council, "vacancyClose", on(&vacancy, json!({}))).await;

        let panel = does(&council, "interviewPanelCreate", json!({ "vacancyId": vacancy["id"], "moderationThreshold": 2 })).await;
        let mut panellists = Vec::new();
        for (person, leads) in [("board-chair", true), ("board-member", false)] {
            panellists.push(does(&council, "panellistAdd", json!({
                "panelId": panel["id"], "personId": id("person", person), "capacity": "LIVED_EXPERIENCE", "chair": leads,
            })).await);
            does(&world.client(person), "conflictDeclare", json!({ "panelId": panel["id"], "nature": "NONE" })).await;
        }
        let questions = json!({ "questions": [{ "text": "What would you bring?", "weightBp": 10_000, "maxScore": 5 }] });
        let panel = does(&chair, "interviewPanelSetQuestions", on(&panel, questions)).await;
        let panel = does(&chair, "interviewPanelMarkReady", on(&panel, json!({}))).await;
        does(&chair, "applicationShortlist", on(&application, json!({}))).await;
        does(&chair, "interviewPanelStartScoring", on(&panel, json!({}))).await;
        let question = world.rows().await.panel_question.into_iter().find(|row| row.text == "What would you bring?").unwrap();
        let question = roundtable_api::planner::global_id::encode("panel_question", question.id.0);
        for (client, panellist) in [(&chair, &panellists[0]), (&member, &panellists[1])] {
            does(client, "scoreSheetSubmit", json!({
                "panellistId": panellist["id"], "applicationId": application["id"],
                "scores": [{ "questionId": question, "score": 4, "evidence": "They told us how it was." }],
            })).await;
        }
        does(&chair, "panelDecisionRecord", decide_about(&application["id"], "APPOINT")).await;

        let path = takes(&chair, "boardMembershipOffer", offer).await;
        assert_eq!((&path["stage"], &path["path"]["decisionWaiverReason"]), (&json!("OFFERED"), &Value::Null));
        let path = takes(&applicant, "boardMembershipAccept", on(&path, json!({ "conflictsDeclared": true }))).await;
        assert_eq!(path["stage"], "ACTIVE");
        let again = json!({ "vacancyId": vacancy["id"], "statement": "Me, too." });
        assert_eq!(refused(&member, "applicationSubmit", again).await, ["INACTIVE at input.vacancyId", "RULE_BROKEN at input.vacancyId"]);
    }
}
