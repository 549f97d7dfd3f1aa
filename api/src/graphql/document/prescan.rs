//! The first look at a document: one pass over its bytes, no recursion, no allocation.
//!
//! Parsers recurse on nested brackets and build a tree as large as the text allows, so a small text can exhaust the
//! stack, which ends the whole process, or the memory. This pass knows just enough of the lexical grammar (GraphQL
//! specification, section 2.1) to count what matters and to skip strings and comments, and leaves all else, including
//! unterminated strings and stray characters, to the parser, whose messages are better.
//!
//! With one exception: apollo-compiler silently drops an argument or input field that has no colon, such as `purpose` in
//! `{ version: 1, purpose }`, so it is refused here.

use std::ops::Range;

use async_graphql::Pos;

use super::{limits::DocumentLimits, rejection::Rejection};
use crate::error::ErrorCode;

/// Refuses a text that would be unsafe to parse.
///
/// # Errors
/// `LIMIT_EXCEEDED`, naming the limit; `GRAPHQL_PARSE_FAILED` for an argument without a colon.
pub(super) fn prescan(text: &str, limits: &DocumentLimits) -> Result<(), Rejection> {
    if text.len() > limits.bytes {
        return Err(Rejection::limit(
            format!(
                "The document is {} bytes long; the limit is {} bytes.",
                text.len(),
                limits.bytes
            ),
            None,
        ));
    }
    Scan {
        bytes: text.as_bytes(),
        at: 0,
        limits,
        counts: Counts::default(),
        pairs: Pairs::default(),
    }
    .run()
}

struct Scan<'text> {
    bytes: &'text [u8],
    at: usize,
    limits: &'text DocumentLimits,
    counts: Counts,
    pairs: Pairs,
}

/// Where names must be followed by a colon.
#[derive(Default)]
struct Pairs {
    /// A bit for each open bracket, the outermost first: whether it holds arguments or input fields.
    brackets: u64,
    /// Whether the last token was one after which a name stands for itself: `:`, `$`, `=` or `@`.
    after_mark: bool,
    /// The name that waits for its colon.
    waiting: Option<Range<usize>>,
}

#[derive(Default)]
struct Counts {
    tokens: usize,
    open: u32,
    /// Round brackets among the open ones: within them a colon belongs to an argument, outside to an alias.
    round: u32,
    aliases: u32,
    directives: u32,
}

