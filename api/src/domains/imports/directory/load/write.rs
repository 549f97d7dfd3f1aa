//! Writes a chunk of an edition: what is new, what changed, and what was wrong with rows.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use entity::id::{GeographyId, OrganisationId, OrganisationIdentifierId, SiteId, SiteIdentifierId};
use entity::outcomes::import_batch;
use entity::outcomes::kinds::ImportStatus;
use entity::parties::kinds::{IdentifierScheme, Nation, OrganisationKind, OrganisationStatus};
use entity::parties::{organisation, organisation_identifier, site, site_identifier};
use sea_orm::{ActiveModelTrait, Set};

use super::super::super::fault::{Fault, FaultKind};
use super::super::super::load::{ImportFailure, change, error, faults};
use super::super::entry::{Code, Entry, Location, Provider};
use super::known::Known;
use super::read::Chunk;
use super::services::{Said, Steps};
use super::{Done, Leave};
use crate::policy::areas::imports::update_listed;
use crate::store::{StoreError, WriteSession};

/// What a chunk asks for.
#[derive(Default)]
struct Plan {
    today: NaiveDate,
    organisations: Vec<organisation::ActiveModel>,
    organisation_codes: Vec<organisation_identifier::ActiveModel>,
    renamed: Vec<(organisation::Model, String)>,
    sites: Vec<site::ActiveModel>,
    site_codes: Vec<site_identifier::ActiveModel>,
    changed: Vec<(site::Model, site::ActiveModel)>,
    services: Steps,
    remarks: Vec<Fault>,
}

/// Writes a chunk, in one transaction.
pub(super) async fn chunk(
    session: WriteSession,
    permit: &Leave,
    batch: import_batch::Model,
    chunk: Chunk,
    done: &mut Done,
) -> Result<import_batch::Model, ImportFailure> {
    let mut known = Known::of(&session, &chunk.entries).await?;
    let mut plan = Plan {
        today: session.now().date_naive(),
        ..Plan::default()
    };
    let mut providers = HashMap::new();
    for entry in &chunk.entries {
        let provider = match providers.get(&entry.provider.code) {
            Some(id) => *id,
            None => plan.provider(&mut known, entry),
        };
        providers.insert(entry.provider.code.clone(), provider);
        plan.location(&mut known, entry, provider);
    }
    let before = done.clone();
    plan.count(done);
    let made = done.made() - before.made();
    let remarks = plan.write(&session, permit).await?;
    say(&session, permit, &batch, chunk.faults.iter().chain(&remarks)).await?;
    let row = import_batch::ActiveModel {
        rows_read: Set(number(chunk.read)),
        rows_refused: Set(number(chunk.refused)),
        records_made: Set(batch.records_made + number(made)),
        ..Default::default()
    };
    change(session, batch, row, "import_batch.advance").await
}

impl Plan {
    /// The organisation of a provider: that with its code, or with its number as a company; else a new one.
    fn provider(&mut self, known: &mut Known, entry: &Entry) -> OrganisationId {
        let provider = &entry.provider;
        let own = (IdentifierScheme::CqcProvider, provider.code.clone());
        let company = provider
            .codes
            .iter()
            .find(|(scheme, _)| *scheme == IdentifierScheme::CompaniesHouse);
        let found = known.holders.get(&own);
        let found = found.or_else(|| company.and_then(|company| known.holders.get(company)));
        let Some(id) = found.copied() else {
            let id = OrganisationId::new();
            self.organisations.push(listed(id, provider));
            self.codes(known, entry, id, own);
            return id;
        };
        let is_own = known.own.contains(&id);
        let row = known.organisations.get(&id);
        match row.filter(|row| row.name != provider.name) {
            Some(_) if is_own => self.kept(entry, "organisation"),
            // One organisation may have two codes, and two names with them: the first counts.
            Some(row) if self.renamed.iter().all(|(other, _)| other.id != id) => {
                self.renamed.push((row.clone(), provider.name.clone()));
            }
            _ => {}
        }
        if !is_own {
            self.codes(known, entry, id, own);
        }
        id
    }

    /// Gives an organisation the codes of its provider that nobody has.
    fn codes(&mut self, known: &mut Known, entry: &Entry, id: OrganisationId, own: Code) {
        for code in std::iter::once(own).chain(entry.provider.codes.iter().cloned()) {
            match known.holders.get(&code) {
                Some(holder) if *holder == id => {}
                Some(_) => self.taken(entry, &code),
                None => {
                    self.organisation_codes
                        .push(organisation_identifier::ActiveModel {
                            id: Set(OrganisationIdentifierId::new()),
                            organisation_id: Set(id),
                            scheme: Set(code.0),
                            value: Set(code.1.clone()),
                            valid_from: Set(None),
                            valid_to: Set(None),
                            ..Default::default()
                        });
                    known.holders.insert(code, id);
                }
            }
        }
    }

