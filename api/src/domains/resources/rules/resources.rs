//! What a resource says of itself (`domain.md` 2.6).

use entity::list::TextList;

use crate::domains::resources::settings::{ResourceSettings, count};
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, text};

/// The longest topic, in characters.
const LONGEST_TOPIC: usize = 60;

/// What a resource is about: short words of the owner's, in lower case, each once, so that the same topic is found again.
///
/// # Errors
/// `TOO_LONG` for a topic or for too many of them, `REQUIRED` for a blank one, `INVALID_FORMAT`; each at its place.
pub fn topics(raw: &[String], settings: &ResourceSettings) -> Result<TextList, Vec<Violation>> {
    let mut violations = Violations::default();
    let most = count(settings.most_topics);
    violations.check(raw.len() <= most, Code::TooLong, "topics", || {
        format!(
            "There are {} topics; the most is {most}. Keep those by which people will look for it.",
            raw.len()
        )
    });
    let mut topics = Vec::with_capacity(raw.len());
    for (place, topic) in raw.iter().enumerate().take(most) {
        let topic = text("topic", topic, 1..=LONGEST_TOPIC).map_err(|mut violation| {
            violation.path = vec!["topics".to_owned(), place.to_string()];
            violation
        });
        let Some(topic) = violations.keep(topic) else {
            continue;
        };
        let topic = topic
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase();
        if !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    violations.into_result_with(TextList(topics))
}

/// A language by BCP 47, as far as its form goes: `en`, `cy`, `zh-Hant`, `en-GB`.
///
/// # Errors
/// `INVALID_FORMAT`.
pub fn language(field: &str, raw: &str) -> Result<String, Violation> {
    let tag = raw.trim();
    let parts: Vec<&str> = tag.split('-').collect();
    let is_primary = |part: &&str| {
        (2..=3).contains(&part.len()) && part.chars().all(|letter| letter.is_ascii_alphabetic())
    };
    let is_further = |part: &&str| {
        (1..=8).contains(&part.len()) && part.chars().all(|character| character.is_ascii_alphanumeric())
    };
    if tag.len() <= 35 && parts.first().is_some_and(is_primary) && parts[1..].iter().all(is_further) {
        let primary = parts[0].to_ascii_lowercase();
        return Ok([&[primary.as_str()], &parts[1..]].concat().join("-"));
    }
    let message = "A language is written as a tag of BCP 47, such as en, cy, pl or zh-Hant.";
    Err(Violation::new(Code::InvalidFormat, field, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_written_alike_and_stand_once() {
        let raw = ["  Home   Care ", "home care", "Money"].map(str::to_owned);
        let found = topics(&raw, &ResourceSettings::default()).unwrap();
        assert_eq!(found, TextList(vec!["home care".to_owned(), "money".to_owned()]));
    }

    #[test]
    fn each_topic_that_is_wrong_is_named() {
        let raw = [String::new(), "x".repeat(61), "fine".to_owned()];
        let found = topics(&raw, &ResourceSettings::default()).unwrap_err();
        let told: Vec<_> = found
            .iter()
            .map(|violation| format!("{} {}", violation.code, violation.path.join(".")))
            .collect();
        assert_eq!(told, ["REQUIRED topics.0", "TOO_LONG topics.1"]);
        let many: Vec<_> = (0..21).map(|number| number.to_string()).collect();
        assert_eq!(
            topics(&many, &ResourceSettings::default()).unwrap_err()[0].code,
            Code::TooLong
        );
    }

    #[test]
    fn a_language_is_a_tag() {
        for (right, written) in [
            ("en", "en"),
            (" CY ", "cy"),
            ("zh-Hant", "zh-Hant"),
            ("bfi", "bfi"),
        ] {
            assert_eq!(language("language", right).as_deref(), Ok(written));
        }
        for wrong in ["", "english", "e", "en_GB", "en-", "en-toolonghere"] {
            assert!(language("language", wrong).is_err(), "{wrong}");
        }
    }
}
