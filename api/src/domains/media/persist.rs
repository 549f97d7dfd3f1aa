//! How media are written.

use async_graphql::{ID, MaybeUndefined};
use chrono::TimeDelta;
use entity::id::{MediaId, OrganisationId, PersonId};
use entity::media::kinds::{MediaKind, MediaScan, MediaStatus};
use entity::media::media;
use entity::parties::{organisation, person};
use entity::private::Private;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{MediaDeleteInput, MediaUpdateInput, MediaUploadStartInput};
use super::rules::names::check_file_name;
use super::rules::types::check_media_type;
use super::rules::upload::{
    Companion, Held, check_companion, check_duration, check_length, check_room, check_sha256, plays,
    read_length,
};
use super::{MediaSettings, event};
use crate::domains::parties::rules::contact::language;
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, optional_long_text};
use crate::graphql::patch::{after, fresh, optional, pointer, refused, required, seen, seen_if_named};
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::areas::media::{self as policy, UploadMedia};
use crate::policy::{Denied, Permit};
use crate::store::{StoreError, WriteSession};

use media::Column as C;

pub(super) async fn start(
    change: Change<'_>,
    input: &MediaUploadStartInput,
    settings: &MediaSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let file_name = violations.keep(check_file_name(&input.file_name));
    let accepted = violations.keep(check_media_type(&input.media_type));
    let bytes = violations.keep(read_length(&input.bytes));
    let bytes = match (bytes, accepted) {
        (Some(bytes), Some(accepted)) => violations.keep(check_length(bytes, accepted.kind, settings)),
        _ => None,
    };
    let sha256 = violations.keep(input.sha256.as_deref().map(check_sha256).transpose());
    let duration = input.duration_seconds.zip(accepted);
    let duration = duration.map(|(seconds, accepted)| check_duration(seconds, accepted.kind));
    let duration = violations.keep(duration.transpose());
    let language = violations.keep(input.language.as_deref().map(language).transpose());
    let named = input.organisation_id.as_ref();
    let organisation =
        seen_if_named::<organisation::Entity>(session, &mut violations, "organisationId", named).await?;
    violations.into_result()?;

    let (Some(accepted), Some(bytes)) = (accepted, bytes) else {
        return Err(Denied.into());
    };
    let row = media::ActiveModel {
        id: Set(MediaId::new()),
        organisation_id: Set(organisation.as_ref().map(|organisation| organisation.id)),
        uploaded_by_person_id: Set(change.viewer.person().map(PersonId)),
        file_name: Set(Private::new(file_name.unwrap_or_default())),
        kind: Set(accepted.kind),
        declared_type: Set(accepted.name.to_owned()),
        media_type: Set(None),
        bytes: Set(bytes),
        expected_sha256: Set(sha256.flatten()),
        sha256: Set(None),
        status: Set(MediaStatus::Expected),
        scan: Set(MediaScan::Pending),
        scan_finding: Set(None),
        scanned_at: Set(None),
        duration_seconds: Set(duration.flatten()),
        language: Set(language.flatten()),
        caption_media_id: Set(None),
        transcript: Set(None),
        transcript_media_id: Set(None),
        upload_expires_at: Set(session.now() + TimeDelta::hours(settings.upload_hours.into())),
        stored_at: Set(None),
        unreferenced_at: Set(Some(session.now())),
        ..Default::default()
    };
    if let Some(organisation) = organisation {
        let permit = policy::upload_for(change.viewer, organisation)?;
        let id = permit.model().id;
        session.lock::<organisation::Entity>(id).await?;
        let held = held_by_organisation(session, id, settings).await?;
        check_room(held, bytes, settings)?;
        return announce(session, &permit, row).await;
    }
    let id = PersonId(change.viewer.person().ok_or_else(no_owner)?);
    let person = session.visible::<person::Entity>(id).await?.ok_or(Denied)?;
    let permit = policy::upload_own(change.viewer, person)?;
    session.lock::<person::Entity>(id).await?;
    let held = held_by_person(session, id, settings).await?;
    check_room(held, bytes, settings)?;
    announce(session, &permit, row).await
}

fn no_owner() -> Violation {
    let message =
        "A computer system has no files of its own: name the organisation that the file belongs to.";
    Violation::new(Code::Required, "organisationId", message)
}

async fn held_by_organisation(
    session: &WriteSession,
    organisation: OrganisationId,
    settings: &MediaSettings,
) -> Result<Held, StoreError> {
    let theirs = Condition::all().add(C::OrganisationId.eq(organisation));
    held(session, theirs, settings.organisation_bytes).await
}

async fn held_by_person(
    session: &WriteSession,
    person: PersonId,
    settings: &MediaSettings,
) -> Result<Held, StoreError> {
    let theirs = Condition::all()
        .add(C::UploadedByPersonId.eq(person))
        .add(C::OrganisationId.is_null());
    held(session, theirs, settings.person_bytes).await
}

async fn held(session: &WriteSession, theirs: Condition, most_bytes: u64) -> Result<Held, StoreError> {
    let open = theirs.clone().add(C::Status.eq(MediaStatus::Expected));
    let kept = theirs.add(C::Status.ne(MediaStatus::Removed));
    Ok(Held {
        open: session.count::<media::Entity>(open).await?,
        bytes: session.sum::<media::Entity>(C::Bytes, kept).await?.unsigned_abs(),
        most_bytes,
    })
}

