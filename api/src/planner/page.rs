//! The arguments of a list: how many, from where, in which order, which ones.

use async_graphql::{Name, ScalarType, Value, Variables};
use async_graphql_value::Value as AstValue;
use sea_orm::prelude::{DateTimeUtc, Uuid};

use super::cursor;
use super::declare::{FilterTest, ObjectType};
use super::global_id;
use super::scalars::{Date, DateTime};
use crate::graphql::document::DocumentLimits;
use crate::store::Bound;

/// How many rows pages have, as the settings say. The descriptions in the schema name the defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageSizes {
    /// When nobody says: `graphql.page_default`.
    pub usual: u32,
    /// At most: `graphql.page_maximum`.
    pub largest: u32,
}

impl PageSizes {
    /// Those of the limits that documents meet before they are executed.
    #[must_use]
    pub const fn of(limits: &DocumentLimits) -> Self {
        Self {
            usual: limits.page_default,
            largest: limits.page_maximum,
        }
    }
}

impl Default for PageSizes {
    fn default() -> Self {
        Self::of(&DocumentLimits::default())
    }
}

/// A list's arguments, checked.
#[derive(Debug)]
pub(super) struct PageRequest {
    pub size: u64,
    /// Towards the front: `last` and `before`.
    pub backward: bool,
    /// Whether the page continues from a cursor.
    pub position: Option<cursor::Position>,
    pub order: usize,
    pub descending: bool,
    /// The filters given, by their place in the declaration.
    pub filters: Vec<(usize, Bound)>,
    /// One bit for each filter that says that a condition is to hold.
    pub holding: u32,
}

/// An argument that cannot be used, and what would be right.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct ArgumentError(pub String);

impl PageRequest {
    /// Reads a list's arguments.
    pub fn read(
        object: &ObjectType,
        arguments: &[(Name, AstValue)],
        variables: &Variables,
        sizes: PageSizes,
    ) -> Result<Self, ArgumentError> {
        let argument = |wanted: &str| argument(arguments, variables, wanted);
        let size = |name| size(name, argument(name), sizes.largest);
        let (first, last) = (size("first")?, size("last")?);
        let (after, before) = (text(argument("after")), text(argument("before")));
        if first.is_some() && last.is_some() {
            return Err(refuse(
                "`first` and `last` cannot be used together: ask for one of them.",
            ));
        }
        if after.is_some() && before.is_some() {
            return Err(refuse(
                "`after` and `before` cannot be used together: ask for one of them.",
            ));
        }
        let backward = last.is_some() || (before.is_some() && first.is_none());
        if backward && after.is_some() {
            return Err(refuse("`after` goes with `first`, `before` goes with `last`."));
        }
        if !backward && before.is_some() {
            return Err(refuse("`before` goes with `last`, `after` goes with `first`."));
        }
        let (order, descending) = order(object, argument("orderBy"))?;
        let position = after
            .or(before)
            .map(|cursor| cursor::decode(&cursor, &object.orders[order], descending))
            .transpose()?;
        let (filters, holding) = filters(object, argument("filter"))?;
        Ok(Self {
            size: first.or(last).unwrap_or(sizes.usual.into()),
            backward,
            position,
            order,
            descending,
            filters,
            holding,
        })
    }
}

/// The value of an argument with its variables in place; `None` when it is absent or null.
pub(super) fn argument(arguments: &[(Name, AstValue)], variables: &Variables, wanted: &str) -> Option<Value> {
    let (_, value) = arguments.iter().find(|(name, _)| name == wanted)?;
    let value = value
        .clone()
        .into_const_with(|name| Ok::<_, ()>(variables.get(&name).cloned().unwrap_or_default()));
    value.ok().filter(|value| *value != Value::Null)
}

/// An instant given as an argument.
pub(super) fn instant(name: &str, value: Option<Value>) -> Result<Option<DateTimeUtc>, ArgumentError> {
    let Some(value) = value else { return Ok(None) };
    DateTime::parse(value).map(|at| Some(at.0)).map_err(|_| {
        refuse(&format!(
            "`{name}` must be an instant such as 2026-03-01T09:30:00Z."
        ))
    })
}

/// A day given as an argument.
fn day(name: &str, value: Value) -> Result<chrono::NaiveDate, ArgumentError> {
    Date::parse(value)
        .map(|on| on.0)
        .map_err(|_| refuse(&format!("`{name}` must be a day such as 2026-03-01.")))
}

