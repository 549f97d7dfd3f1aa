//! Media types of requests and answers (GraphQL over HTTP, sections 4 and 6).

use axum::http::{HeaderMap, HeaderValue, header};

/// The media types in which answers are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// `application/graphql-response+json`: the status says whether the request was good.
    GraphQl,
    /// `application/json`, for older clients: a well-formed request is answered 200 even when its document is not good.
    Json,
}

impl Answer {
    pub(super) fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        })
    }
}

/// The best answer for an Accept header; JSON if there is none, `None` if neither will do.
pub(super) fn accepted(headers: &HeaderMap) -> Option<Answer> {
    let ranges: Vec<_> = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter(|range| !range.trim().is_empty())
        .collect();
    if ranges.is_empty() {
        return Some(Answer::Json);
    }
    let quality = |wanted: &str| {
        let matching = ranges
            .iter()
            .filter_map(|range| Range::parse(range))
            .filter(|range| range.matches(wanted));
        // The most specific range decides (RFC 9110, section 12.5.1).
        matching
            .max_by_key(Range::specificity)
            .map_or((0, 0), |range| (range.quality, range.specificity()))
    };
    let graphql = quality("application/graphql-response+json");
    let json = quality("application/json");
    match (graphql, json) {
        ((0, _), (0, _)) => None,
        // A client that names the newer type gets it; one that accepts anything gets what everything understands.
        (graphql, json) if graphql.0 > json.0 || (graphql.0 == json.0 && graphql.1 == 2) => {
            Some(Answer::GraphQl)
        }
        _ => Some(Answer::Json),
    }
}

struct Range<'header> {
    kind: &'header str,
    /// In thousandths.
    quality: u16,
}

impl<'header> Range<'header> {
    fn parse(text: &'header str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let kind = parts.next()?;
        let mut quality = 1_000;
        for part in parts {
            let (name, value) = part.split_once('=')?;
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "q" => quality = thousandths(value)?,
                "charset" if !value.eq_ignore_ascii_case("utf-8") => return None,
                _ => {}
            }
        }
        Some(Self { kind, quality })
    }

    fn matches(&self, wanted: &str) -> bool {
        self.kind == "*/*"
            || self.kind.eq_ignore_ascii_case("application/*")
            || self.kind.eq_ignore_ascii_case(wanted)
    }

    fn specificity(&self) -> u8 {
        match self.kind {
            "*/*" => 0,
            kind if kind.ends_with("/*") => 1,
            _ => 2,
        }
    }
}

fn thousandths(quality: &str) -> Option<u16> {
    let quality: f32 = quality.parse().ok()?;
    // Clamped first, so neither sign nor size can be lost.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 1,000"
    )]
    let thousandths = (quality.clamp(0.0, 1.0) * 1_000.0) as u16;
    Some(thousandths)
}

/// Whether a request's body is JSON in UTF-8, uncompressed: all that is taken.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(Ok(kind)), None) = (types.next().map(HeaderValue::to_str), types.next()) else {
        return false;
    };
    let encoded = headers
        .get(header::CONTENT_ENCODING)
        .is_some_and(|encoding| encoding != "identity");
    !encoded && Range::parse(kind).is_some_and(|range| range.kind.eq_ignore_ascii_case("application/json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept(value: &'static str) -> Option<Answer> {
        accepted(&HeaderMap::from_iter([(
            header::ACCEPT,
            HeaderValue::from_static(value),
        )]))
    }

    #[test]
    fn the_best_type_is_answered() {
        assert_eq!(accepted(&HeaderMap::new()), Some(Answer::Json));
        for (value, expected) in [
            ("", Some(Answer::Json)),
            ("*/*", Some(Answer::Json)),
            ("application/*", Some(Answer::Json)),
            ("application/json", Some(Answer::Json)),
            ("application/graphql-response+json", Some(Answer::GraphQl)),
            (
                "APPLICATION/GraphQL-Response+JSON; charset=UTF-8",
                Some(Answer::GraphQl),
            ),
            (
                "application/graphql-response+json, application/json;q=0.9",
                Some(Answer::GraphQl),
            ),
            (
                "application/json, application/graphql-response+json",
                Some(Answer::GraphQl),
            ),
            (
                "application/json, application/graphql-response+json;q=0.5",
                Some(Answer::Json),
            ),
            ("application/graphql-response+json, */*", Some(Answer::GraphQl)),
            ("application/graphql-response+json;q=0, */*", Some(Answer::Json)),
            ("text/html,application/xhtml+xml,*/*;q=0.8", Some(Answer::Json)),
            ("text/html", None),
            ("application/json;q=0", None),
            ("application/json; charset=iso-8859-1", None),
        ] {
            assert_eq!(accept(value), expected, "{value}");
        }
    }

    #[test]
    fn only_json_in_utf_8_is_taken() {
        let json = |value: &'static str| {
            is_json(&HeaderMap::from_iter([(
                header::CONTENT_TYPE,
                HeaderValue::from_static(value),
            )]))
        };
        assert!(
            json("application/json")
                && json("Application/JSON; charset=utf-8")
                && json("application/json;charset=\"UTF-8\"")
        );
        for value in [
            "text/plain",
            "application/graphql",
            "application/json; charset=utf-16",
            "application/json; oops",
            "",
        ] {
            assert!(!json(value), "{value}");
        }
        assert!(!is_json(&HeaderMap::new()));
    }
}
