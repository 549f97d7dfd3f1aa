//! Cursors: a place in a list, bound to the order it was given in.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::prelude::Date;
use sea_orm::prelude::{DateTimeUtc, Uuid};

use super::declare::{Order, Scalar};
use super::page::ArgumentError;
use crate::store::{Bound, Found, StoreError, row};

/// A place in a list: the value it is ordered by, and the row's id.
#[derive(Clone, Debug)]
pub(super) struct Position {
    pub value: Bound,
    pub id: Uuid,
}

/// The cursor of a row.
pub(super) fn encode(
    found: &Found,
    order_column: usize,
    order: &Order,
    descending: bool,
) -> Result<String, StoreError> {
    let id = row::id(found, 0)?.unwrap_or_default();
    let value = match order.scalar {
        Scalar::DateTime => {
            let at = row::instant(found, order_column)?.unwrap_or_default();
            serde_json::Value::from(at.timestamp_micros())
        }
        Scalar::Date => row::date(found, order_column)?.map(|on| on.to_string()).into(),
        Scalar::Int => row::integer(found, order_column)?.into(),
        Scalar::BigInt | Scalar::Decimal => row::big_integer(found, order_column)?.into(),
        _ => row::text(found, order_column)?.into(),
    };
    let direction = if descending { "-" } else { "+" };
    let text = serde_json::json!([
        format!("{direction}{}", order.name),
        value,
        id.simple().to_string()
    ])
    .to_string();
    Ok(URL_SAFE_NO_PAD.encode(text))
}

/// The place a cursor stands for.
///
/// # Errors
/// When it is no cursor, or one of another order: plain English for the client.
pub(super) fn decode(cursor: &str, order: &Order, descending: bool) -> Result<Position, ArgumentError> {
    let parsed = URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .and_then(|bytes| serde_json::from_slice::<(String, serde_json::Value, String)>(&bytes).ok());
    let Some((name, value, id)) = parsed else {
        return Err(refuse(
            "The cursor is not one that this API gave out: use `endCursor` or `startCursor` as they came.",
        ));
    };
    let direction = if descending { "-" } else { "+" };
    if name != format!("{direction}{}", order.name) {
        return Err(refuse(
            "The cursor belongs to another order of this list: start again without it, or use the order it came with.",
        ));
    }
    let value = bound(&value, order.scalar);
    match (value, Uuid::try_parse(&id)) {
        (Some(value), Ok(id)) => Ok(Position { value, id }),
        _ => Err(refuse(
            "The cursor is damaged: use `endCursor` or `startCursor` as they came.",
        )),
    }
}

fn bound(value: &serde_json::Value, scalar: Scalar) -> Option<Bound> {
    Some(match scalar {
        Scalar::DateTime => Bound::instant(DateTimeUtc::from_timestamp_micros(value.as_i64()?)?),
        Scalar::Date => Bound::Value(value.as_str()?.parse::<Date>().ok()?.into()),
        Scalar::Int => Bound::Value(i32::try_from(value.as_i64()?).ok()?.into()),
        Scalar::BigInt | Scalar::Decimal => Bound::Value(value.as_i64()?.into()),
        _ => Bound::Value(value.as_str()?.into()),
    })
}

fn refuse(message: &str) -> ArgumentError {
    ArgumentError(message.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BY_NAME: Order = Order {
        name: "NAME",
        column: "name",
        scalar: Scalar::String,
        description: "",
    };
    const BY_TIME: Order = Order {
        name: "CREATED_AT",
        column: "created_at",
        scalar: Scalar::DateTime,
        description: "",
    };

    fn cursor(parts: serde_json::Value) -> String {
        URL_SAFE_NO_PAD.encode(parts.to_string())
    }

    #[test]
    fn a_cursor_serves_only_the_order_it_came_from() {
        let by_name = cursor(serde_json::json!(["+NAME", "Ash", Uuid::nil()]));
        assert!(decode(&by_name, &BY_NAME, false).is_ok());
        assert!(decode(&by_name, &BY_NAME, true).is_err());
        assert!(decode(&by_name, &BY_TIME, false).is_err());
    }

    #[test]
    fn a_made_up_cursor_is_refused() {
        for text in [
            "",
            "AAAA",
            "%%%",
            &cursor(serde_json::json!(["+NAME", 7, Uuid::nil()])),
        ] {
            assert!(decode(text, &BY_NAME, false).is_err(), "{text}");
        }
    }
}
