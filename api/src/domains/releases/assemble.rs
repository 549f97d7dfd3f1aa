//! Makes a release out of observations: tables of all counts, masked together, and from them every cell.

use std::collections::{BTreeMap, BTreeSet};

use entity::decimal::Decimal;
use entity::outcomes::kinds::IndicatorUnit;
use sea_orm::prelude::Uuid;

use super::cells::{Shown, Source, publish};
use super::numbered::{CellKey, Contents};
use super::policy::Policy;
use super::protect::{Exposed, Protection, protect};
use super::table::{Axis, Standing, Sum, Table};

/// An observation, as it goes into a release.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Observed {
    /// What it is about.
    pub key: CellKey,
    /// What it says.
    pub source: Source,
    /// How many of them it is true of.
    pub numerator: Option<Decimal>,
    /// How many there are.
    pub denominator: Option<Decimal>,
}

/// Something that adds up: a whole, and its parts.
pub type Whole = (Uuid, Vec<Uuid>);

/// What is known to add up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Areas: see [`super::places::wholes`].
    pub places: Vec<Whole>,
    /// Groups of people: everybody, and those told apart by one thing.
    pub groups: Vec<Whole>,
}

/// Which count of an observation a table holds.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Numerator,
    Denominator,
    Value,
}

/// Counts that are masked together: of the same people in the same period.
#[derive(Debug)]
struct Family {
    places: Vec<Uuid>,
    groups: Vec<Uuid>,
    /// The counts that stand on the third axis. The first is the whole of the others, where there is more than one.
    parts: Vec<(Uuid, Part)>,
    table: Table,
}

/// Makes a release. Whoever tells what stood in the releases before, through `before`, gets one that gives nothing away together
/// with them: what was masked stays masked, and what was shown hides nothing.
///
/// # Errors
/// [`Exposed`], when releases before leave no way to mask what must be masked.
pub fn assemble(
    policy: Policy,
    observed: &[Observed],
    known: &Known,
    before: Option<&Contents>,
) -> Result<(Contents, Protection), Exposed> {
    let mut periods: BTreeMap<_, Vec<&Observed>> = BTreeMap::new();
    for one in observed {
        periods.entry(one.key.period).or_default().push(one);
    }
    let (mut cells, mut all) = (Vec::new(), Protection::default());
    for of_period in periods.values() {
        let mut families = families(policy, of_period, known);
        for family in &mut families {
            family.remember(of_period, before);
            let done = protect(&mut family.table)?;
            all.primary += done.primary;
            all.secondary += done.secondary;
            all.is_all_masked |= done.is_all_masked;
        }
        cells.extend(of_period.iter().map(|one| {
            let shown = |part| shown(&families, one, part);
            let source = match (one.source.unit, shown(Part::Value)) {
                (IndicatorUnit::Count, Shown::Exact(value) | Shown::Rounded(value)) => Source {
                    value: Some(value),
                    ..one.source
                },
                _ => one.source,
            };
            let hidden = one.source.unit == IndicatorUnit::Count && shown(Part::Value) == Shown::Suppressed;
            let numerator = if hidden {
                Shown::Suppressed
            } else {
                shown(Part::Numerator)
            };
            (one.key, publish(source, numerator, shown(Part::Denominator)))
        }));
    }
    Ok((Contents::of(cells), all))
}

impl Family {
    /// What stood in releases before: what was masked is masked, and what was shown cannot be.
    fn remember(&mut self, observed: &[&Observed], before: Option<&Contents>) {
        let Some(before) = before else { return };
        for one in observed {
            let Some(cell) = before.get(&one.key) else {
                continue;
            };
            for (part, shown) in [
                (Part::Numerator, cell.numerator),
                (Part::Denominator, cell.denominator),
                (Part::Value, cell.value),
            ] {
                let Some(at) = self.at(one, part) else { continue };
                match shown {
                    Shown::Suppressed => self.table.mask(at),
                    // A count that has changed since is another count.
                    _ if shown.number().map(whole) == self.table.shown(at) => self.table.pin(at),
                    _ => {}
                }
            }
        }
    }

    fn at(&self, one: &Observed, part: Part) -> Option<super::table::At> {
        let find = |list: &[Uuid], id: Uuid| list.binary_search(&id).ok();
        let version = one.key.indicator_version;
        // A denominator that several share stands there once, under the name of the first.
        let shared = part == Part::Denominator
            && self
                .parts
                .iter()
                .any(|(id, of)| *id == version && *of == Part::Numerator);
        let third = self
            .parts
            .iter()
            .position(|(id, of)| *of == part && (shared || *id == version))?;
        Some([
            find(&self.places, one.key.subject)?,
            find(&self.groups, one.key.disaggregation)?,
            third,
        ])
    }
}

/// How a count is shown.
fn shown(families: &[Family], one: &Observed, part: Part) -> Shown {
    let found = families
        .iter()
        .find_map(|family| Some((family, family.at(one, part)?)));
    let Some((family, at)) = found else {
        return Shown::NotAvailable;
    };
    match (family.table.standing(at), family.table.shown(at)) {
        (Standing::Masked, _) => Shown::Suppressed,
        (Standing::Shown, Some(count)) => {
            let number = Decimal::whole(count).unwrap_or_default();
            if family.table.policy().round_to == 1 {
                Shown::Exact(number)
            } else {
                Shown::Rounded(number)
            }
        }
        _ => Shown::NotAvailable,
    }
}

