//! Conflicts of interest: declared by the person, assessed by somebody else, and what a recusal hides (domain.md 2.3).

use harness::{Client, World, both_databases, id};
use serde_json::{Value, json};

use super::{change, does, existing, on, refused};

async fn applications(client: &Client, vacancy: &str) -> Vec<String> {
    let query =
        "query($id: ID!) { vacancy(id: $id) { applications { nodes { id person { displayName } } } } }";
    let answer = client.query(query, json!({ "id": id("vacancy", vacancy) })).await;
    let nodes = answer.data("/vacancy/applications/nodes").as_array().unwrap();
    nodes
        .iter()
        .map(|node| node["id"].as_str().unwrap().to_owned())
        .collect()
}

fn of(names: &[&str]) -> Vec<String> {
    let mut ids: Vec<_> = names.iter().map(|name| id("application", name)).collect();
    ids.sort();
    ids
}

async fn sees(world: &World, viewer: &str) -> Vec<String> {
    let mut seen = applications(&world.client(viewer), "co-ordinator").await;
    seen.sort();
    seen
}

both_databases! {
    /// Whoever is recused from a candidate sees the others and nothing of that one; and neither does who supports them.
    async fn a_recused_panellist_sees_the_other_candidates(world: World) {
        let (both, other) = (
            of(&["co-ordinator visitor", "co-ordinator former-member"]),
            of(&["co-ordinator former-member"]),
        );
        assert_eq!(sees(&world, "researcher").await, other);
        assert_eq!(sees(&world, "board-member").await, both);
        assert_eq!(sees(&world, "provider-user").await, both, "who supports the member");
        assert_eq!(sees(&world, "board-chair").await.len(), 4, "the chair sees who did not become a candidate, too");
        assert_eq!(sees(&world, "visitor").await, of(&["co-ordinator visitor"]), "a candidate sees their own");

        let tie = json!({
            "panelId": id("interview_panel", "co-ordinator"), "nature": "FAMILY", "level": "ACTUAL",
            "applicationId": id("application", "co-ordinator visitor"), "detail": "My cousin.",
        });
        let declaration = does(&world.client("board-member"), "conflictDeclare", tie).await;
        assert_eq!(declaration["assessment"], "PENDING");
        assert_eq!(sees(&world, "board-member").await, both, "until somebody has assessed it");
        let chair = world.client("board-chair");
        let declaration = does(&chair, "conflictAssess", on(&declaration, json!({ "assessment": "RECUSE" }))).await;
        assert_eq!(declaration["assessedBy"]["id"], id("person", "board-chair"));
        assert_eq!(sees(&world, "board-member").await, other);
        assert_eq!(sees(&world, "provider-user").await, other);
        let back = change(&chair, "conflictAssess", on(&declaration, json!({ "assessment": "CLEAR" }))).await;
        assert!(back.text.contains("which is final"), "{}", back.text);
    }

    async fn nobody_assesses_their_own(world: World) {
        let own = on(&existing("conflict_declaration", "seat board-chair"), json!({ "assessment": "CLEAR" }));
        assert_eq!(refused(&world.client("board-chair"), "conflictAssess", own.clone()).await, ["FORBIDDEN at input"]);
        let assessed = does(&world.client("council-admin"), "conflictAssess", own).await;
        assert_eq!(assessed["assessment"], "CLEAR", "the organisation assesses what a chair declared");
        let of_a_panellist = on(&existing("conflict_declaration", "over researcher"), json!({ "assessment": "CLEAR" }));
        let answer = refused(&world.client("council-admin"), "conflictAssess", of_a_panellist).await;
        assert_eq!(answer, ["NOT_FOUND at input.id"], "and nothing else");
    }

    async fn that_there_is_nothing_is_declared_once(world: World) {
        let member = world.client("board-member");
        let none = json!({ "panelId": id("interview_panel", "seat"), "nature": "NONE" });
        let declaration = does(&member, "conflictDeclare", none.clone()).await;
        assert_eq!((&declaration["assessment"], &declaration["level"]), (&Value::Null, &Value::Null));
        assert_eq!(refused(&member, "conflictDeclare", none.clone()).await, ["ALREADY_EXISTS at input.nature"]);
        let assessed = on(&declaration, json!({ "assessment": "CLEAR" }));
        assert_eq!(refused(&world.client("board-chair"), "conflictAssess", assessed).await, ["RULE_BROKEN at input.id"]);
        assert_eq!(refused(&world.client("council-admin"), "conflictDeclare", none).await, ["FORBIDDEN at input"]);
    }

    /// Two who assess the same declaration at once: the second sees what the first has done.
    async fn a_declaration_is_assessed_twice_at_once(world: World) {
        let chair = world.client("board-chair");
        let declaration = existing("conflict_declaration", "over researcher");
        let (first, second) = tokio::join!(
            change(&chair, "conflictAssess", on(&declaration, json!({ "assessment": "CLEAR" }))),
            change(&chair, "conflictAssess", on(&declaration, json!({ "assessment": "RECUSE" })))
        );
        let mut errors = [first.user_errors("answer"), second.user_errors("answer")];
        errors.sort_by_key(Vec::len);
        assert_eq!(errors, [vec![], vec!["CONFLICT at input.expectedVersion".to_owned()]]);
    }
}
