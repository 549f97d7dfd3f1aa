//! Levels that are asked for together, on PostgreSQL: those below a level with it, by the keys of the rows that it finds.
//!
//! Each has the statement that it has by itself, its scope and all, so what is read is the same; only the way to the database is
//! gone once and not for each level. On SQLite, which is in the process, there is no way to be saved.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sea_orm::DbBackend;

use super::{Parents, Run};
use crate::planner::plan::{Access, Child};
use crate::planner::presumed::FoundAbove;
use crate::planner::statement::{self, Shape};
use crate::store::{Compound, Found, Keys, Parameter, Part, StoreError};

/// How many columns the statements that are asked for together may have. A row has place for those of each, as far as they are not of
/// the same type: very many of them would cost more than the way, and PostgreSQL has 1,664 at most. What is wanted of a level
/// goes with the others whole or not at all.
const MOST_COLUMNS: usize = 200;

/// What one of the statements gives: the rows of a level, or their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Wanted {
    Rows,
    Totals,
}

/// What was read before it was asked for, by its level.
#[derive(Default)]
pub(super) struct Ahead(Mutex<HashMap<usize, Read>>);

#[derive(Default)]
struct Read {
    rows: Option<Vec<Found>>,
    totals: Option<Vec<Found>>,
    presumed: Presumed,
}

/// Of each condition that a scope asks about the rows above, what was presumed, if anything was.
type Presumed = Arc<[Option<bool>]>;

impl Read {
    const fn of(&mut self, wanted: Wanted) -> &mut Option<Vec<Found>> {
        match wanted {
            Wanted::Rows => &mut self.rows,
            Wanted::Totals => &mut self.totals,
        }
    }
}

impl Ahead {
    fn read(&self) -> MutexGuard<'_, HashMap<usize, Read>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, member: &Member<'_>, found: Vec<Found>) {
        let mut read = self.read();
        let read = read.entry(member.level).or_default();
        read.presumed = member.presumed.clone();
        *read.of(member.wanted) = Some(found);
    }

    /// Gives away what was read.
    pub fn take(&self, level: usize, wanted: Wanted) -> Option<Vec<Found>> {
        self.read().get_mut(&level)?.of(wanted).take()
    }

    /// Whether anything was read of a level.
    pub fn has(&self, level: usize) -> bool {
        self.read().contains_key(&level)
    }

    fn presumed(&self, level: usize) -> Option<Presumed> {
        Some(self.read().get(&level)?.presumed.clone())
    }

    fn forget(&self, level: usize) {
        self.read().remove(&level);
    }
}

/// One of the statements.
struct Member<'now> {
    level: usize,
    wanted: Wanted,
    shape: Shape,
    keys: Keys,
    /// Those that are known; for a member that takes its keys from another, none.
    parents: Option<&'now Parents>,
    presumed: Presumed,
    columns: usize,
}

