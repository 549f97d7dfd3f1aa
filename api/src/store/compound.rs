//! Several statements asked as one, on PostgreSQL: one way to the database and back, one time limit, and one state of the data.
//!
//! A statement may take its keys from the rows of another that it is asked with: what stands below a row is then read with it,
//! under the same scope as if it were asked for afterwards.
//!
//! The rows of each come before those of the next, each in its own order: an `Append` gives what is below it one after the
//! other. It would not where it worked in parallel, which the connections for reading leave out.

use std::fmt::Write as _;
use std::sync::Arc;

use sea_orm::sea_query::ColumnType;
use sea_orm::{ColumnTrait, DbBackend, EntityTrait, IdenStatic, Iterable, QueryResult, Statement};

use super::row::{self, Found};
use super::template::{Slot, with_marks};
use super::{Bound, Parameter, StoreError, Template};

/// One of the statements.
#[derive(Debug)]
pub(crate) struct Part {
    pub statement: Arc<Template>,
    /// Its columns.
    pub columns: Vec<Type>,
    pub keys: Keys,
}

/// Of which type a column is. Columns of the same type of different parts stand in the same place of the answer, which is so much the
/// narrower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    BigInteger,
    Boolean,
    Date,
    Id,
    Instant,
    Integer,
    Json,
    Text,
    /// Any other: shares its place with none.
    Other,
}

impl Type {
    /// Of a column of an entity.
    pub fn of<E: EntityTrait>(name: &str) -> Self {
        let column = E::Column::iter().find(|column| column.as_str() == name);
        column.map_or(Self::Other, |column| match column.def().get_column_type() {
            ColumnType::BigInteger => Self::BigInteger,
            ColumnType::Boolean => Self::Boolean,
            ColumnType::Date => Self::Date,
            ColumnType::Uuid => Self::Id,
            ColumnType::TimestampWithTimeZone => Self::Instant,
            ColumnType::Integer => Self::Integer,
            ColumnType::JsonBinary => Self::Json,
            ColumnType::String(_) | ColumnType::Text => Self::Text,
            _ => Self::Other,
        })
    }

    /// What PostgreSQL calls it.
    const fn sql(self) -> Option<&'static str> {
        Some(match self {
            Self::BigInteger => "bigint",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Id => "uuid",
            Self::Instant => "timestamptz",
            Self::Integer => "integer",
            Self::Json => "jsonb",
            Self::Text => "text",
            Self::Other => return None,
        })
    }
}

/// Where a statement's [`Parameter::Key`], [`Parameter::Keys`] and [`Parameter::Proven`] come from.
#[derive(Clone, Debug)]
pub(crate) enum Keys {
    /// From the request.
    Given,
    /// From the rows of an earlier part.
    Of {
        part: usize,
        /// The column that holds them. The first one holds the id of the row itself: each only once.
        column: usize,
        /// The columns that say for which of them a condition holds.
        proven: Vec<usize>,
        /// Columns that have to be true: of other rows no key is taken.
        only_where: Vec<usize>,
    },
}

/// Several statements as one.
#[derive(Debug)]
pub(crate) struct Compound {
    sql: String,
    /// The values that it takes, each with the part that asks for it.
    slots: Vec<(usize, Slot)>,
    /// Where in the answer the columns of each part stand.
    places: Vec<Vec<usize>>,
}

impl Compound {
    /// Of these, in this order.
    pub fn of(parts: &[Part]) -> Self {
        let (width, places) = places(parts);
        let mut slots = Vec::new();
        let mut sql = String::from("WITH ");
        for (place, part) in parts.iter().enumerate() {
            let names: Vec<String> = (0..part.columns.len())
                .map(|column| format!("c{column}"))
                .collect();
            let is_key = |below: &Part| matches!(below.keys, Keys::Of { part, .. } if part == place);
            // What nobody else looks at need not be kept until all of it is there.
            let kept = if parts.iter().any(is_key) { "" } else { "NOT " };
            let separator = if place == 0 { "" } else { ", " };
            let (names, inner) = (names.join(", "), written(place, part, &mut slots));
            // Writing into a string cannot fail.
            let _ = write!(
                sql,
                "{separator}part_{place} ({names}) AS {kept}MATERIALIZED ({inner})"
            );
        }
        // No row: it says of which type the answer's columns are, so that they can be null in others.
        let mut types = vec![String::new(); width];
        for (part, places) in places.iter().enumerate() {
            for (column, place) in places.iter().enumerate() {
                types[*place] = match parts[part].columns[column].sql() {
                    Some(name) => format!(", NULL::{name}"),
                    None => format!(", (SELECT c{column} FROM part_{part} LIMIT 0)"),
                };
            }
        }
        let _ = write!(sql, " SELECT 0{} WHERE FALSE", types.concat());
        for (part, places) in places.iter().enumerate() {
            let mut columns = vec![", NULL".to_owned(); width];
            for (column, place) in places.iter().enumerate() {
                columns[*place] = format!(", c{column}");
            }
            let _ = write!(
                sql,
                " UNION ALL SELECT {part}{} FROM part_{part}",
                columns.concat()
            );
        }
        Self { sql, slots, places }
    }

