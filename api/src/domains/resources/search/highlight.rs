//! Which words of a text a search meant, and the passage around them.
//!
//! The index says which texts fit, and this says where: by the same rules, in the same way on both databases. Word forms are taken
//! apart by the English stemmer of Snowball, as PostgreSQL does; SQLite's older one differs in a few words, which are then
//! found and not marked.

use std::borrow::Cow;
use std::ops::Range;

use super::marker::{Marker, Meant};
use crate::store::TextQuery;

/// A stretch of text, and whether the search meant it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The text, spaces included.
    pub text: String,
    /// Whether the search meant it.
    pub matched: bool,
}

/// Shows texts with what a search meant.
pub struct Highlight<'a>(Marker<'a>);

impl<'a> Highlight<'a> {
    /// For a search.
    #[must_use]
    pub fn new(query: &'a TextQuery) -> Self {
        Self(Marker::new(query))
    }

    /// A whole text with what the search meant.
    ///
    /// ```
    /// use roundtable_api::domains::resources::search::highlight::Highlight;
    /// use roundtable_api::store::TextQuery;
    ///
    /// let marked = Highlight::new(&TextQuery::parse("care")).whole("Caring together");
    /// assert_eq!((marked[0].text.as_str(), marked[0].matched), ("Caring", true));
    /// ```
    #[must_use]
    pub fn whole(&self, text: &str) -> Vec<Stretch> {
        let meant: Vec<_> = self.0.meant(text).collect();
        stretches(text, 0..text.len(), &meant)
    }

    /// The passage of a text, about `length` characters of it, in which most of what the search meant comes together; the
    /// beginning when nothing of it is there. Line breaks are spaces, and an ellipsis says that there is more.
    #[must_use]
    pub fn passage(&self, text: &str, length: usize) -> Vec<Stretch> {
        let text = text.trim();
        let text = if has_gaps(text) {
            Cow::Owned(on_one_line(text))
        } else {
            Cow::Borrowed(text)
        };
        let meant = self.0.meant_around(&text, length);
        let range = around(&text, &meant, length);
        let mut found = stretches(&text, range.clone(), &meant);
        for stretch in &mut found {
            stretch.text = on_one_line(&stretch.text);
        }
        let more = |text: &str| Stretch {
            text: text.to_owned(),
            matched: false,
        };
        if range.start > 0 {
            match found.first_mut() {
                Some(first) if !first.matched => first.text.insert_str(0, "… "),
                _ => found.insert(0, more("… ")),
            }
        }
        if range.end < text.len() {
            match found.last_mut() {
                Some(last) if !last.matched => last.text.push_str(" …"),
                _ => found.push(more(" …")),
            }
        }
        found
    }
}

/// Whether somewhere more than one space or line break stands between words.
fn has_gaps(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    // Counted, not looked for: without a way out of the loop many bytes are looked at at once.
    let gaps = pairs.filter(|(one, next)| **one <= b' ' && **next <= b' ');
    gaps.count() > 0
}

/// The text with one space wherever something stands between words.
fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if !character.is_whitespace() {
            line.push(character);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}

/// The part of the text, about `length` characters, with most different phrases in it; of several the first.
fn around(text: &str, meant: &[Meant], length: usize) -> Range<usize> {
    let mut best = (0, 0);
    for (first, from) in meant.iter().enumerate() {
        let mut phrases: Vec<usize> = meant[first..]
            .iter()
            .take_while(|other| other.range.end - from.range.start <= length)
            .map(|other| other.phrase)
            .collect();
        phrases.sort_unstable();
        phrases.dedup();
        if phrases.len() > best.0 {
            best = (phrases.len(), from.range.start);
        }
    }
    // A few words before say what it is about.
    let lead = if best.1 > length / 4 { length / 4 } else { best.1 };
    let start = word_start(text, best.1 - lead, best.1);
    let mut end = text[start..]
        .char_indices()
        .nth(length)
        .map_or(text.len(), |(place, _)| start + place);
    if !text[end..].starts_with(char::is_whitespace) && end < text.len() {
        // Not in the middle of a word, unless it is one without end.
        let cut = text[start..end]
            .rfind(char::is_whitespace)
            .map_or(end, |space| start + space);
        let inside = meant
            .iter()
            .any(|meant| meant.range.start < cut && cut < meant.range.end);
        end = if cut > start && !inside { cut } else { end };
    }
    start..start + text[start..end].trim_end().len()
}

/// The beginning of the first word from a place on, but not beyond another place.
fn word_start(text: &str, from: usize, at_most: usize) -> usize {
    if from == 0 {
        return 0;
    }
    let from = (from..=at_most)
        .find(|place| text.is_char_boundary(*place))
        .unwrap_or(at_most);
    text[from..at_most]
        .find(char::is_whitespace)
        .map_or(at_most, |space| {
            at_most - text[from + space..at_most].trim_start().len()
        })
}

