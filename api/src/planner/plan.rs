//! The plan of a selection: which statements, and how their rows become the answer.
//!
//! A plan is a tree of levels. Each level is one statement: a list's rows with everything to-one joined in. On PostgreSQL those
//! of several levels go to the database together (see `run::together`). What a client selects of a row is a list of [`Item`]s,
//! written in order. Plans depend only on the document, so they are kept; variables come in when a plan runs.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, RwLock};

use async_graphql::parser::types::Field as Selected;
use async_graphql::{Name, Positioned};
use async_graphql_value::Value as AstValue;

use super::batch::Batch;
use super::computed::Compute;
use super::declare::{Reader, RowTest, Scalar, Source};
use super::presumed::FoundAbove;
use crate::store::{Compound, Known, Template};

/// The statements of a selection and what is written of them. The first level is the root.
#[derive(Debug)]
pub struct Plan {
    pub(super) levels: Vec<Level>,
    /// The statements of several levels as one, built so far: by the levels and what changes their texts.
    pub(super) compounds: Templates<Vec<(usize, super::statement::Shape)>, Compound>,
}

impl Plan {
    /// Whether all requests of a viewer get the same: there is nothing to which variables give a value, and nothing of which the audit names
    /// each request that showed it.
    pub fn answers_all_alike(&self) -> bool {
        matches!(self.levels.as_slice(), [only] if only.special.is_empty() && only.as_of.is_none())
    }
}

/// One statement: rows of one type with what they point to.
#[derive(Debug)]
pub(super) struct Level {
    /// The type of the rows: its place in the catalogue.
    pub object: usize,
    /// How the statement comes to the rows.
    pub access: Access,
    /// What is read, in the order of the statement's columns. The first is always the row's id.
    pub columns: Vec<Column>,
    /// The rows joined in, each after the one that points to it.
    pub joins: Vec<Join>,
    /// What is written of each row; for connections their shapes say it.
    pub items: Vec<Item>,
    /// The lists below, each with the column here that holds their parent's id.
    pub children: Vec<Child>,
    /// The groups worked out for all rows at once.
    pub batches: Vec<PlannedBatch>,
    /// What is read of special-category data: the audit names whoever it is shown to.
    pub special: Vec<SpecialCategory>,
    /// For a look back: which of the rows count at its instant.
    pub as_of: Option<RowTest>,
    /// For lists: the arguments as the document has them.
    pub arguments: Vec<(Name, AstValue)>,
    /// Whether rows are wanted at all, or only their number.
    pub wants_rows: bool,
    /// Whether it is wanted if there are rows beyond the page: to find none may mean to read all that the viewer may not see.
    pub wants_more: bool,
    /// Whether the number of rows is wanted.
    pub wants_total: bool,
    /// The statements built so far, by what changes their text.
    pub templates: Templates<super::statement::Shape>,
    /// What was found of the rows above so far, by what is known of the viewer.
    pub found_above: Templates<Known, FoundAbove>,
}

/// Statements built so far.
#[derive(Debug)]
pub(super) struct Templates<K, T = Template>(RwLock<HashMap<K, Arc<T>>>);

/// What is known of viewers makes few texts in practice. Should somebody find a way to make many, they are forgotten; but for those of several
/// levels, of which there can be as many as there are combinations of theirs: no more are made.
const TEMPLATES_KEPT: usize = 256;

impl<K, T> Default for Templates<K, T> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<K: Eq + Hash, T> Templates<K, T> {
    /// The statement of a shape, built when it is not there yet.
    pub fn get(&self, shape: K, build: impl FnOnce() -> T) -> Arc<T> {
        let known = self.0.read().ok().and_then(|kept| kept.get(&shape).cloned());
        known.unwrap_or_else(|| {
            let template = Arc::new(build());
            if let Ok(mut kept) = self.0.write() {
                if kept.len() >= TEMPLATES_KEPT {
                    kept.clear();
                }
                kept.insert(shape, template.clone());
            }
            template
        })
    }

    /// The same while there is room: nothing where it would have to be built and too many are kept.
    pub fn get_while_few(&self, shape: K, build: impl FnOnce() -> T) -> Option<Arc<T>> {
        let kept = self.0.read().ok()?;
        if let Some(known) = kept.get(&shape) {
            return Some(known.clone());
        }
        let has_room = kept.len() < TEMPLATES_KEPT;
        drop(kept);
        has_room.then(|| self.get(shape, build))
    }
}

/// How a level comes to its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// By their ids.
    ByIds,
    /// As a list of its own.
    List,
    /// As the rows whose column points to the parents.
    Below {
        column: &'static str,
        parent_table: &'static str,
    },
}

