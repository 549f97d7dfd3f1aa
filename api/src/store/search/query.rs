//! What people type into a search box, read so that it always means something.
//!
//! Words must all be there, in any form ("caring" finds "care"); `"several words"` in quotation marks must stand together;
//! `-word` must not be there; `begin*` finds what begins like that. Everything else separates words. There are no errors: what
//! cannot mean anything means nothing.

use super::fold::fold;

/// A search, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextQuery {
    /// What must be there.
    pub wanted: Vec<Phrase>,
    /// What must not be there.
    pub unwanted: Vec<Phrase>,
    /// Words that were typed and are too common to look for.
    pub too_common: Vec<String>,
}

/// Words that stand together, in small letters without accents; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The words, of letters and digits only.
    pub words: Vec<String>,
    /// Whether the last one is only the beginning of a word.
    pub begins: bool,
}

/// Why a search finds nothing without looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryFault {
    /// No word was typed.
    #[error(
        "Say what to look for: one word or several, such as `home care`. Put words that stand together in quotation marks."
    )]
    Empty,
    /// Only common words were typed.
    #[error("These words stand in almost every text: add one that says more about what you look for.")]
    TooCommon,
    /// Only words to be left out were typed.
    #[error("A minus only leaves things out: say what to look for, too, such as `training -online`.")]
    OnlyUnwanted,
}

impl TextQuery {
    /// Reads what somebody typed.
    ///
    /// ```
    /// use roundtable_api::store::TextQuery;
    ///
    /// let query = TextQuery::parse("co-production “easy read” -draft train*");
    /// let wanted: Vec<_> = query.wanted.iter().map(|phrase| phrase.words.join(" ")).collect();
    /// assert_eq!(wanted, ["co production", "easy read", "train"]);
    /// assert_eq!(query.unwanted[0].words, ["draft"]);
    /// ```
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let mut query = Self::default();
        let mut rest = typed;
        loop {
            rest = rest.trim_start();
            let Some(first) = rest.chars().next() else {
                return query;
            };
            let signed = first == '-';
            if signed {
                rest = &rest[1..];
                if rest.starts_with(char::is_whitespace) {
                    continue;
                }
            }
            let (part, after) = next_part(rest);
            rest = after;
            query.take(part, signed);
        }
    }

    fn take(&mut self, part: &str, is_unwanted: bool) {
        let folded = fold(part);
        let words = folded.split(|character: char| !character.is_alphanumeric());
        let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_owned).collect();
        if words.is_empty() {
            return;
        }
        if words.iter().all(|word| is_common(word)) {
            self.too_common.extend(words);
            return;
        }
        let phrase = Phrase {
            words,
            begins: part.trim_end().ends_with('*'),
        };
        let phrases = if is_unwanted {
            &mut self.unwanted
        } else {
            &mut self.wanted
        };
        if !phrases.contains(&phrase) {
            phrases.push(phrase);
        }
    }

    /// How many words are looked for.
    #[must_use]
    pub fn words(&self) -> usize {
        let phrases = self.wanted.iter().chain(&self.unwanted);
        phrases.map(|phrase| phrase.words.len()).sum()
    }

    /// Why it can find nothing, if that is so.
    #[must_use]
    pub fn fault(&self) -> Option<QueryFault> {
        if !self.wanted.is_empty() {
            None
        } else if !self.unwanted.is_empty() {
            Some(QueryFault::OnlyUnwanted)
        } else if !self.too_common.is_empty() {
            Some(QueryFault::TooCommon)
        } else {
            Some(QueryFault::Empty)
        }
    }
}

/// What stands in quotation marks, or up to the next space; and what follows.
fn next_part(text: &str) -> (&str, &str) {
    let is_quote = |character: char| "\"“”„«»".contains(character);
    let mut characters = text.chars();
    if let Some(quote) = characters.next().filter(|first| is_quote(*first)) {
        let inside = &text[quote.len_utf8()..];
        let Some(end) = inside.find(is_quote) else {
            // Never closed: the words are meant one by one.
            return next_part(inside);
        };
        let closing = inside[end..].chars().next().map_or(0, char::len_utf8);
        return (&inside[..end], &inside[end + closing..]);
    }
    let end = text
        .find(|character: char| character.is_whitespace() || is_quote(character))
        .unwrap_or(text.len());
    text.split_at(end)
}

