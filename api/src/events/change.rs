//! Which fields a change touched, before and after, without what is private.

use sea_orm::sea_query::sea_value_to_json_value;
use sea_orm::{ActiveModelTrait, ActiveValue, EntityName, EntityTrait, IdenStatic, Iterable, Value};
use serde_json::{Map, json};

use crate::policy::privacy;

/// The columns that every change touches: they say nothing.
const BOOKKEEPING: [&str; 4] = ["version", "created_at", "updated_at", "created_by"];

/// The fields of an active model that are set to something else than `before` holds, as `{"field": [before, after]}`. Of a
/// private field it says only that it changed.
pub fn changed_fields<A>(before: Option<&A>, after: &A) -> serde_json::Value
where
    A: ActiveModelTrait,
{
    let table = A::Entity::default().table_name();
    let mut changed = Map::new();
    for column in <A::Entity as EntityTrait>::Column::iter() {
        let name = column.as_str();
        let ActiveValue::Set(new) = after.get(column) else {
            continue;
        };
        let old = before.and_then(|before| before.get(column).into_value());
        if BOOKKEEPING.contains(&name) || old.as_ref() == Some(&new) {
            continue;
        }
        let entry = if privacy::is_open(table, name) {
            json!([old.as_ref().map(plain), plain(&new)])
        } else {
            json!({ "private": true })
        };
        changed.insert(name.to_owned(), entry);
    }
    serde_json::Value::Object(changed)
}

fn plain(value: &Value) -> serde_json::Value {
    sea_value_to_json_value(value)
}
