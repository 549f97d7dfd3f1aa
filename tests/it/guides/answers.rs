//! Answers as guides print them: ids, which the server chooses, stand there by a name, such as `$board`. Where a name is new
//! it takes the id; where it is known it must be the same one.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::json::Json;

/// The ids that the story knows by name.
#[derive(Default)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// The variables that a document asks for: its `$names`, which stand for ids of earlier answers.
    pub fn variables(&self, document: &str) -> Result<Value, String> {
        let mut variables = Map::new();
        for name in document.split('$').skip(1).map(leading_name) {
            let id = self
                .0
                .get(name)
                .ok_or_else(|| format!("no answer so far shows `${name}`"))?;
            variables.insert(name.to_owned(), Value::from(id.as_str()));
        }
        Ok(Value::Object(variables))
    }

    /// Learns the new names of a printed answer, and says where it differs from the server's.
    pub fn compare(&mut self, printed: &Json, answered: &Json) -> Vec<String> {
        let mut differences = Vec::new();
        self.compare_at("", (printed, answered), &mut differences);
        differences
    }

    fn compare_at(&mut self, at: &str, (printed, answered): (&Json, &Json), differences: &mut Vec<String>) {
        match (printed, answered) {
            (Json::Object(fields), Json::Object(of_answer)) => {
                for (name, value) in fields {
                    match answered.field(name) {
                        Some(answered) => {
                            self.compare_at(&format!("{at}/{name}"), (value, answered), differences)
                        }
                        None => differences.push(format!("{at}/{name}: the server leaves it out")),
                    }
                }
                for (name, _) in of_answer.iter().filter(|(name, _)| printed.field(name).is_none()) {
                    differences.push(format!("{at}/{name}: the guide leaves it out"));
                }
            }
            (Json::List(printed), Json::List(answered)) => {
                for (place, pair) in printed.iter().zip(answered).enumerate() {
                    self.compare_at(&format!("{at}/{place}"), pair, differences);
                }
                if printed.len() != answered.len() {
                    let (printed, answered) = (printed.len(), answered.len());
                    differences.push(format!(
                        "{at}: the guide has {printed}, and the server {answered}"
                    ));
                }
            }
            (Json::Text(name), Json::Text(id)) if name.starts_with('$') => {
                let known = self.0.entry(name[1..].to_owned()).or_insert_with(|| id.clone());
                if known != id {
                    differences.push(format!("{at}: {name} is {known}, and the server says {id}"));
                }
            }
            _ if printed == answered => {}
            _ => differences.push(format!(
                "{at}: the guide says {printed}, and the server {answered}"
            )),
        }
    }

    /// An answer with names in place of the ids.
    pub fn named(&self, answered: &Json) -> Json {
        match answered {
            Json::Object(fields) => {
                let named = |(name, value): &(String, Json)| (name.clone(), self.named(value));
                Json::Object(fields.iter().map(named).collect())
            }
            Json::List(values) => Json::List(values.iter().map(|value| self.named(value)).collect()),
            Json::Text(text) => {
                let name = self.0.iter().find(|(_, id)| *id == text);
                name.map_or_else(|| answered.clone(), |(name, _)| Json::Text(format!("${name}")))
            }
            plain @ Json::Plain(_) => plain.clone(),
        }
    }
}

fn leading_name(text: &str) -> &str {
    let end = text
        .find(|letter: char| !letter.is_ascii_alphanumeric())
        .unwrap_or(text.len());
    &text[..end]
}

#[test]
fn names_take_ids_and_stand_for_them() {
    let json = |text| serde_json::from_str::<Json>(text).unwrap();
    let mut names = Names::default();
    let printed = json(r#"{ "board": { "id": "$board", "name": "Team-Up" }, "nodes": [1] }"#);
    let answered = json(r#"{ "board": { "id": "board_1", "name": "Team-Up" }, "nodes": [1] }"#);
    assert_eq!(names.compare(&printed, &answered), [""; 0]);
    assert_eq!(names.named(&answered), printed);
    let document = "query ($board: ID!) { board(id: $board) { id } }";
    let variables = names.variables(document);
    assert_eq!(variables, Ok(serde_json::json!({ "board": "board_1" })));
    assert!(names.variables("query ($seat: ID!) { a }").is_err());

    let other = json(r#"{ "board": { "id": "board_2", "name": "Other", "kind": 1 }, "nodes": [] }"#);
    let differences = names.compare(&printed, &other);
    assert_eq!(differences.len(), 4, "{differences:?}");
}
