//! Files on their way in and out, for whoever holds a signed address.
//!
//! | file | what it does |
//! |---|---|
//! | `receive` | takes in bytes, piece by piece |
//! | `finish` | judges a file that has arrived, and stores or refuses it |
//! | `search` | has it looked through for harmful software |
//! | `keep` | what falls due by the clock: uploads that were given up, files that nothing points to |
//!
//! An upload is judged once all of it is there, by what it is: its digest, its media type by content, and what must not be in
//! it. What is refused goes, row and bytes; the audit says why.

mod finish;
mod keep;
mod receive;
mod search;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use entity::Described;
use entity::media::kinds::{MediaScan, MediaStatus};
use sea_orm::prelude::Uuid;

use super::settings::MediaSettings;
use crate::clock::Clock;
use crate::events::Actor;
use crate::objects::address::{AddressError, Opened, Purpose};
use crate::objects::transfer::{Delivery, Progress, TransferError};
use crate::objects::{Addresses, ObjectError, Objects, Piece, Scanner, StoredFile};
use crate::policy::{Account, Viewer};
use crate::store::{Downloads, FileState, Store, StoreError, WriteSession};

/// The name under which the audit and the logs know what the server does to files by itself.
pub const JOB: &str = "media";
/// Under which the database keeps the key of addresses, unless the settings name one.
const KEY: &str = "media_signing_key";

/// Takes files in and gives them out. Cheap to clone.
#[derive(Clone)]
pub struct Transfers(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Clock,
    objects: Objects,
    scanner: Option<Scanner>,
    settings: MediaSettings,
    addresses: Addresses,
    /// Files that the scanner refuses: how often it did, and when it is asked again. Each node knows its own.
    refusals: Mutex<HashMap<Uuid, (u32, DateTime<Utc>)>>,
}

/// Something of ours failed on the way.
#[derive(Debug, thiserror::Error)]
pub enum TransferFault {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store of objects.
    #[error(transparent)]
    Objects(#[from] ObjectError),
}

impl TransferFault {
    /// Writes it to the log, and leaves what a client may see.
    fn hide(&self) -> TransferError {
        tracing::error!(error = self as &dyn std::error::Error, "a transfer failed");
        TransferError::Fault
    }
}

impl From<TransferFault> for TransferError {
    fn from(fault: TransferFault) -> Self {
        fault.hide()
    }
}

impl From<StoreError> for TransferError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => Self::Busy,
            error => TransferFault::from(error).hide(),
        }
    }
}

impl From<AddressError> for TransferError {
    fn from(error: AddressError) -> Self {
        match error {
            AddressError::Wrong => Self::Nothing,
            AddressError::Expired => Self::Expired,
        }
    }
}

