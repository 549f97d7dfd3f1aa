//! Two at once, when a panel scores and decides: one consistent outcome, whoever comes first.

use harness::{World, both_databases, id};
use serde_json::json;

use super::{change, decide, does, on, sheet};

/// The state of the panel, and how often it came to moderation.
async fn outcome(world: &World) -> (String, usize) {
    let rows = world.rows().await;
    let panel = harness::uuid("interview_panel", "co-ordinator");
    let status = rows
        .interview_panel
        .iter()
        .find(|row| row.id.0 == panel)
        .unwrap()
        .status;
    let moderations = rows
        .audit_event
        .iter()
        .filter(|event| event.action == "interview_panel.moderate");
    (status.to_string(), moderations.count())
}

both_databases! {
    /// Two sheets are the last ones: the panel goes on once, and not before both are in.
    async fn two_hand_in_the_last_scores_at_once(world: World) {
        let (member, supporter) = (world.client("board-member"), world.client("provider-user"));
        let (first, second) = tokio::join!(
            change(&member, "scoreSheetSubmit", sheet("visitor", 3)),
            change(&supporter, "scoreSheetSubmit", sheet("former-member", 3))
        );
        for answer in [&first, &second] {
            assert_eq!(answer.user_errors("answer"), [""; 0], "{}", answer.text);
        }
        assert_eq!(outcome(&world).await, ("MODERATING".to_owned(), 1));
    }

    /// The panellist and their supporter hand in the same sheet: one of them does.
    async fn the_same_sheet_comes_twice_at_once(world: World) {
        let (member, supporter) = (world.client("board-member"), world.client("provider-user"));
        let (first, second) = tokio::join!(
            change(&member, "scoreSheetSubmit", sheet("visitor", 3)),
            change(&supporter, "scoreSheetSubmit", sheet("visitor", 5))
        );
        let mut errors = [first.user_errors("answer"), second.user_errors("answer")];
        errors.sort_by_key(Vec::len);
        assert_eq!(errors, [vec![], vec!["ALREADY_EXISTS at input.applicationId".to_owned()]]);
        assert_eq!(outcome(&world).await, ("SCORING".to_owned(), 0));
    }

    /// The last score and a recusal of who gives it: the panel goes on once, and the score counts for nothing.
    async fn the_last_score_comes_while_its_panellist_is_recused(world: World) {
        let (member, chair) = (world.client("board-member"), world.client("board-chair"));
        does(&member, "scoreSheetSubmit", sheet("former-member", 4)).await;
        let declaration = does(&member, "conflictDeclare", json!({
            "panelId": id("interview_panel", "co-ordinator"), "nature": "FAMILY", "level": "ACTUAL", "detail": "A cousin.",
        })).await;
        let recusal = on(&declaration, json!({
            "assessment": "RECUSE", "applicationId": id("application", "co-ordinator visitor"),
        }));
        let (scored, recused) = tokio::join!(
            change(&member, "scoreSheetSubmit", sheet("visitor", 0)),
            change(&chair, "conflictAssess", recusal)
        );
        assert_eq!(recused.user_errors("answer"), [""; 0], "{}", recused.text);
        let scored = scored.user_errors("answer");
        assert!(scored.is_empty() || scored == ["NOT_FOUND at input.applicationId"], "{scored:?}");
        assert_eq!(outcome(&world).await, ("MODERATING".to_owned(), 1));
        // Four and nothing would have to be moderated; the four alone need not.
        does(&chair, "panelDecisionRecord", decide("co-ordinator visitor", "APPOINT")).await;
    }

    /// A decision while the last score arrives: it waits for the score, or it is refused.
    async fn a_decision_comes_while_the_last_score_arrives(world: World) {
        let (member, chair) = (world.client("board-member"), world.client("board-chair"));
        does(&member, "scoreSheetSubmit", sheet("former-member", 4)).await;
        let (scored, decided) = tokio::join!(
            change(&member, "scoreSheetSubmit", sheet("visitor", 4)),
            change(&chair, "panelDecisionRecord", decide("co-ordinator former-member", "REJECT"))
        );
        assert_eq!(scored.user_errors("answer"), [""; 0], "{}", scored.text);
        let decided = decided.user_errors("answer");
        assert!(decided.is_empty() || decided == ["INACTIVE at input.applicationId"], "{decided:?}");
        assert_eq!(outcome(&world).await, ("MODERATING".to_owned(), 1));
        let rows = world.rows().await.panel_decision;
        let made = rows.iter().filter(|row| row.panel_id.0 == harness::uuid("interview_panel", "co-ordinator"));
        assert_eq!(made.count(), usize::from(decided.is_empty()));
    }

    /// Two decisions about the same candidate: one stands.
    async fn the_same_candidate_is_decided_about_twice_at_once(world: World) {
        let (member, chair) = (world.client("board-member"), world.client("board-chair"));
        for about in ["visitor", "former-member"] {
            does(&member, "scoreSheetSubmit", sheet(about, 4)).await;
        }
        let (first, second) = tokio::join!(
            change(&chair, "panelDecisionRecord", decide("co-ordinator visitor", "APPOINT")),
            change(&chair, "panelDecisionRecord", decide("co-ordinator visitor", "REJECT"))
        );
        let mut errors = [first.user_errors("answer"), second.user_errors("answer")];
        errors.sort_by_key(Vec::len);
        assert_eq!(errors, [vec![], vec!["ALREADY_EXISTS at input.applicationId".to_owned()]]);
    }
}
