//! How many figures are recorded at once: all of them, or none, and everything that is wrong said of every row.

use std::collections::HashMap;

use entity::id::{ImportBatchId, OrganisationId};
use entity::outcomes::import_batch;
use entity::outcomes::kinds::{ImportKind, ImportStatus};
use sea_orm::Set;

use super::mutation::ObservationsRecordInput;
use super::naming::Names;
use super::persist::{Key, Revisions, Row, check, there, there_already};
use crate::domains::outcomes::Written;
use crate::domains::outcomes::rules::frameworks::LONGEST_TITLE;
use crate::domains::outcomes::settings::{OutcomeSettings, count};
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, text};
use crate::events::{Event, request_hash};
use crate::graphql::patch::refused;
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::observations as policy;
use crate::store::{StoreError, WriteSession};

/// A violation of a row, as seen from the input.
fn in_row(place: usize, violation: Violation) -> Violation {
    violation.within(place.to_string()).within("rows")
}

fn check_size(violations: &mut Violations, rows: usize, limits: &OutcomeSettings) {
    violations.check(rows > 0, Code::Required, "rows", || {
        "Name at least one figure.".to_owned()
    });
    violations.check(
        rows <= count(limits.most_rows),
        Code::LimitExceeded,
        "rows",
        || {
            format!(
                "These are {rows} figures; {} can be recorded at once. Send them in parts.",
                limits.most_rows
            )
        },
    );
}

pub(super) async fn record(change: Change<'_>, written: &Written<ObservationsRecordInput>) -> ChangeResult {
    let session = change.session;
    let Written { input, limits } = written;
    let mut violations = Violations::default();
    let source = violations.keep(text("source", &input.source, 1..=LONGEST_TITLE));
    check_size(&mut violations, input.rows.len(), limits);
    if input.rows.len() > count(limits.most_rows) {
        return Err(refused(violations));
    }
    let rows = rows(change, &mut violations, input).await?;
    let keys = rows.iter().map(|(_, row)| row.key()).collect();
    let there = there(session, keys, Revisions::Current).await?;
    let mut seen: HashMap<Key, usize> = HashMap::new();
    for (place, row) in &rows {
        if there.contains_key(&row.key()) {
            violations.push(in_row(*place, there_already()));
        }
        if let Some(first) = seen.insert(row.key(), *place) {
            let message =
                format!("Row {first} is a figure of the same indicator, subject, period and people.");
            violations.push(in_row(
                *place,
                Violation::new(Code::RuleBroken, "periodStart", message),
            ));
        }
    }
    let Some((_, first)) = rows.first() else {
        return Err(refused(violations));
    };
    violations.into_result()?;
    let permit = policy::record(change.viewer, first.subject.owners)?;
    let batch = batch(
        session,
        (input, source.unwrap_or_default()),
        OrganisationId(*permit.model()),
    );
    let batch = session.insert(&permit, batch).await?;
    let models = rows
        .iter()
        .map(|(_, row)| row.model(*permit.model(), Some(batch.id)))
        .collect();
    session.insert_all(&permit, models).await?;
    let event = Event::new("observation.record_many", "import_batch", batch.id)
        .of_organisation(OrganisationId(*permit.model()))
        .changed(serde_json::json!({ "rows": [null, rows.len()] }));
    Ok(session.record(event, batch.id.0))
}

/// The rows in which nothing is wrong, with their places.
async fn rows(
    change: Change<'_>,
    violations: &mut Violations,
    input: &ObservationsRecordInput,
) -> Result<Vec<(usize, Row)>, StoreError> {
    let session = change.session;
    let mut names = Names::new(session);
    let mut rows = Vec::with_capacity(input.rows.len());
    for (place, row) in input.rows.iter().enumerate() {
        let mut wrong = Violations::default();
        if let Some(subject) = names.subject(&mut Violations::default(), &row.subject).await?
            && policy::record(change.viewer, subject.owners).is_err()
        {
            let message = "You may not record figures about this.";
            violations.push(in_row(
                place,
                Violation::new(Code::Forbidden, subject.field, message),
            ));
            continue;
        }
        let checked = check(session, &mut names, &mut wrong, row).await?;
        let is_right = wrong.is_empty();
        violations.extend(wrong.into_iter().map(|violation| in_row(place, violation)));
        rows.extend(checked.filter(|_| is_right).map(|row| (place, row)));
    }
    Ok(rows)
}

fn batch(
    session: &WriteSession,
    (input, source): (&ObservationsRecordInput, String),
    organisation: OrganisationId,
) -> import_batch::ActiveModel {
    let rows = i64::try_from(input.rows.len()).unwrap_or(i64::MAX);
    // The same rows at another time are another request: what they were is told by when, too.
    let asked = serde_json::json!([format!("{:?}", input.rows), session.now()]);
    import_batch::ActiveModel {
        id: Set(ImportBatchId::new()),
        organisation_id: Set(Some(organisation)),
        kind: Set(ImportKind::Recorded),
        source: Set(source),
        file_sha256: Set(request_hash("observationsRecord", &asked)),
        status: Set(ImportStatus::Completed),
        rows_read: Set(rows),
        rows_refused: Set(0),
        records_made: Set(rows),
        started_at: Set(session.now()),
        finished_at: Set(Some(session.now())),
        ..Default::default()
    }
}
