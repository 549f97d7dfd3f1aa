//! A small process that outlives the tests and tidies up behind them, however they end.
//!
//! It waits at the end of a pipe that this process holds open; when this process ends, even by a signal that nobody can
//! catch, the pipe closes, and the porter does its work.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// Somebody who acts when this process ends.
pub(crate) struct Porter(Mutex<Child>);

impl Porter {
    /// Engages a porter, as this user or another: `script` runs in `sh` with the `arguments` as `$1`, `$2` …, and what has
    /// been [told](Self::tell) last in `$told`.
    pub(crate) fn engage(
        script: &str,
        arguments: &[&str],
        user: Option<(u32, u32)>,
    ) -> std::io::Result<Self> {
        // The terminal's interrupt reaches the porter, too: it must survive that.
        let script =
            format!("trap '' INT TERM HUP\ntold=\nwhile IFS= read -r line; do told=$line; done\n{script}");
        let mut command = Command::new("sh");
        command
            .args(["-c", &script, "porter"])
            .args(arguments)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null());
        if let Some((user, group)) = user {
            command.uid(user).gid(group);
        }
        Ok(Self(Mutex::new(command.spawn()?)))
    }

    /// Tells the porter one line; it remembers the last one.
    pub(crate) fn tell(&self, line: &str) {
        let mut porter = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pipe) = porter.stdin.as_mut() {
            let told = writeln!(pipe, "{}", line.replace('\n', " "));
            told.expect("the porter listens as long as this process lives");
        }
    }
}