    fn location(&mut self, known: &mut Known, entry: &Entry, provider: OrganisationId) {
        let location = &entry.location;
        let area = location.local_authority.as_deref().and_then(|name| {
            let area = known.area(name);
            if area.is_none() {
                let message = format!("No council's area is called \"{name}\"; it is left out.");
                self.remark(entry, FaultKind::UnknownAuthority, message);
            }
            area
        });
        let own = (IdentifierScheme::CqcLocation, location.code.clone());
        let is_own = known.own.contains(&provider);
        let Some(id) = known.site_holders.get(&own).copied() else {
            if is_own {
                return self.kept(entry, "organisation, which has no such site");
            }
            let id = SiteId::new();
            self.sites.push(arrival(id, location, provider, area));
            self.site_codes(known, entry, id, own);
            self.services
                .add(id, self.said(location, id, provider).steps(&[]));
            return;
        };
        let Some(before) = known.sites.get(&id).cloned() else {
            return;
        };
        let is_own = is_own || known.own.contains(&before.organisation_id) || before.created_by.is_some();
        let services = self.said(location, id, provider).steps(known.services(id));
        if !is_own {
            self.services.add(id, services);
        } else if !services.is_empty() {
            self.kept(entry, "site and its services");
        }
        match differing(&before, row(location, provider, area)) {
            Some(_) if is_own => self.kept(entry, "site"),
            Some(row) if self.changed.iter().all(|(other, _)| other.id != id) => {
                self.changed.push((before, row));
            }
            _ => {}
        }
        if !is_own {
            self.site_codes(known, entry, id, own);
        }
    }

    const fn said<'a>(&self, location: &'a Location, site: SiteId, provider: OrganisationId) -> Said<'a> {
        Said {
            location,
            site,
            provider,
            today: self.today,
        }
    }

    fn site_codes(&mut self, known: &mut Known, entry: &Entry, id: SiteId, own: Code) {
        let ods = entry.location.ods.clone().map(|ods| (IdentifierScheme::Ods, ods));
        let since = entry.location.since;
        for (code, since) in std::iter::once((own, since)).chain(ods.map(|ods| (ods, None))) {
            match known.site_holders.get(&code) {
                Some(holder) if *holder == id => {}
                Some(_) => self.taken(entry, &code),
                None => {
                    self.site_codes.push(site_identifier::ActiveModel {
                        id: Set(SiteIdentifierId::new()),
                        site_id: Set(id),
                        scheme: Set(code.0),
                        value: Set(code.1.clone()),
                        valid_from: Set(since),
                        valid_to: Set(None),
                        ..Default::default()
                    });
                    known.site_holders.insert(code, id);
                }
            }
        }
    }

    fn kept(&mut self, entry: &Entry, what: &str) {
        let message =
            format!("Somebody looks after this {what}. What they recorded stays: only they change it.");
        self.remark(entry, FaultKind::KeptByOrganisation, message);
    }

    fn taken(&mut self, entry: &Entry, (scheme, value): &Code) {
        let message =
            format!("The code {value} of the register {scheme} is somebody else's here; it is left out.");
        self.remark(entry, FaultKind::CodeTaken, message);
    }

    fn remark(&mut self, entry: &Entry, kind: FaultKind, message: String) {
        self.remarks.push(Fault {
            row: entry.row,
            column: None,
            kind,
            message,
        });
    }

    fn count(&self, done: &mut Done) {
        done.organisations += self.organisations.len() as u64;
        done.sites += self.sites.len() as u64;
        done.services += self.services.begin.len() as u64;
        done.services_ended += self.services.end.len() as u64;
        done.changed += (self.renamed.len() + self.changed.len() + self.services.change.len()) as u64;
    }

    /// Writes all of it, and answers what is worth a remark.
    async fn write(self, session: &WriteSession, permit: &Leave) -> Result<Vec<Fault>, ImportFailure> {
        session.insert_all(permit, self.organisations).await?;
        session.insert_all(permit, self.organisation_codes).await?;
        session.insert_all(permit, self.sites).await?;
        session.insert_all(permit, self.site_codes).await?;
        for (before, name) in self.renamed {
            let version = before.version;
            let row = organisation::ActiveModel {
                name: Set(name),
                ..Default::default()
            };
            let _: organisation::Model = session
                .update::<_, _, _, std::convert::Infallible>(&update_listed(before, false)?, version, row)
                .await?;
        }
        for (before, row) in self.changed {
            let version = before.version;
            let _: site::Model = session
                .update::<_, _, _, std::convert::Infallible>(&update_listed(before, false)?, version, row)
                .await?;
        }
        self.services.write(session, permit).await?;
        Ok(self.remarks)
    }
}

