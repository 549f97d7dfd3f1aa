//! What the agreement about home care opens, and to whom.

use super::*;

const IDEAS: &str = "{ feedbackItems(filter: { source: [IDEA] }) { nodes { status service { name } accounts { totalCount } } } }";

/// What somebody reads of the one idea about home care: nothing, the facts, or the words, too.
async fn reads(world: &World, viewer: &str) -> &'static str {
    let answer = world.ask(viewer, IDEAS, Map::new()).await;
    let found = answer["data"]["feedbackItems"]["nodes"].as_array().unwrap();
    let Some(idea) = found.first() else {
        return "nothing";
    };
    assert_eq!(found.len(), 1, "{viewer}: {answer}");
    assert_eq!(idea["service"]["name"], "Home care, West Oxfordshire", "{viewer}");
    match idea["accounts"]["totalCount"].as_u64() {
        Some(0) => "facts",
        _ => "words",
    }
}

#[test]
fn the_agreement_about_home_care_opens_the_facts_to_the_provider_and_to_no_other_partner() {
    on_a_worker(async || {
        let world = World::loaded().await;
        let mut found = Vec::new();
        for viewer in std::iter::once("Anonymous").chain(VIEWERS.iter().map(|viewer| viewer.name)) {
            match reads(&world, viewer).await {
                "nothing" => {}
                read => found.push((viewer, read)),
            }
        }
        let said = [
            // The council deals with it, the member told it; the partners of the other agreement have no part in it.
            ("council-admin", "words"),
            // Commissions the service for the same council: no agreement is needed for that.
            ("commissioner", "facts"),
            ("board-member", "words"),
            ("provider-user", "facts"),
        ];
        assert_eq!(found, said);
    });
}

#[test]
fn when_that_agreement_ends_the_provider_reads_nothing() {
    on_a_worker(async || {
        let world = World::loaded().await;
        let query = "{ viewer { actingOrganisation { id } } partnerships(first: 1, filter: { nameContains: \"Oxfordshire\" }) {
        nodes { agreements { nodes { id version title categories } } } } }";
        let answer = world.ask("council-admin", query, Map::new()).await;
        let agreements = answer["data"]["partnerships"]["nodes"][0]["agreements"]["nodes"].as_array();
        let about_feedback = |agreement: &&Json| agreement["categories"] == json!(["FEEDBACK"]);
        let agreement = agreements.unwrap().iter().find(about_feedback).unwrap();
        let end = "mutation($input: PartnershipAgreementTerminateInput!) { partnershipAgreementTerminate(input: $input) {
        userErrors { message } } }";
        let input = json!({
            "id": agreement["id"],
            "expectedVersion": agreement["version"],
            "organisationId": answer["data"]["viewer"]["actingOrganisation"]["id"],
            "reason": "The contract is over.",
        });
        let variables = Map::from_iter([("input".to_owned(), input)]);
        let ended = world.ask("council-admin", end, variables).await;
        assert_eq!(
            ended["data"]["partnershipAgreementTerminate"]["userErrors"],
            json!([]),
            "{ended}"
        );
        assert_eq!(reads(&world, "provider-user").await, "nothing");
        assert_eq!(reads(&world, "council-admin").await, "words");
    });
}
