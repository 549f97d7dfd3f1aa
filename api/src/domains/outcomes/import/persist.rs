//! How imports are asked for, and ended early.

use std::collections::BTreeSet;

use entity::id::{ImportBatchId, MediaId, OrganisationId, ServiceAccountId};
use entity::list::TextList;
use entity::media::kinds::{MediaScan, MediaStatus};
use entity::media::media;
use entity::outcomes::import_batch;
use entity::outcomes::kinds::{ImportKind, ImportStatus};
use entity::parties::organisation;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::chunk::{ended, event, held};
use super::headings;
use super::mutation::{ObservationImportCancelInput, ObservationImportColumnInput, ObservationImportInput};
use crate::domains::media::rules::types::{CSV, GZIP};
use crate::domains::outcomes::rules::frameworks::LONGEST_TITLE;
use crate::domains::settings::AreaSettings;
use crate::domains::violation::{
    UserErrorCode as Code, Violation, Violations, days_in_order, optional_long_text, text,
};
use crate::events::request_hash;
use crate::graphql::patch::{refused, seen};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::media::may_manage_media;
use crate::policy::areas::observations as policy;
use crate::policy::{Account, Denied, Viewer};
use crate::store::{StoreError, WriteSession};

/// What the input says, checked.
struct Checked {
    media: media::Model,
    sha256: String,
    organisation: organisation::Model,
    source: String,
    columns: Vec<String>,
    reason: Option<String>,
}

pub(super) async fn start(
    change: Change<'_>,
    input: &ObservationImportInput,
    settings: &AreaSettings,
) -> ChangeResult {
    let session = change.session;
    let checked = check(change, input, settings).await?;
    let request_sha256 = how(input, &checked);
    let row = row(session, change.viewer, input, &checked, request_sha256.clone());
    let (sha256, media) = (checked.sha256, checked.media.id);
    let permit = policy::import_for(change.viewer, checked.organisation)?;
    let organisation = permit.model().id;
    session.hold(&format!("imports {organisation}")).await?;
    let asked = (sha256.as_str(), request_sha256.as_str());
    if let Some(same) = same(session, change.viewer, organisation, asked).await? {
        let event = event("import_batch.ask_again", &same);
        return Ok(session.record(event, same.id.0));
    }
    let most = settings.imports.partner_imports;
    if running(session, organisation).await? >= u64::from(most) {
        let message =
            format!("{most} imports of this organisation are under way. Wait until one of them has ended.");
        return Err(Violation::new(Code::LimitExceeded, "organisationId", message).into());
    }
    // The file stays until it has been read.
    session.keep::<media::Entity>(media).await?;
    let changed = WriteSession::changed::<_, import_batch::Model>(None, &row);
    let batch = session.insert(&permit, row).await?;
    let event = event("import_batch.start", &batch).changed(changed);
    Ok(session.record(event, batch.id.0))
}

async fn check(
    change: Change<'_>,
    input: &ObservationImportInput,
    settings: &AreaSettings,
) -> Result<Checked, crate::graphql::ChangeError> {
    let session = change.session;
    let mut violations = Violations::default();
    let named = (&input.media_id, &input.organisation_id);
    let media = seen::<media::Entity>(session, &mut violations, "mediaId", named.0).await?;
    let organisation =
        seen::<organisation::Entity>(session, &mut violations, "organisationId", named.1).await?;
    if let Some(organisation) = &organisation
        && !policy::imports_for(change.viewer, organisation.id.0)
    {
        let message = "Only an administrator, commissioner, provider user or system of this organisation imports for it, while acting for \
                       it.";
        violations.push(Violation::new(Code::Forbidden, "organisationId", message));
    }
    let found = media.as_ref().zip(organisation.as_ref());
    let sha256 = found
        .and_then(|(media, organisation)| violations.keep(check_file(change.viewer, media, organisation.id)));
    let source = violations.keep(text("source", &input.source, 1..=LONGEST_TITLE));
    let columns = check_columns(&mut violations, input.columns.as_deref().unwrap_or_default());
    check_period(&mut violations, input);
    let longest = settings.outcomes.text();
    let reason = input.correction_reason.as_deref();
    let reason = violations.keep(optional_long_text("correctionReason", reason, longest));
    violations.into_result()?;
    let (Some(media), Some(organisation), Some(sha256)) = (media, organisation, sha256) else {
        return Err(Denied.into());
    };
    Ok(Checked {
        media,
        sha256,
        organisation,
        source: source.unwrap_or_default(),
        columns,
        reason: reason.flatten(),
    })
}

