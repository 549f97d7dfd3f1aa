//! The codes organisations and sites are known by elsewhere (`domain.md` 2.1 and 4).
//!
//! A code is brought into its normal form before it is compared or kept, so that one code is spelled one way. A well-formed
//! code need not exist: none of the registers has a checksum.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use entity::Described;
use entity::parties::kinds::IdentifierScheme;
use regex::Regex;

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, days_in_order};

static PATTERNS: LazyLock<BTreeMap<IdentifierScheme, Regex>> = LazyLock::new(|| {
    IdentifierScheme::values()
        .iter()
        .filter_map(|(name, _)| name.parse::<IdentifierScheme>().ok())
        .filter_map(|scheme| Some((scheme, Regex::new(scheme.pattern()).ok()?)))
        .collect()
});

/// A company number has eight characters; registers and spreadsheets drop the zeros in front.
const COMPANY_NUMBER_LENGTH: usize = 8;

/// The normal form of a code: capitals, no spaces, plain hyphens. Company numbers are padded to eight digits, and charity
/// numbers of Northern Ireland carry the `NIC` of their register.
///
/// # Errors
/// `REQUIRED` for a blank code, `INVALID_FORMAT` with an example for one that is not written as its register writes them.
pub fn normalise(scheme: IdentifierScheme, raw: &str) -> Result<String, Violation> {
    let code: String = raw
        .chars()
        .filter(|character| !character.is_whitespace() && !matches!(character, '\u{200B}' | '\u{FEFF}'))
        .map(|character| {
            if is_dash(character) {
                '-'
            } else {
                character.to_ascii_uppercase()
            }
        })
        .collect();
    if code.is_empty() {
        let message = format!("A code is needed. {}", explanation(scheme));
        return Err(Violation::new(Code::Required, "value", message));
    }
    let all_digits = code.bytes().all(|byte| byte.is_ascii_digit());
    let code = match scheme {
        IdentifierScheme::CompaniesHouse if all_digits => format!("{code:0>COMPANY_NUMBER_LENGTH$}"),
        IdentifierScheme::CharityNorthernIreland if all_digits => format!("NIC{code}"),
        _ => code,
    };
    if PATTERNS
        .get(&scheme)
        .is_some_and(|pattern| pattern.is_match(&code))
    {
        return Ok(code);
    }
    let message = format!(
        "This is not a code of the register {scheme}. {}",
        explanation(scheme)
    );
    Err(Violation::new(Code::InvalidFormat, "value", message))
}

/// Hyphens as word processors and spreadsheets make them.
const fn is_dash(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2015}' | '\u{2212}')
}

const fn explanation(scheme: IdentifierScheme) -> &'static str {
    match scheme {
        IdentifierScheme::Ods => "An ODS code has 3 to 10 letters and digits, for example A1B2C.",
        IdentifierScheme::Gss => {
            "A GSS code is one of the letters E, W, S, N, K and 8 digits, for example E08000035."
        }
        IdentifierScheme::Cassr => "The number of a council has 3 digits, for example 211.",
        IdentifierScheme::CqcProvider => {
            "A CQC provider number is 1, a hyphen and 6 to 11 digits, for example 1-123456789, or an ODS code of 3 to 6 characters."
        }
        IdentifierScheme::CqcLocation => {
            "A CQC location number is 1, a hyphen and 6 to 11 digits, for example 1-123456789, or an ODS code of 3 to 6 characters."
        }
        IdentifierScheme::CompaniesHouse => {
            "A company number has 8 characters, digits or a prefix and digits, for example 01234567 or SC123456."
        }
        IdentifierScheme::CharityEnglandWales => {
            "A charity number in England and Wales has 6 or 7 digits, for example 1234567, and may name a linked charity: 1234567-1."
        }
        IdentifierScheme::CharityScotland => {
            "A Scottish charity number is SC and 6 digits, for example SC012345."
        }
        IdentifierScheme::CharityNorthernIreland => {
            "A charity number in Northern Ireland is NIC and 6 digits, for example NIC100001."
        }
        IdentifierScheme::CareInspectorate => {
            "A number of the Care Inspectorate is CS or SP and 10 digits, for example CS2003001234."
        }
    }
}

/// The days during which a code held, both included; an absent end is open.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

impl Period {
    /// Whether a day lies in both periods.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let begins_by_end = |one: Self, other: Self| match (one.from, other.to) {
            (Some(from), Some(to)) => from <= to,
            _ => true,
        };
        begins_by_end(self, other) && begins_by_end(other, self)
    }

    /// Whether `day` lies in the period.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.overlaps(Self {
            from: Some(day),
            to: Some(day),
        })
    }
}

