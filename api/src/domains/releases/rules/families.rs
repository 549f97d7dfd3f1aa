//! Which counts are masked together: those of the same people, and those that are parts of them.
//!
//! A *column* is a count by place and group: a denominator, a numerator, a value. Counts of several indicators that never say
//! otherwise of the same place and group are taken to be the same, and are one column: whoever knows that they are the same then
//! finds nothing, and whoever does not finds less. A family is a denominator with the numerators within it, those that share one,
//! and so on.

use std::collections::{BTreeMap, BTreeSet};

use entity::outcomes::kinds::IndicatorUnit;
use sea_orm::prelude::Uuid;

use super::assemble::{Known, Observed, Whole, binding};
use super::policy::Policy;
use super::table::{At, Axis, Given, Sum, Table};

/// Which count of an observation.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Numerator,
    Denominator,
    Value,
}

/// All of them.
pub(super) const PARTS: [Part; 3] = [Part::Numerator, Part::Denominator, Part::Value];

/// A count of an indicator.
type Name = (Uuid, Part);
/// What is known of it by place and group.
type Counts = BTreeMap<(Uuid, Uuid), Given>;

/// Counts that are masked together: of the same people in the same period.
#[derive(Debug)]
pub(super) struct Family {
    places: Vec<Uuid>,
    groups: Vec<Uuid>,
    columns: BTreeMap<Name, usize>,
    pub(super) table: Table,
}

impl Family {
    /// Where a count of an observation stands.
    pub(super) fn at(&self, one: &Observed, part: Part) -> Option<At> {
        let find = |list: &[Uuid], id: Uuid| list.binary_search(&id).ok();
        Some([
            find(&self.places, one.key.subject)?,
            find(&self.groups, one.key.disaggregation)?,
            *self.columns.get(&(one.key.indicator_version, part))?,
        ])
    }

    /// The place and the group of a count.
    pub(super) fn named(&self, [place, group, _]: At) -> (Uuid, Uuid) {
        (self.places[place], self.groups[group])
    }

    /// The same places, groups and columns, with the counts of other observations.
    pub(super) fn filled(&self, policy: Policy, observed: &[&Observed]) -> Table {
        let mut counts: BTreeMap<At, Given> = BTreeMap::new();
        for one in observed {
            for (part, given) in one.counts() {
                if let Some(at) = self.at(one, part) {
                    keep(&mut counts, at, given);
                }
            }
        }
        Table::new(self.table.axes().clone(), policy, counts)
    }
}

/// A count that one indicator withholds and another tells is known.
fn keep<K: Ord>(counts: &mut BTreeMap<K, Given>, key: K, given: Given) {
    let entry = counts.entry(key).or_insert(given);
    if *entry == Given::Withheld {
        *entry = given;
    }
}

/// The places and groups of which it is told, in this release or one before.
type Keys = BTreeSet<(Uuid, Uuid)>;

/// A column while it is put together.
#[derive(Debug, Default)]
struct Column {
    names: Vec<Name>,
    counts: Counts,
    /// The same, with what releases before told and this one does not.
    ever: Counts,
}

impl Column {
    /// Whether the counts could be the same: they agree wherever both tell, and somewhere on more than nought.
    fn agrees(&self, counts: &Counts) -> bool {
        let mut is_same = false;
        for (key, given) in counts {
            match (given, self.ever.get(key)) {
                (Given::Is(one), Some(Given::Is(other))) if one != other => return false,
                (Given::Is(one), Some(Given::Is(_))) => is_same |= *one > 0,
                _ => {}
            }
        }
        is_same
    }
}

/// The families of one period. `before` are observations of releases before, of the same period: what they told of adds up, too.
pub(super) fn families(
    policy: Policy,
    observed: &[&Observed],
    before: &[&Observed],
    known: &Known,
) -> Vec<Family> {
    let (mut counts, mut ever) = (BTreeMap::<Name, Counts>::new(), BTreeMap::<Name, Counts>::new());
    let mut keys: BTreeMap<Name, Keys> = BTreeMap::new();
    let mut shares = BTreeSet::new();
    for (one, is_now) in observed
        .iter()
        .map(|one| (one, true))
        .chain(before.iter().map(|one| (one, false)))
    {
        let place = (one.key.subject, one.key.disaggregation);
        for (part, given) in one.counts() {
            let name = (one.key.indicator_version, part);
            keys.entry(name).or_default().insert(place);
            if is_now {
                keep(counts.entry(name).or_default(), place, given);
            }
            keep(ever.entry(name).or_default(), place, given);
        }
        if one.source.unit == IndicatorUnit::Percent {
            shares.insert(one.key.indicator_version);
        }
    }
    let columns = columns(&ever, &counts);
    let shares = shares.into_iter().filter_map(|version| {
        let column = |part| {
            columns
                .iter()
                .position(|column| column.names.contains(&(version, part)))
        };
        Some((column(Part::Denominator)?, column(Part::Numerator)?))
    });
    let shares: BTreeSet<_> = shares.filter(|(whole, part)| whole != part).collect();
    components(columns.len(), &shares)
        .into_iter()
        .map(|of| family(policy, (&columns, &of), (&shares, &keys), known))
        .collect()
}

