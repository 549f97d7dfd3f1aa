//! What a file is called, in `Content-Disposition` (RFC 6266): always an attachment, never something to show.

use axum::http::HeaderValue;

/// The header for a file of this name. Old clients get the name without what they cannot read.
pub(super) fn attachment(name: &str) -> HeaderValue {
    let plain: String = name
        .chars()
        .map(|character| match character {
            '"' | '\\' | '%' | '/' => '_',
            ' '..='~' => character,
            _ => '_',
        })
        .collect();
    let mut value = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''");
    for byte in name.bytes() {
        // RFC 8187, section 3.2.1: attr-char.
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            value.push(char::from(byte));
        } else {
            value.push('%');
            value.push_str(&crate::hex::hex(&[byte]).to_ascii_uppercase());
        }
    }
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_said_twice_and_ends_no_header() {
        let said = |name: &str| attachment(name).to_str().unwrap().to_owned();
        assert_eq!(
            said("plan 1.pdf"),
            "attachment; filename=\"plan 1.pdf\"; filename*=UTF-8''plan%201.pdf"
        );
        assert_eq!(
            said("Siân.mp4"),
            "attachment; filename=\"Si_n.mp4\"; filename*=UTF-8''Si%C3%A2n.mp4"
        );
        assert_eq!(
            said("a\"; filename=b\r\nX: y"),
            "attachment; filename=\"a_; filename=b__X: y\"; filename*=UTF-8''a%22%3B%20filename%3Db%0D%0AX%3A%20y"
        );
    }
}
