//! The tables are what the entities say they are: columns, types, values of closed enumerations. And every foreign key
//! has an index, so that a list of children never reads the whole table.

use std::collections::BTreeSet;

use entity::Described;
use entity::boards::kinds::*;
use entity::change::kinds::*;
use entity::gatherings::kinds::*;
use entity::media::kinds::*;
use entity::meetings::kinds::*;
use entity::outcomes::kinds::*;
use entity::panels::kinds::*;
use entity::parties::kinds::*;
use entity::partnerships::kinds::*;
use entity::reciprocity::kinds::*;
use entity::releases::kinds::*;
use entity::resources::kinds::*;
use entity::visits::kinds::*;
use sea_orm::sea_query::Table;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityName, EntityTrait, Iterable, Schema};

use crate::support::{self, texts};

/// Creates `shadow`, a table made from the entity alone, and compares its columns with those of the real table.
async fn assert_columns_agree<E: EntityTrait>(database: &DatabaseConnection, entity: E) {
    let schema = Schema::new(database.get_database_backend());
    let mut shadow = Table::create();
    shadow.table("shadow");
    for column in E::Column::iter() {
        let mut definition = schema.get_column_def::<E>(column);
        shadow.col(&mut definition);
    }
    database.execute(&shadow).await.unwrap();
    let (expected, found) = (
        columns(database, "shadow").await,
        columns(database, entity.table_name()).await,
    );
    database.execute(Table::drop().table("shadow")).await.unwrap();
    assert_eq!(
        found,
        expected,
        "the table {} differs from its entity",
        entity.table_name()
    );
}

/// Every column of a table as "name type nullability", in the order of names.
async fn columns(database: &DatabaseConnection, table: &str) -> Vec<String> {
    let sql = match database.get_database_backend() {
        DbBackend::Sqlite => format!(
            "SELECT name || ' ' || type || CASE \"notnull\" WHEN 1 THEN ' required' ELSE ' optional' END \
             FROM pragma_table_info('{table}') ORDER BY name"
        ),
        _ => format!(
            "SELECT column_name || ' ' || udt_name || CASE is_nullable WHEN 'NO' THEN ' required' ELSE ' optional' END \
             FROM information_schema.columns WHERE table_name = '{table}' ORDER BY column_name"
        ),
    };
    texts(database, &sql).await
}

#[tokio::test]
async fn tables_have_the_columns_of_their_entities() {
    support::on_each_migrated_database(async |database| {
        macro_rules! compare {
            ($($entity:path),+) => {{ $({ use $entity as table; assert_columns_agree(database, table::Entity).await; })+ }};
        }
        support::every_entity!(compare);
    })
    .await;
}

#[tokio::test]
async fn every_table_has_an_entity_and_every_entity_a_table() {
    support::on_each_migrated_database(async |database| {
        macro_rules! names {
            ($($entity:path),+) => {[ $({ use $entity as table; table::Entity.table_name().to_owned() }),+ ]};
        }
        let entities = BTreeSet::from(support::every_entity!(names));
        let tables: BTreeSet<String> = support::tables(database).await.into_iter().collect();
        assert_eq!(tables, entities);
    })
    .await;
}

/// Every relation of an entity as "column to table", in the order of names.
fn relations<E: EntityTrait>(entity: E) -> Vec<String> {
    let schema = Schema::new(DbBackend::Sqlite);
    let table = schema.create_table_from_entity(entity);
    let keys = table.get_foreign_key_create_stmts().iter().map(|statement| {
        let key = statement.get_foreign_key();
        let target = key.get_ref_table().map(|table| table.sea_orm_table().to_string());
        let column = key.get_columns().first().cloned();
        format!("{} to {}", column.unwrap_or_default(), target.unwrap_or_default())
    });
    let mut keys: Vec<String> = keys.collect();
    keys.sort();
    keys
}

#[tokio::test]
async fn tables_have_the_foreign_keys_of_their_entities() {
    let database = support::sqlite_migrated().await;
    macro_rules! compare {
        ($($entity:path),+) => {{ $({
            use $entity as table;
            let sql = format!(
                "SELECT \"from\" || ' to ' || \"table\" FROM pragma_foreign_key_list('{0}') WHERE seq = 0 ORDER BY 1",
                table::Entity.table_name()
            );
            assert_eq!(texts(&database, &sql).await, relations(table::Entity), "{}", table::Entity.table_name());
        })+ }};
    }
    support::every_entity!(compare);
}

