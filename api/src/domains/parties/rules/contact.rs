//! How people are reached, and in which language.
//!
//! The checks are permissive: they catch what was typed into the wrong field, and leave it to a message that arrives to show
//! that an address is right. Messages never repeat what was typed, for they may be logged and shown to others.

use crate::domains::violation::{UserErrorCode as Code, Violation};

/// Characters of an email address at most. Source: RFC 5321, 4.5.3.1.3, less the angle brackets.
const EMAIL_LENGTH: usize = 254;

/// Digits of a telephone number. Most: ITU-T E.164. Least: short enough for local numbers.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// Characters of a telephone number with its spaces and its extension at most.
const PHONE_LENGTH: usize = 40;

/// Characters of a language tag at most. Source: RFC 5646, 4.4.1.
const LANGUAGE_LENGTH: usize = 35;

/// The normal form of an email address: trimmed, the part after the `@` in small letters.
///
/// # Errors
/// `INVALID_FORMAT`, `TOO_LONG`.
pub fn email(raw: &str) -> Result<String, Violation> {
    let address = raw.trim();
    if address.chars().count() > EMAIL_LENGTH {
        let message = format!("An email address has at most {EMAIL_LENGTH} characters.");
        return Err(Violation::new(Code::TooLong, "email", message));
    }
    let unusual =
        |character: char| character.is_whitespace() || character.is_control() || "<>,;\"".contains(character);
    match address.rsplit_once('@') {
        Some((mailbox, domain)) if is_mailbox(mailbox) && is_domain(domain) && !address.contains(unusual) => {
            Ok(format!("{mailbox}@{}", domain.to_lowercase()))
        }
        _ => {
            let message =
                "This does not look like an email address. Write one address, for example name@example.org.";
            Err(Violation::new(Code::InvalidFormat, "email", message))
        }
    }
}

fn is_mailbox(mailbox: &str) -> bool {
    !mailbox.is_empty() && !mailbox.contains('@')
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        let inner = |character: char| character.is_alphanumeric() || character == '-';
        !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(inner)
    };
    domain.contains('.') && domain.split('.').all(label)
}

/// The normal form of a telephone number: trimmed, as it was typed otherwise, for people group digits as they know them.
///
/// # Errors
/// `INVALID_FORMAT`.
pub fn phone(raw: &str) -> Result<String, Violation> {
    let typed = raw.trim();
    let (number, extension) = split_extension(typed);
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let plus = number.rfind('+').is_none_or(|at| at == 0);
    let plain = number
        .chars()
        .all(|character| character.is_ascii_digit() || " +()-./".contains(character));
    let extended =
        extension.is_none_or(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()));
    if PHONE_DIGITS.contains(&digits) && plus && plain && extended && typed.len() <= PHONE_LENGTH {
        return Ok(typed.to_owned());
    }
    let message = "This does not look like a telephone number. Write digits, with a + in front when it is abroad and x before \
                   an extension, for example 0113 496 0000 or +44 113 496 0000 x12.";
    Err(Violation::new(Code::InvalidFormat, "phone", message))
}

fn split_extension(typed: &str) -> (&str, Option<&str>) {
    match typed.split_once(|character: char| character.is_ascii_alphabetic()) {
        Some((number, _)) => {
            let rest =
                typed[number.len()..].trim_start_matches(|character: char| character.is_ascii_alphabetic());
            let word = &typed[number.len()..typed.len() - rest.len()];
            let known = ["x", "ext", "extension"]
                .iter()
                .any(|known| word.eq_ignore_ascii_case(known));
            let digits = rest.trim_start_matches(['.', ' ', ':']);
            (number, Some(if known { digits } else { "" }))
        }
        None => (typed, None),
    }
}

/// The normal form of a language tag: `en-gb` is `en-GB`, `CY` is `cy`. British Sign Language is `bfi`.
///
/// The shape is checked, not the register. Source: BCP 47 (RFC 5646), 2.1 and 2.1.1.
///
/// # Errors
/// `INVALID_FORMAT`.
pub fn language(raw: &str) -> Result<String, Violation> {
    let tag = raw.trim().replace('_', "-");
    let well_formed = tag.len() <= LANGUAGE_LENGTH && is_language_tag(&tag);
    if !well_formed {
        let message = "This is not a language tag. Use, for example, en for English, cy for Welsh, bfi for British Sign \
                       Language or pa-Guru for Punjabi in Gurmukhi script.";
        return Err(Violation::new(Code::InvalidFormat, "language", message));
    }
    let mut in_extension = false;
    let cased: Vec<String> = tag
        .split('-')
        .enumerate()
        .map(|(position, subtag)| {
            in_extension |= subtag.len() == 1;
            cased(subtag, position > 0 && !in_extension)
        })
        .collect();
    Ok(cased.join("-"))
}

