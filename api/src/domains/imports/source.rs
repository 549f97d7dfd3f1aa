//! Opens a file for reading: gzip is told by its first bytes, and nothing of it is held that was not asked for.

use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::WINDOWS_1252;
use flate2::bufread::MultiGzDecoder;

use super::fault::FileError;

/// How much is read at a time, in bytes.
const BUFFER: usize = 64 * 1024;
const GZIP: [u8; 2] = [0x1f, 0x8b];
const ZIP: [u8; 2] = *b"PK";
const UTF_16: [[u8; 2]; 2] = [[0xff, 0xfe], [0xfe, 0xff]];

/// How far reading is, in bytes of the file as it lies on the disk: what a progress bar shows.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<AtomicU64>);

impl Progress {
    /// Bytes read so far.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Counts what passes.
#[derive(Debug)]
struct Counted<R> {
    inner: R,
    progress: Progress,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(into)?;
        self.progress.0.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// The unpacked bytes of a file, in a stream.
pub type Bytes = Box<dyn Read + Send>;

/// Unpacks what comes, if it is packed.
///
/// # Errors
/// When it is in a format that is not read: each says what to do.
pub fn open(file: impl Read + Send + 'static) -> Result<Bytes, FileError> {
    open_counting(file, Progress::default())
}

/// The same, telling how far reading is.
///
/// # Errors
/// As [`open`].
pub fn open_counting(file: impl Read + Send + 'static, progress: Progress) -> Result<Bytes, FileError> {
    let counted = Counted {
        inner: file,
        progress,
    };
    let mut packed = BufReader::with_capacity(BUFFER, counted);
    let begins = packed.fill_buf()?;
    if begins.starts_with(&ZIP) {
        return Err(FileError::Spreadsheet);
    }
    if !begins.starts_with(&GZIP) {
        refuse_utf_16(begins)?;
        return Ok(Box::new(packed));
    }
    let mut unpacked = BufReader::with_capacity(BUFFER, MultiGzDecoder::new(packed));
    refuse_utf_16(unpacked.fill_buf()?)?;
    Ok(Box::new(unpacked))
}

fn refuse_utf_16(begins: &[u8]) -> Result<(), FileError> {
    if UTF_16.iter().any(|mark| begins.starts_with(mark)) {
        return Err(FileError::Utf16);
    }
    Ok(())
}

/// The text of a cell: UTF-8 where it is that, and Windows-1252 where it cannot be. Each cell is judged by itself, because
/// files are pasted together from others, and every byte means something in Windows-1252.
#[must_use]
pub fn text(cell: &[u8]) -> std::borrow::Cow<'_, str> {
    match std::str::from_utf8(cell) {
        Ok(text) => text.into(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(cell).0,
    }
}

/// Ends a read that goes on without a record being finished: an open quotation mark would otherwise swallow the file.
#[derive(Debug)]
pub struct Leash<R> {
    inner: R,
    left: Arc<AtomicU64>,
}

/// The other end: slackens the leash whenever a record is complete.
#[derive(Clone, Debug)]
pub struct Hand {
    left: Arc<AtomicU64>,
    length: u64,
}

/// A reader that gives up after `length` bytes without [`Hand::slacken`].
#[must_use]
pub fn leash<R>(inner: R, length: u64) -> (Leash<R>, Hand) {
    let left = Arc::new(AtomicU64::new(length));
    let hand = Hand {
        left: Arc::clone(&left),
        length,
    };
    (Leash { inner, left }, hand)
}

impl Hand {
    /// A record is complete.
    pub fn slacken(&self) {
        self.left.store(self.length, Ordering::Relaxed);
    }

    /// Whether the leash ended.
    #[must_use]
    pub fn is_taut(&self) -> bool {
        self.left.load(Ordering::Relaxed) == 0
    }
}

impl<R: Read> Read for Leash<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.left.load(Ordering::Relaxed) == 0 {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        let read = self.inner.read(into)?;
        let left = self.left.load(Ordering::Relaxed);
        self.left
            .store(left.saturating_sub(read as u64), Ordering::Relaxed);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn read(bytes: Vec<u8>) -> Result<String, FileError> {
        let mut open = open(std::io::Cursor::new(bytes))?;
        let mut all = String::new();
        open.read_to_string(&mut all)?;
        Ok(all)
    }

    fn packed(text: &str) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(text.as_bytes()).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn a_packed_file_reads_as_the_plain_one() {
        assert_eq!(read(b"a,b\n".to_vec()).unwrap(), "a,b\n");
        assert_eq!(read(packed("a,b\n")).unwrap(), "a,b\n");
        let two = [packed("a,b\n"), packed("1,2\n")].concat();
        assert_eq!(read(two).unwrap(), "a,b\n1,2\n");
    }

    #[test]
    fn a_packed_file_that_breaks_off_is_an_error_and_not_a_short_file() {
        let mut half = packed(&"a,b\n".repeat(1_000));
        half.truncate(half.len() - 9);
        assert!(matches!(read(half), Err(FileError::Unreadable(_))));
    }

    #[test]
    fn what_is_not_csv_is_told_what_to_become() {
        assert!(matches!(
            read(b"PK\x03\x04".to_vec()),
            Err(FileError::Spreadsheet)
        ));
        assert!(matches!(read(b"\xff\xfea\0".to_vec()), Err(FileError::Utf16)));
    }

    #[test]
    fn a_cell_is_utf_8_or_else_windows_1252() {
        assert_eq!(text("Môn – 64".as_bytes()), "Môn – 64");
        assert_eq!(text(b"M\xf4n \x96 64"), "Môn – 64");
    }
}
