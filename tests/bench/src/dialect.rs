//! What is asked for, and how each server spells it.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::answer;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Shape {
    /// A board, 25 members with person and organisation, the last 10 entries of its history.
    Board,
    /// 100 boards with host organisation and member count.
    List,
    /// A board that the viewer sits on, its last 10 meetings, 5 actions of each.
    Work,
    /// A published resource, its last 4 versions with formats and contributors, 8 adopters.
    Resource,
    /// A framework, its 10 outcomes, their indicators, the last 12 figures of each with organisation.
    Dashboard,
    /// 50,000 figures of one indicator, added up by month.
    Totals,
}

/// What the product is to reach: so many times the answers of another in the same time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bars {
    /// Those of PostGraphile; none where it cannot answer.
    pub of_postgraphile: Option<f64>,
    /// Those of the hand-written server.
    pub of_handwritten: f64,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Board,
        Self::List,
        Self::Work,
        Self::Resource,
        Self::Dashboard,
        Self::Totals,
    ];

    /// For people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Board => "board page",
            Self::List => "list page",
            Self::Work => "board at work",
            Self::Resource => "resource page",
            Self::Dashboard => "dashboard",
            Self::Totals => "totals of 50,000",
        }
    }

    /// What the product is to reach.
    #[must_use]
    pub const fn bars(self) -> Bars {
        let (of_postgraphile, of_handwritten) = match self {
            Self::Board | Self::List => (Some(2.2), 0.75),
            Self::Work | Self::Resource => (Some(2.4), 0.8),
            Self::Dashboard => (Some(3.3), 1.0),
            // Within 1.1 times of its time.
            Self::Totals => (None, 1.0 / 1.1),
        };
        Bars {
            of_postgraphile,
            of_handwritten,
        }
    }

    /// Whether the member asks it, and not the viewer.
    #[must_use]
    pub const fn is_asked_by_member(self) -> bool {
        matches!(self, Self::Work)
    }

    /// The field of the answer.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Board | Self::Work => "board",
            Self::List => "boards",
            Self::Resource => "resource",
            Self::Dashboard => "outcomeFramework",
            Self::Totals => "observationTotals",
        }
    }

    /// The name of the argument that says about what, and how the product's ids of such things begin.
    const fn about(self) -> (&'static str, &'static str) {
        match self {
            Self::Board | Self::Work | Self::List => ("id", "board"),
            Self::Resource => ("id", "resource"),
            Self::Dashboard => ("id", "outcome_framework"),
            Self::Totals => ("indicator", "indicator"),
        }
    }

    const fn roundtable(self) -> &'static str {
        match self {
            Self::Board => include_str!("../documents/roundtable_board.graphql"),
            Self::List => include_str!("../documents/roundtable_list.graphql"),
            Self::Work => include_str!("../documents/roundtable_work.graphql"),
            Self::Resource => include_str!("../documents/roundtable_resource.graphql"),
            Self::Dashboard => include_str!("../documents/roundtable_dashboard.graphql"),
            Self::Totals => include_str!("../documents/roundtable_totals.graphql"),
        }
    }

    /// None where PostGraphile cannot answer: it adds nothing up.
    const fn postgraphile(self) -> Option<&'static str> {
        Some(match self {
            Self::Board => include_str!("../documents/postgraphile_board.graphql"),
            Self::List => include_str!("../documents/postgraphile_list.graphql"),
            Self::Work => include_str!("../documents/postgraphile_work.graphql"),
            Self::Resource => include_str!("../documents/postgraphile_resource.graphql"),
            Self::Dashboard => include_str!("../documents/postgraphile_dashboard.graphql"),
            Self::Totals => return None,
        })
    }
}

/// The language a server is asked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// The product's documents.
    Roundtable,
    /// Small JSON requests of the hand-written server.
    Handwritten,
    /// PostGraphile's documents, with aliases so that the answers look alike.
    Postgraphile,
}

impl Dialect {
    /// Where a shape is asked for.
    #[must_use]
    pub const fn path(self, shape: Shape) -> &'static str {
        match (self, shape) {
            (Self::Handwritten, Shape::Board) => "/board",
            (Self::Handwritten, Shape::List) => "/list",
            (Self::Handwritten, Shape::Work) => "/work",
            (Self::Handwritten, Shape::Resource) => "/resource",
            (Self::Handwritten, Shape::Dashboard) => "/dashboard",
            (Self::Handwritten, Shape::Totals) => "/totals",
            _ => "/graphql",
        }
    }

    /// Whether a shape can be asked for.
    #[must_use]
    pub const fn asks(self, shape: Shape) -> bool {
        !matches!(self, Self::Postgraphile) || shape.postgraphile().is_some()
    }

    /// The question about one thing.
    #[must_use]
    pub fn about(self, shape: Shape, id: Uuid) -> Value {
        let (argument, prefix) = shape.about();
        match self {
            Self::Roundtable => json!({
                "query": shape.roundtable(),
                "variables": { argument: format!("{prefix}_{}", id.simple()) },
            }),
            Self::Handwritten => json!({ "id": id }),
            Self::Postgraphile => json!({
                "query": shape.postgraphile(),
                "variables": { argument: id },
            }),
        }
    }

    /// The question for the page of the list after a place.
    #[must_use]
    pub fn list(self, after: &Value) -> Value {
        match self {
            Self::Roundtable => json!({ "query": Shape::List.roundtable(), "variables": { "after": after } }),
            Self::Handwritten => json!({ "after": after }),
            Self::Postgraphile => {
                json!({ "query": Shape::List.postgraphile(), "variables": { "after": after } })
            }
        }
    }

    /// From where the next page continues.
    #[must_use]
    pub fn end(self, page: &Value) -> Value {
        let boards = &page["data"]["boards"];
        match self {
            Self::Handwritten => {
                let last = boards["nodes"].as_array().and_then(|nodes| nodes.last());
                last.map_or(Value::Null, |last| json!([last["name"], last["id"]]))
            }
            _ => boards["pageInfo"]["endCursor"].clone(),
        }
    }

    /// An answer in the form in which all must be equal.
    #[must_use]
    pub fn canonical(self, answer: Value) -> Value {
        match self {
            // It shows numbers as the tables keep them: in whole millionths.
            Self::Postgraphile => answer::canonical(answer::out_of_millionths(answer)),
            Self::Roundtable | Self::Handwritten => answer::canonical(answer),
        }
    }
}
