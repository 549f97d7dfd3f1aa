//! The guides that tell a story are its test: what they ask is asked of a server in the demonstration world, as the people
//! they name and at the times they name, and the answers they print are compared with the server's.
//!
//! After a change that is meant: `ROUNDTABLE_UPDATE=1 cargo test -p roundtable-tests guides` prints the answers anew.

mod answers;
mod json;
mod story;
mod teller;

use std::path::Path;

use harness::{Engine, both_databases};

use story::Story;
use teller::Telling;

/// How somebody comes on to a board and later sits on an interview panel, in chapters.
const OXFORDSHIRE: [&str; 5] = [
    "nominated.md",
    "panel.md",
    "scores.md",
    "member.md",
    "interviewing.md",
];

/// How a member's idea becomes something that care providers work by.
const NORFOLK: [&str; 4] = ["idea.md", "written.md", "showcase.md", "adopted.md"];

/// How services adopt a pledge, and what becomes of them when another version takes its place.
const NOTTINGHAM: [&str; 3] = ["adopted.md", "another_version.md", "superseded.md"];

/// How residents edit a policy, are paid for it, and named if they want to be.
const MANOR: [&str; 3] = ["agreed.md", "edited.md", "named.md"];

/// Tells the chapters of a guide on a database, and fails where the server differs from them.
async fn tell(engine: Engine, folder: &str, chapters: &[&str]) {
    let is_written_anew = std::env::var_os("ROUNDTABLE_UPDATE").is_some();
    if is_written_anew && engine != Engine::Sqlite {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../api/src/guide")
        .join(folder);
    let mut told = Telling::begin(engine).await;
    let mut differences = Vec::new();
    for chapter in chapters {
        let path = folder.join(chapter);
        let story = Story::read(&std::fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|mistake| panic!("{chapter}: {mistake}"));
        let chapter_told = told.tell(&story).await;
        if is_written_anew {
            std::fs::write(&path, story.with_answers(&chapter_told.answers)).unwrap();
        }
        let found = if is_written_anew {
            chapter_told.failures
        } else {
            chapter_told.differences
        };
        differences.extend(found.iter().map(|difference| format!("{chapter}: {difference}")));
    }
    told.end().await;
    assert!(
        differences.is_empty(),
        "the chapters of {} and the server differ:\n{}\nWhen the server is right, write the answers anew with\n  \
         ROUNDTABLE_UPDATE=1 cargo test -p roundtable-tests guides",
        folder.display(),
        differences.join("\n")
    );
}

both_databases! {
    /// Initiative 4 of domain.md, from the nomination to a panel on which the member sits.
    async fn the_walkthrough_of_oxfordshire_is_what_happens(engine: Engine) {
        tell(engine, "walkthrough", &OXFORDSHIRE).await;
    }

    /// Initiative 3, from the idea to those who adopt what became of it.
    async fn the_walkthrough_of_norfolk_is_what_happens(engine: Engine) {
        tell(engine, "walkthrough/norfolk", &NORFOLK).await;
    }

    /// Initiative 7, from a pledge to its withdrawal.
    async fn the_walkthrough_of_nottingham_is_what_happens(engine: Engine) {
        tell(engine, "walkthrough/nottingham", &NOTTINGHAM).await;
    }

    /// Initiative 2, from what is agreed with residents to what everybody is told.
    async fn the_walkthrough_of_manor_is_what_happens(engine: Engine) {
        tell(engine, "walkthrough/manor", &MANOR).await;
    }
}
