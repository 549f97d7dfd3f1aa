//! Constituencies: reference data that only the platform's administrator changes.

use harness::{both_databases, id, never};
use serde_json::{Value, json};

use super::{actions_since, change, does, events, on, refused};

fn carers() -> Value {
    json!({ "id": id("constituency", "carers"), "version": 1 })
}

both_databases! {
    async fn the_platform_administrator_keeps_the_constituencies(world: World) {
        let (platform, before) = (world.client("platform-admin"), events(&world).await);
        let input = json!({ "code": "YOUNG_CARERS", "label": "Young carers", "description": "Under 18." });
        let created = does(&platform, "constituencyCreate", input.clone()).await;
        let changed = does(&platform, "constituencyUpdate", on(&created, json!({ "label": "Young carers (under 18)", "description": null }))).await;
        assert_eq!((&changed["code"], &changed["description"]), (&json!("YOUNG_CARERS"), &Value::Null));
        assert_eq!(actions_since(&world, before).await, ["constituency.create", "constituency.update"]);
        assert_eq!(refused(&platform, "constituencyCreate", input).await, ["ALREADY_EXISTS at input.code"]);
        assert_eq!(changed["viewerCan"]["update"], true);
    }

    async fn nobody_else_does(world: World) {
        for client in ["board-chair", "council-admin"] {
            let client = world.client(client);
            let input = json!({ "code": "OTHERS", "label": "Others" });
            assert_eq!(refused(&client, "constituencyCreate", input).await, ["FORBIDDEN at input"]);
            let label = on(&carers(), json!({ "label": "Others" }));
            assert_eq!(refused(&client, "constituencyUpdate", label).await, ["FORBIDDEN at input"]);
        }
    }

    async fn all_that_is_wrong_is_said_at_once(world: World) {
        let platform = world.client("platform-admin");
        let wrong = json!({ "code": "young carers", "label": "", "description": "x".repeat(2_001) });
        assert_eq!(refused(&platform, "constituencyCreate", wrong).await, [
            "INVALID_FORMAT at input.code",
            "REQUIRED at input.label",
            "TOO_LONG at input.description",
        ]);
        let absent = json!({ "id": never("constituency"), "expectedVersion": 1, "label": null });
        assert_eq!(refused(&platform, "constituencyUpdate", absent).await, ["REQUIRED at input.label", "NOT_FOUND at input.id"]);
        let stale = json!({ "id": carers()["id"], "expectedVersion": 4, "label": "Carers" });
        let stale = change(&platform, "constituencyUpdate", stale).await;
        assert_eq!(stale.user_errors("answer"), ["CONFLICT at input.expectedVersion"]);
        assert_eq!(stale.data("/answer/object/version"), 1);
    }
}
