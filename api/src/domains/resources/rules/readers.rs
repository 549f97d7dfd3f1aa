//! Which format of a version a reader is offered (`domain.md` 2.6 and 4): the one they asked for in their language; where there is
//! none, the next best, and why. Nobody is told that what they are offered is what they need when it is not.

use entity::parties::kinds::InformationFormat as Format;
use entity::resources::kinds::RenditionReason as Reason;

/// What is known of a reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// The formats they can use, what they need before what they would like.
    pub formats: Vec<Format>,
    /// Their language, as a tag of BCP 47.
    pub language: Option<String>,
}

/// A format and a language that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offered<'a> {
    /// The format.
    pub format: Format,
    /// The language, as a tag of BCP 47.
    pub language: &'a str,
}

/// What a reader is offered: the place among what is there, or none for the text itself and for nothing, and why.
pub type Choice = (Option<usize>, Reason);

/// Chooses for a reader among what is there. `text` is the language of the text itself; absent for what has none, such as a film.
#[must_use]
pub fn choose(reader: &Reader, there: &[Offered<'_>], text: Option<&str>) -> Choice {
    let Some(language) = reader.language.as_deref().filter(|_| !reader.formats.is_empty()) else {
        return for_anybody(there, text);
    };
    let find = |formats: &[Format], language: Option<&str>| {
        formats.iter().find_map(|format| {
            let fits = |of: &Offered<'_>| {
                of.format == *format && language.is_none_or(|language| is_same(of.language, language))
            };
            there.iter().position(fits)
        })
    };
    for format in &reader.formats {
        if let Some(found) = find(alike(*format), Some(language)) {
            return (Some(found), Reason::Exact);
        }
        if *format == Format::Standard && text.is_some_and(|text| is_same(text, language)) {
            return (None, Reason::Exact);
        }
    }
    for format in &reader.formats {
        if let Some(found) = find(&[*format], None) {
            return (Some(found), Reason::OtherLanguage);
        }
        if *format == Format::Standard && text.is_some() {
            return (None, Reason::OtherLanguage);
        }
    }
    for format in &reader.formats {
        if let Some(found) = find(near(*format), Some(language)) {
            return (Some(found), Reason::NearestFormat);
        }
    }
    match standard(there, text) {
        Standard::Rendition(found) => (Some(found), Reason::StandardOnly),
        Standard::Text => (None, Reason::StandardOnly),
        Standard::Nothing => (None, Reason::None),
    }
}

/// For somebody of whom nothing is known: the standard one, or else the first that is there, as nothing speaks against it.
fn for_anybody(there: &[Offered<'_>], text: Option<&str>) -> Choice {
    match standard(there, text) {
        Standard::Rendition(found) => (Some(found), Reason::NoPreference),
        Standard::Text => (None, Reason::NoPreference),
        Standard::Nothing if there.is_empty() => (None, Reason::None),
        Standard::Nothing => (Some(0), Reason::NoPreference),
    }
}

/// What there is in the standard format.
enum Standard {
    /// The rendition at this place.
    Rendition(usize),
    /// The text itself.
    Text,
    Nothing,
}

/// The standard one: a rendition of it in the language of the text where there is one, or else the text itself. Without a text, a
/// rendition in whatever language; nothing where there is none.
fn standard(there: &[Offered<'_>], text: Option<&str>) -> Standard {
    let is_standard = |of: &Offered<'_>| {
        of.format == Format::Standard && text.is_none_or(|text| is_same(of.language, text))
    };
    match there.iter().position(is_standard) {
        Some(found) => Standard::Rendition(found),
        None if text.is_some() => Standard::Text,
        None => Standard::Nothing,
    }
}

/// Two tags name the same language, whatever the region: `en` and `en-GB`.
fn is_same(one: &str, other: &str) -> bool {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    primary(one) == primary(other)
}

/// The formats that are this one: a translation is the standard format in another language.
const fn alike(format: Format) -> &'static [Format] {
    use Format::{
        Audio, Braille, BslVideo, CaptionedVideo, EasyRead, LargePrint, Makaton, PhotoSymbols, PlainEnglish,
        ScreenReaderDocument, Standard, Translated, Welsh,
    };
    match format {
        Standard => &[Standard, Translated, Welsh],
        Welsh => &[Welsh, Translated],
        Translated => &[Translated, Welsh],
        PlainEnglish => &[PlainEnglish],
        EasyRead => &[EasyRead],
        LargePrint => &[LargePrint],
        Braille => &[Braille],
        Audio => &[Audio],
        BslVideo => &[BslVideo],
        CaptionedVideo => &[CaptionedVideo],
        ScreenReaderDocument => &[ScreenReaderDocument],
        PhotoSymbols => &[PhotoSymbols],
        Makaton => &[Makaton],
    }
}

