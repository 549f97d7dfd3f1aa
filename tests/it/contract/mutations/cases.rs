//! The five cases, tried.

use std::collections::BTreeSet;

use harness::{Engine, Template, both_databases, id};

use super::*;

/// Mutations that are proved in the tests of their area (`tests/it/partnerships`, `tests/it/boards`) and still owe their
/// row here. This list only ever shrinks; a new mutation does not come onto it.
const OWED: &[&str] = &[
    "boardActivate",
    "boardClose",
    "boardMembershipAccept",
    "boardMembershipDeclareConflicts",
    "boardMembershipDecline",
    "boardMembershipEnd",
    "boardMembershipInterview",
    "boardMembershipInvite",
    "boardMembershipNominate",
    "boardMembershipOffer",
    "boardMembershipRecordVisit",
    "boardMembershipReturn",
    "boardMembershipTakeLeave",
    "boardMembershipWithdraw",
    "boardPublish",
    "boardRest",
    "boardSeatClose",
    "boardSeatCreate",
    "boardSeatUpdate",
    "boardUnpublish",
    "constituencyCreate",
    "constituencyUpdate",
    "initiativeCreate",
    "initiativeUpdate",
    "partnershipActivate",
    "partnershipAgreementCreate",
    "partnershipAgreementSign",
    "partnershipAgreementTerminate",
    "partnershipAgreementUpdate",
    "partnershipClose",
    "partnershipCreate",
    "partnershipLeadHandOver",
    "partnershipMemberAccept",
    "partnershipMemberDecline",
    "partnershipMemberInvite",
    "partnershipMemberLeave",
    "partnershipUpdate",
];

#[test]
fn every_mutation_has_its_cases() {
    let there: BTreeSet<_> = selection::mutations().map(|field| field.name.as_str()).collect();
    let tried: BTreeSet<_> = cases().iter().map(|case| case.mutation).collect();
    let missing: Vec<_> = there
        .difference(&tried)
        .filter(|name| !OWED.contains(name))
        .collect();
    let paid: Vec<_> = OWED.iter().filter(|name| tried.contains(*name)).collect();
    assert!(
        paid.is_empty(),
        "these have their cases now: take them off OWED, which only ever shrinks: {paid:?}"
    );
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

/// A world of its own for a case: what one does must not help another.
async fn prepared(engine: Engine, case: &Case) -> World {
    let world = World::new(engine, Template::World, |_| ()).await;
    case.arrange(&world).await;
    world
}

both_databases! {
    /// It does what it says, and answers with the object as it is now.
    async fn who_may_succeeds(engine: Engine) {
        for case in cases() {
            let world = prepared(engine, &case).await;
            let answer = case.ask(&world, case.by, case.variables()).await;
            assert_eq!(answer.user_errors(case.mutation), [] as [String; 0], "{}: {}", case.mutation, answer.text);
            assert!(!case.done(&answer).is_null(), "{}: {}", case.mutation, answer.text);
            world.close().await;
        }
    }

    /// All violations at once, each at its field; and nothing has happened.
    async fn all_violations_are_named_at_once(engine: Engine) {
        for case in cases() {
            let Some((fields, violations)) = &case.wrong else { continue };
            let world = prepared(engine, &case).await;
            let before = world.rows().await.audit_event.len();
            let answer = case.ask(&world, case.by, case.with(fields)).await;
            assert_eq!(answer.user_errors(case.mutation), *violations, "{}: {}", case.mutation, answer.text);
            assert_eq!(world.rows().await.audit_event.len(), before, "{} did something all the same", case.mutation);
            world.close().await;
        }
    }

    /// What a viewer may not see is answered with the bytes of what has never existed.
    async fn hidden_objects_are_not_there(engine: Engine) {
        for case in cases() {
            let Some(hidden) = &case.hidden else { continue };
            let world = prepared(engine, &case).await;
            let named = case.with(&json!({ hidden.field: id(hidden.kind, hidden.name) }));
            let absent = case.with(&json!({ hidden.field: never(hidden.kind) }));
            let named = case.ask(&world, hidden.from, named).await;
            let absent = case.ask(&world, hidden.from, absent).await;
            let errors = absent.user_errors(case.mutation);
            let expected = format!("NOT_FOUND at input.{}", hidden.field);
            assert!(errors.contains(&expected), "{}: {}", case.mutation, absent.text);
            assert_eq!(named.text, absent.text, "`{}` tells {} that there is something", case.mutation, hidden.from);
            world.close().await;
        }
    }

    /// A version that is no longer true: a conflict that shows the object as it is, and nothing has happened.
    async fn a_stale_version_is_a_conflict(engine: Engine) {
        for case in cases().iter().filter(|case| case.takes("expectedVersion")) {
            let world = prepared(engine, case).await;
            let version = case.input["expectedVersion"].as_i64();
            let version = version.unwrap_or_else(|| panic!("`{}` takes expectedVersion: give it one", case.mutation));
            let before = world.rows().await.audit_event.len();
            let answer = case.ask(&world, case.by, case.with(&json!({ "expectedVersion": version + 1 }))).await;
            assert_eq!(
                answer.user_errors(case.mutation),
                ["CONFLICT at input.expectedVersion"],
                "{}: {}",
                case.mutation,
                answer.text
            );
            assert!(!case.object(&answer).is_null(), "`{}` does not show the object: {}", case.mutation, answer.text);
            assert_eq!(world.rows().await.audit_event.len(), before, "{} did something all the same", case.mutation);
            world.close().await;
        }
    }

    /// The same request with the same key happens once; another request with that key is a conflict.
    async fn a_repeated_request_happens_once(engine: Engine) {
        for case in cases().iter().filter(|case| case.takes("idempotencyKey")) {
            let world = prepared(engine, case).await;
            let key = json!({ "idempotencyKey": "the-same-key-again" });
            let first = case.ask(&world, case.by, case.with(&key)).await;
            let after = world.rows().await.audit_event.len();
            let again = case.ask(&world, case.by, case.with(&key)).await;
            assert_eq!(first.user_errors(case.mutation), [] as [String; 0], "{}: {}", case.mutation, first.text);
            assert_eq!(first.text, again.text, "`{}` answers a repeated request otherwise", case.mutation);
            assert_eq!(world.rows().await.audit_event.len(), after, "`{}` happened twice", case.mutation);
            if let Some((fields, _)) = &case.wrong {
                let mut other = case.with(&key);
                for (name, value) in fields.as_object().unwrap() {
                    other["input"][name] = value.clone();
                }
                let other = case.ask(&world, case.by, other).await;
                assert_eq!(
                    other.user_errors(case.mutation),
                    ["CONFLICT at input.idempotencyKey"],
                    "{}: {}",
                    case.mutation,
                    other.text
                );
            }
            world.close().await;
        }
    }
}
