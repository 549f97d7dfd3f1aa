//! The five cases, tried. What went wrong is told of all mutations at once.

use std::collections::BTreeSet;

use harness::{both_databases, id};
use roundtable_api::events::READ;

use super::worlds::Worlds;
use super::*;

#[test]
fn every_mutation_has_its_cases() {
    let there: BTreeSet<_> = selection::mutations().map(|field| field.name.as_str()).collect();
    let tried: BTreeSet<_> = cases().iter().map(|case| case.mutation).collect();
    let missing: Vec<_> = there.difference(&tried).collect();
    assert!(
        missing.is_empty(),
        "add a case for {missing:?} to the file of its area in tests/it/contract/mutations (mod.rs there says how)"
    );
    for case in cases() {
        let _ = case.input_type();
        assert!(
            case.wrong.is_some(),
            "say with `.wrong(…)` what `{}` refuses, all at once",
            case.mutation
        );
        assert!(
            case.hidden.is_some() || !case.names_objects(),
            "say with `.hidden_from(…)` what `{}` must not tell",
            case.mutation
        );
    }
}

/// What went wrong so far.
#[derive(Default)]
struct Failures(Vec<String>);

impl Failures {
    fn unless(&mut self, holds: bool, case: &Case, what: impl FnOnce() -> String) {
        if !holds {
            self.0.push(format!("{}: {}", case.mutation, what()));
        }
    }

    #[track_caller]
    fn are_none(self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}

/// How often anything was changed. That an answer shows special-category data is noted each time it is read.
async fn entries(world: &World) -> usize {
    let events = world.rows().await.audit_event;
    events.iter().filter(|event| event.action != READ).count()
}

both_databases! {
    /// It does what it says, and answers with the object as it is now.
    async fn who_may_succeeds(engine: Engine) {
        let (mut worlds, mut failures) = (Worlds::new(engine), Failures::default());
        for case in cases() {
            let world = worlds.for_case(&case).await;
            let before = entries(&world).await;
            let answer = case.ask(&world, case.by, case.variables()).await;
            failures.unless(case.errors(&answer).is_empty(), &case, || answer.text.clone());
            failures.unless(!case.done(&answer).is_null(), &case, || answer.text.clone());
            failures.unless(entries(&world).await > before, &case, || "there is no entry in the audit".to_owned());
            worlds.changed().await;
        }
        failures.are_none();
    }

    /// All violations at once, each at its field; and nothing has happened.
    async fn all_violations_are_named_at_once(engine: Engine) {
        let (mut worlds, mut failures) = (Worlds::new(engine), Failures::default());
        for case in cases() {
            let Some((fields, violations)) = &case.wrong else { continue };
            let world = worlds.for_case(&case).await;
            let before = entries(&world).await;
            let answer = case.ask(&world, case.by, case.with(fields)).await;
            failures.unless(case.errors(&answer) == *violations, &case, || {
                format!("{:?} should be {violations:?}: {}", case.errors(&answer), answer.text)
            });
            let is_unchanged = entries(&world).await == before;
            failures.unless(is_unchanged, &case, || "it did something all the same".to_owned());
            worlds.used(&case, is_unchanged).await;
        }
        worlds.changed().await;
        failures.are_none();
    }

    /// What a viewer may not see is answered with the bytes of what has never existed.
    async fn hidden_objects_are_not_there(engine: Engine) {
        let (mut worlds, mut failures) = (Worlds::new(engine), Failures::default());
        for case in cases() {
            let Some(hidden) = &case.hidden else { continue };
            let world = worlds.for_case(&case).await;
            let before = entries(&world).await;
            let named = case.with(&json!({ hidden.field: id(hidden.kind, hidden.name) }));
            let absent = case.with(&json!({ hidden.field: never(hidden.kind) }));
            let named = case.ask(&world, hidden.from, named).await;
            let absent = case.ask(&world, hidden.from, absent).await;
            let expected = format!("NOT_FOUND at input.{}", hidden.field);
            failures.unless(case.errors(&absent).contains(&expected), &case, || {
                format!("an id that never existed is answered {}", absent.text)
            });
            failures.unless(named.text == absent.text, &case, || {
                format!("{} can tell what is hidden from what is not there: {}", hidden.from, named.text)
            });
            worlds.used(&case, entries(&world).await == before).await;
        }
        worlds.changed().await;
        failures.are_none();
    }

    /// A version that is no longer true: a conflict that shows the object as it is, and nothing has happened.
    async fn a_stale_version_is_a_conflict(engine: Engine) {
        let (mut worlds, mut failures) = (Worlds::new(engine), Failures::default());
        for case in cases().iter().filter(|case| case.takes("expectedVersion")) {
            let world = worlds.for_case(case).await;
            let version = case.input["expectedVersion"].as_i64();
            let version = version.unwrap_or_else(|| panic!("`{}` takes expectedVersion: give it one", case.mutation));
            let before = entries(&world).await;
            let answer = case.ask(&world, case.by, case.with(&json!({ "expectedVersion": version + 1 }))).await;
            let shown = case.object(&answer);
            let is_conflict = case.errors(&answer) == ["CONFLICT at input.expectedVersion"];
            let is_shown = shown["id"] == case.input["id"] && shown["version"] == version;
            failures.unless(is_conflict && is_shown, case, || {
                format!("should be a conflict that shows the object as it is: {}", answer.text)
            });
            let is_unchanged = entries(&world).await == before;
            failures.unless(is_unchanged, case, || "it did something all the same".to_owned());
            worlds.used(case, is_unchanged).await;
        }
        worlds.changed().await;
        failures.are_none();
    }

    /// The same request with the same key happens once; another request with that key is a conflict.
    async fn a_repeated_request_happens_once(engine: Engine) {
        let (mut worlds, mut failures) = (Worlds::new(engine), Failures::default());
        for case in cases().iter().filter(|case| case.takes("idempotencyKey")) {
            let world = worlds.for_case(case).await;
            let key = json!({ "idempotencyKey": "the-same-key-again" });
            let first = case.ask(&world, case.by, case.with(&key)).await;
            let after = entries(&world).await;
            let again = case.ask(&world, case.by, case.with(&key)).await;
            failures.unless(case.errors(&first).is_empty(), case, || first.text.clone());
            failures.unless(first.text == again.text, case, || {
                format!("a repeated request is answered otherwise: {} and {}", first.text, again.text)
            });
            failures.unless(entries(&world).await == after, case, || "it happened twice".to_owned());
            if let Some((fields, _)) = &case.wrong {
                let mut other = case.with(&key);
                for (name, value) in fields.as_object().unwrap() {
                    other["input"][name] = value.clone();
                }
                let other = case.ask(&world, case.by, other).await;
                failures.unless(case.errors(&other) == ["CONFLICT at input.idempotencyKey"], case, || {
                    format!("another request with the same key: {}", other.text)
                });
            }
            worlds.changed().await;
        }
        failures.are_none();
    }
}
