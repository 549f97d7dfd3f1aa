//! Two visits of peer reviewers: one that everybody reads, one that the provider is asked about.

use super::*;

#[test]
fn one_visit_is_published_and_the_provider_has_the_other() {
    on_a_worker(async || {
        let world = World::loaded().await;
        let query = "{ monitoringVisits(orderBy: { field: VISITED_ON }) { nodes { status textForPublic providerComment commentDueAt
            forProvider { text } reviewers { totalCount }
            ratings(first: 10) { nodes { level outcome { code } grounds { evidence } } } viewerCan { comment lead } } } }";
        let mut found = BTreeMap::new();
        for viewer in [
            "Anonymous",
            "stranger",
            "provider-user",
            "commissioner",
            "board-member",
        ] {
            let answer = world.ask(viewer, query, Map::new()).await;
            let visits = answer["data"]["monitoringVisits"]["nodes"].as_array();
            let visits = visits.unwrap_or_else(|| panic!("{viewer}: {answer}")).clone();
            let read: Vec<_> = visits
                .iter()
                .map(|visit| {
                    assert_eq!(visit["ratings"]["nodes"].as_array().unwrap().len(), 3, "{visit}");
                    (
                        visit["status"].as_str().unwrap().to_owned(),
                        !visit["forProvider"]["text"].is_null(),
                        !visit["ratings"]["nodes"][0]["grounds"]["evidence"].is_null(),
                        visit["reviewers"]["totalCount"].as_i64().unwrap(),
                    )
                })
                .collect();
            found.insert(viewer, read);
            assert!(visits[0]["providerComment"].is_string(), "{viewer}: {answer}");
        }
        let published = |text, evidence, reviewers| ("PUBLISHED".to_owned(), text, evidence, reviewers);
        let waits = |text, evidence, reviewers| ("PROVIDER_COMMENT".to_owned(), text, evidence, reviewers);
        let said = [
            ("Anonymous", vec![published(false, false, 0)]),
            ("stranger", vec![published(false, false, 0)]),
            (
                "provider-user",
                vec![published(true, false, 0), waits(true, false, 0)],
            ),
            (
                "commissioner",
                vec![published(true, true, 2), waits(true, true, 2)],
            ),
            (
                "board-member",
                vec![published(true, true, 2), waits(true, true, 2)],
            ),
        ];
        assert_eq!(found, BTreeMap::from(said));
    });
}

#[test]
fn the_provider_is_asked_for_a_comment_within_28_days() {
    on_a_worker(async || {
        let world = World::loaded().await;
        let query = "{ monitoringVisits(filter: { status: [PROVIDER_COMMENT] }) {
            nodes { sentToProviderAt commentDueAt providerComment } } }";
        let answer = world.ask("provider-user", query, Map::new()).await;
        let visit = &answer["data"]["monitoringVisits"]["nodes"][0];
        let at = |field: &str| {
            let text = visit[field].as_str().unwrap_or_else(|| panic!("{answer}"));
            text.parse::<chrono::DateTime<chrono::Utc>>().unwrap()
        };
        assert_eq!(
            (at("commentDueAt") - at("sentToProviderAt")).num_days(),
            28,
            "{answer}"
        );
        assert!(visit["providerComment"].is_null());
    });
}
