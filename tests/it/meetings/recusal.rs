//! Interests in agenda items: declared by the person, assessed by somebody else, and what a recusal takes away (domain.md 2.3, 3).

use harness::{Client, World, both_databases, id, never};
use serde_json::{Value, json};

use super::{change, does, existing, on, refused};

/// An interest that somebody declares about an item.
fn interest(item: &str) -> Value {
    json!({
        "agendaItemId": id("agenda_item", item), "nature": "FINANCIAL", "level": "ACTUAL",
        "detail": "My sister works for one of the bidders.",
    })
}

/// The member declares an interest in an item, and the chair assesses it.
async fn assessed(world: &World, item: &str, assessment: Value) -> Value {
    let declared = does(&world.client("board-member"), "conflictDeclare", interest(item)).await;
    assert_eq!(
        (&declared["context"], &declared["assessment"]),
        (&json!("AGENDA_ITEM"), &json!("PENDING"))
    );
    does(
        &world.client("board-chair"),
        "conflictAssess",
        on(&declared, assessment),
    )
    .await
}

/// Everything somebody can be told of an item, whichever way they ask.
async fn told(client: &Client, item: &str) -> String {
    let query = "query($id: ID!) {
        agendaItem(id: $id) { title papers { nodes { id } } decisions { nodes { text } } actions { nodes { title } } }
        node(id: $id) { id }
    }";
    client.query(query, json!({ "id": item })).await.text
}

async fn count(client: &Client, query: &str, at: &str) -> i64 {
    let answer = client
        .query(query, json!({ "meeting": id("meeting", "team-up held") }))
        .await;
    answer.data(at).as_i64().unwrap()
}

const ITEMS: (&str, &str) = (
    "query($meeting: ID!) { meeting(id: $meeting) { agendaItems { totalCount } } }",
    "/meeting/agendaItems/totalCount",
);
const DECISIONS: (&str, &str) = ("{ boardDecisions { totalCount } }", "/boardDecisions/totalCount");
const ACTIONS: (&str, &str) = ("{ actions { totalCount } }", "/actions/totalCount");

fn decision(item: &str) -> Value {
    json!({
        "agendaItemId": id("agenda_item", item), "text": "We choose the second bid.",
        "method": "CONSENSUS", "outcome": "APPROVED",
    })
}