/// Whether a word stands in almost every text: one that PostgreSQL's `english` would leave out. By itself it finds nothing worth
/// finding; the indexes have it, for phrases.
#[must_use]
pub fn is_common(word: &str) -> bool {
    COMMON.binary_search(&word).is_ok()
}

/// In the order of the alphabet.
const COMMON: [&str; 127] = [
    "a",
    "about",
    "above",
    "after",
    "again",
    "against",
    "all",
    "am",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "being",
    "below",
    "between",
    "both",
    "but",
    "by",
    "can",
    "did",
    "do",
    "does",
    "doing",
    "don",
    "down",
    "during",
    "each",
    "few",
    "for",
    "from",
    "further",
    "had",
    "has",
    "have",
    "having",
    "he",
    "her",
    "here",
    "hers",
    "herself",
    "him",
    "himself",
    "his",
    "how",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "itself",
    "just",
    "me",
    "more",
    "most",
    "my",
    "myself",
    "no",
    "nor",
    "not",
    "now",
    "of",
    "off",
    "on",
    "once",
    "only",
    "or",
    "other",
    "our",
    "ours",
    "ourselves",
    "out",
    "over",
    "own",
    "s",
    "same",
    "she",
    "should",
    "so",
    "some",
    "such",
    "t",
    "than",
    "that",
    "the",
    "their",
    "theirs",
    "them",
    "themselves",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "to",
    "too",
    "under",
    "until",
    "up",
    "very",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whom",
    "why",
    "will",
    "with",
    "you",
    "your",
    "yours",
    "yourself",
    "yourselves",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn phrases(of: &[Phrase]) -> Vec<String> {
        let written = |phrase: &Phrase| phrase.words.join(" ") + if phrase.begins { "*" } else { "" };
        of.iter().map(written).collect()
    }

    #[test]
    fn the_common_words_are_in_order() {
        assert!(COMMON.is_sorted());
        assert!(is_common("the") && !is_common("care"));
    }

    #[test]
    fn words_phrases_minus_and_beginnings_are_read() {
        let query =
            TextQuery::parse("Home care -\"pilot project\" –  \"Easy Read\" serv* -old \"never closed");
        assert_eq!(
            phrases(&query.wanted),
            ["home", "care", "easy read", "serv*", "never", "closed"]
        );
        assert_eq!(phrases(&query.unwanted), ["pilot project", "old"]);
        assert_eq!(query.words(), 10);
    }

    #[test]
    fn accents_and_case_fall_away_and_repetitions_too() {
        assert_eq!(
            phrases(&TextQuery::parse("Café CAFE cafe\u{301}").wanted),
            ["cafe"]
        );
    }

    #[test]
    fn common_words_are_left_out_but_kept_within_phrases() {
        let query = TextQuery::parse("the care of \"the people\" and");
        assert_eq!(phrases(&query.wanted), ["care", "the people"]);
        assert_eq!(query.too_common, ["the", "of", "and"]);
    }

    #[test]
    fn what_can_find_nothing_says_why() {
        let fault = |typed| TextQuery::parse(typed).fault();
        for nothing in ["", "  ", "*", "-", "\"\"", "!?", "- -", "\u{0}"] {
            assert_eq!(fault(nothing), Some(QueryFault::Empty), "{nothing:?}");
        }
        assert_eq!(fault("the of"), Some(QueryFault::TooCommon));
        assert_eq!(fault("-care"), Some(QueryFault::OnlyUnwanted));
        assert_eq!(fault("care"), None);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read(typed in "(\\PC|[-\"*'():&|!<> \\\\]){0,60}") {
            let query = TextQuery::parse(&typed);
            for phrase in query.wanted.iter().chain(&query.unwanted) {
                prop_assert!(!phrase.words.is_empty());
                for word in &phrase.words {
                    prop_assert!(word.chars().all(char::is_alphanumeric), "{word}");
                }
            }
        }
    }
}
