//! A row of each entity goes into the database and comes out as it was. The rules that the database keeps refuse what
//! they should, and nothing else.

use entity::boards::board_membership;
use entity::boards::kinds::{MembershipEndReason, MembershipStage};
use entity::id::{
    BoardId, BoardMembershipId, OrganisationIdentifierId, PartnershipMemberId, PersonId, RoleGrantId,
};
use entity::parties::kinds::{IdentifierScheme, ScopeType};
use entity::parties::{organisation_identifier, role_grant};
use entity::partnerships::kinds::PartnershipMemberStatus;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, IntoActiveModel, ModelTrait, SqlErr};

use crate::rows::{self, id};
use crate::support;

/// Inserts one row.
pub async fn insert<M>(database: &DatabaseConnection, model: M) -> Result<(), DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
{
    M::Entity::insert(model.into_active_model())
        .exec_without_returning(database)
        .await
        .map(|_| ())
}

/// Asserts that the database refuses the row for the check or key of this name.
pub async fn assert_refused<M>(database: &DatabaseConnection, model: M, rule: &str)
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
{
    let error = insert(database, model).await.expect_err(rule).to_string();
    assert!(error.contains(rule), "refused, but not for {rule}: {error}");
}

/// Asserts that the database refuses the row because another one is in its place.
pub async fn assert_taken<M>(database: &DatabaseConnection, model: M)
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
{
    let error = insert(database, model).await.expect_err("the place is taken");
    assert!(
        matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))),
        "{error}"
    );
}

macro_rules! with_every_row {
    ($($area:ident $table:ident),+) => {
        async fn insert_every_row(database: &DatabaseConnection) {
            $(
                let inserted = insert(database, rows::$area::$table()).await;
                inserted.unwrap_or_else(|error| panic!("{}: {error}", stringify!($table)));
            )+
        }

        async fn assert_every_row_reads_back(database: &DatabaseConnection) {
            $(
                let found = entity::$area::$table::Entity::find().all(database).await.unwrap();
                assert_eq!(found, vec![rows::$area::$table()]);
            )+
        }
    };
}
rows::every_row!(with_every_row);

pub async fn on_each_filled_database(test: impl AsyncFn(&DatabaseConnection)) {
    support::on_each_migrated_database(async |database| {
        // The one row that a migration writes makes room.
        let emptied = entity::platform::access_version::Entity::delete_many();
        emptied.exec(database).await.unwrap();
        insert_every_row(database).await;
        test(database).await;
    })
    .await;
}

/// Another person on the same board, nominated and without a seat.
fn another_member(number: u128) -> board_membership::Model {
    board_membership::Model {
        id: BoardMembershipId(id(number)),
        person_id: PersonId(id(number)),
        seat_id: None,
        stage: MembershipStage::Nominated,
        ..rows::boards::board_membership()
    }
}

async fn insert_person(database: &DatabaseConnection, number: u128) {
    let person = entity::parties::person::Model {
        id: PersonId(id(number)),
        ..rows::parties::person()
    };
    insert(database, person).await.unwrap();
}

#[tokio::test]
async fn a_row_of_each_entity_reads_back_as_it_was() {
    on_each_filled_database(assert_every_row_reads_back).await;
}