impl Scan<'_> {
    fn run(mut self) -> Result<(), Rejection> {
        while let Some(&byte) = self.bytes.get(self.at) {
            let start = self.at;
            self.at += 1;
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b',' => continue,
                b'#' => {
                    self.skip_comment();
                    continue;
                }
                // The byte order mark is white space.
                0xEF if self.bytes[self.at..].starts_with(b"\xBB\xBF") => {
                    self.at += 2;
                    continue;
                }
                b'.' if self.bytes[self.at..].starts_with(b"..") => self.at += 2,
                b'"' => self.skip_string(),
                b'(' | b'[' | b'{' => {
                    let holds_pairs = byte == b'(' || byte == b'{' && self.counts.round > 0;
                    self.counts.open += 1;
                    self.counts.round += u32::from(byte == b'(');
                    self.pairs.open(self.counts.open, holds_pairs);
                }
                b')' | b']' | b'}' => {
                    self.counts.open = self.counts.open.saturating_sub(1);
                    self.counts.round = self.counts.round.saturating_sub(u32::from(byte == b')'));
                }
                b':' if self.counts.round == 0 => self.counts.aliases += 1,
                b'@' => self.counts.directives += 1,
                _ if is_word(byte) => self.skip_word(),
                _ => {}
            }
            self.counts.tokens += 1;
            self.check()?;
            let name = (byte.is_ascii_alphabetic() || byte == b'_').then_some(start..self.at);
            if let Some(lonely) = self.pairs.next(byte, name, self.counts.open) {
                return Err(self.without_colon(lonely));
            }
        }
        Ok(())
    }

    fn without_colon(&self, name: Range<usize>) -> Rejection {
        let before = self.bytes.get(..name.start).unwrap_or_default();
        let line_start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |end| end + 1);
        let characters = |bytes: &[u8]| String::from_utf8_lossy(bytes).chars().count();
        let place = Pos {
            line: before.split(|byte| *byte == b'\n').count(),
            column: characters(before.get(line_start..).unwrap_or_default()) + 1,
        };
        let name = String::from_utf8_lossy(self.bytes.get(name).unwrap_or_default());
        let message = format!("syntax error: expected a colon and a value after `{name}`");
        Rejection::at(ErrorCode::GraphqlParseFailed, message, Some(place))
    }

    fn check(&self) -> Result<(), Rejection> {
        let Counts {
            tokens,
            open,
            aliases,
            directives,
            ..
        } = self.counts;
        let limits = self.limits;
        // A parser's stack depends on this one, so no configuration may lift it beyond what the stack holds.
        let nesting = limits.nesting.min(64);
        let message = if open > nesting {
            format!("The document nests more than {nesting} brackets; the limit is {nesting}.")
        } else if tokens > limits.tokens {
            format!(
                "The document has more than {} tokens, which is the limit.",
                limits.tokens
            )
        } else if aliases > limits.document_aliases {
            format!(
                "The document has more than {} aliases, which is the limit.",
                limits.document_aliases
            )
        } else if directives > limits.document_directives {
            format!(
                "The document has more than {} directives, which is the limit.",
                limits.document_directives
            )
        } else {
            return Ok(());
        };
        Err(Rejection::limit(message, None))
    }

    fn skip_comment(&mut self) {
        while self
            .bytes
            .get(self.at)
            .is_some_and(|byte| !matches!(byte, b'\n' | b'\r'))
        {
            self.at += 1;
        }
    }

    fn skip_word(&mut self) {
        while self.bytes.get(self.at).is_some_and(|byte| is_word(*byte)) {
            self.at += 1;
        }
    }

    /// Called after the opening quotation mark.
    fn skip_string(&mut self) {
        if self.bytes[self.at..].starts_with(b"\"\"") {
            self.at += 2;
            self.skip_block_string();
            return;
        }
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'"' => {
                    self.at += 1;
                    return;
                }
                // Unterminated; going on would take the rest of the text, brackets and all, for a string.
                b'\n' | b'\r' => return,
                b'\\' if !matches!(self.bytes.get(self.at + 1), None | Some(b'\n' | b'\r')) => self.at += 2,
                _ => self.at += 1,
            }
        }
    }

    fn skip_block_string(&mut self) {
        while self.at < self.bytes.len() {
            let rest = &self.bytes[self.at..];
            if rest.starts_with(b"\\\"\"\"") {
                self.at += 4;
            } else if rest.starts_with(b"\"\"\"") {
                self.at += 3;
                return;
            } else {
                self.at += 1;
            }
        }
    }
}

impl Pairs {
    fn open(&mut self, depth: u32, holds_pairs: bool) {
        let bit = Self::bit(depth);
        if holds_pairs {
            self.brackets |= bit;
        } else {
            self.brackets &= !bit;
        }
    }

    /// Goes on to a token, a name or another; says which name before it has no colon.
    fn next(&mut self, byte: u8, name: Option<Range<usize>>, depth: u32) -> Option<Range<usize>> {
        let lonely = self.waiting.take().filter(|_| byte != b':');
        if !self.after_mark && self.brackets & Self::bit(depth) != 0 {
            self.waiting = name;
        }
        self.after_mark = matches!(byte, b':' | b'$' | b'=' | b'@');
        lonely
    }

    fn bit(depth: u32) -> u64 {
        depth
            .checked_sub(1)
            .and_then(|place| 1_u64.checked_shl(place))
            .unwrap_or_default()
    }
}

