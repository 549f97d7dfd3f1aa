//! The rows below which others are read: which of those above are shown, and what they say of themselves.

use sea_orm::prelude::Uuid;

use crate::planner::plan::Child;
use crate::store::{Found, Known, StoreError, row};

/// The rows below which a level is read, or the ids of its own rows.
#[derive(Default)]
pub(in crate::planner) struct Parents {
    /// Of rows above, in order.
    pub keys: Vec<Uuid>,
    /// For each condition that the level's scope asks about them, those for which it holds.
    pub proven: Vec<Vec<Uuid>>,
}

impl From<Vec<Uuid>> for Parents {
    fn from(keys: Vec<Uuid>) -> Self {
        Self {
            keys,
            proven: Vec::new(),
        }
    }
}

impl Parents {
    /// The parents of a list below among a level's rows, with what those say of themselves.
    pub fn of(rows: &[Found], child: &Child) -> Result<Self, StoreError> {
        let rows = shown(rows, &child.shown_where)?;
        let proven = child
            .proofs
            .iter()
            .map(|proof| distinct_ids(shown(rows.iter().copied(), &[*proof])?, child.parent_key));
        Ok(Self {
            keys: distinct_ids(rows.iter().copied(), child.parent_key)?,
            proven: proven.collect::<Result<_, StoreError>>()?,
        })
    }

    /// What is known beforehand: of the viewer, and of these.
    pub fn known(&self, viewer: Known) -> Known {
        let proven = self.proven.iter().zip(0_u8..);
        proven.fold(viewer, |known, (holds, place)| {
            known.with_proof(place, holds.len(), self.keys.len())
        })
    }

    pub fn has(&self, key: Uuid) -> bool {
        self.keys.binary_search(&key).is_ok()
    }

    /// Whether for each condition it is as presumed.
    pub fn are_as(&self, presumed: &[Option<bool>]) -> bool {
        presumed
            .iter()
            .zip(&self.proven)
            .all(|(presumed, holds)| match presumed {
                Some(true) => holds.len() == self.keys.len(),
                Some(false) => holds.is_empty(),
                None => true,
            })
    }

    pub fn proven(&self, condition: u8) -> Vec<Uuid> {
        let holds = self.proven.get(usize::from(condition));
        // Where it holds for all, or for none, nobody asks for whom.
        let some = holds.filter(|holds| holds.len() < self.keys.len());
        some.cloned().unwrap_or_default()
    }
}

/// The rows in which each of these columns is true.
pub(super) fn shown<'r>(
    rows: impl IntoIterator<Item = &'r Found>,
    shown_where: &[usize],
) -> Result<Vec<&'r Found>, StoreError> {
    let mut shown = Vec::new();
    for found in rows {
        if all_true(found, shown_where)? {
            shown.push(found);
        }
    }
    Ok(shown)
}

fn all_true(found: &Found, columns: &[usize]) -> Result<bool, StoreError> {
    for column in columns {
        if row::boolean(found, *column)? != Some(true) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The ids in a column of these rows.
pub(super) fn distinct_ids<'r>(
    rows: impl IntoIterator<Item = &'r Found>,
    column: usize,
) -> Result<Vec<Uuid>, StoreError> {
    let rows = rows.into_iter();
    let mut ids = Vec::with_capacity(rows.size_hint().0);
    for found in rows {
        ids.extend(row::id(found, column)?);
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}
