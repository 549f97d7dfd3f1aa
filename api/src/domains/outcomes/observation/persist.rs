//! How figures are recorded.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::id::{DisaggregationId, ImportBatchId, ObservationId, OrganisationId};
use entity::outcomes::kinds::SubjectType;
use entity::outcomes::observation;
use futures_util::future::join;
use sea_orm::prelude::{Date, Uuid};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{ObservationInput, ObservationRecordInput};
use super::naming::{Names, Subject, Wording, measure};
use crate::domains::outcomes::rules::frameworks::check_live;
use crate::domains::outcomes::rules::indicators::check_period;
use crate::domains::outcomes::rules::observations::{Figure, checked};
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations};
use crate::events::Event;
use crate::graphql::{Change, Made, Refused};
use crate::policy::Permit;
use crate::policy::areas::observations::{self as policy, RecordFigures};
use crate::store::{StoreError, WriteSession};

/// Something happened to a figure.
pub(super) fn event(action: &'static str, row: &observation::Model) -> Event {
    let event = Event::new(action, "observation", row.id);
    match row.recorded_by_organisation_id {
        Some(organisation) => event.of_organisation(organisation),
        None => event,
    }
}

/// What a row names and says, checked.
#[derive(Debug)]
pub(in crate::domains::outcomes) struct Row {
    pub wording: Wording,
    pub subject: Subject,
    pub period: (Date, Date),
    pub people: DisaggregationId,
    pub figure: Figure,
}

/// What tells a figure from all others.
pub(in crate::domains::outcomes) type Key = (Uuid, Uuid, Date, Date, Uuid);

impl Row {
    /// What tells it from all others.
    pub fn key(&self) -> Key {
        let (start, end) = self.period;
        (
            self.wording.version.id.0,
            self.subject.id,
            start,
            end,
            self.people.0,
        )
    }

    /// The same of a row that is there.
    pub fn key_of(row: &observation::Model) -> Key {
        (
            row.indicator_version_id.0,
            row.subject_id,
            row.period_start,
            row.period_end,
            row.disaggregation_id.0,
        )
    }

    /// As it is to be stored.
    pub fn model(&self, recorder: Uuid, batch: Option<ImportBatchId>) -> observation::ActiveModel {
        let (subject, figure) = (&self.subject, &self.figure);
        observation::ActiveModel {
            id: Set(ObservationId::new()),
            indicator_version_id: Set(self.wording.version.id),
            indicator_id: Set(self.wording.indicator.id),
            subject_type: Set(subject.of),
            subject_id: Set(subject.id),
            geography_id: Set(subject.as_a(SubjectType::Geography)),
            organisation_id: Set(subject.as_a(SubjectType::Organisation)),
            service_id: Set(subject.as_a(SubjectType::Service)),
            site_id: Set(subject.as_a(SubjectType::Site)),
            period_start: Set(self.period.0),
            period_end: Set(self.period.1),
            disaggregation_id: Set(self.people),
            revision: Set(1),
            is_current: Set(true),
            recorded_by_organisation_id: Set(Some(OrganisationId(recorder))),
            import_batch_id: Set(batch),
            ..with_figure(figure)
        }
    }
}

/// Which revisions of figures are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::domains::outcomes) enum Revisions {
    /// Those that count now.
    Current,
    /// Those before, too.
    All,
}

/// How many series are asked for in one statement: each is one look into the index of figures.
const SERIES_AT_ONCE: usize = 200;