/// The rule `column IN (…)` as it must stand in the table for the values of `T` and no others to be accepted. The values
/// become the documentation of the API, so each is described.
fn rule<T: Described>(column: &str) -> String {
    for (name, description) in T::values() {
        assert!(
            description.ends_with('.'),
            "{}.{name} wants a description in sentences: {description}",
            T::NAME
        );
    }
    let names: Vec<String> = T::values().iter().map(|(name, _)| format!("'{name}'")).collect();
    format!("CHECK ({column} IN ({}))", names.join(", "))
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one line for each closed set of names")]
async fn tables_accept_the_values_of_their_enumerations_and_no_others() {
    let database = support::sqlite_migrated().await;
    let expected = [
        ("contribution", rule::<Reward>("offered_reward")),
        ("contribution", rule::<ContributionStatus>("status")),
        ("contribution", rule::<Reward>("reward")),
        ("contribution", rule::<ContributionSide>("minutes_recorded_by")),
        ("conflict_declaration", rule::<ConflictContext>("context")),
        ("resource", rule::<ResourceKind>("kind")),
        ("resource", rule::<ResourceStatus>("status")),
        ("resource_version", rule::<ResourceVersionStatus>("status")),
        ("contributor", rule::<ContributorRole>("role")),
        ("rendition", rule::<InformationFormat>("format")),
        ("resource_review", rule::<ReviewVerdict>("verdict")),
        ("adoption", rule::<AdoptionStatus>("status")),
        ("organisation", rule::<OrganisationKind>("kind")),
        ("organisation", rule::<Nation>("nation")),
        ("organisation", rule::<OrganisationStatus>("status")),
        ("organisation_identifier", rule::<IdentifierScheme>("scheme")),
        ("site", rule::<CqcRating>("cqc_rating")),
        ("site_identifier", rule::<IdentifierScheme>("scheme")),
        ("service", rule::<ServiceKind>("kind")),
        ("service", rule::<ServiceDelivery>("delivery")),
        ("geography", rule::<GeographyLevel>("level")),
        ("person", rule::<InformationFormat>("preferred_format")),
        ("person", rule::<ContactChannel>("preferred_channel")),
        ("user_account", rule::<UserStatus>("status")),
        ("affiliation", rule::<AffiliationKind>("kind")),
        ("access_need", rule::<AccessNeedCategory>("category")),
        ("consent", rule::<ConsentPurpose>("purpose")),
        ("consent", rule::<ConsentMethod>("method")),
        ("role_grant", rule::<Role>("role")),
        ("role_grant", rule::<ScopeType>("scope_type")),
        ("partnership", rule::<PartnershipStatus>("status")),
        ("partnership_member", rule::<PartnershipRole>("role")),
        ("partnership_member", rule::<PartnershipMemberStatus>("status")),
        ("data_sharing_agreement", rule::<LawfulBasis>("lawful_basis")),
        (
            "data_sharing_agreement",
            rule::<SpecialCategoryCondition>("art9_condition"),
        ),
        ("data_sharing_agreement", rule::<AgreementStatus>("status")),
        ("initiative", rule::<LadderRung>("rung_claimed")),
        ("initiative", rule::<LadderRung>("rung_assessed")),
        ("board", rule::<BoardKind>("kind")),
        ("board", rule::<BoardStatus>("status")),
        ("board_seat", rule::<SeatKind>("kind")),
        ("board_membership", rule::<MembershipStage>("stage")),
        ("board_membership", rule::<MembershipEndReason>("end_reason")),
        ("board_membership_change", rule::<MembershipStage>("from_stage")),
        ("board_membership_change", rule::<MembershipStage>("to_stage")),
        ("meeting", rule::<MeetingStatus>("status")),
        ("agenda_item", rule::<AgendaItemKind>("kind")),
        ("agenda_item", rule::<AgendaItemStatus>("status")),
        ("attendance", rule::<AttendanceCapacity>("capacity")),
        ("attendance", rule::<AttendanceStatus>("status")),
        ("paper", rule::<InformationFormat>("format")),
        ("board_decision", rule::<DecisionMethod>("method")),
        ("board_decision", rule::<DecisionOutcome>("outcome")),
        ("board_action", rule::<ActionStatus>("status")),
        ("media", rule::<MediaKind>("kind")),
        ("media", rule::<MediaStatus>("status")),
        ("media", rule::<MediaScan>("scan")),
        ("vacancy", rule::<VacancyKind>("kind")),
        ("vacancy", rule::<VacancyStatus>("status")),
        ("application", rule::<ApplicationStatus>("status")),
        ("equality_tally", rule::<EqualityAnswer>("answer")),
        ("interview_panel", rule::<PanelStatus>("status")),
        ("panellist", rule::<PanelCapacity>("capacity")),
        ("conflict_declaration", rule::<ConflictNature>("nature")),
        ("conflict_declaration", rule::<ConflictLevel>("level")),
        ("conflict_declaration", rule::<ConflictAssessment>("assessment")),
        ("panel_decision", rule::<PanelOutcome>("outcome")),
        ("feedback", rule::<FeedbackSource>("source")),
        ("feedback", rule::<FeedbackStatus>("status")),
        ("feedback_step", rule::<FeedbackStatus>("from_status")),
        ("feedback_step", rule::<FeedbackStatus>("to_status")),
        ("you_said_we_did", rule::<YouSaidWeDidStatus>("status")),
        ("you_said_we_did", rule::<FigureKind>("figure_kind")),
        ("you_said_we_did", rule::<EffectClaim>("effect_claim")),
        ("you_said_we_did_source", rule::<YouSaidWeDidSourceKind>("kind")),
        ("outcome_framework", rule::<FrameworkStatus>("status")),
        ("outcome", rule::<OutcomeVoice>("voice")),
        ("outcome_descriptor", rule::<DescriptorLevel>("level")),
        ("indicator", rule::<IndicatorUnit>("unit")),
        ("indicator", rule::<IndicatorPolarity>("polarity")),
        ("disaggregation", rule::<DisaggregationDimension>("dimension")),
        ("observation", rule::<SubjectType>("subject_type")),
        ("observation", rule::<ObservationMarker>("marker")),
        ("observation", rule::<ObservationQuality>("quality")),
        ("indicator_target", rule::<SubjectType>("subject_type")),
        ("indicator_target", rule::<TargetKind>("kind")),
        ("import_batch", rule::<ImportKind>("kind")),
        ("import_batch", rule::<ImportStatus>("status")),
        ("monitoring_visit", rule::<VisitStatus>("status")),
        ("visit_rating", rule::<DescriptorLevel>("level")),
        ("release", rule::<ReleaseStatus>("status")),
        ("published_figure", rule::<SubjectType>("subject_type")),
        ("published_figure", rule::<PublishedAs>("numerator_as")),
        ("published_figure", rule::<PublishedAs>("denominator_as")),
        ("published_figure", rule::<PublishedAs>("value_as")),
        ("published_figure", rule::<FigureChange>("change")),
        ("event", rule::<EventKind>("kind")),
        ("event", rule::<EventAudience>("audience")),
        ("event", rule::<WhenFull>("when_full")),
        ("event", rule::<EventStatus>("status")),
        ("event_host", rule::<EventHostStatus>("status")),
        ("event_attendance", rule::<EventAttendanceStatus>("status")),
    ];
    for (table, rule) in &expected {
        let sql = texts(
            &database,
            &format!("SELECT sql FROM sqlite_master WHERE name = '{table}'"),
        )
        .await;
        assert!(sql[0].contains(rule), "{table} lacks {rule}; it has\n{}", sql[0]);
    }
    let all = texts(&database, "SELECT sql FROM sqlite_master WHERE type = 'table'")
        .await
        .join("\n");
    assert_eq!(
        all.matches("_known\" CHECK").count(),
        expected.len(),
        "a closed set of names is not compared here"
    );
}

#[tokio::test]
async fn every_foreign_key_has_an_index_that_begins_with_it() {
    let database = support::sqlite_migrated().await;
    let lacking = texts(
        &database,
        "SELECT tables.name || '.' || keys.\"from\" FROM sqlite_master AS tables \
         JOIN pragma_foreign_key_list(tables.name) AS keys ON keys.seq = 0 \
         WHERE tables.type = 'table' AND NOT EXISTS ( \
             SELECT 1 FROM pragma_index_list(tables.name) AS list \
             JOIN pragma_index_info(list.name) AS columns ON columns.seqno = 0 \
             WHERE columns.name = keys.\"from\" AND list.partial = 0)",
    )
    .await;
    assert_eq!(lacking, Vec::<String>::new());
}

#[tokio::test]
async fn no_name_is_longer_than_postgresql_keeps() {
    let database = support::sqlite_migrated().await;
    let sql = texts(&database, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        .await
        .join("\n");
    let long: Vec<&str> = sql
        .split('"')
        .filter(|part| part.len() > 63 && !part.contains(' '))
        .collect();
    assert_eq!(long, Vec::<&str>::new(), "PostgreSQL cuts names at 63 bytes");
}
