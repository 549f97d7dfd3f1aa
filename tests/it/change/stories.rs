//! Stories: told with consent, checked by somebody else, gone when the consent is.

use entity::private::Private;
use harness::{Client, both_databases, id};
use serde_json::{Value, json};

use super::{change, complaint, does, existing, on, read, refused};

/// The story as somebody reads it by its id.
async fn story(client: &Client, story: &Value) -> Value {
    let query =
        "query($id: ID!) { feedbackStory(id: $id) { text checkedAt feedback { id } writtenBy { id } } }";
    let answer = client.query(query, json!({ "id": story["id"] })).await;
    answer.data("/feedbackStory").clone()
}

/// The feedback of a visitor who agrees that their story is told.
async fn agreed(visitor: &Client) -> Value {
    let given = does(visitor, "feedbackSubmit", complaint()).await;
    let account = given["accounts"]["nodes"][0].clone();
    let consent = json!({ "consentId": id("consent", "visitor SHARE_STORY") });
    does(visitor, "feedbackAccountConsentToStory", on(&account, consent)).await;
    given
}

both_databases! {
    /// The complaint is dealt with whether its story may be told or not.
    async fn no_story_without_consent(world: World) {
        let (visitor, council) = (world.client("visitor"), world.client("council-admin"));
        let given = does(&visitor, "feedbackSubmit", complaint()).await;
        let tell = json!({ "feedbackId": given["id"], "text": "Somebody waited for hours." });
        assert_eq!(read(&council, &given).await["viewerCan"]["writeStory"], false);
        assert_eq!(
            refused(&council, "feedbackStoryWrite", tell.clone()).await,
            ["RULE_BROKEN at input.feedbackId"]
        );
        let account = given["accounts"]["nodes"][0].clone();
        let consent = || json!({ "consentId": id("consent", "visitor SHARE_STORY") });
        assert_eq!(
            refused(&council, "feedbackAccountConsentToStory", on(&account, consent())).await,
            ["NOT_FOUND at input.consentId"]
        );
        does(&visitor, "feedbackAccountConsentToStory", on(&account, consent())).await;
        assert_eq!(read(&council, &given).await["viewerCan"]["writeStory"], true);
        assert_eq!(does(&council, "feedbackStoryWrite", tell).await["checkedAt"], Value::Null);
    }

    /// Nobody checks their own writing; who may not see the words sees the story once it was checked, and not before.
    async fn a_story_is_checked_by_somebody_else(world: World) {
        let (visitor, council) = (world.client("visitor"), world.client("council-admin"));
        let provider = world.client("provider-user");
        let given = agreed(&visitor).await;
        let tell = json!({ "feedbackId": given["id"], "text": "Somebody waited for hours." });
        let written = does(&council, "feedbackStoryWrite", tell).await;
        assert_eq!(written["viewerCan"], json!({ "update": true, "check": false }));
        assert_eq!(refused(&council, "feedbackStoryCheck", on(&written, json!({}))).await, ["FORBIDDEN at input"]);
        assert_eq!(story(&provider, &written).await, Value::Null);
        let checked = does(&visitor, "feedbackStoryCheck", on(&written, json!({}))).await;
        assert_eq!(story(&provider, &written).await["text"], "Somebody waited for hours.");
        assert_eq!(story(&world.client("anonymous"), &written).await, Value::Null);
        assert_eq!(
            refused(&visitor, "feedbackStoryCheck", on(&checked, json!({}))).await,
            ["ILLEGAL_TRANSITION at input.id"]
        );
        // In other words, it waits to be checked again.
        let again = json!({ "text": "Somebody waited for a very long time." });
        let rewritten = does(&council, "feedbackStoryUpdate", on(&checked, again)).await;
        assert_eq!(rewritten["checkedAt"], Value::Null);
        assert_eq!(story(&provider, &written).await, Value::Null);
    }

    /// The person may check their own story, and took the first step: that tells nobody who they are.
    async fn nobody_else_reads_who_checked_or_began(world: World) {
        let (visitor, council) = (world.client("visitor"), world.client("council-admin"));
        let given = agreed(&visitor).await;
        let tell = json!({ "feedbackId": given["id"], "text": "Somebody waited for hours." });
        let written = does(&council, "feedbackStoryWrite", tell).await;
        does(&visitor, "feedbackStoryCheck", on(&written, json!({}))).await;
        let query = "query($story: ID!, $feedback: ID!) {
            feedbackStory(id: $story) { text writtenBy { id } checkedBy { id } }
            feedback(id: $feedback) { steps { nodes { byUser { id } } } } }";
        let of_both = json!({ "story": written["id"], "feedback": given["id"] });
        for (viewer, is_shown) in [("visitor", true), ("council-admin", true), ("provider-user", false)] {
            let answer = world.client(viewer).query(query, of_both.clone()).await;
            assert_eq!(answer.data("/feedbackStory/text"), "Somebody waited for hours.", "{viewer}");
            assert_eq!(answer.data("/feedbackStory/checkedBy").is_object(), is_shown, "{viewer}: {}", answer.text);
            let steps = answer.data("/feedback/steps/nodes").as_array().unwrap();
            assert_eq!(steps.len(), 1, "{viewer}");
            // Of those who may know, only the visitor reads that account.
            assert_eq!(steps[0]["byUser"].is_object(), viewer == "visitor", "{viewer}: {}", answer.text);
        }
    }

    /// What somebody allows the organisation that deals with it, they do not allow everybody.
    async fn consent_to_one_organisation_is_for_that_one(world: World) {
        let (visitor, council) = (world.client("visitor"), world.client("council-admin"));
        let consent = "mutation($input: ConsentGiveInput!) { consentGive(input: $input) { consent { id } userErrors { code } } }";
        let input = json!({ "purpose": "SHARE_STORY", "method": "SPOKEN",
            "granteeOrganisationId": id("organisation", "ashdown-council") });
        let consent = visitor.query(consent, json!({ "input": input })).await.data("/consentGive/consent/id").clone();
        let given = does(&visitor, "feedbackSubmit", complaint()).await;
        let account = given["accounts"]["nodes"][0].clone();
        does(&visitor, "feedbackAccountConsentToStory", on(&account, json!({ "consentId": consent }))).await;
        let tell = json!({ "feedbackId": given["id"], "text": "Somebody waited for hours." });
        let written = does(&council, "feedbackStoryWrite", tell).await;
        does(&visitor, "feedbackStoryCheck", on(&written, json!({}))).await;
        assert_eq!(story(&council, &written).await["text"], "Somebody waited for hours.");
        assert_eq!(story(&world.client("provider-user"), &written).await, Value::Null);
        let draft = existing("you_said_we_did", "draft");
        let source = json!({ "youSaidWeDidId": draft["id"], "feedbackId": given["id"], "storyId": written["id"] });
        does(&council, "youSaidWeDidSourceAdd", source).await;
        assert_eq!(refused(&council, "youSaidWeDidPublish", on(&draft, json!({}))).await, ["RULE_BROKEN at input.id"]);
    }

    /// The person takes the consent back: at the next read the story is nobody's but theirs, and nothing more is done with it.
    async fn a_consent_taken_back_hides_the_story(world: World) {
        let (visitor, council) = (world.client("visitor"), world.client("council-admin"));
        let told = existing("feedback_story", "complaint");
        for viewer in ["anonymous", "provider-user", "board-chair", "council-admin", "visitor"] {
            assert!(!story(&world.client(viewer), &told).await.is_null(), "{viewer}");
        }
        does(&visitor, "consentWithdraw", existing_consent("visitor SHARE_STORY")).await;
        for viewer in ["anonymous", "provider-user", "board-chair", "council-admin"] {
            assert_eq!(story(&world.client(viewer), &told).await, Value::Null, "{viewer}");
        }
        assert!(!story(&visitor, &told).await.is_null());
        let query = "query($id: ID!) { youSaidWeDid(id: $id) { did sources { nodes { kind story { text } } } } }";
        let shown = world.client("anonymous").query(query, json!({ "id": id("you_said_we_did", "published") })).await;
        let sources = shown.data("/youSaidWeDid/sources/nodes").as_array().unwrap();
        assert!(sources.iter().all(|source| source["story"].is_null()) && sources.len() == 3, "{}", shown.text);
        let again = on(&told, json!({ "text": "Another story." }));
        assert_eq!(refused(&council, "feedbackStoryUpdate", again).await, ["NOT_FOUND at input.id"]);
    }

    /// Erasing a person erases their words, and their story with the consent.
    async fn erasure_takes_the_words(world: World) {
        let visitor = world.client("visitor");
        let erase = "mutation($input: PersonAnonymiseInput!) { personAnonymise(input: $input) { userErrors { code } } }";
        let input = json!({ "id": id("person", "visitor"), "expectedVersion": 1 });
        let erased = visitor.query(erase, json!({ "input": input })).await;
        assert_eq!(erased.data("/personAnonymise/userErrors"), &json!([]));
        let rows = world.rows().await;
        let of_visitor = harness::uuid("feedback_account", "complaint");
        let account = rows.feedback_account.iter().find(|of| of.id.0 == of_visitor).unwrap();
        assert!(account.text.is_none() && account.contact.is_none());
        let mut notes = rows.feedback_step.iter().filter(|of| of.feedback_id == account.feedback_id);
        assert!(notes.all(|of| of.note.is_none()));
        let written = rows.feedback_story.iter().find(|of| of.feedback_id == account.feedback_id).unwrap();
        assert!(written.text == Private::new("Erased.".to_owned()));
        assert!(rows.feedback_step.iter().any(|of| of.note.is_some()), "of others they stay");
        let told = existing("feedback_story", "complaint");
        assert_eq!(story(&world.client("council-admin"), &told).await, Value::Null);
        let facts = read(&world.client("council-admin"), &existing("feedback", "complaint")).await;
        assert_eq!(facts["status"], "INVESTIGATING");
    }

    /// The consent is taken back while the story is being checked: either way nobody reads it afterwards.
    async fn consent_is_taken_back_while_the_story_is_checked(world: World) {
        let member = world.client("board-member");
        let told = existing("feedback_story", "told");
        let check = change(&member, "feedbackStoryCheck", on(&told, json!({})));
        let withdraw = change(&member, "consentWithdraw", existing_consent("board-member SHARE_STORY"));
        let (checked, withdrawn) = tokio::join!(check, withdraw);
        assert_eq!(withdrawn.user_errors("answer"), [""; 0], "{}", withdrawn.text);
        let errors = checked.user_errors("answer");
        assert!(errors.is_empty() || errors == ["RULE_BROKEN at input.id"], "{errors:?}");
        assert_eq!(story(&world.client("council-admin"), &told).await, Value::Null);
    }
}

fn existing_consent(name: &str) -> Value {
    json!({ "id": id("consent", name), "expectedVersion": 1 })
}
