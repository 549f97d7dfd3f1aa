//! Reads are planned, not resolved one by one.
//!
//! A selection becomes a plan ([`select`](self)): one flat statement for each list level, with everything to-one
//! joined in, keys as one array parameter, and the scope of every table inside. The rows are written straight into
//! the answer. There is one way to read, so there is one place where scope is applied: query fields, payloads of
//! mutations and events of subscriptions all come through here.
//!
//! - [`declare`]: how a table looks to clients, said once.
//! - `catalogue`: all declared types and where reads begin. `schema`: they become types of the schema.
//! - `select` → `plan`: from a selection to levels. `statement`: from a level to SQL. `page`, `cursor`: its arguments.
//! - `batch`: values worked out for all rows of a level at once. `computed`: for one row, without a statement.
//! - `run`: the statements, siblings at the same time. `write`: from rows to JSON.
//! - `root`: the planned fields of `Query`. `planned`: an object in a mutation's payload; `siblings`: those of a list that was
//!   found by other means, or of requests that were decided together.
//! - `federation`: the same types as a part of a federation of several servers.

mod batch;
mod catalogue;
mod computed;
mod cursor;
pub mod declare;
mod enums;
mod federation;
pub mod global_id;
mod page;
mod plan;
mod planned;
mod presumed;
mod root;
mod run;
mod scalars;
mod schema;
mod select;
mod siblings;
mod statement;
mod write;

use std::sync::LazyLock;

pub use batch::{Batch, BatchCompute, BatchValue, FactColumn};
pub use catalogue::{Catalogue, Root};
pub use computed::{Cells, Compute};
pub use enums::OneOf;
pub use federation::{Entities, Keys, ServiceSdl};
pub use page::{ArgumentError, PageSizes};
pub use planned::{PlanCache, Planned};
pub use root::Query;
pub use run::ReadError;
pub use scalars::{Date, DateTime, Decimal};
pub(crate) use select::collect;
pub use siblings::Siblings;

/// Everything that is declared. The one place where this room looks up to the domains: they say what there is.
pub static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(crate::domains::catalogue);
