//! Whom feedback opens to those who deal with it, and for how long.

use entity::change::kinds::FeedbackStatus;
use entity::change::{feedback, feedback_account};
use entity::id::OrganisationId;
use entity::parties::consent;
use entity::parties::kinds::ConsentPurpose;
use harness::{Client, Rows, World, both_databases, id, uuid, world};
use sea_orm::{ActiveModelTrait, Set};
use serde_json::{Value, json};

use super::{does, existing, on, read};

/// Somebody whom the council does not know otherwise, and whose name is published no more.
async fn unknown(world: &World) {
    end_consent(world, "fernley-member PUBLISH_NAME").await;
    let mut rows = Rows::default();
    rows.user_account.push(world::user_account("fernley-member"));
    rows.insert(world.connection()).await;
}

async fn end_consent(world: &World, name: &str) {
    let row = consent::ActiveModel {
        id: Set(uuid("consent", name).into()),
        withdrawn_at: Set(Some(harness::NOW.parse().unwrap())),
        ..Default::default()
    };
    row.update(world.connection()).await.unwrap();
}

/// Feedback of theirs, said themself or recorded by somebody else.
async fn told(world: &World, status: FeedbackStatus, is_own: bool) {
    let mut rows = Rows::default();
    rows.feedback
        .push(world::feedback("noted", "ashdown-council", status));
    let mut account = world::feedback_account("noted", Some("fernley-member"));
    account.created_by = is_own.then(|| uuid("user", "fernley-member").into());
    rows.feedback_account.push(account);
    rows.insert(world.connection()).await;
}

async fn consents(world: &World, purpose: ConsentPurpose, to: Option<&str>) -> String {
    let name = format!("fernley-member {purpose} {}", to.unwrap_or("everybody"));
    let grantee = to.map(|to| OrganisationId::from(uuid("organisation", to)));
    let mut rows = Rows::default();
    rows.consent.push(consent::Model {
        id: uuid("consent", &name).into(),
        purpose,
        grantee_organisation_id: grantee,
        ..world::story_consent("fernley-member")
    });
    rows.insert(world.connection()).await;
    name
}

/// Whether somebody reads who they are; alike directly, in a list, and from the words.
async fn knows(council: &Client) -> bool {
    let query = "query($id: ID!) { person(id: $id) { id } }";
    let person = json!(id("person", "fernley-member"));
    let answer = council.query(query, json!({ "id": person })).await;
    let directly = !answer.data("/person").is_null();
    let everybody = council
        .query("{ persons(first: 100) { nodes { id } } }", Value::Null)
        .await;
    let listed = everybody
        .data("/persons/nodes")
        .as_array()
        .unwrap()
        .iter()
        .any(|of| of["id"] == person);
    assert_eq!(directly, listed);
    let words = read(council, &existing("feedback", "noted")).await;
    if !words.is_null() {
        let named = words["accounts"]["nodes"][0]["person"]["id"] == person;
        assert_eq!(directly, named, "{words}");
    }
    directly
}

