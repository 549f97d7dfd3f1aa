//! Monitoring visits (`domain.md` 2.8; 1, row 10): reviewers trained and unconflicted, a rating by each outcome with evidence, the
//! provider heard, and nothing altered after that.

use chrono::TimeDelta;
use entity::parties::kinds::Role;
use entity::parties::role_grant;
use harness::{Client, World, both_databases, id, uuid};
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::{Value, json};

use super::{change, does, on, refused};

/// A visit, a reviewer, … of the fixed world, as it was first read.
fn existing(kind: &str, name: &str) -> Value {
    json!({ "id": id(kind, name), "version": 1 })
}

fn planned(more: Value) -> Value {
    let mut input = json!({
        "serviceId": id("service", "birch-house-support"),
        "frameworkId": id("outcome_framework", "live"),
        "requiredCourseId": id("training_course", "panel-skills"),
        "visitedOn": "2026-03-02",
    });
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    input
}

async fn add(world: &World, visit: &Value, person: &str, lead: bool) -> Value {
    let input = json!({ "visitId": visit["id"], "personId": id("person", person), "lead": lead });
    does(&world.client("council-admin"), "peerReviewerAdd", input).await
}

async fn declare(client: &Client, visit: &Value, nature: &str) -> Value {
    let level = (nature != "NONE").then_some("ACTUAL");
    let input = json!({ "monitoringVisitId": visit["id"], "nature": nature, "level": level });
    does(client, "conflictDeclare", input).await
}

fn rating(level: &str) -> Value {
    json!({ "outcomeId": id("outcome", "live home"), "level": level, "evidence": "What five people told us, and what we saw." })
}

/// Whoever works for the provider becomes its administrator.
pub async fn appoint(world: &World) {
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
    role_grant::Entity::insert(grant.into_active_model())
        .exec_without_returning(world.connection())
        .await
        .unwrap();
}

/// What keeps a mutation from happening, in plain words.
async fn told(client: &Client, mutation: &str, input: Value) -> String {
    let answer = change(client, mutation, input).await;
    let errors = answer.json["data"]["answer"]["userErrors"]
        .as_array()
        .unwrap()
        .clone();
    let messages: Vec<_> = errors
        .iter()
        .filter_map(|error| error["message"].as_str())
        .collect();
    messages.join(" ")
}

