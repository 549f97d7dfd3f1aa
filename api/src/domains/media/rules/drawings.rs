//! Drawings: SVG without anything that acts or fetches (W3C SVG 2, sections 2.3 and 15).
//!
//! It is a list of what a drawing may be made of. What is not on it is refused, so that an element that a later browser
//! gives a life to is not let in today.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

/// Why a drawing is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawingError {
    /// It is not well-formed XML, or no drawing.
    #[error("the drawing is damaged, or is no SVG")]
    Damaged,
    /// An element that may act, or is not known.
    #[error("the drawing holds an element that is not taken: {name}")]
    Element {
        /// Its name.
        name: String,
    },
    /// An attribute that acts.
    #[error("the drawing holds an attribute that acts: {name}")]
    Attribute {
        /// Its name.
        name: String,
    },
    /// Something that is fetched from elsewhere, or runs.
    #[error("the drawing refers to something outside of itself in {name}")]
    Reference {
        /// Where.
        name: String,
    },
    /// A declaration of a document type, which may define what is not seen, or an instruction to a program.
    #[error("the drawing holds a document type or an instruction, which drawings do not need")]
    Declaration,
}

/// What a drawing may be made of.
const ELEMENTS: &[&str] = &[
    "a",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "metadata",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
    "view",
];

/// Within these, what others wrote about the drawing, in languages of their own: it shows nothing.
const REMARKS: &str = "metadata";
/// Namespaces whose elements a browser gives a life to, wherever they stand.
const LIVING: [&[u8]; 3] = [
    b"http://www.w3.org/2000/svg",
    b"http://www.w3.org/1999/xhtml",
    b"http://www.w3.org/1998/Math/MathML",
];
/// What acts where somebody puts the drawing into a page, which knows no namespaces.
const ACTING: [&str; 14] = [
    "animate",
    "animatemotion",
    "animatetransform",
    "base",
    "embed",
    "foreignobject",
    "form",
    "handler",
    "iframe",
    "link",
    "meta",
    "object",
    "script",
    "set",
];

/// Whether a drawing only draws.
///
/// # Errors
/// The first thing that does more.
pub fn check_drawing(text: &str) -> Result<(), DrawingError> {
    let mut reader = NsReader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut path, mut is_first) = (Vec::<String>::new(), true);
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|_| DrawingError::Damaged)?;
        match event {
            Event::Start(element) => {
                let name = check_element(&element, &namespace, &path, is_first)?;
                is_first = false;
                path.push(name);
            }
            Event::Empty(element) => {
                check_element(&element, &namespace, &path, is_first)?;
                is_first = false;
            }
            Event::End(_) => {
                path.pop().ok_or(DrawingError::Damaged)?;
            }
            Event::Text(text) if in_style(&path) => {
                check_style(&text.decode().map_err(|_| DrawingError::Damaged)?)?;
            }
            Event::CData(text) if in_style(&path) => {
                check_style(&text.decode().map_err(|_| DrawingError::Damaged)?)?;
            }
            // What a style spells with entities, somebody hides.
            Event::GeneralRef(_) if in_style(&path) => return Err(reference("style")),
            Event::DocType(_) | Event::PI(_) => return Err(DrawingError::Declaration),
            Event::Eof => break,
            _ => {}
        }
    }
    if is_first || !path.is_empty() {
        return Err(DrawingError::Damaged);
    }
    Ok(())
}

fn in_style(path: &[String]) -> bool {
    path.last().is_some_and(|name| name == "style")
}

/// Whether an element is what others wrote about the drawing, in a language that browsers do not know.
fn is_remark(name: &str, element: &BytesStart<'_>, namespace: &ResolveResult<'_>, path: &[String]) -> bool {
    let is_foreign = matches!(namespace, ResolveResult::Bound(found) if !LIVING.contains(&found.as_ref()));
    let acts = element.name().prefix().is_none() && ACTING.contains(&name.to_ascii_lowercase().as_str());
    is_foreign && !acts && path.iter().any(|outer| outer == REMARKS)
}

fn check_element(
    element: &BytesStart<'_>,
    namespace: &ResolveResult<'_>,
    path: &[String],
    is_first: bool,
) -> Result<String, DrawingError> {
    let name = String::from_utf8_lossy(element.local_name().as_ref()).into_owned();
    if is_first && name != "svg" {
        return Err(DrawingError::Damaged);
    }
    if !ELEMENTS.contains(&name.as_str()) && !is_remark(&name, element, namespace, path) {
        return Err(DrawingError::Element { name });
    }
    // A namespace that stands for another language would give these names another meaning.
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|_| DrawingError::Damaged)?;
        let full = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|_| DrawingError::Damaged)?;
        check_attribute(&name, &full, &value)?;
        let is_html = value.trim() == "http://www.w3.org/1999/xhtml";
        if full.starts_with("xmlns") && is_html {
            return Err(DrawingError::Element { name });
        }
    }
    Ok(name)
}

fn check_attribute(element: &str, full: &str, value: &str) -> Result<(), DrawingError> {
    let local = full.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    if local.starts_with("on") {
        return Err(DrawingError::Attribute {
            name: full.to_owned(),
        });
    }
    if full.to_ascii_lowercase().starts_with("xmlns") {
        return Ok(());
    }
    if matches!(local.as_str(), "href" | "src" | "base") {
        let target = value.trim();
        let within = target.starts_with('#') || (element == "image" && is_picture(target));
        let is_link = element == "a" && target.starts_with("https://");
        if !(within || is_link || target.is_empty()) || local == "base" {
            return Err(reference(full));
        }
    } else {
        check_style(value).map_err(|_| reference(full))?;
    }
    Ok(())
}

