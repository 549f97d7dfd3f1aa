//! People, their users, ties, needs, consents and roles, and service accounts.

use harness::{World, id};
use serde_json::json;

use super::Case;

/// One case for each mutation of the area.
pub fn cases() -> Vec<Case> {
    let mut cases = persons();
    cases.extend(users());
    cases.extend(ties());
    cases.extend(own());
    cases.extend(roles());
    cases.extend(service_accounts());
    cases
}

fn persons() -> Vec<Case> {
    vec![
        Case::new("personCreate", "person { id displayName version }")
            .by("council-admin")
            .input(json!({
                "organisationId": id("organisation", "ashdown-council"),
                "affiliationKind": "EMPLOYEE",
                "displayName": "Robin"
            }))
            .wrong(
                json!({ "affiliationKind": "RECEIVES_SERVICE", "displayName": " ", "email": "x", "phone": "x", "language": "!" }),
                &[
                    "RULE_BROKEN at input.affiliationKind",
                    "REQUIRED at input.displayName",
                    "INVALID_FORMAT at input.email",
                    "INVALID_FORMAT at input.phone",
                    "INVALID_FORMAT at input.language",
                ],
            )
            .hidden_from("stranger", "organisationId", "organisation", "elm-care"),
        Case::new("personUpdate", "person { id displayName version }")
            .by("user-led-admin")
            .input(json!({ "id": id("person", "nominated"), "expectedVersion": 1, "displayName": "Robin" }))
            .wrong(
                json!({ "displayName": "", "email": "x", "language": "!" }),
                &[
                    "REQUIRED at input.displayName",
                    "INVALID_FORMAT at input.email",
                    "INVALID_FORMAT at input.language",
                ],
            )
            .hidden_from("stranger", "id", "person", "nominated"),
        Case::new("personAnonymise", "person { id displayName version }")
            .by("user-led-admin")
            .input(json!({ "id": id("person", "nominated"), "expectedVersion": 1 }))
            .wrong(
                json!({ "id": "x", "reason": "x".repeat(2_001) }),
                &["NOT_FOUND at input.id", "TOO_LONG at input.reason"],
            )
            .hidden_from("stranger", "id", "person", "nominated"),
    ]
}

fn users() -> Vec<Case> {
    vec![
        Case::new("userCreate", "user { id status version }")
            .by("user-led-admin")
            .input(json!({
                "organisationId": id("organisation", "cedar-voices"),
                "personId": id("person", "nominated"),
                "issuer": "urn:roundtable:local",
                "subject": "nominated"
            }))
            .wrong(
                json!({ "issuer": "https://elsewhere.test", "subject": " " }),
                &["REQUIRED at input.subject", "RULE_BROKEN at input.issuer"],
            )
            .hidden_from("stranger", "organisationId", "organisation", "elm-care"),
        Case::new("userResume", "user { id status version }")
            .by("council-admin")
            .after(|world| Box::pin(suspend_the_chair(world)))
            .input(json!({ "id": id("user", "board-chair"), "expectedVersion": 2 }))
            .wrong(
                json!({ "id": "x", "reason": "x".repeat(2_001) }),
                &["NOT_FOUND at input.id", "TOO_LONG at input.reason"],
            )
            .hidden_from("stranger", "id", "user", "board-chair"),
        Case::new("userSuspend", "user { id status version }")
            .by("council-admin")
            .input(
                json!({ "id": id("user", "board-chair"), "expectedVersion": 1, "reason": "lost a device" }),
            )
            .wrong(
                json!({ "id": "x", "reason": "" }),
                &["NOT_FOUND at input.id", "REQUIRED at input.reason"],
            )
            .hidden_from("stranger", "id", "user", "board-chair"),
    ]
}

async fn suspend_the_chair(world: World) {
    let suspend =
        "mutation($input: UserSuspendInput!) { userSuspend(input: $input) { userErrors { code path } } }";
    let input = json!({ "id": id("user", "board-chair"), "expectedVersion": 1, "reason": "lost a device" });
    let answer = world
        .client("council-admin")
        .query(suspend, json!({ "input": input }))
        .await;
    assert_eq!(
        answer.user_errors("userSuspend"),
        [] as [String; 0],
        "{}",
        answer.text
    );
}

fn ties() -> Vec<Case> {
    vec![
        Case::new("affiliationCreate", "affiliation { id kind version }")
            .by("board-chair")
            .input(json!({
                "personId": id("person", "board-chair"),
                "organisationId": id("organisation", "cedar-voices"),
                "kind": "USER_LED_MEMBER"
            }))
            .wrong(
                json!({ "personId": "x", "fromOn": "2026-03-02", "toOn": "2026-03-01" }),
                &["NOT_FOUND at input.personId", "OUT_OF_RANGE at input.toOn"],
            )
            .hidden_from("board-chair", "organisationId", "organisation", "elm-care"),
        Case::new("affiliationEnd", "affiliation { id toOn version }")
            .by("council-admin")
            .input(json!({ "id": id("affiliation", "board-chair ashdown-council"), "expectedVersion": 1 }))
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("council-admin", "id", "affiliation", "visitor ashdown-council"),
    ]
}

