//! What changed between two texts, word by word.

use std::time::Duration;

use similar::{Algorithm, ChangeTag, TextDiff};

/// What a stretch of text is in a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentKind {
    /// It is in both texts.
    Equal,
    /// It is in the later text only.
    Inserted,
    /// It is in the earlier text only.
    Deleted,
}

/// A stretch of text, and in which of two texts it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// In which.
    pub kind: SegmentKind,
    /// The text, spaces included.
    pub text: String,
}

/// The stretches of two texts in order. Those that are not inserted make the earlier text, those that are not deleted the later
/// one.
///
/// Texts that are long and have little in common take more than their time to compare: after `at_most` the rest counts as
/// replaced. The stretches still make both texts.
///
/// ```
/// use std::time::Duration;
/// use roundtable_api::domains::resources::content::difference::{SegmentKind::*, compare};
///
/// let segments = compare("Staff knock.", "Staff always knock.", Duration::from_secs(1));
/// let found: Vec<_> = segments.iter().map(|segment| (segment.kind, segment.text.as_str())).collect();
/// assert_eq!(found, [(Equal, "Staff "), (Inserted, "always "), (Equal, "knock.")]);
/// ```
#[must_use]
pub fn compare(earlier: &str, later: &str, at_most: Duration) -> Vec<Segment> {
    let difference = TextDiff::configure()
        .algorithm(Algorithm::Myers)
        .timeout(at_most)
        .diff_unicode_words(earlier, later);
    let mut readable = Readable::default();
    for change in difference.iter_all_changes() {
        readable.take(change.tag(), change.value());
    }
    readable.finish()
}

/// Makes stretches of single words. Two changes with nothing but spaces between them are one, so that a sentence which was
/// written anew is not cut in pieces.
#[derive(Default)]
struct Readable {
    segments: Vec<Segment>,
    deleted: String,
    inserted: String,
    /// Spaces of both texts after a change.
    spaces: String,
}

impl Readable {
    fn take(&mut self, tag: ChangeTag, word: &str) {
        match tag {
            ChangeTag::Equal if self.in_change() && word.trim().is_empty() => self.spaces.push_str(word),
            ChangeTag::Equal => {
                self.end_change();
                self.push(SegmentKind::Equal, word);
            }
            ChangeTag::Delete | ChangeTag::Insert => {
                self.deleted.push_str(&self.spaces);
                self.inserted.push_str(&self.spaces);
                self.spaces.clear();
                let changed = if tag == ChangeTag::Delete {
                    &mut self.deleted
                } else {
                    &mut self.inserted
                };
                changed.push_str(word);
            }
        }
    }

    fn in_change(&self) -> bool {
        !self.deleted.is_empty() || !self.inserted.is_empty()
    }

    fn end_change(&mut self) {
        let (deleted, inserted) = (
            std::mem::take(&mut self.deleted),
            std::mem::take(&mut self.inserted),
        );
        let spaces = std::mem::take(&mut self.spaces);
        if deleted == inserted {
            // Only spaces moved around: nothing that anybody would see.
            self.push(SegmentKind::Equal, &deleted);
        } else {
            self.push(SegmentKind::Deleted, &deleted);
            self.push(SegmentKind::Inserted, &inserted);
        }
        self.push(SegmentKind::Equal, &spaces);
    }

    fn push(&mut self, kind: SegmentKind, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.segments.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(text),
            _ => self.segments.push(Segment {
                kind,
                text: text.to_owned(),
            }),
        }
    }

    fn finish(mut self) -> Vec<Segment> {
        self.end_change();
        self.segments
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::SegmentKind::{Deleted, Equal, Inserted};
    use super::*;

    fn compared(earlier: &str, later: &str) -> Vec<(SegmentKind, String)> {
        let segments = compare(earlier, later, Duration::from_secs(5));
        segments
            .into_iter()
            .map(|segment| (segment.kind, segment.text))
            .collect()
    }

    fn joined(segments: &[Segment], without: SegmentKind) -> String {
        let kept = segments.iter().filter(|segment| segment.kind != without);
        kept.map(|segment| segment.text.as_str()).collect()
    }

    #[test]
    fn words_change_and_their_neighbours_do_not() {
        assert_eq!(
            compared("People are told.", "People are asked."),
            [
                (Equal, "People are ".into()),
                (Deleted, "told".into()),
                (Inserted, "asked".into()),
                (Equal, ".".into()),
            ]
        );
    }

    #[test]
    fn a_sentence_written_anew_is_one_change() {
        assert_eq!(
            compared("We inform people. Yes.", "Residents decide together. Yes."),
            [
                (Deleted, "We inform people".into()),
                (Inserted, "Residents decide together".into()),
                (Equal, ". Yes.".into()),
            ]
        );
    }

    #[test]
    fn equal_texts_are_one_stretch_and_empty_ones_none() {
        assert_eq!(compared("The same.", "The same."), [(Equal, "The same.".into())]);
        assert_eq!(compared("", ""), []);
        assert_eq!(compared("", "new"), [(Inserted, "new".into())]);
    }

    #[test]
    fn long_texts_with_little_in_common_end_in_time() {
        let words = |seed: u64| -> String {
            let mut number = seed;
            let mut next = || {
                number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                format!("w{} ", (number >> 33) % 5_000)
            };
            (0..60_000).map(|_| next()).collect()
        };
        let (earlier, later) = (words(1), words(2));
        let started = cpu_time::ThreadTime::now();
        let segments = compare(&earlier, &later, Duration::from_millis(50));
        assert!(
            started.elapsed() < Duration::from_secs(5),
            "{:?}",
            started.elapsed()
        );
        assert_eq!(joined(&segments, Inserted), earlier);
        assert_eq!(joined(&segments, Deleted), later);
    }

    proptest! {
        #[test]
        fn the_stretches_make_both_texts(
            earlier in "([a-c]{1,2}|[ .,\n]|é|👩🏽‍🦽){0,60}",
            later in "([a-c]{1,2}|[ .,\n]|é|👩🏽‍🦽){0,60}",
        ) {
            let segments = compare(&earlier, &later, Duration::from_secs(5));
            prop_assert_eq!(joined(&segments, Inserted), earlier);
            prop_assert_eq!(joined(&segments, Deleted), later);
            for pair in segments.windows(2) {
                prop_assert_ne!(pair[0].kind, pair[1].kind, "neighbours are of different kinds");
            }
        }
    }
}
