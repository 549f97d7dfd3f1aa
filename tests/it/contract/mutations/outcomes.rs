//! Frameworks, indicators, figures and targets.

use harness::id;
use serde_json::{Value, json};

use super::{Case, first};

/// One case for each mutation of the area.
pub fn cases() -> Vec<Case> {
    let mut cases = frameworks();
    cases.extend(outcomes());
    cases.extend(indicators());
    cases.extend(versions());
    cases.extend(figures());
    cases.extend(revisions());
    cases.extend(targets());
    cases.push(area());
    cases.extend(releases());
    cases
}

fn frameworks() -> Vec<Case> {
    let case = |mutation| {
        Case::new(mutation, "outcomeFramework { id status version }")
            .by("council-admin")
            .hidden_from("stranger", "id", "outcome_framework", "draft")
    };
    vec![
        case("outcomeFrameworkCreate")
            .input(json!({
                "publisherOrganisationId": id("organisation", "ashdown-council"),
                "code": "WHAT-MATTERS",
                "versionLabel": "2026",
                "title": "What matters to you"
            }))
            .wrong(
                json!({ "code": " ", "title": " " }),
                &["REQUIRED at input.code", "REQUIRED at input.title"],
            )
            .hidden_from("stranger", "publisherOrganisationId", "organisation", "elm-care"),
        case("outcomeFrameworkUpdate")
            .input(first(
                "outcome_framework",
                "draft",
                json!({ "title": "What matters" }),
            ))
            .wrong(
                json!({ "title": null, "versionLabel": " " }),
                &["REQUIRED at input.versionLabel", "REQUIRED at input.title"],
            ),
        case("outcomeFrameworkPublish")
            .input(first("outcome_framework", "draft", json!({})))
            .wrong(
                json!({ "id": id("outcome_framework", "live") }),
                &["ILLEGAL_TRANSITION at input.id", "RULE_BROKEN at input.id"],
            ),
        case("outcomeFrameworkRetire")
            .input(first("outcome_framework", "live", json!({})))
            .wrong(
                json!({ "id": id("outcome_framework", "over") }),
                &["ILLEGAL_TRANSITION at input.id"],
            ),
    ]
}

fn outcomes() -> Vec<Case> {
    vec![
        Case::new("outcomeCreate", "outcome { id ordinal version }")
            .by("council-admin")
            .input(json!({
                "frameworkId": id("outcome_framework", "draft"),
                "code": "3",
                "statement": "We know who comes to us, and when.",
                "voice": "WE"
            }))
            .wrong(
                json!({ "statement": " ", "frameworkId": id("outcome_framework", "live") }),
                &["REQUIRED at input.statement", "INACTIVE at input.frameworkId"],
            )
            .hidden_from("stranger", "frameworkId", "outcome_framework", "draft"),
        Case::new("outcomeUpdate", "outcome { id version }")
            .by("council-admin")
            .input(first(
                "outcome",
                "draft home",
                json!({ "statement": "I choose who helps me." }),
            ))
            .wrong(
                json!({ "statement": null, "ordinal": 0 }),
                &["REQUIRED at input.statement", "OUT_OF_RANGE at input.ordinal"],
            )
            .hidden_from("stranger", "id", "outcome", "draft home"),
        Case::new(
            "outcomeDescriptorCreate",
            "outcomeDescriptor { id level version }",
        )
        .by("council-admin")
        .input(json!({
            "outcomeId": id("outcome", "draft bare"),
            "level": "GOOD",
            "text": "People say whom they want, and that person comes."
        }))
        .wrong(
            json!({ "outcomeId": id("outcome", "draft home"), "text": " " }),
            &["REQUIRED at input.text", "ALREADY_EXISTS at input.level"],
        )
        .hidden_from("stranger", "outcomeId", "outcome", "draft home"),
        Case::new("outcomeDescriptorUpdate", "outcomeDescriptor { id version }")
            .by("council-admin")
            .input(first(
                "outcome_descriptor",
                "draft home GOOD",
                json!({ "text": "People choose." }),
            ))
            .wrong(json!({ "text": null }), &["REQUIRED at input.text"])
            .hidden_from("stranger", "id", "outcome_descriptor", "draft home GOOD"),
    ]
}

