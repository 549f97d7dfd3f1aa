//! What is said about files on their way in and out, by whoever speaks HTTP and by whoever knows what the files are.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::stream::BoxStream;

use super::StoredFile;

/// Bytes that are arriving; a connection may break.
pub type Incoming = BoxStream<'static, Result<Bytes, Broken>>;

/// The connection broke before the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the connection broke")]
pub struct Broken;

/// How far a file has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that are here to stay.
    pub arrived: u64,
    /// How long the file is, in bytes.
    pub length: u64,
    /// Until when its bytes are taken.
    pub expires_at: DateTime<Utc>,
}

/// A part of a file that is about to arrive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Where in the file it begins.
    pub starts_at: u64,
    /// How long it is, when the client says so.
    pub length: Option<u64>,
    /// What it must add up to.
    pub checksum: Option<Checksum>,
    /// Whether what has arrived before is given up, and the file begins anew.
    pub anew: bool,
}

/// A digest that a client announces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// SHA-1, against damage alone.
    Sha1(Vec<u8>),
    /// SHA-256.
    Sha256(Vec<u8>),
}

/// A file that may be given out.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Its name for people.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// When it was stored.
    pub stored_at: DateTime<Utc>,
    /// Its bytes.
    pub file: StoredFile,
}

/// Why bytes are not taken, or not given out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransferError {
    /// The address opens nothing.
    #[error("There is nothing at this address.")]
    Nothing,
    /// The address was good once.
    #[error("This address has expired. Ask the API for another.")]
    Expired,
    /// The part does not begin where the file ends so far.
    #[error("The file has arrived up to byte {arrived}: go on from there.")]
    OutOfPlace {
        /// Bytes that have arrived.
        arrived: u64,
    },
    /// More arrives than was announced: the file is given up.
    #[error(
        "More bytes arrived than were announced. The upload was removed: announce it anew, with its length."
    )]
    TooLong,
    /// The part is not what its checksum says: it was not taken.
    #[error("The bytes do not match their checksum. They were not taken: send them again.")]
    Checksum,
    /// The file is not taken: nothing of it is left.
    #[error("The file was refused, and nothing of it is kept: {0}.")]
    Refused(String),
    /// It comes in too many parts.
    #[error(
        "The file has arrived in {0} pieces, which is the most. Remove it, and send it anew in larger parts."
    )]
    TooManyPieces(u32),
    /// The connection broke; what arrived is kept.
    #[error("The connection broke. Ask how much has arrived, and go on from there.")]
    Broken,
    /// The database has no connection free.
    #[error("The server is busy. Wait a moment, ask how much has arrived, and go on from there.")]
    Busy,
    /// A fault of ours, which the log tells of.
    #[error("Something went wrong on our side. Ask how much has arrived, and go on from there.")]
    Fault,
}