/// A picture that the drawing carries itself.
fn is_picture(target: &str) -> bool {
    let target = target.to_ascii_lowercase();
    ["png", "jpeg", "gif", "webp"]
        .iter()
        .any(|kind| target.starts_with(&format!("data:image/{kind};base64,")))
}

/// Styles refer to nothing but parts of the drawing, and spell nothing in a way that has to be decoded.
fn check_style(style: &str) -> Result<(), DrawingError> {
    let plain: String = style
        .chars()
        .filter(|character| !character.is_whitespace() && !character.is_control())
        .collect::<String>()
        .to_ascii_lowercase();
    let acts = [
        "@import",
        "expression(",
        "javascript:",
        "vbscript:",
        "-moz-binding",
        "behavior:",
        "image-set(",
    ];
    let hides = plain.contains("/*") || (plain.contains('\\') && plain.contains('('));
    if hides || acts.iter().any(|word| plain.contains(word)) {
        return Err(reference("style"));
    }
    let outside = plain.match_indices("url(").any(|(at, found)| {
        let target = plain[at + found.len()..].trim_start_matches(['"', '\'']);
        !target.starts_with('#')
    });
    if outside {
        return Err(reference("style"));
    }
    Ok(())
}

fn reference(name: &str) -> DrawingError {
    DrawingError::Reference {
        name: name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(inside: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
             xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">{inside}</svg>"
        )
    }

    #[test]
    fn what_only_draws_is_taken() {
        for inside in [
            "",
            "<!-- a remark --><title>A house</title><path d=\"M0 0L9 9\" style=\"fill:#fff;stroke:red\"/>",
            "<defs><linearGradient id=\"a\"><stop offset=\"0\"/></linearGradient></defs><rect fill=\"url(#a)\"/>",
            "<style>.a { fill: url(#a) } rect{stroke:red}</style><use xlink:href=\"#a\"/>",
            "<image href=\"data:image/png;base64,iVBORw0KGgo=\"/>",
            "<a href=\"https://example.org\"><text>more &amp; more</text></a>",
            "<metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/></metadata>",
            "<metadata><r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
             <dc:creator>A</dc:creator><Work xmlns=\"http://web.resource.org/cc/\"/></r:RDF></metadata>",
        ] {
            assert_eq!(check_drawing(&drawing(inside)), Ok(()), "{inside}");
        }
    }

    #[test]
    fn what_acts_or_fetches_is_refused() {
        for inside in [
            "<script>alert(1)</script>",
            "<SCRIPT>alert(1)</SCRIPT>",
            "<x:script xmlns:x=\"http://www.w3.org/2000/svg\"/>",
            "<rect onload=\"alert(1)\"/>",
            "<rect ONCLICK=\"a\"/>",
            "<foreignObject><body/></foreignObject>",
            "<iframe/>",
            "<animate attributeName=\"href\" to=\"javascript:alert(1)\"/>",
            "<set attributeName=\"onload\" to=\"alert(1)\"/>",
            "<handler/>",
            "<a href=\"javascript:alert(1)\"/>",
            "<a xlink:href=\"&#106;avascript:alert(1)\"/>",
            "<a href=\" java\nscript:alert(1)\"/>",
            "<a href=\"data:text/html,x\"/>",
            "<image href=\"http://example.org/a.png\"/>",
            "<image href=\"data:image/svg+xml;base64,PHN2Zy8+\"/>",
            "<use href=\"https://example.org/a.svg#b\"/>",
            "<g xml:base=\"https://example.org/\"/>",
            "<rect style=\"fill:url(https://example.org/a)\"/>",
            "<rect fill=\"url('//example.org/a')\"/>",
            "<rect style=\"background:u\\72l(https://example.org)\"/>",
            "<style>@import 'https://example.org/a.css';</style>",
            "<style><![CDATA[@import 'https://example.org/a.css';]]></style>",
            "<style>a{b:ur/**/l(https://example.org)}</style>",
            "<style>&#64;import 'a'</style>",
            "<g xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:a/></g>",
            "<metadata><script>alert(1)</script></metadata>",
            "<metadata><foreignObject><body/></foreignObject></metadata>",
            "<metadata><r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><script/></r:RDF></metadata>",
            "<metadata><x:script xmlns:x=\"http://www.w3.org/2000/svg\"/></metadata>",
            "<metadata><script xmlns=\"http://example.org/\"/></metadata>",
            "<metadata><iframe xmlns=\"\"/></metadata>",
            "<metadata><y:script/></metadata>",
        ] {
            assert!(check_drawing(&drawing(inside)).is_err(), "{inside}");
        }
    }

    #[test]
    fn what_is_no_drawing_is_damaged() {
        let bare = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        let with_type = format!("<!DOCTYPE svg [<!ENTITY a \"b\">]>{bare}");
        let with_sheet = format!("<?xml-stylesheet href=\"a.css\"?>{bare}");
        assert_eq!(check_drawing(bare), Ok(()));
        assert_eq!(check_drawing(&with_type), Err(DrawingError::Declaration));
        assert_eq!(check_drawing(&with_sheet), Err(DrawingError::Declaration));
        for text in [
            "",
            "a",
            "<html/>",
            "<svg>",
            "<svg></g>",
            "<svg/></svg>",
            "<svg a=b/>",
        ] {
            assert!(check_drawing(text).is_err(), "{text}");
        }
    }
}
