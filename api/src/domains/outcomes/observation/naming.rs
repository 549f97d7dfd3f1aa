//! What figures and targets name: the wording, the subject, the people. Each is looked up once, however many rows name it.

use std::collections::{BTreeSet, HashMap};

use async_graphql::ID;
use entity::id::DisaggregationId;
use entity::outcomes::kinds::{DisaggregationDimension, SubjectType};
use entity::outcomes::{disaggregation, indicator, indicator_version, outcome_framework};
use entity::parties::{geography, organisation, service, site};
use sea_orm::ColumnTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Condition;
use tokio::join;

use super::mutation::{ObservationInput, SubjectInput};
use crate::domains::outcomes::rules::values::Measure;
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations};
use crate::graphql::Refusal;
use crate::planner::declare::Declared;
use crate::planner::global_id;
use crate::policy::areas::observations::Owners;
use crate::store::{StoreError, WriteSession};

/// The code of all people there are.
pub(in crate::domains::outcomes) const TOTAL: &str = "TOTAL";

/// What a figure is about, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::domains::outcomes) struct Subject {
    pub of: SubjectType,
    pub id: Uuid,
    pub owners: Owners,
    /// The field of the input that names it.
    pub field: &'static str,
}

impl Subject {
    /// The id where the subject is of this type.
    pub fn as_a<I: From<Uuid>>(&self, of: SubjectType) -> Option<I> {
        (self.of == of).then(|| self.id.into())
    }
}

/// A wording, with what it is a wording of.
#[derive(Clone, Debug)]
pub(in crate::domains::outcomes) struct Wording {
    pub version: indicator_version::Model,
    pub indicator: indicator::Model,
    pub framework: outcome_framework::Model,
}

/// How an indicator is measured.
pub(in crate::domains::outcomes) fn measure(indicator: &indicator::Model) -> Measure {
    Measure {
        unit: indicator.unit,
        decimals: u32::try_from(indicator.decimals).unwrap_or_default(),
    }
}

/// Of whom of the people there a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum People {
    All,
    Those(Uuid),
}

/// What has been looked up so far: of an id, what the viewer may see.
pub(in crate::domains::outcomes) struct Names<'a> {
    session: &'a WriteSession,
    wordings: HashMap<Uuid, Option<Wording>>,
    subjects: HashMap<(SubjectType, Uuid), Option<Owners>>,
    people: HashMap<People, Option<DisaggregationId>>,
}

impl<'a> Names<'a> {
    pub fn new(session: &'a WriteSession) -> Self {
        Self {
            session,
            wordings: HashMap::new(),
            subjects: HashMap::new(),
            people: HashMap::new(),
        }
    }

    /// The wording with an id. It is kept as it is until the change is over.
    pub async fn wording(
        &mut self,
        violations: &mut Violations,
        (field, id): (&str, &ID),
    ) -> Result<Option<Wording>, StoreError> {
        let found = match global_id::decode_as(indicator_version::Entity::PREFIX, id) {
            None => None,
            Some(id) => self.wording_of(id).await?,
        };
        Ok(or_not_found(violations, field, found))
    }

    /// The same by the id of its row.
    pub async fn wording_of(&mut self, id: Uuid) -> Result<Option<Wording>, StoreError> {
        if let Some(known) = self.wordings.get(&id) {
            return Ok(known.clone());
        }
        let found = self.read_wording(id).await?;
        self.wordings.insert(id, found.clone());
        Ok(found)
    }

    async fn read_wording(&self, id: Uuid) -> Result<Option<Wording>, StoreError> {
        let session = self.session;
        let Some(version) = session.visible_and_kept::<indicator_version::Entity>(id).await? else {
            return Ok(None);
        };
        // Whoever sees a version sees what it is a version of.
        let this = Condition::all().add(indicator::Column::Id.eq(version.indicator_id));
        let mut found = session
            .facts_with::<indicator::Entity, outcome_framework::Entity>(this)
            .await?;
        Ok(found.pop().and_then(|(indicator, framework)| {
            Some(Wording {
                version,
                indicator,
                framework: framework?,
            })
        }))
    }

