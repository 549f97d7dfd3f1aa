//! CommonMark as plain text: what a reader of the rendered text sees, without its looks. For searching, for counting words,
//! for programs that read texts out.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The text without its markup, a line for each block. Addresses of links are left out, their words stay.
///
/// ```
/// use roundtable_api::domains::resources::content::plain::text;
///
/// assert_eq!(text("# Being *heard*\n\n- [one](https://example.org)\n- two"), "Being heard\none\ntwo\n");
/// ```
#[must_use]
pub fn text(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    for event in Parser::new_ext(source, Options::empty()) {
        match event {
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
                text.push_str(&words);
            }
            Event::SoftBreak => text.push(' '),
            Event::HardBreak | Event::Rule => end_line(&mut text),
            Event::Start(start) if begins_a_line(&start) => end_line(&mut text),
            Event::End(end) if ends_a_line(end) => end_line(&mut text),
            _ => {}
        }
    }
    text
}

/// A block may begin in the middle of another: what stands before it in an item of a list is no paragraph.
const fn begins_a_line(start: &Tag<'_>) -> bool {
    matches!(
        start,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::List(_)
    )
}

const fn ends_a_line(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::List(_)
            | TagEnd::Item
    )
}

fn end_line(text: &mut String) {
    let full = text.trim_end_matches([' ', '\n']).len();
    text.truncate(full);
    if !text.is_empty() {
        text.push('\n');
    }
}

/// How many words a plain text has: parts between spaces in which there is a letter or a digit.
#[must_use]
pub fn count_words(text: &str) -> usize {
    text.split_whitespace()
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_end_lines_and_breaks_within_them_are_spaces() {
        let source = "Title\n===\n\nOne line\nand another.  \nThird.\n\n> quoted\n\n* * *\n\n    code\n";
        assert_eq!(
            text(source),
            "Title\nOne line and another.\nThird.\nquoted\ncode\n"
        );
    }

    #[test]
    fn a_block_in_an_item_begins_a_line() {
        assert_eq!(
            text("- first\n  # heading\n- second\n  - below\n"),
            "first\nheading\nsecond\nbelow\n"
        );
    }

    #[test]
    fn of_pictures_the_description_is_text_and_markup_is_as_shown() {
        assert_eq!(
            text("![two people](x.png) <b>said</b>"),
            "two people <b>said</b>\n"
        );
    }

    #[test]
    fn words_are_counted_as_people_count_them() {
        assert_eq!(count_words("Don't – that is: ‘ours’, not 2 of theirs."), 8);
        assert_eq!(count_words(""), 0);
    }
}
