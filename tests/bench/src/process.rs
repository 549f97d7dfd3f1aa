//! Servers as processes: started, watched through `/proc`, and ended with the benchmark.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::error::{BenchError, During};

/// Ticks a second in `/proc`: `USER_HZ`, which is 100 on every Linux platform Rust knows.
const TICKS: f64 = 100.0;

/// A running server; dropping it ends it.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// The signal that ends it.
    signal: &'static str,
}

/// What a server and its children have used so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    /// Processor time, in seconds.
    pub processor: f64,
    /// Resident memory, in bytes; shared pages count for each process.
    pub resident: u64,
}

impl Server {
    /// Starts a command with its output in a file.
    ///
    /// # Errors
    /// When there is no such program, or the file cannot be written.
    pub fn start(command: &mut Command, log: &Path) -> Result<Self, BenchError> {
        let output = File::create(log).during("creating a log file")?;
        let errors = output.try_clone().during("creating a log file")?;
        let what = format!("starting {}", command.get_program().to_string_lossy());
        let child = command
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .during(&what)?;
        Ok(Self {
            child,
            signal: "KILL",
        })
    }

    /// Ends it by another signal than KILL: for those who tidy up.
    #[must_use]
    pub fn ended_by(mut self, signal: &'static str) -> Self {
        self.signal = signal;
        self
    }

    /// What it has used, with its children, also those that ended.
    #[must_use]
    pub fn usage(&self) -> Usage {
        let root = self.child.id();
        let mut usage = Usage::default();
        for (id, parent, stat) in processes() {
            let is_root = id == root;
            if is_root || parent == root {
                // Fields 14 and 15: user and system time; 16 and 17: those of children that were waited for.
                let fields = if is_root { 11..15 } else { 11..13 };
                let ticks: f64 = stat
                    .get(fields)
                    .unwrap_or_default()
                    .iter()
                    .filter_map(|field| field.parse::<f64>().ok())
                    .sum();
                usage.processor += ticks / TICKS;
                usage.resident += resident(id);
            }
        }
        usage
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let root = self.child.id();
        let children: Vec<u32> = processes()
            .into_iter()
            .filter(|(_, parent, _)| *parent == root && self.signal == "KILL")
            .map(|(id, ..)| id)
            .collect();
        for id in children.into_iter().chain([root]) {
            let _ = Command::new("kill")
                .arg(format!("-{}", self.signal))
                .arg(id.to_string())
                .status();
        }
        let _ = self.child.wait();
    }
}

/// Every process: its id, its parent's, and the fields of its `stat` from the third on.
fn processes() -> Vec<(u32, u32, Vec<String>)> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let id: u32 = entry.file_name().to_str()?.parse().ok()?;
            let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
            // The second field is the program's name in brackets and may hold anything.
            let (_, rest) = stat.rsplit_once(") ")?;
            let fields: Vec<String> = rest.split_whitespace().map(str::to_owned).collect();
            let parent = fields.get(1)?.parse().ok()?;
            Some((id, parent, fields))
        })
        .collect()
}

fn resident(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kibibytes.unwrap_or_default() * 1024
}

/// A port that is free now.
///
/// # Errors
/// When there is none.
pub fn free_port() -> Result<u16, BenchError> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).during("looking for a free port")?;
    Ok(listener.local_addr().during("looking for a free port")?.port())
}
