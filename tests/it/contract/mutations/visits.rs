//! Monitoring visits, their reviewers and what they say.

use entity::parties::kinds::Role;
use entity::parties::role_grant;
use entity::visits::monitoring_visit;
use harness::{World, id, uuid};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};
use serde_json::json;

use super::{Case, first};

/// One case for each mutation of the area.
pub fn cases() -> Vec<Case> {
    let mut cases = visits();
    cases.extend(steps());
    cases.extend(reports());
    cases.extend(reviewers());
    cases
}

fn case(mutation: &'static str) -> Case {
    Case::new(mutation, "monitoringVisit { id status version }")
}

fn visits() -> Vec<Case> {
    vec![
        case("monitoringVisitPlan")
            .by("council-admin")
            .input(json!({
                "serviceId": id("service", "birch-house-support"),
                "frameworkId": id("outcome_framework", "live"),
                "requiredCourseId": id("training_course", "panel-skills"),
                "visitedOn": "2026-03-10"
            }))
            .wrong(
                json!({ "frameworkId": id("outcome_framework", "national"), "visitedOn": "2024-03-31" }),
                &[
                    "RULE_BROKEN at input.frameworkId",
                    "OUT_OF_RANGE at input.visitedOn",
                ],
            )
            .hidden_from("stranger", "frameworkId", "outcome_framework", "draft"),
        case("monitoringVisitUpdate")
            .by("council-admin")
            .input(first(
                "monitoring_visit",
                "planned",
                json!({ "visitedOn": "2026-03-12" }),
            ))
            .wrong(
                json!({ "frameworkId": null, "visitedOn": "2024-03-31" }),
                &["REQUIRED at input.frameworkId", "OUT_OF_RANGE at input.visitedOn"],
            )
            .hidden_from("stranger", "id", "monitoring_visit", "planned"),
        case("monitoringVisitCancel")
            .by("board-chair")
            .input(first(
                "monitoring_visit",
                "draft",
                json!({ "reason": "The service has closed." }),
            ))
            .wrong(
                json!({ "id": id("monitoring_visit", "published"), "reason": " " }),
                &["REQUIRED at input.reason", "ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from("stranger", "id", "monitoring_visit", "draft"),
    ]
}

/// Whoever works for the provider becomes its administrator.
async fn appoint(world: World) {
    let rows = world.rows().await;
    let council = rows
        .role_grant
        .iter()
        .find(|grant| grant.id.0 == uuid("role_grant", "council-admin"));
    let grant = role_grant::Model {
        id: uuid("role_grant", "birch-admin").into(),
        user_id: Some(uuid("user", "provider-user").into()),
        role: Role::OrganisationAdmin,
        organisation_id: Some(uuid("organisation", "birch-care").into()),
        ..council.unwrap().clone()
    };
    if rows.role_grant.iter().any(|there| there.id == grant.id) {
        return;
    }
    role_grant::Entity::insert(grant.into_active_model())
        .exec_without_returning(world.connection())
        .await
        .unwrap();
}

/// The provider's time to comment is over.
async fn let_time_pass(world: World) {
    let row = monitoring_visit::ActiveModel {
        id: Set(uuid("monitoring_visit", "sent").into()),
        sent_to_provider_at: Set("2026-01-25T09:00:00Z".parse().ok()),
        comment_due_at: Set("2026-02-22T09:00:00Z".parse().ok()),
        ..Default::default()
    };
    row.update(world.connection()).await.unwrap();
}

fn steps() -> Vec<Case> {
    vec![
        case("monitoringVisitCarryOut")
            .by("board-chair")
            .input(first("monitoring_visit", "planned", json!({})))
            // Nobody was trained then.
            .wrong(
                json!({ "visitedOn": "2024-03-31" }),
                &["OUT_OF_RANGE at input.visitedOn", "RULE_BROKEN at input.id"],
            )
            .hidden_from("stranger", "id", "monitoring_visit", "planned"),
        case("monitoringVisitSendToProvider")
            .by("board-chair")
            .input(first("monitoring_visit", "draft", json!({})))
            .wrong(
                json!({ "id": id("monitoring_visit", "visited") }),
                &["ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from("stranger", "id", "monitoring_visit", "draft"),
        case("monitoringVisitComment")
            .by("provider-user")
            .after(|world| Box::pin(appoint(world)))
            .input(first(
                "monitoring_visit",
                "sent",
                json!({ "comment": "We have changed the rota." }),
            ))
            .wrong(
                json!({ "id": id("monitoring_visit", "published"), "comment": " " }),
                &["REQUIRED at input.comment", "INACTIVE at input.id"],
            )
            .hidden_from("stranger", "id", "monitoring_visit", "sent"),
        case("monitoringVisitPublish")
            .by("board-chair")
            .after(|world| Box::pin(let_time_pass(world)))
            .input(first("monitoring_visit", "sent", json!({})))
            .wrong(
                json!({ "id": id("monitoring_visit", "draft") }),
                &["ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from("stranger", "id", "monitoring_visit", "sent"),
    ]
}

fn reports() -> Vec<Case> {
    vec![
        case("visitRatingSet")
            .by("researcher")
            .input(first(
                "monitoring_visit",
                "visited",
                json!({
                    "outcomeId": id("outcome", "live home"),
                    "level": "NOT_GOOD",
                    "evidence": "Four of five people told us that they did not know who would come."
                }),
            ))
            .wrong(
                json!({
                    "id": id("monitoring_visit", "sent"),
                    "outcomeId": id("outcome", "national home"),
                    "evidence": " "
                }),
                &[
                    "REQUIRED at input.evidence",
                    "INACTIVE at input.id",
                    "RULE_BROKEN at input.outcomeId",
                ],
            )
            .hidden_from("stranger", "id", "monitoring_visit", "visited"),
        case("monitoringVisitWrite")
            .by("researcher")
            .input(first(
                "monitoring_visit",
                "visited",
                json!({ "textForPublic": "People do not know who comes to their door." }),
            ))
            .wrong(
                json!({ "id": id("monitoring_visit", "sent"), "textForPublic": "x".repeat(5_001) }),
                &["TOO_LONG at input.textForPublic", "INACTIVE at input.id"],
            )
            .hidden_from("stranger", "id", "monitoring_visit", "visited"),
    ]
}

fn reviewers() -> Vec<Case> {
    vec![
        Case::new("peerReviewerAdd", "peerReviewer { id lead version }")
            .by("council-admin")
            .input(json!({
                "visitId": id("monitoring_visit", "planned"),
                "personId": id("person", "board-member")
            }))
            .wrong(
                json!({ "personId": id("person", "board-chair"), "lead": true }),
                &["ALREADY_EXISTS at input.personId", "ALREADY_EXISTS at input.lead"],
            )
            .hidden_from("stranger", "visitId", "monitoring_visit", "planned"),
        Case::new("peerReviewerMakeLead", "peerReviewer { id lead version }")
            .by("council-admin")
            .input(first("peer_reviewer", "planned researcher", json!({})))
            .wrong(
                json!({ "id": id("peer_reviewer", "published board-chair") }),
                &["INACTIVE at input.id", "ALREADY_EXISTS at input.id"],
            )
            .hidden_from("stranger", "id", "peer_reviewer", "planned researcher"),
        Case::new(
            "peerReviewerRemove",
            "peerReviewer { id version } deletedPeerReviewerId",
        )
        .by("council-admin")
        .input(first("peer_reviewer", "planned researcher", json!({})))
        .deletes("deletedPeerReviewerId")
        .wrong(
            json!({ "id": id("peer_reviewer", "draft board-chair") }),
            &["RULE_BROKEN at input.id"],
        )
        .hidden_from("stranger", "id", "peer_reviewer", "planned researcher"),
    ]
}
