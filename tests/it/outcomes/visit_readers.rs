//! Who reads what of a monitoring visit, and how visits are found.

use harness::{Client, both_databases, id};
use serde_json::{Value, json};

use super::visits::appoint;

const VISIT: &str = "query($id: ID!) { monitoringVisit(id: $id) { status textForPublic providerComment commentDueAt \
    forProvider { text } reviewers { totalCount } ratings { nodes { level descriptor { level } grounds { evidence } } } } }";

/// What a viewer reads of a visit: the visit, the text for the provider, the evidence, how many of the reviewers.
async fn read(client: &Client, visit: &str) -> Option<(bool, bool, i64)> {
    let answer = client
        .query(VISIT, json!({ "id": id("monitoring_visit", visit) }))
        .await;
    let visit = answer.data("/monitoringVisit").clone();
    if visit.is_null() {
        return None;
    }
    let evidence = &visit["ratings"]["nodes"][0]["grounds"]["evidence"];
    Some((
        !visit["forProvider"]["text"].is_null(),
        !evidence.is_null(),
        visit["reviewers"]["totalCount"].as_i64().unwrap(),
    ))
}

async fn found(client: &Client, filter: Value) -> Vec<String> {
    let query = "query($filter: MonitoringVisitFilter) { monitoringVisits(filter: $filter, orderBy: { field: VISITED_ON, direction: ASC }) \
                 { nodes { id } } }";
    let answer = client.query(query, json!({ "filter": filter })).await;
    let nodes = answer.data("/monitoringVisits/nodes").as_array().unwrap().clone();
    nodes
        .iter()
        .map(|node| node["id"].as_str().unwrap().to_owned())
        .collect()
}

fn of(names: &[&str]) -> Vec<String> {
    let mut ids: Vec<_> = names.iter().map(|name| id("monitoring_visit", name)).collect();
    ids.sort();
    ids
}

async fn sees(client: &Client, filter: Value) -> Vec<String> {
    let mut seen = found(client, filter).await;
    seen.sort();
    seen
}

both_databases! {
    /// Everybody reads what is published, but neither the evidence, nor what is for the provider, nor who reviewed.
    async fn the_public_reads_what_is_published_and_no_evidence(world: World) {
        for who in ["anonymous", "stranger", "board-member", "platform-admin"] {
            let client = world.client(who);
            assert_eq!(read(&client, "published").await, Some((false, false, 0)), "{who}");
            for hidden in ["planned", "visited", "draft", "sent", "dropped"] {
                assert_eq!(read(&client, hidden).await, None, "{who} {hidden}");
            }
        }
        let answer = world.client("anonymous").query(VISIT, json!({ "id": id("monitoring_visit", "published") })).await;
        let visit = answer.data("/monitoringVisit");
        assert!(visit["textForPublic"].is_string() && visit["providerComment"].is_string(), "{}", answer.text);
        let rating = &visit["ratings"]["nodes"][0];
        assert_eq!((&rating["level"], &rating["descriptor"]["level"]), (&json!("GOOD"), &json!("GOOD")));
    }

    /// The provider reads from the day on which it is asked to comment; its staff no evidence, for it may name people.
    async fn the_provider_reads_what_it_is_sent(world: World) {
        let provider = world.client("provider-user");
        for hidden in ["planned", "visited", "draft", "dropped"] {
            assert_eq!(read(&provider, hidden).await, None, "{hidden}");
        }
        assert_eq!(read(&provider, "sent").await, Some((true, false, 0)));
        assert_eq!(read(&provider, "published").await, Some((true, false, 0)));
        appoint(&world).await;
        let provider = world.client("provider-user");
        assert_eq!(read(&provider, "draft").await, None);
        assert_eq!(read(&provider, "sent").await, Some((true, true, 0)));
        assert_eq!(read(&provider, "published").await, Some((true, true, 0)));
    }

    /// Those who review and those who asked for it read everything, from the plan on.
    async fn reviewers_and_the_responsible_organisation_read_everything(world: World) {
        for who in ["board-chair", "researcher", "council-admin"] {
            let client = world.client(who);
            assert_eq!(read(&client, "planned").await, Some((false, false, 2)), "{who}");
            for visit in ["draft", "sent", "published"] {
                assert_eq!(read(&client, visit).await, Some((true, true, 2)), "{who} {visit}");
            }
        }
        assert_eq!(read(&world.client("council-admin"), "fernley").await, None);
        assert_eq!(read(&world.client("stranger"), "fernley").await, Some((true, true, 1)));
    }

    async fn visits_are_found_by_service_framework_state_and_day(world: World) {
        let council = world.client("council-admin");
        let all = ["planned", "visited", "draft", "sent", "published", "dropped"];
        assert_eq!(sees(&council, json!({})).await, of(&all));
        assert_eq!(sees(&council, json!({ "status": ["DRAFT", "PUBLISHED"] })).await, of(&["draft", "published"]));
        assert_eq!(sees(&council, json!({ "visitedFrom": "2026-02-11" })).await, of(&["planned"]));
        assert_eq!(sees(&council, json!({ "visitedUntil": "2026-02-10" })).await, of(&all[1..]));
        assert_eq!(found(&council, json!({})).await.last(), Some(&id("monitoring_visit", "planned")));
        let service = |name: &str| json!({ "service": id("service", name) });
        assert_eq!(sees(&council, service("birch-house-support")).await, of(&all));
        assert!(sees(&council, service("home-support")).await.is_empty());
        let framework = |name: &str| json!({ "framework": id("outcome_framework", name) });
        assert_eq!(sees(&council, framework("live")).await, of(&all));
        assert!(sees(&council, framework("national")).await.is_empty());

        let query = "query($id: ID!) { service(id: $id) { monitoringVisits { totalCount nodes { id status } } } }";
        let service = json!({ "id": id("service", "birch-house-support") });
        for (who, number) in [("anonymous", 1), ("provider-user", 2), ("council-admin", 6)] {
            let answer = world.client(who).query(query, service.clone()).await;
            assert_eq!(*answer.data("/service/monitoringVisits/totalCount"), json!(number), "{who}");
        }
    }
}