fn columns(ever: &BTreeMap<Name, Counts>, now: &BTreeMap<Name, Counts>) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (name, counts) in ever {
        // The two counts of one share are not the same, whatever they say.
        let same = columns.iter().position(|column| {
            column.names.iter().all(|(version, _)| *version != name.0) && column.agrees(counts)
        });
        let number = same.unwrap_or(columns.len());
        if number == columns.len() {
            columns.push(Column::default());
        }
        let column = &mut columns[number];
        column.names.push(*name);
        for (key, given) in counts {
            keep(&mut column.ever, *key, *given);
        }
        for (key, given) in now.get(name).into_iter().flatten() {
            keep(&mut column.counts, *key, *given);
        }
    }
    columns
}

/// Columns that hang together by shares.
fn components(columns: usize, shares: &BTreeSet<(usize, usize)>) -> Vec<Vec<usize>> {
    let mut of: Vec<usize> = (0..columns).collect();
    for (whole, part) in shares {
        let (from, to) = (of[*part], of[*whole]);
        for one in &mut of {
            if *one == from {
                *one = to;
            }
        }
    }
    let mut components: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (column, component) in of.into_iter().enumerate() {
        components.entry(component).or_default().push(column);
    }
    components.into_values().collect()
}

fn family(
    policy: Policy,
    (columns, of): (&[Column], &[usize]),
    (shares, keys): (&BTreeSet<(usize, usize)>, &BTreeMap<Name, Keys>),
    known: &Known,
) -> Family {
    let names = || of.iter().flat_map(|column| &columns[*column].names);
    let all: BTreeSet<_> = names().filter_map(|name| keys.get(name)).flatten().collect();
    let places = with_all_of(all.iter().map(|(place, _)| *place).collect(), &known.places);
    let mut groups: BTreeSet<_> = all.iter().map(|(_, group)| *group).collect();
    let divisions = divided(&groups, &known.groups);
    for (whole, parts) in &divisions {
        groups.insert(*whole);
        groups.extend(parts);
    }
    let (places, groups): (Vec<_>, Vec<_>) = (places.into_iter().collect(), groups.into_iter().collect());
    let third = |column: &usize| of.iter().position(|one| one == column);
    let within = shares.iter().filter_map(|(whole, part)| {
        Some(Sum {
            total: third(whole)?,
            parts: vec![third(part)?],
            is_complete: false,
        })
    });
    let axes = [
        axis(&places, &known.places),
        axis(&groups, &divisions),
        Axis::new(of.len(), within.collect()),
    ];
    let find = |list: &[Uuid], id: &Uuid| list.binary_search(id).unwrap_or_default();
    let counts: Vec<_> = of
        .iter()
        .enumerate()
        .flat_map(|(third, column)| columns[*column].counts.iter().map(move |entry| (third, entry)))
        .map(|(third, ((place, group), given))| ([find(&places, place), find(&groups, group), third], *given))
        .collect();
    let at = |(third, column): (usize, &usize)| columns[*column].names.iter().map(move |name| (*name, third));
    Family {
        columns: of.iter().enumerate().flat_map(at).collect(),
        table: Table::new(axes, policy, counts),
        places,
        groups,
    }
}

/// Places, with all that add up to them, and all that they add up to: a place of which nobody told has people all the same, and
/// stands in every sum that it is part of.
fn with_all_of(mut places: BTreeSet<Uuid>, wholes: &[Whole]) -> BTreeSet<Uuid> {
    loop {
        let before = places.len();
        for (total, parts) in wholes {
            if places.contains(total) || parts.iter().any(|part| places.contains(part)) {
                places.insert(*total);
                places.extend(parts);
            }
        }
        if places.len() == before {
            return places;
        }
    }
}

/// The divisions of groups of which anything is told: a group of which nobody told has people all the same, and what others leave for
/// it tells how many. Those that a group is divided into, and those that it is a part of, tie each other together.
fn divided(told: &BTreeSet<Uuid>, wholes: &[Whole]) -> Vec<Whole> {
    let mut divided: Vec<Whole> = Vec::new();
    let mut nodes = told.clone();
    loop {
        let (before, known) = (divided.len(), nodes.clone());
        for division in wholes {
            let (_, parts) = division;
            if parts.iter().any(|part| known.contains(part)) && !divided.contains(division) {
                nodes.insert(division.0);
                divided.push(division.clone());
            }
        }
        if divided.len() == before {
            return binding(&divided, told);
        }
    }
}

/// The axis of some nodes, with the wholes among them.
fn axis(nodes: &[Uuid], wholes: &[Whole]) -> Axis {
    let find = |id: &Uuid| nodes.binary_search(id).ok();
    let sums = wholes.iter().filter_map(|(total, parts)| {
        Some(Sum {
            total: find(total)?,
            parts: parts.iter().filter_map(find).collect(),
            is_complete: true,
        })
    });
    Axis::new(nodes.len(), sums.collect())
}