    /// The subject that an input names: just one.
    pub async fn subject(
        &mut self,
        violations: &mut Violations,
        input: &SubjectInput,
    ) -> Result<Option<Subject>, StoreError> {
        let Some((of, field, id)) = violations.keep(named_subject(input)) else {
            return Ok(None);
        };
        let found = match global_id::decode_as(prefix(of), id) {
            None => None,
            Some(id) => self.subject_of(of, id, field).await?,
        };
        Ok(or_not_found(violations, field, found))
    }

    /// The same by the id of its row; `field` names it.
    pub async fn subject_of(
        &mut self,
        of: SubjectType,
        id: Uuid,
        field: &'static str,
    ) -> Result<Option<Subject>, StoreError> {
        let owners = if let Some(known) = self.subjects.get(&(of, id)) {
            *known
        } else {
            let found = self.read_owners(of, vec![id]).await?.pop();
            let found = found.map(|(_, owners)| owners);
            self.subjects.insert((of, id), found);
            found
        };
        Ok(owners.map(|owners| Subject {
            of,
            id,
            owners,
            field,
        }))
    }

    /// Looks up at once what several figures name, as far as it is not known: beside each other what does not depend on each other.
    pub async fn look_up(&mut self, inputs: &[&ObservationInput]) -> Result<(), StoreError> {
        let versions = inputs.iter().filter_map(|input| {
            global_id::decode_as(indicator_version::Entity::PREFIX, &input.indicator_version_id)
        });
        let versions = versions.filter(|id| !self.wordings.contains_key(id)).collect();
        let people = inputs
            .iter()
            .filter_map(|input| named_people(input.disaggregation_id.as_ref()));
        let people = people.filter(|id| !self.people.contains_key(id)).collect();
        let (wordings, people, owners) = join!(
            self.read_wordings(versions),
            self.read_all_people(people),
            self.read_subjects(inputs),
        );
        self.wordings.extend(wordings?);
        self.people.extend(people?);
        self.subjects.extend(owners?);
        Ok(())
    }

    /// In the order of their ids, so that nobody who keeps the same ones waits in a circle.
    async fn read_wordings(&self, ids: BTreeSet<Uuid>) -> Result<Vec<(Uuid, Option<Wording>)>, StoreError> {
        let mut read = Vec::with_capacity(ids.len());
        for id in ids {
            read.push((id, self.read_wording(id).await?));
        }
        Ok(read)
    }

    async fn read_all_people(
        &self,
        named: BTreeSet<People>,
    ) -> Result<Vec<(People, Option<DisaggregationId>)>, StoreError> {
        let mut read = Vec::with_capacity(named.len());
        for named in named {
            read.push((named, self.read_people(named).await?));
        }
        Ok(read)
    }

    async fn read_subjects(
        &self,
        inputs: &[&ObservationInput],
    ) -> Result<Vec<((SubjectType, Uuid), Option<Owners>)>, StoreError> {
        let mut unknown: HashMap<SubjectType, BTreeSet<Uuid>> = HashMap::new();
        for input in inputs {
            if let Ok((of, _, id)) = named_subject(&input.subject)
                && let Some(id) = global_id::decode_as(prefix(of), id)
                && !self.subjects.contains_key(&(of, id))
            {
                unknown.entry(of).or_default().insert(id);
            }
        }
        let mut read = Vec::new();
        for (of, ids) in unknown {
            let found = self.read_owners(of, ids.iter().copied().collect()).await?;
            let found: HashMap<_, _> = found.into_iter().collect();
            read.extend(ids.into_iter().map(|id| ((of, id), found.get(&id).copied())));
        }
        Ok(read)
    }

    /// Whose figures those about these rows are, of the rows that the viewer may see.
    async fn read_owners(&self, of: SubjectType, ids: Vec<Uuid>) -> Result<Vec<(Uuid, Owners)>, StoreError> {
        let session = self.session;
        Ok(match of {
            SubjectType::Geography => {
                let areas = session.visible_beside::<geography::Entity>(ids).await?;
                let owners = areas.iter().map(|area| (area.id.0, Owners::of_area(area)));
                owners.collect()
            }
            SubjectType::Organisation => {
                let organisations = session.visible_beside::<organisation::Entity>(ids).await?;
                let owners = organisations
                    .iter()
                    .map(|row| (row.id.0, Owners::of_organisation(row)));
                owners.collect()
            }
            SubjectType::Service => {
                let services = session.visible_beside::<service::Entity>(ids).await?;
                let owners = services
                    .iter()
                    .map(|service| (service.id.0, Owners::of_service(service)));
                owners.collect()
            }
            SubjectType::Site => {
                let sites = session.visible_beside::<site::Entity>(ids).await?;
                let owners = sites.iter().map(|site| (site.id.0, Owners::of_site(site)));
                owners.collect()
            }
        })
    }