/// A provider as an organisation. The regulator lists it, so the platform need not check it again.
fn listed(id: OrganisationId, provider: &Provider) -> organisation::ActiveModel {
    organisation::ActiveModel {
        id: Set(id),
        name: Set(provider.name.clone()),
        kind: Set(OrganisationKind::CareProvider),
        nation: Set(Nation::England),
        status: Set(OrganisationStatus::Active),
        ..Default::default()
    }
}

/// What an edition says of a site. What it leaves blank is not set.
fn row(location: &Location, provider: OrganisationId, area: Option<GeographyId>) -> site::ActiveModel {
    let mut row = site::ActiveModel {
        organisation_id: Set(provider),
        name: Set(location.name.clone()),
        ..Default::default()
    };
    if let Some(uprn) = &location.uprn {
        row.uprn = Set(Some(uprn.clone()));
    }
    if let Some(postcode) = &location.postcode {
        row.postcode = Set(Some(postcode.clone()));
    }
    if let Some((north, east)) = location.position {
        (row.latitude, row.longitude) = (Set(Some(north)), Set(Some(east)));
    }
    if let Some(area) = area {
        row.local_authority_id = Set(Some(area));
    }
    if let Some(beds) = location.beds {
        row.beds = Set(Some(beds));
    }
    if let Some(rating) = location.rating {
        (row.cqc_rating, row.rating_on) = (Set(Some(rating)), Set(location.rating_on));
    }
    row
}

/// A location as a site that is new here.
fn arrival(
    id: SiteId,
    location: &Location,
    provider: OrganisationId,
    area: Option<GeographyId>,
) -> site::ActiveModel {
    site::ActiveModel {
        id: Set(id),
        organisation_id: Set(provider),
        name: Set(location.name.clone()),
        uprn: Set(location.uprn.clone()),
        postcode: Set(location.postcode.clone()),
        latitude: Set(location.position.map(|(north, _)| north)),
        longitude: Set(location.position.map(|(_, east)| east)),
        local_authority_id: Set(area),
        beds: Set(location.beds),
        cqc_rating: Set(location.rating),
        rating_on: Set(location.rating_on),
        ..Default::default()
    }
}

/// What an edition says otherwise of a site; nothing where it says the same.
fn differing(before: &site::Model, mut said: site::ActiveModel) -> Option<site::ActiveModel> {
    use site::Column as C;
    let there = site::ActiveModel::from(before.clone());
    let mut differs = false;
    for column in [
        C::OrganisationId,
        C::Name,
        C::Uprn,
        C::Postcode,
        C::Latitude,
        C::Longitude,
        C::LocalAuthorityId,
        C::Beds,
        C::CqcRating,
        C::RatingOn,
    ] {
        if said.get(column).is_set() && said.get(column).into_value() == there.get(column).into_value() {
            said.not_set(column);
        }
        differs |= said.get(column).is_set();
    }
    differs.then_some(said)
}

/// Says that the edition has come to its end.
pub(super) async fn finish(
    session: WriteSession,
    batch: import_batch::Model,
) -> Result<import_batch::Model, ImportFailure> {
    let row = import_batch::ActiveModel {
        status: Set(ImportStatus::Completed),
        finished_at: Set(Some(session.now())),
        ..Default::default()
    };
    change(session, batch, row, "import_batch.finish").await
}

/// Keeps what was wrong with rows, once: a run before that was stopped may have said it.
async fn say(
    session: &WriteSession,
    permit: &Leave,
    batch: &import_batch::Model,
    found: impl Iterator<Item = &Fault>,
) -> Result<(), StoreError> {
    let said = faults(session, batch.id).await?;
    let said: HashSet<_> = said
        .into_iter()
        .map(|row| (row.row_number, row.code, row.message))
        .collect();
    let new = found
        .filter(|fault| !said.contains(&(number(fault.row), fault.kind.to_string(), fault.message.clone())));
    let rows = new.map(|fault| error(batch, fault, session.now())).collect();
    session.insert_all(permit, rows).await
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