fn own() -> Vec<Case> {
    vec![
        Case::new("accessNeedCreate", "accessNeed { id code version }")
            .by("board-member")
            .input(json!({ "category": "PHYSICAL", "code": "HEARING_LOOP" }))
            .wrong(
                json!({ "code": "1!", "detail": "x".repeat(2_001), "reviewDueOn": "2026-03-01" }),
                &[
                    "INVALID_FORMAT at input.code",
                    "TOO_LONG at input.detail",
                    "OUT_OF_RANGE at input.reviewDueOn",
                ],
            ),
        Case::new("accessNeedUpdate", "accessNeed { id code version }")
            .by("board-member")
            .input(json!({ "id": id("access_need", "board-member"), "expectedVersion": 1, "code": "HEARING_LOOP" }))
            .wrong(
                json!({ "code": "1!", "detail": "x".repeat(2_001) }),
                &["INVALID_FORMAT at input.code", "TOO_LONG at input.detail"],
            )
            .hidden_from("user-led-admin", "id", "access_need", "board-member"),
        Case::new("accessNeedDelete", "accessNeed { id version } deletedAccessNeedId")
            .by("board-member")
            .input(json!({ "id": id("access_need", "board-member"), "expectedVersion": 1 }))
            .deletes("deletedAccessNeedId")
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("user-led-admin", "id", "access_need", "board-member"),
        Case::new("consentGive", "consent { id purpose version }")
            .by("board-member")
            .input(json!({ "purpose": "RECORDING", "method": "ONLINE" }))
            .wrong(
                json!({ "purpose": "SHARE_WITH_ORGANISATION", "givenAt": "2026-03-03T00:00:00Z" }),
                &[
                    "OUT_OF_RANGE at input.givenAt",
                    "REQUIRED at input.granteeOrganisationId",
                ],
            )
            .hidden_from("board-member", "granteeOrganisationId", "organisation", "elm-care"),
        Case::new("consentWithdraw", "consent { id withdrawnAt version }")
            .by("board-chair")
            .input(json!({ "id": id("consent", "board-chair PUBLISH_NAME"), "expectedVersion": 1 }))
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("stranger", "id", "consent", "board-chair PUBLISH_NAME"),
    ]
}

fn roles() -> Vec<Case> {
    vec![
        Case::new("roleGrantCreate", "roleGrant { id role version }")
            .by("council-admin")
            .input(json!({
                "role": "COMMISSIONER",
                "scopeType": "ORGANISATION",
                "organisationId": id("organisation", "ashdown-council"),
                "personId": id("person", "board-chair")
            }))
            .wrong(
                json!({
                    "role": "CHAIR",
                    "serviceAccountId": id("service_account", "service-account"),
                    "validFrom": "2026-03-01T00:00:00Z",
                    "validTo": "2026-02-01T00:00:00Z"
                }),
                &[
                    "RULE_BROKEN at input.serviceAccountId",
                    "OUT_OF_RANGE at input.validFrom",
                    "RULE_BROKEN at input.scopeType",
                    "OUT_OF_RANGE at input.validTo",
                    "EXPIRED at input.validTo",
                ],
            )
            .hidden_from("stranger", "organisationId", "organisation", "elm-care"),
        Case::new("roleGrantRevoke", "roleGrant { id validTo version }")
            .by("council-admin")
            .input(json!({ "id": id("role_grant", "board-chair"), "expectedVersion": 1 }))
            .wrong(
                json!({ "id": "x", "reason": "x".repeat(2_001) }),
                &["NOT_FOUND at input.id", "TOO_LONG at input.reason"],
            )
            .hidden_from("stranger", "id", "role_grant", "board-chair"),
    ]
}

fn service_accounts() -> Vec<Case> {
    vec![
        // Not the secret, which only the first answer shows.
        Case::new("serviceAccountCreate", "serviceAccount { id clientId version }")
            .by("council-admin")
            .input(json!({
                "organisationId": id("organisation", "ashdown-council"),
                "name": "Case system",
                "scopes": ["read"],
                "expiresAt": "2026-12-31T00:00:00Z"
            }))
            .wrong(
                json!({ "name": "", "scopes": ["admin"], "expiresAt": "2026-03-01T00:00:00Z" }),
                &[
                    "REQUIRED at input.name",
                    "INVALID_FORMAT at input.scopes",
                    "OUT_OF_RANGE at input.expiresAt",
                ],
            )
            .hidden_from("stranger", "organisationId", "organisation", "elm-care"),
        Case::new("serviceAccountSecretRotate", "serviceAccount { id version }")
            .by("council-admin")
            .input(json!({ "id": id("service_account", "service-account"), "expectedVersion": 1 }))
            .wrong(
                json!({ "id": "x", "overlapHours": -1 }),
                &["NOT_FOUND at input.id", "OUT_OF_RANGE at input.overlapHours"],
            )
            .hidden_from("stranger", "id", "service_account", "service-account"),
        Case::new("serviceAccountRevoke", "serviceAccount { id revokedAt version }")
            .by("council-admin")
            .input(json!({ "id": id("service_account", "service-account"), "expectedVersion": 1 }))
            .wrong(
                json!({ "id": "x", "reason": "x".repeat(2_001) }),
                &["NOT_FOUND at input.id", "TOO_LONG at input.reason"],
            )
            .hidden_from("stranger", "id", "service_account", "service-account"),
    ]
}