/// The formats that come near to this one, the nearest first: those that serve for the same reason.
const fn near(format: Format) -> &'static [Format] {
    use Format::{
        Audio, Braille, BslVideo, CaptionedVideo, EasyRead, LargePrint, Makaton, PhotoSymbols, PlainEnglish,
        ScreenReaderDocument, Standard, Translated, Welsh,
    };
    match format {
        PlainEnglish => &[EasyRead],
        EasyRead => &[PhotoSymbols, PlainEnglish],
        PhotoSymbols | Makaton => &[EasyRead, PhotoSymbols, Makaton],
        LargePrint | Audio => &[ScreenReaderDocument],
        Braille => &[ScreenReaderDocument, Audio],
        ScreenReaderDocument => &[Audio],
        BslVideo => &[CaptionedVideo],
        CaptionedVideo => &[BslVideo],
        Standard | Welsh | Translated => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(formats: &[Format], language: &str) -> Reader {
        Reader {
            formats: formats.to_vec(),
            language: Some(language.to_owned()),
        }
    }

    fn there(of: &[(Format, &'static str)]) -> Vec<Offered<'static>> {
        of.iter()
            .map(|(format, language)| Offered {
                format: *format,
                language,
            })
            .collect()
    }

    fn chosen(formats: &[Format], language: &str, of: &[(Format, &'static str)]) -> Choice {
        choose(&reader(formats, language), &there(of), Some("en"))
    }

    #[test]
    fn a_reader_gets_their_format_in_their_language() {
        let of = [
            (Format::EasyRead, "cy"),
            (Format::EasyRead, "en"),
            (Format::Audio, "en"),
        ];
        assert_eq!(
            chosen(&[Format::EasyRead], "en-GB", &of),
            (Some(1), Reason::Exact)
        );
        assert_eq!(chosen(&[Format::EasyRead], "cy", &of), (Some(0), Reason::Exact));
        assert_eq!(
            chosen(&[Format::EasyRead], "pl", &of),
            (Some(0), Reason::OtherLanguage)
        );
        assert_eq!(
            chosen(&[Format::Braille, Format::Audio], "en", &of),
            (Some(2), Reason::Exact),
            "another format that they can use"
        );
    }

    #[test]
    fn what_comes_near_is_said_to_be_near() {
        let of = [(Format::PlainEnglish, "en"), (Format::Audio, "en")];
        assert_eq!(
            chosen(&[Format::EasyRead], "en", &of),
            (Some(0), Reason::NearestFormat)
        );
        assert_eq!(
            chosen(&[Format::Braille], "en", &of),
            (Some(1), Reason::NearestFormat)
        );
        assert_eq!(
            chosen(&[Format::BslVideo], "en", &of),
            (None, Reason::StandardOnly)
        );
    }

    #[test]
    fn the_standard_one_is_the_text_itself() {
        assert_eq!(chosen(&[Format::Standard], "en", &[]), (None, Reason::Exact));
        let of = [(Format::Standard, "en"), (Format::Welsh, "cy")];
        assert_eq!(chosen(&[Format::Standard], "en", &of), (Some(0), Reason::Exact));
        assert_eq!(chosen(&[Format::Standard], "cy", &of), (Some(1), Reason::Exact));
        assert_eq!(
            chosen(&[Format::Standard], "pl", &[]),
            (None, Reason::OtherLanguage)
        );
        assert_eq!(
            chosen(&[Format::Makaton], "en", &of),
            (Some(0), Reason::StandardOnly)
        );
    }

    #[test]
    fn nothing_is_supposed_of_a_reader_who_said_nothing() {
        let of = there(&[(Format::EasyRead, "en")]);
        assert_eq!(
            choose(&Reader::default(), &of, Some("en")),
            (None, Reason::NoPreference)
        );
    }

    #[test]
    fn where_there_is_no_text_nobody_is_told_of_one() {
        let chosen = |formats: &[Format], language: &str, of: &[(Format, &'static str)]| {
            choose(&reader(formats, language), &there(of), None)
        };
        let film = [(Format::BslVideo, "bfi"), (Format::CaptionedVideo, "en")];
        for format in [Format::Standard, Format::EasyRead, Format::Welsh] {
            assert_eq!(chosen(&[format], "en", &film), (None, Reason::None), "{format}");
            assert_eq!(chosen(&[format], "en", &[]), (None, Reason::None), "{format}");
        }
        assert_eq!(
            chosen(&[Format::CaptionedVideo], "en", &film),
            (Some(1), Reason::Exact)
        );
        assert_eq!(
            chosen(&[Format::CaptionedVideo], "cy", &film),
            (Some(1), Reason::OtherLanguage)
        );
        assert_eq!(
            chosen(&[Format::BslVideo], "en", &film[1..]),
            (Some(0), Reason::NearestFormat)
        );
        // A file in the standard format stands in for the text.
        let document = [(Format::Standard, "cy")];
        assert_eq!(
            chosen(&[Format::Standard], "en", &document),
            (Some(0), Reason::OtherLanguage)
        );
        assert_eq!(
            chosen(&[Format::EasyRead], "en", &document),
            (Some(0), Reason::StandardOnly)
        );
        // Nothing speaks against the first for somebody who asked for nothing.
        let nobody = Reader::default();
        assert_eq!(
            choose(&nobody, &there(&film), None),
            (Some(0), Reason::NoPreference)
        );
        assert_eq!(choose(&nobody, &[], None), (None, Reason::None));
        assert_eq!(choose(&nobody, &[], Some("en")), (None, Reason::NoPreference));
    }
}