#[tokio::test]
async fn a_seat_has_one_holder_at_a_time() {
    on_each_filled_database(async |database| {
        insert_person(database, 200).await;
        let second = board_membership::Model {
            seat_id: rows::boards::board_membership().seat_id,
            stage: MembershipStage::OnLeave,
            ..another_member(200)
        };
        assert_taken(database, second.clone()).await;
        let meant_for_it = board_membership::Model {
            stage: MembershipStage::Offered,
            ..second
        };
        insert(database, meant_for_it).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_person_has_one_open_path_on_a_board() {
    on_each_filled_database(async |database| {
        let again = board_membership::Model {
            person_id: rows::boards::board_membership().person_id,
            ..another_member(200)
        };
        assert_taken(database, again.clone()).await;
        let past = board_membership::Model {
            stage: MembershipStage::Ended,
            end_reason: Some(MembershipEndReason::TermExpired),
            ..again
        };
        insert(database, past).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_member_has_a_seat_of_the_same_board_a_term_and_a_declaration() {
    on_each_filled_database(async |database| {
        insert_person(database, 200).await;
        let rule = "ck_board_membership_holder_has_seat_term_declaration";
        let active = board_membership::Model {
            stage: MembershipStage::Active,
            ..another_member(200)
        };
        assert_refused(database, active, rule).await;

        let other_board = entity::boards::board::Model {
            id: BoardId(id(201)),
            ..rows::boards::board()
        };
        insert(database, other_board).await.unwrap();
        let seat_elsewhere = board_membership::Model {
            board_id: BoardId(id(201)),
            seat_id: rows::boards::board_membership().seat_id,
            ..another_member(200)
        };
        let error = insert(database, seat_elsewhere).await.unwrap_err();
        assert!(
            matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_))),
            "{error}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_quorum_contains_its_lived_experience_part() {
    on_each_filled_database(async |database| {
        let board = entity::boards::board::Model {
            id: BoardId(id(200)),
            quorum: 3,
            quorum_lived: 4,
            ..rows::boards::board()
        };
        assert_refused(database, board, "ck_board_quorum_lived_within_quorum").await;
    })
    .await;
}

#[tokio::test]
async fn an_organisation_is_in_a_partnership_once_at_a_time() {
    on_each_filled_database(async |database| {
        let row = rows::partnerships::partnership_member();
        let again = entity::partnerships::partnership_member::Model {
            id: PartnershipMemberId(id(200)),
            status: PartnershipMemberStatus::Invited,
            ..row
        };
        assert_taken(database, again.clone()).await;
        let before = entity::partnerships::partnership_member::Model {
            status: PartnershipMemberStatus::Left,
            left_on: again.joined_on,
            ..again
        };
        insert(database, before).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_code_stands_for_one_organisation_at_a_time() {
    on_each_filled_database(async |database| {
        let again = organisation_identifier::Model {
            id: OrganisationIdentifierId(id(200)),
            ..rows::parties::organisation_identifier()
        };
        assert_taken(database, again.clone()).await;
        let past = organisation_identifier::Model {
            valid_to: Some(rows::date(2026, 3, 31)),
            ..again
        };
        insert(database, past).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_grant_names_one_account_and_the_scope_of_its_type() {
    on_each_filled_database(async |database| {
        let grant = role_grant::Model {
            id: RoleGrantId(id(200)),
            ..rows::parties::role_grant()
        };
        let nobody = role_grant::Model {
            user_id: None,
            ..grant.clone()
        };
        assert_refused(database, nobody, "ck_role_grant_one_account").await;
        let no_board = role_grant::Model {
            board_id: None,
            ..grant.clone()
        };
        assert_refused(database, no_board, "ck_role_grant_board_scope").await;
        let board_of_the_platform = role_grant::Model {
            scope_type: ScopeType::Platform,
            ..grant.clone()
        };
        assert_refused(database, board_of_the_platform, "ck_role_grant_board_scope").await;
        let platform = role_grant::Model {
            scope_type: ScopeType::Platform,
            board_id: None,
            ..grant
        };
        insert(database, platform).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_audit_trail_refuses_change() {
    on_each_filled_database(async |database| {
        for change in [
            "UPDATE audit_event SET action = 'other'",
            "DELETE FROM audit_event",
        ] {
            let error = database.execute_unprepared(change).await.unwrap_err().to_string();
            assert!(error.contains("audit_event is append-only"), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_row_that_others_refer_to_cannot_be_deleted() {
    on_each_filled_database(async |database| {
        let deleted = entity::boards::board_seat::Entity::delete_by_id(rows::boards::board_seat().id)
            .exec(database)
            .await;
        let error = deleted.unwrap_err().to_string().to_lowercase();
        assert!(error.contains("foreign key constraint"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_kept_once_for_each_key_also_outside_an_organisation() {
    on_each_filled_database(async |database| {
        let within = entity::platform::idempotency_record::Model {
            id: entity::id::IdempotencyRecordId(id(200)),
            ..rows::platform::idempotency_record()
        };
        assert_taken(database, within.clone()).await;
        let outside = entity::platform::idempotency_record::Model {
            organisation_id: None,
            ..within
        };
        insert(database, outside.clone()).await.unwrap();
        let again = entity::platform::idempotency_record::Model {
            id: entity::id::IdempotencyRecordId(id(201)),
            ..outside
        };
        assert_taken(database, again).await;
    })
    .await;
}

/// Codes of each scheme that fit it, and codes that do not.
const CODES: [(IdentifierScheme, &[&str], &[&str]); 10] = [
    (
        IdentifierScheme::Ods,
        &["RGT", "A1B2C", "RGT01ABCDE"],
        &["RG", "rgt", "RGT-01", "RGT01ABCDEF", "RGT "],
    ),
    (
        IdentifierScheme::Gss,
        &["E08000038", "K02000001"],
        &["E0800003", "E080000381", "X08000038", "e08000038"],
    ),
    (IdentifierScheme::Cassr, &["211"], &["21", "2111", "2A1"]),
    (
        IdentifierScheme::CqcProvider,
        &["1-101610", "1-10161012345", "RGT"],
        &["1-10161", "1-101610123456", "2-101610", "1-"],
    ),
    (
        IdentifierScheme::CqcLocation,
        &["1-101610123", "RGT01A"],
        &["1-1016A0", "RGT01AB", "RG"],
    ),
    (
        IdentifierScheme::CompaniesHouse,
        &[
            "01234567", "SC123456", "R1234567", "SL12345A", "IP1234AB", "RSABCDEF",
        ],
        &[
            "1234567",
            "012345678",
            "S1234567",
            "SL12345B",
            "IP1234ab",
            "IX1234AB",
        ],
    ),
    (
        IdentifierScheme::CharityEnglandWales,
        &["123456", "1234567", "1234567-1", "123456-12"],
        &["12345", "12345678", "1234567-", "123456-a", "1234567-1-1"],
    ),
    (
        IdentifierScheme::CharityScotland,
        &["SC012345"],
        &["SC12345", "012345", "SC0123456"],
    ),
    (
        IdentifierScheme::CharityNorthernIreland,
        &["NIC100123", "100123"],
        &["NI100123", "10012", "NIC1001234"],
    ),
    (
        IdentifierScheme::CareInspectorate,
        &["CS2003000001", "SP2003000001"],
        &["CS200300000", "XX2003000001", "2003000001"],
    ),
];

#[tokio::test]
async fn both_databases_know_the_format_of_each_scheme() {
    on_each_filled_database(async |database| {
        let mut number = 1_000;
        for (scheme, fitting, unfitting) in CODES {
            let pattern = regex::Regex::new(scheme.pattern()).unwrap();
            for (code, fits) in fitting
                .iter()
                .map(|c| (c, true))
                .chain(unfitting.iter().map(|c| (c, false)))
            {
                number += 1;
                assert_eq!(
                    pattern.is_match(code),
                    fits,
                    "the pattern of {scheme} on {code:?}"
                );
                let row = organisation_identifier::Model {
                    id: OrganisationIdentifierId(id(number)),
                    scheme,
                    value: (*code).to_owned(),
                    ..rows::parties::organisation_identifier()
                };
                let result = insert(database, row).await;
                assert_eq!(result.is_ok(), fits, "{scheme} {code:?}: {result:?}");
            }
        }
    })
    .await;
}