/// What is there already of these figures: nothing else is read.
///
/// # Errors
/// When the database fails.
pub(in crate::domains::outcomes) async fn there(
    session: &WriteSession,
    keys: Vec<Key>,
    revisions: Revisions,
) -> Result<HashMap<Key, Vec<observation::Model>>, StoreError> {
    use observation::Column as C;
    let mut series: BTreeMap<(Uuid, Date, Date, Uuid), BTreeSet<Uuid>> = BTreeMap::new();
    for (wording, subject, start, end, people) in keys {
        let of = (wording, start, end, people);
        series.entry(of).or_default().insert(subject);
    }
    let series: Vec<_> = series.into_iter().collect();
    let mut there: HashMap<Key, Vec<_>> = HashMap::new();
    for some in series.chunks(SERIES_AT_ONCE) {
        let any = some.iter().fold(Condition::any(), |any, (of, subjects)| {
            let (wording, start, end, people) = *of;
            any.add(
                Condition::all()
                    .add(C::IndicatorVersionId.eq(wording))
                    .add(C::PeriodStart.eq(start))
                    .add(C::PeriodEnd.eq(end))
                    .add(C::DisaggregationId.eq(people))
                    .add(C::SubjectId.is_in(subjects.iter().copied())),
            )
        });
        let wanted = Condition::all().add(any);
        let wanted = match revisions {
            Revisions::Current => wanted.add(C::IsCurrent.eq(true)),
            Revisions::All => wanted,
        };
        for row in session.facts::<observation::Entity>(wanted).await? {
            there.entry(Row::key_of(&row)).or_default().push(row);
        }
    }
    Ok(there)
}

/// A further revision of a figure, as it is to be stored.
pub(in crate::domains::outcomes) fn revision_of(
    before: &observation::Model,
    figure: &Figure,
    reason: Option<String>,
    (recorder, batch): (Uuid, Option<ImportBatchId>),
) -> observation::ActiveModel {
    observation::ActiveModel {
        id: Set(ObservationId::new()),
        indicator_version_id: Set(before.indicator_version_id),
        indicator_id: Set(before.indicator_id),
        subject_type: Set(before.subject_type),
        subject_id: Set(before.subject_id),
        geography_id: Set(before.geography_id),
        organisation_id: Set(before.organisation_id),
        service_id: Set(before.service_id),
        site_id: Set(before.site_id),
        period_start: Set(before.period_start),
        period_end: Set(before.period_end),
        disaggregation_id: Set(before.disaggregation_id),
        revision: Set(before.revision + 1),
        is_current: Set(true),
        correction_reason: Set(reason),
        recorded_by_organisation_id: Set(Some(OrganisationId(recorder))),
        import_batch_id: Set(batch),
        ..with_figure(figure)
    }
}

/// The numbers of a figure, to be stored.
pub(super) fn with_figure(figure: &Figure) -> observation::ActiveModel {
    observation::ActiveModel {
        numerator: Set(figure.numerator),
        denominator: Set(figure.denominator),
        base: Set(figure.base),
        value: Set(figure.value),
        margin: Set(figure.margin),
        marker: Set(figure.marker),
        quality: Set(figure.quality),
        ..Default::default()
    }
}

/// Everything that can be said of a row without its neighbours.
pub(super) async fn check(
    session: &WriteSession,
    names: &mut Names<'_>,
    violations: &mut Violations,
    input: &ObservationInput,
) -> Result<Option<Row>, StoreError> {
    let field = "indicatorVersionId";
    let wording = names
        .wording(violations, (field, &input.indicator_version_id))
        .await?;
    let subject = names.subject(violations, &input.subject).await?;
    let people = names.people(violations, input.disaggregation_id.as_ref()).await?;
    let period = (input.period_start.0, input.period_end.0);
    let Some(wording) = wording else {
        return Ok(None);
    };
    let figure = judged(session, violations, (&wording, period), input.figure.figure());
    let (Some(subject), Some(people), Some(figure)) = (subject, people, figure) else {
        return Ok(None);
    };
    Ok(Some(Row {
        wording,
        subject,
        period,
        people,
        figure,
    }))
}

/// What is to be recorded of a wording for a period: both go together, and the framework is in use.
pub(in crate::domains::outcomes) fn judged(
    session: &WriteSession,
    violations: &mut Violations,
    (wording, period): (&Wording, (Date, Date)),
    figure: Figure,
) -> Option<Figure> {
    violations.keep(check_live(wording.framework.status, "indicatorVersionId"));
    let today = session.now().date_naive();
    violations.keep_all(check_period(period, &wording.version, today));
    violations.keep_all(checked(measure(&wording.indicator), figure))
}