/// Whether a code can hold during `period`. `others` are the periods in which the same code of the same register was held, by
/// whomever; the answer does not say by whom.
///
/// # Errors
/// `OUT_OF_RANGE` when it ends before it begins, `ALREADY_EXISTS` when it was held on one of these days.
pub fn check_period(period: Period, others: &[Period]) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.keep(days_in_order(("validFrom", period.from), ("validTo", period.to)));
    let is_taken = others.iter().any(|other| other.overlaps(period));
    violations.check(!is_taken, Code::AlreadyExists, "value", || {
        "This code is recorded for some of these days already, and it stands for one holder at a time. Check the code, or \
         choose days that do not overlap."
            .to_owned()
    });
    violations.into_result()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all() -> impl Iterator<Item = IdentifierScheme> {
        IdentifierScheme::values()
            .iter()
            .map(|(name, _)| name.parse().unwrap())
    }

    #[test]
    fn every_register_has_a_pattern_that_compiles() {
        assert_eq!(PATTERNS.len(), IdentifierScheme::values().len());
    }

    #[test]
    fn the_example_in_every_message_would_be_right() {
        for scheme in all() {
            let message = normalise(scheme, "?").unwrap_err().message;
            let examples = message.split("for example ").nth(1).unwrap();
            let example = examples.split([' ', ',']).next().unwrap().trim_end_matches('.');
            assert_eq!(normalise(scheme, example).as_deref(), Ok(example), "{scheme}");
        }
    }

    #[test]
    fn codes_are_brought_into_their_normal_form() {
        use IdentifierScheme as S;
        for (scheme, raw, normal) in [
            (S::Ods, " a1b2c ", "A1B2C"),
            (S::Ods, "RRF", "RRF"),
            (S::Gss, "e08 000035", "E08000035"),
            (S::Cassr, "211", "211"),
            (S::CqcProvider, "1\u{2013}101683440", "1-101683440"),
            (S::CqcLocation, "rx1ra", "RX1RA"),
            (S::CompaniesHouse, "123456", "00123456"),
            (S::CompaniesHouse, "sc 123456", "SC123456"),
            (S::CompaniesHouse, "R1234567", "R1234567"),
            (S::CompaniesHouse, "sl12345a", "SL12345A"),
            (S::CompaniesHouse, "IP12345R", "IP12345R"),
            (S::CharityEnglandWales, "1 234 567-1", "1234567-1"),
            (S::CharityEnglandWales, "123456", "123456"),
            (S::CharityScotland, "sc012345", "SC012345"),
            (S::CharityNorthernIreland, "100001", "NIC100001"),
            (S::CharityNorthernIreland, "nic100001", "NIC100001"),
            (S::CareInspectorate, "cs2003001234", "CS2003001234"),
        ] {
            assert_eq!(normalise(scheme, raw).as_deref(), Ok(normal), "{scheme} {raw}");
        }
    }

    #[test]
    fn codes_of_another_form_are_refused() {
        use IdentifierScheme as S;
        for (scheme, raw) in [
            (S::Ods, "AB"),
            (S::Ods, "ABCDEFGHIJK"),
            (S::Gss, "E0800003"),
            (S::Gss, "X08000035"),
            (S::Cassr, "2110"),
            (S::CqcProvider, "2-101683440"),
            (S::CqcLocation, "1-12345"),
            (S::CompaniesHouse, "123456789"),
            (S::CompaniesHouse, "S1234567"),
            (S::CharityEnglandWales, "12345"),
            (S::CharityEnglandWales, "1234567-"),
            (S::CharityScotland, "012345"),
            (S::CharityNorthernIreland, "10001"),
            (S::CareInspectorate, "CS200300123"),
            (S::Ods, "A1B2\u{0421}"),
            (S::Cassr, "\u{0662}11"),
        ] {
            let violation = normalise(scheme, raw).unwrap_err();
            assert_eq!(
                (violation.code, violation.path.join(".")),
                (Code::InvalidFormat, "value".into()),
                "{raw}"
            );
        }
        for scheme in all() {
            assert_eq!(
                normalise(scheme, " \u{FEFF}").unwrap_err().code,
                Code::Required,
                "{scheme}"
            );
        }
    }

    fn july(from: u32, to: u32) -> Period {
        let day = |day| NaiveDate::from_ymd_opt(2026, 7, day);
        Period {
            from: day(from),
            to: day(to),
        }
    }

    #[test]
    fn a_code_stands_for_one_holder_at_a_time() {
        let check = |period, others: &[Period]| {
            let violations = check_period(period, others).err().unwrap_or_default();
            violations
                .into_iter()
                .map(|violation| violation.code)
                .collect::<Vec<_>>()
        };
        assert_eq!(check(july(10, 20), &[july(1, 9), july(21, 30)]), []);
        assert_eq!(
            check(july(10, 20), &[july(20, 30)]),
            [Code::AlreadyExists],
            "the last day counts"
        );
        assert_eq!(check(Period::default(), &[july(20, 30)]), [Code::AlreadyExists]);
        assert_eq!(
            check(
                Period {
                    to: None,
                    ..july(10, 10)
                },
                &[july(1, 9)]
            ),
            []
        );
        assert_eq!(
            check(
                Period {
                    to: None,
                    ..july(9, 9)
                },
                &[july(1, 9)]
            ),
            [Code::AlreadyExists]
        );
        assert_eq!(check(july(20, 10), &[]), [Code::OutOfRange]);
    }

    proptest! {
        #[test]
        fn normal_forms_stay_as_they_are(raw in "[ a-zA-Z0-9-]{0,14}", index in any::<prop::sample::Index>()) {
            let scheme = *index.get(&all().collect::<Vec<_>>());
            if let Ok(normal) = normalise(scheme, &raw) {
                prop_assert_eq!(normalise(scheme, &normal), Ok(normal));
            }
        }

        #[test]
        fn periods_overlap_when_they_share_a_day(one in (1_u32..=20, 0_u32..=10), other in (1_u32..=20, 0_u32..=10)) {
            let [one, other] = [one, other].map(|(from, length)| july(from, from + length));
            let shared = (1..=30).any(|day| {
                let day = NaiveDate::from_ymd_opt(2026, 7, day).unwrap();
                one.contains(day) && other.contains(day)
            });
            prop_assert_eq!(one.overlaps(other), shared);
        }
    }
}