/// The SHA-256 of a file that can be imported: the organisation's or the viewer's own, a table, and clean.
fn check_file(
    viewer: &Viewer,
    media: &media::Model,
    organisation: OrganisationId,
) -> Result<String, Violation> {
    let field = "mediaId";
    let uploader = media.uploaded_by_person_id.map(|person| person.0);
    let is_own = match media.organisation_id {
        Some(owner) => owner == organisation,
        None => may_manage_media(viewer, uploader, None),
    };
    if !is_own {
        let message = "This file belongs to somebody else. Upload it for the organisation that imports it, or for yourself.";
        return Err(Violation::new(Code::Forbidden, field, message));
    }
    if ![CSV, GZIP].contains(&media.declared_type.as_str()) {
        let message = format!(
            "This file is {}. Figures are imported from CSV ({CSV}), packed with gzip ({GZIP}) or not.",
            media.declared_type
        );
        return Err(Violation::new(Code::RuleBroken, field, message));
    }
    match (&media.sha256, media.status, media.scan) {
        (Some(sha256), MediaStatus::Stored, MediaScan::Clean) => Ok(sha256.clone()),
        (_, MediaStatus::Stored, MediaScan::Pending) => {
            let message =
                "This file has not been searched for harmful software yet. Wait until its `scan` is CLEAN.";
            Err(Violation::new(Code::Inactive, field, message))
        }
        _ => {
            let message = "This file is not there. Upload it first, to its last byte.";
            Err(Violation::new(Code::Inactive, field, message))
        }
    }
}

/// What the file calls otherwise, as it is kept.
fn check_columns(violations: &mut Violations, named: &[ObservationImportColumnInput]) -> Vec<String> {
    let (mut columns, mut called) = (BTreeSet::new(), BTreeSet::new());
    let mut kept = Vec::new();
    for (place, input) in named.iter().enumerate() {
        let column = input.column.0;
        let within = |violation: Violation| violation.within(place.to_string()).within("columns");
        let heading = text("heading", &input.heading, 1..=LONGEST_TITLE);
        let heading = violations.keep(heading.map_err(within));
        if !columns.insert(column) {
            let message = format!("{column} is named twice. The file has one column for it.");
            violations.push(within(Violation::new(Code::RuleBroken, "column", message)));
        }
        let Some(heading) = heading else { continue };
        if !called.insert(heading.to_lowercase()) {
            let message = format!("\"{heading}\" stands for another column already.");
            violations.push(within(Violation::new(Code::RuleBroken, "heading", message)));
        }
        kept.push(headings::kept(column, &heading));
    }
    kept.sort();
    kept
}

fn check_period(violations: &mut Violations, input: &ObservationImportInput) {
    let (start, end) = (
        input.period_start.map(|day| day.0),
        input.period_end.map(|day| day.0),
    );
    for (field, this, other) in [("periodEnd", end, start), ("periodStart", start, end)] {
        violations.check(this.is_some() || other.is_none(), Code::Required, field, || {
            "A period has a first and a last day: name both, or none.".to_owned()
        });
    }
    violations.keep(days_in_order(("periodStart", start), ("periodEnd", end)));
}

