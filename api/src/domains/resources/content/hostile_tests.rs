//! What people have tried against filters, against this one: whatever they write, the rendered text is parsed as browsers parse
//! it, and nothing may be there that is not on the list.

use html5ever::tendril::TendrilSink;
use html5ever::{QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;

use super::html::{ATTRIBUTES, ELEMENTS, LINK_RELATION, SCHEMES, render};
use super::plain;

/// The attempts, one a line.
const VECTORS: &str = include_str!("hostile_vectors.txt");

/// The attempts with their characters in place.
fn vectors() -> impl Iterator<Item = String> {
    let lines = VECTORS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "));
    lines.map(|line| {
        let mut vector = line.to_owned();
        for (written, meant) in [
            ("\\n", "\n"),
            ("\\t", "\t"),
            ("\\r", "\r"),
            ("\\0", "\0"),
            ("\\f", "\u{c}"),
        ] {
            vector = vector.replace(written, meant);
        }
        for code in [0x01, 0x0b, 0xa0, 0x2028, 0x200b, 0xfeff, 0xff1a] {
            let meant = char::from_u32(code).unwrap();
            vector = vector.replace(&format!("\\u{code:04x}"), &meant.to_string());
        }
        vector
    })
}

/// The ways of CommonMark in which an attempt can stand in a text.
fn disguises(vector: &str) -> Vec<String> {
    let one_line = vector.replace('\n', " ");
    vec![
        vector.to_owned(),
        format!("words {vector} words"),
        format!("> - {vector}"),
        format!("# {one_line}"),
        format!("[words]({vector})"),
        format!("[words](<{vector}>)"),
        format!("[words](<{vector}> \"title\")"),
        format!("[words](https://example.org \"{vector}\")"),
        format!("[words](https://example.org '{vector}')"),
        format!("[words][1]\n\n[1]: {vector}"),
        format!("[words][1]\n\n[1]: <{vector}> '{vector}'"),
        format!("[words]\n\n[words]: {one_line}"),
        format!("![words]({vector})"),
        format!("![words](<{vector}>)"),
        format!("![{vector}](https://example.org/x.png)"),
        format!("[![x]({vector})]({vector})"),
        format!("[{vector}](https://example.org)"),
        format!("<{vector}>"),
        format!("<https://example.org/{vector}>"),
        format!("```{vector}\ncode\n```"),
        format!("`{vector}`"),
        format!("<div>\n{vector}\n</div>"),
        format!("<p title=\"{vector}\">x</p>"),
        format!("**{vector}** *{vector}* {vector}"),
        format!("1) {vector}\n\n   {vector}\n\n    {vector}"),
        format!("&lt;b {vector}&gt;"),
        format!("\\<{vector}\\>"),
    ]
}

fn parsed(html: &str) -> RcDom {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    parse_fragment(
        RcDom::default(),
        html5ever::ParseOpts::default(),
        context,
        Vec::new(),
        false,
    )
    .one(html)
}

/// The nodes of a fragment, without the document and the root that the parser puts around it.
fn nodes(dom: &RcDom) -> Vec<Handle> {
    let mut found = Vec::new();
    let mut open: Vec<Handle> = dom.document.children.borrow().clone();
    let mut is_root = true;
    while let Some(node) = open.pop() {
        open.extend(node.children.borrow().iter().cloned());
        if !std::mem::take(&mut is_root) {
            found.push(node);
        }
    }
    found
}

/// Says what of a rendered text is not allowed.
fn fault(html: &str) -> Option<String> {
    nodes(&parsed(html)).iter().find_map(|node| match &node.data {
        NodeData::Text { .. } => None,
        NodeData::Element { name, attrs, .. } => {
            let element = &*name.local;
            if name.ns != ns!(html) || !ELEMENTS.contains(&element) {
                return Some(format!("the element {element}"));
            }
            attrs.borrow().iter().find_map(|attribute| {
                let (name, value) = (&*attribute.name.local, &*attribute.value);
                let allowed = ATTRIBUTES
                    .iter()
                    .any(|(of, names)| *of == element && names.contains(&name));
                match name {
                    "href" if allowed && leads_somewhere_good(value) => None,
                    "rel" if element == "a" && value == LINK_RELATION => None,
                    "href" | "rel" => Some(format!("{name}={value:?} of {element}")),
                    _ if allowed => None,
                    _ => Some(format!("the attribute {name} of {element}")),
                }
            })
        }
        other => Some(format!("{other:?}")),
    })
}

/// As browsers read an address: spaces and control characters around it, and tabs and line breaks within, do not count.
fn leads_somewhere_good(address: &str) -> bool {
    let address = address.trim_matches(|character: char| character <= ' ');
    let address: String = address
        .chars()
        .filter(|character| !"\t\n\r".contains(*character))
        .collect();
    address
        .split_once(':')
        .is_some_and(|(scheme, _)| SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()))
}

