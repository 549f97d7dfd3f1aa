//! Shows that something is going on, once it takes longer than a second.
//!
//! On a terminal it is a spinner or, where the amount is known, a bar; elsewhere it is plain lines, so that a log stays
//! readable. All of it goes to standard error.

use std::io::IsTerminal;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output;

/// How long a step may take before it is worth a word.
const QUIET: Duration = Duration::from_secs(1);
/// How often a spinner moves.
const TICK: Duration = Duration::from_millis(120);

/// A step that may take a while. Dropping it without [`Progress::finish`] removes it from the terminal.
#[derive(Debug)]
pub struct Progress {
    label: String,
    started: Instant,
    bar: ProgressBar,
    finished: Option<Sender<()>>,
    reveal: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins a step of unknown length, such as "Migrating the database".
    #[must_use]
    pub fn start(label: &str) -> Self {
        Self::begin(label, ProgressBar::no_length())
    }

    /// Begins a step of `total` parts.
    #[must_use]
    pub fn with_total(label: &str, total: u64) -> Self {
        let bar = ProgressBar::new(total);
        // The template is a constant: where it were wrong, the plain style would do.
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {wide_bar} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        Self::begin(label, bar)
    }

    fn begin(label: &str, bar: ProgressBar) -> Self {
        bar.set_draw_target(ProgressDrawTarget::hidden());
        bar.set_message(label.to_owned());
        let (finished, wait) = channel::<()>();
        let (shown, label_then) = (bar.clone(), label.to_owned());
        let terminal = std::io::stderr().is_terminal();
        let reveal = std::thread::Builder::new()
            .name("progress".to_owned())
            .spawn(move || {
                if wait.recv_timeout(QUIET) == Err(RecvTimeoutError::Timeout) {
                    if terminal {
                        shown.set_draw_target(ProgressDrawTarget::stderr());
                        shown.enable_steady_tick(TICK);
                    } else {
                        output::note(&format!("{label_then} …"));
                    }
                }
            });
        let (label, started) = (label.to_owned(), Instant::now());
        // Without a thread the step is merely silent.
        Self {
            label,
            started,
            bar,
            finished: Some(finished),
            reveal: reveal.ok(),
        }
    }

    /// Counts `parts` more as done.
    pub fn advance(&self, parts: u64) {
        self.bar.inc(parts);
    }

    /// Ends the step; when it took long enough to be shown, one line says so.
    pub fn finish(mut self) {
        let took = self.started.elapsed();
        self.stop();
        if took >= QUIET {
            output::note(&format!("{}: done in {:.1} s", self.label, took.as_secs_f64()));
        }
    }

    fn stop(&mut self) {
        drop(self.finished.take());
        if let Some(reveal) = self.reveal.take() {
            // The thread only draws; its failure changes nothing for the step.
            let _ = reveal.join();
        }
        self.bar.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_step_does_not_wait_for_its_spinner() {
        let started = Instant::now();
        for _ in 0..20 {
            let progress = Progress::with_total("Counting", 2);
            progress.advance(2);
            progress.finish();
        }
        // Each would have waited for the whole of it; one that waits now waits for the machine.
        assert!(started.elapsed() < QUIET * 10);
    }
}
