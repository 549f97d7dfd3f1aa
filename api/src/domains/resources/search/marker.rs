//! Which words of a text a search meant.

use std::ops::Range;

use super::words::{Ahead, Beginnings, ENGLISH, Forms, Word};
use crate::store::{Phrase, TextQuery};

/// The most bytes that a character takes.
const FURTHEST: usize = 4;

/// Where something was meant, and which of the search's phrases.
pub(super) struct Meant {
    pub range: Range<usize>,
    pub phrase: usize,
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
    length.saturating_sub(2).max(1).min(length)
}

/// Finds what a search meant.
pub(super) struct Marker<'a> {
    phrases: Vec<Vec<Sought<'a>>>,
    /// What the words may begin with that phrases begin with.
    beginnings: Beginnings,
}

impl<'a> Marker<'a> {
    pub fn new(query: &'a TextQuery) -> Self {
        let phrases: Vec<_> = query.wanted.iter().map(sought).collect();
        // A stem without letters stands for any.
        let first = |phrase: &Vec<Sought<'_>>| {
            let stem = phrase.first()?.stem.as_str();
            let mut sure = stem.chars().take(beginning(stem.len()));
            Some((sure.next()?, sure.next()))
        };
        let first = phrases
            .iter()
            .map(|phrase| first(phrase).unwrap_or((char::REPLACEMENT_CHARACTER, None)));
        Self {
            beginnings: Beginnings::of(first),
            phrases,
        }
    }

    /// Where each phrase stands, in order of the text, without overlaps: of those that begin at one word the longest.
    pub fn meant<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Meant> + 't {
        let mut ahead = Ahead::of(text);
        std::iter::from_fn(move || {
            loop {
                ahead.seek(&self.beginnings);
                let start = ahead.word(0)?.start;
                let mut longest: Option<Meant> = None;
                for (phrase, sought) in self.phrases.iter().enumerate() {
                    let end = reach(sought, &mut ahead);
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
    pub fn meant_around(&self, text: &str, length: usize) -> Vec<Meant> {
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

fn sought(phrase: &Phrase) -> Vec<Sought<'_>> {
    let last = phrase.words.len() - 1;
    let words = phrase.words.iter().enumerate();
    words
        .map(|(place, word)| Sought::new(word, phrase.begins && place == last))
        .collect()
}

/// Where a phrase ends that begins with the next word; nothing when it does not.
fn reach(phrase: &[Sought<'_>], ahead: &mut Ahead<'_>) -> Option<usize> {
    let mut end = None;
    for (place, sought) in phrase.iter().enumerate() {
        let word = ahead.word(place)?;
        if !sought.is(word) {
            return None;
        }
        end = Some(word.end());
    }
    end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_begin_as_their_stems_do(word in "[a-z]{1,8}(|y|ies|ied|ying|ing|ed|s|ly|ally|ational|ization|ness|ement)") {
            let stem = ENGLISH.stem(&word);
            prop_assert!(word.starts_with(&stem[..beginning(stem.len())]), "{stem}");
        }

        #[test]
        fn passing_over_words_that_begin_otherwise_loses_none(text in "([a-dA-Dé\u{301} ,]|ing |ed ){0,60}", typed in "[a-dé\"* ]{0,12}") {
            let query = TextQuery::parse(&typed);
            let usual = Marker::new(&query);
            let slow = Marker { beginnings: Beginnings::of([(char::REPLACEMENT_CHARACTER, None)]), ..Marker::new(&query) };
            let places = |marker: &Marker<'_>| marker.meant(&text).map(|meant| (meant.range, meant.phrase)).collect::<Vec<_>>();
            prop_assert_eq!(places(&usual), places(&slow));
        }
    }
}