/// There is one already, which the viewer reads, because whoever may record figures of a subject reads all of them.
pub(super) fn there_already() -> Violation {
    let message =
        "There is a figure of this indicator, subject, period and people already. Correct that one.";
    Violation::new(Code::AlreadyExists, "periodStart", message)
}

/// Records figures that were asked for one by one, and decides of each by itself.
pub(super) async fn record(
    change: Change<'_>,
    inputs: Vec<&ObservationRecordInput>,
) -> Result<Vec<Result<Made, Refused>>, StoreError> {
    let session = change.session;
    let mut names = Names::new(session);
    let observations: Vec<_> = inputs.iter().map(|input| &input.observation).collect();
    names.look_up(&observations).await?;
    let mut rows = Vec::with_capacity(inputs.len());
    for input in inputs {
        rows.push(allowed(change, &mut names, &input.observation).await?);
    }
    // The database says of the others that they are there, when it does not take them.
    let wrong = rows.iter().flatten().filter(|allowed| !allowed.wrong.is_empty());
    let keys = wrong.map(|allowed| allowed.row.key()).collect();
    let there = there(session, keys, Revisions::Current).await?;
    let (mut right, mut decided) = (Vec::new(), Vec::new());
    for allowed in rows {
        decided.push(allowed.and_then(|allowed| {
            let Allowed {
                row,
                permit,
                mut wrong,
            } = allowed;
            if there.contains_key(&row.key()) {
                wrong.push(there_already());
            }
            wrong.into_result()?;
            let model = row.model(*permit.model(), None);
            let id = model.id.as_ref().0;
            right.push((row.key(), model, permit));
            Ok(id)
        }));
    }
    // Whoever records the same elsewhere at this moment does so in the same order, so that nobody waits in a circle.
    right.sort_by_key(|(key, ..)| *key);
    // Each row says for whom it is recorded, by a permit of its own.
    let mut happened = HashMap::new();
    if let Some((_, _, permit)) = right.first() {
        let models = right.iter().map(|(_, model, _)| model.clone()).collect();
        let events = async {
            right
                .iter()
                .map(|(_, model, permit)| recorded(model, permit))
                .collect()
        };
        // What happened is spelled while the database adds the rows.
        let (added, mut events): (_, HashMap<_, _>) = join(session.insert_new(permit, models), events).await;
        let added = added?;
        events.retain(|id, _| added.contains(id));
        happened = events;
    }
    let made = decided.into_iter().map(|decided| {
        let id = decided?;
        let event = happened.remove(&id).ok_or_else(there_already)?;
        Ok((id, event))
    });
    Ok(made.collect())
}

/// A figure was recorded.
fn recorded(model: &observation::ActiveModel, permit: &Permit<RecordFigures, Uuid>) -> Made {
    let id = model.id.as_ref().0;
    let event = Event::new("observation.record", "observation", id)
        .of_organisation(OrganisationId(*permit.model()))
        .changed(WriteSession::changed::<_, observation::Model>(None, model));
    event.spelled_changed();
    (id, event)
}

/// What the viewer may record, and what may be wrong with it.
struct Allowed {
    row: Row,
    permit: Permit<RecordFigures, Uuid>,
    wrong: Violations,
}

/// What an input comes to, where the viewer may record it. Who may not learns nothing of what else is wrong.
async fn allowed(
    change: Change<'_>,
    names: &mut Names<'_>,
    input: &ObservationInput,
) -> Result<Result<Allowed, Refused>, StoreError> {
    let subject = names.subject(&mut Violations::default(), &input.subject).await?;
    let leave = subject.map(|subject| policy::record(change.viewer, subject.owners));
    let permit = match leave.transpose() {
        Ok(permit) => permit,
        Err(denied) => return Ok(Err(denied.into())),
    };
    let mut wrong = Violations::default();
    let row = check(change.session, names, &mut wrong, input).await?;
    Ok(match (row, permit) {
        (Some(row), Some(permit)) => Ok(Allowed { row, permit, wrong }),
        _ => Err(wrong.into_iter().collect::<Vec<_>>().into()),
    })
}
