//! What a client wants of a file: all of it, or one part (RFC 9110, sections 13.1.5 and 14).

use std::ops::Range;

use axum::http::{HeaderMap, HeaderValue, header};

/// What is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it: also where several parts are asked for, or words that are not understood.
    Whole,
    /// One part.
    Part(Range<u64>),
    /// A part that the file has not got.
    Beyond,
}

/// What a client wants of a file of this length. With `If-Range`, a part is only of use if the client has the rest of the
/// same file.
pub(super) fn wanted(headers: &HeaderMap, length: u64, tag: &HeaderValue, modified: &str) -> Wanted {
    let Some(range) = headers.get(header::RANGE) else {
        return Wanted::Whole;
    };
    if let Some(condition) = headers.get(header::IF_RANGE)
        && condition != tag
        && condition.as_bytes() != modified.as_bytes()
    {
        return Wanted::Whole;
    }
    let text = range.to_str().unwrap_or_default().trim();
    let Some((unit, parts)) = text.split_once('=') else {
        return Wanted::Whole;
    };
    let mut parts = parts.split(',').map(str::trim).filter(|part| !part.is_empty());
    let (Some(one), None) = (parts.next(), parts.next()) else {
        return Wanted::Whole;
    };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Wanted::Whole;
    }
    one_part(one, length).unwrap_or(Wanted::Whole)
}

/// `first-last`, `first-`, or `-count` of the last bytes.
fn one_part(part: &str, length: u64) -> Option<Wanted> {
    let (first, last) = part.split_once('-')?;
    let number = |text: &str| {
        let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // A number that is too large for any file is as good as the largest.
        is_plain.then(|| text.parse().unwrap_or(u64::MAX))
    };
    let range = match (first, last) {
        ("", count) => {
            let count = number(count)?;
            if count == 0 {
                return Some(Wanted::Beyond);
            }
            length.saturating_sub(count)..length
        }
        (first, "") => number(first)?..length,
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if last < first {
                return None;
            }
            first..last.saturating_add(1).min(length)
        }
    };
    Some(if range.start < length {
        Wanted::Part(range)
    } else {
        Wanted::Beyond
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAG: HeaderValue = HeaderValue::from_static("\"abc\"");
    const MODIFIED: &str = "Mon, 02 Mar 2026 09:00:00 GMT";

    fn of(range: &'static str) -> Wanted {
        let headers = HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static(range))]);
        wanted(&headers, 100, &TAG, MODIFIED)
    }

    #[test]
    fn one_part_is_sent() {
        for (range, expected) in [
            ("bytes=0-0", 0..1),
            ("bytes=10-19", 10..20),
            ("bytes=90-", 90..100),
            ("bytes=90-1000", 90..100),
            ("bytes=-10", 90..100),
            ("bytes=-1000", 0..100),
            ("Bytes= 5-9 ,", 5..10),
            ("bytes=0-99999999999999999999999", 0..100),
        ] {
            assert_eq!(of(range), Wanted::Part(expected), "{range}");
        }
    }

    #[test]
    fn what_is_not_understood_is_answered_whole() {
        assert_eq!(wanted(&HeaderMap::new(), 100, &TAG, MODIFIED), Wanted::Whole);
        for range in [
            "bytes=0-1,5-6",
            "items=0-1",
            "bytes",
            "bytes=",
            "bytes=9-1",
            "bytes=a-b",
            "bytes=-",
            "bytes=1",
        ] {
            assert_eq!(of(range), Wanted::Whole, "{range}");
        }
    }

    #[test]
    fn what_the_file_has_not_got_is_beyond_it() {
        for range in [
            "bytes=100-",
            "bytes=100-200",
            "bytes=-0",
            "bytes=99999999999999999999999-",
        ] {
            assert_eq!(of(range), Wanted::Beyond, "{range}");
        }
    }

    #[test]
    fn a_part_of_another_file_is_of_no_use() {
        let with = |condition: &'static str| {
            let headers = HeaderMap::from_iter([
                (header::RANGE, HeaderValue::from_static("bytes=5-9")),
                (header::IF_RANGE, HeaderValue::from_static(condition)),
            ]);
            wanted(&headers, 100, &TAG, MODIFIED)
        };
        assert_eq!(with("\"abc\""), Wanted::Part(5..10));
        assert_eq!(with(MODIFIED), Wanted::Part(5..10));
        for other in ["\"abd\"", "W/\"abc\"", "Mon, 02 Mar 2026 09:00:01 GMT"] {
            assert_eq!(with(other), Wanted::Whole, "{other}");
        }
    }
}
