//! Makes a release out of observations: tables of all counts, masked together, and from them every cell.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::decimal::Decimal;
use entity::outcomes::kinds::{IndicatorUnit, ObservationMarker};
use sea_orm::prelude::Uuid;

use super::cells::{Shown, Source, publish};
use super::families::{Family, PARTS, Part, families};
use super::numbered::{CellKey, Contents};
use super::policy::Policy;
use super::protect::{Exposed, Protection, protect};
use super::table::{At, Given, Standing, Table};

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
    /// How many were asked, for surveys. It is not published; where they are few, nothing of the figure is.
    pub base: Option<Decimal>,
}

impl Observed {
    /// Whether its source withheld it.
    fn is_withheld(&self) -> bool {
        self.source.marker == Some(ObservationMarker::Confidential)
    }

    /// Whether it is of so few who were asked that nothing of it is published.
    fn is_of_few(&self, policy: Policy) -> bool {
        self.base.is_some_and(|base| policy.is_small(whole(base)))
    }

    /// Its counts of people: those that are known, and those that its source withheld.
    pub(super) fn counts(&self) -> impl Iterator<Item = (Part, Given)> + use<> {
        let withheld = self.is_withheld().then_some(Given::Withheld);
        let of = |part, number: Option<Decimal>| {
            let known = number.map(|number| Given::Is(whole(number)));
            known.or(withheld).map(|given| (part, given))
        };
        let parts = match self.source.unit {
            IndicatorUnit::Percent | IndicatorUnit::RatePer100k => [
                of(Part::Numerator, self.numerator),
                of(Part::Denominator, self.denominator),
            ],
            // The numerator is points or money, not people.
            IndicatorUnit::Score | IndicatorUnit::Thumbs | IndicatorUnit::Pence => {
                [None, of(Part::Denominator, self.denominator)]
            }
            IndicatorUnit::Count => [of(Part::Value, self.source.value), None],
        };
        parts.into_iter().flatten()
    }
}

/// Something that adds up: a whole, and its parts.
pub type Whole = (Uuid, Vec<Uuid>);

/// What is known to add up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Areas, and organisations with their sites and services: see [`super::places`].
    pub places: Vec<Whole>,
    /// Groups of people: everybody, and those told apart by one thing.
    pub groups: Vec<Whole>,
}

impl Known {
    /// What of it says anything about these observations.
    fn binding<'one>(&self, observed: impl Iterator<Item = &'one Observed> + Clone) -> Self {
        let places = observed.clone().map(|one| one.key.subject).collect();
        let groups = observed.map(|one| one.key.disaggregation).collect();
        Self {
            places: binding(&self.places, &places),
            groups: binding(&self.groups, &groups),
        }
    }
}

/// The wholes that bind their parts. One of which nobody tells anything, and which is neither divided in another way nor a part of
/// anything, comes to whatever its parts come to.
pub(super) fn binding(wholes: &[Whole], told: &BTreeSet<Uuid>) -> Vec<Whole> {
    let mut kept = wholes.to_vec();
    loop {
        let all = kept.clone();
        let is_part = |of: &Uuid| all.iter().any(|(_, parts)| parts.contains(of));
        let divisions = |of: &Uuid| all.iter().filter(|(other, _)| other == of).count();
        kept.retain(|(of, _)| told.contains(of) || is_part(of) || divisions(of) > 1);
        if kept.len() == all.len() {
            return kept;
        }
    }
}

/// A release before: what it was made of, and what it said. Everything that was ever published of the same indicators belongs there,
/// whoever published it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The policy that it was made by.
    pub policy: Policy,
    /// Its observations, as they were then.
    pub observed: Vec<Observed>,
    /// What it said.
    pub contents: Contents,
}

/// The first and the last day of a period.
type Period = (NaiveDate, NaiveDate);

