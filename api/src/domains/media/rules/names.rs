//! What a file may be called: a name for people, under which nothing is ever stored.

use crate::domains::violation::{UserErrorCode as Code, Violation};

/// The longest name, in characters: what file systems take.
const LONGEST: usize = 255;
/// Characters that no common file system takes in a name, beside those that separate folders.
const FORBIDDEN: [char; 7] = ['<', '>', ':', '"', '|', '?', '*'];

/// The name as it will be shown: without blanks at its ends, in one line.
///
/// # Errors
/// `REQUIRED` for nothing, `TOO_LONG`, and `INVALID_FORMAT` for folders, control characters, characters that turn the
/// direction of writing, and names that stand for something else.
pub fn check_file_name(raw: &str) -> Result<String, Violation> {
    let wrong = |code, message: &str| Err(Violation::new(code, "fileName", message));
    let name = raw.trim();
    if name.is_empty() {
        return wrong(
            Code::Required,
            "Please say what the file is called, such as interview.mp4.",
        );
    }
    if name.chars().count() > LONGEST {
        return wrong(
            Code::TooLong,
            "The name has more than 255 characters. Please give a shorter one.",
        );
    }
    if name.contains(['/', '\\']) {
        return wrong(
            Code::InvalidFormat,
            "The name must not hold folders: leave out everything up to the last / or \\.",
        );
    }
    if name
        .chars()
        .any(|character| character.is_control() || turns_the_text(character))
    {
        return wrong(
            Code::InvalidFormat,
            "The name must not hold line breaks, control characters or marks that turn the direction of writing.",
        );
    }
    if name.contains(FORBIDDEN) {
        return wrong(
            Code::InvalidFormat,
            "The name must not hold any of < > : \" | ? *, which not every computer can store.",
        );
    }
    if name.chars().all(|character| character == '.') {
        return wrong(Code::InvalidFormat, "Dots alone are not the name of a file.");
    }
    Ok(name.to_owned())
}

/// Marks that make `gpj.exe` look like `exe.jpg` (Unicode Technical Report 36, 2.5).
const fn turns_the_text(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_are_taken() {
        for name in [
            "interview.mp4",
            "Cyfweliad – Siân.docx",
            "a",
            ".profile",
            "été 2026 (1).pdf",
            "…",
        ] {
            assert_eq!(check_file_name(name).as_deref(), Ok(name));
        }
        assert_eq!(check_file_name("  plan.pdf \n").as_deref(), Ok("plan.pdf"));
    }

    #[test]
    fn what_is_more_than_a_name_is_refused() {
        let code = |name: &str| check_file_name(name).unwrap_err().code;
        assert_eq!(code("   "), Code::Required);
        assert_eq!(code(&"a".repeat(256)), Code::TooLong);
        for name in [
            "../plan.pdf",
            "/etc/passwd",
            "C:\\plan.pdf",
            "a\\b",
            "plan.pdf:stream",
            "a\0b",
            "a\r\nSet-Cookie: b",
            "annexgpj.exe\u{202e}",
            "..",
            ".",
            "a\"; filename=b",
            "con?",
        ] {
            assert_eq!(code(name), Code::InvalidFormat, "{name:?}");
        }
    }
}
