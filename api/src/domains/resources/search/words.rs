//! The words of a text: where they stand, and their forms.

use std::cell::OnceCell;
use std::collections::VecDeque;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use crate::store::fold;

pub(super) static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

#[cfg(test)]
thread_local! {
    /// How many words of texts were worked out.
    pub(super) static TAKEN_APART: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// A word of a text.
pub(super) struct Word<'t> {
    pub text: &'t str,
    pub start: usize,
    forms: OnceCell<Forms>,
}

/// A word in small letters without accents, and without its ending.
pub(super) struct Forms {
    pub folded: String,
    pub stem: String,
}

impl Word<'_> {
    pub const fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Worked out once, with however many words of the search it is compared.
    pub fn forms(&self) -> &Forms {
        self.forms.get_or_init(|| {
            #[cfg(test)]
            TAKEN_APART.set(TAKEN_APART.get() + 1);
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

/// Letters that words may begin with: what begins otherwise need not be looked at.
pub(super) struct Beginnings {
    first: [bool; 256],
    second: [bool; 256],
}

impl Beginnings {
    /// Of these letters and, where it is known, another, whatever their case; any, where one has an accent or is of another script.
    pub fn of(letters: impl IntoIterator<Item = (char, Option<char>)>) -> Self {
        let mut beginnings = Self {
            first: [false; 256],
            second: [false; 256],
        };
        for (first, second) in letters {
            allow(&mut beginnings.first, Some(first));
            allow(&mut beginnings.second, second);
        }
        beginnings
    }

    /// From a place between two words, the first at which such a word may begin.
    fn next(&self, text: &str, from: usize) -> usize {
        let bytes = text.as_bytes();
        // Where the word at hand begins.
        let mut word = None;
        for (place, byte) in bytes.iter().enumerate().skip(from) {
            if byte.is_ascii_alphanumeric() {
                if word.is_none() && self.first[usize::from(*byte)] && self.may_go_on(bytes.get(place + 1)) {
                    return place;
                }
                word = word.or(Some(place));
            } else if byte.is_ascii() {
                word = None;
            } else {
                // Only a closer look tells what this is, and what of the word at hand it makes.
                return word.unwrap_or(place);
            }
        }
        bytes.len()
    }

    fn may_go_on(&self, next: Option<&u8>) -> bool {
        next.is_none_or(|next| !next.is_ascii_alphanumeric() || self.second[usize::from(*next)])
    }
}

/// Allows a letter in either case; any, where it is not of ASCII or not known.
fn allow(letters: &mut [bool; 256], letter: Option<char>) {
    match letter.filter(char::is_ascii) {
        Some(letter) => {
            for letter in [letter.to_ascii_lowercase(), letter.to_ascii_uppercase()] {
                letters[usize::from(letter as u8)] = true;
            }
        }
        None => *letters = [true; 256],
    }
}

/// The next words of a text, as many as were looked at.
pub(super) struct Ahead<'t> {
    words: Words<'t>,
    known: VecDeque<Word<'t>>,
}

impl<'t> Ahead<'t> {
    pub const fn of(text: &'t str) -> Self {
        Self {
            words: Words { text, place: 0 },
            known: VecDeque::new(),
        }
    }

    /// Passes over words that begin otherwise, where none was looked at before.
    pub fn seek(&mut self, beginnings: &Beginnings) {
        if self.known.is_empty() {
            self.words.place = beginnings.next(self.words.text, self.words.place);
        }
    }

    /// The next word but so many.
    pub fn word(&mut self, place: usize) -> Option<&Word<'t>> {
        while self.known.len() <= place {
            self.known.push_back(self.words.next()?);
        }
        self.known.get(place)
    }

    /// Leaves the words that begin before a place behind.
    pub fn leave(&mut self, place: usize) {
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
