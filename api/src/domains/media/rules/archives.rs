//! Packed documents: the directory of a ZIP file is read (PKWARE APPNOTE 6.3, sections 4.3.12 and 4.3.16). What it says of
//! lengths is not believed: where it matters, files are unpacked into nothing, and counted.

mod count;

pub use count::Count;

use super::types::{DOCX, PPTX, XLSX};

/// Where the end of the directory is looked for, in bytes from the end of the file: its own length and the longest remark.
pub const TAIL: u64 = 22 + 65_535;
/// The longest directory that is read, in bytes.
pub const LONGEST_DIRECTORY: u64 = 16 * 1024 * 1024;

const END_MARK: &[u8] = b"PK\x05\x06";
const ENTRY_MARK: &[u8] = b"PK\x01\x02";
const ENTRY_LENGTH: usize = 46;
const FILE_MARK: &[u8] = b"PK\x03\x04";
/// How much stands before the name of a file, in bytes.
pub const FILE_HEAD: u64 = 30;
/// Not packed, and packed by DEFLATE: what documents use (section 4.4.5).
const PLAIN: u32 = 0;
const DEFLATE: u32 = 8;
/// How many times longer DEFLATE makes anything at most (RFC 1951: 258 bytes in two bits).
const MOST_DEFLATED: u64 = 1_032;
/// Stands where a number is too large for its field: then a ZIP64 record has it, which no office document needs.
const IN_ZIP64: u32 = u32::MAX;

/// How much a package may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackageLimits {
    /// Bytes of everything, unpacked.
    pub unpacked_bytes: u64,
    /// How many times longer than packed that may be.
    pub ratio: u64,
    /// Files.
    pub files: u32,
}

/// Why a package is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    /// It has no directory, or one that contradicts itself.
    #[error("the packed file is damaged")]
    Damaged,
    /// Unpacked it would be too long.
    #[error("unpacked it would hold {bytes} bytes, more than the {most} that are taken")]
    TooLong {
        /// How much the directory says.
        bytes: u64,
        /// How much may be.
        most: u64,
    },
    /// It packs better than any document does.
    #[error("unpacked it would be more than {most} times as long, as no document is")]
    Bomb {
        /// How many times may be.
        most: u64,
    },
    /// It holds too many files.
    #[error("it holds more than the {most} files that are taken")]
    TooMany {
        /// How many may be.
        most: u32,
    },
    /// A file in it would be unpacked elsewhere.
    #[error("a file in it leads out of the package: {name}")]
    LeadsOut {
        /// Its name.
        name: String,
    },
    /// A file in it is a program.
    #[error("it holds a program: {name}. Please save it without macros and programs")]
    Program {
        /// Its name.
        name: String,
    },
    /// It is no document that is taken.
    #[error("it is an archive, and archives are not taken: please upload the files in it one by one")]
    Archive,
}

/// Where the directory lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Directory {
    /// Where in the file it begins.
    pub starts_at: u64,
    /// How long it is, in bytes.
    pub length: u64,
    files: u32,
}

/// Finds the directory in the last bytes of a file.
///
/// # Errors
/// `Damaged`, `TooMany`.
pub fn directory(tail: &[u8], file_length: u64, limits: PackageLimits) -> Result<Directory, PackageError> {
    let last = (0..tail.len().saturating_sub(21)).rev().find(|at| {
        let remark = number(tail, at + 20, 2);
        tail[*at..].starts_with(END_MARK)
            && remark.is_some_and(|length| at + 22 + length as usize == tail.len())
    });
    let at = last.ok_or(PackageError::Damaged)?;
    let read = |place, bytes| number(tail, at + place, bytes).ok_or(PackageError::Damaged);
    let (files, length, starts_at) = (read(10, 2)?, read(12, 4)?, read(16, 4)?);
    if starts_at == IN_ZIP64 || length == IN_ZIP64 {
        return Err(PackageError::Damaged);
    }
    if files > limits.files {
        return Err(PackageError::TooMany { most: limits.files });
    }
    let (starts_at, length) = (u64::from(starts_at), u64::from(length));
    if starts_at + length > file_length || length > LONGEST_DIRECTORY {
        return Err(PackageError::Damaged);
    }
    Ok(Directory {
        starts_at,
        length,
        files,
    })
}

/// A file in a package, as the directory tells of it.
struct Entry {
    name: String,
    method: u32,
    starts_at: u64,
    packed: u64,
    unpacked: u64,
}

/// The media type of a package by what its directory lists. `head` is what the file begins with.
///
/// # Errors
/// See [`PackageError`].
pub fn check_package(
    bytes: &[u8],
    found: Directory,
    head: &[u8],
    file_length: u64,
    limits: PackageLimits,
) -> Result<&'static str, PackageError> {
    let entries = entries(bytes, found.files)?;
    let sum = |of: fn(&Entry) -> u64| entries.iter().map(of).fold(0_u64, u64::saturating_add);
    let (packed, unpacked) = (sum(|entry| entry.packed), sum(|entry| entry.unpacked));
    if packed > file_length {
        // Entries that share their bytes: a bomb that no ratio shows.
        return Err(PackageError::Damaged);
    }
    if unpacked > limits.unpacked_bytes {
        return Err(PackageError::TooLong {
            bytes: unpacked,
            most: limits.unpacked_bytes,
        });
    }
    if unpacked > file_length.saturating_mul(limits.ratio) {
        return Err(PackageError::Bomb { most: limits.ratio });
    }
    if entries.iter().any(Entry::is_unreadable) {
        return Err(PackageError::Damaged);
    }
    for entry in &entries {
        let name = || entry.name.chars().take(100).collect();
        if leads_out(&entry.name) {
            return Err(PackageError::LeadsOut { name: name() });
        }
        if is_program(&entry.name) {
            return Err(PackageError::Program { name: name() });
        }
    }
    let has = |name: &str| entries.iter().any(|entry| entry.name == name);
    let office = [
        ("word/document.xml", DOCX),
        ("xl/workbook.xml", XLSX),
        ("ppt/presentation.xml", PPTX),
    ];
    if has("[Content_Types].xml")
        && let Some((_, media_type)) = office.into_iter().find(|(main, _)| has(main))
    {
        return Ok(media_type);
    }
    named_type(head).ok_or(PackageError::Archive)
}

