//! Judging a file that has arrived.

use std::convert::Infallible;

use entity::Described;
use entity::media::kinds::{MediaScan, MediaStatus};
use entity::media::media;
use futures_util::TryStreamExt;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::{TransferFault, Transfers};
use crate::domains::media::event;
use crate::domains::media::rules::archives::{
    Count, Directory, FILE_HEAD, PackageLimits, Packed, TAIL, begins_at, check_package, directory,
    to_be_counted,
};
use crate::domains::media::rules::captions::check_captions;
use crate::domains::media::rules::content::{ContentError, HEAD, LONGEST_DRAWING, TextCheck, check_head};
use crate::domains::media::rules::drawings::check_drawing;
use crate::domains::media::rules::tables::{PackedTableCheck, TableLimits, check_part};
use crate::domains::media::rules::types::{AcceptedType, Form, accepted_type};
use crate::objects::transfer::TransferError;
use crate::objects::{ObjectError, Piece, RunningDigest, StoredFile};
use crate::policy::areas::media as policy;
use crate::store::{FileState, StoreError, WriteError, WriteSession};
use crate::telemetry;

/// How much of a packed table is unpacked without letting others work, in bytes: some hundred times as much comes out.
const UNPACKED_AT_ONCE: usize = 16 * 1024;

/// What was found out about a file.
enum Finding {
    /// It is what was announced; this is its SHA-256, and the last piece that was looked at.
    Good(String, Option<Piece>),
    /// It is not taken, for this reason.
    Bad(String),
}

impl Transfers {
    /// Judges a file of which every byte has arrived. If somebody else has just done so, that holds.
    ///
    /// # Errors
    /// `Refused` with the reason, and `Nothing` if it was given up meanwhile: then nothing of it is left.
    pub(super) async fn finish(&self, media: Uuid) -> Result<(), TransferError> {
        let state = self.0.store.file_state(media).await?;
        let Some(state) = state.filter(|state| state.status == MediaStatus::Expected.stored_name()) else {
            return self.settled(media).await;
        };
        match self.judge(media, &state).await? {
            Finding::Good(sha256, last) => {
                if self.store(media, &state, sha256, last).await? {
                    return Ok(());
                }
                self.settled(media).await
            }
            Finding::Bad(reason) => {
                if self.give_up(media, "media.refuse", Some(reason.clone())).await? {
                    return Err(TransferError::Refused(reason));
                }
                self.settled(media).await
            }
        }
    }

    /// What became of a file that somebody else has just judged, or given up.
    async fn settled(&self, media: Uuid) -> Result<(), TransferError> {
        let Some(state) = self.0.store.file_state(media).await? else {
            return Err(self.gone(media).await);
        };
        if state.status == MediaStatus::Stored.stored_name() {
            return Ok(());
        }
        if state.status == MediaStatus::Removed.stored_name() {
            return Err(TransferError::Refused(
                "something harmful was found in it".to_owned(),
            ));
        }
        let last = self.0.store.pieces(media).await?;
        let arrived = last.last().map_or(0, Piece::end);
        Err(TransferError::OutOfPlace { arrived })
    }

    /// Why a file is not there any more: it was refused, or given up.
    pub(super) async fn gone(&self, media: Uuid) -> TransferError {
        match self.0.store.refusal(media).await {
            Ok(Some(reason)) => TransferError::Refused(reason),
            Ok(None) => TransferError::Nothing,
            Err(error) => error.into(),
        }
    }

    async fn judge(&self, media: Uuid, state: &FileState) -> Result<Finding, TransferFault> {
        let pieces = self.0.store.pieces(media).await?;
        let last = pieces.last().cloned();
        let digest = last
            .as_ref()
            .and_then(|last| RunningDigest::take_up(&last.digest));
        let sha256 = digest.unwrap_or_default().finish();
        if state
            .expected_sha256
            .as_ref()
            .is_some_and(|expected| *expected != sha256)
        {
            let reason = format!("its SHA-256 is {sha256}, which is not the one that was announced");
            return Ok(Finding::Bad(reason));
        }
        let Some(declared) = accepted_type(&state.declared_type) else {
            return Ok(Finding::Bad("its media type is not taken any more".to_owned()));
        };
        let file = StoredFile::new(self.0.objects.clone(), pieces);
        Ok(match self.check_content(&file, declared).await? {
            Ok(()) => Finding::Good(sha256, last),
            Err(error) => Finding::Bad(error.to_string()),
        })
    }