fn is_language_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let primary = subtags.next().is_some_and(|primary| {
        let letters = primary.bytes().all(|byte| byte.is_ascii_alphabetic());
        letters && ((2..=8).contains(&primary.len()) || primary.eq_ignore_ascii_case("x"))
    });
    let plain = |subtag: &str| {
        (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let ends_in_singleton = tag.rsplit('-').next().is_some_and(|last| last.len() == 1);
    primary && subtags.all(plain) && !ends_in_singleton
}

fn cased(subtag: &str, is_script_or_region: bool) -> String {
    let letters = subtag.bytes().all(|byte| byte.is_ascii_alphabetic());
    match subtag.len() {
        2 if is_script_or_region && letters => subtag.to_ascii_uppercase(),
        4 if is_script_or_region && letters => {
            let (first, rest) = subtag.split_at(1);
            first.to_ascii_uppercase() + &rest.to_ascii_lowercase()
        }
        _ => subtag.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn email_addresses_are_checked_loosely() {
        for (raw, normal) in [
            (" Name.Surname@Example.ORG ", "Name.Surname@example.org"),
            ("o'neill+board@nhs.example.org", "o'neill+board@nhs.example.org"),
            ("enw@enghraifft.cymru", "enw@enghraifft.cymru"),
            ("name@bücher.example", "name@bücher.example"),
        ] {
            assert_eq!(email(raw).as_deref(), Ok(normal));
        }
        for raw in [
            "",
            "name",
            "@example.org",
            "name@",
            "name@example",
            "a b@example.org",
            "a@b@example.org",
            "a@example.org, b@example.org",
            "Name <a@example.org>",
            "a@example..org",
            "a@-example.org",
            "a\0@example.org",
        ] {
            assert_eq!(email(raw).unwrap_err().code, Code::InvalidFormat, "{raw}");
        }
        let long = format!("{}@example.org", "a".repeat(243));
        assert_eq!(email(&long).unwrap_err().code, Code::TooLong);
        assert!(email(&long[1..]).is_ok());
    }

    #[test]
    fn telephone_numbers_are_checked_loosely() {
        for raw in [
            "0113 496 0000",
            "+44 (0)113 496 0000",
            "+44 113 496 0000 x12",
            "0113-496-0000 ext. 12",
            "4960000",
        ] {
            assert_eq!(phone(&format!(" {raw} ")).as_deref(), Ok(raw));
        }
        for raw in [
            "",
            "12345",
            "1234567890123456",
            "0113 CALL ME",
            "0113 496 0000 x",
            "0113+4960000",
            "name@example.org",
            "0113 496 0000 x1y",
        ] {
            assert_eq!(phone(raw).unwrap_err().code, Code::InvalidFormat, "{raw}");
        }
        assert!(phone(&format!("0113 496 0000 x{}", "1".repeat(40))).is_err());
    }

    #[test]
    fn what_was_typed_is_not_repeated() {
        for violation in [
            email("secret words").unwrap_err(),
            phone("secret words").unwrap_err(),
        ] {
            assert!(!violation.message.contains("secret"), "{violation:?}");
        }
    }

    #[test]
    fn language_tags_are_cased_as_usual() {
        for (raw, normal) in [
            ("en", "en"),
            (" CY ", "cy"),
            ("en_gb", "en-GB"),
            ("BFI", "bfi"),
            ("pa-guru", "pa-Guru"),
            ("zh-hant-hk", "zh-Hant-HK"),
            ("es-419", "es-419"),
            ("en-u-ca-BUDDHIST", "en-u-ca-buddhist"),
            ("sl-rozaj-1994", "sl-rozaj-1994"),
            ("x-board", "x-board"),
        ] {
            assert_eq!(language(raw).as_deref(), Ok(normal), "{raw}");
        }
        for raw in [
            "",
            "e",
            "English please",
            "en-",
            "-en",
            "en--gb",
            "en-u",
            "x",
            "12",
            "en-verylongsubtag",
            "cymræg",
        ] {
            assert_eq!(language(raw).unwrap_err().code, Code::InvalidFormat, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_can_be_typed_breaks_the_checks(raw in any::<String>()) {
            for check in [email, phone, language] {
                if let Ok(normal) = check(&raw) {
                    prop_assert_eq!(check(&normal), Ok(normal));
                }
            }
        }
    }
}
