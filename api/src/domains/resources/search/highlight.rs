//! Which words of a text a search meant, and the passage around them.
//!
//! The index says which texts fit, and this says where: by the same rules, in the same way on both databases. Word forms are taken
//! apart by the English stemmer of Snowball, as PostgreSQL does; SQLite's older one differs in a few words, which are then
//! found and not marked.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use crate::store::{Phrase, TextQuery, fold};

static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// A stretch of text, and whether the search meant it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The text, spaces included.
    pub text: String,
    /// Whether the search meant it.
    pub matched: bool,
}

/// A whole text with what the search meant.
///
/// ```
/// use roundtable_api::domains::resources::search::highlight::whole;
/// use roundtable_api::store::TextQuery;
///
/// let marked = whole("Caring together", &TextQuery::parse("care"));
/// assert_eq!((marked[0].text.as_str(), marked[0].matched), ("Caring", true));
/// ```
#[must_use]
pub fn whole(text: &str, query: &TextQuery) -> Vec<Stretch> {
    let meant: Vec<_> = Marker::new(query).meant(text).collect();
    stretches(text, 0..text.len(), &meant)
}

/// The passage of a text, about `length` characters of it, in which most of what the search meant comes together; the
/// beginning when nothing of it is there. Line breaks are spaces, and an ellipsis says that there is more.
#[must_use]
pub fn passage(text: &str, query: &TextQuery, length: usize) -> Vec<Stretch> {
    let text = on_one_line(text);
    let meant = Marker::new(query).meant_around(&text, length);
    let range = around(&text, &meant, length);
    let mut found = stretches(&text, range.clone(), &meant);
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

/// The text with one space wherever something stands between words.
fn on_one_line(text: &str) -> Cow<'_, str> {
    // Counted, not looked for: without a way out of the loop many bytes are looked at at once.
    let others = text
        .bytes()
        .filter(|byte| *byte < b' ' || !byte.is_ascii())
        .count();
    if others == 0 && !text.contains("  ") && text.trim().len() == text.len() {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    Cow::Owned(line)
}

/// Where something was meant, and which of the search's phrases.
struct Meant {
    range: Range<usize>,
    phrase: usize,
}

/// A word of the search.
struct Sought<'a> {
    word: &'a str,
    stem: String,
    begins: bool,
}

impl<'a> Sought<'a> {
    fn new(word: &'a str, begins: bool) -> Self {
        let stem = ENGLISH.stem(word).into_owned();
        Self { word, stem, begins }
    }

    fn is(&self, word: &Word<'_>) -> bool {
        if !self.may_be(word.text) {
            return false;
        }
        let Forms { folded, stem } = word.forms();
        if self.begins {
            folded.starts_with(self.word) || stem.starts_with(&self.stem)
        } else {
            *stem == self.stem || folded == self.word
        }
    }

    /// Whether a word begins like this one. Endings are at the end, so most words are told apart by their beginnings.
    fn may_be(&self, word: &str) -> bool {
        let stem = self.stem.as_bytes();
        let mut word = word.bytes();
        for letter in &stem[..beginning(stem.len())] {
            match word.next() {
                Some(other) if other.is_ascii() && letter.is_ascii() => {
                    if other.to_ascii_lowercase() != *letter {
                        return false;
                    }
                }
                // With an accent, or of another script: only a closer look tells.
                Some(_) => return true,
                None => return false,
            }
        }
        true
    }
}

/// How many letters at the beginning of a stem of this length are those of each of its words: `dying` has the stem `die`, and
/// `happy` has `happi`.
fn beginning(length: usize) -> usize {
    length.saturating_sub(2).clamp(1, 3).min(length)
}

/// Finds what a search meant.
struct Marker<'a> {
    phrases: Vec<Vec<Sought<'a>>>,
}

impl<'a> Marker<'a> {
    fn new(query: &'a TextQuery) -> Self {
        Self {
            phrases: query.wanted.iter().map(sought).collect(),
        }
    }

    /// Where each phrase stands, in order of the text, without overlaps: of those that begin at one word the longest.
    fn meant<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Meant> + 't {
        let mut ahead = Ahead {
            words: Words { text, place: 0 },
            known: VecDeque::new(),
        };
        std::iter::from_fn(move || {
            loop {
                let start = ahead.word(0)?.start;
                let mut longest: Option<Meant> = None;
                for (phrase, sought) in self.phrases.iter().enumerate() {
                    let end = ahead.reach(sought);
                    // Of equals the phrase that was typed first.
                    if let Some(end) = end
                        && longest.as_ref().is_none_or(|longest| end > longest.range.end)
                    {
                        longest = Some(Meant {
                            range: start..end,
                            phrase,
                        });
                    }
                }
                ahead.leave(longest.as_ref().map_or(start + 1, |longest| longest.range.end));
                if longest.is_some() {
                    return longest;
                }
            }
        })
    }

    /// As much of that as a passage of so many characters can be made of: nothing beyond the first that has every phrase.
    fn meant_around(&self, text: &str, length: usize) -> Vec<Meant> {
        let mut found: Vec<Meant> = Vec::new();
        let mut reach = None;
        for meant in self.meant(text) {
            if reach.is_some_and(|reach| meant.range.start > reach) {
                break;
            }
            found.push(meant);
            if reach.is_none() {
                reach = self
                    .full_from(&found, length)
                    .map(|from| from + FURTHEST * length);
            }
        }
        found
    }

    /// Where a passage with every phrase begins, if the last of those found completes one.
    fn full_from(&self, found: &[Meant], length: usize) -> Option<usize> {
        let end = found.last()?.range.end;
        let near = found
            .iter()
            .rev()
            .take_while(|meant| end - meant.range.start <= length);
        let mut missing: Vec<bool> = vec![true; self.phrases.len()];
        for meant in near {
            missing[meant.phrase] = false;
            if !missing.contains(&true) {
                return Some(meant.range.start);
            }
        }
        None
    }
}

