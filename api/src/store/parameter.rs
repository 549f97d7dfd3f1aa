//! What a statement knows only when a request runs it.
//!
//! Statements are built once and kept; the viewer's facts, the page's limits and the client's arguments are filled
//! in each time. So the text of a statement repeats, the database keeps it prepared, and building costs nothing on
//! the hot path. A [`Parameter`] stands for such a value while the statement is built.

use sea_orm::sea_query::{ArrayType, Expr, Value};
use sea_orm::{DbBackend, prelude::DateTimeUtc, prelude::Uuid};

/// A value that is filled in when the statement runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Parameter {
    /// A fact about who asks.
    Viewer(ViewerFact),
    /// Whether who asks has this fact at all: see [`Known`](super::Known).
    Has(ViewerFact),
    /// Those of the parents for which the n-th condition on them holds.
    Proven(u8),
    /// Whether it holds for all of them.
    ProvenForAll(u8),
    /// Whether it holds for some of them, and not for others.
    ProvenForSome(u8),
    /// The instant of the request, UTC.
    Now,
    /// The instant 24 hours before the request, UTC.
    DayAgo,
    /// The calendar day of the request, UTC.
    Today,
    /// The instant that a client asks to look back to, UTC.
    AsOf,
    /// The keys of the rows asked for: one array.
    Keys,
    /// The one key asked for.
    Key,
    /// How many rows to read, at most.
    Limit,
    /// The position a page starts after: the value of the order's n-th column.
    Position(u8),
    /// A client's argument: the n-th filter of the list.
    Filter(u8),
}

/// What scopes may ask about the viewer. Each is read live from the database once per request, never from a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum ViewerFact {
    /// The viewer's person; null for a service account and for the public.
    Person,
    /// The viewer's user account; null for a service account and for the public.
    User,
    /// The organisation the viewer acts for in this request; null when none.
    ActingOrganisation,
    /// Whether the viewer administers the platform.
    IsPlatformAdministrator,
    /// Whether the viewer is anybody at all, rather than the public.
    IsKnown,
    /// Organisations whose administrator the viewer is, among those they act for.
    AdministeredOrganisations,
    /// Organisations for which the viewer holds any role, among those they act for.
    OwnOrganisations,
    /// Partnerships in which the acting organisation is an active member, or the viewer holds a role.
    OwnPartnerships,
    /// Partnership and organisation, of those who share their boards with the acting organisation: see `policy::reach`.
    BoardSharers,
    /// The same for the names and stages of members.
    MembershipSharers,
    /// Organisations that share feedback with the acting organisation, in any partnership of both.
    FeedbackSharers,
    /// Organisations for which the viewer is a provider user, among those they act for.
    ProviderUserOrganisations,
    /// Organisations for which the viewer is a commissioner, among those they act for.
    CommissionerOrganisations,
    /// Organisations for which the viewer is a computer system, among those they act for.
    IntegratedOrganisations,
    /// Boards that the viewer chairs or facilitates.
    ChairedBoards,
    /// Boards on which the viewer sits now: an active membership, or one on leave.
    SeatedBoards,
    /// Boards whose visitors or candidates include the viewer.
    ProspectiveBoards,
}

/// What a parameter holds when it is bound.
#[derive(Clone, Debug)]
pub enum Bound {
    /// One plain value.
    Value(Value),
    /// A set of ids.
    Ids(Vec<Uuid>),
    /// A set of pairs of ids.
    Pairs(Vec<(Uuid, Uuid)>),
    /// A set of texts.
    Texts(Vec<String>),
}

impl Bound {
    /// Whether there is anything to compare with: a value that is not null and not false, a set that is not empty.
    pub(super) fn holds_something(&self) -> bool {
        match self {
            Self::Value(Value::Bool(holds)) => *holds == Some(true),
            Self::Value(value) => *value != value.as_null(),
            Self::Ids(ids) => !ids.is_empty(),
            Self::Pairs(pairs) => !pairs.is_empty(),
            Self::Texts(texts) => !texts.is_empty(),
        }
    }

    /// An instant.
    #[must_use]
    pub fn instant(at: DateTimeUtc) -> Self {
        Self::Value(Value::ChronoDateTimeUtc(Some(at)))
    }

    /// An id, or null.
    #[must_use]
    pub fn id(id: Option<Uuid>) -> Self {
        Self::Value(Value::Uuid(id))
    }

    /// The value as the database's driver takes it: an array on PostgreSQL, for pairs with all their first ids
    /// before all their second; a JSON text on SQLite.
    #[must_use]
    pub fn into_value(self, backend: DbBackend) -> Value {
        match (self, backend) {
            (Self::Value(value), _) => value,
            (Self::Ids(ids), DbBackend::Postgres) => Value::Array(
                ArrayType::Uuid,
                Some(Box::new(
                    ids.into_iter().map(|id| Value::Uuid(Some(id))).collect(),
                )),
            ),
            (Self::Ids(ids), _) => {
                let mut json = String::with_capacity(2 + ids.len() * 35);
                for id in &ids {
                    json.push(if json.is_empty() { '[' } else { ',' });
                    json.push('"');
                    json.push_str(id.simple().encode_lower(&mut Uuid::encode_buffer()));
                    json.push('"');
                }
                json.push_str(if json.is_empty() { "[]" } else { "]" });
                Value::String(Some(json))
            }
            (Self::Pairs(pairs), DbBackend::Postgres) => {
                let (firsts, seconds): (Vec<Uuid>, Vec<Uuid>) = pairs.into_iter().unzip();
                Self::Ids([firsts, seconds].concat()).into_value(backend)
            }
            (Self::Pairs(pairs), _) => {
                Self::Texts(pairs.into_iter().map(pair_text).collect()).into_value(backend)
            }
            (Self::Texts(texts), DbBackend::Postgres) => Value::Array(
                ArrayType::String,
                Some(Box::new(
                    texts.into_iter().map(|text| Value::String(Some(text))).collect(),
                )),
            ),
            (Self::Texts(texts), _) => Value::String(Some(serde_json::Value::from(texts).to_string())),
        }
    }
}

