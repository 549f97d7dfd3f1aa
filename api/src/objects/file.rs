//! Files: bytes that lie in several objects, read as one.

use std::ops::Range;

use bytes::{Bytes, BytesMut};
use futures_util::stream::{BoxStream, StreamExt, TryStreamExt, iter};

use super::store::{ObjectError, Objects};

/// A piece of a file: an object of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where in the file it begins, in bytes.
    pub starts_at: u64,
    /// How long it is, in bytes.
    pub length: u64,
    /// The name of its object.
    pub object: String,
    /// The digest of the file up to its end, put down.
    pub digest: String,
}

impl Piece {
    /// Where in the file it ends.
    #[must_use]
    pub const fn end(&self) -> u64 {
        self.starts_at + self.length
    }
}

/// A file, as its pieces in their order. Cheap to clone.
#[derive(Clone, Debug)]
pub struct StoredFile {
    objects: Objects,
    pieces: std::sync::Arc<[Piece]>,
}

impl StoredFile {
    /// The file of these pieces, which follow each other without a gap.
    #[must_use]
    pub fn new(objects: Objects, pieces: Vec<Piece>) -> Self {
        Self {
            objects,
            pieces: pieces.into(),
        }
    }

    /// How long it is, in bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.pieces.last().map_or(0, Piece::end)
    }

    /// A part of it, as it is read: one object after the other is opened, when its turn comes.
    #[must_use]
    pub fn stream(&self, range: Range<u64>) -> BoxStream<'static, Result<Bytes, ObjectError>> {
        let objects = self.objects.clone();
        let parts: Vec<(String, Range<u64>)> = self
            .pieces
            .iter()
            .filter(|piece| range.start.max(piece.starts_at) < range.end.min(piece.end()))
            .map(|piece| {
                let from = range.start.max(piece.starts_at) - piece.starts_at;
                let to = range.end.min(piece.end()) - piece.starts_at;
                (piece.object.clone(), from..to)
            })
            .collect();
        iter(parts)
            .then(move |(object, part)| {
                let objects = objects.clone();
                async move { objects.stream(&object, part).await }
            })
            .try_flatten()
            .boxed()
    }

    /// A part of it in memory, as far as the file goes.
    ///
    /// # Errors
    /// When the store of objects fails.
    pub async fn read(&self, range: Range<u64>) -> Result<Bytes, ObjectError> {
        let range = range.start.min(self.length())..range.end.min(self.length());
        let mut read = BytesMut::new();
        let mut stream = self.stream(range);
        while let Some(part) = stream.try_next().await? {
            read.extend_from_slice(&part);
        }
        Ok(read.freeze())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_is_read_across_its_pieces() {
        let objects = Objects::in_memory();
        let mut pieces = Vec::new();
        for (number, text) in ["abc", "d", "efgh"].into_iter().enumerate() {
            let object = format!("piece-{number}");
            objects.put(&object, Bytes::from(text)).await.unwrap();
            pieces.push(Piece {
                starts_at: pieces.last().map_or(0, Piece::end),
                length: text.len() as u64,
                object,
                digest: String::new(),
            });
        }
        let file = StoredFile::new(objects, pieces);
        assert_eq!(file.length(), 8);
        for (range, expected) in [
            (0..8, "abcdefgh"),
            (2..5, "cde"),
            (3..4, "d"),
            (5..5, ""),
            (6..99, "gh"),
        ] {
            assert_eq!(file.read(range.clone()).await.unwrap(), expected, "{range:?}");
        }
        let none = StoredFile::new(Objects::in_memory(), Vec::new());
        assert_eq!(none.read(0..9).await.unwrap(), "");
    }
}
