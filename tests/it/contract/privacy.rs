//! Every column is classed, is as private as its class, and can be read by somebody, or it says why not.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use harness::both_databases;
use roundtable_api::planner::CATALOGUE;
use roundtable_api::planner::declare::{Field, FieldKind, FilterTest, ObjectType};
use roundtable_api::policy::privacy::{self, Class};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// Columns of declared tables that no field shows, and why.
const NOT_SHOWN: &[(&str, &str, &str)] = &[
    (
        "*",
        "created_by",
        "who recorded a row is in the audit, for those who may read that",
    ),
    (
        "partnership",
        "lead_organisation_id",
        "the lead is the member in the role LEAD, for those who may read the members",
    ),
    (
        "release",
        "made_after",
        "the server checks by it that a draft is not stale; clients are told when it is",
    ),
    (
        "import_batch",
        "request_sha256",
        "the server tells by it whether a file is asked for once more in the same way",
    ),
    (
        "import_batch",
        "attempts",
        "how often the server failed in a row; clients are told when it gives up",
    ),
    (
        "import_batch",
        "service_account_id",
        "who asked for an import is in the audit, for those who may read that",
    ),
    (
        "published_figure",
        "observation_id",
        "it leads to the figure before disclosure control; the server checks the next release by it",
    ),
    (
        "audit_event",
        "sequence",
        "it counts entries that the viewer may not read; the hashes say what follows what",
    ),
    (
        "calendar_feed",
        "secret_hash",
        "it is what opens the feed: the address is shown once, when it is made",
    ),
    (
        "*",
        "subject_id",
        "it is the id of the one of `geography`, `organisation`, `service` and `site` that is filled",
    ),
    (
        "observation",
        "finalised_by",
        "who did it is in the audit, for those who may read that",
    ),
    // These two are wanted, and wait for a field that turns a table and a key into a global id, and for a JSON scalar.
    ("audit_event", "entity_id", "not shown yet"),
    ("audit_event", "changed", "not shown yet"),
];

/// Bookkeeping says when a row changed, not what it holds: it follows the row, whatever the class of its table.
const BOOKKEEPING: [&str; 4] = ["id", "version", "created_at", "updated_at"];

/// The columns of every table of the database.
pub async fn columns(database: &DatabaseConnection) -> BTreeMap<String, Vec<String>> {
    let mut columns = BTreeMap::new();
    for table in harness::tables(database).await {
        let sql = match database.get_database_backend() {
            DbBackend::Sqlite => format!("SELECT name FROM pragma_table_info('{table}')"),
            _ => format!(
                "SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'public' \
                 AND table_name = '{table}'"
            ),
        };
        let statement = Statement::from_string(database.get_database_backend(), sql);
        let rows = database.query_all_raw(statement).await.unwrap();
        columns.insert(
            table,
            rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect(),
        );
    }
    columns
}

both_databases! {
    /// The page of classes and the database have the same tables and columns.
    async fn every_column_is_classed(world: World) {
        let columns = columns(world.connection()).await;
        let page: BTreeMap<_, _> = privacy::page().collect();
        for table in columns.keys() {
            assert!(
                page.contains_key(table.as_str()),
                "class the table `{table}` in api/src/policy/privacy.rs: how far may it go?"
            );
        }
        for (table, named) in page {
            let there = columns.get(table);
            let there = there.unwrap_or_else(|| panic!("take `{table}` off api/src/policy/privacy.rs: it is gone"));
            for column in named {
                assert!(
                    there.iter().any(|found| found == column),
                    "take `{table}.{column}` off api/src/policy/privacy.rs: it is gone"
                );
            }
        }
    }

    /// Each column of a table that clients can see is a field of its type, or is excused here.
    async fn every_column_is_shown_or_excused(world: World) {
        let columns = columns(world.connection()).await;
        let mut unseen = Vec::new();
        for object in CATALOGUE.objects() {
            let shown = shown(object);
            for column in &columns[object.source.table()] {
                let table = object.source.table();
                let excused = NOT_SHOWN.iter().any(|(of, name, _)| (*of == table || *of == "*") && name == column);
                if !excused && !shown.contains(column.as_str()) {
                    unseen.push(format!("{table}.{column}"));
                }
            }
        }
        assert!(
            unseen.is_empty(),
            "show these in domains/<area>/types.rs, or say in tests/it/contract/privacy.rs why nobody needs them: {}",
            unseen.join(", ")
        );
    }
}

