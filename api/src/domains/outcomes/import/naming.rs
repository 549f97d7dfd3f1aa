//! Which wording, subject and people a row means: those that whoever asked may see, and no others.

use std::collections::HashMap;

use entity::id::DisaggregationId;
use entity::outcomes::kinds::{
    DisaggregationDimension, FrameworkStatus, ImportColumn as Column, SubjectType,
};
use entity::outcomes::{disaggregation, indicator, indicator_version, outcome_framework};
use entity::parties::{geography, organisation, service, site};
use sea_orm::ColumnTrait;
use sea_orm::prelude::{Date, Uuid};
use sea_orm::sea_query::Condition;

use super::fault::LineFault;
use super::said::{Said, SubjectSaid, WordingSaid};
use crate::domains::outcomes::observation::naming::{Names, Subject, Wording};
use crate::domains::violation::UserErrorCode as Code;
use crate::planner::declare::Declared;
use crate::planner::global_id;
use crate::store::{StoreError, WriteSession};

/// What a row names.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub wording: Wording,
    pub people: DisaggregationId,
}

/// What has been looked up so far in a transaction.
pub(super) struct Codes<'a> {
    session: &'a WriteSession,
    names: Names<'a>,
    wordings: HashMap<WordingSaid, Vec<Wording>>,
    areas: HashMap<(Column, String), Option<Uuid>>,
    people: HashMap<(DisaggregationDimension, String), Option<DisaggregationId>>,
}

/// There is nothing of that name that the viewer may see: the two look alike.
fn nothing(column: Column, raw: &str) -> LineFault {
    let message = "There is nothing by this name that you may see.";
    LineFault::said(Code::NotFound, column, message).of(raw)
}

impl<'a> Codes<'a> {
    pub fn new(session: &'a WriteSession) -> Self {
        Self {
            session,
            names: Names::new(session),
            wordings: HashMap::new(),
            areas: HashMap::new(),
            people: HashMap::new(),
        }
    }

    /// What the figure of a row is about.
    pub async fn subject(
        &mut self,
        said: &SubjectSaid,
    ) -> Result<Result<Subject, Vec<LineFault>>, StoreError> {
        let mut found: Vec<(Column, &str, Option<Subject>)> = Vec::new();
        if let Some(id) = &said.id {
            found.push((Column::SubjectId, id, self.subject_by_id(id).await?));
        }
        for (column, code) in [(Column::AreaGss, &said.gss), (Column::AreaCassr, &said.cassr)] {
            if let Some(code) = code {
                found.push((column, code, self.area(column, code).await?));
            }
        }
        let faults: Vec<_> = found
            .iter()
            .filter(|(_, _, subject)| subject.is_none())
            .map(|(column, raw, _)| nothing(*column, raw))
            .collect();
        if !faults.is_empty() {
            return Ok(Err(faults));
        }
        let mut subjects = found
            .into_iter()
            .filter_map(|(column, raw, subject)| Some((column, raw, subject?)));
        let Some((_, _, first)) = subjects.next() else {
            return Ok(Err(Vec::new()));
        };
        let mut faults: Vec<_> = subjects
            .filter(|(_, _, other)| other.id != first.id)
            .map(|(column, raw, _)| {
                let message =
                    "This is another thing than the row names elsewhere. A figure is about one thing.";
                LineFault::said(Code::RuleBroken, column, message).of(raw)
            })
            .collect();
        if let Some(of) = said.of.filter(|of| *of != first.of) {
            let message = format!("What the row names is a {}, not a {of}.", first.of);
            faults.push(LineFault::said(Code::RuleBroken, Column::SubjectType, message).of(&of.to_string()));
        }
        Ok(if faults.is_empty() { Ok(first) } else { Err(faults) })
    }

    async fn subject_by_id(&mut self, id: &str) -> Result<Option<Subject>, StoreError> {
        let kinds = [
            (geography::Entity::PREFIX, SubjectType::Geography),
            (organisation::Entity::PREFIX, SubjectType::Organisation),
            (service::Entity::PREFIX, SubjectType::Service),
            (site::Entity::PREFIX, SubjectType::Site),
        ];
        let Some((prefix, id)) = global_id::decode(id) else {
            return Ok(None);
        };
        match kinds.into_iter().find(|(kind, _)| *kind == prefix) {
            Some((_, of)) => self.names.subject_of(of, id, "subjectId").await,
            None => Ok(None),
        }
    }

    async fn area(&mut self, column: Column, code: &str) -> Result<Option<Subject>, StoreError> {
        let key = (column, code.to_owned());
        let id = if let Some(known) = self.areas.get(&key) {
            *known
        } else {
            let of = match column {
                Column::AreaCassr => geography::Column::Cassr,
                _ => geography::Column::Gss,
            };
            let this = Condition::all().add(of.eq(code));
            let found = self.session.facts::<geography::Entity>(this).await?.pop();
            let found = found.map(|area| area.id.0);
            self.areas.insert(key, found);
            found
        };
        match id {
            Some(id) => self.names.subject_of(SubjectType::Geography, id, "areaGss").await,
            None => Ok(None),
        }
    }

    /// The wording and the people of a row.
    pub async fn named(&mut self, said: &Said) -> Result<Result<Named, Vec<LineFault>>, StoreError> {
        let wording = self.wording(&said.wording, said.period).await?;
        let people = self.people(&said.people).await?;
        Ok(match (wording, people) {
            (Ok(wording), Some(people)) => Ok(Named { wording, people }),
            (wording, people) => {
                let mut faults: Vec<_> = wording.err().into_iter().collect();
                if people.is_none() {
                    faults.push(nothing(Column::PeopleCode, &said.people.1));
                }
                Err(faults)
            }
        })
    }

