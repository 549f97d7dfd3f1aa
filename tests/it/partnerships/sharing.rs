//! What agreements open, and how soon it closes again: with the next query (domain.md 3 and 6.3).

use entity::id::RoleGrantId;
use entity::parties::kinds::{OrganisationStatus, Role, ScopeType};
use entity::parties::{organisation, role_grant};
use harness::{World, both_databases, id, uuid};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::{Value, json};

use super::agreement::{draft, drafted, ends, signs};
use super::does;

/// Whether the researcher sees the unpublished board of the user-led organisation; in a list, its count and by id alike.
async fn is_shared(world: &World) -> bool {
    let query = "query($id: ID!) { board(id: $id) { name } boards(first: 100) { nodes { id } totalCount } }";
    let quiet = id("board", "quiet");
    let answer = world
        .client("researcher")
        .query(query, json!({ "id": quiet }))
        .await;
    let boards = answer.data("/boards/nodes").as_array().unwrap();
    let is_listed = boards.iter().any(|board| board["id"] == quiet.as_str());
    assert_eq!(!answer.data("/board").is_null(), is_listed, "{}", answer.text);
    assert_eq!(answer.data("/boards/totalCount"), boards.len(), "{}", answer.text);
    is_listed
}

/// The researcher administers the university, too.
async fn let_the_researcher_sign(world: &World) {
    let recorded = world.clock().now();
    let grant = role_grant::ActiveModel {
        id: Set(RoleGrantId::new()),
        user_id: Set(Some(uuid("user", "researcher").into())),
        role: Set(Role::OrganisationAdmin),
        scope_type: Set(ScopeType::Organisation),
        organisation_id: Set(Some(uuid("organisation", "dale-university").into())),
        valid_from: Set(recorded),
        version: Set(1),
        created_at: Set(recorded),
        updated_at: Set(recorded),
        ..Default::default()
    };
    grant.insert(world.connection()).await.unwrap();
}

/// The user-led organisation and the university share boards until 1 June 2026.
async fn sharing(world: &World) -> Value {
    let_the_researcher_sign(world).await;
    let agreement = drafted(world, draft(&["cedar-voices", "dale-university"])).await;
    assert!(!is_shared(world).await, "a draft shares nothing");
    does(
        &world.client("user-led-admin"),
        "partnershipAgreementSign",
        signs(&agreement, "cedar-voices"),
    )
    .await;
    assert!(!is_shared(world).await, "one signature shares nothing");
    does(
        &world.client("researcher"),
        "partnershipAgreementSign",
        signs(&agreement, "dale-university"),
    )
    .await;
    assert!(is_shared(world).await, "both have signed");
    agreement
}

/// Sets an organisation's status past every rule.
async fn set_status(world: &World, organisation: &str, status: OrganisationStatus) {
    let updated = organisation::Entity::update_many()
        .col_expr(
            organisation::Column::Status,
            sea_orm::sea_query::Expr::value(status),
        )
        .filter(organisation::Column::Id.eq(uuid("organisation", organisation)))
        .exec(world.connection())
        .await
        .unwrap();
    assert_eq!(updated.rows_affected, 1);
}

both_databases! {
    async fn termination_hides_with_the_next_query(world: World) {
        let agreement = sharing(&world).await;
        does(&world.client("user-led-admin"), "partnershipAgreementTerminate", ends(&agreement, "cedar-voices", 2)).await;
        assert!(!is_shared(&world).await);
    }

    /// No job runs here: the days themselves are asked for.
    async fn expiry_hides_with_the_next_query(world: World) {
        sharing(&world).await;
        world.clock().advance_days(90);
        assert_eq!(world.clock().today().to_string(), "2026-05-31");
        assert!(is_shared(&world).await, "the last day");
        world.clock().advance_days(1);
        assert!(!is_shared(&world).await, "the day it expires");
    }

    async fn leaving_hides_with_the_next_query(world: World) {
        sharing(&world).await;
        let member = json!({ "id": id("partnership_member", "ashdown-together dale-university"), "expectedVersion": 1 });
        does(&world.client("researcher"), "partnershipMemberLeave", member).await;
        assert!(!is_shared(&world).await);
        let answer = world.client("provider-user").query("query($id: ID!) { board(id: $id) { id } }", json!({ "id": id("board", "quiet") })).await;
        assert!(!answer.data("/board").is_null(), "what the others share stays");
    }

    async fn the_other_sides_leaving_hides_too(world: World) {
        sharing(&world).await;
        let member = json!({ "id": id("partnership_member", "ashdown-together cedar-voices"), "expectedVersion": 1 });
        does(&world.client("user-led-admin"), "partnershipMemberLeave", member).await;
        assert!(!is_shared(&world).await);
    }

    async fn closing_the_partnership_hides_with_the_next_query(world: World) {
        sharing(&world).await;
        let input = json!({ "id": id("partnership", "ashdown-together"), "expectedVersion": 1 });
        does(&world.client("council-admin"), "partnershipClose", input).await;
        assert!(!is_shared(&world).await);
    }

    async fn suspension_of_either_organisation_hides_with_the_next_query(world: World) {
        sharing(&world).await;
        for organisation in ["cedar-voices", "dale-university"] {
            set_status(&world, organisation, OrganisationStatus::Suspended).await;
            assert!(!is_shared(&world).await, "{organisation}");
            set_status(&world, organisation, OrganisationStatus::Active).await;
            assert!(is_shared(&world).await, "{organisation}");
        }
    }
}
