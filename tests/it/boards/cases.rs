//! What holds for each mutation of this area: strangers learn nothing, who may only look is told so, a stale version is
//! refused with the object as it is, and a repeated request changes nothing.

use harness::{both_databases, id, never};
use serde_json::{Value, json};

use super::{change, done, events};

/// A mutation on an object: whose it is to do, and who sees the object without that right.
struct Case {
    mutation: &'static str,
    kind: &'static str,
    name: &'static str,
    /// Who may make the change, whatever the rules then say.
    owner: &'static str,
    /// Who sees the object and may not.
    onlooker: &'static str,
    /// What the input needs beside id and version.
    input: fn() -> Value,
}

/// Sees nothing of Ashdown but what is published.
const STRANGER: &str = "stranger";

fn nothing() -> Value {
    json!({})
}

fn steps_down() -> Value {
    json!({ "endReason": "STEPPED_DOWN" })
}

fn a_seat() -> Value {
    json!({ "seatId": id("board_seat", "team-up vacant") })
}

const fn board(mutation: &'static str) -> Case {
    Case {
        mutation,
        kind: "board",
        name: "quiet",
        owner: "user-led-admin",
        onlooker: "council-admin",
        input: nothing,
    }
}

const fn seat(mutation: &'static str) -> Case {
    Case {
        kind: "board_seat",
        name: "quiet vacant",
        ..board(mutation)
    }
}

const fn steered(mutation: &'static str, input: fn() -> Value) -> Case {
    Case {
        mutation,
        kind: "board_membership",
        name: "team-up visitor",
        owner: "board-chair",
        onlooker: "board-member",
        input,
    }
}

const fn own(mutation: &'static str) -> Case {
    Case {
        owner: "visitor",
        onlooker: "board-chair",
        ..steered(mutation, nothing)
    }
}

const CASES: &[Case] = &[
    board("boardUpdate"),
    board("boardActivate"),
    board("boardRest"),
    board("boardClose"),
    board("boardPublish"),
    board("boardUnpublish"),
    seat("boardSeatUpdate"),
    seat("boardSeatClose"),
    steered("boardMembershipRecordVisit", nothing),
    steered("boardMembershipInvite", nothing),
    steered("boardMembershipInterview", nothing),
    steered("boardMembershipOffer", a_seat),
    steered("boardMembershipTakeLeave", nothing),
    steered("boardMembershipReturn", nothing),
    steered("boardMembershipDecline", nothing),
    steered("boardMembershipEnd", steps_down),
    own("boardMembershipAccept"),
    own("boardMembershipWithdraw"),
    own("boardMembershipDeclareConflicts"),
];

impl Case {
    fn input(&self, id: String, version: i32) -> Value {
        let mut input = (self.input)();
        input["id"] = id.into();
        input["expectedVersion"] = version.into();
        input
    }

    fn existing(&self, version: i32) -> Value {
        self.input(id(self.kind, self.name), version)
    }
}

both_databases! {
    /// Hidden is absent: the same bytes, and nothing happens.
    async fn a_stranger_cannot_tell_hidden_from_absent(world: World) {
        let client = world.client(STRANGER);
        for case in CASES {
            let hidden = change(&client, case.mutation, case.existing(1)).await;
            let absent = change(&client, case.mutation, case.input(never(case.kind), 1)).await;
            let errors = hidden.user_errors("answer");
            assert_eq!(errors.last().unwrap(), "NOT_FOUND at input.id", "{}", case.mutation);
            assert_eq!(hidden.text, absent.text, "{}", case.mutation);
            let other_type = change(&client, case.mutation, case.input(id("organisation", "birch-care"), 1)).await;
            assert_eq!(hidden.text, other_type.text, "{}", case.mutation);
        }
    }

    /// Who sees an object without the right to change it is told so.
    async fn an_onlooker_is_forbidden(world: World) {
        for case in CASES {
            let answer = change(&world.client(case.onlooker), case.mutation, case.existing(1)).await;
            assert_eq!(answer.user_errors("answer"), ["FORBIDDEN at input"], "{}", case.mutation);
        }
    }

    /// Nobody in particular changes anything.
    async fn the_public_is_asked_to_sign_in(world: World) {
        for case in CASES {
            let answer = change(&world.client("anonymous"), case.mutation, case.existing(1)).await;
            assert_eq!(answer.error_code(), Some("UNAUTHENTICATED"), "{}: {}", case.mutation, answer.text);
        }
    }

    /// A stale version is refused, and the object shown as it is.
    async fn a_stale_version_is_a_conflict(world: World) {
        let before = events(&world).await;
        for case in CASES {
            let answer = change(&world.client(case.owner), case.mutation, case.existing(7)).await;
            assert_eq!(answer.user_errors("answer"), ["CONFLICT at input.expectedVersion"], "{}", case.mutation);
            assert_eq!(answer.data("/answer/object/version"), 1, "{}", case.mutation);
        }
        assert_eq!(events(&world).await, before);
    }

    /// The same request with the same key happens once; another request with the key is a conflict.
    async fn a_repeated_request_changes_nothing(world: World) {
        let team_up = id("board", "team-up");
        let council = "council-admin";
        for (mutation, client, changed, input) in [
            ("boardCreate", council, ("name", json!("Another")), json!({
                "partnershipId": id("partnership", "ashdown-together"),
                "hostOrganisationId": id("organisation", "ashdown-council"),
                "name": "Once", "kind": "COMMISSION", "quorum": 1, "quorumLived": 0, "minLivedBp": 0,
            })),
            ("boardSeatCreate", council, ("label", json!("Another")), json!({
                "boardId": team_up, "label": "Once", "kind": "CLINICIAN", "voting": false,
            })),
            ("boardMembershipNominate", council, ("motivation", json!("Another")), json!({
                "boardId": team_up, "personId": id("person", "former-member"), "motivation": "Once",
            })),
            ("constituencyCreate", "platform-admin", ("label", json!("Another")), json!({ "code": "ONCE", "label": "Once" })),
            ("boardMembershipInvite", "board-chair", ("waiverReason", json!("Another")), json!({
                "id": id("board_membership", "team-up visitor"), "expectedVersion": 1, "waiverReason": "Once",
            })),
            ("boardMembershipTakeLeave", "board-chair", ("reason", json!("Another")), json!({
                "id": id("board_membership", "team-up board-member"), "expectedVersion": 1, "reason": "Once",
            })),
            ("boardRest", council, ("reason", json!("Another")), json!({ "id": team_up, "expectedVersion": 1, "reason": "Once" })),
        ] {
            let (client, mut input) = (world.client(client), input);
            input["idempotencyKey"] = format!("the-one-and-only-{mutation}").into();
            let first = change(&client, mutation, input.clone()).await;
            done(&first);
            let (before, steps) = (events(&world).await, world.rows().await.board_membership_change.len());
            let second = change(&client, mutation, input.clone()).await;
            assert_eq!(first.text, second.text, "{mutation}");
            let rows = world.rows().await;
            assert_eq!((rows.audit_event.len(), rows.board_membership_change.len()), (before, steps), "{mutation}");
            input[changed.0] = changed.1;
            let reused = change(&client, mutation, input).await;
            assert_eq!(reused.user_errors("answer"), ["CONFLICT at input.idempotencyKey"], "{mutation}");
        }
    }
}
