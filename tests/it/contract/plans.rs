//! What is asked across many boards is one page of few statements, and the databases find it by an index.

use std::fmt::Write as _;

use entity::boards::kinds::MembershipStage;
use entity::meetings::kinds::{ActionStatus, MeetingStatus};
use harness::{Rows, World, both_databases, world};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait};
use serde_json::Value;

/// Boards of the world beside the fixed ones.
const BOARDS: usize = 500;
/// Those on which `board-member` sits.
const OWN: usize = 20;
/// A question may take this many statements, with the one that asks who asks.
const MOST_STATEMENTS: usize = 4;

const OVERDUE: &str = "{ actions(first: 100, filter: { isOverdue: true }) { totalCount nodes { title dueOn status \
    board { name } ownerPerson { displayName } meeting { title startsAt } } } }";
const NEXT: &str = "{ meetings(first: 25, filter: { isMine: true, isUpcoming: true }) { nodes { title startsAt endsAt \
    status venue board { name } joining { onlineUrl } } } }";

both_databases! {
    /// The host of five hundred boards sees what is overdue on them.
    async fn overdue_actions_across_500_boards(engine: Engine) {
        let world = wide(engine).await;
        let answer = world.client("council-admin").query(OVERDUE, Value::Null).await;
        // Of each board's six actions one is done, one is to come, and four are late; and one of the fixed world.
        assert_eq!(answer.data("/actions/totalCount"), 4 * BOARDS + 1);
        let nodes = answer.data("/actions/nodes").as_array().unwrap();
        assert_eq!(nodes.len(), 100);
        let days: Vec<_> = nodes.iter().map(|node| node["dueOn"].as_str().unwrap()).collect();
        assert!(days.is_sorted() && days.iter().all(|day| *day < "2026-03-02"), "{days:?}");
        assert!(nodes.iter().all(|node| node["board"]["name"].is_string()));
        let plans = plans(&world, &answer.statements).await;
        assert!(answer.statements.len() < MOST_STATEMENTS, "{}", answer.statements.join("\n"));
        for plan in &plans {
            assert!(plan.contains("ix_board_action_not_done"), "{plan}");
        }
        if engine == harness::Engine::Sqlite {
            assert!(plans.iter().all(|plan| plan.contains("COVERING INDEX ix_board_action_not_done")), "{}", plans.join("\n"));
        }
        let others = OVERDUE.replace("true", "false");
        let others = world.client("council-admin").query(&others, Value::Null).await;
        let all = world.client("council-admin").query("{ actions { totalCount } }", Value::Null).await;
        let number = |answer: &harness::Answer| answer.data("/actions/totalCount").as_u64().unwrap();
        assert_eq!(number(&answer) + number(&others), number(&all));
        world.close().await;
    }

    /// A member of twenty boards out of five hundred sees their next meetings.
    async fn next_meetings_of_a_member_of_20_boards(engine: Engine) {
        let world = wide(engine).await;
        let answer = world.client("board-member").query(NEXT, Value::Null).await;
        let nodes = answer.data("/meetings/nodes").as_array().unwrap();
        // Those of the fixed world's board, and two of each of the others.
        assert_eq!(nodes.len(), 25);
        let starts: Vec<_> = nodes.iter().map(|node| node["startsAt"].as_str().unwrap()).collect();
        assert!(starts.is_sorted() && starts.iter().all(|at| *at >= "2026-03-02"), "{starts:?}");
        assert!(nodes.iter().all(|node| node["joining"]["onlineUrl"].is_string()));
        assert!(answer.statements.len() < MOST_STATEMENTS, "{}", answer.statements.join("\n"));
        let plans = plans(&world, &answer.statements).await;
        for plan in &plans {
            let by_time = ["ix_meeting_starts_at_id", "ix_meeting_board_id_starts_at_id"];
            assert!(by_time.iter().any(|index| plan.contains(index)), "{plan}");
            assert!(!plan.contains("Seq Scan on meeting") && !plan.contains("SCAN p0\n"), "{plan}");
        }
        world.close().await;
    }
}

