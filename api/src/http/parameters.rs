//! The parameters of a GraphQL request, from JSON or from a query string (GraphQL over HTTP, section 5).

use axum::{extract::Query, http::Uri};
use serde_json::{Map, Value as Json};

use super::pipeline::Call;
use crate::{error::ErrorCode, graphql::document::Rejection};

/// One operation, or several that run in order.
#[derive(Debug, PartialEq)]
pub(super) enum Calls {
    One(Call),
    /// An operation that is not well-formed does not stop the others.
    Batch(Vec<Result<Call, Rejection>>),
}

/// Reads the body of a POST.
pub(super) fn from_body(body: &[u8], batch_maximum: usize) -> Result<Calls, Rejection> {
    // Some tools write a byte order mark, which JSON parsers may ignore (RFC 8259, section 8.1).
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let parsed: Json = serde_json::from_slice(body).map_err(|error| {
        bad(format!(
            "The body is not JSON (line {}, column {}).",
            error.line(),
            error.column()
        ))
    })?;
    let items = match parsed {
        Json::Array(items) => items,
        one => return from_json(one).map(Calls::One),
    };
    match items.len() {
        0 => Err(bad("The batch is empty: send at least one operation.")),
        _ if batch_maximum <= 1 => Err(bad("Send one operation in a request: batches are turned off.")),
        length if length > batch_maximum => Err(bad(format!(
            "The batch has {length} operations; the limit is {batch_maximum}."
        ))),
        _ => Ok(Calls::Batch(items.into_iter().map(from_json).collect())),
    }
}

/// Reads the query string of a GET.
pub(super) fn from_uri(uri: &Uri) -> Result<Call, Rejection> {
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri)
        .map_err(|_| bad("The query string is not URL-encoded UTF-8."))?;
    let mut object = Map::new();
    for (name, value) in pairs {
        let value = match name.as_str() {
            "query" | "operationName" => Json::String(value),
            "variables" | "extensions" => serde_json::from_str(&value)
                .map_err(|_| bad(format!("The parameter `{name}` is not JSON.")))?,
            _ => continue,
        };
        if object.insert(name.clone(), value).is_some() {
            return Err(bad(format!("The parameter `{name}` is given twice.")));
        }
    }
    from_json(Json::Object(object))
}

fn from_json(value: Json) -> Result<Call, Rejection> {
    let Json::Object(mut object) = value else {
        return Err(bad(
            "A request is a JSON object with a `query`, or an array of such objects.",
        ));
    };
    let query = match object.remove("query") {
        Some(Json::String(query)) => query,
        Some(_) => return Err(bad("The parameter `query` must be a string.")),
        None => {
            return Err(bad(
                "The parameter `query` is missing: it holds the GraphQL document.",
            ));
        }
    };
    let operation_name = match object.remove("operationName") {
        Some(Json::String(name)) => Some(name),
        None | Some(Json::Null) => None,
        Some(_) => return Err(bad("The parameter `operationName` must be a string.")),
    };
    let variables = optional_object(&mut object, "variables")?;
    optional_object(&mut object, "extensions")?;
    Ok(Call {
        query,
        operation_name,
        variables,
    })
}

fn optional_object(object: &mut Map<String, Json>, name: &str) -> Result<Map<String, Json>, Rejection> {
    match object.remove(name) {
        Some(Json::Object(value)) => Ok(value),
        None | Some(Json::Null) => Ok(Map::new()),
        Some(_) => Err(bad(format!("The parameter `{name}` must be an object."))),
    }
}

pub(super) fn bad(message: impl Into<String>) -> Rejection {
    Rejection::new(ErrorCode::BadRequest, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Result<Calls, String> {
        from_body(text.as_bytes(), 2).map_err(|refused| refused.message().to_owned())
    }

    fn uri(text: &str) -> Result<Call, String> {
        from_uri(&text.parse().unwrap()).map_err(|refused| refused.message().to_owned())
    }

    #[test]
    fn a_body_says_what_is_wrong_with_it() {
        for (text, expected) in [
            ("{", "The body is not JSON (line 1, column 1)."),
            ("", "The body is not JSON (line 1, column 0)."),
            ("{\"query\": \"\\ud800\"}", "The body is not JSON"),
            ("7", "A request is a JSON object"),
            ("{}", "The parameter `query` is missing"),
            ("{\"query\": null}", "The parameter `query` must be a string."),
            (
                "{\"query\": \"\", \"variables\": []}",
                "The parameter `variables` must be an object.",
            ),
            (
                "{\"query\": \"\", \"extensions\": 1}",
                "The parameter `extensions` must be an object.",
            ),
            (
                "{\"query\": \"\", \"operationName\": 1}",
                "The parameter `operationName` must be a string.",
            ),
            ("[]", "The batch is empty"),
            ("[1,2,3]", "The batch has 3 operations; the limit is 2."),
        ] {
            let refused = body(text).unwrap_err();
            assert!(refused.starts_with(expected), "{text}: {refused}");
        }
    }

    #[test]
    fn nesting_that_would_exhaust_the_stack_is_not_json() {
        for open in ["[", "{\"a\":", "{\"query\":\"\",\"variables\":{\"a\":["] {
            assert!(body(&open.repeat(50_000)).is_err());
        }
    }

    #[test]
    fn nulls_are_as_good_as_absent_and_a_byte_order_mark_is_ignored() {
        let call = Call {
            query: "{a}".to_owned(),
            ..Call::default()
        };
        let text = "\u{feff}{\"query\":\"{a}\",\"variables\":null,\"operationName\":null,\"extensions\":null,\"more\":1}";
        assert_eq!(body(text), Ok(Calls::One(call)));
    }

    #[test]
    fn one_bad_item_leaves_the_others() {
        let Ok(Calls::Batch(items)) = body("[{\"query\":\"{a}\"}, 7]") else {
            panic!("a batch")
        };
        assert!(items[0].is_ok() && items[1].is_err());
    }

    #[test]
    fn a_query_string_carries_the_same() {
        let call = uri("/graphql?query=%7Ba%7D&variables=%7B%22b%22%3A1%7D&operationName=A&other=x").unwrap();
        assert_eq!(
            (call.query.as_str(), call.operation_name.as_deref()),
            ("{a}", Some("A"))
        );
        assert_eq!(Json::Object(call.variables), serde_json::json!({"b": 1}));
        assert_eq!(
            uri("/graphql?query=a&query=b").unwrap_err(),
            "The parameter `query` is given twice."
        );
        assert_eq!(
            uri("/graphql?query=a&variables=x").unwrap_err(),
            "The parameter `variables` is not JSON."
        );
        assert!(uri("/graphql").unwrap_err().contains("`query` is missing"));
    }
}
