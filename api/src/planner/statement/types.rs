//! Of which types the columns of a level's statement are.

use sea_orm::DbBackend;

use super::{Builder, Shape};
use crate::planner::catalogue::Catalogue;
use crate::planner::plan::{Access, ColumnKind, Level};
use crate::store::Type;

/// The types of the columns that the statement of a level has in a shape.
pub(in crate::planner) fn types(
    catalogue: &Catalogue,
    level: &Level,
    shape: Shape,
    backend: DbBackend,
) -> Vec<Type> {
    if shape.counting {
        return match level.access {
            Access::Below { .. } => vec![Type::Id, Type::BigInteger],
            Access::List | Access::ByIds => vec![Type::BigInteger],
        };
    }
    let builder = Builder::of(catalogue, level, shape, backend);
    let columns = level.columns.iter().map(|column| match column.kind {
        ColumnKind::Plain(name) | ColumnKind::Private(name, _) => {
            builder.source_object(column.source).source.column_type(name)
        }
        ColumnKind::Allowed(_) | ColumnKind::Proof(_) => Type::Boolean,
    });
    let ordered_by = builder
        .is_list()
        .then(|| builder.object.source.column_type(builder.ordered_by()));
    let access = shape.asks_for_access.then_some(Type::BigInteger);
    columns.chain(ordered_by).chain(access).collect()
}
