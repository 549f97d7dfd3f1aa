//! Files and contributions of others: naming one that the sender may not see is answered with the bytes of one that has never
//! existed, in every input that takes one.

use std::collections::BTreeSet;

use apollo_compiler::schema::ExtendedType;
use harness::{both_databases, never};
use roundtable_api::planner::global_id;
use serde_json::json;

use super::super::oracle::{self, Oracle, Seen};
use super::worlds::Worlds;
use super::{Case, cases, selection};

/// What the end of a field's name says that it names: the type, and the prefix of its ids.
const NAMED: [(&str, &str, &str); 2] = [
    ("mediaid", "Media", "media"),
    ("contributionid", "Contribution", "contribution"),
];

/// The fields of a case's input that name a file or a contribution.
fn named(case: &Case) -> Vec<(String, &'static str, &'static str)> {
    let name = case.input_type();
    let Some(ExtendedType::InputObject(input)) = selection::schema().types.get(name.trim_end_matches('!'))
    else {
        return Vec::new();
    };
    let kind = |field: &str| {
        let field = field.to_lowercase();
        NAMED.into_iter().find(|(end, ..)| field.ends_with(end))
    };
    let fields = input.fields.keys();
    fields
        .filter_map(|field| kind(field).map(|(_, of, prefix)| (field.to_string(), of, prefix)))
        .collect()
}

/// The inputs that take one. A new one is tried without being asked, and belongs into this list.
const TAKE_ONE: [&str; 9] = [
    "adoptionEvidence.evidenceMediaId",
    "applicationSubmit.mediaId",
    "contributorAdd.contributionId",
    "contributorUpdate.contributionId",
    "mediaUpdate.captionMediaId",
    "mediaUpdate.transcriptMediaId",
    "observationImport.mediaId",
    "renditionAdd.mediaId",
    "renditionUpdate.mediaId",
];

#[test]
fn the_inputs_that_take_one_are_known() {
    let found: BTreeSet<_> = cases()
        .iter()
        .flat_map(|case| {
            let fields = named(case).into_iter();
            fields
                .map(|(field, ..)| format!("{}.{field}", case.mutation))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(found, TAKE_ONE.map(str::to_owned).into());
}

both_databases! {
    async fn what_belongs_to_others_is_not_there(engine: Engine) {
        let (mut worlds, mut told) = (Worlds::new(engine), Vec::new());
        for case in cases() {
            for (field, of, prefix) in named(&case) {
                let world = worlds.for_case(&case).await;
                let (rows, now) = (world.rows().await, world.clock().now());
                let before = rows.audit_event.len();
                let viewer = Seen::of(&rows, case.by, None, now).unwrap();
                let oracle = Oracle::new(&rows, &viewer, now);
                let ids = oracle::ids(world.connection(), prefix).await;
                let hidden: Vec<_> = ids.into_iter().filter(|id| !oracle.sees(of, *id)).collect();
                assert!(!hidden.is_empty(), "{} sees each {of} of the world: add one that they do not", case.by);
                let absent = case.ask(&world, case.by, case.with(&json!({ field.clone(): never(prefix) }))).await;
                let expected = format!("NOT_FOUND at input.{field}");
                if !case.errors(&absent).contains(&expected) {
                    told.push(format!("{}.{field}: {}", case.mutation, absent.text));
                }
                for id in hidden {
                    let input = case.with(&json!({ field.clone(): global_id::encode(prefix, id) }));
                    let answer = case.ask(&world, case.by, input).await;
                    if answer.text != absent.text {
                        told.push(format!("{}.{field} tells of {of} {id}: {}", case.mutation, answer.text));
                    }
                }
                let is_unchanged = world.rows().await.audit_event.len() == before;
                if !is_unchanged {
                    told.push(format!("{}.{field}: something was done all the same", case.mutation));
                }
                worlds.used(&case, is_unchanged).await;
            }
        }
        worlds.changed().await;
        assert!(told.is_empty(), "{}", told.join("\n"));
    }
}