/// Makes a release that gives nothing away, not together with the releases before either, of which all must be told: what one of them
/// masked stays masked, and what was shown is shown as it was, unless the figure has been corrected.
///
/// # Errors
/// [`Exposed`], when releases before leave no way to mask what must be masked.
pub fn assemble(
    policy: Policy,
    observed: &[Observed],
    known: &Known,
    before: &[Earlier],
) -> Result<(Contents, Protection), Exposed> {
    let (mut cells, mut all) = (Vec::new(), Protection::default());
    for (period, of_period) in by_period(observed) {
        let old: Vec<(&Earlier, Vec<&Observed>)> = before
            .iter()
            .filter_map(|earlier| Some((earlier, by_period(&earlier.observed).remove(&period)?)))
            .collect();
        let all_old: Vec<_> = old.iter().flat_map(|(_, observed)| observed).copied().collect();
        let known = known.binding(of_period.iter().chain(&all_old).copied());
        let mut families = families(policy, &of_period, &all_old, &known);
        for family in &mut families {
            remember(family, &old);
            mask_withheld(family, &of_period);
        }
        let done = protect_together(&mut families)?;
        all.primary += done.primary;
        all.secondary += done.secondary;
        all.is_all_masked |= done.is_all_masked;
        cells.extend(
            of_period
                .iter()
                .map(|one| (one.key, cell(&families, one, policy))),
        );
    }
    Ok((Contents::of(cells), all))
}

fn by_period(observed: &[Observed]) -> BTreeMap<Period, Vec<&Observed>> {
    let mut periods: BTreeMap<_, Vec<&Observed>> = BTreeMap::new();
    for one in observed {
        periods.entry(one.key.period).or_default().push(one);
    }
    periods
}

/// Looks at what the releases before told of the counts of a family.
fn remember(family: &mut Family, before: &[(&Earlier, Vec<&Observed>)]) {
    let mut told: Vec<_> = before
        .iter()
        .map(|(earlier, observed)| told(family, earlier, observed))
        .collect();
    for told in told.iter().rev() {
        family.table.recall(told);
    }
    family.table.guess();
    // A guess must do for all releases; otherwise there is none.
    let guessed = &family.table;
    let does_for_all = told.iter_mut().all(|told| told.take_guesses(guessed));
    if !does_for_all {
        family.table.forget_guesses();
        for told in &mut told {
            told.forget_guesses();
        }
    }
    for told in &told {
        family.table.remember(told);
        family.table.widen(told.policy());
    }
}

/// What a release before told of the counts of a family: what one of its cells showed, nobody can take back.
fn told(family: &Family, earlier: &Earlier, observed: &[&Observed]) -> Table {
    let mut told = family.filled(earlier.policy, observed);
    let (mut shown, mut masked) = (BTreeSet::new(), BTreeSet::new());
    for one in observed {
        let Some(cell) = earlier.contents.get(&one.key) else {
            continue;
        };
        for (part, as_shown) in PARTS
            .into_iter()
            .zip([cell.numerator, cell.denominator, cell.value])
        {
            let Some(at) = family.at(one, part) else { continue };
            match as_shown {
                Shown::Suppressed => masked.insert(at),
                Shown::Exact(_) | Shown::Rounded(_) => shown.insert(at),
                Shown::NotAvailable | Shown::NotApplicable => false,
            };
        }
    }
    for at in masked.difference(&shown) {
        told.mask(*at);
    }
    told
}

/// Masks what its source withheld, and what is of few who were asked, with everything that is known of it.
fn mask_withheld(family: &mut Family, observed: &[&Observed]) {
    let policy = family.table.policy();
    for one in observed
        .iter()
        .filter(|one| one.is_withheld() || one.is_of_few(policy))
    {
        for part in PARTS {
            if let Some(at) = family.at(one, part) {
                family.table.mask(at);
            }
        }
    }
}