    /// With a request's values for each part in place.
    pub(super) fn bind(&self, mut value_of: impl FnMut(usize, Parameter) -> Bound) -> Statement {
        let backend = DbBackend::Postgres;
        let values = self.slots.iter().map(|(part, slot)| match slot {
            Slot::Fixed(value) => value.clone(),
            Slot::Filled(parameter) => value_of(*part, *parameter).into_value(backend),
        });
        Statement::from_sql_and_values(backend, self.sql.as_str(), values)
    }

    /// The rows of each part.
    pub(super) fn rows(&self, found: Vec<QueryResult>) -> Result<Vec<Vec<Found>>, StoreError> {
        // Copied: requests at the same time would count on one another's processors who still looks at the places.
        let places = self.places.iter().map(|places| {
            let after_the_part = places.iter().map(|place| place + 1);
            (after_the_part.collect(), Vec::new())
        });
        let mut parts: Vec<(Arc<[usize]>, Vec<Found>)> = places.collect();
        for found in found {
            let part = row::integer(&found, 0)?.and_then(|part| usize::try_from(part).ok());
            if let Some((places, rows)) = part.and_then(|part| parts.get_mut(part)) {
                rows.push(Found::with_columns_at(found, places.clone()));
            }
        }
        Ok(parts.into_iter().map(|(_, rows)| rows).collect())
    }
}

/// How many columns the answer has beside the one that says whose a row is, and where among them those of each part stand.
fn places(parts: &[Part]) -> (usize, Vec<Vec<usize>>) {
    let mut types: Vec<Type> = Vec::new();
    let of_each = parts.iter().map(|part| {
        let mut taken = vec![false; types.len()];
        let mut place_of = |wanted: &Type| {
            let shared = |place: &usize| types[*place] == *wanted && !taken[*place];
            let shared = (0..types.len()).find(shared).filter(|_| *wanted != Type::Other);
            let place = shared.unwrap_or_else(|| {
                types.push(*wanted);
                taken.push(false);
                types.len() - 1
            });
            taken[place] = true;
            place
        };
        part.columns.iter().map(&mut place_of).collect()
    });
    let of_each = of_each.collect();
    (types.len(), of_each)
}

/// The text of a part, with its values among those of all.
fn written(place: usize, part: &Part, slots: &mut Vec<(usize, Slot)>) -> String {
    with_marks(part.statement.sql(), '$', |text, number| {
        let slot = number.and_then(|number| part.statement.slot(number - 1));
        let Some(slot) = slot else { return };
        if let Slot::Filled(parameter) = slot
            && let Some(taken) = part.keys.taken(*parameter)
        {
            return put_taken(text, &taken, *parameter);
        }
        let same = |(asked_by, other): &(usize, Slot)| {
            other == slot && (*asked_by == place || slot.is_the_same_for_all_statements())
        };
        let known = slots.iter().position(same).unwrap_or_else(|| {
            slots.push((place, slot.clone()));
            slots.len() - 1
        });
        // Writing into a string cannot fail.
        let _ = write!(text, "${}", known + 1);
    })
}

impl Keys {
    /// What stands for a parameter that is taken from the rows of another part, if it is: a statement of its own.
    fn taken(&self, parameter: Parameter) -> Option<String> {
        let Self::Of {
            part,
            column,
            proven,
            only_where,
        } = self
        else {
            return None;
        };
        let mut tests: Vec<String> = only_where.iter().map(|holds| format!("c{holds}")).collect();
        let mut distinct = "";
        match parameter {
            Parameter::Key => {}
            Parameter::Keys if *column == 0 => {}
            Parameter::Keys => {
                distinct = "DISTINCT ";
                tests.push(format!("c{column} IS NOT NULL"));
            }
            Parameter::Proven(condition) => {
                let holds = proven.get(usize::from(condition));
                tests.push(holds.map_or("FALSE".to_owned(), |holds| format!("c{holds}")));
            }
            _ => return None,
        }
        let tests = if tests.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", tests.join(" AND "))
        };
        Some(format!(
            "SELECT {distinct}c{column} AS parent FROM part_{part}{tests}"
        ))
    }
}

