//! Which subjects of figures are known to add up: a country is its regions, a region its councils, and a country all councils of its
//! types; an organisation is its sites and what it runs without one, and a site its services. An outsider knows that, whether or not
//! a release says so.

use std::collections::BTreeMap;

use entity::parties::kinds::GeographyLevel;
use entity::parties::{geography, service, site};

use super::assemble::Whole;

/// The last number of a council of inner London.
const LAST_OF_INNER_LONDON: &str = "714";

/// The areas that add up to another.
#[must_use]
pub fn wholes(areas: &[geography::Model]) -> Vec<Whole> {
    let mut wholes: BTreeMap<_, Vec<_>> = BTreeMap::new();
    // By level: what is divided in two ways is each of them, not both together.
    for area in areas
        .iter()
        .filter(|area| area.level != GeographyLevel::CouncilType)
    {
        if let Some(parent) = area.parent_id {
            let parts = wholes.entry((parent.0, area.level.to_string()));
            parts.or_default().push(area.id.0);
        }
    }
    let mut wholes: Vec<Whole> = wholes
        .into_iter()
        .map(|((whole, _), parts)| (whole, parts))
        .collect();
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

/// The sites and services that add up to a site or an organisation. Some people may use several of them; whoever works with the sums
/// is taken to know how many.
#[must_use]
pub fn within_organisations(sites: &[site::Model], services: &[service::Model]) -> Vec<Whole> {
    let mut wholes: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for site in sites {
        wholes.entry(site.organisation_id.0).or_default().push(site.id.0);
    }
    for service in services {
        let whole = service
            .site_id
            .map_or(service.provider_organisation_id.0, |site| site.0);
        wholes.entry(whole).or_default().push(service.id.0);
    }
    wholes.into_iter().collect()
}

/// The letter of a council's type, as the national figures have it.
#[must_use]
pub fn council_type(area: &geography::Model) -> Option<&'static str> {
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