/// A column of a level's statement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// 0: the level's own table; n: its n-th join.
    pub source: usize,
    pub kind: ColumnKind,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum ColumnKind {
    Plain(&'static str),
    Private(&'static str, Reader),
    Allowed(Reader),
    Proof(Proof),
}

/// What the scope of the rows below asks about a row: the n-th of its conditions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Proof {
    pub below: Source,
    /// The column by which those rows point here.
    pub link: &'static str,
    pub place: usize,
}

impl PartialEq for Column {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
            && match (self.kind, other.kind) {
                (ColumnKind::Plain(a), ColumnKind::Plain(b)) => a == b,
                (ColumnKind::Private(a, r), ColumnKind::Private(b, s)) => {
                    a == b && std::ptr::fn_addr_eq(r, s)
                }
                (ColumnKind::Allowed(r), ColumnKind::Allowed(s)) => std::ptr::fn_addr_eq(r, s),
                (ColumnKind::Proof(a), ColumnKind::Proof(b)) => {
                    (a.below.table(), a.link, a.place) == (b.below.table(), b.link, b.place)
                }
                _ => false,
            }
    }
}

/// A row joined in: the one a column points to.
#[derive(Debug)]
pub(super) struct Join {
    /// The source whose column points to it.
    pub from: usize,
    pub column: &'static str,
    pub object: usize,
}

#[derive(Debug)]
pub(super) struct Child {
    pub level: usize,
    pub parent_key: usize,
    /// The columns that hold what its scope asks about the parents.
    pub proofs: Vec<usize>,
    /// The columns that have to be true for a parent to be shown.
    pub shown_where: Vec<usize>,
}

/// Rows of special-category data: the level's own, or joined ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SpecialCategory {
    /// Their table.
    pub entity: &'static str,
    /// The column that holds the row's id.
    pub id: usize,
    /// The column that says whom it is about.
    pub person: usize,
    /// The columns that have to be true for it to be shown.
    pub shown_where: Vec<usize>,
}

/// A selected batch.
#[derive(Debug)]
pub(super) struct PlannedBatch {
    pub batch: Arc<Batch>,
    /// The type of the rows: its place in the catalogue.
    pub object: usize,
    /// The column that holds the id of the row that the batch is about.
    pub key: usize,
    /// The columns that the work needs.
    pub columns: Vec<(usize, Scalar)>,
    /// The columns that have to be true for the row to be shown.
    pub shown_where: Vec<usize>,
    /// The selected lists of objects: the field of the batch, and the level that reads them.
    pub lists: Vec<(usize, usize)>,
    /// Its statements built so far: for one row or many, and for what is known beforehand.
    pub templates: Templates<(bool, Known)>,
}

/// One entry of a written object: its response key, ready to copy, and what follows it.
#[derive(Debug)]
pub(super) struct Item {
    /// The key with quotes and colon.
    pub key: Box<str>,
    pub value: ItemValue,
}

#[derive(Debug)]
pub(super) enum ItemValue {
    /// A text known beforehand, as JSON: a `__typename`.
    Fixed(Box<str>),
    /// A column of the row.
    Column { column: usize, scalar: Scalar },
    /// A joined row: null when its id is.
    Joined {
        id: usize,
        /// The column that says whether the viewer may learn which row it is, when not everybody may.
        reader: Option<usize>,
        items: Vec<Item>,
    },
    /// A group of fields of the same row.
    Group(Vec<Item>),
    /// Whether the viewer may read a private group.
    Visibility(usize),
    /// A value worked out.
    Computed {
        compute: Compute,
        columns: Vec<(usize, Scalar)>,
    },
    /// A group worked out for all rows at once: the place among the level's batches.
    Batch { batch: usize, items: Vec<Item> },
    /// A value of that group: the field of the batch. Only inside of `Batch`.
    BatchValue(usize),
    /// A list of objects of that group: the field of the batch, and the place among its lists.
    BatchObjects {
        field: usize,
        list: usize,
        /// Whether it is one object or null, and not a list.
        single: bool,
    },
    /// A list below: the place among the level's children, and its shape.
    Connection {
        child: usize,
        shape: Vec<ConnectionItem>,
    },
}

/// One entry of a written connection.
#[derive(Debug)]
pub(super) struct ConnectionItem {
    pub key: Box<str>,
    pub value: ConnectionValue,
}

#[derive(Debug)]
pub(super) enum ConnectionValue {
    Typename(Box<str>),
    Nodes(Vec<Item>),
    Edges(Vec<EdgeItem>),
    PageInfo(Vec<PageInfoItem>),
    TotalCount,
}

#[derive(Debug)]
pub(super) struct EdgeItem {
    pub key: Box<str>,
    pub value: EdgeValue,
}

#[derive(Debug)]
pub(super) enum EdgeValue {
    Typename(Box<str>),
    Cursor,
    Node(Vec<Item>),
}

#[derive(Debug)]
pub(super) struct PageInfoItem {
    pub key: Box<str>,
    pub value: PageInfoValue,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum PageInfoValue {
    Typename,
    HasNextPage,
    HasPreviousPage,
    StartCursor,
    EndCursor,
}

impl PageInfoValue {
    /// Whether it says that there are rows beyond the page.
    pub const fn tells_of_more(self) -> bool {
        matches!(self, Self::HasNextPage | Self::HasPreviousPage)
    }
}

/// The response key of a selected field, as it opens an entry of a JSON object.
pub(super) fn key_of(field: &Positioned<Selected>) -> Box<str> {
    format!("\"{}\":", field.node.response_key().node).into()
}