/// Writes what is taken from another part: one value, rows, or a list.
fn put_taken(text: &mut String, taken: &str, parameter: Parameter) {
    /// Makes rows of a list, under the name that the text gives them.
    const ROWS_OF: &str = "unnest(";
    let parts = if parameter == Parameter::Key {
        ["(", taken, ")"]
    } else if text.ends_with(ROWS_OF) {
        // They are rows already; the bracket after the list closes this one.
        text.truncate(text.len() - ROWS_OF.len());
        ["(", taken, ""]
    } else {
        ["ARRAY(", taken, ")"]
    };
    text.extend(parts);
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::{Expr, ExprTrait, Func, Query};

    use super::*;
    use crate::store::{Known, ViewerFact, id_in};

    fn template(table: &'static str, text: &str, key: Expr) -> Arc<Template> {
        let select = Query::select()
            .expr(Expr::col("id"))
            .from(table)
            .and_where(Expr::col("kind").eq(text))
            .and_where(Expr::col("person").eq(Parameter::Viewer(ViewerFact::Person).expr()))
            .and_where(key)
            .limit(Parameter::limit())
            .to_owned();
        Arc::new(Template::of(&select, DbBackend::Postgres, Known::default()))
    }

    fn one() -> Part {
        Part {
            statement: template("meeting", "it's $1", Expr::col("id").eq(Parameter::Key.expr())),
            columns: vec![Type::Id, Type::Boolean],
            keys: Keys::Given,
        }
    }

    fn below(key: Expr, column: usize, [proven, only_where]: [&[usize]; 2]) -> Part {
        Part {
            statement: template("action", "\"$2\"", key),
            columns: vec![Type::Text, Type::Id, Type::Other],
            keys: Keys::Of {
                part: 0,
                column,
                proven: proven.to_vec(),
                only_where: only_where.to_vec(),
            },
        }
    }

    #[test]
    fn each_has_its_own_values_and_takes_its_keys_from_the_rows_of_another() {
        let key = Expr::col("meeting").eq(Parameter::Key.expr());
        let proven = id_in(Expr::col("meeting"), Parameter::Proven(0), DbBackend::Postgres);
        let compound = Compound::of(&[one(), below(key.and(proven), 0, [&[1], &[]])]);
        assert_eq!(
            compound.sql,
            concat!(
                r#"WITH part_0 (c0, c1) AS MATERIALIZED (SELECT "id" FROM "meeting" WHERE "kind" = 'it''s $1' AND "person" = $1 AND "id" = $2 LIMIT $3), "#,
                r#"part_1 (c0, c1, c2) AS NOT MATERIALIZED (SELECT "id" FROM "action" WHERE "kind" = '"$2"' AND "person" = $1 "#,
                r#"AND ("meeting" = (SELECT c0 AS parent FROM part_0) AND ("meeting" = ANY(ARRAY(SELECT c0 AS parent FROM part_0 WHERE c1)))) LIMIT $4) "#,
                "SELECT 0, NULL::uuid, NULL::boolean, NULL::text, (SELECT c2 FROM part_1 LIMIT 0) WHERE FALSE ",
                "UNION ALL SELECT 0, c0, c1, NULL, NULL FROM part_0 UNION ALL SELECT 1, c1, NULL, c0, c2 FROM part_1"
            )
        );
        let value = |part: usize, parameter| match parameter {
            Parameter::Limit => Bound::Value((part as u64 + 5).into()),
            _ => Bound::id(None),
        };
        let bound = compound.bind(value).values.unwrap().0;
        assert_eq!((&bound[2], &bound[3]), (&5_u64.into(), &6_u64.into()));
        assert_eq!(bound.len(), 4, "what all ask of the viewer is sent once");
    }

    #[test]
    fn many_keys_are_taken_once_each_and_only_of_rows_where_something_is_true() {
        let among = || id_in(Expr::col("meeting"), Parameter::Keys, DbBackend::Postgres);
        let rows_of = Func::cust("unnest").arg(Parameter::Keys.expr());
        let compound = Compound::of(&[
            one(),
            below(among(), 0, [&[], &[4, 5]]),
            below(among(), 3, [&[], &[]]),
            below(Expr::from(rows_of).is_not_null(), 0, [&[], &[]]),
        ]);
        for expected in [
            "ANY(ARRAY(SELECT c0 AS parent FROM part_0 WHERE c4 AND c5))",
            "ANY(ARRAY(SELECT DISTINCT c3 AS parent FROM part_0 WHERE c3 IS NOT NULL))",
            "(SELECT c0 AS parent FROM part_0) IS NOT NULL",
        ] {
            assert!(compound.sql.contains(expected), "{}", compound.sql);
        }
    }

    #[test]
    fn columns_of_a_type_share_a_place_and_none_has_two_of_a_row() {
        let key = || Expr::col("meeting").eq(Parameter::Key.expr());
        let mut wide = one();
        wide.columns = vec![Type::Id, Type::Id, Type::Text, Type::Other];
        let parts = [one(), wide, below(key(), 0, [&[], &[]])];
        let (width, places) = places(&parts);
        assert_eq!(places, [vec![0, 1], vec![0, 2, 3, 4], vec![3, 0, 5]]);
        assert_eq!(width, 6);
    }

    #[test]
    fn the_type_of_a_column_is_what_its_entity_says() {
        use entity::boards::board::Entity as Board;
        let types = ["id", "name", "published_at", "version", "no such column"].map(Type::of::<Board>);
        assert_eq!(
            types,
            [Type::Id, Type::Text, Type::Instant, Type::Integer, Type::Other]
        );
    }
}