fn stretches(text: &str, range: Range<usize>, meant: &[Meant]) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut push = |part: &str, matched| {
        if !part.is_empty() {
            stretches.push(Stretch {
                text: part.to_owned(),
                matched,
            });
        }
    };
    let mut reached = range.start;
    for meant in meant {
        let (start, end) = (meant.range.start.max(reached), meant.range.end.min(range.end));
        if start < end {
            push(&text[reached..start], false);
            push(&text[start..end], true);
            reached = end;
        }
    }
    push(&text[reached..range.end], false);
    stretches
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::words::TAKEN_APART;
    use super::*;

    /// A text with brackets around what was meant.
    fn marked(stretches: &[Stretch]) -> String {
        let mark = |stretch: &Stretch| {
            if stretch.matched {
                format!("[{}]", stretch.text)
            } else {
                stretch.text.clone()
            }
        };
        stretches.iter().map(mark).collect()
    }

    fn whole(text: &str, query: &TextQuery) -> Vec<Stretch> {
        Highlight::new(query).whole(text)
    }

    fn passage(text: &str, query: &TextQuery, length: usize) -> Vec<Stretch> {
        Highlight::new(query).passage(text, length)
    }

    fn whole_of(text: &str, typed: &str) -> String {
        marked(&whole(text, &TextQuery::parse(typed)))
    }

    #[test]
    fn word_forms_accents_phrases_and_beginnings_are_marked() {
        assert_eq!(
            whole_of("Carers care; caring cared.", "care"),
            "Carers [care]; [caring] [cared]."
        );
        assert_eq!(
            whole_of("Le café, le CAFE\u{301}.", "cafe"),
            "Le [café], le [CAFE\u{301}]."
        );
        assert_eq!(
            whole_of("Easy to read is not Easy Read.", "\"easy read\""),
            "Easy to read is not [Easy Read]."
        );
        assert_eq!(
            whole_of("Services, servants, sofas", "serv*"),
            "[Services], [servants], sofas"
        );
        assert_eq!(
            whole_of("co-production and production", "co-production"),
            "[co-production] and production"
        );
    }

    #[test]
    fn of_words_that_begin_at_one_place_the_longest_is_marked() {
        assert_eq!(
            whole_of("an easy read text", "easy \"easy read\" text"),
            "an [easy read] [text]"
        );
        assert_eq!(
            whole_of("dying, skies, happier", "die"),
            "[dying], skies, happier"
        );
    }

    /// However many words of a phrase fit a text that says the same again and again, each word of it is taken apart once.
    #[test]
    fn a_phrase_that_almost_fits_everywhere_costs_no_more_than_its_text() {
        let typed = format!("\"{}aab\"", "aaa ".repeat(15));
        TAKEN_APART.set(0);
        assert_eq!(whole(&"aaa ".repeat(1_000), &TextQuery::parse(&typed)).len(), 1);
        assert_eq!(TAKEN_APART.get(), 1_000);
    }

    #[test]
    fn what_is_unwanted_is_not_marked() {
        assert_eq!(whole_of("home care", "home -care"), "[home] care");
    }

    #[test]
    fn the_passage_has_most_of_what_was_meant() {
        let text = format!(
            "home. {} then home care for carers at home. {}",
            "word ".repeat(80),
            "more ".repeat(80)
        );
        let found = passage(&text, &TextQuery::parse("home care"), 60);
        assert_eq!(
            marked(&found),
            "… word then [home] [care] for carers at [home]. more more more more …"
        );
    }

    #[test]
    fn line_breaks_are_spaces_and_no_two_spaces_follow_each_other() {
        let text = "One \n\n two\nthree  home\r\n care,\tfour \n five six";
        let found = passage(text, &TextQuery::parse("\"home care\""), 32);
        assert_eq!(marked(&found), "… three [home care], four five six");
        let drawn = format!("home{}care", " ".repeat(260));
        let found = passage(&drawn, &TextQuery::parse("\"home care\""), 240);
        assert_eq!(marked(&found), "[home care]");
    }

    #[test]
    fn without_anything_meant_the_passage_is_the_beginning() {
        let found = passage("# nothing of it\nhere", &TextQuery::parse("care"), 12);
        assert_eq!(marked(&found), "# nothing of …");
        assert_eq!(passage("", &TextQuery::parse("care"), 12), []);
    }

    proptest! {
        #[test]
        fn the_whole_text_is_there(text in "(\\PC|[a-c ]){0,60}", typed in "[a-c\"* -]{0,12}") {
            let query = TextQuery::parse(&typed);
            let joined: String = whole(&text, &query).iter().map(|stretch| stretch.text.as_str()).collect();
            prop_assert_eq!(joined, text);
        }

        #[test]
        fn a_passage_is_no_longer_than_asked(text in "(\\PC|[a-c ]){0,200}", typed in "[a-c\"* -]{0,12}", length in 1_usize..60) {
            let found = passage(&text, &TextQuery::parse(&typed), length);
            let characters: usize = found.iter().map(|stretch| stretch.text.chars().count()).sum();
            prop_assert!(characters <= length + 4, "{characters}");
        }
    }
}
