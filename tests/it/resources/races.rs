//! Two at once: one consistent outcome.

use harness::{Client, both_databases, id};
use serde_json::{Value, json};

use super::{change, existing, on};

/// What two requests that came at once were answered.
async fn at_once(one: (&Client, &str, Value), other: (&Client, &str, Value)) -> [Vec<String>; 2] {
    let (one, other) = tokio::join!(change(one.0, one.1, one.2), change(other.0, other.1, other.2));
    [one.user_errors("answer"), other.user_errors("answer")]
}

both_databases! {
    async fn two_publish_at_once(world: World) {
        let (one, other) = (world.client("council-admin"), world.client("council-admin"));
        let publish = || on(&existing("resource_version", "toolkit 1"), json!({}));
        let mut errors = at_once((&one, "resourceVersionPublish", publish()), (&other, "resourceVersionPublish", publish())).await;
        errors.sort();
        assert_eq!(errors[0], [""; 0]);
        assert!(matches!(errors[1][0].as_str(), "CONFLICT at input.expectedVersion" | "ILLEGAL_TRANSITION at input.id"), "{errors:?}");
        let events = world.rows().await.audit_event;
        assert_eq!(events.iter().filter(|event| event.action == "resource_version.publish").count(), 1);
    }

    /// Whichever comes first: a rejection that arrives is counted, or it comes too late.
    async fn a_rejection_arrives_while_it_is_signed_off(world: World) {
        let (signer, reviewer) = (world.client("researcher"), world.client("visitor"));
        let sign = on(&existing("resource_version", "policy 1"), json!({}));
        let reject = json!({
            "resourceVersionId": id("resource_version", "policy 1"), "contentRevision": 2, "verdict": "REJECT", "comment": "It is wrong.",
        });
        let errors = at_once((&signer, "resourceVersionSignOff", sign), (&reviewer, "resourceReviewAdd", reject)).await;
        let counted = errors[0] == ["RULE_BROKEN at input.id"] && errors[1].is_empty();
        let too_late = errors[0].is_empty() && errors[1] == ["INACTIVE at input.resourceVersionId"];
        assert!(counted || too_late, "{errors:?}");
    }

    async fn one_organisation_pledges_twice_at_once(world: World) {
        let (one, other) = (world.client("council-admin"), world.client("council-admin"));
        let pledge = || json!({
            "resourceVersionId": id("resource_version", "guide 2"), "organisationId": id("organisation", "ashdown-council"),
        });
        let mut errors = at_once((&one, "adoptionPledge", pledge()), (&other, "adoptionPledge", pledge())).await;
        errors.sort();
        assert_eq!(errors, [vec![], vec!["ALREADY_EXISTS at input.organisationId".to_owned()]]);
    }

    async fn two_drafts_begin_at_once(world: World) {
        let (one, other) = (world.client("council-admin"), world.client("council-admin"));
        let draft = || json!({ "resourceId": id("resource", "recalled") });
        let mut errors = at_once((&one, "resourceVersionDraft", draft()), (&other, "resourceVersionDraft", draft())).await;
        errors.sort();
        assert_eq!(errors, [vec![], vec!["ALREADY_EXISTS at input.resourceId".to_owned()]]);
    }
}