/// How the file is to be read: what tells one request for the same bytes from another.
fn how(input: &ObservationImportInput, checked: &Checked) -> String {
    let (start, end) = (
        input.period_start.map(|day| day.0),
        input.period_end.map(|day| day.0),
    );
    let how = serde_json::json!([checked.source, checked.columns, start, end, checked.reason]);
    request_hash("observationImport", &how)
}

fn row(
    session: &WriteSession,
    viewer: &Viewer,
    input: &ObservationImportInput,
    checked: &Checked,
    request_sha256: String,
) -> import_batch::ActiveModel {
    let service = match viewer.account() {
        Account::Service { service, .. } => Some(ServiceAccountId(service)),
        _ => None,
    };
    import_batch::ActiveModel {
        id: Set(ImportBatchId::new()),
        organisation_id: Set(Some(checked.organisation.id)),
        kind: Set(ImportKind::Mapped),
        source: Set(checked.source.clone()),
        file_sha256: Set(checked.sha256.clone()),
        status: Set(ImportStatus::Running),
        rows_read: Set(0),
        rows_refused: Set(0),
        records_made: Set(0),
        records_unchanged: Set(0),
        media_id: Set(Some(MediaId(checked.media.id.0))),
        file_bytes: Set(Some(checked.media.bytes)),
        bytes_read: Set(0),
        columns: Set(TextList(checked.columns.clone())),
        period_start: Set(input.period_start.map(|day| day.0)),
        period_end: Set(input.period_end.map(|day| day.0)),
        correction_reason: Set(checked.reason.clone()),
        request_sha256: Set(Some(request_sha256)),
        service_account_id: Set(service),
        started_at: Set(session.now()),
        ..Default::default()
    }
}

/// The import of the same bytes that was asked for in the same way, and has not failed. Others of the organisation get it, too, where
/// they read it and its rows would not come to anything else for them.
async fn same(
    session: &WriteSession,
    viewer: &Viewer,
    organisation: OrganisationId,
    (sha256, request_sha256): (&str, &str),
) -> Result<Option<import_batch::Model>, StoreError> {
    use import_batch::Column as C;
    let same = Condition::all()
        .add(C::OrganisationId.eq(organisation))
        .add(C::FileSha256.eq(sha256))
        .add(C::RequestSha256.eq(request_sha256))
        .add(C::Status.ne(ImportStatus::Failed));
    let found = session.facts::<import_batch::Entity>(same).await?;
    let is_whole = |batch: &&import_batch::Model| {
        let is_whole = batch.status == ImportStatus::Running || batch.rows_refused == 0;
        is_whole && policy::reads_import(viewer, batch)
    };
    let own = found.iter().rev().find(|batch| policy::asked_for(viewer, batch));
    Ok(own.or_else(|| found.iter().rev().find(is_whole)).cloned())
}

/// How many imports of an organisation are under way.
async fn running(session: &WriteSession, organisation: OrganisationId) -> Result<u64, StoreError> {
    use import_batch::Column as C;
    let running = Condition::all()
        .add(C::OrganisationId.eq(organisation))
        .add(C::Status.eq(ImportStatus::Running));
    session.count::<import_batch::Entity>(running).await
}

pub(super) async fn cancel(change: Change<'_>, input: &ObservationImportCancelInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let found = seen::<import_batch::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let batch = held(session, found.id).await?.ok_or(Denied)?;
    let permit = policy::go_on_with(change.viewer, batch)?;
    let batch = permit.model();
    if batch.status != ImportStatus::Running {
        let message = format!("This import is {} already.", batch.status);
        return Err(Violation::new(Code::IllegalTransition, "id", message).into());
    }
    let row = ended(
        import_batch::ActiveModel::default(),
        session,
        Some("It was ended on request.".to_owned()),
    );
    let event = event("import_batch.cancel", batch).changed(WriteSession::changed(Some(batch), &row));
    let batch = session.update(&permit, batch.version, row).await?;
    Ok(session.record(event, batch.id.0))
}