both_databases! {
    /// From the plan to the publication, each step by whoever it is for.
    async fn a_visit_is_planned_made_written_answered_and_published(world: World) {
        let [council, lead, chair] = ["council-admin", "researcher", "board-chair"].map(|name| world.client(name));
        let provider = world.client("provider-user");
        let visit = does(&council, "monitoringVisitPlan", planned(json!({ "visitedOn": "2026-03-01" }))).await;
        add(&world, &visit, "researcher", true).await;
        add(&world, &visit, "board-chair", false).await;
        let visit = does(&council, "monitoringVisitUpdate", on(&visit, json!({ "visitedOn": "2026-03-02" }))).await;
        assert!(told(&lead, "monitoringVisitCarryOut", on(&visit, json!({}))).await.contains("2 have yet to"));
        declare(&lead, &visit, "NONE").await;
        let interest = declare(&chair, &visit, "PERSONAL").await;
        assert_eq!(interest["assessment"], "PENDING");
        assert!(told(&lead, "monitoringVisitCarryOut", on(&visit, json!({}))).await.contains("That of 1 is not yet"));
        let careful = json!({ "assessment": "MITIGATE", "mitigation": "Somebody else asks the manager." });
        assert_eq!(refused(&chair, "conflictAssess", on(&interest, careful.clone())).await, ["FORBIDDEN at input"]);
        does(&lead, "conflictAssess", on(&interest, careful)).await;
        assert_eq!(refused(&chair, "monitoringVisitCarryOut", on(&visit, json!({}))).await, ["FORBIDDEN at input"]);
        let visit = does(&lead, "monitoringVisitCarryOut", on(&visit, json!({}))).await;
        assert_eq!((&visit["status"], &visit["visitedOn"]), (&json!("VISITED"), &json!("2026-03-02")));

        let visit = does(&chair, "visitRatingSet", on(&visit, rating("GOOD"))).await;
        assert_eq!(visit["status"], "DRAFT");
        let visit = does(&chair, "visitRatingSet", on(&visit, rating("OK"))).await;
        let lacks = told(&lead, "monitoringVisitSendToProvider", on(&visit, json!({}))).await;
        assert!(lacks.contains("no text for the provider") && lacks.contains("no text for everybody"), "{lacks}");
        let texts = json!({ "textForProvider": "Look at the rota.", "textForPublic": "People wait for long." });
        let visit = does(&chair, "monitoringVisitWrite", on(&visit, texts)).await;
        let visit = does(&lead, "monitoringVisitSendToProvider", on(&visit, json!({}))).await;
        assert_eq!(visit["status"], "PROVIDER_COMMENT");
        assert_eq!(visit["commentDueAt"], "2026-03-30T09:00:00Z", "28 days");

        assert_eq!(refused(&chair, "visitRatingSet", on(&visit, rating("GOOD"))).await, ["INACTIVE at input.id"]);
        assert_eq!(refused(&lead, "monitoringVisitPublish", on(&visit, json!({}))).await, ["RULE_BROKEN at input.id"]);
        let comment = json!({ "comment": "We have a new rota." });
        assert_eq!(refused(&provider, "monitoringVisitComment", on(&visit, comment.clone())).await, ["FORBIDDEN at input"]);
        appoint(&world).await;
        let visit = does(&provider, "monitoringVisitComment", on(&visit, comment.clone())).await;
        assert_eq!(refused(&provider, "monitoringVisitComment", on(&visit, comment)).await, ["ALREADY_EXISTS at input.id"]);
        assert_eq!(refused(&council, "monitoringVisitPublish", on(&visit, json!({}))).await, ["FORBIDDEN at input"]);
        let visit = does(&lead, "monitoringVisitPublish", on(&visit, json!({}))).await;
        assert_eq!((&visit["status"], &visit["publishedAt"]), (&json!("PUBLISHED"), &json!("2026-03-02T09:00:00Z")));
    }

    /// What everybody reads, nobody alters.
    async fn what_is_published_never_changes(world: World) {
        appoint(&world).await;
        let visit = existing("monitoring_visit", "published");
        let before = world.rows().await;
        for (who, mutation, more) in [
            ("council-admin", "monitoringVisitUpdate", json!({ "visitedOn": "2026-03-01" })),
            ("board-chair", "monitoringVisitCarryOut", json!({})),
            ("researcher", "visitRatingSet", rating("NOT_GOOD")),
            ("researcher", "monitoringVisitWrite", json!({ "textForPublic": "Otherwise." })),
            ("board-chair", "monitoringVisitSendToProvider", json!({})),
            ("provider-user", "monitoringVisitComment", json!({ "comment": "More." })),
            ("board-chair", "monitoringVisitPublish", json!({})),
            ("board-chair", "monitoringVisitCancel", json!({ "reason": "Never mind." })),
        ] {
            let answer = refused(&world.client(who), mutation, on(&visit, more)).await;
            let is_final = answer == ["ILLEGAL_TRANSITION at input.id"] || answer == ["INACTIVE at input.id"];
            assert!(is_final, "{mutation}: {answer:?}");
        }
        let council = world.client("council-admin");
        let reviewer = existing("peer_reviewer", "published researcher");
        for mutation in ["peerReviewerMakeLead", "peerReviewerRemove"] {
            assert_eq!(refused(&council, mutation, on(&reviewer, json!({}))).await, ["INACTIVE at input.id"], "{mutation}");
        }
        let late = json!({ "monitoringVisitId": visit["id"], "nature": "PERSONAL", "level": "ACTUAL" });
        let answer = refused(&world.client("researcher"), "conflictDeclare", late).await;
        assert_eq!(answer, ["INACTIVE at input.monitoringVisitId"]);
        let after = world.rows().await;
        assert_eq!(before.monitoring_visit, after.monitoring_visit);
        assert_eq!(before.visit_rating, after.visit_rating);
    }

    /// A provider that says nothing does not keep the visit from being published.
    async fn the_time_for_a_comment_passes(world: World) {
        appoint(&world).await;
        let (lead, provider) = (world.client("board-chair"), world.client("provider-user"));
        let visit = existing("monitoring_visit", "sent");
        world.clock().advance(TimeDelta::days(18) - TimeDelta::seconds(1));
        assert_eq!(refused(&lead, "monitoringVisitPublish", on(&visit, json!({}))).await, ["RULE_BROKEN at input.id"]);
        world.clock().advance(TimeDelta::seconds(1));
        let late = on(&visit, json!({ "comment": "Wait." }));
        assert_eq!(refused(&provider, "monitoringVisitComment", late).await, ["EXPIRED at input.id"]);
        let visit = does(&lead, "monitoringVisitPublish", on(&visit, json!({}))).await;
        assert_eq!((&visit["status"], &visit["providerComment"]), (&json!("PUBLISHED"), &Value::Null));
    }

    /// Whoever receives the provider's service reviews with precautions; that an assessor sees nothing in it does not suffice.
    async fn whoever_is_tied_to_the_provider_reviews_with_precautions(world: World) {
        let [council, lead, member] = ["council-admin", "board-chair", "board-member"].map(|name| world.client(name));
        let visit = existing("monitoring_visit", "planned");
        add(&world, &visit, "board-member", false).await;
        declare(&member, &visit, "NONE").await;
        let why = told(&lead, "monitoringVisitCarryOut", on(&visit, json!({}))).await;
        assert!(why.contains("tied to the provider") && why.ends_with("who are: 1."), "{why}");
        let interest = declare(&member, &visit, "RECEIVES_SERVICE").await;
        let interest = does(&council, "conflictAssess", on(&interest, json!({ "assessment": "CLEAR" }))).await;
        assert!(told(&lead, "monitoringVisitCarryOut", on(&visit, json!({}))).await.contains("tied to the provider"));
        let careful = json!({ "assessment": "MITIGATE", "mitigation": "She does not visit the house she lives in." });
        does(&council, "conflictAssess", on(&interest, careful)).await;
        let visit = does(&lead, "monitoringVisitCarryOut", on(&visit, json!({}))).await;
        assert_eq!(visit["status"], "VISITED");
    }

    /// Whoever is recused reads and writes nothing any more, and the visit goes on without them.
    async fn a_recused_reviewer_is_taken_off(world: World) {
        let [council, lead, recused] = ["council-admin", "board-chair", "researcher"].map(|name| world.client(name));
        let visit = existing("monitoring_visit", "visited");
        let interest = existing("conflict_declaration", "visit visited researcher");
        assert_eq!(
            refused(&recused, "conflictAssess", on(&interest, json!({ "assessment": "CLEAR" }))).await,
            ["FORBIDDEN at input"]
        );
        does(&council, "conflictAssess", on(&interest, json!({ "assessment": "RECUSE" }))).await;
        let answer = refused(&recused, "visitRatingSet", on(&visit, rating("GOOD"))).await;
        assert_eq!(answer, ["NOT_FOUND at input.id"]);
        let visit = does(&lead, "visitRatingSet", on(&visit, rating("GOOD"))).await;
        let texts = json!({ "textForProvider": "Thank you.", "textForPublic": "A good house." });
        let visit = does(&lead, "monitoringVisitWrite", on(&visit, texts)).await;
        let why = told(&lead, "monitoringVisitSendToProvider", on(&visit, json!({}))).await;
        assert!(why.contains("Take them off the visit: 1"), "{why}");
        let off = on(&existing("peer_reviewer", "visited researcher"), json!({}));
        does(&council, "peerReviewerRemove", off).await;
        let visit = does(&lead, "monitoringVisitSendToProvider", on(&visit, json!({}))).await;
        assert_eq!(visit["status"], "PROVIDER_COMMENT");
    }

    /// Training counts on the day of the visit, not on the day on which somebody looks.
    async fn reviewers_are_trained_on_the_day_of_the_visit(world: World) {
        let (council, lead) = (world.client("council-admin"), world.client("board-chair"));
        let visit = existing("monitoring_visit", "planned");
        let untrained = add(&world, &visit, "visitor", false).await;
        declare(&world.client("visitor"), &visit, "NONE").await;
        let why = told(&lead, "monitoringVisitCarryOut", on(&visit, json!({}))).await;
        assert!(why.contains("That of 1 is missing"), "{why}");
        // They go of their own accord.
        does(&world.client("visitor"), "peerReviewerRemove", on(&untrained, json!({}))).await;
        let early = on(&visit, json!({ "visitedOn": "2026-01-14" }));
        assert!(told(&lead, "monitoringVisitCarryOut", early).await.contains("That of 2 is missing"));
        let visit = does(&lead, "monitoringVisitCarryOut", on(&visit, json!({ "visitedOn": "2026-01-15" }))).await;
        assert_eq!(visit["visitedOn"], "2026-01-15");
        assert_eq!(
            refused(&council, "monitoringVisitUpdate", on(&visit, json!({ "visitedOn": "2026-03-01" }))).await,
            ["INACTIVE at input.id"]
        );
    }

    /// One of the reviewers leads, and somebody does to the end.
    async fn a_visit_has_one_lead(world: World) {
        let council = world.client("council-admin");
        let lead = existing("peer_reviewer", "draft board-chair");
        let other = existing("peer_reviewer", "draft researcher");
        assert_eq!(refused(&council, "peerReviewerRemove", on(&lead, json!({}))).await, ["RULE_BROKEN at input.id"]);
        let made = does(&council, "peerReviewerMakeLead", on(&other, json!({}))).await;
        assert_eq!(made["lead"], true);
        let leads: Vec<_> = world.rows().await.peer_reviewer.into_iter()
            .filter(|who| who.lead && who.visit_id.0 == uuid("monitoring_visit", "draft"))
            .map(|who| who.person_id.0)
            .collect();
        assert_eq!(leads, [uuid("person", "researcher")]);
        let before = existing("monitoring_visit", "draft");
        let answer = refused(&world.client("board-chair"), "monitoringVisitSendToProvider", on(&before, json!({}))).await;
        assert_eq!(answer, ["FORBIDDEN at input"]);
        let last = on(&json!({ "id": lead["id"], "version": 2 }), json!({}));
        does(&council, "peerReviewerRemove", last).await;
        does(&world.client("researcher"), "monitoringVisitSendToProvider", on(&before, json!({}))).await;
    }

    /// Whoever answers for the visit calls it off before it takes place; after that the lead alone does.
    async fn nobody_silences_the_reviewers(world: World) {
        let (council, lead) = (world.client("council-admin"), world.client("board-chair"));
        let reason = json!({ "reason": "The house is being rebuilt." });
        let cancelled = existing("monitoring_visit", "planned");
        let cancelled = does(&council, "monitoringVisitCancel", on(&cancelled, reason.clone())).await;
        assert_eq!(cancelled["status"], "CANCELLED");
        for name in ["visited", "draft", "sent"] {
            let visit = existing("monitoring_visit", name);
            assert_eq!(
                refused(&council, "monitoringVisitCancel", on(&visit, reason.clone())).await,
                ["FORBIDDEN at input"],
                "{name}"
            );
            does(&lead, "monitoringVisitCancel", on(&visit, reason.clone())).await;
        }
    }

    /// A visit that nobody can lead any more is not left as it is for ever.
    async fn a_visit_whose_lead_is_recused_can_be_called_off(world: World) {
        let (council, lead) = (world.client("council-admin"), world.client("board-chair"));
        let visit = existing("monitoring_visit", "draft");
        let interest = declare(&lead, &visit, "EMPLOYMENT").await;
        does(&council, "conflictAssess", on(&interest, json!({ "assessment": "RECUSE" }))).await;
        let reason = json!({ "reason": "Its lead works for the provider." });
        assert_eq!(refused(&lead, "monitoringVisitCancel", on(&visit, reason.clone())).await, ["NOT_FOUND at input.id"]);
        let cancelled = does(&council, "monitoringVisitCancel", on(&visit, reason)).await;
        assert_eq!(cancelled["status"], "CANCELLED");
    }

    /// Visits are planned by whoever pays for the service, to a service that runs, by a framework in use that says what good is.
    async fn visits_are_planned_by_whoever_answers_for_the_service(world: World) {
        for who in ["provider-user", "stranger", "board-chair", "platform-admin"] {
            let answer = refused(&world.client(who), "monitoringVisitPlan", planned(json!({}))).await;
            assert_eq!(answer, ["FORBIDDEN at input"], "{who}");
        }
        let council = world.client("council-admin");
        for (framework, wrong) in [
            ("draft", vec!["INACTIVE at input.frameworkId", "RULE_BROKEN at input.frameworkId"]),
            ("over", vec!["INACTIVE at input.frameworkId", "RULE_BROKEN at input.frameworkId"]),
            ("national", vec!["RULE_BROKEN at input.frameworkId"]),
        ] {
            let input = planned(json!({ "frameworkId": id("outcome_framework", framework) }));
            assert_eq!(refused(&council, "monitoringVisitPlan", input).await, wrong, "{framework}");
        }
        let early = planned(json!({ "visitedOn": "2024-03-31" }));
        assert_eq!(refused(&council, "monitoringVisitPlan", early).await, ["OUT_OF_RANGE at input.visitedOn"]);
        // Who pays for the service later does not take the visit over.
        let visit = does(&council, "monitoringVisitPlan", planned(json!({}))).await;
        assert_eq!(visit["status"], "PLANNED");
    }
}
