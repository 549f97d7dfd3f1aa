//! The signing keys of the local issuer on disk, and the rules of their rotation.
//!
//! The file is replaced as a whole and readable by its owner only. Nodes may share it: a new key is written down well
//! before it signs, so that every node knows it by then.

use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::error::KeyFileError;

/// One signing key. No `Debug`: it holds a secret.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoredKey {
    /// PKCS#8, base64.
    private_key: String,
    /// From when it signs, until the next one does.
    pub(super) signs_from: DateTime<Utc>,
}

impl StoredKey {
    /// Generates an ES256 key.
    pub(super) fn generate(signs_from: DateTime<Utc>) -> Result<Self, KeyFileError> {
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
            .map_err(|_| KeyFileError::Generation)?;
        Ok(Self {
            private_key: STANDARD.encode(document.as_ref()),
            signs_from,
        })
    }

    /// The key in PKCS#8 form, if it is one.
    pub(super) fn pkcs8(&self) -> Option<Vec<u8>> {
        let bytes = STANDARD.decode(&self.private_key).ok()?;
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &bytes)
            .ok()
            .map(|_| bytes)
    }
}

/// All keys that still matter, oldest first.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoredKeys {
    pub(super) keys: Vec<StoredKey>,
}

impl StoredKeys {
    /// Whether the newest key has signed for a whole period, so that the next is due.
    pub(super) fn is_rotation_due(&self, now: DateTime<Utc>, period: TimeDelta) -> bool {
        period > TimeDelta::zero() && self.keys.last().is_none_or(|key| key.signs_from + period <= now)
    }

    /// Leaves out keys that were replaced so long ago that all their tokens have expired.
    pub(super) fn without_expired(mut self, now: DateTime<Utc>, kept_for: TimeDelta) -> Self {
        let replaced = self
            .keys
            .iter()
            .skip(1)
            .take_while(|next| next.signs_from + kept_for < now)
            .count();
        self.keys.drain(..replaced);
        self
    }
}

/// Reads the file; `None` when there is none.
pub(super) fn load(path: &Path) -> Result<Option<StoredKeys>, KeyFileError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io(path, "read", error)),
    };
    let unreadable = || KeyFileError::Unreadable {
        path: path.to_owned(),
    };
    let mut stored: StoredKeys = serde_json::from_slice(&bytes).map_err(|_| unreadable())?;
    stored.keys.sort_by_key(|key| key.signs_from);
    if stored.keys.is_empty() || stored.keys.iter().any(|key| key.pkcs8().is_none()) {
        return Err(unreadable());
    }
    warn_if_others_can_read(path);
    Ok(Some(stored))
}

/// Changes the file, alone: `change` gets what is there now and returns what shall be there, or `None` to leave it.
///
/// # Errors
/// The file cannot be read, locked or written, or `change` fails.
pub(super) fn update(
    path: &Path,
    change: impl FnOnce(Option<StoredKeys>) -> Result<Option<StoredKeys>, KeyFileError>,
) -> Result<(), KeyFileError> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory).map_err(|error| io(path, "written", error))?;
    }
    let lock_path = beside(path, "lock");
    let lock = private_file(
        OpenOptions::new().create(true).truncate(false).write(true),
        &lock_path,
    )
    .and_then(|lock| lock.lock().map(|()| lock))
    .map_err(|error| io(&lock_path, "locked", error))?;
    let outcome = load(path).and_then(change).and_then(|changed| match changed {
        Some(stored) => write(path, &stored).map_err(|error| io(path, "written", error)),
        None => Ok(()),
    });
    drop(lock);
    outcome
}

/// Writes beside the file and moves it into place, so that no reader ever sees half a file.
fn write(path: &Path, stored: &StoredKeys) -> std::io::Result<()> {
    let unfinished = beside(path, "new");
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = private_file(OpenOptions::new().create_new(true).write(true), &unfinished)?;
    file.write_all(&serde_json::to_vec_pretty(stored)?)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    sync_directory(path)
}

fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(extension);
    path.with_file_name(name)
}

fn io(path: &Path, action: &'static str, source: std::io::Error) -> KeyFileError {
    KeyFileError::Io {
        path: path.to_owned(),
        action,
        source,
    }
}

#[cfg(unix)]
fn private_file(options: &mut OpenOptions, path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private_file(options: &mut OpenOptions, path: &Path) -> std::io::Result<File> {
    options.open(path)
}

#[cfg(unix)]
fn sync_directory(path: &Path) -> std::io::Result<()> {
    let directory = path
        .parent()
        .filter(|directory| !directory.as_os_str().is_empty());
    File::open(directory.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
fn sync_directory(_: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn warn_if_others_can_read(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).map_or(0, |metadata| metadata.permissions().mode());
    if mode & 0o007 != 0 {
        tracing::warn!(path = %path.display(), "others on this machine can read the signing keys: chmod 600");
    }
}

#[cfg(not(unix))]
fn warn_if_others_can_read(_: &Path) {}

#[cfg(test)]
mod tests;
