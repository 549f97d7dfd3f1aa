//! JSON whose fields keep their order, so that answers are printed as the server gives them.

use std::fmt::{self, Display, Formatter, Write as _};

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// The longest line of printed JSON.
const WIDTH: usize = 118;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// An object; its fields in their order.
    Object(Vec<(String, Json)>),
    /// A list.
    List(Vec<Json>),
    /// A text.
    Text(String),
    /// A number, true, false or null.
    Plain(serde_json::Value),
}

impl Json {
    /// A field of an object.
    pub fn field(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields.iter().find(|(of, _)| of == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// As a person would write it: what fits on a line stands on it, and what holds one thing takes no line for itself.
    pub fn print(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, 0);
        text
    }

    fn write(&self, text: &mut String, indent: usize) {
        let short = self.to_string();
        let line = text.rfind('\n').map_or(0, |end| end + 1);
        let (open, close) = match self {
            Self::Object(_) => ("{", "}"),
            _ => ("[", "]"),
        };
        let entries = self.entries();
        match entries.as_slice() {
            _ if text.len() - line + short.len() <= WIDTH => text.push_str(&short),
            [] => text.push_str(&short),
            [(name, value)] => {
                let space = if name.is_empty() { "" } else { " " };
                text.push_str(&format!("{open}{space}{name}"));
                value.write(text, indent);
                text.push_str(&format!("{space}{close}"));
            }
            several => {
                let indent = indent + 2;
                for (place, (name, value)) in several.iter().enumerate() {
                    text.push_str(if place == 0 { open } else { "," });
                    text.push_str(&format!("\n{}{name}", " ".repeat(indent)));
                    value.write(text, indent);
                }
                text.push_str(&format!("\n{}{close}", " ".repeat(indent - 2)));
            }
        }
    }

    /// What it holds, with the names of fields as they are written.
    fn entries(&self) -> Vec<(String, &Self)> {
        match self {
            Self::Object(fields) => fields
                .iter()
                .map(|(name, value)| (format!("\"{name}\": "), value))
                .collect(),
            Self::List(values) => values.iter().map(|value| (String::new(), value)).collect(),
            _ => Vec::new(),
        }
    }
}

/// On one line.
impl Display for Json {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object(fields) if fields.is_empty() => formatter.write_str("{}"),
            Self::Object(fields) => {
                formatter.write_str("{ ")?;
                for (place, (name, value)) in fields.iter().enumerate() {
                    let comma = if place == 0 { "" } else { ", " };
                    write!(formatter, "{comma}\"{name}\": {value}")?;
                }
                formatter.write_str(" }")
            }
            Self::List(values) => {
                formatter.write_char('[')?;
                for (place, value) in values.iter().enumerate() {
                    let comma = if place == 0 { "" } else { ", " };
                    write!(formatter, "{comma}{value}")?;
                }
                formatter.write_char(']')
            }
            Self::Text(text) => write!(formatter, "{}", serde_json::Value::from(text.as_str())),
            Self::Plain(plain) => write!(formatter, "{plain}"),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Json::Object(fields))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Json::List(values))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Plain(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Plain(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Plain(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Plain(value.into()))
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Plain(serde_json::Value::Null))
    }
}

#[test]
fn fields_keep_their_order_and_what_is_long_is_broken() {
    let short = r#"{ "z": [1, -2, 0.5, "a\"b"], "a": { "none": null, "yes": true }, "empty": {} }"#;
    let read: Json = serde_json::from_str(short).unwrap();
    assert_eq!(read.print(), short);
    let text = "x".repeat(WIDTH / 2);
    let long = Json::List(vec![Json::Text(text.clone()), Json::Text(text.clone())]);
    let list = format!("[\n  \"{text}\",\n  \"{text}\"\n]");
    assert_eq!(long.print(), list);
    let alone = Json::Object(vec![("texts".to_owned(), long)]);
    assert_eq!(alone.print(), format!("{{ \"texts\": {list} }}"));
}
