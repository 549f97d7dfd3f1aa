//! A guide as a story: who asks what, when, and what the server answers.
//!
//! - `**23 November 2026, 09:00**` at the beginning of a line: the clock shows that time from there on, UTC.
//! - "As `board-chair`" in the text: who asks next. "As the public": nobody in particular.
//! - A block of `graphql`, followed by a block of `json`: what is asked, and the answer.

use chrono::{DateTime, NaiveDateTime, Utc};

/// How a time is written.
const TIME: &str = "%d %B %Y, %H:%M";
/// How the public is called among the harness's clients.
const PUBLIC: &str = "anonymous";

/// A guide.
pub struct Story {
    lines: Vec<String>,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// Somebody asks something.
pub struct Step {
    /// The line on which the document begins.
    pub line: usize,
    /// The subject of who asks.
    pub viewer: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub document: String,
    /// The answer that the guide prints.
    pub answer: String,
    /// The lines of that answer, without the fences.
    answer_lines: std::ops::Range<usize>,
}

impl Story {
    /// Reads a guide.
    pub fn read(text: &str) -> Result<Self, String> {
        let lines: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
        let mut steps = Vec::new();
        let (mut viewer, mut at, mut asked) = (None, None, None);
        let mut place = 0;
        while place < lines.len() {
            let line = &lines[place];
            let Some(language) = line.strip_prefix("```") else {
                at = time(line).or(at);
                viewer = viewer_of(line).or(viewer);
                place += 1;
                continue;
            };
            let end = (place + 1..lines.len())
                .find(|end| lines[*end] == "```")
                .ok_or_else(|| format!("line {}: this block does not end", place + 1))?;
            let block = || lines[place + 1..end].join("\n");
            match language {
                "graphql" => asked = Some((place + 1, block())),
                "json" => {
                    let (line, document) = asked
                        .take()
                        .ok_or_else(|| format!("line {}: nothing was asked", place + 1))?;
                    steps.push(Step {
                        line,
                        viewer: viewer.take().ok_or_else(|| format!("line {line}: as whom?"))?,
                        at: at.ok_or_else(|| format!("line {line}: when?"))?,
                        document,
                        answer: block(),
                        answer_lines: place + 1..end,
                    });
                }
                _ => {}
            }
            if language != "graphql" && asked.is_some() {
                return Err(format!("line {}: the answer is missing", place + 1));
            }
            place = end + 1;
        }
        Ok(Self { lines, steps })
    }

    /// The guide with other answers, one for each step.
    pub fn with_answers(&self, answers: &[String]) -> String {
        let mut lines = self.lines.clone();
        for (step, answer) in self.steps.iter().zip(answers).rev() {
            lines.splice(step.answer_lines.clone(), answer.lines().map(ToOwned::to_owned));
        }
        lines.join("\n") + "\n"
    }
}

fn time(line: &str) -> Option<DateTime<Utc>> {
    let (written, _) = line.strip_prefix("**")?.split_once("**")?;
    NaiveDateTime::parse_from_str(written, TIME)
        .ok()
        .map(|time| time.and_utc())
}

fn viewer_of(line: &str) -> Option<String> {
    let named = line.rfind("As `").map(|found| (found, &line[found + 4..]));
    let public = line.rfind("As the public").map(|found| (found, ""));
    let (_, rest) = named.max(public)?;
    Some(rest.split_once('`').map_or(PUBLIC, |(name, _)| name).to_owned())
}

#[test]
fn a_story_says_who_asks_what_and_when() {
    let told = "**9 December 2026, 12:45** They meet.\nAs `board-chair`:\n```graphql\n{ a }\n```\n\n```json\n{}\n```\n\
                As the public:\n```graphql\n{ b }\n```\n```json\nold\n```\n";
    let story = Story::read(told).unwrap();
    let steps: Vec<_> = story
        .steps
        .iter()
        .map(|step| (step.line, step.viewer.as_str(), step.document.as_str()))
        .collect();
    assert_eq!(steps, [(3, "board-chair", "{ a }"), (11, PUBLIC, "{ b }")]);
    assert_eq!(story.steps[1].at.to_rfc3339(), "2026-12-09T12:45:00+00:00");
    let anew = story.with_answers(&["{}".to_owned(), "new".to_owned()]);
    assert_eq!(anew, told.replace("old", "new"));
    for (broken, why) in [
        ("```json\n{}\n```", "nothing was asked"),
        ("```graphql\n{ a }\n```\n```json\n{}\n```", "as whom?"),
        ("As `x`\n```graphql\n{ a }\n```\n```json\n{}\n```", "when?"),
        ("```graphql\n{ a }\n```\n```sh\nls\n```", "the answer is missing"),
        ("```graphql", "does not end"),
    ] {
        let mistake = Story::read(broken).err().unwrap();
        assert!(mistake.contains(why), "{mistake}");
    }
}
