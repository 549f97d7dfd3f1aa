//! A server as a process of its own.

use std::fs;
use std::path::PathBuf;
use std::process::Child;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A start makes keys, migrates, and may load the demonstration world.
const STARTING_TAKES_AT_MOST: Duration = Duration::from_secs(90);
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// What Linux counts processor time in, towards programs.
const TICK: Duration = Duration::from_millis(10);
/// How the line begins with which a server says where it answers.
const ANSWERS_AT: &str = "Roundtable answers at ";

/// A server that was started, and may not answer yet. It ends with this value.
pub struct Running {
    child: Mutex<Child>,
    process: u32,
    log: PathBuf,
}

impl Running {
    pub(super) fn new(child: Child, log: PathBuf) -> Self {
        let process = child.id();
        Self {
            child: Mutex::new(child),
            process,
            log,
        }
    }

    fn child(&self) -> MutexGuard<'_, Child> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until it answers: where, such as `http://127.0.0.1:40123`.
    ///
    /// # Errors
    /// What it said when it ended instead.
    pub fn origin(&self) -> Result<String, String> {
        let deadline = Instant::now() + STARTING_TAKES_AT_MOST;
        loop {
            // Asked first, so that the log is whole once it has ended.
            let runs = self.is_running();
            let log = self.log();
            let said = log.lines().find_map(|line| line.strip_prefix(ANSWERS_AT));
            if let Some(origin) = said.and_then(|address| address.strip_suffix("/graphql")) {
                return Ok(origin.to_owned());
            }
            if !runs || Instant::now() > deadline {
                return Err(format!("the server did not start; it said:\n{log}"));
            }
            std::thread::sleep(LOOK_EVERY);
        }
    }

    /// The process's number.
    #[must_use]
    pub const fn process(&self) -> u32 {
        self.process
    }

    /// What it has said so far.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Whether it still runs.
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self.child().try_wait(), Ok(None))
    }

    /// The memory that it holds now, in bytes; nothing where the system does not tell.
    #[must_use]
    pub fn memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
        Some(kibibytes * 1024)
    }

    /// The processor time that it has used so far, in steps of ten milliseconds; nothing where the system does not tell. A
    /// busy machine changes nothing about it.
    #[must_use]
    pub fn processor_time(&self) -> Option<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process)).ok()?;
        // The name in parentheses may hold anything; user and system time are the twelfth and thirteenth after it.
        let mut after_name = stat.rsplit_once(") ")?.1.split(' ').skip(11);
        let mut ticks = || after_name.next()?.parse::<u64>().ok();
        Some(TICK * u32::try_from(ticks()? + ticks()?).ok()?)
    }

    /// Ends it in the middle of whatever it does, as a power cut would: SIGKILL, which no process can catch.
    pub fn kill(&self) {
        let mut child = self.child();
        let _ = child.kill();
        let _ = child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}