impl Transfers {
    /// Over a store of objects; the key of addresses is the settings' or the database's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn new(
        store: Store,
        clock: Clock,
        objects: Objects,
        scanner: Option<Scanner>,
        settings: MediaSettings,
    ) -> Result<Self, StoreError> {
        let key = if let Some(key) = &settings.signing_key {
            key.expose().to_owned()
        } else {
            let made = crate::hex::hex(&rand::random::<[u8; 32]>());
            store.setting_or(KEY, &made).await?
        };
        let addresses = Addresses::new(key.as_bytes(), settings.origin.as_deref());
        Ok(Self(Arc::new(Inner {
            store,
            clock,
            objects,
            scanner,
            settings,
            addresses,
            refusals: Mutex::default(),
        })))
    }

    /// Where the bytes lie.
    #[must_use]
    pub fn objects(&self) -> &Objects {
        &self.0.objects
    }

    /// What the settings say.
    #[must_use]
    pub fn settings(&self) -> &MediaSettings {
        &self.0.settings
    }

    /// The address at which a file is taken in.
    #[must_use]
    pub fn upload_address(&self, media: Uuid, viewer: &Viewer, expires_at: DateTime<Utc>) -> Option<String> {
        let opened = Opened {
            file: media,
            bearer: bearer(viewer)?,
            expires_at,
        };
        Some(self.0.addresses.make(Purpose::Upload, opened))
    }

    /// The address at which a file is given out for a while. The caller has found the file in the viewer's scope.
    #[must_use]
    pub fn download_address(&self, media: Uuid, viewer: &Viewer, now: DateTime<Utc>) -> String {
        let opened = Opened {
            file: media,
            bearer: bearer(viewer).unwrap_or_default(),
            expires_at: now + TimeDelta::minutes(self.0.settings.download_minutes.into()),
        };
        self.0.addresses.make(Purpose::Download, opened)
    }

    /// What gives a viewer the addresses of files in one request.
    #[must_use]
    pub fn downloads(&self, viewer: &Arc<Viewer>, now: DateTime<Utc>) -> Downloads {
        let (transfers, viewer) = (self.clone(), viewer.clone());
        Arc::new(move |media| transfers.download_address(media, &viewer, now))
    }

    /// How far a file has arrived. One that is complete and was not judged is judged now.
    ///
    /// # Errors
    /// [`TransferError`].
    pub async fn progress(&self, segment: &str) -> Result<Progress, TransferError> {
        let arriving = self.arriving(segment).await?;
        let progress = arriving.progress();
        if progress.arrived == progress.length && arriving.is_expected() {
            self.finish(arriving.media).await?;
        }
        Ok(progress)
    }

    /// Gives an upload up: nothing of it is kept.
    ///
    /// # Errors
    /// [`TransferError`]; a file that is stored is not removed this way.
    pub async fn terminate(&self, segment: &str) -> Result<(), TransferError> {
        let arriving = self.arriving(segment).await?;
        if !arriving.is_expected() {
            return Err(TransferError::Nothing);
        }
        self.give_up(arriving.media, "media.terminate", None).await?;
        Ok(())
    }

    /// A file to be given out.
    ///
    /// # Errors
    /// [`TransferError`] for an address that opens nothing, and for a file that is not, or no longer, clean.
    pub async fn deliver(&self, segment: &str) -> Result<Delivery, TransferError> {
        let now = self.0.clock.now();
        let opened = self.0.addresses.open(Purpose::Download, segment, now)?;
        let state = self.0.store.file_state(opened.file).await?;
        let state = state.ok_or(TransferError::Nothing)?;
        let is_clean =
            state.status == MediaStatus::Stored.stored_name() && state.scan == MediaScan::Clean.stored_name();
        let (Some(sha256), Some(stored_at), true) = (state.sha256, state.stored_at, is_clean) else {
            return Err(TransferError::Nothing);
        };
        tracing::info!(media = %opened.file, account = %opened.bearer, "a file is given out");
        Ok(Delivery {
            name: state.name,
            media_type: state.declared_type,
            sha256,
            stored_at,
            file: self.file(opened.file).await?,
        })
    }

    /// A file for the server's own use, if all of it is there and it was found clean. The caller has found it in the scope of whoever
    /// asked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn clean_file(&self, media: Uuid) -> Result<Option<StoredFile>, StoreError> {
        let state = self.0.store.file_state(media).await?;
        let is_clean = state.is_some_and(|state| {
            state.status == MediaStatus::Stored.stored_name() && state.scan == MediaScan::Clean.stored_name()
        });
        if !is_clean {
            return Ok(None);
        }
        self.file(media).await.map(Some)
    }

    /// The bytes of a file that have arrived.
    async fn file(&self, media: Uuid) -> Result<StoredFile, StoreError> {
        let pieces = self.0.store.pieces(media).await?;
        Ok(StoredFile::new(self.0.objects.clone(), pieces))
    }

    /// The upload that an address opens.
    async fn arriving(&self, segment: &str) -> Result<Arriving, TransferError> {
        let now = self.0.clock.now();
        let opened = self.0.addresses.open(Purpose::Upload, segment, now)?;
        let state = self.0.store.file_state(opened.file).await?;
        let state = state.ok_or(TransferError::Nothing)?;
        if state.status == MediaStatus::Removed.stored_name() {
            return Err(TransferError::Nothing);
        }
        if state.upload_expires_at <= now {
            return Err(TransferError::Expired);
        }
        Ok(Arriving {
            media: opened.file,
            pieces: self.0.store.pieces(opened.file).await?,
            state,
        })
    }

    /// A transaction of the server's own.
    async fn begin(&self) -> Result<WriteSession, StoreError> {
        let store = &self.0.store;
        store
            .begin(Viewer::public().values(), Actor::system(JOB), self.0.clock.now())
            .await
    }

    /// Removes objects to which nothing points any more. What fails is left for the next time.
    pub async fn sweep(&self) {
        if let Err(error) = self.remove_loose_objects().await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "objects could not be removed"
            );
        }
    }
}

/// A file that is arriving.
struct Arriving {
    media: Uuid,
    state: FileState,
    pieces: Vec<Piece>,
}

impl Arriving {
    fn arrived(&self) -> u64 {
        self.pieces.last().map_or(0, Piece::end)
    }

    fn is_expected(&self) -> bool {
        self.state.status == MediaStatus::Expected.stored_name()
    }

    fn progress(&self) -> Progress {
        Progress {
            arrived: self.arrived(),
            length: self.state.length,
            expires_at: self.state.upload_expires_at,
        }
    }
}

/// The account for which an address is made; none for the public.
fn bearer(viewer: &Viewer) -> Option<Uuid> {
    match viewer.account() {
        Account::Public => None,
        Account::User { user, .. } => Some(user),
        Account::Service { service, .. } => Some(service),
    }
}
