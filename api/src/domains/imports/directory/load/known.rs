//! What this database knows already of what a chunk names.

use std::collections::{BTreeSet, HashMap, HashSet};

use entity::id::{GeographyId, OrganisationId, SiteId};
use entity::parties::kinds::{GeographyLevel, IdentifierScheme, ScopeType};
use entity::parties::{
    geography, organisation, organisation_identifier, role_grant, service, site, site_identifier,
};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;

use super::super::entry::{Code, Entry};
use crate::store::{StoreError, WriteSession};

/// Organisations, sites, services, and who holds which code.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub organisations: HashMap<OrganisationId, organisation::Model>,
    pub holders: HashMap<Code, OrganisationId>,
    pub sites: HashMap<SiteId, site::Model>,
    pub site_holders: HashMap<Code, SiteId>,
    services: HashMap<SiteId, Vec<service::Model>>,
    /// Organisations that look after their own rows.
    pub own: HashSet<OrganisationId>,
    areas: HashMap<String, GeographyId>,
}

impl Known {
    /// Reads what the entries of a chunk name.
    pub async fn of(session: &WriteSession, entries: &[Entry]) -> Result<Self, StoreError> {
        let mut known = Self {
            areas: areas(session).await?,
            ..Self::default()
        };
        known.read_sites(session, entries).await?;
        known.read_organisations(session, entries).await?;
        known.own = looked_after(session, known.organisations.values()).await?;
        Ok(known)
    }

    /// The council's area of a name, as far as one is known.
    pub fn area(&self, name: &str) -> Option<GeographyId> {
        self.areas.get(&bare(name)).copied()
    }

    /// The services at a site, of which some may be over.
    pub fn services(&self, site: SiteId) -> &[service::Model] {
        self.services.get(&site).map_or(&[], Vec::as_slice)
    }

    async fn read_sites(&mut self, session: &WriteSession, entries: &[Entry]) -> Result<(), StoreError> {
        use site_identifier::Column as C;
        let of = |scheme: IdentifierScheme, values: BTreeSet<&str>| {
            Condition::all()
                .add(C::Scheme.eq(scheme))
                .add(C::Value.is_in(values))
        };
        let codes = entries.iter().map(|entry| entry.location.code.as_str()).collect();
        let ods = entries.iter().filter_map(|entry| entry.location.ods.as_deref());
        let held = Condition::any()
            .add(of(IdentifierScheme::CqcLocation, codes))
            .add(of(IdentifierScheme::Ods, ods.collect()));
        let held = Condition::all().add(C::ValidTo.is_null()).add(held);
        let held = session.facts::<site_identifier::Entity>(held).await?;
        let ids: BTreeSet<_> = held.iter().map(|row| row.site_id).collect();
        let services = Condition::all().add(service::Column::SiteId.is_in(ids.clone()));
        for row in session.facts::<service::Entity>(services).await? {
            if let Some(site) = row.site_id {
                self.services.entry(site).or_default().push(row);
            }
        }
        let sites = Condition::all().add(site::Column::Id.is_in(ids));
        let sites = session.facts::<site::Entity>(sites).await?;
        self.sites = sites.into_iter().map(|row| (row.id, row)).collect();
        self.site_holders = held
            .into_iter()
            .map(|row| ((row.scheme, row.value), row.site_id))
            .collect();
        Ok(())
    }

    async fn read_organisations(
        &mut self,
        session: &WriteSession,
        entries: &[Entry],
    ) -> Result<(), StoreError> {
        use organisation_identifier::Column as C;
        let mut values: HashMap<IdentifierScheme, BTreeSet<&str>> = HashMap::new();
        for entry in entries {
            let own = (IdentifierScheme::CqcProvider, entry.provider.code.as_str());
            let others = entry
                .provider
                .codes
                .iter()
                .map(|(scheme, value)| (*scheme, value.as_str()));
            for (scheme, value) in others.chain([own]) {
                values.entry(scheme).or_default().insert(value);
            }
        }
        let mut held = Condition::any();
        for (scheme, values) in values {
            let of = Condition::all()
                .add(C::Scheme.eq(scheme))
                .add(C::Value.is_in(values));
            held = held.add(of);
        }
        let held = Condition::all().add(C::ValidTo.is_null()).add(held);
        let held = session.facts::<organisation_identifier::Entity>(held).await?;
        let of_sites = self.sites.values().map(|row| row.organisation_id);
        let ids: BTreeSet<_> = held
            .iter()
            .map(|row| row.organisation_id)
            .chain(of_sites)
            .collect();
        let rows = Condition::all().add(organisation::Column::Id.is_in(ids));
        let rows = session.facts::<organisation::Entity>(rows).await?;
        self.organisations = rows.into_iter().map(|row| (row.id, row)).collect();
        self.holders = held
            .into_iter()
            .map(|row| ((row.scheme, row.value), row.organisation_id))
            .collect();
        Ok(())
    }
}

/// Those of the organisations in which somebody was ever given a role, or which a user registered: they look after their own rows.
pub(super) async fn looked_after(
    session: &WriteSession,
    organisations: impl Iterator<Item = &organisation::Model> + Clone,
) -> Result<HashSet<OrganisationId>, StoreError> {
    let ids: BTreeSet<_> = organisations.clone().map(|row| row.id).collect();
    let grants = Condition::all()
        .add(role_grant::Column::ScopeType.eq(ScopeType::Organisation))
        .add(role_grant::Column::OrganisationId.is_in(ids));
    let grants = session.facts::<role_grant::Entity>(grants).await?;
    let granted = grants.iter().filter_map(|row| row.organisation_id);
    let registered = organisations
        .filter(|row| row.created_by.is_some())
        .map(|row| row.id);
    Ok(granted.chain(registered).collect())
}

/// The areas of councils by name. A name that two have stands for neither.
async fn areas(session: &WriteSession) -> Result<HashMap<String, GeographyId>, StoreError> {
    let councils = Condition::all()
        .add(geography::Column::Level.eq(GeographyLevel::LocalAuthority))
        .add(geography::Column::ValidTo.is_null());
    let (mut areas, mut doubled) = (HashMap::new(), HashSet::new());
    for row in session.facts::<geography::Entity>(councils).await? {
        if areas.insert(bare(&row.name), row.id).is_some() {
            doubled.insert(bare(&row.name));
        }
    }
    areas.retain(|name, _| !doubled.contains(name));
    Ok(areas)
}

fn bare(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
