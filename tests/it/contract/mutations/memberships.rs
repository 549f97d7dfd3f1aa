//! The way of people on to, through and off a board.

use harness::id;
use serde_json::{Value, json};

use super::{Case, arranged, first};

/// One case for each mutation.
pub fn cases() -> Vec<Case> {
    let mut cases = on_the_way();
    cases.extend(own());
    cases.extend(members());
    cases
}

fn membership(name: &str, more: Value) -> Value {
    first("board_membership", name, more)
}

fn case(mutation: &'static str) -> Case {
    Case::new(mutation, "boardMembership { id stage version }")
        .by("board-chair")
        .hidden_from("stranger", "id", "board_membership", "quiet nominated")
}

fn too_long() -> String {
    "x".repeat(2_001)
}

/// A member, for whom the way on to the board is over, with whatever else is wrong.
fn member(more: Value) -> Value {
    let mut input = more;
    input["id"] = json!(id("board_membership", "team-up board-member"));
    input
}

fn on_the_way() -> Vec<Case> {
    vec![
        Case::new("boardMembershipNominate", "boardMembership { id stage version }")
            .by("council-admin")
            .input(json!({ "boardId": id("board", "team-up"), "personId": id("person", "former-member") }))
            .wrong(
                json!({ "personId": id("person", "board-member"), "seatId": "x", "motivation": too_long() }),
                &[
                    "TOO_LONG at input.motivation",
                    "NOT_FOUND at input.seatId",
                    "ALREADY_EXISTS at input.personId",
                ],
            )
            .hidden_from("council-admin", "boardId", "board", "fernley-inner"),
        case("boardMembershipRecordVisit")
            .input(membership(
                "team-up nominated",
                json!({ "visitedOn": "2026-03-01" }),
            ))
            .wrong(
                member(json!({ "visitedOn": "2026-03-03", "reason": too_long() })),
                &[
                    "TOO_LONG at input.reason",
                    "OUT_OF_RANGE at input.visitedOn",
                    "ILLEGAL_TRANSITION at input.id",
                ],
            ),
        case("boardMembershipInvite")
            .input(membership(
                "team-up visitor",
                json!({ "waiverReason": "They know the board." }),
            ))
            .wrong(
                member(json!({ "waiverReason": too_long(), "reason": too_long() })),
                &[
                    "TOO_LONG at input.waiverReason",
                    "TOO_LONG at input.reason",
                    "ILLEGAL_TRANSITION at input.id",
                ],
            ),
        case("boardMembershipInterview")
            .input(membership("team-up invited", json!({})))
            .wrong(
                member(json!({ "waiverReason": too_long(), "reason": too_long() })),
                &[
                    "TOO_LONG at input.waiverReason",
                    "TOO_LONG at input.reason",
                    "ILLEGAL_TRANSITION at input.id",
                ],
            ),
        case("boardMembershipOffer")
            .after(|world| Box::pin(arranged::seat(world)))
            .input(membership(
                "team-up interview",
                json!({ "seatId": id("board_seat", "team-up spare") }),
            ))
            // The vacant seat is an officer's, whom an organisation would have had to nominate.
            .wrong(
                json!({
                    "seatId": id("board_seat", "team-up vacant"), "reason": too_long(),
                    "fromOn": "2026-04-02", "toOn": "2026-04-01"
                }),
                &[
                    "TOO_LONG at input.reason",
                    "RULE_BROKEN at input.id",
                    "OUT_OF_RANGE at input.toOn",
                ],
            ),
    ]
}

fn own() -> Vec<Case> {
    let case = |mutation| {
        case(mutation)
            .by("visitor")
            .after(|world| Box::pin(arranged::offer(world)))
    };
    let ended = || id("board_membership", "quiet visitor");
    vec![
        case("boardMembershipAccept")
            .input(membership(
                "team-up visitor",
                json!({ "conflictsDeclared": true }),
            ))
            .wrong(
                json!({ "conflictsDeclared": false }),
                &["REQUIRED at input.conflictsDeclared"],
            ),
        case("boardMembershipWithdraw")
            .input(membership("team-up visitor", json!({ "reason": "No time." })))
            .wrong(
                json!({ "id": ended(), "reason": too_long() }),
                &["TOO_LONG at input.reason", "ILLEGAL_TRANSITION at input.id"],
            ),
        case("boardMembershipDeclareConflicts")
            .input(membership("team-up visitor", json!({})))
            .wrong(json!({ "id": ended() }), &["INACTIVE at input.id"]),
    ]
}

fn members() -> Vec<Case> {
    let reason = || json!({ "reason": "As agreed." });
    vec![
        case("boardMembershipDecline")
            .input(membership("team-up nominated", reason()))
            .wrong(
                member(json!({ "reason": too_long() })),
                &["TOO_LONG at input.reason", "ILLEGAL_TRANSITION at input.id"],
            ),
        case("boardMembershipTakeLeave")
            .input(membership("team-up board-member", reason()))
            .wrong(
                json!({ "id": id("board_membership", "team-up on-leave"), "reason": too_long() }),
                &["TOO_LONG at input.reason", "ILLEGAL_TRANSITION at input.id"],
            ),
        case("boardMembershipReturn")
            .input(membership("team-up on-leave", reason()))
            .wrong(
                member(json!({ "reason": too_long() })),
                &["TOO_LONG at input.reason", "ILLEGAL_TRANSITION at input.id"],
            ),
        case("boardMembershipEnd")
            .input(membership(
                "team-up board-member",
                json!({ "endReason": "STEPPED_DOWN" }),
            ))
            .wrong(
                json!({ "endReason": "TERM_EXPIRED", "reason": too_long() }),
                &[
                    "TOO_LONG at input.reason",
                    "FORBIDDEN at input.endReason",
                    "RULE_BROKEN at input.endReason",
                ],
            ),
    ]
}
