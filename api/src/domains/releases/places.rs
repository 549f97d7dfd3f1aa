//! Which areas are known to add up: a country is its regions, a region its councils, and a country all councils of its types. An
//! outsider knows that, whether or not a release says so.

use std::collections::BTreeMap;

use entity::parties::geography;
use entity::parties::kinds::GeographyLevel;

use super::assemble::Whole;

/// The last number of a council of inner London.
const LAST_OF_INNER_LONDON: &str = "714";

/// The areas that add up to another.
#[must_use]
pub fn wholes(areas: &[geography::Model]) -> Vec<Whole> {
    let mut wholes: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for area in areas {
        if let Some(parent) = area.parent_id {
            wholes.entry(parent.0).or_default().push(area.id.0);
        }
    }
    let mut wholes: Vec<Whole> = wholes.into_iter().collect();
    let types: Vec<_> = areas
        .iter()
        .filter(|area| area.level == GeographyLevel::CouncilType)
        .collect();
    for of_type in &types {
        let councils = areas
            .iter()
            .filter(|area| council_type(area) == of_type.local_code.as_deref());
        let councils: Vec<_> = councils
            .filter(|area| area.level == GeographyLevel::LocalAuthority)
            .map(|area| area.id.0)
            .collect();
        wholes.push((of_type.id.0, councils));
    }
    let countries = areas.iter().filter(|area| area.level == GeographyLevel::Country);
    for country in countries.filter(|area| area.gss.as_deref() == Some("E92000001")) {
        wholes.push((country.id.0, types.iter().map(|area| area.id.0).collect()));
    }
    wholes.retain(|(_, parts)| !parts.is_empty());
    wholes
}

/// The letter of a council's type, as the national figures have it.
fn council_type(area: &geography::Model) -> Option<&'static str> {
    let is_inner = area
        .cassr
        .as_deref()
        .is_some_and(|number| number <= LAST_OF_INNER_LONDON);
    match area.gss.as_deref()?.get(..3)? {
        "E06" => Some("U"),
        "E08" => Some("M"),
        "E10" => Some("S"),
        "E09" if is_inner => Some("I"),
        "E09" => Some("O"),
        _ => None,
    }
}
