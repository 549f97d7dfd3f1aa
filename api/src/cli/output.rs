//! The one place that writes for people: results to standard output, failures to standard error.

use std::io::{self, ErrorKind, Write};

/// Writes one line of the result to standard output.
///
/// A reader that has seen enough (`roundtable schema | head`) is not an error.
///
/// # Errors
///
/// When standard output cannot be written for another reason, such as a full disk.
pub fn line(text: &str) -> io::Result<()> {
    match writeln!(io::stdout().lock(), "{text}") {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}

/// Writes a line about the work, not its result, to standard error; where that is closed there is nobody to tell.
pub fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
