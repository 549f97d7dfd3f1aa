//! Pieces of work of a partnership.

use harness::{both_databases, id, never};
use serde_json::{Value, json};

use super::{change, does, refused};

fn new_work(partnership: &str) -> Value {
    json!({
        "partnershipId": id("partnership", partnership),
        "title": "Home care that people choose",
        "summary": "With everybody who uses it.",
        "stages": ["CO_DELIVERY", "CO_DESIGN", "CO_DESIGN"],
        "rungClaimed": "CO_DESIGN",
        "principles": ["RECIPROCITY", "EQUALITY"],
    })
}

both_databases! {
    async fn any_member_starts_work(world: World) {
        let user_led = world.client("user-led-admin");
        let made = does(&user_led, "initiativeCreate", new_work("ashdown-together")).await;
        assert_eq!(made["stages"], json!(["CO_DESIGN", "CO_DELIVERY"]));
        assert_eq!(made["viewerCan"]["update"], true);
        let input = json!({ "id": made["id"], "expectedVersion": 1, "summary": null, "rungClaimed": "CO_PRODUCTION", "principles": [] });
        let changed = does(&world.client("council-admin"), "initiativeUpdate", input).await;
        assert_eq!((&changed["summary"], &changed["rungClaimed"]), (&Value::Null, &json!("CO_PRODUCTION")));
        assert_eq!((&changed["title"], &changed["principles"]), (&made["title"], &json!([])));
    }

    async fn everything_wrong_is_said_at_once(world: World) {
        let member = world.client("council-admin");
        let mut wrong = new_work("ashdown-together");
        wrong["partnershipId"] = "nothing".into();
        wrong["title"] = "".into();
        wrong["summary"] = "x".repeat(5_001).into();
        wrong["stages"] = json!([]);
        assert_eq!(refused(&member, "initiativeCreate", wrong).await, [
            "NOT_FOUND at input.partnershipId", "REQUIRED at input.title", "TOO_LONG at input.summary", "REQUIRED at input.stages",
        ]);
        let wrong = json!({ "id": id("initiative", "ashdown-support"), "expectedVersion": 1, "title": " ", "stages": [] });
        assert_eq!(refused(&member, "initiativeUpdate", wrong).await, ["REQUIRED at input.title", "REQUIRED at input.stages"]);
    }

    /// Work is done by a partnership that has the partners it needs.
    async fn a_forming_partnership_does_no_work_yet(world: World) {
        let lead = world.client("stranger");
        assert_eq!(refused(&lead, "initiativeCreate", new_work("fernley-next")).await, ["INACTIVE at input.partnershipId"]);
        let guest = world.client("user-led-admin");
        assert_eq!(refused(&guest, "initiativeCreate", new_work("fernley-next")).await, ["FORBIDDEN at input"]);
        assert_eq!(refused(&guest, "initiativeCreate", new_work("fernley-together")).await, ["FORBIDDEN at input"]);
        let outsider = world.client("council-admin");
        let hidden = change(&outsider, "initiativeCreate", new_work("fernley-next")).await;
        let mut absent = new_work("fernley-next");
        absent["partnershipId"] = never("partnership").into();
        assert_eq!(hidden.user_errors("answer"), ["NOT_FOUND at input.partnershipId"]);
        assert_eq!(hidden.text, change(&outsider, "initiativeCreate", absent).await.text);
    }

    /// An initiative that a published board shows is everybody's to read, and its members' to change.
    async fn a_reader_of_published_work_cannot_change_it(world: World) {
        let input = json!({ "id": id("initiative", "ashdown-support"), "expectedVersion": 1, "title": "Mine" });
        assert_eq!(refused(&world.client("stranger"), "initiativeUpdate", input).await, ["FORBIDDEN at input"]);
    }
}