    /// Whether a file is of a type, by its content. It reads as much as that takes, in parts.
    async fn check_content(
        &self,
        file: &StoredFile,
        declared: &'static AcceptedType,
    ) -> Result<Result<(), ContentError>, ObjectError> {
        let head = file.read(0..HEAD).await?;
        if let Err(error) = check_head(&head, declared) {
            return Ok(Err(error));
        }
        match declared.form {
            Form::Signature => Ok(Ok(())),
            Form::Package => self.check_package(file, declared, &head).await,
            Form::Text => check_text(file).await,
            Form::Table => check_table(file).await,
            Form::PackedTable => check_packed_table(file, self.table_limits()).await,
            Form::Drawing | Form::Captions => check_whole(file, declared.form).await,
        }
    }

    fn table_limits(&self) -> TableLimits {
        TableLimits {
            unpacked_bytes: self.0.settings.unpacked_bytes,
            ratio: self.0.settings.unpacked_ratio,
        }
    }

    async fn check_package(
        &self,
        file: &StoredFile,
        declared: &'static AcceptedType,
        head: &[u8],
    ) -> Result<Result<(), ContentError>, ObjectError> {
        let settings = &self.0.settings;
        let limits = PackageLimits {
            unpacked_bytes: settings.unpacked_bytes,
            ratio: settings.unpacked_ratio,
            files: settings.packed_files,
        };
        let length = file.length();
        let tail = file.read(length.saturating_sub(TAIL)..length).await?;
        let found = match directory(&tail, length, limits) {
            Ok(found) => found,
            Err(error) => return Ok(Err(error.into())),
        };
        let listed = file.read(found.starts_at..found.starts_at + found.length).await?;
        Ok(match check_package(&listed, found, head, length, limits) {
            Ok(kind) if declared.may_be(kind) => {
                let counted = match to_be_counted(&listed, found, limits) {
                    Ok(counted) => counted,
                    Err(error) => return Ok(Err(error.into())),
                };
                for packed in counted {
                    if let Err(error) = count(file, packed, found).await? {
                        return Ok(Err(error));
                    }
                }
                Ok(())
            }
            Ok(found) => Err(ContentError::Other {
                found: found.to_owned(),
                declared: declared.name,
            }),
            Err(error) => Err(error.into()),
        })
    }

    /// Stores a file that is good; from here on it can be referred to. One whose last piece is another than the one that was
    /// judged is not stored. Answers whether it was.
    async fn store(
        &self,
        media: Uuid,
        state: &FileState,
        sha256: String,
        judged: Option<Piece>,
    ) -> Result<bool, TransferFault> {
        let settings = &self.0.settings;
        let scan = if self.0.scanner.is_none() && settings.clean_without_scanner {
            MediaScan::Clean
        } else {
            MediaScan::Pending
        };
        let session = self.begin().await?;
        session.lock::<media::Entity>(media).await?;
        if session.last_piece(media).await? != judged {
            return Ok(false);
        }
        let row = media::ActiveModel {
            status: Set(MediaStatus::Stored),
            media_type: Set(Some(state.declared_type.clone())),
            sha256: Set(Some(sha256)),
            stored_at: Set(Some(session.now())),
            scan: Set(scan),
            ..Default::default()
        };
        let is_stored = self
            .change(session, media, MediaStatus::Expected, "media.store", None, row)
            .await?;
        if !is_stored {
            return Ok(false);
        }
        if self.0.scanner.is_some() {
            let transfers = self.clone();
            drop(telemetry::spawn("searching a file", async move {
                if let Err(error) = transfers.search(media).await {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "a file could not be searched"
                    );
                }
            }));
        }
        Ok(true)
    }

    /// Changes the row of a file that is in a state; a file that is not any more is left as it is. Answers whether it was.
    pub(super) async fn change(
        &self,
        session: WriteSession,
        media: Uuid,
        status: MediaStatus,
        action: &'static str,
        reason: Option<String>,
        row: media::ActiveModel,
    ) -> Result<bool, StoreError> {
        let Some(found) = in_state(&session, media, status).await? else {
            return Ok(false);
        };
        let Ok(permit) = policy::keep_media(session.actor(), found) else {
            return Ok(false);
        };
        let changed = WriteSession::changed(Some(permit.model()), &row);
        if row.status == Set(MediaStatus::Removed) {
            session.loosen_pieces(media).await?;
        }
        let version = permit.model().version;
        match session.update::<_, _, _, Infallible>(&permit, version, row).await {
            Ok(found) => {
                let event = event(action, &found).changed(changed).because(reason);
                let recorded = session.record(event, ());
                session.commit(recorded).await?;
                Ok(true)
            }
            Err(WriteError::Stale) => Ok(false),
            Err(WriteError::Store(error)) => Err(error),
            Err(WriteError::Refused(never)) => match never {},
        }
    }

    /// Takes an upload away, row and bytes. One that was stored meanwhile stays.
    pub(super) async fn give_up(
        &self,
        media: Uuid,
        action: &'static str,
        reason: Option<String>,
    ) -> Result<bool, StoreError> {
        let session = self.begin().await?;
        let Some(found) = in_state(&session, media, MediaStatus::Expected).await? else {
            return Ok(false);
        };
        let is_gone = remove(session, found, action, reason).await?;
        self.sweep().await;
        Ok(is_gone)
    }
}

