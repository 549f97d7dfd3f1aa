//! Tables as text, packed with gzip or not: spreadsheets write them in UTF-8 or in Windows-1252.

use std::io::{self, Write};

use flate2::write::MultiGzDecoder;

/// Why a table is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// It is no text.
    #[error("it is not a table as text: save it as CSV in UTF-8 (comma delimited)")]
    NotText,
    /// It cannot be unpacked to its end.
    #[error("it is packed, and cannot be unpacked to its end: pack it again with gzip")]
    Damaged,
    /// It is longer unpacked than is taken.
    #[error("it has more than {limit} bytes when it is unpacked")]
    TooLong {
        /// The most, in bytes.
        limit: u64,
    },
    /// It is so many times longer unpacked that it is no table.
    #[error("it is more than {ratio} times longer when it is unpacked, as no table is")]
    TooDense {
        /// The most times.
        ratio: u64,
    },
}

/// Whether a part of a file is text in UTF-8 or Windows-1252: every byte above 127 means something in one or the other, so only those
/// count that no text has.
///
/// # Errors
/// [`TableError::NotText`].
pub fn check_part(part: &[u8]) -> Result<(), TableError> {
    let strange = |byte: &u8| byte.is_ascii_control() && !matches!(byte, b'\n' | b'\r' | b'\t' | 0x0c);
    if part.iter().any(strange) {
        return Err(TableError::NotText);
    }
    Ok(())
}

/// How long a packed table may be.
#[derive(Clone, Copy, Debug)]
pub struct TableLimits {
    /// The most bytes when it is unpacked.
    pub unpacked_bytes: u64,
    /// How many times longer that may be than packed.
    pub ratio: u64,
}

/// Unpacks a table into nothing, and looks at what comes.
#[derive(Debug)]
pub struct PackedTableCheck {
    unpacking: MultiGzDecoder<Unpacked>,
    packed: u64,
    limits: TableLimits,
}

/// What has been unpacked: it is looked at, counted and forgotten.
#[derive(Debug)]
struct Unpacked {
    bytes: u64,
    most: u64,
    wrong: Option<TableError>,
}

impl Write for Unpacked {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        self.bytes += part.len() as u64;
        let checked = if self.bytes > self.most {
            Err(TableError::TooLong { limit: self.most })
        } else {
            check_part(part)
        };
        match checked {
            Ok(()) => Ok(part.len()),
            Err(error) => {
                self.wrong = Some(error);
                Err(io::Error::other(error))
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is packed as densely as that within its first bytes may be chance.
const TOO_SHORT_TO_TELL: u64 = 1024 * 1024;

impl PackedTableCheck {
    /// With these limits.
    #[must_use]
    pub fn new(limits: TableLimits) -> Self {
        let unpacked = Unpacked {
            bytes: 0,
            most: limits.unpacked_bytes,
            wrong: None,
        };
        Self {
            unpacking: MultiGzDecoder::new(unpacked),
            packed: 0,
            limits,
        }
    }

    /// Takes in the next part.
    ///
    /// # Errors
    /// [`TableError`], as soon as it is plain.
    pub fn take(&mut self, part: &[u8]) -> Result<(), TableError> {
        self.packed += part.len() as u64;
        let unpacked = self.unpacking.write_all(part);
        unpacked.map_err(|_| self.why())?;
        let (made, ratio) = (self.unpacking.get_ref().bytes, self.limits.ratio);
        if made > TOO_SHORT_TO_TELL && made / ratio.max(1) > self.packed {
            return Err(TableError::TooDense { ratio });
        }
        Ok(())
    }

    /// Says that this was all.
    ///
    /// # Errors
    /// [`TableError::Damaged`] when there should be more.
    pub fn finish(mut self) -> Result<(), TableError> {
        let finished = self.unpacking.try_finish();
        finished.map_err(|_| self.why())
    }

    fn why(&self) -> TableError {
        self.unpacking.get_ref().wrong.unwrap_or(TableError::Damaged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: TableLimits = TableLimits {
        unpacked_bytes: 4 * 1024 * 1024,
        ratio: 200,
    };

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    fn check(bytes: &[u8], limits: TableLimits) -> Result<(), TableError> {
        let mut check = PackedTableCheck::new(limits);
        for part in bytes.chunks(100) {
            check.take(part)?;
        }
        check.finish()
    }

    #[test]
    fn a_table_may_be_windows_1252_and_holds_no_bytes_that_no_text_has() {
        assert_eq!(check_part("Môn,64\r\n".as_bytes()), Ok(()));
        assert_eq!(check_part(b"M\xf4n \x96,64\n"), Ok(()));
        assert_eq!(check_part(b"M\0n"), Err(TableError::NotText));
        assert_eq!(check_part(b"\x1b[2J"), Err(TableError::NotText));
    }

    #[test]
    fn a_packed_table_is_looked_at_unpacked() {
        assert_eq!(check(&packed(b"a,b\n1,2\n"), LIMITS), Ok(()));
        let two = [packed(b"a,b\n"), packed(b"1,2\n")].concat();
        assert_eq!(check(&two, LIMITS), Ok(()));
        assert_eq!(check(&packed(b"a\0b"), LIMITS), Err(TableError::NotText));
        let mut half = packed("a,b\n1,2\n".repeat(999).as_bytes());
        half.truncate(half.len() - 9);
        assert_eq!(check(&half, LIMITS), Err(TableError::Damaged));
        assert_eq!(check(b"a,b\n1,2\n", LIMITS), Err(TableError::Damaged));
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_unpacked() {
        let bomb = packed(&vec![b'1'; 8 * 1024 * 1024]);
        let lax = TableLimits {
            ratio: 100_000,
            ..LIMITS
        };
        assert_eq!(
            check(&bomb, lax),
            Err(TableError::TooLong {
                limit: LIMITS.unpacked_bytes
            })
        );
        assert_eq!(check(&bomb, LIMITS), Err(TableError::TooDense { ratio: 200 }));
    }
}