/// A pair of ids as one text of SQLite: as `pair_in` makes it of two columns.
fn pair_text((first, second): (Uuid, Uuid)) -> String {
    format!("{:X}{:X}", first.simple(), second.simple())
}

/// The mark a parameter carries in a statement that is being built. No text that reaches a statement from outside
/// can be taken for one: what comes from outside is always a parameter itself.
const MARK: char = '\u{1}';
/// `LIMIT` takes only a number while a statement is built; this one means [`Parameter::Limit`].
const LIMIT_MARK: u64 = 0x7fff_0000_4c49_4d54;

impl Parameter {
    /// The parameter as an expression of a statement.
    #[must_use]
    pub fn expr(self) -> Expr {
        Expr::val(format!("{MARK}{}", self.code()))
    }

    /// Whether it stands for the same in every statement of a request.
    pub(super) const fn is_of_request(self) -> bool {
        matches!(self, Self::Viewer(_) | Self::Now | Self::DayAgo | Self::Today)
    }

    /// What to give `SelectStatement::limit` for [`Parameter::Limit`].
    #[must_use]
    pub const fn limit() -> u64 {
        LIMIT_MARK
    }

    /// The parameter that a built statement's value stands for, if it stands for one.
    pub(super) fn recognise(value: &Value) -> Option<Self> {
        match value {
            Value::BigUnsigned(Some(LIMIT_MARK)) => Some(Self::Limit),
            Value::String(Some(text)) => Self::from_code(text.strip_prefix(MARK)?.parse().ok()?),
            _ => None,
        }
    }

    const fn code(self) -> u16 {
        match self {
            Self::Now => 1,
            Self::Today => 2,
            Self::Keys => 3,
            Self::Key => 4,
            Self::Limit => 5,
            Self::AsOf => 6,
            Self::DayAgo => 7,
            Self::Position(n) => 0x100 | n as u16,
            Self::Filter(n) => 0x200 | n as u16,
            Self::Viewer(fact) => 0x300 | fact as u16,
            Self::Has(fact) => 0x400 | fact as u16,
            Self::Proven(n) => 0x500 | n as u16,
            Self::ProvenForAll(n) => 0x600 | n as u16,
            Self::ProvenForSome(n) => 0x700 | n as u16,
        }
    }

    fn from_code(code: u16) -> Option<Self> {
        let low = u8::try_from(code & 0xff).ok()?;
        Some(match (code >> 8, low) {
            (0, 1) => Self::Now,
            (0, 2) => Self::Today,
            (0, 3) => Self::Keys,
            (0, 4) => Self::Key,
            (0, 5) => Self::Limit,
            (0, 6) => Self::AsOf,
            (0, 7) => Self::DayAgo,
            (1, n) => Self::Position(n),
            (2, n) => Self::Filter(n),
            (3, n) => Self::Viewer(*ViewerFact::ALL.get(usize::from(n))?),
            (4, n) => Self::Has(*ViewerFact::ALL.get(usize::from(n))?),
            (5, n) => Self::Proven(n),
            (6, n) => Self::ProvenForAll(n),
            (7, n) => Self::ProvenForSome(n),
            _ => return None,
        })
    }
}

impl ViewerFact {
    /// Every fact, in the order of their codes.
    pub const ALL: [Self; 17] = [
        Self::Person,
        Self::User,
        Self::ActingOrganisation,
        Self::IsPlatformAdministrator,
        Self::IsKnown,
        Self::AdministeredOrganisations,
        Self::OwnOrganisations,
        Self::OwnPartnerships,
        Self::BoardSharers,
        Self::MembershipSharers,
        Self::FeedbackSharers,
        Self::ProviderUserOrganisations,
        Self::CommissionerOrganisations,
        Self::IntegratedOrganisations,
        Self::ChairedBoards,
        Self::SeatedBoards,
        Self::ProspectiveBoards,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_is_recognised_again() {
        let parameters = ViewerFact::ALL
            .map(Parameter::Viewer)
            .into_iter()
            .chain(ViewerFact::ALL.map(Parameter::Has))
            .chain([
                Parameter::Proven(1),
                Parameter::ProvenForAll(2),
                Parameter::ProvenForSome(3),
            ])
            .chain([
                Parameter::Now,
                Parameter::Today,
                Parameter::Keys,
                Parameter::Key,
                Parameter::AsOf,
                Parameter::DayAgo,
            ])
            .chain([Parameter::Position(3), Parameter::Filter(7)]);
        for parameter in parameters {
            let Expr::Value(value) = parameter.expr() else {
                panic!("a parameter is a value")
            };
            assert_eq!(Parameter::recognise(&value), Some(parameter));
        }
    }

    #[test]
    fn a_set_of_ids_is_hexadecimal_json_on_sqlite() {
        let id = Uuid::from_u128(0xabc);
        let bound = |ids: &[Uuid]| Bound::Ids(ids.to_vec()).into_value(DbBackend::Sqlite);
        assert_eq!(bound(&[]), Value::String(Some("[]".into())));
        assert_eq!(
            bound(&[id, id]),
            Value::String(Some(format!(
                "[\"{0}\",\"{0}\"]",
                "00000000000000000000000000000abc"
            )))
        );
    }
}
