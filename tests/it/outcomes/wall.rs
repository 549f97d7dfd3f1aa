//! Nobody reads figures but those whom they are about: no partner under whatever agreement, nobody on the platform.

use entity::list::EnumList;
use entity::parties::kinds::{Role, ScopeType};
use entity::parties::role_grant;
use entity::partnerships::data_sharing_agreement;
use entity::partnerships::kinds::DataCategory;
use harness::{VIEWERS, World, both_databases, id, uuid};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde_json::{Value, json};

use super::{count, does, figure, on, refused};

/// Which figures of the fixed world each viewer reads, by name.
async fn read(world: &World, viewer: &str) -> Vec<&'static str> {
    let names = [
        "service",
        "area",
        "region",
        "group",
        "house",
        "corrected",
        "corrected again",
        "fernley",
    ];
    let ids: Vec<_> = names.iter().map(|name| id("observation", name)).collect();
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Observation { id value } } }";
    let answer = world.client(viewer).query(query, json!({ "ids": ids })).await;
    let nodes = answer.data("/nodes").as_array().unwrap();
    let seen = names.iter().zip(nodes).filter(|(_, node)| node.is_object());
    seen.map(|(name, _)| *name).collect()
}

both_databases! {
    /// Who reads what, for everybody.
    async fn figures_are_read_by_those_whom_they_are_about(world: World) {
        for viewer in VIEWERS {
            let expected: &[&str] = match *viewer {
                "council-admin" | "service-account" => &["service", "area", "corrected", "corrected again"],
                "provider-user" => &["service", "house", "corrected", "corrected again"],
                "user-led-admin" => &["group"],
                "stranger" => &["fernley"],
                _ => &[],
            };
            assert_eq!(read(&world, viewer).await, expected, "{viewer}");
            let current = expected.iter().filter(|name| **name != "corrected").count();
            assert_eq!(count(&world.client(viewer), Value::Null).await, current, "{viewer}");
        }
    }

    /// An agreement that shares monitoring opens releases, and no figure that stands here.
    async fn no_agreement_opens_them(world: World) {
        let all = data_sharing_agreement::Entity::find().all(world.connection()).await.unwrap();
        for agreement in all {
            let mut row = data_sharing_agreement::ActiveModel::from(agreement);
            row.categories = Set(EnumList::new([DataCategory::Monitoring, DataCategory::Boards]));
            row.update(world.connection()).await.unwrap();
        }
        assert_eq!(read(&world, "user-led-admin").await, ["group"]);
        assert_eq!(read(&world, "researcher").await, [""; 0]);
        assert_eq!(read(&world, "board-chair").await, [""; 0]);
    }

    /// A commissioner of a council reads and records the figures of its area and its contracts; of another's, nothing.
    async fn a_commissioner_has_their_own_area_and_no_other(world: World) {
        let grant = |name: &str, organisation: &str| role_grant::ActiveModel {
            id: Set(uuid("role_grant", &format!("{name} commissioner")).into()),
            user_id: Set(Some(uuid("user", name).into())),
            role: Set(Role::Commissioner),
            scope_type: Set(ScopeType::Organisation),
            organisation_id: Set(Some(uuid("organisation", organisation).into())),
            valid_from: Set(world.clock().now() - chrono::TimeDelta::days(1)),
            version: Set(1),
            created_at: Set(world.clock().now()),
            updated_at: Set(world.clock().now()),
            ..Default::default()
        };
        grant("visitor", "ashdown-council").insert(world.connection()).await.unwrap();
        grant("former-member", "fernley-council").insert(world.connection()).await.unwrap();
        assert_eq!(read(&world, "visitor").await, ["service", "area", "corrected", "corrected again"]);
        assert_eq!(read(&world, "former-member").await, ["fernley"]);
        let about_the_area = figure(json!({ "serviceId": null, "geographyId": id("geography", "ashdown"), "value": "50" }));
        assert_eq!(refused(&world.client("former-member"), "observationRecord", about_the_area.clone()).await, ["FORBIDDEN at input"]);
        does(&world.client("visitor"), "observationRecord", about_the_area).await;
    }

    /// Only the platform says which council answers for an area, and figures follow at once. A code of one's own opens nothing.
    async fn who_answers_for_an_area_is_not_theirs_to_say(world: World) {
        let (stranger, platform) = (world.client("stranger"), world.client("platform-admin"));
        let area = json!({ "id": id("geography", "ashdown"), "version": 1 });
        let to = |organisation: &str| json!({ "organisationId": id("organisation", organisation) });
        assert_eq!(
            refused(&stranger, "geographySetOrganisation", on(&area, to("fernley-council"))).await,
            ["FORBIDDEN at input"]
        );
        let query = "mutation($input: OrganisationIdentifierAddInput!) { organisationIdentifierAdd(input: $input) { userErrors { code path message } } }";
        let code = json!({ "organisationId": id("organisation", "fernley-council"), "scheme": "GSS", "value": "E10000999" });
        let added = stranger.query(query, json!({ "input": code })).await;
        assert_eq!(added.user_errors("organisationIdentifierAdd"), [""; 0], "{}", added.text);
        assert_eq!(read(&world, "stranger").await, ["fernley"]);
        does(&platform, "geographySetOrganisation", on(&area, to("fernley-council"))).await;
        assert_eq!(read(&world, "stranger").await, ["area", "fernley"]);
        // Who recorded a figure still answers for it, and records no other.
        assert!(read(&world, "council-admin").await.contains(&"area"));
        let another = figure(json!({ "serviceId": null, "geographyId": id("geography", "ashdown"), "value": "50" }));
        assert_eq!(refused(&world.client("council-admin"), "observationRecord", another).await, ["FORBIDDEN at input"]);
        assert_eq!(read(&world, "platform-admin").await, [""; 0]);
    }
}
