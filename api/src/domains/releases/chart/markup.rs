//! Texts of others within markup. Names come from partners, and may hold anything.

/// A text as it may stand between tags and in attributes, of XML and of HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in cleaned(text).chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A text on one line, without what XML cannot hold (XML 1.0, section 2.2) and without what turns the direction of the text around it.
pub(super) fn cleaned(text: &str) -> String {
    let kept = text.chars().filter_map(|letter| match letter {
        '\t' | '\n' | '\r' => Some(' '),
        letter if letter.is_control() => None,
        '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fffe}'
        | '\u{ffff}' => None,
        letter => Some(letter),
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_markup() {
        assert_eq!(
            escaped("<script>alert('1 & \"2\"')</script> ]]>"),
            "&lt;script&gt;alert(&#39;1 &amp; &quot;2&quot;&#39;)&lt;/script&gt; ]]&gt;"
        );
        assert_eq!(
            escaped("Caf\u{e9}\r\nOne\u{0}\u{1b}\u{202e}owt\u{ffff}"),
            "Caf\u{e9}  Oneowt"
        );
    }
}