both_databases! {
    /// Nothing of a confidential item is left to whoever is recused from it: not the item, not its decision, not what follows from
    /// it, and in no count. It reads like what has never been there.
    async fn a_recused_member_knows_nothing_of_a_confidential_item(world: World) {
        let (member, chair) = (world.client("board-member"), world.client("board-chair"));
        let before = [
            count(&member, ITEMS.0, ITEMS.1).await,
            count(&member, DECISIONS.0, DECISIONS.1).await,
            count(&member, ACTIONS.0, ACTIONS.1).await,
        ];
        let declaration = assessed(&world, "team-up held secret", json!({ "assessment": "RECUSE" })).await;
        assert_eq!(declaration["agendaItem"]["id"], id("agenda_item", "team-up held secret"), "the chair sees it");
        let hidden = told(&member, &id("agenda_item", "team-up held secret")).await;
        assert_eq!(hidden, told(&member, &never("agenda_item")).await);
        let of_it = |rows: &harness::Rows| {
            let item = harness::uuid("agenda_item", "team-up held secret");
            let actions = rows.board_action.iter().filter(|action| action.agenda_item_id.is_some_and(|id| id.0 == item));
            i64::try_from(actions.count()).unwrap()
        };
        let actions = of_it(&world.rows().await);
        let after = [
            count(&member, ITEMS.0, ITEMS.1).await,
            count(&member, DECISIONS.0, DECISIONS.1).await,
            count(&member, ACTIONS.0, ACTIONS.1).await,
        ];
        assert_eq!(after, [before[0] - 1, before[1] - 1, before[2] - actions]);
        let own = "query($id: ID!) { conflictDeclaration(id: $id) { assessment agendaItem { id } board { id } } }";
        let own = member.query(own, json!({ "id": declaration["id"] })).await;
        assert_eq!(
            own.data("/conflictDeclaration"),
            &json!({ "assessment": "RECUSE", "agendaItem": null, "board": { "id": id("board", "team-up") } })
        );
        assert!(told(&chair, &id("agenda_item", "team-up held secret")).await.contains("canary"), "the others see it");
        assert!(told(&member, &id("agenda_item", "team-up next secret")).await.contains("canary"), "and they other items");
    }

    /// What is open to others stays so for whoever is recused from it.
    async fn a_recused_member_goes_on_reading_what_is_open(world: World) {
        assessed(&world, "team-up held open", json!({ "assessment": "RECUSE" })).await;
        let told = told(&world.client("board-member"), &id("agenda_item", "team-up held open")).await;
        assert!(told.contains("canary agenda_item team-up held open title."), "{told}");
    }

    /// Who is recused counts neither among the voters nor for the quorum; and nobody decides while somebody's interest waits.
    async fn a_decision_does_not_count_who_is_recused(world: World) {
        let (member, chair) = (world.client("board-member"), world.client("board-chair"));
        let declared = does(&member, "conflictDeclare", interest("team-up held open")).await;
        let waiting = refused(&chair, "boardDecisionRecord", decision("team-up held open")).await;
        assert_eq!(waiting, ["RULE_BROKEN at input.agendaItemId"]);
        let cautious = json!({ "assessment": "MITIGATE", "mitigation": "They speak last." });
        let declared = does(&chair, "conflictAssess", on(&declared, cautious)).await;
        let decided = does(&chair, "boardDecisionRecord", decision("team-up held open")).await;
        assert_eq!(decided["votingPresent"], 2);

        does(&chair, "conflictAssess", on(&declared, json!({ "assessment": "RECUSE" }))).await;
        let short = change(&chair, "boardDecisionRecord", decision("team-up held open")).await;
        assert!(short.text.contains("1 voting members are recorded as present"), "{}", short.text);
    }

    /// A chair's own interest is assessed by somebody else who runs the board, or by the administrator of its host; who does not
    /// read a confidential item by that.
    async fn nobody_assesses_their_own_interest(world: World) {
        let (chair, council) = (world.client("board-chair"), world.client("council-admin"));
        let declared = does(&chair, "conflictDeclare", interest("team-up held secret")).await;
        assert_eq!(declared["viewerCan"]["assess"], false);
        let own = on(&declared, json!({ "assessment": "CLEAR" }));
        assert_eq!(refused(&chair, "conflictAssess", own.clone()).await, ["FORBIDDEN at input"]);
        assert_eq!(refused(&world.client("board-member"), "conflictAssess", own.clone()).await, ["NOT_FOUND at input.id"]);
        let recused = does(&council, "conflictAssess", on(&declared, json!({ "assessment": "RECUSE" }))).await;
        assert_eq!((&recused["assessment"], &recused["agendaItem"]), (&json!("RECUSE"), &Value::Null));
        // And then not even the chair sees it, or decides on it.
        let hidden = told(&chair, &id("agenda_item", "team-up held secret")).await;
        assert_eq!(hidden, told(&chair, &never("agenda_item")).await);
        let decided = refused(&chair, "boardDecisionRecord", decision("team-up held secret")).await;
        assert_eq!(decided, ["NOT_FOUND at input.agendaItemId"]);
        // What a member declares is not for the host's administrator.
        let of_a_member = on(&existing("conflict_declaration", "team-up next secret board-member"), json!({ "assessment": "CLEAR" }));
        assert_eq!(refused(&council, "conflictAssess", of_a_member).await, ["NOT_FOUND at input.id"]);
    }

    /// What may touch all work of a board is declared to it, and nobody is recused from all of it.
    async fn an_interest_in_the_work_of_a_board_is_declared_to_it(world: World) {
        let (member, chair) = (world.client("board-member"), world.client("board-chair"));
        let none = json!({ "boardId": id("board", "team-up"), "nature": "NONE" });
        let declared = does(&member, "conflictDeclare", none.clone()).await;
        assert_eq!((&declared["context"], &declared["agendaItem"]), (&json!("BOARD"), &Value::Null));
        assert_eq!(refused(&member, "conflictDeclare", none).await, ["ALREADY_EXISTS at input.nature"]);
        let tie = json!({ "boardId": id("board", "team-up"), "nature": "EMPLOYMENT", "level": "PERCEIVED" });
        let declared = does(&member, "conflictDeclare", tie).await;
        let recused = on(&declared, json!({ "assessment": "RECUSE" }));
        assert_eq!(refused(&chair, "conflictAssess", recused).await, ["RULE_BROKEN at input.assessment"]);
        does(&chair, "conflictAssess", on(&declared, json!({ "assessment": "CLEAR" }))).await;
    }

    async fn members_declare_and_nobody_else(world: World) {
        assert_eq!(
            refused(&world.client("council-admin"), "conflictDeclare", interest("team-up held open")).await,
            ["FORBIDDEN at input"]
        );
        assert_eq!(
            refused(&world.client("council-admin"), "conflictDeclare", interest("team-up held secret")).await,
            ["NOT_FOUND at input.agendaItemId"]
        );
        let member = world.client("board-member");
        let mut both = interest("team-up held open");
        both["boardId"] = json!(id("board", "team-up"));
        assert_eq!(refused(&member, "conflictDeclare", both).await, ["RULE_BROKEN at input"]);
        assert_eq!(refused(&member, "conflictDeclare", interest("team-up first open")).await, ["INACTIVE at input.agendaItemId"]);
        let mut named = interest("team-up held open");
        named["applicationId"] = json!(id("application", "co-ordinator visitor"));
        assert_eq!(refused(&member, "conflictDeclare", named).await, ["RULE_BROKEN at input.applicationId"]);
    }
}
