//! The process: address, files, threads.

use std::net::IpAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Report, Section};

/// Where the server listens, where it keeps its files, and how large its threads are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerSettings {
    /// IP address to listen on. Default `127.0.0.1`: this machine only, until somebody decides otherwise.
    pub host: IpAddr,
    /// TCP port to listen on, 0 for any free one. Default 8080.
    pub port: u16,
    /// Directory for the files that the server keeps; created when missing. Default `data`, below the working directory.
    pub data_dir: PathBuf,
    /// Worker threads, 0 for one per processor. Default 0.
    pub worker_threads: usize,
    /// Stack of each worker thread, in mebibytes, 8 to 256. Default 16: parsers and executors recurse on nested documents,
    /// and an exhausted stack ends the whole process. Address space only; memory is used as it is needed.
    pub worker_stack_mebibytes: usize,
}

impl Default for ServerSettings {
    fn default() -> Self {
        Self {
            host: IpAddr::from([127, 0, 0, 1]),
            port: 8080,
            data_dir: PathBuf::from("data"),
            worker_threads: 0,
            worker_stack_mebibytes: 16,
        }
    }
}

impl Section for ServerSettings {
    fn check(&self, report: &mut Report<'_>) {
        report.within(
            "worker_threads",
            self.worker_threads,
            0,
            1024,
            "threads (0: one per processor)",
        );
        report.within(
            "worker_stack_mebibytes",
            self.worker_stack_mebibytes,
            8,
            256,
            "mebibytes",
        );
        if self.data_dir.as_os_str().is_empty() {
            report.wrong(
                "data_dir",
                "",
                "must name a directory; `.` is the working directory",
            );
        }
    }
}