/// The columns that a type's fields show.
fn shown(object: &ObjectType) -> BTreeSet<&'static str> {
    let mut shown = BTreeSet::from([object.source.key()]);
    let mut fields: Vec<&Field> = object.fields.iter().collect();
    while let Some(field) = fields.pop() {
        match &field.kind {
            FieldKind::Column(column) => shown.extend([column.column]),
            FieldKind::ToOne { column, .. } => shown.extend([*column]),
            FieldKind::Group { fields: more, .. } => fields.extend(more),
            FieldKind::Computed(computed) => shown.extend(computed.columns.iter().map(|(column, _)| *column)),
            FieldKind::Id | FieldKind::ToMany(_) | FieldKind::Batch(_) | FieldKind::Allowed(_) => {}
        }
    }
    shown
}

#[test]
fn a_private_column_is_the_subjects_or_a_secret() {
    for (table, column) in private_columns() {
        let class = privacy::class(&table, &column);
        assert!(
            matches!(class, Some(Class::Subject | Class::Secret)),
            "`{table}.{column}` is Private<…>, and classed {class:?}: class it Subject or Secret in policy/privacy.rs"
        );
    }
}

/// Every `Private<…>` column, from the source of the entities.
fn private_columns() -> Vec<(String, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../entity/src")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let text = fs::read_to_string(entry.path()).unwrap();
            let Some(table) = text
                .split("table_name = \"")
                .nth(1)
                .and_then(|rest| rest.split('"').next())
            else {
                continue;
            };
            let declared = text
                .lines()
                .filter(|line| line.contains("Private<") && line.trim().starts_with("pub "));
            found.extend(declared.filter_map(|line| {
                let (name, _) = line.trim().strip_prefix("pub ")?.split_once(':')?;
                Some((table.to_owned(), name.to_owned()))
            }));
        }
    }
    assert!(
        found.len() >= 5,
        "the entities' Private columns were not found: has their form changed?"
    );
    found
}

/// How far a class goes: the smaller, the fewer readers.
const fn reach(class: Class) -> u8 {
    match class {
        Class::Public => 4,
        Class::Partners => 3,
        Class::Board | Class::Panel | Class::Authors => 2,
        Class::Subject | Class::Owners => 1,
        Class::Secret => 0,
    }
}

/// The widest class of a table's columns: that of its rows.
fn widest(object: &ObjectType) -> u8 {
    let classes = shown(object)
        .into_iter()
        .filter(|column| !BOOKKEEPING.contains(column))
        .filter_map(|column| privacy::class(object.source.table(), column));
    classes.map(reach).max().unwrap_or_default()
}

#[test]
fn what_is_more_private_than_its_row_has_readers_of_its_own() {
    let mut open = Vec::new();
    for object in CATALOGUE.objects() {
        let table = object.source.table();
        for field in &object.fields {
            let FieldKind::Column(column) = &field.kind else {
                continue;
            };
            let class = privacy::class(table, column.column).map(reach);
            let is_narrower = class.is_some_and(|class| class < widest(object));
            if is_narrower && column.reader.is_none() && !BOOKKEEPING.contains(&column.column) {
                open.push(format!(
                    "{}.{} ({table}.{})",
                    object.name, field.name, column.column
                ));
            }
        }
    }
    assert!(
        open.is_empty(),
        "put these into a PrivateGroup with a reader, or class them as wide as the row in policy/privacy.rs: {}",
        open.join(", ")
    );
}

#[test]
fn secrets_are_in_no_type() {
    for object in CATALOGUE.objects() {
        for column in shown(object) {
            assert_ne!(
                privacy::class(object.source.table(), column),
                Some(Class::Secret),
                "{}.{column} is a secret: take it out of {}",
                object.source.table(),
                object.name
            );
        }
    }
}

#[test]
fn nobody_orders_or_filters_by_what_they_may_not_read() {
    for object in CATALOGUE.objects() {
        let open: BTreeSet<_> = object
            .fields
            .iter()
            .filter_map(|field| match &field.kind {
                FieldKind::Column(column) if column.reader.is_none() => Some(column.column),
                FieldKind::ToOne { column, .. } => Some(*column),
                FieldKind::Id => Some("id"),
                _ => None,
            })
            .collect();
        let ordered = object.orders.iter().map(|order| (order.name, order.column));
        let filtered = object.filters.iter().filter_map(|filter| match filter.test {
            FilterTest::OneOf(column, _)
            | FilterTest::ListsOneOf(column, _)
            | FilterTest::Lists(column)
            | FilterTest::Is(column, _)
            | FilterTest::Contains(column)
            | FilterTest::From(column)
            | FilterTest::Before(column)
            | FilterTest::FromDay(column)
            | FilterTest::UntilDay(column) => Some((filter.name, column)),
            FilterTest::Holds(_) | FilterTest::Unless(_) => None,
        });
        for (name, column) in ordered.chain(filtered) {
            assert!(
                open.contains(column),
                "`{name}` of {} lists sorts or sifts by `{column}`, which not every reader of a row may read: its order tells",
                object.name
            );
        }
    }
}
