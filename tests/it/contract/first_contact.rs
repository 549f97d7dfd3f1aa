//! What the public and a stranger get from each root field. The lists below are everything they may ever see something of;
//! they may shrink, and grow only where `domain.md` 3 opens a row to everybody.

use std::collections::BTreeSet;

use harness::{Client, World, both_databases};
use serde_json::{Value, json};

use super::{mutations, open_world, oracle, selection};
use roundtable_api::planner::{CATALOGUE, global_id};

/// Root fields that show the public something of the fixed world.
const PUBLIC: [&str; 68] = [
    // Who you are: nobody.
    "viewer",
    // Reference data, and organisations once they were checked.
    "constituencies",
    "constituency",
    "geographies",
    "geography",
    "organisation",
    "organisations",
    "service",
    "services",
    "site",
    "sites",
    // Names of partnerships that have begun.
    "partnership",
    "partnerships",
    // Published boards, and their initiatives.
    "board",
    "boardSeat",
    "boards",
    "initiative",
    "initiatives",
    // Members of published boards who agreed to be named.
    "boardMembership",
    "boardMemberships",
    "person",
    "persons",
    // Announced meetings of published boards with their open agenda, and decisions once the minutes are approved.
    "agendaItem",
    "boardDecision",
    "boardDecisions",
    "meeting",
    "meetings",
    "paper",
    "papers",
    // Events for everybody, with those who host them.
    "event",
    "events",
    "eventHost",
    "eventHosts",
    // What organisations say they did, with anonymised stories while their people agree.
    "feedbackStory",
    "youSaidWeDid",
    "youSaidWeDidItems",
    // Published resources with their versions, formats and adopters, and who contributed.
    "adoption",
    "adoptions",
    "contributor",
    "rendition",
    "resource",
    "resourceVersion",
    "resourceVersions",
    "resources",
    // Published resources by their words, and what changed between two versions that were published.
    "resourceSearch",
    "resourceVersionDifference",
    // What was published of figures, and by which policy; no figure as it was recorded.
    "publishedFigure",
    "publishedFigures",
    "publishedRanking",
    "publishedSeries",
    "release",
    "releases",
    "suppressionPolicies",
    "suppressionPolicy",
    // What peer reviewers say about services, once it is published; never by whom or on what evidence.
    "monitoringVisit",
    "monitoringVisits",
    "visitRating",
    // Outcome frameworks in use, with their outcomes and indicators.
    "disaggregation",
    "disaggregations",
    "indicator",
    "indicatorVersion",
    "indicators",
    "outcome",
    "outcomeDescriptor",
    "outcomeFramework",
    "outcomeFrameworks",
    // Any of these by id.
    "node",
    "nodes",
];

/// What the administrator of an organisation sees in addition, of their own side alone (`isolation` proves that).
const STRANGER: [&str; 43] = [
    "action",
    "actions",
    "attendance",
    "auditEvent",
    "auditEvents",
    "dataSharingAgreement",
    "dataSharingAgreements",
    // Which courses there are, for everybody who signs in: a panel asks for the training of any organisation.
    "trainingCourse",
    "trainingCourses",
    // Who completed the courses of the organisation that they administer.
    "trainingRecord",
    "trainingRecords",
    // What the organisation that they administer pays people for taking part.
    "contribution",
    "contributions",
    // What was announced, and who applied to the organisation that they administer.
    "application",
    "applications",
    "interviewPanel",
    "interviewPanels",
    "vacancies",
    "vacancy",
    // The files of the organisation that they administer.
    "media",
    "mediaFiles",
    // What people told the organisation that they administer, and who comes to its events.
    "feedback",
    "feedbackAccount",
    "feedbackItems",
    "eventAttendance",
    "eventAttendances",
    "eventOutcome",
    // Who visits services for the organisation that they administer.
    "peerReviewer",
    // The figures about the organisation that they administer.
    "importBatch",
    "importBatches",
    "importError",
    "indicatorTarget",
    "indicatorTargets",
    "observation",
    "observations",
    "serviceAccount",
    "serviceAccounts",
    "user",
    "users",
    // Questions about the figures of the organisation that they administer.
    "indicatorRanking",
    "indicatorSeries",
    "observationComparison",
    "observationTotals",
];

