//! Lists in one column: a JSON array of texts, binary on PostgreSQL and text on SQLite.

use std::ops::Deref;

use sea_orm::prelude::Json;
use sea_orm::sea_query::{self, ArrayType, ColumnType, Nullable, ValueType, ValueTypeErr};
use sea_orm::{ActiveValue, DbErr, IntoActiveValue, QueryResult, TryGetError, TryGetable, Value};
use serde::{Deserialize, Serialize};

use crate::Described;

/// A set of values of a closed enumeration, stored as a JSON array of their stored names.
///
/// Each value appears once, in the order of declaration, so that equal sets are stored alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EnumList<T>(Vec<T>);

impl<T: Described> EnumList<T> {
    /// The set of `values`: repetitions fall away.
    pub fn new(values: impl IntoIterator<Item = T>) -> Self {
        let mut values: Vec<T> = values.into_iter().collect();
        values.sort_unstable();
        values.dedup();
        Self(values)
    }

    fn read(json: &Json) -> Result<Self, String> {
        let names = texts(json)?;
        let values: Result<Vec<T>, _> = names.iter().map(|name| name.parse::<T>()).collect();
        values.map(Self::new).map_err(|error| error.to_string())
    }
}

impl<T> Default for EnumList<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Described> FromIterator<T> for EnumList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::new(values)
    }
}

impl<T> Deref for EnumList<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Described> From<EnumList<T>> for Value {
    fn from(list: EnumList<T>) -> Self {
        array(list.0.into_iter().map(|value| value.stored_name().to_owned()))
    }
}

/// A list of short texts, stored as a JSON array.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TextList(pub Vec<String>);

impl TextList {
    fn read(json: &Json) -> Result<Self, String> {
        texts(json).map(|texts| Self(texts.into_iter().map(ToOwned::to_owned).collect()))
    }
}

impl Deref for TextList {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.0
    }
}

impl From<TextList> for Value {
    fn from(list: TextList) -> Self {
        array(list.0)
    }
}

fn array(texts: impl IntoIterator<Item = String>) -> Value {
    Value::Json(Some(Box::new(Json::Array(
        texts.into_iter().map(Json::String).collect(),
    ))))
}

fn texts(json: &Json) -> Result<Vec<&str>, String> {
    let Json::Array(items) = json else {
        return Err("the column holds no JSON array".to_owned());
    };
    items
        .iter()
        .map(|item| {
            item.as_str()
                .ok_or_else(|| "the array holds something else than text".to_owned())
        })
        .collect()
}

/// Makes a list type usable as a column; `$read` turns the JSON of a row into the list.
macro_rules! list_column {
    ([$($generics:tt)*] $list:ty) => {
        impl<$($generics)*> TryGetable for $list {
            fn try_get_by<I: sea_orm::ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
                let json = Json::try_get_by(row, index)?;
                Self::read(&json).map_err(|reason| TryGetError::DbErr(DbErr::Type(reason)))
            }
        }

        impl<$($generics)*> ValueType for $list {
            fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
                match value {
                    Value::Json(Some(json)) => Self::read(&json).map_err(|_| ValueTypeErr),
                    _ => Err(ValueTypeErr),
                }
            }

            fn type_name() -> String {
                stringify!($list).to_owned()
            }

            fn array_type() -> ArrayType {
                ArrayType::Json
            }

            fn column_type() -> ColumnType {
                ColumnType::JsonBinary
            }
        }

        impl<$($generics)*> Nullable for $list {
            fn null() -> Value {
                Value::Json(None)
            }
        }

        impl<$($generics)*> IntoActiveValue<$list> for $list {
            fn into_active_value(self) -> ActiveValue<$list> {
                ActiveValue::Set(self)
            }
        }

        impl<$($generics)*> sea_query::postgres_array::NotU8 for $list {}
    };
}

list_column!([T: Described] EnumList<T>);
list_column!([] TextList);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boards::kinds::Stage;

    #[test]
    fn a_list_of_values_is_a_set_in_the_order_of_declaration() {
        let list = EnumList::new([Stage::CoDelivery, Stage::CoDesign, Stage::CoDelivery]);
        assert_eq!(&*list, [Stage::CoDesign, Stage::CoDelivery]);
    }

    #[test]
    fn a_list_survives_the_way_through_the_database() {
        let list = EnumList::new([Stage::CoDecision, Stage::CoEvaluation]);
        let read: EnumList<Stage> = ValueType::try_from(Value::from(list.clone())).unwrap();
        assert_eq!(read, list);
    }

    #[test]
    fn an_unknown_name_in_a_list_is_refused() {
        let value = array(["CO_DREAMING".to_owned()]);
        assert!(<EnumList<Stage> as ValueType>::try_from(value).is_err());
    }
}
