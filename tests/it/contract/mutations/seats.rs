//! Seats.

use harness::id;
use serde_json::json;

use super::{Case, arranged, first};

/// One case for each mutation.
pub fn cases() -> Vec<Case> {
    vec![
        Case::new("boardSeatCreate", "boardSeat { id label version }")
            .by("council-admin")
            .after(|world| Box::pin(arranged::boards(world)))
            .input(json!({ "boardId": id("board", "team-up"), "label": "The clinic", "kind": "CLINICIAN", "voting": false }))
            .wrong(
                json!({ "boardId": id("board", "over"), "label": " ", "constituencyId": "x" }),
                &[
                    "REQUIRED at input.label",
                    "NOT_FOUND at input.constituencyId",
                    "INACTIVE at input.boardId",
                ],
            )
            .hidden_from("stranger", "boardId", "board", "quiet"),
        Case::new("boardSeatUpdate", "boardSeat { id label version }")
            .by("board-chair")
            .input(first("board_seat", "team-up vacant", json!({ "label": "The clinic" })))
            .wrong(
                json!({ "id": id("board_seat", "team-up chair"), "label": null, "kind": "PROVIDER", "constituencyId": "x" }),
                &[
                    "NOT_FOUND at input.constituencyId",
                    "REQUIRED at input.label",
                    "CONFLICT at input.kind",
                ],
            )
            .hidden_from("stranger", "id", "board_seat", "quiet vacant"),
        Case::new("boardSeatClose", "boardSeat { id closedAt version }")
            .by("board-chair")
            .input(first("board_seat", "team-up vacant", json!({})))
            .wrong(
                json!({ "id": id("board_seat", "team-up chair") }),
                &["CONFLICT at input.id"],
            )
            .hidden_from("stranger", "id", "board_seat", "quiet vacant"),
    ]
}
