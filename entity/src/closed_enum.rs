//! Closed enumerations that are declared once: the variants, the names they are stored and published under, and the
//! plain-English meaning of each.

use std::fmt::Debug;
use std::str::FromStr;

/// A closed enumeration whose values carry a published name and a description.
///
/// The stored name is the name clients see in the API, for example `USER_LED`.
pub trait Described:
    Copy + Debug + Ord + FromStr<Err = UnknownValue> + Send + Sync + Unpin + 'static
{
    /// The name of the enumeration, as the API publishes it.
    const NAME: &'static str;
    /// What the enumeration tells apart.
    const DESCRIPTION: &'static str;

    /// Every value as (stored name, description), in the order of declaration.
    fn values() -> &'static [(&'static str, &'static str)];

    /// The name this value is stored and published under.
    fn stored_name(self) -> &'static str;
}

/// A text that names no value of a closed enumeration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is not a {enumeration}; choose one of {}", .expected.join(", "))]
pub struct UnknownValue {
    /// The text that was given.
    pub given: String,
    /// The name of the enumeration.
    pub enumeration: &'static str,
    /// The names that would have been accepted.
    pub expected: Vec<&'static str>,
}

impl UnknownValue {
    /// The error of reading `given` as a value of `T`.
    #[must_use]
    pub fn of<T: Described>(given: &str) -> Self {
        Self {
            given: given.to_owned(),
            enumeration: T::NAME,
            expected: T::values().iter().map(|(name, _)| *name).collect(),
        }
    }
}

/// Declares a closed enumeration: a Rust enum, stored as text, published under the same names, described once.
///
/// ```ignore
/// closed_enum! {
///     /// What a board is for.
///     pub enum BoardKind as "BoardKind" {
///         /// Inquires into one question and reports.
///         Commission = "COMMISSION",
///     }
/// }
/// ```
macro_rules! closed_enum {
    ($(
        $(#[doc = $enum_doc:literal])+
        pub enum $name:ident as $published:literal {
            $( $(#[doc = $doc:literal])+ $variant:ident = $stored:literal ),+ $(,)?
        }
    )+) => {$(
        $(#[doc = $enum_doc])+
        #[derive(
            Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            sea_orm::EnumIter, sea_orm::DeriveActiveEnum,
            serde::Serialize, serde::Deserialize,
        )]
        #[sea_orm(rs_type = "String", db_type = "String(sea_orm::sea_query::StringLen::None)")]
        pub enum $name {$(
            $(#[doc = $doc])+
            #[sea_orm(string_value = $stored)]
            #[serde(rename = $stored)]
            $variant,
        )+}

        impl $crate::Described for $name {
            const NAME: &'static str = $published;
            const DESCRIPTION: &'static str = concat!($($enum_doc),+).trim_ascii();

            fn values() -> &'static [(&'static str, &'static str)] {
                const { &[$(($stored, concat!($($doc),+).trim_ascii())),+] }
            }

            fn stored_name(self) -> &'static str {
                match self {$( Self::$variant => $stored, )+}
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownValue;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $( $stored => Ok(Self::$variant), )+
                    _ => Err($crate::UnknownValue::of::<Self>(text)),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str($crate::Described::stored_name(*self))
            }
        }
    )+};
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boards::kinds::{BoardKind, LadderRung};

    #[test]
    fn a_value_is_stored_and_read_under_its_published_name() {
        assert_eq!(BoardKind::ReferenceGroup.stored_name(), "REFERENCE_GROUP");
        assert_eq!("REFERENCE_GROUP".parse(), Ok(BoardKind::ReferenceGroup));
        assert_eq!(BoardKind::ReferenceGroup.to_string(), "REFERENCE_GROUP");
    }

    #[test]
    fn the_descriptions_are_the_documentation_comments() {
        assert_eq!(<BoardKind as Described>::NAME, "BoardKind");
        assert_eq!(BoardKind::DESCRIPTION, "What a board is for.");
        let commission = (
            "COMMISSION",
            "Inquires into one question for a set time and reports with recommendations.",
        );
        assert!(<BoardKind as Described>::values().contains(&commission));
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_names_there_are() {
        let error = "TEA".parse::<crate::boards::kinds::Stage>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"TEA\" is not a Stage; choose one of CO_DESIGN, CO_DECISION, CO_DELIVERY, CO_EVALUATION"
        );
    }

    #[test]
    fn the_rungs_of_the_ladder_rise() {
        assert!(LadderRung::Informing < LadderRung::Consultation);
        assert!(LadderRung::CoDesign < LadderRung::CoProduction);
    }
}