    async fn wording(
        &mut self,
        said: &WordingSaid,
        period: (Date, Date),
    ) -> Result<Result<Wording, LineFault>, StoreError> {
        if !self.wordings.contains_key(said) {
            let found = self.read_wordings(said).await?;
            self.wordings.insert(said.clone(), found);
        }
        let candidates = self.wordings.get(said).map_or(&[][..], Vec::as_slice);
        Ok(the_one(said, candidates, period))
    }

    /// Every wording that a row could mean.
    async fn read_wordings(&mut self, said: &WordingSaid) -> Result<Vec<Wording>, StoreError> {
        let ids = match &said.id {
            Some(id) => global_id::decode_as(indicator_version::Entity::PREFIX, id)
                .into_iter()
                .collect(),
            None => self.ids_by_code(said).await?,
        };
        let mut found = Vec::new();
        for id in ids {
            found.extend(self.names.wording_of(id).await?);
        }
        Ok(found)
    }

    async fn ids_by_code(&self, said: &WordingSaid) -> Result<Vec<Uuid>, StoreError> {
        let (Some(framework), Some(indicator)) = (&said.framework, &said.indicator) else {
            return Ok(Vec::new());
        };
        let mut called = Condition::all().add(outcome_framework::Column::Code.eq(framework));
        if let Some(edition) = &said.edition {
            called = called.add(outcome_framework::Column::VersionLabel.eq(edition));
        }
        let frameworks = self.session.facts::<outcome_framework::Entity>(called).await?;
        let ids: Vec<_> = frameworks.iter().map(|row| row.id).collect();
        let called = Condition::all()
            .add(indicator::Column::FrameworkId.is_in(ids))
            .add(indicator::Column::Code.eq(indicator));
        let indicators = self.session.facts::<indicator::Entity>(called).await?;
        let ids: Vec<_> = indicators.iter().map(|row| row.id).collect();
        let mut of_those = Condition::all().add(indicator_version::Column::IndicatorId.is_in(ids));
        if let Some(number) = said.number {
            of_those = of_those.add(indicator_version::Column::Number.eq(number));
        }
        let versions = self.session.facts::<indicator_version::Entity>(of_those).await?;
        Ok(versions.into_iter().map(|row| row.id.0).collect())
    }

    async fn people(
        &mut self,
        people: &(DisaggregationDimension, String),
    ) -> Result<Option<DisaggregationId>, StoreError> {
        use disaggregation::Column as C;
        if let Some(known) = self.people.get(people) {
            return Ok(*known);
        }
        let (dimension, code) = people;
        let this = Condition::all()
            .add(C::Dimension.eq(*dimension))
            .add(C::Code.eq(code));
        let found = self.session.facts::<disaggregation::Entity>(this).await?.pop();
        let found = found.map(|found| found.id);
        self.people.insert(people.clone(), found);
        Ok(found)
    }
}

/// The one wording that a row means, of those that it could mean and that the viewer may see.
fn the_one(
    said: &WordingSaid,
    candidates: &[Wording],
    (start, end): (Date, Date),
) -> Result<Wording, LineFault> {
    if let Some(id) = &said.id {
        let wording = candidates
            .first()
            .ok_or_else(|| nothing(Column::IndicatorVersionId, id))?;
        return agrees(said, wording).map(|()| wording.clone());
    }
    let mut meant: Vec<&Wording> = candidates.iter().collect();
    if meant.is_empty() {
        let raw = said.indicator.as_deref().unwrap_or_default();
        return Err(nothing(Column::IndicatorCode, raw));
    }
    let in_use = |wording: &&Wording| wording.framework.status == FrameworkStatus::Live;
    if meant.iter().any(in_use) {
        meant.retain(in_use);
    }
    let framework = meant[0].framework.id;
    if meant.iter().any(|wording| wording.framework.id != framework) {
        let message = "Several frameworks are called so. Name the version of the one that is meant, or give the id of the wording in \
                       `indicator_version_id`.";
        return Err(LineFault::said(
            Code::RuleBroken,
            Column::FrameworkVersion,
            message,
        ));
    }
    if let [only] = meant.as_slice() {
        return Ok((*only).clone());
    }
    meant.retain(|wording| {
        let version = &wording.version;
        version.valid_from <= start && version.valid_to.is_none_or(|last| last >= end)
    });
    if let [only] = meant.as_slice() {
        return Ok((*only).clone());
    }
    let message = "The indicator was worded anew, and no one wording counts for this period. Say which was measured, by its number.";
    Err(LineFault::said(Code::Required, Column::Wording, message))
}

/// The codes of a row are those of the wording whose id it gives.
fn agrees(said: &WordingSaid, wording: &Wording) -> Result<(), LineFault> {
    let number = wording.version.number;
    let checks = [
        (Column::FrameworkCode, &said.framework, &wording.framework.code),
        (
            Column::FrameworkVersion,
            &said.edition,
            &wording.framework.version_label,
        ),
        (Column::IndicatorCode, &said.indicator, &wording.indicator.code),
    ];
    let message =
        "This is not what the id of the wording in this row says. Put one of them right, or leave it out.";
    for (column, told, is) in checks {
        if let Some(told) = told.as_ref().filter(|told| told.as_str() != plain(is)) {
            return Err(LineFault::said(Code::RuleBroken, column, message).of(told));
        }
    }
    match said.number.filter(|told| *told != number) {
        Some(told) => Err(LineFault::said(Code::RuleBroken, Column::Wording, message).of(&told.to_string())),
        None => Ok(()),
    }
}

/// Cells are read without the white space around them.
fn plain(text: &str) -> &str {
    text.trim()
}
