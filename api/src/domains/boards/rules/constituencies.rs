//! The codes of constituencies: names for computer systems, each for one group of people.

use crate::domains::violation::{UserErrorCode as Code, Violation, text};

/// The code, if systems can use it: 2 to 50 capital letters, digits and `_`, beginning with a letter.
///
/// # Errors
/// `REQUIRED`, `TOO_LONG`, `OUT_OF_RANGE` and `INVALID_FORMAT`.
pub fn check_code(raw: &str) -> Result<String, Violation> {
    let code = text("code", raw, 2..=50)?;
    let usable = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    if code.bytes().all(usable) && code.starts_with(|first: char| first.is_ascii_uppercase()) {
        return Ok(code);
    }
    let message =
        "A code is made of capital letters, digits and _, and begins with a letter, such as UNPAID_CARERS.";
    Err(Violation::new(Code::InvalidFormat, "code", message))
}

/// No other constituency has the code.
///
/// # Errors
/// `ALREADY_EXISTS`.
pub fn check_is_new(code: &str, known: bool) -> Result<(), Violation> {
    if known {
        let message =
            format!("There is a constituency with the code {code} already. Use it, or choose another code.");
        return Err(Violation::new(Code::AlreadyExists, "code", message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_plain_capitals() {
        assert_eq!(check_code(" UNPAID_CARERS_2 ").unwrap(), "UNPAID_CARERS_2");
        for (wrong, code) in [
            ("", Code::Required),
            ("A", Code::OutOfRange),
            ("carers", Code::InvalidFormat),
            ("2_CARERS", Code::InvalidFormat),
            ("CARERS É", Code::InvalidFormat),
        ] {
            assert_eq!(check_code(wrong).unwrap_err().code, code, "{wrong}");
        }
    }

    #[test]
    fn a_code_is_given_once() {
        assert!(check_is_new("CARERS", false).is_ok());
        assert_eq!(
            check_is_new("CARERS", true).unwrap_err().code,
            Code::AlreadyExists
        );
    }
}