both_databases! {
    /// What was recorded in somebody's name opens them to whoever deals with it until it is closed; what they said themself,
    /// for good.
    async fn feedback_in_somebodys_name_opens_them_until_it_is_closed(world: World) {
        let council = world.client("council-admin");
        unknown(&world).await;
        assert!(!knows(&council).await);
        told(&world, FeedbackStatus::Acted, false).await;
        assert!(knows(&council).await);
        let closed = feedback::ActiveModel {
            id: Set(uuid("feedback", "noted").into()),
            status: Set(FeedbackStatus::Closed),
            ..Default::default()
        };
        closed.update(world.connection()).await.unwrap();
        assert!(!knows(&council).await);
        let own = feedback_account::ActiveModel {
            id: Set(uuid("feedback_account", "noted").into()),
            created_by: Set(Some(uuid("user", "fernley-member").into())),
            ..Default::default()
        };
        own.update(world.connection()).await.unwrap();
        assert!(knows(&council).await);
    }

    /// What ends with "why not" opens nobody further than they consent: what others recorded at once, what they said themself
    /// once they take their consent back.
    async fn feedback_without_action_opens_nobody_beyond_their_consent(world: World) {
        let council = world.client("council-admin");
        unknown(&world).await;
        told(&world, FeedbackStatus::Investigating, true).await;
        assert!(knows(&council).await);
        let noted = existing("feedback", "noted");
        let decided = does(&council, "feedbackTakeNoAction", on(&noted, json!({ "note": "The building is not ours." }))).await;
        assert_eq!(decided["status"], "NO_ACTION");
        assert_eq!(decided["accounts"]["nodes"][0]["person"], Value::Null, "the answer itself opens nobody");
        assert!(!knows(&council).await);
        // Told in public, it names nobody either.
        let source = json!({
            "organisationId": id("organisation", "ashdown-council"), "said": "The door is too heavy.", "whyNot": "The building is not ours.",
        });
        let answer = does(&council, "youSaidWeDidCreate", source).await;
        does(&council, "youSaidWeDidSourceAdd", json!({ "youSaidWeDidId": answer["id"], "feedbackId": noted["id"] })).await;
        does(&council, "youSaidWeDidPublish", on(&answer, json!({}))).await;
        let query = "query($id: ID!) { youSaidWeDid(id: $id) { said whyNot sources { nodes { feedback { accounts { nodes { text person { id } } } } } } } }";
        for viewer in ["council-admin", "board-chair", "anonymous"] {
            let seen = world.client(viewer).query(query, json!({ "id": answer["id"] })).await;
            assert_eq!(seen.data("/youSaidWeDid/whyNot"), "The building is not ours.", "{viewer}");
            assert!(!seen.text.contains(&id("person", "fernley-member")), "{viewer}: {}", seen.text);
            assert_eq!(seen.text.contains("canary feedback_account noted"), viewer == "council-admin", "{viewer}");
        }
        // Neither the use of the story nor consent to another organisation lets this one know who they are.
        consents(&world, ConsentPurpose::ShareStory, None).await;
        consents(&world, ConsentPurpose::Contact, Some("cedar-voices")).await;
        assert!(!knows(&council).await);
        let given = consents(&world, ConsentPurpose::Contact, Some("ashdown-council")).await;
        assert!(knows(&council).await);
        end_consent(&world, &given).await;
        assert!(!knows(&council).await);
        // Closing it changes nothing of that.
        does(&council, "feedbackClose", on(&decided, json!({}))).await;
        assert!(!knows(&council).await);
        let given = consents(&world, ConsentPurpose::ShareWithOrganisation, Some("ashdown-council")).await;
        assert!(knows(&council).await);
        end_consent(&world, &given).await;
        assert!(!knows(&council).await);
    }

    /// Nor does other feedback that was recorded in their name meanwhile keep them open.
    async fn what_others_record_beside_it_opens_nobody_again(world: World) {
        let council = world.client("council-admin");
        unknown(&world).await;
        told(&world, FeedbackStatus::Investigating, true).await;
        let beside = json!({
            "organisationId": id("organisation", "ashdown-council"), "source": "CONCERN", "text": "Recorded beside it.",
            "personId": id("person", "fernley-member"),
        });
        does(&council, "feedbackSubmit", beside).await;
        assert!(knows(&council).await);
        let decided = json!({ "note": "The building is not ours." });
        does(&council, "feedbackTakeNoAction", on(&existing("feedback", "noted"), decided)).await;
        assert!(!knows(&council).await);
        let given = consents(&world, ConsentPurpose::ShareWithOrganisation, Some("ashdown-council")).await;
        assert!(knows(&council).await);
        end_consent(&world, &given).await;
        consents(&world, ConsentPurpose::PublishName, None).await;
        assert!(knows(&council).await);
    }

    /// What somebody else recorded in their name opens them no more once it ends with "why not", whatever they consent to.
    async fn what_others_recorded_ends_with_why_not(world: World) {
        let council = world.client("council-admin");
        unknown(&world).await;
        told(&world, FeedbackStatus::NoAction, false).await;
        consents(&world, ConsentPurpose::Contact, None).await;
        assert!(!knows(&council).await);
    }
}
