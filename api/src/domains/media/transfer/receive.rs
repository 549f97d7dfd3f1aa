//! Taking in bytes. They are held in memory up to the length of one piece, written, and only then is there room for more: a
//! client that is faster than the disk waits.

use std::time::Duration;

use aws_lc_rs::digest;
use bytes::{Bytes, BytesMut};
use chrono::{DateTime, Utc};
use futures_util::StreamExt;
use sea_orm::prelude::Uuid;
use tokio::time::timeout;

use super::{Arriving, TransferFault, Transfers};
use crate::objects::transfer::{Checksum, Incoming, Part, Progress, TransferError};
use crate::objects::{Piece, RunningDigest};
use crate::store::Kept;
use crate::telemetry;

impl Transfers {
    /// Takes in a part of a file, and answers how far the file has arrived then. With the last byte the file is judged.
    ///
    /// It is a task of its own: a client that goes away, or a connection that breaks, leaves what has arrived.
    ///
    /// # Errors
    /// [`TransferError`].
    pub async fn receive(
        &self,
        segment: &str,
        part: Part,
        body: Incoming,
    ) -> Result<Progress, TransferError> {
        let mut arriving = self.arriving(segment).await?;
        if part.anew && arriving.is_expected() && arriving.arrived() > 0 {
            let now = self.0.clock.now();
            let (media, length) = (arriving.media, arriving.state.length);
            match self.0.store.take_back_pieces(media, length, now).await? {
                Kept::Yes => {}
                Kept::OutOfPlace => return Err(TransferError::OutOfPlace { arrived: length }),
                Kept::TooLate => return Err(self.gone(media).await),
            }
            self.sweep().await;
            arriving = self.arriving(segment).await?;
        }
        let arrived = arriving.arrived();
        if part.starts_at != arrived || !arriving.is_expected() {
            return Err(TransferError::OutOfPlace { arrived });
        }
        let is_too_long = part
            .length
            .is_some_and(|length| length > arriving.state.length - arrived);
        let transfers = self.clone();
        let task = telemetry::spawn("receiving a file", async move {
            if is_too_long {
                return transfers.refuse_length(arriving.media).await;
            }
            transfers.take_in(arriving, part.checksum, body).await
        });
        match task.await {
            Ok(outcome) => outcome,
            Err(error) => {
                tracing::error!(%error, "receiving a file ended early");
                Err(TransferError::Fault)
            }
        }
    }

    async fn refuse_length(&self, media: Uuid) -> Result<Progress, TransferError> {
        let reason = TransferError::TooLong.to_string();
        self.give_up(media, "media.refuse", Some(reason)).await?;
        Err(TransferError::TooLong)
    }

    async fn take_in(
        &self,
        arriving: Arriving,
        checksum: Option<Checksum>,
        mut body: Incoming,
    ) -> Result<Progress, TransferError> {
        let idle = Duration::from_secs(self.0.settings.idle_seconds);
        let mut reception = Reception::of(self, &arriving, checksum)?;
        let is_broken = loop {
            match timeout(idle, body.next()).await {
                Ok(Some(Ok(bytes))) => {
                    if !reception.has_room_for(&bytes) {
                        reception.drop_unkept().await;
                        return self.refuse_length(arriving.media).await;
                    }
                    reception.take(bytes).await?;
                }
                Ok(None) => break false,
                Ok(Some(Err(_))) | Err(_) => break true,
            }
        };
        // What a checksum is for is taken whole or not at all.
        if is_broken && reception.checksum.is_some() {
            reception.drop_unkept().await;
            return Err(TransferError::Broken);
        }
        reception.end().await?;
        let arrived = reception.at;
        if arrived == arriving.state.length {
            self.finish(arriving.media).await?;
        }
        if is_broken {
            return Err(TransferError::Broken);
        }
        Ok(Progress {
            arrived,
            ..arriving.progress()
        })
    }
}

/// A part under way.
struct Reception<'a> {
    transfers: &'a Transfers,
    media: Uuid,
    expires_at: DateTime<Utc>,
    length: u64,
    pieces_left: u32,
    /// Where in the file the next piece begins.
    at: u64,
    digest: RunningDigest,
    /// The object of the file's last piece, which the next one follows.
    after: Option<String>,
    held: BytesMut,
    checksum: Option<(Checksum, digest::Context)>,
    /// Pieces that are written, and become the file's once the part's checksum is right.
    unkept: Vec<Piece>,
}