/// The most bytes that a character takes.
const FURTHEST: usize = 4;

fn sought(phrase: &Phrase) -> Vec<Sought<'_>> {
    let last = phrase.words.len() - 1;
    let words = phrase.words.iter().enumerate();
    words
        .map(|(place, word)| Sought::new(word, phrase.begins && place == last))
        .collect()
}

/// A word of a text.
struct Word<'t> {
    text: &'t str,
    start: usize,
    forms: OnceCell<Forms>,
}

/// A word in small letters without accents, and without its ending.
struct Forms {
    folded: String,
    stem: String,
}

impl Word<'_> {
    const fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Worked out once, with however many words of the search it is compared.
    fn forms(&self) -> &Forms {
        self.forms.get_or_init(|| {
            #[cfg(test)]
            tests::TAKEN_APART.set(tests::TAKEN_APART.get() + 1);
            let folded = fold(self.text);
            let stem = ENGLISH.stem(&folded).into_owned();
            Forms { folded, stem }
        })
    }
}

/// The words of a text from a place on.
struct Words<'t> {
    text: &'t str,
    place: usize,
}

impl<'t> Iterator for Words<'t> {
    type Item = Word<'t>;

    fn next(&mut self) -> Option<Word<'t>> {
        let start = border(self.text, self.place, false);
        let end = border(self.text, start, true);
        self.place = end;
        (start < end).then(|| Word {
            text: &self.text[start..end],
            start,
            forms: OnceCell::new(),
        })
    }
}

/// The next words of a text, as many as were looked at.
struct Ahead<'t> {
    words: Words<'t>,
    known: VecDeque<Word<'t>>,
}

impl<'t> Ahead<'t> {
    /// The next word but so many.
    fn word(&mut self, place: usize) -> Option<&Word<'t>> {
        while self.known.len() <= place {
            self.known.push_back(self.words.next()?);
        }
        self.known.get(place)
    }

    /// Where a phrase ends that begins with the next word; nothing when it does not.
    fn reach(&mut self, phrase: &[Sought<'_>]) -> Option<usize> {
        let mut end = None;
        for (place, sought) in phrase.iter().enumerate() {
            let word = self.word(place)?;
            if !sought.is(word) {
                return None;
            }
            end = Some(word.end());
        }
        end
    }

    /// Leaves the words that begin before a place behind.
    fn leave(&mut self, place: usize) {
        while self.known.front().is_some_and(|word| word.start < place) {
            self.known.pop_front();
        }
    }
}

/// The first place from another one on at which the text is no longer in a word, or no longer between words.
fn border(text: &str, from: usize, in_word: bool) -> usize {
    let mut place = from;
    loop {
        let differs = |byte: &u8| !byte.is_ascii() || byte.is_ascii_alphanumeric() != in_word;
        let ahead = text.as_bytes()[place..].iter().position(differs);
        place = ahead.map_or(text.len(), |ahead| place + ahead);
        // A letter of one byte, or the end.
        let Some(character) = text[place..].chars().next().filter(|next| !next.is_ascii()) else {
            return place;
        };
        // An accent that stands by itself belongs to the letter before it.
        let is_accent = in_word && matches!(character, '\u{300}'..='\u{36f}');
        if (character.is_alphanumeric() || is_accent) != in_word {
            return place;
        }
        place += character.len_utf8();
    }
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
    if !text[end..].starts_with(' ') && end < text.len() {
        // Not in the middle of a word, unless it is one without end.
        let cut = text[start..end].rfind(' ').map_or(end, |space| start + space);
        let inside = meant
            .iter()
            .any(|meant| meant.range.start < cut && cut < meant.range.end);
        end = if cut > start && !inside { cut } else { end };
    }
    start..end
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
        .find(' ')
        .map_or(at_most, |space| from + space + 1)
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
    use std::cell::Cell;

    use proptest::prelude::*;

    use super::*;

    thread_local! {
        /// How many words of texts were worked out.
        pub(super) static TAKEN_APART: Cell<usize> = const { Cell::new(0) };
    }

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
    fn without_anything_meant_the_passage_is_the_beginning() {
        let found = passage("# nothing of it\nhere", &TextQuery::parse("care"), 12);
        assert_eq!(marked(&found), "# nothing of …");
        assert_eq!(passage("", &TextQuery::parse("care"), 12), []);
    }

    proptest! {
        #[test]
        fn words_begin_as_their_stems_do(word in "[a-z]{1,8}(|y|ies|ied|ying|ing|ed|s|ly|ally|ational|ization|ness|ement)") {
            let stem = ENGLISH.stem(&word);
            prop_assert!(word.starts_with(&stem[..beginning(stem.len())]), "{stem}");
        }

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
