//! Organisations, their codes, sites and services.

use harness::id;
use serde_json::json;

use super::{Case, first};

fn organisation(name: &str) -> String {
    id("organisation", name)
}

/// One case for each mutation.
pub fn cases() -> Vec<Case> {
    let mut cases = organisations();
    cases.extend(standing());
    cases.extend(codes());
    cases.extend(places());
    cases
}

fn organisations() -> Vec<Case> {
    vec![
        Case::new("organisationCreate", "organisation { id name version status }")
            .by("visitor")
            .input(json!({ "name": "Juniper Voices", "kind": "USER_LED", "nation": "ENGLAND" }))
            .wrong(
                json!({ "name": " ", "identifier": { "scheme": "ODS", "value": "ASH1" } }),
                &[
                    "REQUIRED at input.name",
                    "ALREADY_EXISTS at input.identifier.value",
                ],
            )
            .hidden_from("visitor", "parentId", "organisation", "elm-care"),
        Case::new("organisationUpdate", "organisation { id summary version }")
            .by("council-admin")
            .input(first(
                "organisation",
                "ashdown-council",
                json!({ "summary": "Better." }),
            ))
            .wrong(
                json!({ "name": null, "parentId": organisation("ashdown-council") }),
                &["REQUIRED at input.name", "RULE_BROKEN at input.parentId"],
            )
            .hidden_from("stranger", "id", "organisation", "elm-care"),
    ]
}

fn standing() -> Vec<Case> {
    let reason = || json!({ "reason": "As agreed." });
    vec![
        Case::new("organisationActivate", "organisation { id version status }")
            .input(first("organisation", "elm-care", json!({})))
            .wrong(
                json!({ "id": organisation("birch-care") }),
                &["ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from("council-admin", "id", "organisation", "elm-care"),
        Case::new("organisationSuspend", "organisation { id version status }")
            .input(first("organisation", "ashdown-council", reason()))
            .wrong(
                json!({ "id": organisation("ivy-care"), "reason": " " }),
                &["REQUIRED at input.reason", "ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from("council-admin", "id", "organisation", "elm-care"),
        Case::new("organisationResume", "organisation { id version status }")
            .input(first("organisation", "hazel-trust", reason()))
            .wrong(
                json!({ "id": organisation("ashdown-council"), "reason": " " }),
                &["REQUIRED at input.reason", "ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from("council-admin", "id", "organisation", "elm-care"),
        Case::new("organisationClose", "organisation { id version status closedOn }")
            .by("council-admin")
            .input(first("organisation", "ashdown-council", reason()))
            .wrong(
                json!({
                    "reason": " ", "closedOn": "2026-03-03", "successorId": organisation("ashdown-council")
                }),
                &[
                    "REQUIRED at input.reason",
                    "OUT_OF_RANGE at input.closedOn",
                    "RULE_BROKEN at input.successorId",
                ],
            )
            .hidden_from("stranger", "id", "organisation", "elm-care"),
    ]
}

fn codes() -> Vec<Case> {
    let backwards = || json!({ "value": "?", "validFrom": "2026-03-01", "validTo": "2026-02-28" });
    const BACKWARDS: &[&str] = &["INVALID_FORMAT at input.value", "OUT_OF_RANGE at input.validTo"];
    vec![
        Case::new("organisationIdentifierAdd", "organisationIdentifier { id value }")
            .by("council-admin")
            .input(json!({
                "organisationId": organisation("ashdown-council"), "scheme": "GSS", "value": "e10 000999"
            }))
            .wrong(backwards(), BACKWARDS)
            .hidden_from("stranger", "organisationId", "organisation", "elm-care"),
        Case::new("organisationIdentifierEnd", "organisationIdentifier { id version validTo }")
            .by("council-admin")
            .input(first("organisation_identifier", "ashdown-council", json!({})))
            .wrong(json!({ "validTo": "2026-03-03" }), &["OUT_OF_RANGE at input.validTo"])
            .hidden_from("stranger", "id", "organisation_identifier", "elm-care"),
        Case::new("siteIdentifierAdd", "siteIdentifier { id value }")
            .input(json!({ "siteId": id("site", "birch-house"), "scheme": "CQC_LOCATION", "value": "1-123456789" }))
            .wrong(backwards(), BACKWARDS)
            .hidden_from("stranger", "siteId", "site", "elm-house"),
        Case::new("siteIdentifierEnd", "siteIdentifier { id version validTo }")
            .input(first("site_identifier", "birch-house", json!({})))
            .wrong(json!({ "validTo": "2026-03-03" }), &["OUT_OF_RANGE at input.validTo"])
            .hidden_from("stranger", "id", "site_identifier", "elm-house"),
    ]
}

fn places() -> Vec<Case> {
    vec![
        Case::new("siteCreate", "site { id name version }")
            .by("council-admin")
            .input(json!({ "organisationId": organisation("ashdown-council"), "name": "The hall" }))
            .wrong(
                json!({ "name": " ", "postcode": "?", "latitude": 0.0 }),
                &[
                    "REQUIRED at input.name",
                    "INVALID_FORMAT at input.postcode",
                    "REQUIRED at input.longitude",
                    "OUT_OF_RANGE at input.latitude",
                ],
            )
            .hidden_from("council-admin", "organisationId", "organisation", "elm-care"),
        Case::new("siteUpdate", "site { id name version }")
            .input(first("site", "birch-house", json!({ "name": "The new house" })))
            .wrong(
                json!({ "name": null, "beds": -1 }),
                &["REQUIRED at input.name", "OUT_OF_RANGE at input.beds"],
            )
            .hidden_from("stranger", "id", "site", "elm-house"),
        Case::new("serviceCreate", "service { id name version }")
            .by("council-admin")
            .input(json!({
                "providerOrganisationId": organisation("ashdown-council"),
                "name": "Day club", "kind": "DAY", "delivery": "IN_HOUSE", "startsOn": "2026-04-01"
            }))
            .wrong(
                json!({ "name": " ", "endsOn": "2026-03-31", "siteId": id("site", "birch-house") }),
                &[
                    "REQUIRED at input.name",
                    "OUT_OF_RANGE at input.endsOn",
                    "RULE_BROKEN at input.siteId",
                ],
            )
            .hidden_from(
                "council-admin",
                "commissionerOrganisationId",
                "organisation",
                "elm-care",
            ),
        Case::new("serviceUpdate", "service { id name version }")
            .input(first(
                "service",
                "home-support",
                json!({ "name": "Support at home" }),
            ))
            .wrong(
                json!({ "name": null, "endsOn": "2024-03-31" }),
                &["REQUIRED at input.name", "OUT_OF_RANGE at input.endsOn"],
            )
            .hidden_from("stranger", "id", "service", "elm-house-support"),
    ]
}