fn indicators() -> Vec<Case> {
    vec![
        Case::new("indicatorCreate", "indicator { id ordinal version }")
            .by("council-admin")
            .input(json!({
                "outcomeId": id("outcome", "live home"),
                "code": "KNOWN",
                "title": "People who know who comes",
                "unit": "PERCENT",
                "decimals": 1,
                "polarity": "HIGHER"
            }))
            .wrong(
                json!({ "title": " ", "decimals": 7 }),
                &["REQUIRED at input.title", "OUT_OF_RANGE at input.decimals"],
            )
            .hidden_from("stranger", "outcomeId", "outcome", "draft home"),
        Case::new("indicatorUpdate", "indicator { id version }")
            .by("council-admin")
            .input(first(
                "indicator",
                "draft satisfied",
                json!({ "title": "People who are satisfied" }),
            ))
            .wrong(
                json!({ "title": null, "decimals": -1 }),
                &["REQUIRED at input.title", "OUT_OF_RANGE at input.decimals"],
            )
            .hidden_from("stranger", "id", "indicator", "draft satisfied"),
    ]
}

fn versions() -> Vec<Case> {
    vec![
        Case::new("indicatorVersionCreate", "indicatorVersion { id number version }")
            .by("council-admin")
            .input(json!({
                "indicatorId": id("indicator", "live undefined"),
                "definition": "Of those who were asked, those who said so.",
                "validFrom": "2026-01-01",
                "comparableWithPrevious": false
            }))
            .wrong(
                json!({ "definition": " ", "comparableWithPrevious": true }),
                &[
                    "REQUIRED at input.definition",
                    "RULE_BROKEN at input.comparableWithPrevious",
                ],
            )
            .hidden_from("stranger", "indicatorId", "indicator", "draft satisfied"),
        Case::new("indicatorVersionUpdate", "indicatorVersion { id version }")
            .by("council-admin")
            .input(first(
                "indicator_version",
                "draft satisfied 2",
                json!({ "definition": "Of those who answered, those who said so." }),
            ))
            .wrong(
                json!({
                    "id": id("indicator_version", "live satisfied 1"),
                    "definition": " ",
                    "comparableWithPrevious": true
                }),
                &[
                    "REQUIRED at input.definition",
                    "RULE_BROKEN at input.comparableWithPrevious",
                    "RULE_BROKEN at input.id",
                ],
            )
            .hidden_from("stranger", "id", "indicator_version", "draft satisfied 1"),
        Case::new("indicatorVersionEnd", "indicatorVersion { id validTo version }")
            .by("council-admin")
            .input(first(
                "indicator_version",
                "live satisfied 1",
                json!({ "validTo": "2025-12-31" }),
            ))
            .wrong(
                json!({ "validTo": "2024-12-31" }),
                &["RULE_BROKEN at input.validTo"],
            )
            .hidden_from("stranger", "id", "indicator_version", "draft satisfied 1"),
    ]
}

fn figure(more: Value) -> Value {
    let mut figure = json!({
        "indicatorVersionId": id("indicator_version", "live satisfied 1"),
        "serviceId": id("service", "birch-house-support"),
        "periodStart": "2025-04-01",
        "periodEnd": "2025-09-30",
        "numerator": "3",
        "denominator": 4
    });
    for (name, value) in more.as_object().unwrap() {
        figure[name] = value.clone();
    }
    figure
}

fn figures() -> Vec<Case> {
    vec![
        Case::new("observationRecord", "observation { id value revision version }")
            .by("council-admin")
            .input(figure(json!({})))
            .wrong(
                json!({ "periodEnd": "2026-12-31", "numerator": "5", "quality": "FINAL" }),
                &[
                    "OUT_OF_RANGE at input.periodEnd",
                    "RULE_BROKEN at input.quality",
                    "RULE_BROKEN at input.numerator",
                    "OUT_OF_RANGE at input.value",
                ],
            )
            .hidden_from("stranger", "serviceId", "service", "elm-house-support"),
        Case::new("observationsRecord", "importBatch { id recordsMade version }")
            .by("provider-user")
            .input(json!({
                "source": "Our own survey",
                "rows": [
                    figure(json!({})),
                    figure(json!({ "serviceId": null, "organisationId": id("organisation", "birch-care") }))
                ]
            }))
            .wrong(
                json!({
                    "source": " ",
                    "rows": [
                        figure(json!({ "value": "74" })),
                        figure(json!({ "periodStart": "2025-10-01" })),
                        figure(json!({ "serviceId": id("service", "nowhere") })),
                        figure(json!({ "organisationId": id("organisation", "cedar-voices"), "serviceId": null }))
                    ]
                }),
                &[
                    "REQUIRED at input.source",
                    "RULE_BROKEN at input.rows.0.value",
                    "OUT_OF_RANGE at input.rows.1.periodEnd",
                    "NOT_FOUND at input.rows.2.serviceId",
                    "FORBIDDEN at input.rows.3.organisationId",
                ],
            ),
    ]
}