impl Entry {
    fn is_unreadable(&self) -> bool {
        !matches!(self.method, PLAIN | DEFLATE) || (self.method == PLAIN && self.packed != self.unpacked)
    }
}

/// A packed file of a package, to be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Where in the package its head begins.
    pub starts_at: u64,
    /// How long it is, in bytes, without its head.
    pub length: u64,
    /// How long the directory says it is unpacked, in bytes.
    pub unpacked: u64,
}

/// The files of a package that have to be counted: none if all of them together cannot be too long, whatever they hold.
///
/// # Errors
/// `Damaged`.
pub fn to_be_counted(
    bytes: &[u8],
    found: Directory,
    limits: PackageLimits,
) -> Result<Vec<Packed>, PackageError> {
    let entries = entries(bytes, found.files)?;
    let packed = entries
        .iter()
        .map(|entry| entry.packed)
        .fold(0, u64::saturating_add);
    if packed.saturating_mul(MOST_DEFLATED) <= limits.unpacked_bytes {
        return Ok(Vec::new());
    }
    let packed = entries.iter().filter(|entry| entry.method == DEFLATE);
    Ok(packed
        .map(|entry| Packed {
            starts_at: entry.starts_at,
            length: entry.packed,
            unpacked: entry.unpacked,
        })
        .collect())
}

/// Where the bytes of a file begin, by its head.
///
/// # Errors
/// `Damaged` for a head that is none, or says that the file is packed otherwise.
pub fn begins_at(packed: Packed, head: &[u8], found: Directory) -> Result<u64, PackageError> {
    let read = |place, bytes| number(head, place, bytes).ok_or(PackageError::Damaged);
    let begins_at = packed.starts_at + FILE_HEAD + u64::from(read(26, 2)?) + u64::from(read(28, 2)?);
    let is_before = begins_at + packed.length <= found.starts_at;
    if !head.starts_with(FILE_MARK) || read(8, 2)? != DEFLATE || !is_before {
        return Err(PackageError::Damaged);
    }
    Ok(begins_at)
}

/// OpenDocument and EPUB say what they are in their first file, which is not packed (OpenDocument 1.3, part 2, 3.3).
fn named_type(head: &[u8]) -> Option<&'static str> {
    const FIRST: &[u8] = b"mimetype";
    let name_length = number(head, 26, 2)? as usize;
    let extra = number(head, 28, 2)? as usize;
    let length = number(head, 18, 4)? as usize;
    if head.get(30..30 + name_length)? != FIRST || number(head, 8, 2)? != 0 {
        return None;
    }
    let begin = 30 + name_length + extra;
    let name = head.get(begin..begin.checked_add(length)?)?;
    let name = std::str::from_utf8(name).ok()?.trim();
    super::types::accepted_type(name)
        .filter(|accepted| accepted.form == super::types::Form::Package)
        .map(|accepted| accepted.name)
}

fn entries(bytes: &[u8], files: u32) -> Result<Vec<Entry>, PackageError> {
    let mut entries = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let read = |place, length| number(bytes, at + place, length).ok_or(PackageError::Damaged);
        if !bytes[at..].starts_with(ENTRY_MARK) {
            return Err(PackageError::Damaged);
        }
        let (packed, unpacked) = (read(20, 4)?, read(24, 4)?);
        let (name, extra, remark) = (
            read(28, 2)? as usize,
            read(30, 2)? as usize,
            read(32, 2)? as usize,
        );
        if packed == IN_ZIP64 || unpacked == IN_ZIP64 {
            return Err(PackageError::Damaged);
        }
        let from = at + ENTRY_LENGTH;
        let name_bytes = bytes.get(from..from + name).ok_or(PackageError::Damaged)?;
        entries.push(Entry {
            name: String::from_utf8_lossy(name_bytes).into_owned(),
            method: read(10, 2)?,
            starts_at: read(42, 4)?.into(),
            packed: packed.into(),
            unpacked: unpacked.into(),
        });
        at = from + name + extra + remark;
    }
    if entries.len() != files as usize {
        return Err(PackageError::Damaged);
    }
    Ok(entries)
}

fn leads_out(name: &str) -> bool {
    let is_absolute = name.starts_with(['/', '\\']) || name.as_bytes().get(1) == Some(&b':');
    is_absolute || name.split(['/', '\\']).any(|part| part == "..")
}

fn is_program(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let file = name.rsplit('/').next().unwrap_or_default();
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    file == "vbaproject.bin"
        || name.starts_with("basic/")
        || name.starts_with("scripts/")
        || matches!(
            extension,
            "exe"
                | "dll"
                | "com"
                | "scr"
                | "bat"
                | "cmd"
                | "msi"
                | "vbs"
                | "ps1"
                | "sh"
                | "jar"
                | "class"
                | "so"
                | "dylib"
                | "app"
                | "hta"
                | "lnk"
                | "zip"
                | "rar"
                | "7z"
                | "gz"
                | "iso"
        )
}

/// A number of some bytes, the least first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(
        bytes
            .iter()
            .rev()
            .fold(0, |number, byte| (number << 8) | u32::from(*byte)),
    )
}

#[cfg(test)]
mod tests;