/// Counts are whole; what is not, such as a population worked out from others, is taken to the nearest.
fn whole(number: Decimal) -> i64 {
    (number.0 + 500_000).div_euclid(1_000_000)
}

/// A count of one indicator by place and group.
type Counts = BTreeMap<(Uuid, Uuid), i64>;

fn families(policy: Policy, observed: &[&Observed], known: &Known) -> Vec<Family> {
    let mut counts: BTreeMap<(Uuid, Part), Counts> = BTreeMap::new();
    let mut units = BTreeMap::new();
    for one in observed {
        let of = |part, number: Option<Decimal>| number.map(|number| (part, whole(number)));
        let parts = match one.source.unit {
            IndicatorUnit::Percent | IndicatorUnit::RatePer100k => [
                of(Part::Numerator, one.numerator),
                of(Part::Denominator, one.denominator),
            ],
            // The numerator is points or money, not people.
            IndicatorUnit::Score | IndicatorUnit::Thumbs => [None, of(Part::Denominator, one.denominator)],
            IndicatorUnit::Count => [of(Part::Value, one.source.value), None],
            IndicatorUnit::Pence => [None, None],
        };
        units.insert(one.key.indicator_version, one.source.unit);
        for (part, count) in parts.into_iter().flatten() {
            let of_part = counts.entry((one.key.indicator_version, part)).or_default();
            of_part.insert((one.key.subject, one.key.disaggregation), count);
        }
    }
    let mut families = Vec::new();
    for group in together(&counts, &units) {
        families.push(family(policy, group, &counts, known));
    }
    families
}

/// Which counts are masked together: a share with its whole, and shares of the same people with each other.
fn together(
    counts: &BTreeMap<(Uuid, Part), Counts>,
    units: &BTreeMap<Uuid, IndicatorUnit>,
) -> Vec<Vec<(Uuid, Part)>> {
    let is_share = |id: &Uuid| units.get(id) == Some(&IndicatorUnit::Percent);
    let mut groups: Vec<Vec<(Uuid, Part)>> = Vec::new();
    let denominators = counts.keys().filter(|(_, part)| *part == Part::Denominator);
    for key in denominators {
        let numerator = (key.0, Part::Numerator);
        if !is_share(&key.0) || !counts.contains_key(&numerator) {
            groups.push(vec![*key]);
            continue;
        }
        let same = groups
            .iter_mut()
            .find(|group| group.len() > 1 && counts.get(&group[0]) == counts.get(key));
        match same {
            Some(group) => group.push(numerator),
            None => groups.push(vec![*key, numerator]),
        }
    }
    let placed: BTreeSet<_> = groups.iter().flatten().copied().collect();
    let shared: BTreeSet<_> = groups.iter().flatten().map(|(id, _)| *id).collect();
    let others = counts.keys().filter(|key| !placed.contains(key));
    // The denominator of a share that stands with another's is there under that one's name.
    let alone = others.filter(|(id, part)| *part != Part::Denominator || !shared.contains(id));
    groups.extend(alone.map(|key| vec![*key]).collect::<Vec<_>>());
    groups
}

fn family(
    policy: Policy,
    parts: Vec<(Uuid, Part)>,
    counts: &BTreeMap<(Uuid, Part), Counts>,
    known: &Known,
) -> Family {
    let all: Vec<_> = parts.iter().filter_map(|part| counts.get(part)).collect();
    let places: BTreeSet<_> = all
        .iter()
        .flat_map(|counts| counts.keys().map(|(place, _)| *place))
        .collect();
    let groups: BTreeSet<_> = all
        .iter()
        .flat_map(|counts| counts.keys().map(|(_, group)| *group))
        .collect();
    let (places, groups): (Vec<_>, Vec<_>) = (places.into_iter().collect(), groups.into_iter().collect());
    let shares = (1..parts.len()).map(|share| Sum {
        total: 0,
        parts: vec![share],
        is_complete: false,
    });
    let axes = [
        axis(&places, &known.places, Missing::LeftOver),
        axis(&groups, &known.groups, Missing::NotThere),
        Axis::new(parts.len(), shares.collect()),
    ];
    let find = |list: &[Uuid], id: &Uuid| list.binary_search(id).unwrap_or_default();
    let cells: Vec<_> = all
        .iter()
        .enumerate()
        .flat_map(|(third, counts)| {
            counts
                .iter()
                .map(move |((place, group), count)| (*place, *group, third, *count))
        })
        .map(|(place, group, third, count)| ([find(&places, &place), find(&groups, &group), third], count))
        .collect();
    let table = Table::new(axes, policy, cells);
    Family {
        places,
        groups,
        parts,
        table,
    }
}

/// What it means that a part of a whole has no figures.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Missing {
    /// It has people, of whom nobody told: a council.
    LeftOver,
    /// It is not told apart here: an age, for an indicator that has others.
    NotThere,
}

/// The axis of some nodes, with the wholes among them.
fn axis(nodes: &[Uuid], wholes: &[Whole], missing: Missing) -> Axis {
    let find = |id: &Uuid| nodes.binary_search(id).ok();
    let sums = wholes.iter().filter_map(|(total, parts)| {
        let there: Vec<_> = parts.iter().filter_map(find).collect();
        Some(Sum {
            total: find(total)?,
            is_complete: missing == Missing::NotThere || there.len() == parts.len(),
            parts: there,
        })
    });
    Axis::new(nodes.len(), sums.collect())
}

#[cfg(test)]
mod tests;