fn revisions() -> Vec<Case> {
    vec![
        Case::new("observationCorrect", "observation { id revision version }")
            .by("provider-user")
            .input(first(
                "observation",
                "service",
                json!({ "numerator": "8", "denominator": "10", "reason": "One answer came late." }),
            ))
            .wrong(
                json!({ "reason": " ", "numerator": "11" }),
                &[
                    "REQUIRED at input.reason",
                    "RULE_BROKEN at input.numerator",
                    "OUT_OF_RANGE at input.value",
                ],
            )
            .hidden_from("stranger", "id", "observation", "service"),
        Case::new("observationFinalise", "observation { id quality version }")
            .by("council-admin")
            .input(first("observation", "service", json!({})))
            // Who recorded it does not mark it as final.
            .wrong(
                json!({ "id": id("observation", "area") }),
                &["RULE_BROKEN at input.id"],
            )
            .hidden_from("stranger", "id", "observation", "service"),
    ]
}

fn targets() -> Vec<Case> {
    vec![
        Case::new("indicatorTargetSet", "indicatorTarget { id kind version }")
            .by("council-admin")
            .input(json!({
                "indicatorId": id("indicator", "live satisfied"),
                "kind": "BASELINE",
                "geographyId": id("geography", "ashdown"),
                "periodStart": "2024-04-01",
                "periodEnd": "2025-03-31",
                "value": "60.5"
            }))
            .wrong(
                json!({ "value": "100.01", "agreedOn": "2027-01-01" }),
                &[
                    "OUT_OF_RANGE at input.agreedOn",
                    "OUT_OF_RANGE at input.value",
                    "INVALID_FORMAT at input.value",
                ],
            )
            .hidden_from("stranger", "indicatorId", "indicator", "draft satisfied"),
        Case::new("indicatorTargetUpdate", "indicatorTarget { id value version }")
            .by("council-admin")
            .input(first("indicator_target", "area", json!({ "value": "85" })))
            .wrong(
                json!({ "value": null, "agreedOn": "2027-01-01" }),
                &["REQUIRED at input.value", "OUT_OF_RANGE at input.agreedOn"],
            )
            .hidden_from("stranger", "id", "indicator_target", "area"),
    ]
}

/// Areas are everybody's to see: what is hidden here is one that was never there.
fn area() -> Case {
    Case::new(
        "geographySetOrganisation",
        "geography { id version answeringOrganisation { id } }",
    )
    .input(first(
        "geography",
        "ashdown",
        json!({ "organisationId": id("organisation", "fernley-council") }),
    ))
    .wrong(
        json!({
            "id": id("geography", "ashdown-region"),
            "organisationId": id("organisation", "birch-care")
        }),
        &["RULE_BROKEN at input.id", "RULE_BROKEN at input.organisationId"],
    )
    .hidden_from("stranger", "id", "geography", "nowhere")
}

fn releases() -> Vec<Case> {
    let case = |mutation| {
        Case::new(mutation, "release { id status number version }")
            .by("council-admin")
            .input(first("release", "draft", json!({})))
            .wrong(
                json!({ "id": id("release", "first") }),
                &["ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from("stranger", "id", "release", "draft")
    };
    vec![
        Case::new("suppressionPolicyCreate", "suppressionPolicy { id suppressMax }")
            .by("council-admin")
            .input(json!({
                "organisationId": id("organisation", "ashdown-council"),
                "name": "Counts under six",
                "suppressMin": 1,
                "suppressMax": 5,
                "roundTo": 5
            }))
            .wrong(
                json!({ "name": " ", "suppressMin": 0 }),
                &["REQUIRED at input.name", "OUT_OF_RANGE at input.suppressMin"],
            )
            .hidden_from("stranger", "organisationId", "organisation", "elm-care"),
        Case::new("releaseMake", "release { id status number version }")
            .by("platform-admin")
            .input(json!({
                "frameworkId": id("outcome_framework", "national"),
                "title": "The year to March 2025"
            }))
            .wrong(
                json!({ "title": " ", "frameworkId": id("outcome_framework", "live") }),
                &["REQUIRED at input.title", "RULE_BROKEN at input.frameworkId"],
            )
            .hidden_from("stranger", "frameworkId", "outcome_framework", "draft"),
        case("releasePublish"),
        case("releaseDiscard"),
    ]
}
