//! `schema.graphql` is what the server speaks, and everything in it is described.

use std::path::Path;

use apollo_compiler::schema::ExtendedType;
use roundtable_api::graphql;

use super::selection;

fn committed() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema.graphql");
    std::fs::read_to_string(path).unwrap_or_default()
}

#[test]
fn the_committed_contract_is_what_the_server_speaks() {
    let (spoken, committed) = (graphql::sdl(&graphql::build()), committed());
    if spoken.trim() == committed.trim() {
        return;
    }
    let first = spoken
        .lines()
        .zip(committed.lines())
        .position(|(spoken, committed)| spoken != committed);
    let line = first.unwrap_or_else(|| spoken.lines().count().min(committed.lines().count()));
    panic!(
        "schema.graphql is not what the server speaks, from line {} on.\n committed: {}\n spoken:    {}\n\
         Regenerate it with `cargo run -- schema > schema.graphql`, and read the difference: a client depends on it.",
        line + 1,
        committed.lines().nth(line).unwrap_or("(end)"),
        spoken.lines().nth(line).unwrap_or("(end)"),
    );
}

#[test]
fn everything_in_the_contract_is_described() {
    let schema = selection::schema();
    let mut missing = Vec::new();
    let mut ask = |path: String, description: Option<&str>| {
        if description.is_none_or(|text| text.trim().len() < 3) {
            missing.push(path);
        }
    };
    for (name, of) in schema.types.iter().filter(|(_, of)| !of.is_built_in()) {
        ask(name.to_string(), of.description().map(|text| text.as_str()));
        let fields = match of {
            ExtendedType::Object(object) => Some(&object.fields),
            ExtendedType::Interface(interface) => Some(&interface.fields),
            _ => None,
        };
        for (field, of) in fields.into_iter().flatten() {
            ask(format!("{name}.{field}"), of.description.as_deref());
            for argument in &of.arguments {
                ask(
                    format!("{name}.{field}({}:)", argument.name),
                    argument.description.as_deref(),
                );
            }
        }
        if let ExtendedType::Enum(list) = of {
            for (value, of) in &list.values {
                ask(format!("{name}.{value}"), of.description.as_deref());
            }
        }
        if let ExtendedType::InputObject(input) = of {
            for (field, of) in &input.fields {
                ask(format!("{name}.{field}"), of.description.as_deref());
            }
        }
    }
    assert!(
        missing.is_empty(),
        "say what these are, in plain English, in their doc comments or declarations: {}",
        missing.join(", ")
    );
}