impl Run<'_> {
    /// Takes in what the rows above a list say of themselves. What was read below them is forgotten where something else had been
    /// presumed.
    pub(super) fn compare(&self, child: &Child, parents: &Parents) {
        if parents.proven.is_empty() || parents.keys.is_empty() || !self.reads_together() {
            return;
        }
        let holds = parents.proven.iter().map(Vec::len);
        self.found_above(child).note(holds, parents.keys.len());
        let presumed = self.ahead.presumed(child.level);
        if presumed.is_some_and(|presumed| !parents.are_as(&presumed)) {
            self.forget(child.level);
        }
    }

    fn forget(&self, level: usize) {
        self.ahead.forget(level);
        for child in &self.plan.levels[level].children {
            self.forget(child.level);
        }
    }

    fn reads_together(&self) -> bool {
        self.session.backend() == DbBackend::Postgres
    }

    fn found_above(&self, child: &Child) -> Arc<FoundAbove> {
        let level = &self.plan.levels[child.level];
        level.found_above.get(self.session.known(), FoundAbove::default)
    }

    /// Reads these levels and what stands below them by one statement, for [`Run::rows`] and [`Run::totals`] to find; nothing where
    /// that would save no statement.
    pub(super) async fn read_together(&self, starts: &[(usize, &Parents)]) -> Result<(), StoreError> {
        if !self.reads_together() {
            return Ok(());
        }
        let mut members = Vec::new();
        for (level, parents) in starts {
            let shape = |wanted| self.shape(*level, parents, wanted == Wanted::Totals);
            let keys = (&Keys::Given, Some(*parents));
            add(
                &mut members,
                self.members(*level, keys, &Presumed::default(), shape),
            );
        }
        let mut above = 0;
        while above < members.len() {
            for below in self.members_below(above, &members[above]) {
                add(&mut members, below);
            }
            above += 1;
        }
        if members.len() > 1 {
            self.ask_together(members).await?;
        }
        Ok(())
    }

    /// What is wanted of a level.
    fn members<'now>(
        &self,
        level: usize,
        (keys, parents): (&Keys, Option<&'now Parents>),
        presumed: &Presumed,
        shape: impl Fn(Wanted) -> Shape,
    ) -> Vec<Member<'now>> {
        let planned = &self.plan.levels[level];
        let wanted = [
            (Wanted::Rows, planned.wants_rows, self.columns(level)),
            (Wanted::Totals, planned.wants_total, self.columns_of_totals(level)),
        ];
        let wanted = wanted.into_iter().filter(|(_, is_wanted, _)| *is_wanted);
        let member = |(wanted, _, columns)| Member {
            level,
            wanted,
            shape: shape(wanted),
            keys: keys.clone(),
            parents,
            presumed: presumed.clone(),
            columns,
        };
        wanted.map(member).collect()
    }

    /// What is wanted of each level below the rows of a member, which is the n-th.
    fn members_below(&self, place: usize, above: &Member<'_>) -> Vec<Vec<Member<'static>>> {
        if above.wanted == Wanted::Totals {
            return Vec::new();
        }
        let level = &self.plan.levels[above.level];
        let many = level.access != Access::ByIds || above.shape.many;
        let below = level.children.iter().map(|child| {
            let presumed = self.presumed(child);
            let proofs = child.proofs.iter().zip(presumed.iter());
            let presumed_to_hold = proofs
                .filter(|(_, presumed)| **presumed == Some(true))
                .map(|(column, _)| column);
            let keys = Keys::Of {
                part: place,
                column: child.parent_key,
                proven: child.proofs.clone(),
                only_where: child
                    .shown_where
                    .iter()
                    .chain(presumed_to_hold)
                    .copied()
                    .collect(),
            };
            let known =
                (0_u8..)
                    .zip(presumed.iter())
                    .fold(self.session.known(), |known, (place, presumed)| {
                        // Where nothing is presumed, the statement itself finds out for which of them it holds.
                        let (holds, of) = presumed.map_or((1, 2), |holds| (usize::from(holds), 1));
                        known.with_proof(place, holds, of)
                    });
            let shape = |wanted| Shape::of(self.page(child.level), many, wanted == Wanted::Totals, known);
            self.members(child.level, (&keys, None), &presumed, shape)
        });
        below.collect()
    }

    /// What is presumed of the rows above a list.
    fn presumed(&self, child: &Child) -> Presumed {
        if child.proofs.is_empty() {
            return Presumed::default();
        }
        let seen = self.found_above(child);
        (0..child.proofs.len())
            .map(|condition| seen.presumed(condition))
            .collect()
    }

    async fn ask_together(&self, mut members: Vec<Member<'_>>) -> Result<(), StoreError> {
        let first = &mut members[0];
        let access = (first.level == 0 && first.wanted == Wanted::Rows && self.session.asks_for_access())
            .then_some(first.columns);
        if access.is_some() {
            first.shape = first.shape.asking_for_access(true);
        }
        let key = members
            .iter()
            .map(|member| (member.level, member.shape))
            .collect();
        let compound = self.plan.compounds.get_while_few(key, || {
            let part = |member: &Member<'_>| Part {
                statement: self.template(member.level, member.shape),
                columns: statement::types(
                    self.catalogue,
                    &self.plan.levels[member.level],
                    member.shape,
                    self.session.backend(),
                ),
                keys: member.keys.clone(),
            };
            Compound::of(&members.iter().map(part).collect::<Vec<_>>())
        });
        let Some(compound) = compound else { return Ok(()) };
        let none = Parents::default();
        let value = |part: usize, parameter: Parameter| {
            let member: &Member<'_> = &members[part];
            self.value(member.level, member.parents.unwrap_or(&none), parameter)
        };
        let found = self.session.rows_of_each(&compound, value).await;
        if let Some(column) = access {
            let first = found.as_ref().map(|found| found[0].as_slice());
            self.session.learn_access(first, column);
        }
        for (member, found) in members.iter().zip(found?) {
            self.ahead.put(member, found);
        }
        Ok(())
    }
}

/// Adds what is wanted of a level, if there is room for it.
fn add<'now>(members: &mut Vec<Member<'now>>, of_a_level: Vec<Member<'now>>) {
    let columns = members.iter().chain(&of_a_level).map(|member| member.columns);
    if columns.sum::<usize>() <= MOST_COLUMNS {
        members.extend(of_a_level);
    }
}