/// The root fields that answer a viewer with something.
async fn answered(world: &World, client: &Client) -> BTreeSet<&'static str> {
    let mut every_id = Vec::new();
    for object in CATALOGUE.objects() {
        let ids = oracle::ids(world.connection(), object.source.table()).await;
        every_id.extend(ids.into_iter().map(|id| global_id::encode(object.prefix, id)));
    }
    let mut answered = BTreeSet::new();
    for field in selection::queries() {
        let name = field.name.as_str();
        let has_something = match selection::required(field).as_slice() {
            [] if selection::is_connection(field) => {
                let answer = client
                    .query(&format!("{{ {name} {{ totalCount }} }}"), Value::Null)
                    .await;
                answer.data(&format!("/{name}/totalCount")) != 0
            }
            [] => !client
                .query(&format!("{{ {name} {{ __typename }} }}"), Value::Null)
                .await
                .data(&format!("/{name}"))
                .is_null(),
            ["id"] => {
                let mut found = false;
                for some in every_id.chunks(200) {
                    let fields = some
                        .iter()
                        .enumerate()
                        .map(|(n, id)| format!("a{n}: {name}(id: \"{id}\") {{ __typename }} "));
                    let answer = client
                        .query(&format!("{{ {} }}", fields.collect::<String>()), Value::Null)
                        .await;
                    found |= answer
                        .data("")
                        .as_object()
                        .unwrap()
                        .values()
                        .any(|value| !value.is_null());
                }
                found
            }
            ["ids"] => {
                let mut found = false;
                for some in every_id.chunks(100) {
                    let query = format!("query($ids: [ID!]!) {{ {name}(ids: $ids) {{ __typename }} }}");
                    let answer = client.query(&query, json!({ "ids": some })).await;
                    found |= answer
                        .data(&format!("/{name}"))
                        .as_array()
                        .unwrap()
                        .iter()
                        .any(|value| !value.is_null());
                }
                found
            }
            ["query"] => {
                let query = format!("{{ {name}(query: \"canary\") {{ totalCount }} }}");
                let answer = client.query(&query, Value::Null).await;
                answer.data(&format!("/{name}/totalCount")) != 0
            }
            named if named.iter().all(|name| !values(name, &every_id).is_empty()) => {
                let asked = match named {
                    // Of two things that are compared, the same one twice.
                    ["after", "before"] | ["from", "to"] => {
                        let twice = |id: &String| format!("{}: {id} {}: {id}", named[0], named[1]);
                        values(named[0], &every_id).iter().map(twice).collect()
                    }
                    _ => named.iter().fold(vec![String::new()], |asked, name| {
                        let values = values(name, &every_id);
                        let with = |before: &String| -> Vec<_> {
                            values
                                .iter()
                                .map(|value| format!("{before}{name}: {value} "))
                                .collect()
                        };
                        asked.iter().flat_map(with).collect()
                    }),
                };
                let mut found = false;
                for some in asked.chunks(10) {
                    let fields = some.iter().enumerate();
                    let fields =
                        fields.map(|(n, arguments)| format!("a{n}: {name}({arguments}) {{ __typename }} "));
                    let answer = client
                        .query(&format!("{{ {} }}", fields.collect::<String>()), Value::Null)
                        .await;
                    let answers = answer.data("").as_object().unwrap().values();
                    found |= answers
                        .clone()
                        .any(|value| !value.is_null() && *value != json!([]));
                }
                found
            }
            other => {
                panic!("`{name}` needs {other:?}: teach tests/it/contract/first_contact.rs how to ask for it")
            }
        };
        if has_something {
            answered.insert(name);
        }
    }
    answered
}

both_databases! {
    /// Without a token: what is published, and nothing else.
    async fn the_public_sees_what_is_published(engine: Engine) {
        let world = open_world(engine).await;
        let answered = answered(&world, &world.client("anonymous")).await;
        let allowed = BTreeSet::from(PUBLIC);
        let more: Vec<_> = answered.difference(&allowed).collect();
        assert!(more.is_empty(), "the public sees something of {more:?}: is that in domain.md 3? This list only shrinks.");
        let less: Vec<_> = allowed.difference(&answered).collect();
        assert!(less.is_empty(), "the public sees nothing of {less:?} any more: take them off the list");
    }

    /// With a token that has nothing to do with it: the same, and their own.
    async fn a_stranger_sees_their_own(engine: Engine) {
        let world = open_world(engine).await;
        let answered = answered(&world, &world.client("stranger")).await;
        let allowed: BTreeSet<_> = PUBLIC.into_iter().chain(STRANGER).collect();
        let more: Vec<_> = answered.difference(&allowed).collect();
        assert!(more.is_empty(), "a stranger sees something of {more:?}: is that in domain.md 3? This list only shrinks.");
        let less: Vec<_> = allowed.difference(&answered).collect();
        assert!(less.is_empty(), "a stranger sees nothing of {less:?} any more: take them off the list");
    }

    /// The public changes nothing: each mutation asks who is there before it looks at anything.
    async fn the_public_changes_nothing(world: World) {
        let before = world.rows().await.audit_event.len();
        for case in mutations::cases() {
            let answer = world.client("anonymous").query(&case.document(), case.variables()).await;
            assert_eq!(answer.error_code(), Some("UNAUTHENTICATED"), "{}: {}", case.mutation, answer.text);
        }
        assert_eq!(world.rows().await.audit_event.len(), before);
    }
}

/// What can be asked for by an argument, as GraphQL writes it; nothing for an argument that is not known here.
fn values(argument: &str, every_id: &[String]) -> Vec<String> {
    let of = |kinds: &[&str]| {
        let decoded = |id: &&String| global_id::decode(id).is_some_and(|(kind, _)| kinds.contains(&kind));
        every_id
            .iter()
            .filter(decoded)
            .map(|id| format!("\"{id}\""))
            .collect()
    };
    match argument {
        "from" | "to" => of(&["resource_version"]),
        "before" | "after" => of(&["observation"]),
        "framework" => of(&["outcome_framework"]),
        "indicator" => of(&["indicator"]),
        "subject" => of(&["geography", "organisation", "service", "site"]),
        "subjectType" => ["GEOGRAPHY", "ORGANISATION", "SERVICE", "SITE"]
            .map(str::to_owned)
            .into(),
        "periodStart" => vec!["\"2024-04-01\"".to_owned()],
        "periodEnd" => vec!["\"2025-03-31\"".to_owned()],
        _ => Vec::new(),
    }
}