/// The row of a file, held until the transaction ends, if it is in a state.
async fn in_state(
    session: &WriteSession,
    media: Uuid,
    status: MediaStatus,
) -> Result<Option<media::Model>, StoreError> {
    session.lock::<media::Entity>(media).await?;
    let of_state = Condition::all()
        .add(media::Column::Id.eq(media))
        .add(media::Column::Status.eq(status));
    Ok(session.facts::<media::Entity>(of_state).await?.into_iter().next())
}

/// Takes a file away: its row now, and its bytes after the transaction. A file that something points to the database keeps.
pub(super) async fn remove(
    session: WriteSession,
    media: media::Model,
    action: &'static str,
    reason: Option<String>,
) -> Result<bool, StoreError> {
    let event = event(action, &media).because(reason);
    let Ok(permit) = policy::keep_media(session.actor(), media) else {
        return Ok(false);
    };
    let (id, version) = (permit.model().id, permit.model().version);
    session.loosen_pieces(id.0).await?;
    match session.delete::<_, _, Infallible>(&permit, version).await {
        Ok(()) => {}
        Err(WriteError::Store(StoreError::Constraint(_)) | WriteError::Stale) => return Ok(false),
        Err(WriteError::Store(error)) => return Err(error),
        Err(WriteError::Refused(never)) => match never {},
    }
    let recorded = session.record(event, ());
    session.commit(recorded).await?;
    Ok(true)
}

/// Unpacks a file of a package into nothing, in parts: whether it is as long as the directory says.
async fn count(
    file: &StoredFile,
    packed: Packed,
    found: Directory,
) -> Result<Result<(), ContentError>, ObjectError> {
    let head = file.read(packed.starts_at..packed.starts_at + FILE_HEAD).await?;
    let begins_at = match begins_at(packed, &head, found) {
        Ok(begins_at) => begins_at,
        Err(error) => return Ok(Err(error.into())),
    };
    let mut count = Count::of(packed.unpacked);
    let mut stream = file.stream(begins_at..begins_at + packed.length);
    while let Some(part) = stream.try_next().await? {
        if let Err(error) = count.take(&part) {
            return Ok(Err(error.into()));
        }
        tokio::task::yield_now().await;
    }
    Ok(count.finish().map_err(ContentError::from))
}

/// Reads a text through, in parts.
async fn check_text(file: &StoredFile) -> Result<Result<(), ContentError>, ObjectError> {
    let mut text = TextCheck::default();
    let mut stream = file.stream(0..file.length());
    while let Some(part) = stream.try_next().await? {
        if let Err(error) = text.take(&part) {
            return Ok(Err(error));
        }
    }
    Ok(text.finish())
}

/// Reads a table through, in parts.
async fn check_table(file: &StoredFile) -> Result<Result<(), ContentError>, ObjectError> {
    let mut stream = file.stream(0..file.length());
    while let Some(part) = stream.try_next().await? {
        if let Err(error) = check_part(&part) {
            return Ok(Err(error.into()));
        }
    }
    Ok(Ok(()))
}

/// Unpacks a table into nothing, in parts.
async fn check_packed_table(
    file: &StoredFile,
    limits: TableLimits,
) -> Result<Result<(), ContentError>, ObjectError> {
    let mut table = PackedTableCheck::new(limits);
    let mut stream = file.stream(0..file.length());
    while let Some(part) = stream.try_next().await? {
        for some in part.chunks(UNPACKED_AT_ONCE) {
            if let Err(error) = table.take(some) {
                return Ok(Err(error.into()));
            }
            tokio::task::yield_now().await;
        }
    }
    Ok(table.finish().map_err(ContentError::from))
}

/// Reads a short text as a whole.
async fn check_whole(file: &StoredFile, form: Form) -> Result<Result<(), ContentError>, ObjectError> {
    if file.length() > LONGEST_DRAWING {
        return Ok(Err(ContentError::LongDrawing));
    }
    let bytes = file.read(0..file.length()).await?;
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return Ok(Err(ContentError::NotText));
    };
    Ok(match form {
        Form::Captions => check_captions(text).map_err(ContentError::from),
        _ => check_drawing(text).map_err(ContentError::from),
    })
}