impl<'a> Reception<'a> {
    fn of(
        transfers: &'a Transfers,
        arriving: &Arriving,
        checksum: Option<Checksum>,
    ) -> Result<Self, TransferError> {
        let digest = match arriving.pieces.last() {
            None => RunningDigest::default(),
            Some(last) => RunningDigest::take_up(&last.digest).ok_or_else(|| {
                tracing::error!(media = %arriving.media, "the digest of an upload cannot be taken up");
                TransferError::Fault
            })?,
        };
        let most = transfers.0.settings.most_pieces;
        let have = u32::try_from(arriving.pieces.len()).unwrap_or(u32::MAX);
        Ok(Self {
            transfers,
            media: arriving.media,
            expires_at: arriving.state.upload_expires_at,
            length: arriving.state.length,
            pieces_left: most.saturating_sub(have),
            at: arriving.arrived(),
            digest,
            after: arriving.pieces.last().map(|last| last.object.clone()),
            held: BytesMut::new(),
            checksum: checksum.map(|checksum| {
                let algorithm = match checksum {
                    Checksum::Sha1(_) => &digest::SHA1_FOR_LEGACY_USE_ONLY,
                    Checksum::Sha256(_) => &digest::SHA256,
                };
                (checksum, digest::Context::new(algorithm))
            }),
            unkept: Vec::new(),
        })
    }

    fn has_room_for(&self, bytes: &Bytes) -> bool {
        self.at + self.held.len() as u64 + bytes.len() as u64 <= self.length
    }

    async fn take(&mut self, mut bytes: Bytes) -> Result<(), TransferError> {
        if let Some((_, context)) = &mut self.checksum {
            context.update(&bytes);
        }
        let piece = usize::try_from(self.transfers.0.settings.piece_bytes).unwrap_or(usize::MAX);
        while !bytes.is_empty() {
            if self.held.capacity() == 0 {
                let rest = usize::try_from(self.length - self.at).unwrap_or(usize::MAX);
                self.held.reserve(piece.min(rest));
            }
            let room = (piece - self.held.len()).min(bytes.len());
            self.held.extend_from_slice(&bytes.split_to(room));
            if self.held.len() == piece {
                self.write().await?;
            }
        }
        Ok(())
    }

    /// Writes what is held as a piece. It counts from here on, unless it waits for a checksum.
    async fn write(&mut self) -> Result<(), TransferError> {
        if self.held.is_empty() {
            return Ok(());
        }
        if self.pieces_left == 0 {
            self.drop_unkept().await;
            return Err(TransferError::TooManyPieces(
                self.transfers.0.settings.most_pieces,
            ));
        }
        self.pieces_left -= 1;
        let bytes = std::mem::take(&mut self.held).freeze();
        self.digest.update(&bytes);
        let object = format!(
            "media/{}/{:015}-{}",
            self.media.simple(),
            self.at,
            Uuid::now_v7().simple()
        );
        let inner = &self.transfers.0;
        inner.store.announce_object(&object, self.expires_at).await?;
        let piece = Piece {
            starts_at: self.at,
            length: bytes.len() as u64,
            object,
            digest: self.digest.put_down(),
        };
        let written = inner.objects.put(&piece.object, bytes).await;
        written.map_err(TransferFault::from)?;
        self.at = piece.end();
        self.unkept.push(piece);
        if self.checksum.is_none() {
            self.keep().await?;
        }
        Ok(())
    }

    /// Makes what was written the file's.
    async fn keep(&mut self) -> Result<(), TransferError> {
        let pieces = std::mem::take(&mut self.unkept);
        if pieces.is_empty() {
            return Ok(());
        }
        let inner = &self.transfers.0;
        match inner
            .store
            .keep_pieces(self.media, self.after.as_deref(), &pieces, inner.clock.now())
            .await?
        {
            Kept::Yes => {
                self.after = pieces.into_iter().last().map(|last| last.object);
                Ok(())
            }
            kept => {
                self.unkept = pieces;
                self.drop_unkept().await;
                if kept == Kept::TooLate {
                    return Err(self.transfers.gone(self.media).await);
                }
                // Somebody else sends the same file at the same time, and was faster.
                let arrived = inner.store.pieces(self.media).await?.last().map_or(0, Piece::end);
                Err(TransferError::OutOfPlace { arrived })
            }
        }
    }

    /// All of the part has arrived.
    async fn end(&mut self) -> Result<(), TransferError> {
        self.write().await?;
        if let Some((checksum, context)) = self.checksum.take() {
            let (Checksum::Sha1(expected) | Checksum::Sha256(expected)) = checksum;
            if context.finish().as_ref() != expected.as_slice() {
                self.drop_unkept().await;
                return Err(TransferError::Checksum);
            }
        }
        self.keep().await
    }

    /// Removes what was written and will not be the file's. What cannot be removed now is removed in its time.
    async fn drop_unkept(&mut self) {
        for piece in std::mem::take(&mut self.unkept) {
            let inner = &self.transfers.0;
            let removed = async {
                inner.objects.remove(&piece.object).await?;
                inner.store.forget_object(&piece.object).await?;
                Ok::<(), TransferFault>(())
            };
            if let Err(error) = removed.await {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "bytes that nobody needs are removed later"
                );
            }
        }
    }
}