    /// The people with an id; all people when none is named.
    pub async fn people(
        &mut self,
        violations: &mut Violations,
        id: Option<&ID>,
    ) -> Result<Option<DisaggregationId>, StoreError> {
        let found = match named_people(id) {
            None => None,
            Some(named) => {
                if let Some(known) = self.people.get(&named) {
                    *known
                } else {
                    let found = self.read_people(named).await?;
                    self.people.insert(named, found);
                    found
                }
            }
        };
        Ok(or_not_found(violations, "disaggregationId", found))
    }

    async fn read_people(&self, named: People) -> Result<Option<DisaggregationId>, StoreError> {
        use disaggregation::Column as C;
        let this = match named {
            People::Those(id) => Condition::all().add(C::Id.eq(id)),
            People::All => Condition::all()
                .add(C::Dimension.eq(DisaggregationDimension::Total))
                .add(C::Code.eq(TOTAL)),
        };
        let found = self
            .session
            .facts_beside::<disaggregation::Entity>(this)
            .await?
            .pop();
        Ok(found.map(|found| found.id))
    }
}

/// The people that an input names; none where what it names cannot be people.
fn named_people(id: Option<&ID>) -> Option<People> {
    match id {
        None => Some(People::All),
        Some(id) => global_id::decode_as(disaggregation::Entity::PREFIX, id).map(People::Those),
    }
}

/// What the ids of these subjects begin with.
const fn prefix(of: SubjectType) -> &'static str {
    match of {
        SubjectType::Geography => geography::Entity::PREFIX,
        SubjectType::Organisation => organisation::Entity::PREFIX,
        SubjectType::Service => service::Entity::PREFIX,
        SubjectType::Site => site::Entity::PREFIX,
    }
}

fn or_not_found<T>(violations: &mut Violations, field: &str, found: Option<T>) -> Option<T> {
    if found.is_none() {
        violations.extend(Refusal::not_found(field).0);
    }
    found
}

/// Just one subject is named.
fn named_subject(input: &SubjectInput) -> Result<(SubjectType, &'static str, &ID), Violation> {
    let named = [
        (SubjectType::Geography, "geographyId", input.geography_id.as_ref()),
        (
            SubjectType::Organisation,
            "organisationId",
            input.organisation_id.as_ref(),
        ),
        (SubjectType::Service, "serviceId", input.service_id.as_ref()),
        (SubjectType::Site, "siteId", input.site_id.as_ref()),
    ];
    let mut named = named
        .into_iter()
        .filter_map(|(of, field, id)| id.map(|id| (of, field, id)));
    match (named.next(), named.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => {
            let message = "Name what it is about: an area, an organisation, a service or a site.";
            Err(Violation::new(Code::Required, "geographyId", message))
        }
        (Some(_), Some((_, field, _))) => {
            let message = "A figure is about one thing. Record another figure for the other.";
            Err(Violation::new(Code::RuleBroken, field, message))
        }
    }
}

/// Whose figures those about the subject of a row are now.
pub(in crate::domains::outcomes) async fn owners(
    session: &WriteSession,
    of: SubjectType,
    id: Uuid,
) -> Result<Owners, StoreError> {
    let this = |column: sea_orm::sea_query::Expr| Condition::all().add(column);
    let owners = match of {
        SubjectType::Geography => {
            let found = session
                .facts::<geography::Entity>(this(geography::Column::Id.eq(id)))
                .await?;
            found.first().map(Owners::of_area)
        }
        SubjectType::Organisation => {
            let found = session
                .facts::<organisation::Entity>(this(organisation::Column::Id.eq(id)))
                .await?;
            found.first().map(Owners::of_organisation)
        }
        SubjectType::Service => {
            let found = session
                .facts::<service::Entity>(this(service::Column::Id.eq(id)))
                .await?;
            found.first().map(Owners::of_service)
        }
        SubjectType::Site => {
            let found = session
                .facts::<site::Entity>(this(site::Column::Id.eq(id)))
                .await?;
            found.first().map(Owners::of_site)
        }
    };
    Ok(owners.unwrap_or_default())
}
