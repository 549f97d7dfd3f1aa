//! How long a packed file really is (RFC 1951).

use flate2::{Decompress, FlushDecompress, Status};

use super::PackageError;

/// Unpacks a file into nothing, and counts.
#[derive(Debug)]
pub struct Count {
    inflate: Decompress,
    scratch: Vec<u8>,
    most: u64,
    has_ended: bool,
}

impl Count {
    /// Of a file that the directory says is so long, in bytes.
    #[must_use]
    pub fn of(unpacked: u64) -> Self {
        Self {
            inflate: Decompress::new(false),
            scratch: vec![0; 64 * 1024],
            most: unpacked,
            has_ended: false,
        }
    }

    /// Counts the next bytes.
    ///
    /// # Errors
    /// `Damaged` as soon as it is longer than the directory says.
    pub fn take(&mut self, mut bytes: &[u8]) -> Result<(), PackageError> {
        while !self.has_ended {
            let (read, made) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self
                .inflate
                .decompress(bytes, &mut self.scratch, FlushDecompress::None)
                .map_err(|_| PackageError::Damaged)?;
            if self.inflate.total_out() > self.most {
                return Err(PackageError::Damaged);
            }
            let read = usize::try_from(self.inflate.total_in() - read).unwrap_or(usize::MAX);
            bytes = bytes.get(read..).unwrap_or_default();
            self.has_ended = status == Status::StreamEnd;
            if read == 0 && self.inflate.total_out() == made {
                break;
            }
        }
        Ok(())
    }

    /// All of it was counted.
    ///
    /// # Errors
    /// `Damaged` unless it is as long as the directory says.
    pub fn finish(&self) -> Result<(), PackageError> {
        if self.has_ended && self.inflate.total_out() == self.most {
            return Ok(());
        }
        Err(PackageError::Damaged)
    }
}
