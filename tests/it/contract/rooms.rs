//! Who may depend on whom: read from the source, because the rooms are modules of one crate and the compiler allows all.

use std::fs;
use std::path::{Path, PathBuf};

/// Words of SeaORM that run statements: nobody but `store` has them.
const CONNECTION: [&str; 12] = [
    "DatabaseConnection",
    "DatabaseTransaction",
    "ConnectionTrait",
    "TransactionTrait",
    "Statement::from",
    "query_one",
    "query_all",
    "execute_raw",
    "execute_unprepared",
    ".exec(",
    "::find()",
    "find_by_id",
];

/// Rooms that serve every area alike: they name none.
const RAILS: [&str; 7] = ["http", "graphql", "planner", "store", "events", "auth", "objects"];

/// Where a rail names an area after all, and why. Take lines away; add none without a better reason than these.
const NAMED: &[(&str, &str, &str)] = &[
    (
        "store/who.rs",
        "parties",
        "who asks is the one read outside any scope; it joins accounts, grants and agreements live",
    ),
    (
        "graphql/viewer.rs",
        "parties",
        "`viewer` is about the account, the person and the organisation it acts for",
    ),
    (
        "graphql/viewer.rs",
        "partnerships",
        "a grant names what it holds for",
    ),
    ("graphql/viewer.rs", "boards", "a grant names what it holds for"),
];

const AREAS: [&str; 17] = [
    "parties",
    "partnerships",
    "boards",
    "meetings",
    "panels",
    "media",
    "tenders",
    "consultations",
    "resources",
    "change",
    "gatherings",
    "outcomes",
    "imports",
    "releases",
    "visits",
    "reciprocity",
    "platform",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The Rust files below a folder: their path from it, and their text without comments and unit tests.
fn sources(folder: &str) -> Vec<(String, String)> {
    let base = root().join(folder);
    let mut found = Vec::new();
    let mut folders = vec![base.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path
                    .strip_prefix(&base)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                let is_test = name.contains("tests") || name.contains("test_");
                if !is_test {
                    found.push((name, code(&fs::read_to_string(&path).unwrap())));
                }
            }
        }
    }
    found.sort();
    found
}

fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn areas_do_not_touch_the_connection() {
    let mut wrong = Vec::new();
    for room in [
        "domains", "policy", "graphql", "planner", "http", "auth", "demo", "cli", "objects",
    ] {
        for (name, text) in sources(&format!("api/src/{room}")) {
            let words = CONNECTION.iter().filter(|word| text.contains(**word));
            wrong.extend(words.map(|word| format!("{room}/{name} says `{word}`")));
        }
    }
    assert!(
        wrong.is_empty(),
        "only `store` runs statements: ask it through ReadSession and WriteSession, and give it what is missing.\n{}",
        wrong.join("\n")
    );
}

#[test]
fn rails_name_no_area() {
    let mut wrong = Vec::new();
    for room in RAILS {
        for (name, text) in sources(&format!("api/src/{room}")) {
            let file = format!("{room}/{name}");
            for area in AREAS.into_iter().filter(|area| *area != "platform") {
                let names =
                    text.contains(&format!("entity::{area}::")) || text.contains(&format!("domains::{area}"));
                let excused = NAMED
                    .iter()
                    .any(|(excused, what, _)| *excused == file && *what == area);
                if names && !excused {
                    wrong.push(format!("{file} names `{area}`"));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "rails serve every area alike; what is particular belongs in domains/<area> or policy/areas/<area>.rs.\n{}",
        wrong.join("\n")
    );
}

/// Words of the store of objects: nobody but `objects` has them.
const OBJECTS: [&str; 4] = ["object_store", "AmazonS3", "LocalFileSystem", "PutPayload"];

#[test]
fn only_objects_keep_bytes() {
    let mut wrong = Vec::new();
    for (name, text) in sources("api/src") {
        let words = OBJECTS.iter().filter(|word| text.contains(**word));
        if !name.starts_with("objects/") {
            wrong.extend(words.map(|word| format!("{name} says `{word}`")));
        }
    }
    for (name, text) in sources("api/src/objects") {
        for above in [
            "crate::domains",
            "crate::policy",
            "crate::store",
            "crate::http",
            "crate::graphql",
        ] {
            if text.contains(above) {
                wrong.push(format!("objects/{name} says `{above}`: it knows no domain"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "the bytes of files lie in `objects`, which knows nothing of what they are about.\n{}",
        wrong.join("\n")
    );
}

#[test]
fn excuses_are_still_needed() {
    for (file, area, _) in NAMED {
        let (room, name) = file.split_once('/').unwrap();
        let text = sources(&format!("api/src/{room}"))
            .into_iter()
            .find(|(found, _)| found == name);
        let text = text
            .unwrap_or_else(|| panic!("{file} is gone: take its line away here"))
            .1;
        assert!(
            text.contains(&format!("entity::{area}::")),
            "{file} names `{area}` no more: take its line away here"
        );
    }
}

#[test]
fn the_entities_know_nothing_of_graphql() {
    let manifest = fs::read_to_string(root().join("entity/Cargo.toml")).unwrap();
    assert!(
        !manifest.contains("async-graphql"),
        "how tables look to clients is said in domains/<area>/types.rs"
    );
    for (name, text) in sources("entity/src") {
        assert!(
            !text.contains("async_graphql"),
            "entity/src/{name} speaks of GraphQL"
        );
    }
}

#[test]
fn rules_are_pure() {
    let mut wrong = Vec::new();
    for (name, text) in sources("api/src/domains") {
        if !name.contains("/rules") {
            continue;
        }
        for word in [
            "async ",
            "sea_orm::Database",
            "async_graphql",
            "crate::store",
            "crate::graphql",
            "Utc::now",
        ] {
            if text.contains(word) {
                wrong.push(format!("domains/{name} says `{word}`"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "rules are given what they judge: no database, no GraphQL, no clock of their own.\n{}",
        wrong.join("\n")
    );
}
