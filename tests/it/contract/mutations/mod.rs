//! The five cases of every mutation: it does what it says; it names all violations at once; to a stranger its object
//! is not there; a stale version is a conflict that shows the object; the same request twice happens once.
//!
//! # A new mutation
//!
//! It needs one entry in the file of its area here, in `cases()`. What can be read from its input type (a version, a key)
//! is tried without being asked:
//!
//! ```ignore
//! Case::new("boardUpdate", "board { id version }")       // what to select of the payload, besides userErrors
//!     .by("board-chair")                                 // a viewer of the fixed world who may
//!     .input(json!({ "id": id("board", "team-up"), "expectedVersion": 1, "name": "New name" }))
//!     .wrong(json!({ "name": "", "quorum": 0 }), &["REQUIRED at input.name", "OUT_OF_RANGE at input.quorum"])
//!     .hidden_from("stranger", "id", "board", "fernley-inner")   // an object that the viewer must not see
//! ```

mod adoptions;
mod agreements;
mod arranged;
mod boards;
mod cases;
mod change;
mod gatherings;
mod imports;
mod media;
mod meetings;
mod memberships;
mod organisations;
mod others;
mod outcomes;
mod panels;
mod partnerships;
mod people;
mod preparation;
mod reciprocity;
mod resources;
mod seats;
mod vacancies;
mod visits;
mod worlds;

use std::pin::Pin;

use apollo_compiler::schema::ExtendedType;
use harness::{Answer, World, id, never};
use serde_json::{Value, json};

use super::selection;

/// One mutation, and a well-formed use of it.
pub struct Case {
    /// Its name in the schema.
    pub mutation: &'static str,
    /// The viewer who may.
    pub by: &'static str,
    selected: &'static str,
    input: Value,
    wrong: Option<(Value, &'static [&'static str])>,
    hidden: Option<Hidden>,
    arrange: Option<Arrange>,
    deletes: Option<&'static str>,
}

/// An object that somebody must not see, and the input's field that names it.
struct Hidden {
    from: &'static str,
    field: &'static str,
    kind: &'static str,
    name: &'static str,
}

type Arrange = fn(World) -> Pin<Box<dyn Future<Output = ()> + Send>>;

/// Every case, one file an area.
pub fn cases() -> Vec<Case> {
    let mut cases = organisations::cases();
    cases.extend(people::cases());
    cases.extend(partnerships::cases());
    cases.extend(agreements::cases());
    cases.extend(boards::cases());
    cases.extend(seats::cases());
    cases.extend(memberships::cases());
    cases.extend(media::cases());
    cases.extend(meetings::cases());
    cases.extend(panels::cases());
    cases.extend(vacancies::cases());
    cases.extend(reciprocity::cases());
    cases.extend(resources::cases());
    cases.extend(adoptions::cases());
    cases.extend(change::cases());
    cases.extend(gatherings::cases());
    cases.extend(outcomes::cases());
    cases.extend(imports::cases());
    cases.extend(visits::cases());
    cases
}

impl Case {
    /// A mutation, and what to select of its payload.
    pub fn new(mutation: &'static str, selected: &'static str) -> Self {
        Self {
            mutation,
            by: "platform-admin",
            selected,
            input: json!({}),
            wrong: None,
            hidden: None,
            arrange: None,
            deletes: None,
        }
    }

    /// Who may do it.
    pub fn by(self, by: &'static str) -> Self {
        Self { by, ..self }
    }

    /// An input that is right, without a key.
    pub fn input(self, input: Value) -> Self {
        Self { input, ..self }
    }

    /// Fields that are wrong, put into the right input, and every violation that must be answered, in order.
    pub fn wrong(self, fields: Value, violations: &'static [&'static str]) -> Self {
        Self {
            wrong: Some((fields, violations)),
            ..self
        }
    }

    /// An object that a viewer must not see, and the field in which the input names it. The answer must have the bytes of
    /// one that has never existed.
    pub fn hidden_from(
        self,
        from: &'static str,
        field: &'static str,
        kind: &'static str,
        name: &'static str,
    ) -> Self {
        let hidden = Some(Hidden {
            from,
            field,
            kind,
            name,
        });
        Self { hidden, ..self }
    }

    /// What has to be done to the world before the input is right.
    pub fn after(self, arrange: Arrange) -> Self {
        Self {
            arrange: Some(arrange),
            ..self
        }
    }

    /// For a deletion: the field of the payload that says what is gone, in place of the object.
    pub fn deletes(self, field: &'static str) -> Self {
        Self {
            deletes: Some(field),
            ..self
        }
    }

    /// Makes the world ready for it.
    pub async fn arrange(&self, world: &World) {
        if let Some(arrange) = self.arrange {
            arrange(world.clone()).await;
        }
    }

    /// The document.
    pub fn document(&self) -> String {
        let ty = self.input_type();
        format!(
            "mutation($input: {ty}) {{ {}(input: $input) {{ {} userErrors {{ code message path }} }} }}",
            self.mutation, self.selected
        )
    }

    /// The variables of the right input.
    pub fn variables(&self) -> Value {
        json!({ "input": self.input })
    }

    fn input_type(&self) -> String {
        let mutation = selection::mutations().find(|field| field.name == self.mutation);
        let mutation =
            mutation.unwrap_or_else(|| panic!("take the case of `{}` away: it is gone", self.mutation));
        selection::spelled(&mutation.argument_by_name("input").unwrap().ty)
    }

    fn takes(&self, field: &str) -> bool {
        selection::input_fields(self.input_type().trim_end_matches('!')).contains(&field)
    }

    /// Whether its input can name an object that somebody must not see.
    fn names_objects(&self) -> bool {
        let input = selection::schema()
            .types
            .get(self.input_type().trim_end_matches('!'));
        let Some(ExtendedType::InputObject(input)) = input else {
            return false;
        };
        input
            .fields
            .values()
            .any(|field| field.ty.inner_named_type() == "ID")
    }

    /// The right input with other values for some fields.
    fn with(&self, fields: &Value) -> Value {
        let mut input = self.input.clone();
        for (name, value) in fields.as_object().unwrap() {
            input[name] = value.clone();
        }
        json!({ "input": input })
    }

    /// The user errors of an answer, or its top-level error.
    pub fn errors(&self, answer: &Answer) -> Vec<String> {
        match answer.error_code() {
            Some(code) => vec![code.to_owned()],
            None => answer.user_errors(self.mutation),
        }
    }

    async fn ask(&self, world: &World, viewer: &str, variables: Value) -> Answer {
        world.client(viewer).query(&self.document(), variables).await
    }

    /// What the payload answers on success: the object, or what is gone.
    fn done<'a>(&self, answer: &'a Answer) -> &'a Value {
        match self.deletes {
            Some(field) => &answer.json["data"][self.mutation][field],
            None => self.object(answer),
        }
    }

    /// The object of the payload: the first selected field.
    fn object<'a>(&self, answer: &'a Answer) -> &'a Value {
        let field = self.selected.split([' ', '{', '(']).next().unwrap();
        &answer.json["data"][self.mutation][field]
    }
}

/// An object of the world as it was first read, with what else the mutation needs.
fn first(kind: &str, name: &str, more: Value) -> Value {
    let mut input = more;
    input["id"] = json!(id(kind, name));
    input["expectedVersion"] = json!(1);
    input
}
