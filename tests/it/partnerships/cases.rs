//! What holds for each mutation of this area: strangers learn nothing, who may only look is told so, a stale version is
//! refused with the object as it is, and a repeated request changes nothing.

use harness::{both_databases, id, never};
use serde_json::{Value, json};

use super::change;

/// A mutation on an object: whose it is to do, and who sees the object without that right.
struct Case {
    mutation: &'static str,
    kind: &'static str,
    /// A row that `owner` may change.
    name: &'static str,
    owner: &'static str,
    onlooker: &'static str,
    /// Who may not even see it.
    stranger: &'static str,
    /// What the input needs beside id and version; organisations by their names in the world.
    input: fn() -> Value,
}

fn nothing() -> Value {
    json!({})
}

fn for_council() -> Value {
    json!({ "organisationId": id("organisation", "ashdown-council"), "reason": "No longer needed." })
}

fn council_signs() -> Value {
    json!({ "organisationId": id("organisation", "fernley-council") })
}

fn hand_over() -> Value {
    json!({ "newLeadOrganisationId": id("organisation", "gorse-voices"), "formerLeadRole": "COMMISSIONER" })
}

const fn of_partnership(mutation: &'static str, input: fn() -> Value) -> Case {
    Case {
        mutation,
        kind: "partnership",
        name: "fernley-next",
        owner: "stranger",
        onlooker: "user-led-admin",
        stranger: "council-admin",
        input,
    }
}

const CASES: &[Case] = &[
    of_partnership("partnershipUpdate", nothing),
    of_partnership("partnershipActivate", nothing),
    of_partnership("partnershipClose", nothing),
    of_partnership("partnershipLeadHandOver", hand_over),
    Case {
        mutation: "partnershipMemberAccept",
        kind: "partnership_member",
        name: "fernley-next cedar-voices",
        owner: "user-led-admin",
        onlooker: "stranger",
        stranger: "council-admin",
        input: nothing,
    },
    Case {
        mutation: "partnershipMemberDecline",
        kind: "partnership_member",
        name: "fernley-next cedar-voices",
        owner: "user-led-admin",
        onlooker: "stranger",
        stranger: "council-admin",
        input: nothing,
    },
    Case {
        mutation: "partnershipMemberLeave",
        kind: "partnership_member",
        name: "ashdown-together cedar-voices",
        owner: "user-led-admin",
        onlooker: "council-admin",
        stranger: "stranger",
        input: nothing,
    },
    Case {
        mutation: "partnershipAgreementUpdate",
        kind: "data_sharing_agreement",
        name: "ashdown-draft",
        owner: "council-admin",
        onlooker: "user-led-admin",
        stranger: "stranger",
        input: nothing,
    },
    Case {
        mutation: "partnershipAgreementSign",
        kind: "data_sharing_agreement",
        name: "fernley-boards",
        owner: "stranger",
        onlooker: "platform-admin",
        stranger: "council-admin",
        input: council_signs,
    },
    Case {
        mutation: "partnershipAgreementTerminate",
        kind: "data_sharing_agreement",
        name: "ashdown-boards",
        owner: "council-admin",
        onlooker: "provider-user",
        stranger: "stranger",
        input: for_council,
    },
    Case {
        mutation: "initiativeUpdate",
        kind: "initiative",
        name: "ashdown-unseen",
        owner: "council-admin",
        onlooker: "provider-user",
        stranger: "stranger",
        input: nothing,
    },
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
        for case in CASES {
            let client = world.client(case.stranger);
            let hidden = change(&client, case.mutation, case.existing(1)).await;
            let absent = change(&client, case.mutation, case.input(never(case.kind), 1)).await;
            assert_eq!(hidden.user_errors("answer"), ["NOT_FOUND at input.id"], "{}", case.mutation);
            assert_eq!(hidden.text, absent.text, "{}", case.mutation);
            let other_type = change(&client, case.mutation, case.input(id("board", "team-up"), 1)).await;
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
        for case in CASES {
            let answer = change(&world.client(case.owner), case.mutation, case.existing(7)).await;
            assert_eq!(answer.user_errors("answer"), ["CONFLICT at input.expectedVersion"], "{}", case.mutation);
            assert_eq!(answer.data("/answer/object/version"), 1, "{}", case.mutation);
        }
        assert!(world.rows().await.audit_event.iter().all(|event| !event.request_id.is_empty()));
    }

    /// The same request with the same key happens once; another request with the key is a conflict.
    async fn a_repeated_request_changes_nothing(world: World) {
        let (council, other) = (world.client("council-admin"), "Another name");
        for (mutation, name, input) in [
            ("partnershipCreate", "name", json!({
                "leadOrganisationId": id("organisation", "ashdown-council"),
                "name": "Once", "purpose": "Once only.", "startsOn": "2026-04-01",
            })),
            ("partnershipAgreementCreate", "title", json!({
                "partnershipId": id("partnership", "ashdown-together"),
                "title": "Once", "purpose": "Once only.", "categories": ["BOARDS"], "lawfulBasis": "PUBLIC_TASK",
                "startsOn": "2026-04-01", "expiresOn": "2027-04-01",
                "partyOrganisationIds": [id("organisation", "ashdown-council"), id("organisation", "birch-care")],
            })),
            ("initiativeCreate", "title", json!({
                "partnershipId": id("partnership", "ashdown-together"),
                "title": "Once", "stages": ["CO_DESIGN"], "rungClaimed": "CO_DESIGN",
            })),
            ("partnershipMemberInvite", "role", json!({
                "partnershipId": id("partnership", "ashdown-together"),
                "organisationId": id("organisation", "gorse-voices"), "role": "USER_LED",
            })),
        ] {
            let mut input = input;
            input["idempotencyKey"] = format!("the-one-and-only-{mutation}").into();
            let first = change(&council, mutation, input.clone()).await;
            assert_eq!(first.user_errors("answer"), [""; 0], "{mutation}");
            let events = world.rows().await.audit_event.len();
            let second = change(&council, mutation, input.clone()).await;
            assert_eq!(first.text, second.text, "{mutation}");
            assert_eq!(world.rows().await.audit_event.len(), events, "{mutation}");
            input[name] = if name == "role" { "ADVISOR" } else { other }.into();
            let reused = change(&council, mutation, input).await;
            assert_eq!(reused.user_errors("answer"), ["CONFLICT at input.idempotencyKey"], "{mutation}");
        }
    }
}
