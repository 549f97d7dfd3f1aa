//! What a file really is: by its content, never by its name.

use super::archives::PackageError;
use super::captions::CaptionsError;
use super::drawings::DrawingError;
use super::tables::{TableError, check_part};
use super::types::{AcceptedType, Form};

/// How much of the beginning of a file tells what it is, in bytes.
pub const HEAD: u64 = 8_192;
/// The longest drawing, in bytes: it is read as a whole.
pub const LONGEST_DRAWING: u64 = 8 * 1024 * 1024;

/// Why a content is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// It is something else than was announced.
    #[error("its content is {found}, and {declared} was announced")]
    Other {
        /// What it is.
        found: String,
        /// What was announced.
        declared: &'static str,
    },
    /// Nobody can tell what it is.
    #[error("its content is not {declared}, which was announced, nor anything else that is known")]
    Unknown {
        /// What was announced.
        declared: &'static str,
    },
    /// A page that a browser would run.
    #[error("its content is a web page, and those are not taken")]
    Page,
    /// Something that a machine would run.
    #[error("its content is a program, and those are not taken")]
    Program,
    /// It is no text.
    #[error("it is not a text in UTF-8: save it with this encoding")]
    NotText,
    /// A drawing is too long to be looked through.
    #[error("drawings have at most {LONGEST_DRAWING} bytes")]
    LongDrawing,
    /// A packed document is not taken.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// A table is not taken.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A drawing is not taken.
    #[error(transparent)]
    Drawing(#[from] DrawingError),
    /// Captions cannot be read.
    #[error(transparent)]
    Captions(#[from] CaptionsError),
}

/// Whether what a file begins with may be of a type.
///
/// # Errors
/// `Program`, `Page`, `Other`, `Unknown`.
pub fn check_head(head: &[u8], declared: &'static AcceptedType) -> Result<(), ContentError> {
    if declared.form == Form::PackedTable && is_packed(head) {
        return Ok(());
    }
    let is_text_form = matches!(
        declared.form,
        Form::Text | Form::Table | Form::Captions | Form::Drawing
    );
    let found = infer::get(head).map(|found| found.mime_type());
    // Some signatures are two letters that a text may begin with as well: what reads as a text is one.
    let found = found.filter(|found| {
        !is_text_form || found.starts_with("text/") || is_written(found) || !reads_as_text(head, declared)
    });
    if head.starts_with(b"#!") || found.is_some_and(is_program) {
        return Err(ContentError::Program);
    }
    if declared.form != Form::Drawing && is_page(head) {
        return Err(ContentError::Page);
    }
    let other = |found: &str| ContentError::Other {
        found: found.to_owned(),
        declared: declared.name,
    };
    match (declared.form, found) {
        (Form::Signature, Some(found)) if declared.may_be(found) => Ok(()),
        (Form::Package, _) if head.starts_with(b"PK\x03\x04") => Ok(()),
        (_, None) if is_text_form => Ok(()),
        (_, Some(found)) if is_text_form && found.starts_with("text/") => Ok(()),
        (_, Some(found)) => Err(other(found)),
        (_, None) if is_text(head) => Err(other("a text")),
        (_, None) => Err(ContentError::Unknown {
            declared: declared.name,
        }),
    }
}

/// Whether it begins as gzip does (RFC 1952).
fn is_packed(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b, 0x08])
}

/// Documents that are written in letters, and are no plain texts.
fn is_written(found: &str) -> bool {
    matches!(
        found,
        "application/pdf" | "application/rtf" | "application/postscript"
    )
}

/// Programs of any machine, by the names that are given to their signatures.
fn is_program(found: &str) -> bool {
    matches!(
        found,
        "application/vnd.microsoft.portable-executable"
            | "application/x-executable"
            | "application/x-mach-binary"
            | "application/java"
            | "application/java-archive"
            | "application/x-llvm"
            | "application/wasm"
            | "application/vnd.android.dex"
            | "application/vnd.android.dey"
            | "application/x-ms-shortcut"
            | "text/x-shellscript"
    )
}

/// What browsers take for a page when nobody tells them what it is (WHATWG MIME Sniffing, section 7.1).
fn is_page(head: &[u8]) -> bool {
    const BEGINNINGS: [&str; 17] = [
        "<!doctype html",
        "<html",
        "<head",
        "<script",
        "<iframe",
        "<h1",
        "<div",
        "<font",
        "<table",
        "<a",
        "<style",
        "<title",
        "<b",
        "<body",
        "<br",
        "<p",
        "<!--",
    ];
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let text = head.trim_ascii_start();
    let text: String = text
        .iter()
        .take(20)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    BEGINNINGS.iter().any(|beginning| {
        text.strip_prefix(beginning).is_some_and(|rest| {
            *beginning == "<!--" || rest.starts_with([' ', '>', '\t', '\n', '\r', '\x0c', '/'])
        })
    })
}

fn reads_as_text(head: &[u8], declared: &AcceptedType) -> bool {
    is_text(head) || declared.form == Form::Table && check_part(head).is_ok()
}

fn is_text(head: &[u8]) -> bool {
    let mut text = TextCheck::default();
    text.take(head).is_ok()
}

/// Whether bytes that come one part after the other are a text in UTF-8, without the characters that texts do not have.
#[derive(Debug, Default)]
pub struct TextCheck {
    /// The beginning of a character whose end has not come yet.
    begun: Vec<u8>,
}

