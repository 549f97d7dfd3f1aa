//! The sole owner of the database connection.
//!
//! Nothing outside this room runs a statement. Reads come in two kinds, both through [`Scoped`]: the planner's
//! statements (`ReadSession::rows`, whose [`Template`]s are built from scoped tables only) and single rows for
//! writes ([`ReadSession::find`]). Writes happen inside a [`WriteSession`], which can commit only with an event
//! recorded.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this room owns the connection; the bans keep the other rooms from it"
)]

mod access;
mod alone;
mod compound;
mod connection;
mod error;
mod feed;
mod known;
pub mod migrate;
mod parameter;
mod pieces;
mod read;
mod readers;
mod remembered;
pub mod row;
mod rows;
mod scope;
mod search;
mod setting;
mod shown;
mod spelling;
mod template;
mod totals;
mod version_checks;
mod who;
mod write;

pub use access::{AccessVersion, RecalledFacts};
pub(crate) use compound::{Compound, Keys, Part, Type};
pub use connection::Store;
pub use error::StoreError;
pub use known::Known;
pub use parameter::{Bound, Parameter, ViewerFact};
pub use pieces::{FileState, Kept};
pub use read::{Downloads, ReadSession, ViewerValues};
pub use row::Found;
pub(crate) use rows::{Below, Expected};
pub use rows::{Rows, Tables};
pub(crate) use scope::{Reached, scope_below};
pub use scope::{Scope, Scoped};
pub use search::{Hit, Phrase, Place, QueryFault, Search, TextQuery, fold, is_common};
pub(crate) use spelling::{count_rows, id_in, lists_one_of, primary_key, text_in, text_like};
pub use spelling::{has, is_true};
pub use template::Template;
pub use totals::Totals;
pub use who::{AccountFact, AccountKey, FactKind};
pub use write::{KeptAnswer, Recorded, WriteError, WriteSession, Written, set_if};