/// Protects all families, until a count that several of them tell of is masked in each of them or in none.
fn protect_together(families: &mut [Family]) -> Result<Protection, Exposed> {
    let same = same_counts(families);
    loop {
        let mut all = Protection::default();
        for family in families.iter_mut() {
            let done = protect(&mut family.table)?;
            all.primary += done.primary;
            all.secondary += done.secondary;
            all.is_all_masked |= done.is_all_masked;
        }
        let mut is_done = true;
        for counts in &same {
            let standing = |(family, at): &(usize, At)| families[*family].table.standing(*at);
            if counts.iter().any(|count| standing(count) == Standing::Masked) {
                for (family, at) in counts {
                    let table = &mut families[*family].table;
                    if table.standing(*at) == Standing::Shown {
                        table.mask(*at);
                        is_done &= table.standing(*at) != Standing::Masked;
                    }
                }
            }
        }
        if is_done {
            return Ok(all);
        }
    }
}

/// Where the counts of a column stand, and what they are, by place and group.
type Told = BTreeMap<(Uuid, Uuid), (At, i64)>;

/// Counts of the same place and group that are the same number in columns that mostly agree: as far as anybody can tell, of the same
/// people.
fn same_counts(families: &[Family]) -> Vec<Vec<(usize, At)>> {
    let mut columns: BTreeMap<(usize, usize), Told> = BTreeMap::new();
    for (number, family) in families.iter().enumerate() {
        for at in family.table.places() {
            if let Some(truth) = family.table.truth(at).filter(|truth| *truth > 0) {
                let column = columns.entry((number, at[2])).or_default();
                column.insert(family.named(at), (at, truth));
            }
        }
    }
    let columns: Vec<_> = columns.into_iter().collect();
    let mut same = Vec::new();
    for (number, ((family, _), one)) in columns.iter().enumerate() {
        for ((other_family, _), other) in &columns[number + 1..] {
            let both: Vec<_> = one
                .iter()
                .filter_map(|(key, count)| Some((count, other.get(key)?)))
                .collect();
            let equal = || both.iter().filter(|((_, one), (_, other))| one == other);
            if 2 * equal().count() >= both.len() {
                same.extend(
                    equal().map(|((one, _), (other, _))| vec![(*family, *one), (*other_family, *other)]),
                );
            }
        }
    }
    same
}

/// What is published of an observation.
fn cell(families: &[Family], one: &Observed, policy: Policy) -> super::cells::Published {
    let shown = |part| shown(families, one, part);
    let mut source = one.source;
    if source.unit == IndicatorUnit::Pence {
        // Money of people that nobody counted stands in no table in which it could be masked.
        if one.is_of_few(policy) {
            source.marker = Some(ObservationMarker::Confidential);
        } else if one.denominator.is_none() && one.base.is_none() && source.marker.is_none() {
            source.marker = Some(ObservationMarker::NotAvailable);
        }
    }
    let mut numerator = shown(Part::Numerator);
    if source.unit == IndicatorUnit::Count {
        match shown(Part::Value) {
            Shown::Exact(value) | Shown::Rounded(value) => source.value = Some(value),
            Shown::Suppressed => numerator = Shown::Suppressed,
            Shown::NotAvailable | Shown::NotApplicable => {}
        }
    }
    publish(source, numerator, shown(Part::Denominator))
}

/// How a count is shown.
fn shown(families: &[Family], one: &Observed, part: Part) -> Shown {
    let found = families
        .iter()
        .find_map(|family| Some((family, family.at(one, part)?)));
    // What another indicator tells of the same people is not published as of this one.
    let is_given = one.counts().any(|(of, _)| of == part);
    let Some((family, at)) = found.filter(|_| is_given) else {
        return Shown::NotAvailable;
    };
    match (family.table.standing(at), family.table.shown(at)) {
        (Standing::Masked, _) => Shown::Suppressed,
        // Everybody knows it from a release before; this one shows nothing that its own policy calls small.
        (Standing::Shown, _) if is_small(family, at) => Shown::Suppressed,
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

fn is_small(family: &Family, at: At) -> bool {
    let truth = family.table.truth(at);
    truth.is_some_and(|truth| family.table.policy().is_small(truth))
}

/// Counts are whole; what is not, such as a population worked out from others, is taken to the nearest.
pub(super) fn whole(number: Decimal) -> i64 {
    (number.0 + 500_000).div_euclid(1_000_000)
}

#[cfg(test)]
mod tests;