#[test]
fn nothing_that_was_ever_tried_gets_through() {
    let mut tried = 0;
    for vector in vectors() {
        for source in disguises(&vector) {
            let html = render(&source, 2);
            if let Some(fault) = fault(&html) {
                panic!("{fault} got through\nfrom {source:?}\n  to {html:?}");
            }
            tried += 1;
        }
    }
    assert!(
        tried > 5_000,
        "only {tried} attempts were read: is the list there?"
    );
}

#[test]
fn the_check_itself_sees_what_it_must() {
    for (html, wrong) in [
        ("<p>fine</p>", false),
        (
            "<a href=\"https://example.org\" rel=\"nofollow noopener\">x</a>",
            false,
        ),
        ("<script>x</script>", true),
        ("<p onclick=\"x\">x</p>", true),
        ("<p style=\"x\">x</p>", true),
        ("<a href=\" java\tscript:x\">x</a>", true),
        ("<a href=\"/x\">x</a>", true),
        ("<a href=\"https://example.org\" rel=\"opener\">x</a>", true),
        ("<img src=\"https://example.org/x.png\">", true),
        ("<svg></svg>", true),
        ("<!-- x -->", true),
    ] {
        assert_eq!(fault(html).is_some(), wrong, "{html}");
    }
}

/// The words of a rendered text.
fn shown(html: &str) -> Vec<String> {
    let mut text = String::new();
    write_text(&parsed(html).document, &mut text);
    text.split_whitespace().map(str::to_owned).collect()
}

/// The text of a node, with a space where a block ends.
fn write_text(node: &Handle, text: &mut String) {
    if let NodeData::Text { contents } = &node.data {
        text.push_str(&contents.borrow());
    }
    for child in node.children.borrow().iter() {
        write_text(child, text);
    }
    if let NodeData::Element { name, .. } = &node.data
        && !matches!(&*name.local, "a" | "em" | "strong" | "code")
    {
        text.push(' ');
    }
}

/// Pieces of CommonMark and of markup, which no order must turn into something harmful.
const PIECES: &[&str] = &[
    "word",
    " ",
    "\n",
    "\n\n",
    "    ",
    "# ",
    "> ",
    "- ",
    "1. ",
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "[",
    "]",
    "(",
    ")",
    "](",
    "![",
    "<",
    ">",
    "\"",
    "'",
    "&",
    ";",
    ":",
    "/",
    "\\",
    "=",
    "!",
    "javascript:",
    "data:text/html,",
    "https://example.org",
    "mailto:a@b.org",
    "<a href=",
    "<script>",
    "</script>",
    "<style>",
    "<img src=x onerror=",
    "onclick=",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<svg>",
    "</p>",
    "&lt;",
    "&#106;",
    "&colon;",
    "&Tab;",
    "[1]: ",
    "[1]",
    "---",
    "é",
    "👩🏽‍🦽",
    "\t",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn no_text_renders_to_anything_else_than_the_list(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40),
        first_heading in 0_u8..9,
    ) {
        let source = pieces.concat();
        let html = render(&source, first_heading);
        prop_assert_eq!(fault(&html), None, "{}\n{}", source, html);
    }

    #[test]
    fn any_characters_render_to_nothing_else_either(source in "\\PC{0,80}") {
        let html = render(&source, 2);
        prop_assert_eq!(fault(&html), None, "{}\n{}", source, html);
    }

    #[test]
    fn the_plain_text_has_the_words_of_the_rendered_one(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40),
    ) {
        let source = pieces.concat();
        let text = plain::text(&source);
        let plain: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        prop_assert_eq!(plain, shown(&render(&source, 2)), "{}", source);
    }
}