both_databases! {
    /// A search asks for the heads, and then for the texts. Keys are put in order, and no more rows are read than the page needs.
    async fn searches_read_rows_in_the_order_of_keys(world: World) {
        let search = "{ resourceSearch(query: \"guide\") { edges { title { text } } } }";
        let answer = world.client("visitor").query(search, Value::Null).await;
        let searches: Vec<_> = answer.statements.iter().filter(|sql| sql.contains("resource_version_words")).cloned().collect();
        assert_eq!(searches.len(), 2, "{}", answer.statements.join("\n"));
        let (sort, keys) = match world.connection().get_database_backend() {
            DbBackend::Postgres => ("Sort Key:", "version_id DESC"),
            _ => ("USE TEMP B-TREE FOR ORDER BY", "CO-ROUTINE fitting"),
        };
        for plan in plans(&world, &searches).await {
            assert_eq!(plan.matches(sort).count(), 1, "{plan}");
            assert!(plan.contains(keys), "{plan}");
        }
    }
}

/// The fixed world with so many more boards of the council, each with two meetings past and two to come, and six actions.
async fn wide(engine: harness::Engine) -> World {
    let mut rows = world::rows();
    for number in 0..BOARDS {
        let name = format!("wide-{number}");
        rows.board.push(world::board(
            &name,
            "ashdown-together",
            "ashdown-council",
            None,
            false,
        ));
        if number < OWN {
            rows.board_seat.push(world::board_seat(&name, "seat", None));
            let membership = world::membership(&name, "board-member", MembershipStage::Active, Some("seat"));
            rows.board_membership.push(membership);
        }
        for (meeting, month, status) in [
            ("first", "2026-01", MeetingStatus::Held),
            ("second", "2026-02", MeetingStatus::Held),
            ("third", "2026-04", MeetingStatus::Published),
            ("fourth", "2026-05", MeetingStatus::Published),
        ] {
            let at = format!("{month}-{:02}T10:00:00Z", 1 + number % 28);
            rows.meeting.push(world::meeting(&name, meeting, &at, status));
        }
        actions(&mut rows, &name, number);
    }
    let world = World::of(engine, &rows, |_| ()).await;
    // SQLite plans without statistics, as it does for the product.
    if world.connection().get_database_backend() == DbBackend::Postgres {
        world
            .connection()
            .execute_unprepared("VACUUM ANALYZE")
            .await
            .unwrap();
    }
    world
}

fn actions(rows: &mut Rows, board: &str, number: usize) {
    for place in 0..6 {
        let due_on = format!(
            "2026-{:02}-{:02}",
            if place == 5 { 6 } else { 1 + place % 2 },
            1 + number % 28
        );
        let mut action = world::board_action(board, None, &format!("action {place}"), "board-chair", &due_on);
        if place == 4 {
            action.status = ActionStatus::Done;
            action.closed_at = Some(action.created_at);
        }
        rows.board_action.push(action);
    }
}

/// How the database goes about statements, whatever their values.
async fn plans(world: &World, statements: &[String]) -> Vec<String> {
    let mut plans = Vec::new();
    for statement in statements {
        plans.push(plan(world.connection(), statement).await);
    }
    plans
}

async fn plan(database: &DatabaseConnection, sql: &str) -> String {
    let backend = database.get_database_backend();
    let mut text = format!("{sql}\n");
    if backend == DbBackend::Sqlite {
        let explain = Statement::from_string(backend, format!("EXPLAIN QUERY PLAN {sql}"));
        for row in database.query_all_raw(explain).await.unwrap() {
            let _ = writeln!(text, "{}", row.try_get_by_index::<String>(3).unwrap());
        }
        return text;
    }
    let parameters = (1..=64)
        .filter(|number| sql.contains(&format!("${number}")))
        .count();
    let nulls = vec!["NULL"; parameters].join(", ");
    let execute = if parameters == 0 {
        "asked".to_owned()
    } else {
        format!("asked({nulls})")
    };
    let transaction = database.begin().await.unwrap();
    for order in [
        "SET LOCAL plan_cache_mode = force_generic_plan".to_owned(),
        format!("PREPARE asked AS {sql}"),
    ] {
        transaction.execute_unprepared(&order).await.unwrap();
    }
    let explain = Statement::from_string(backend, format!("EXPLAIN EXECUTE {execute}"));
    for row in transaction.query_all_raw(explain).await.unwrap() {
        let _ = writeln!(text, "{}", row.try_get_by_index::<String>(0).unwrap());
    }
    transaction.execute_unprepared("DEALLOCATE asked").await.unwrap();
    transaction.commit().await.unwrap();
    text
}