impl TextCheck {
    /// Takes in the next part.
    ///
    /// # Errors
    /// `NotText`.
    pub fn take(&mut self, part: &[u8]) -> Result<(), ContentError> {
        let mut bytes = std::mem::take(&mut self.begun);
        bytes.extend_from_slice(part);
        let good = match std::str::from_utf8(&bytes) {
            Ok(text) => text,
            Err(error) if error.error_len().is_none() => {
                let (good, begun) = bytes.split_at(error.valid_up_to());
                self.begun = begun.to_vec();
                std::str::from_utf8(good).map_err(|_| ContentError::NotText)?
            }
            Err(_) => return Err(ContentError::NotText),
        };
        let strange = |character: char| {
            character.is_control() && !matches!(character, '\n' | '\r' | '\t' | '\u{c}' | '\u{85}')
        };
        if good.contains(strange) {
            return Err(ContentError::NotText);
        }
        Ok(())
    }

    /// Says that this was all.
    ///
    /// # Errors
    /// `NotText` when the last character is not whole.
    pub fn finish(self) -> Result<(), ContentError> {
        if self.begun.is_empty() {
            Ok(())
        } else {
            Err(ContentError::NotText)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::types::accepted_type;
    use super::*;

    fn check(head: &[u8], declared: &str) -> Result<(), ContentError> {
        check_head(head, accepted_type(declared).unwrap())
    }

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    const MP4: &[u8] = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41";

    #[test]
    fn content_is_what_was_announced() {
        let mut webm = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm".to_vec();
        webm.resize(300, 0);
        for (head, declared) in [
            (PNG, "image/png"),
            (MP4, "video/mp4"),
            (MP4, "audio/mp4"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF".as_slice(), "image/jpeg"),
            (b"GIF89a\x01\0\x01\0", "image/gif"),
            (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
            (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
            (b"ID3\x03\0\0\0\0\0\0", "audio/mpeg"),
            (b"OggS\0\x02\0\0\0\0\0\0\0\0", "audio/ogg"),
            (b"fLaC\0\0\0\x22", "audio/flac"),
            (webm.as_slice(), "video/webm"),
            (b"%PDF-1.7\n", "application/pdf"),
            (b"PK\x03\x04\x14\0", "application/epub+zip"),
            (b"Hello", "text/plain"),
            // Letters that programs and pictures begin with, too.
            (b"BC and AD", "text/plain"),
            (b"MZ,name\n", "text/csv"),
            (b"BM is short for benchmark", "text/markdown"),
            (b"", "text/plain"),
            (b"# A plan\n\n<3", "text/markdown"),
            (b"WEBVTT\n", "text/vtt"),
            (b"<?xml version=\"1.0\"?><svg/>", "image/svg+xml"),
            (b"<svg/>", "image/svg+xml"),
        ] {
            assert_eq!(
                check(head, declared),
                Ok(()),
                "{declared}: {}",
                String::from_utf8_lossy(head)
            );
        }
    }

    #[test]
    fn content_that_is_something_else_is_refused() {
        let is_other = |head: &[u8], declared: &str| {
            let error = check(head, declared).unwrap_err();
            assert!(
                matches!(error, ContentError::Other { .. } | ContentError::Unknown { .. }),
                "{declared}: {error}"
            );
        };
        is_other(PNG, "video/mp4");
        is_other(PNG, "text/plain");
        is_other(MP4, "audio/mpeg");
        is_other(b"%PDF-1.7\n", "image/png");
        is_other(b"%PDF-1.7\n", "text/plain");
        is_other(b"Hello", "video/mp4");
        is_other(b"\x01\x02\x03\x04", "application/pdf");
        is_other(b"", "image/png");
        is_other(b"Hello", "application/epub+zip");
        is_other(b"PK\x03\x04\x14\0", "text/plain");
        is_other(b"Rar!\x1a\x07\0", "application/epub+zip");
    }

    #[test]
    fn pages_and_programs_are_refused_whatever_they_are_called() {
        for page in [
            b"<!DOCTYPE html><p>".as_slice(),
            b"  \n<HTML>",
            b"\xef\xbb\xbf<script>",
            b"<script src=a>",
            b"<!-- a --><script>",
            b"<a href=b>",
            b"<body/onload=a>",
        ] {
            for declared in ["text/plain", "text/markdown", "text/csv", "text/vtt", "image/png"] {
                let found = check(page, declared);
                assert_eq!(
                    found,
                    Err(ContentError::Page),
                    "{declared}: {}",
                    String::from_utf8_lossy(page)
                );
            }
        }
        let mut windows = vec![0; 512];
        windows[..2].copy_from_slice(b"MZ");
        let mut linux = vec![0; 64];
        linux[..6].copy_from_slice(b"\x7fELF\x02\x01");
        for program in [windows.as_slice(), &linux, b"#!/bin/sh\n", b"\0asm\x01\0\0\0"] {
            for declared in ["text/plain", "video/mp4", "application/epub+zip"] {
                assert_eq!(check(program, declared), Err(ContentError::Program), "{declared}");
            }
        }
    }

    #[test]
    fn a_text_is_known_across_its_parts() {
        let whole = "Siân: “été” 👋\r\n\tTwo.".as_bytes();
        for at in 0..=whole.len() {
            let mut text = TextCheck::default();
            text.take(&whole[..at]).unwrap();
            text.take(&whole[at..]).unwrap();
            assert_eq!(text.finish(), Ok(()), "{at}");
        }
        for wrong in [b"a\0b".as_slice(), b"\xff\xfea\0", b"\xc3(", b"a\x1b[2J"] {
            assert_eq!(
                TextCheck::default().take(wrong),
                Err(ContentError::NotText),
                "{wrong:?}"
            );
        }
        let mut cut = TextCheck::default();
        cut.take(b"Si\xc3").unwrap();
        assert_eq!(cut.finish(), Err(ContentError::NotText));
    }
}