fn size(name: &str, value: Option<Value>, largest: u32) -> Result<Option<u64>, ArgumentError> {
    let Some(value) = value else { return Ok(None) };
    let size = match value {
        Value::Number(number) => number.as_u64().filter(|size| (1..=largest.into()).contains(size)),
        _ => None,
    };
    match size {
        Some(size) => Ok(Some(size)),
        None => Err(refuse(&format!("`{name}` must be from 1 to {largest}."))),
    }
}

fn text(value: Option<Value>) -> Option<String> {
    match value {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}

fn name_of(value: Option<&Value>) -> Option<String> {
    match value {
        Some(Value::Enum(name)) => Some(name.to_string()),
        Some(Value::String(name)) => Some(name.clone()),
        _ => None,
    }
}

fn order(object: &ObjectType, value: Option<Value>) -> Result<(usize, bool), ArgumentError> {
    let Some(Value::Object(given)) = value else {
        return Ok((0, false));
    };
    let field = name_of(given.get("field"));
    let place = object
        .orders
        .iter()
        .position(|order| Some(order.name) == field.as_deref());
    let order = place.ok_or_else(|| {
        refuse("`orderBy.field` is not one of the fields that this list can be ordered by.")
    })?;
    Ok((order, name_of(given.get("direction")).as_deref() == Some("DESC")))
}

/// The filters given, by their place, and which conditions are to hold.
fn filters(object: &ObjectType, value: Option<Value>) -> Result<(Vec<(usize, Bound)>, u32), ArgumentError> {
    let given = match value {
        Some(Value::Object(given)) => given,
        _ => async_graphql::indexmap::IndexMap::new(),
    };
    let (mut filters, mut holding) = (Vec::new(), 0);
    for (place, filter) in object.filters.iter().enumerate() {
        if matches!(filter.test, FilterTest::Unless(_)) {
            if given.get(filter.name) != Some(&Value::Boolean(true)) {
                filters.push((place, Bound::Value(true.into())));
            }
            continue;
        }
        let Some(value) = given.get(filter.name).filter(|value| **value != Value::Null) else {
            continue;
        };
        let bound = match filter.test {
            FilterTest::OneOf(..) | FilterTest::ListsOneOf(..) => Bound::Texts(match value {
                Value::List(values) => values.iter().filter_map(|value| name_of(Some(value))).collect(),
                value => name_of(Some(value)).into_iter().collect(),
            }),
            FilterTest::Is(_, prefix) => {
                let id = name_of(Some(value)).and_then(|text| global_id::decode_as(prefix, &text));
                // An id of another kind matches nothing, just as the id of an object that does not exist.
                Bound::id(Some(id.unwrap_or(Uuid::nil())))
            }
            FilterTest::Lists(_) => {
                let text = name_of(Some(value)).unwrap_or_default();
                Bound::Texts(vec![text.trim().to_lowercase()])
            }
            FilterTest::Contains(_) => {
                let text = name_of(Some(value)).unwrap_or_default();
                Bound::Value(like_pattern(&text).into())
            }
            FilterTest::From(_) | FilterTest::Before(_) => {
                let at = instant(filter.name, Some(value.clone()))?;
                at.map_or(Bound::id(None), Bound::instant)
            }
            FilterTest::FromDay(_) | FilterTest::UntilDay(_) => {
                Bound::Value(day(filter.name, value.clone())?.into())
            }
            FilterTest::Holds(_) | FilterTest::Unless(_) => {
                let holds = *value == Value::Boolean(true);
                holding |= u32::from(holds) << place;
                Bound::Value(holds.into())
            }
        };
        filters.push((place, bound));
    }
    Ok((filters, holding))
}

/// The `LIKE` pattern of texts that contain this one, lower case, with its own wildcards taken literally.
fn like_pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for character in text.to_lowercase().chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

fn refuse(message: &str) -> ArgumentError {
    ArgumentError(message.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_of_a_search_text_are_taken_literally() {
        assert_eq!(like_pattern("50%_Off\\"), "%50\\%\\_off\\\\%");
    }

    #[test]
    fn a_page_has_one_to_a_hundred_rows() {
        assert_eq!(size("first", Some(Value::from(100)), 100), Ok(Some(100)));
        for wrong in [0, -1, 101] {
            assert_eq!(
                size("first", Some(Value::from(wrong)), 100),
                Err(refuse("`first` must be from 1 to 100."))
            );
        }
    }
}
