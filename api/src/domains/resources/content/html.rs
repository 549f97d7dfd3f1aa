//! CommonMark as HTML that is safe inside of somebody else's page.
//!
//! Two walls, either of which would do: markup in the text is turned into text before it is rendered, and what was rendered
//! goes through a sanitiser that parses it as browsers do and lets only a short list pass.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// The elements that rendered text can have. Pictures are not among them: a picture from elsewhere tells its owner who reads
/// what, and those of a resource are media with a description of their own.
pub const ELEMENTS: [&str; 18] = [
    "a",
    "blockquote",
    "br",
    "code",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "ul",
];

/// The attributes they can have, by element. The sanitiser adds `rel` to links.
pub const ATTRIBUTES: [(&str, &[&str]); 2] = [("a", &["href", "title"]), ("ol", &["start"])];

/// Where links can lead: web addresses, and ways to reach people. A relative link would lead into whatever site shows the text.
pub const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// What every link says of itself: the text vouches for no page, and no page gets hold of the window it was opened from.
pub const LINK_RELATION: &str = "nofollow noopener";

/// Quotations and lists within each other beyond this are written flat. Nobody reads deeper ones, and HTML parsers take more
/// than their time for them.
const DEEPEST: u32 = 32;

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let attributes = ATTRIBUTES.map(|(element, names)| (element, names.iter().copied().collect()));
    let mut sanitiser = Builder::empty();
    sanitiser
        .tags(HashSet::from(ELEMENTS))
        .tag_attributes(HashMap::from(attributes))
        .url_schemes(HashSet::from(SCHEMES))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some(LINK_RELATION));
    sanitiser
});

/// Renders CommonMark. A heading of the first level becomes one of level `first_heading` (1 to 6), and those below follow, so
/// that the text fits under the headings of the page that shows it; none goes below the sixth.
///
/// ```
/// use roundtable_api::domains::resources::content::html::render;
///
/// assert_eq!(render("# Being *heard*", 2), "<h2>Being <em>heard</em></h2>\n");
/// assert_eq!(render("<script>alert(1)</script>", 2), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
/// assert_eq!(
///     render("[Norfolk](https://example.org)", 2),
///     "<p><a href=\"https://example.org\" rel=\"nofollow noopener\">Norfolk</a></p>\n"
/// );
/// ```
#[must_use]
pub fn render(source: &str, first_heading: u8) -> String {
    let mut rendered = String::with_capacity(source.len() + source.len() / 2);
    let mut embedding = Embedding {
        lower_by: usize::from(first_heading.clamp(1, 6) - 1),
        depth: 0,
    };
    let events = Parser::new_ext(source, Options::empty()).filter_map(|event| embedding.take(event));
    html::push_html(&mut rendered, events);
    SANITISER.clean(&rendered).to_string()
}

struct Embedding {
    /// How many levels headings go down.
    lower_by: usize,
    /// How many quotations and lists are open.
    depth: u32,
}

impl Embedding {
    /// What becomes of a piece of the text.
    fn take<'a>(&mut self, event: Event<'a>) -> Option<Event<'a>> {
        Some(match event {
            Event::Html(markup) | Event::InlineHtml(markup) => Event::Text(markup),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            // Of a picture its description stays.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => return None,
            Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
                level: self.lowered(level),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            }),
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(self.lowered(level))),
            Event::Start(Tag::BlockQuote(_) | Tag::List(_)) => {
                self.depth += 1;
                return self.unless_too_deep(event);
            }
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_)) => {
                let kept = self.unless_too_deep(event);
                self.depth -= 1;
                return kept;
            }
            Event::Start(Tag::Item) | Event::End(TagEnd::Item) => return self.unless_too_deep(event),
            other => other,
        })
    }

    fn unless_too_deep<'a>(&self, event: Event<'a>) -> Option<Event<'a>> {
        (self.depth <= DEEPEST).then_some(event)
    }

    fn lowered(&self, level: HeadingLevel) -> HeadingLevel {
        HeadingLevel::try_from(level as usize + self.lower_by).unwrap_or(HeadingLevel::H6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_go_under_those_of_the_page() {
        assert_eq!(render("# One\n\n## Two", 2), "<h2>One</h2>\n<h3>Two</h3>\n");
        assert_eq!(render("# One\n\n###### Six", 3), "<h3>One</h3>\n<h6>Six</h6>\n");
        assert_eq!(render("One\n===", 1), "<h1>One</h1>\n");
    }

    #[test]
    fn what_people_write_is_kept() {
        let source = "A **bold** and *quiet* `word`, [a page](https://example.org/a?b=1&c=2 \"Title\"), <tel:+441603000000>.\n\n\
                      3. three\n4. four\n\n> quoted\n\n---\n\n```rust\ncode < more\n```\n\n- a\n- b\n";
        assert_has(
            &render(source, 2),
            &[
                "<strong>bold</strong>",
                "<em>quiet</em>",
                "<code>word</code>",
                "<a href=\"https://example.org/a?b=1&amp;c=2\" title=\"Title\" rel=\"nofollow noopener\">a page</a>",
                "<a href=\"tel:+441603000000\" rel=\"nofollow noopener\">",
                "<ol start=\"3\">",
                "<blockquote>\n<p>quoted</p>",
                "<hr>",
                "<pre><code>code &lt; more\n</code></pre>",
                "<ul>\n<li>a</li>",
            ],
        );
    }

    fn assert_has(rendered: &str, parts: &[&str]) {
        for part in parts {
            assert!(rendered.contains(part), "{part} is not in\n{rendered}");
        }
    }

    #[test]
    fn links_that_lead_nowhere_good_are_only_their_words() {
        for target in [
            "javascript:alert(1)",
            "data:text/html,hello",
            "/admin",
            "//example.org",
            "ftp://example.org",
        ] {
            let rendered = render(&format!("[words](<{target}>)"), 2);
            assert!(rendered.contains("words"), "{rendered}");
            assert!(!rendered.contains("href"), "{rendered}");
        }
    }

    #[test]
    fn of_a_picture_its_description_stays() {
        assert_eq!(
            render("![two people **talking**](https://example.org/spy.png)", 2),
            "<p>two people <strong>talking</strong></p>\n"
        );
    }

    #[test]
    fn depth_without_end_is_written_flat_and_soon() {
        let shapes = [
            ">".repeat(20_000) + " deep",
            (0..400).map(|depth| "  ".repeat(depth) + "- item\n").collect(),
            "*a ".repeat(10_000) + &"a* ".repeat(10_000),
            "[".repeat(20_000),
            "![".repeat(20_000) + &"](x)".repeat(20_000),
            "`".repeat(20_000) + "a",
            "<a ".repeat(20_000),
            "> - ".repeat(5_000) + "deep",
        ];
        let started = cpu_time::ThreadTime::now();
        for shape in &shapes {
            let quotes = render(shape, 2).matches("<blockquote>").count();
            assert!(quotes <= DEEPEST as usize, "{quotes}");
        }
        assert!(
            started.elapsed() < std::time::Duration::from_secs(20),
            "{:?}",
            started.elapsed()
        );
    }
}
