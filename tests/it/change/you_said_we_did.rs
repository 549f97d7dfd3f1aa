//! "You said, we did": what everybody reads, and what nobody may claim.

use entity::parties::kinds::Role;
use entity::parties::role_grant;
use harness::{Rows, both_databases, id};
use serde_json::{Value, json};

use super::{change, does, existing, on, refused};

fn draft() -> Value {
    json!({
        "organisationId": id("organisation", "ashdown-council"),
        "said": "Nobody speaks with us as with adults.",
        "did": "Staff were reminded of the policy, and trained by those who complained.",
        "effect": {
            "measure": "People who are satisfied with their care",
            "before": "about 60%", "after": "about 99%", "claim": "CONTRIBUTED",
        },
    })
}

const EVERYBODY_READS: &str = "query($id: ID!) { youSaidWeDid(id: $id) { said did reportedBefore reportedAfter figureKind \
    effectClaim status sources { nodes { kind feedback { id } story { text } } } } }";

both_databases! {
    /// Scenario 10 of the domain: 60% and 99% are estimates as they were reported, without denominators, and prove no cause.
    async fn reported_estimates_get_no_denominator(world: World) {
        let council = world.client("council-admin");
        let made = does(&council, "youSaidWeDidCreate", draft()).await;
        assert_eq!((&made["reportedBefore"], &made["reportedAfter"]), (&json!("about 60%"), &json!("about 99%")));
        assert_eq!((&made["figureKind"], &made["effectClaim"]), (&json!("REPORTED_ESTIMATE"), &json!("CONTRIBUTED")));
        for counted in ["60/100", "60 out of 100"] {
            let mut input = draft();
            input["effect"]["before"] = json!(counted);
            assert_eq!(
                refused(&council, "youSaidWeDidCreate", input).await,
                ["RULE_BROKEN at input.effect.before"], "{counted}"
            );
        }
        let schema = "{ __type(name: \"YouSaidWeDid\") { fields { name } } }";
        let schema = council.query(schema, Value::Null).await;
        assert!(!schema.text.to_lowercase().contains("denominator\""), "{}", schema.text);
        let without = does(&council, "youSaidWeDidUpdate", on(&made, json!({ "effect": null }))).await;
        assert_eq!((&without["figureKind"], &without["reportedMeasure"]), (&Value::Null, &Value::Null));
    }

    /// A draft is its organisation's; published, it is everybody's, with the story and without the words.
    async fn everybody_reads_what_is_published(world: World) {
        let (council, public) = (world.client("council-admin"), world.client("anonymous"));
        let made = does(&council, "youSaidWeDidCreate", draft()).await;
        let reads = || async { public.query(EVERYBODY_READS, json!({ "id": made["id"] })).await.data("/youSaidWeDid").clone() };
        assert_eq!(refused(&council, "youSaidWeDidPublish", on(&made, json!({}))).await, ["RULE_BROKEN at input.id"]);
        let source = json!({
            "youSaidWeDidId": made["id"], "feedbackId": id("feedback", "complaint"), "storyId": id("feedback_story", "complaint"),
        });
        does(&council, "youSaidWeDidSourceAdd", source.clone()).await;
        assert_eq!(
            refused(&council, "youSaidWeDidSourceAdd", source).await,
            ["ALREADY_EXISTS at input.feedbackId"]
        );
        assert_eq!(reads().await, Value::Null);
        assert_eq!(
            refused(&world.client("stranger"), "youSaidWeDidPublish", on(&made, json!({}))).await,
            ["NOT_FOUND at input.id"]
        );
        let published = does(&council, "youSaidWeDidPublish", on(&made, json!({}))).await;
        let seen = reads().await;
        assert_eq!(seen["sources"]["nodes"], json!([{
            "kind": "FEEDBACK", "feedback": null, "story": { "text": "canary feedback_story complaint text." },
        }]));
        assert_eq!(seen["figureKind"], "REPORTED_ESTIMATE");
        let again = on(&published, json!({ "did": "Even more." }));
        assert_eq!(refused(&council, "youSaidWeDidUpdate", again).await, ["INACTIVE at input.id"]);
        let reason = json!({ "reason": "The figures were wrong." });
        let withdrawn = does(&council, "youSaidWeDidWithdraw", on(&published, reason)).await;
        assert_eq!(withdrawn["status"], "WITHDRAWN");
        assert_eq!(reads().await, Value::Null);
        assert_eq!(
            refused(&council, "youSaidWeDidPublish", on(&withdrawn, json!({}))).await,
            ["ILLEGAL_TRANSITION at input.id"]
        );
    }

    /// Nothing was done: it says why.
    async fn where_nothing_was_done_it_says_why_not(world: World) {
        let council = world.client("council-admin");
        let mut input = draft();
        input["did"] = Value::Null;
        input["effect"] = Value::Null;
        assert_eq!(refused(&council, "youSaidWeDidCreate", input.clone()).await, ["REQUIRED at input.whyNot"]);
        input["whyNot"] = json!("The building is not ours.");
        let made = does(&council, "youSaidWeDidCreate", input).await;
        assert_eq!(
            refused(&council, "youSaidWeDidUpdate", on(&made, json!({ "whyNot": null }))).await,
            ["REQUIRED at input.whyNot"]
        );
    }

    /// A story that nobody has checked, or whose person has taken their consent back, is not published.
    async fn no_story_is_published_that_may_not_be_told(world: World) {
        let council = world.client("council-admin");
        let made = does(&council, "youSaidWeDidCreate", draft()).await;
        let with = |feedback: &str| json!({
            "youSaidWeDidId": made["id"], "feedbackId": id("feedback", feedback), "storyId": id("feedback_story", feedback),
        });
        // Its person took the consent back: the story is not there for anybody else.
        assert_eq!(
            refused(&council, "youSaidWeDidSourceAdd", with("untold")).await,
            ["NOT_FOUND at input.storyId"]
        );
        let unchecked = does(&council, "youSaidWeDidSourceAdd", with("told")).await;
        assert_eq!(refused(&council, "youSaidWeDidPublish", on(&made, json!({}))).await, ["RULE_BROKEN at input.id"]);
        does(&world.client("board-member"), "feedbackStoryCheck", on(&existing("feedback_story", "told"), json!({}))).await;
        let withdraw = json!({ "id": id("consent", "board-member SHARE_STORY"), "expectedVersion": 1 });
        does(&world.client("board-member"), "consentWithdraw", withdraw).await;
        assert_eq!(refused(&council, "youSaidWeDidPublish", on(&made, json!({}))).await, ["RULE_BROKEN at input.id"]);
        let removed = "mutation($input: YouSaidWeDidSourceRemoveInput!) { youSaidWeDidSourceRemove(input: $input) {
            removedYouSaidWeDidSourceId userErrors { code } } }";
        let removed = council.query(removed, json!({ "input": on(&unchecked, json!({})) })).await;
        assert_eq!(removed.data("/youSaidWeDidSourceRemove/removedYouSaidWeDidSourceId"), &unchecked["id"]);
    }

    /// An organisation answers for the feedback that it deals with.
    async fn nobody_answers_for_another_organisation(world: World) {
        let stranger = world.client("stranger");
        let add = json!({
            "youSaidWeDidId": id("you_said_we_did", "fernley"), "feedbackId": id("feedback", "complaint"),
        });
        assert_eq!(refused(&stranger, "youSaidWeDidSourceAdd", add).await, ["NOT_FOUND at input.feedbackId"]);
        // The provider of the service reads the facts, and still has nothing to answer for.
        let admin = world.rows().await.role_grant.iter().find(|of| of.user_id == Some(harness::uuid("user", "provider-user").into())).cloned();
        let mut rows = Rows::default();
        rows.role_grant.push(role_grant::Model {
            id: harness::uuid("role_grant", "provider administrator").into(),
            role: Role::OrganisationAdmin,
            ..admin.unwrap()
        });
        rows.insert(world.connection()).await;
        let provider = world.client("provider-user");
        let mut own = draft();
        own["organisationId"] = json!(id("organisation", "birch-care"));
        let own = does(&provider, "youSaidWeDidCreate", own).await;
        let add = json!({ "youSaidWeDidId": own["id"], "feedbackId": id("feedback", "complaint") });
        assert_eq!(refused(&provider, "youSaidWeDidSourceAdd", add).await, ["RULE_BROKEN at input.feedbackId"]);
        let both = json!({
            "youSaidWeDidId": id("you_said_we_did", "draft"), "feedbackId": id("feedback", "acted"),
            "actionId": harness::never("action"),
        });
        assert_eq!(
            refused(&world.client("council-admin"), "youSaidWeDidSourceAdd", both).await,
            ["RULE_BROKEN at input", "NOT_FOUND at input.actionId"]
        );
    }

    /// Published twice at once: once.
    async fn a_draft_is_published_once(world: World) {
        let council = world.client("council-admin");
        let draft = existing("you_said_we_did", "draft");
        let publish = || change(&council, "youSaidWeDidPublish", on(&draft, json!({})));
        let (one, other) = tokio::join!(publish(), publish());
        let mut errors = [one.user_errors("answer"), other.user_errors("answer")];
        errors.sort();
        assert_eq!(errors, [vec![], vec!["CONFLICT at input.expectedVersion".to_owned()]]);
    }
}
