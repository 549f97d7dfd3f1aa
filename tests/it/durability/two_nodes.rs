//! Two nodes on one PostgreSQL: whatever happens through one holds on the other with its next request.

use std::time::Duration;

use entity::id::DataSharingAgreementId;
use entity::partnerships::data_sharing_agreement;
use entity::partnerships::kinds::AgreementStatus;
use harness::{Engine, Place, Rows, Template, id, uuid, world};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, Statement};
use serde_json::json;

use super::create_board;
use super::server::{Door, Server};
use crate::contract::audit::verify;

/// How long the nodes may take over a job that they look at every second.
const PATIENCE: Duration = Duration::from_secs(60);
/// Members of boards whose term is over.
const OVER: [&str; 2] = ["team-up board-member", "team-up on-leave"];

#[test]
fn postgres() {
    harness::run(Engine::Postgres, |engine| Box::pin(two_nodes(engine)));
}

/// From an empty database to the end of a working day.
async fn two_nodes(engine: Engine) {
    let place = Place::new(engine, Template::Bare).await;
    let (one, other) = (Server::begin(&place), Server::begin(&place));
    let (one, other) = (one.answers().await, other.answers().await);
    let connection = place.connect().await;
    assert_migrated_once(&connection).await;
    the_world().insert(&connection).await;

    what_one_writes_the_other_reads(one.door(), other.door(), &connection).await;
    a_revocation_holds_at_once(one.door(), other.door()).await;
    jobs_are_done_once(&connection).await;
    assert_eq!(verify(&Rows::load(&connection).await.audit_event), Ok(()));
    drop((one, other));
    connection.close().await.unwrap();
    place.remove().await;
}

/// Every migration was applied, and by one of the two.
async fn assert_migrated_once(connection: &DatabaseConnection) {
    let applied = Statement::from_string(
        connection.get_database_backend(),
        "SELECT version::text FROM seaql_migrations ORDER BY version",
    );
    let applied = connection.query_all_raw(applied).await.unwrap();
    let applied: Vec<String> = applied
        .iter()
        .map(|row| row.try_get_by_index(0).unwrap())
        .collect();
    let mut expected: Vec<_> = Migrator::migrations()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    expected.sort_unstable();
    assert_eq!(applied, expected);
}

/// The fixed world, with an agreement and two terms that are over, beside what the nodes have recorded themselves.
fn the_world() -> Rows {
    let mut rows = world::rows();
    // The nodes have loaded the reference data, whose codes are taken.
    for row in &mut rows.disaggregation {
        row.code = format!("WORLD_{}", row.code);
    }
    rows.audit_event.clear();
    rows.outbox_event.clear();
    rows.idempotency_record.clear();
    rows.setting.clear();
    for membership in &mut rows.board_membership {
        if OVER
            .iter()
            .any(|name| membership.id.0 == uuid("board_membership", name))
        {
            membership.to_on = "2026-02-01".parse().ok();
        }
    }
    rows
}

async fn what_one_writes_the_other_reads(one: &Door, other: &Door, connection: &DatabaseConnection) {
    let board = create_board(one, "through-one").await.unwrap();
    let query = "query($id: ID!) { board(id: $id) { id name version } }";
    let read = other
        .ask("council-admin", query, json!({ "id": board["id"] }))
        .await
        .unwrap();
    assert_eq!(read["data"]["board"], board);
    assert_eq!(
        create_board(other, "through-one").await.unwrap(),
        board,
        "the key is another's on the other node"
    );

    let (first, second) = tokio::join!(
        create_board(one, "through-both"),
        create_board(other, "through-both")
    );
    assert_eq!(first.unwrap(), second.unwrap());
    let rows = Rows::load(connection).await;
    for name in ["through-one", "through-both"] {
        assert_eq!(
            rows.board.iter().filter(|board| board.name == name).count(),
            1,
            "{name}"
        );
    }
}

async fn a_revocation_holds_at_once(one: &Door, other: &Door) {
    assert!(
        may_update(other).await,
        "the chair may not do what this test takes from them"
    );
    let revoke = "mutation($input: RoleGrantRevokeInput!) { roleGrantRevoke(input: $input) { userErrors { code path } } }";
    let input = json!({ "id": id("role_grant", "board-chair"), "expectedVersion": 1 });
    let answer = one
        .ask("council-admin", revoke, json!({ "input": input }))
        .await
        .unwrap();
    assert_eq!(
        answer["data"]["roleGrantRevoke"]["userErrors"],
        json!([]),
        "{answer}"
    );
    assert!(
        !may_update(other).await,
        "the other node has not heard of the revocation"
    );
}

/// Whether the chair may change their board, as a node says.
async fn may_update(door: &Door) -> bool {
    let query = "query($id: ID!) { board(id: $id) { viewerCan { update } } }";
    let variables = json!({ "id": id("board", "team-up") });
    let answer = door.ask("board-chair", query, variables).await.unwrap();
    answer["data"]["board"]["viewerCan"]["update"].as_bool().unwrap()
}

/// Each agreement expires once and each term ends once, although both nodes look every second.
async fn jobs_are_done_once(connection: &DatabaseConnection) {
    let due: Vec<_> = (1..=3)
        .map(|number| uuid("data_sharing_agreement", &format!("due {number}")))
        .collect();
    // One after the other, so that both nodes have looked again after each but the last.
    for due in &due {
        let mut agreement = world::rows().data_sharing_agreement.swap_remove(0);
        agreement.id = DataSharingAgreementId(*due);
        agreement.status = AgreementStatus::Active;
        agreement.expires_on = "2026-02-01".parse().unwrap();
        let rows = Rows {
            data_sharing_agreement: vec![agreement],
            ..Rows::default()
        };
        rows.insert(connection).await;
        let expires = tokio::time::timeout(PATIENCE, expired(connection, DataSharingAgreementId(*due)));
        assert!(expires.await.is_ok(), "no node has done the job");
    }
    let rows = Rows::load(connection).await;
    let times = |of: uuid::Uuid, action: &str| {
        let entries = rows.audit_event.iter();
        entries
            .filter(|entry| entry.entity_id == of && entry.action == action)
            .count()
    };
    for due in due {
        assert_eq!(times(due, "data_sharing_agreement.expire"), 1);
    }
    for name in OVER {
        assert_eq!(
            times(uuid("board_membership", name), "board_membership.end"),
            1,
            "{name}"
        );
    }
}

/// Asks until an agreement has expired.
async fn expired(connection: &DatabaseConnection, due: DataSharingAgreementId) {
    loop {
        let agreement = data_sharing_agreement::Entity::find_by_id(due)
            .one(connection)
            .await
            .unwrap();
        if agreement.unwrap().status == AgreementStatus::Expired {
            return;
        }
    }
}