async fn announce<M>(
    session: &WriteSession,
    permit: &Permit<UploadMedia, M>,
    row: media::ActiveModel,
) -> ChangeResult {
    let changed = WriteSession::changed::<_, media::Model>(None, &row);
    let media = session.insert(permit, row).await?;
    let event = event("media.announce", &media).changed(changed);
    Ok(session.record(event, media.id.0))
}

pub(super) async fn update(
    change: Change<'_>,
    input: &MediaUpdateInput,
    settings: &MediaSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let found = seen::<media::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let permit = policy::manage_media(change.viewer, found)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    let kind = before.kind;
    let file_name = required(&mut violations, "fileName", &input.file_name, |name| {
        check_file_name(name).map(Private::new)
    });
    let duration = optional(&mut violations, &input.duration_seconds, |seconds| {
        check_duration(*seconds, kind).map(Some)
    });
    let language = optional(&mut violations, &input.language, |tag| language(tag).map(Some));
    let captions = (MediaKind::Captions, "captionMediaId", &input.caption_media_id);
    let captions = companion(change, &mut violations, before, captions).await?;
    let longest = usize::try_from(settings.longest_transcript).unwrap_or(usize::MAX);
    let transcript = optional(&mut violations, &input.transcript, |text| {
        let text = optional_long_text("transcript", Some(text), longest)?;
        if text.is_some() && !plays(kind) {
            let message = "Only audio and video have captions and transcripts.";
            return Err(Violation::new(Code::RuleBroken, "transcript", message));
        }
        Ok(text.map(Private::new))
    });
    let file = (
        MediaKind::Document,
        "transcriptMediaId",
        &input.transcript_media_id,
    );
    let file = companion(change, &mut violations, before, file).await?;
    let transcript_media_id = pointer(&input.transcript_media_id, file.as_ref(), |file| file.id);
    let has_text = after(&transcript, before.transcript.clone()).is_some();
    let has_file = after(&transcript_media_id, before.transcript_media_id).is_some();
    violations.check(
        !(has_text && has_file),
        Code::RuleBroken,
        "transcriptMediaId",
        || "A transcript is a text or a file, not both. Empty the other with null.".to_owned(),
    );
    let captions = pointer(&input.caption_media_id, captions.as_ref(), |file| file.id);
    let new = [
        (
            "captionMediaId",
            after(&captions, before.caption_media_id) != before.caption_media_id,
        ),
        (
            "transcript",
            after(&transcript, before.transcript.clone()) != before.transcript,
        ),
        (
            "transcriptMediaId",
            after(&transcript_media_id, before.transcript_media_id) != before.transcript_media_id,
        ),
    ];
    check_settled(session, &mut violations, before.id, new).await?;
    violations.into_result()?;

    let row = media::ActiveModel {
        file_name,
        duration_seconds: duration,
        language,
        caption_media_id: captions,
        transcript,
        transcript_media_id,
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let media = session.update(&permit, input.expected_version, row).await?;
    let event = event("media.update", &media).changed(changed);
    Ok(session.record(event, media.id.0))
}

/// What belongs to a recording stays as it is while others decide by it. `new` says which fields would change.
async fn check_settled(
    session: &WriteSession,
    violations: &mut Violations,
    id: MediaId,
    new: [(&'static str, bool); 3],
) -> Result<(), StoreError> {
    if !new.iter().any(|(_, is_new)| *is_new) {
        return Ok(());
    }
    session.lock::<media::Entity>(id).await?;
    if session.allowed::<media::Entity>(id, policy::is_settled).await? {
        for (field, _) in new.into_iter().filter(|(_, is_new)| *is_new) {
            let message = "This file was handed in with an application, shown as evidence, or belongs to a version that was signed off: its \
                           captions and transcript stay as they are. Upload it anew to change them.";
            violations.push(Violation::new(Code::RuleBroken, field, message));
        }
    }
    Ok(())
}

/// The file that is to be captions or a transcript: one that the viewer may see and change, so that nobody opens another's
/// file to the readers of theirs.
async fn companion(
    change: Change<'_>,
    violations: &mut Violations,
    of: &media::Model,
    (wanted, field, named): (MediaKind, &'static str, &MaybeUndefined<ID>),
) -> Result<Option<media::Model>, ChangeError> {
    let MaybeUndefined::Value(id) = named else {
        return Ok(None);
    };
    let found = seen::<media::Entity>(change.session, violations, field, id).await?;
    let Some(found) = found else { return Ok(None) };
    if policy::manage_media(change.viewer, found.clone()).is_err() {
        let message =
            "You may read this file, and it is somebody else's: only its owner can join it to another.";
        violations.push(Violation::new(Code::Forbidden, field, message));
        return Ok(None);
    }
    let companion = Companion {
        kind: found.kind,
        status: found.status,
        is_itself: found.id == of.id,
    };
    let checked = check_companion(field, wanted, of.kind, companion);
    Ok(violations.keep(checked).map(|()| found))
}

pub(super) async fn delete(change: Change<'_>, input: &MediaDeleteInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let found = seen::<media::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let permit = policy::manage_media(change.viewer, found)?;
    fresh(input.expected_version, permit.model().version)?;
    let id = permit.model().id;
    session.lock::<media::Entity>(id).await?;
    if !session
        .allowed::<media::Entity>(id, policy::is_unreferenced)
        .await?
    {
        let message =
            "Something points to this file, such as an application or a recording. Take it out there first.";
        return Err(Violation::new(Code::RuleBroken, "id", message).into());
    }
    session.loosen_pieces(id.0).await?;
    session.delete(&permit, input.expected_version).await?;
    let event = event("media.delete", permit.model());
    Ok(session.record(event, id.0))
}