/// Letters and digits: one run of them is one token. A fraction counts as several, and what is not ASCII, byte by byte,
/// which is strict with what hardly occurs, and leaves no way to write many tokens as one.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorCode;

    fn scan(text: &str) -> Result<(), String> {
        prescan(text, &DocumentLimits::default()).map_err(|rejection| {
            assert_eq!(rejection.code, ErrorCode::LimitExceeded);
            rejection.message().to_owned()
        })
    }

    #[test]
    fn forty_brackets_pass_and_forty_one_do_not() {
        for open in ["{", "[", "(", "{a", "a(b:{c:"] {
            let brackets = open.matches(['{', '[', '(']).count();
            assert_eq!(scan(&open.repeat(40 / brackets)), Ok(()), "{open}");
            let refused = scan(&open.repeat(42 / brackets)).unwrap_err();
            assert_eq!(
                refused,
                "The document nests more than 40 brackets; the limit is 40."
            );
        }
    }

    #[test]
    fn arguments_and_input_fields_have_colons() {
        for (text, column) in [
            ("{ board(id id: 1) { name } }", 9),
            ("{ board(id: 1 name) { name } }", 15),
            ("{ a @skip(if: true true) }", 20),
            ("{ boards(filter: {size name: A}) { id } }", 19),
            ("{ boards(filter: {é: [B], name}) { id } }", 27),
        ] {
            let refused = prescan(text, &DocumentLimits::default()).unwrap_err();
            assert_eq!(refused.code, ErrorCode::GraphqlParseFailed, "{text}");
            assert_eq!(
                refused.problems[0].locations[0],
                Pos { line: 1, column },
                "{text}"
            );
        }
        for text in [
            "query Q($a: [ID!]! = [A B] @deprecated, $b: Kind = ONE) { a(b: $a, c: true d: -1.5e3) }",
            "{ x: a(b: {c: D, e: [{f: G}], h: \"i j\"}) @skip(if: false) { k l ... on M { n } } }",
            "{ a(b: # c d\n E) f }",
        ] {
            assert_eq!(scan(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn brackets_in_strings_and_comments_do_not_count() {
        let many = "{".repeat(100);
        assert_eq!(scan(&format!("{{a(b:\"{many}\")}}")), Ok(()));
        assert_eq!(scan(&format!("{{a(b:\"\\\"{many}\")}}")), Ok(()));
        assert_eq!(
            scan(&format!(
                "{{a(b:\"\"\"{many}\\\"\"\"{many}\n\" \"\" {many}\"\"\")}}"
            )),
            Ok(())
        );
        assert_eq!(scan(&format!("#{many}\n{{a}}")), Ok(()));
    }

    #[test]
    fn a_string_or_comment_hides_only_itself() {
        let many = "{".repeat(100);
        for before in [
            "\"\" ",
            "\"a\" ",
            "\"\\\\\" ",
            "\"\"\"\"\"\" ",
            "\"\"\"a\"\"\" ",
            "# c\n",
            "# c\r",
            "\"open\n",
            "\"open\\\n",
        ] {
            assert!(scan(&format!("{before}{many}")).is_err(), "{before:?}");
        }
    }

    #[test]
    fn tokens_bytes_aliases_and_directives_are_limited() {
        assert_eq!(scan(&"a ".repeat(10_000)), Ok(()));
        assert!(scan(&"a ".repeat(10_001)).unwrap_err().contains("10000 tokens"));
        assert!(scan(&"a".repeat(131_073)).unwrap_err().contains("131072 bytes"));
        assert_eq!(scan(&"a".repeat(131_072)), Ok(()));
        assert!(scan(&"a:b ".repeat(301)).unwrap_err().contains("300 aliases"));
        assert_eq!(
            scan(&format!("(x: [{}])", "a:b ".repeat(301))),
            Ok(()),
            "arguments are not aliases"
        );
        assert!(scan(&"@a ".repeat(501)).unwrap_err().contains("500 directives"));
    }

    #[test]
    fn many_tokens_cannot_be_written_as_one() {
        for token in ["...", "...a", "-1", "a.", "é", "$a", "\"\" ", "|", "\u{1}"] {
            assert!(scan(&token.repeat(10_001)).is_err(), "{token}");
        }
        assert_eq!(scan(&"...".repeat(10_000)), Ok(()));
    }

    #[test]
    fn commas_comments_and_byte_order_marks_are_free() {
        assert_eq!(scan(&"\u{feff}".repeat(40_000)), Ok(()));
        assert_eq!(
            scan(&format!("{{a}}{}#{}", ",".repeat(50_000), "x".repeat(50_000))),
            Ok(())
        );
    }
}
