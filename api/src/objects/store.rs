//! Objects: bytes under a name, written once and whole.

use std::fs;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path as FolderPath;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{BoxStream, StreamExt, TryStreamExt, try_unfold};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{GetOptions, GetResultPayload, ObjectStore, ObjectStoreExt, PutPayload};

use super::settings::{ObjectSettings, Place, S3Settings};
use crate::telemetry;

/// How much of a file of this machine is read at a time, in bytes.
const BLOCK: usize = 256 * 1024;

/// Why an object could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// The folder for them cannot be made or used.
    #[error("the folder of objects {path} cannot be used")]
    Folder {
        /// The folder.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// What keeps them has failed, or has not got the object.
    #[error("the store of objects failed")]
    Store(#[from] object_store::Error),
    /// A file of this machine could not be read.
    #[error("an object could not be read")]
    Read(#[from] std::io::Error),
    /// An object is shorter than it was when it was written.
    #[error("an object is damaged")]
    Damaged,
}

/// What keeps objects. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Objects(Arc<dyn ObjectStore>);

impl Objects {
    /// What the settings say. A folder is made when it is missing; a service is not asked anything yet.
    ///
    /// # Errors
    /// [`ObjectError`] when the folder cannot be made, or the service cannot be what the settings say.
    pub fn open(settings: &ObjectSettings, data_dir: &FolderPath) -> Result<Self, ObjectError> {
        match settings.place {
            Place::Folder => {
                let folder = settings.folder.clone();
                Self::in_folder(&folder.unwrap_or_else(|| data_dir.join("objects")))
            }
            Place::S3 => Self::at_service(&settings.s3),
        }
    }

    /// A folder of this machine. What is written is on the disk before it counts as written.
    fn in_folder(folder: &FolderPath) -> Result<Self, ObjectError> {
        let unusable = |source| ObjectError::Folder {
            path: folder.to_owned(),
            source,
        };
        fs::create_dir_all(folder).map_err(unusable)?;
        only_ours(folder).map_err(unusable)?;
        let store = LocalFileSystem::new_with_prefix(folder)?
            .with_automatic_cleanup(true)
            .with_fsync(true);
        Ok(Self(Arc::new(store)))
    }

    fn at_service(settings: &S3Settings) -> Result<Self, ObjectError> {
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(settings.bucket.as_deref().unwrap_or_default())
            .with_region(settings.region.as_deref().unwrap_or("us-east-1"))
            .with_allow_http(settings.allow_http)
            // Objects are removed one by one, which every service can.
            .with_disable_bulk_delete(true);
        if let Some(endpoint) = &settings.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        if let (Some(id), Some(key)) = (&settings.access_key_id, &settings.secret_access_key) {
            builder = builder
                .with_access_key_id(id)
                .with_secret_access_key(key.expose());
        }
        let store = builder.build()?;
        Ok(match settings.prefix.as_deref() {
            Some(prefix) => Self(Arc::new(PrefixStore::new(store, prefix))),
            None => Self(Arc::new(store)),
        })
    }

    /// Objects that end with the process: for tests.
    #[must_use]
    pub fn in_memory() -> Self {
        Self(Arc::new(InMemory::new()))
    }

    /// Writes an object. When this returns, it is there to stay.
    ///
    /// # Errors
    /// When the store fails; then there may or may not be something under the name.
    pub async fn put(&self, name: &str, bytes: Bytes) -> Result<(), ObjectError> {
        self.0.put(&Path::from(name), PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// A part of an object, piece by piece.
    ///
    /// # Errors
    /// When the store fails, or there is no such object.
    pub async fn stream(
        &self,
        name: &str,
        range: Range<u64>,
    ) -> Result<BoxStream<'static, Result<Bytes, ObjectError>>, ObjectError> {
        let length = range.end - range.start;
        let options = GetOptions {
            range: Some(range.into()),
            ..GetOptions::default()
        };
        let found = self.0.get_opts(&Path::from(name), options).await?;
        if found.range.end - found.range.start != length {
            return Err(ObjectError::Damaged);
        }
        let from = found.range.start;
        Ok(match found.payload {
            GetResultPayload::File(file, _) => blocks(file, from, length).boxed(),
            GetResultPayload::Stream(stream) => stream.map_err(ObjectError::from).boxed(),
        })
    }

    /// Removes an object. One that is not there is removed already.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn remove(&self, name: &str) -> Result<(), ObjectError> {
        match self.0.delete(&Path::from(name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The names of all objects, in no order: for tests and for operators who compare.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn names(&self) -> Result<Vec<String>, ObjectError> {
        let found: Vec<_> = self.0.list(None).try_collect().await?;
        Ok(found
            .into_iter()
            .map(|object| object.location.to_string())
            .collect())
    }
}

/// Part of an open file. Files are read on threads of their own, for reading blocks.
fn blocks(
    file: fs::File,
    from: u64,
    length: u64,
) -> impl futures_util::Stream<Item = Result<Bytes, ObjectError>> + Send {
    let begin = (file, from, length);
    try_unfold(begin, |(file, from, left)| async move {
        if left == 0 {
            return Ok(None);
        }
        let reading = telemetry::spawn_blocking("reading an object", move || {
            let mut file = file;
            let wanted = usize::try_from(left).map_or(BLOCK, |left| left.min(BLOCK));
            let mut block = vec![0; wanted];
            file.seek(SeekFrom::Start(from))?;
            file.read_exact(&mut block)?;
            Ok::<_, std::io::Error>((Bytes::from(block), file))
        });
        let (block, file) = reading.await.map_err(std::io::Error::other)??;
        let read = block.len() as u64;
        Ok(Some((block, (file, from + read, left - read))))
    })
}

/// Nobody else on this machine has to see what people upload.
#[cfg(unix)]
fn only_ours(folder: &FolderPath) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn only_ours(_: &FolderPath) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(objects: &Objects, name: &str, range: Range<u64>) -> Vec<u8> {
        let stream = objects.stream(name, range).await.unwrap();
        let parts: Vec<Bytes> = stream.try_collect().await.unwrap();
        parts.concat()
    }

    #[tokio::test]
    async fn objects_are_written_read_in_part_and_removed() {
        let folder = tempfile::tempdir().unwrap();
        let settings = ObjectSettings::default();
        for objects in [
            Objects::open(&settings, folder.path()).unwrap(),
            Objects::in_memory(),
        ] {
            let bytes: Vec<u8> = (0..=255).cycle().take(3 * BLOCK + 7).collect();
            objects.put("a/b", Bytes::from(bytes.clone())).await.unwrap();
            let whole = bytes.len() as u64;
            assert_eq!(read(&objects, "a/b", 0..whole).await, bytes);
            let part = read(&objects, "a/b", 5..whole - 3).await;
            assert_eq!(part, bytes[5..bytes.len() - 3]);
            let beyond = objects.stream("a/b", 0..whole + 1).await;
            assert!(matches!(beyond, Err(ObjectError::Damaged)));
            assert_eq!(objects.names().await.unwrap(), ["a/b"]);
            objects.remove("a/b").await.unwrap();
            objects.remove("a/b").await.unwrap();
            assert!(objects.stream("a/b", 0..1).await.is_err());
            assert!(objects.names().await.unwrap().is_empty());
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_folder_is_ours_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        Objects::open(&ObjectSettings::default(), folder.path()).unwrap();
        let mode = fs::metadata(folder.path().join("objects"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
