//! What the cache counts for a document is what the document holds: whoever sends others all the time fills the cache, and no more.

use allocation_counter::measure;

use super::*;

fn many(count: usize, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect()
}

fn accepted() -> [String; 8] {
    let fragment = "id name parent { id name parent { id name parent { id name } } meetings(first: 3) { nodes { id place } } }";
    [
        "{ board { id } }".into(),
        "{ boards(first: 10, after: \"x\") { nodes { id name parent { id } meetings(first: 3) { nodes { id } } } } }".into(),
        format!("{{ board {{ {} }} }}", "id name ".repeat(400)),
        format!("{{ {} }}", many(30, |n| format!("a{n}: board(id: {n}) {{ id name parent {{ id }} }} "))),
        format!("{{ {} }} fragment F on Board {{ {fragment} }}", many(8, |n| format!("a{n}: board {{ ...F }} "))),
        format!("{{ {} }}", many(30, |n| format!("a{n}: echo(list: [{}]) ", "1 ".repeat(50)))),
        format!("query({}) {{ {} }}", many(30, |n| format!("$a{n}: Int ")), many(30, |n| format!("a{n}: echo(value: $a{n}) "))),
        format!("query({}) {{ {} }}", many(5, |n| format!("$a{n}: Boolean! ")), many(5, |n| format!("a{n}: echo @skip(if: $a{n}) "))),
    ]
}

fn refused() -> [String; 6] {
    [
        "{ nothing }".into(),
        format!("{{ {} }}", "nothing ".repeat(1_000)),
        format!("{{ {} }}", many(3_000, |n| format!("a{n} "))),
        format!("{{ {} }}", many(300, |_| format!("{} ", "a".repeat(200)))),
        "}".repeat(9_000),
        format!("{{{}}}", "a".repeat(90_000)),
    ]
}

/// What a document holds once it was executed under each combination of its conditions, and what it weighs.
fn held(documents: &Documents, text: &str) -> (u64, u64) {
    let conditions = text.matches(": Boolean!").count();
    let mut kept = None;
    let held = measure(|| {
        let made = Kept::new(text, documents.prepare_anew(text, None));
        if let Ok(prepared) = &made.result {
            for combination in 0..1_usize << conditions {
                let is_set = |bit: usize| json!(combination >> bit & 1 == 1);
                let given = (0..conditions).map(|bit| (format!("a{bit}"), is_set(bit)));
                let variables = prepared.coerce_variables(&given.collect()).unwrap();
                let _ = prepared.normalised(&variables);
            }
        }
        kept = Some(made);
    });
    let weighs = kept.unwrap().memory;
    (u64::try_from(held.bytes_current).unwrap(), weighs.into())
}

#[test]
fn a_document_that_is_kept_weighs_what_it_holds() {
    let documents = documents();
    for text in accepted() {
        assert!(documents.prepare(&text, None).is_ok(), "{text}");
        let (holds, weighs) = held(&documents, &text);
        assert!(holds <= weighs, "{text} holds {holds} bytes and weighs {weighs}");
        assert!(
            weighs <= 8 * holds,
            "{text} holds {holds} bytes and weighs {weighs}"
        );
    }
}

#[test]
fn a_refusal_that_is_kept_weighs_what_it_holds() {
    let documents = documents();
    for text in refused() {
        let start = &text[..text.len().min(40)];
        let (holds, weighs) = held(&documents, &text);
        assert!(holds <= weighs, "{start} holds {holds} bytes and weighs {weighs}");
        assert!(weighs <= 16 * 1_024, "{start} weighs {weighs}");
    }
}
