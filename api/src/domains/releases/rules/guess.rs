//! Numbers that nobody told, made up so that everything adds up.
//!
//! A count that is missing or withheld is a number all the same, and sums with it still say something about the others. Whoever
//! shows that a masked count could be another number must say what the missing ones would be then: so they are guessed. Any guess
//! will do with which every sum is right. Where none is found it is only used that there could be more of them.

use std::collections::VecDeque;

use super::table::{AXES, At, Standing, Table};

/// Something that adds up: one sum of one axis, at one place of the others.
#[derive(Debug)]
struct Line {
    total: At,
    parts: Vec<At>,
    is_complete: bool,
    unknown: usize,
}

/// All lines, and those of each count.
#[derive(Debug)]
struct Lines {
    all: Vec<Line>,
    of: Vec<Vec<usize>>,
}

impl Table {
    /// Guesses what is not known.
    pub(super) fn guess(&mut self) {
        let mut lines = Lines::of(self);
        let mut unknown: Vec<_> = self.places().filter(|at| self.value(*at).is_none()).collect();
        let wholes = |at: &At| {
            let of_others = (0..2)
                .filter(|axis| self.axes()[*axis].is_total(at[*axis]))
                .count();
            // First what others are parts of, and of that the smallest.
            (!self.axes()[2].is_total(at[2]), of_others)
        };
        unknown.sort_by_key(wholes);
        for at in unknown {
            if self.value(at).is_none() {
                let number = lines.fitting(self, at);
                lines.set(self, at, number);
            }
        }
        lines.forget_wrong(self);
        self.work_out_rests();
    }

    /// Takes what a release before knew for what is not known in this one.
    pub(super) fn recall(&mut self, old: &Self) {
        for at in self.places() {
            if self.value(at).is_none() {
                self.set_guess(at, old.truth(at));
            }
        }
    }

    /// Takes the numbers of another release for what is not known in this one, and says whether everything adds up with them.
    #[must_use]
    pub(super) fn take_guesses(&mut self, of: &Self) -> bool {
        for at in self.places() {
            self.set_guess(at, of.value(at));
        }
        self.work_out_rests();
        let lines = Lines::of(self);
        lines.all.iter().all(|line| line.is_right(self))
    }

    /// Forgets everything that was guessed.
    pub(super) fn forget_guesses(&mut self) {
        for at in self.places() {
            self.set_guess(at, None);
        }
        self.work_out_rests();
    }
}

impl Line {
    fn counts(&self) -> impl Iterator<Item = At> {
        self.parts.iter().copied().chain([self.total])
    }

    /// What is left of the whole, of what is known.
    fn left(&self, table: &Table, total: i64) -> i64 {
        let parts = self.parts.iter().filter_map(|part| table.value(*part));
        total - parts.sum::<i64>()
    }

    /// Whether nothing was guessed, or it adds up.
    fn is_right(&self, table: &Table) -> bool {
        if !self.counts().any(|at| table.is_guessed(at)) {
            return true;
        }
        let is_known = self.counts().all(|at| table.value(at).is_some());
        let left = table.value(self.total).map(|total| self.left(table, total));
        is_known && left.is_some_and(|left| left == 0 || (left > 0 && !self.is_complete))
    }
}

impl Lines {
    fn of(table: &Table) -> Self {
        let axes = table.axes();
        let width = axes.each_ref().map(super::table::Axis::nodes);
        let mut lines = Self {
            all: Vec::new(),
            of: vec![Vec::new(); width.iter().product()],
        };
        for axis in 0..AXES {
            for sum in axes[axis].sums() {
                for total in table.places().filter(|at| at[axis] == sum.total) {
                    let beside = |node: &usize| {
                        let mut beside = total;
                        beside[axis] = *node;
                        beside
                    };
                    let parts: Vec<_> = sum.parts.iter().map(beside).collect();
                    let counts = parts.iter().chain([&total]);
                    let unknown = counts.filter(|at| table.value(**at).is_none()).count();
                    for at in parts.iter().chain([&total]) {
                        lines.of[number(table, *at)].push(lines.all.len());
                    }
                    let is_complete = sum.is_complete;
                    lines.all.push(Line {
                        total,
                        parts,
                        is_complete,
                        unknown,
                    });
                }
            }
        }
        lines
    }

    fn of_count(&self, table: &Table, at: At) -> impl Iterator<Item = &Line> {
        self.of[number(table, at)].iter().map(|line| &self.all[*line])
    }

    /// A number that fits in with what is known beside it: its share of what is left, and half of what it can be otherwise.
    fn fitting(&self, table: &Table, at: At) -> i64 {
        let least = i64::from(table.standing(at) == Standing::Masked);
        let (mut floor, mut ceiling, mut share) = (least, None::<i64>, None::<i64>);
        for line in self.of_count(table, at) {
            if line.total == at {
                floor = floor.max(-line.left(table, 0));
            } else if let Some(total) = table.value(line.total) {
                let left = line.left(table, total).max(0);
                ceiling = Some(ceiling.map_or(left, |ceiling| ceiling.min(left)));
                if line.is_complete {
                    let unknown = i64::try_from(line.unknown.max(1)).unwrap_or(1);
                    let of_left = (left + unknown - 1) / unknown;
                    share = Some(share.map_or(of_left, |share| share.max(of_left)));
                }
            }
        }
        let wished = share.unwrap_or_else(|| ceiling.unwrap_or_default() / 2);
        wished.min(ceiling.unwrap_or(wished)).max(floor)
    }

    /// Sets a count, and those that follow from it.
    fn set(&mut self, table: &mut Table, at: At, guess: i64) {
        let mut waiting = VecDeque::from([(at, guess)]);
        while let Some((at, guess)) = waiting.pop_front() {
            if table.value(at).is_some() {
                continue;
            }
            table.set_guess(at, Some(guess));
            for line in &self.of[number(table, at)] {
                let line = &mut self.all[*line];
                line.unknown -= 1;
                if line.unknown != 1 || !line.is_complete {
                    continue;
                }
                let last = line.counts().find(|at| table.value(*at).is_none());
                let total = table.value(line.total);
                let follows = total.map_or_else(|| -line.left(table, 0), |total| line.left(table, total));
                // What would be below nought is not: the line is found to be wrong later.
                waiting.extend(last.map(|last| (last, follows.max(0))));
            }
        }
    }

    /// Forgets what was guessed where it does not add up, and all that hangs together with it.
    fn forget_wrong(&self, table: &mut Table) {
        loop {
            let wrong = self.all.iter().filter(|line| !line.is_right(table));
            let guessed: Vec<_> = wrong
                .flat_map(Line::counts)
                .filter(|at| table.is_guessed(*at))
                .collect();
            if guessed.is_empty() {
                return;
            }
            for at in guessed {
                table.set_guess(at, None);
            }
        }
    }
}

/// The number of a count among those of the table.
fn number(table: &Table, at: At) -> usize {
    let [_, groups, parts] = table.axes().each_ref().map(super::table::Axis::nodes);
    (at[0] * groups + at[1]) * parts + at[2]
}
