//! Half a million rows of figures out of a file, on both databases: how fast, and in how much memory.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::error::{BenchError, During};
use crate::postgres::Postgres;
use crate::setup::Setup;

/// Rows a second that are asked for, and the memory that they may take.
const ROWS_PER_SECOND: f64 = 20_000.0;
const MEBIBYTES: f64 = 200.0;
/// How often the memory is looked at.
const GLANCE: Duration = Duration::from_millis(10);

/// Measures and prints.
///
/// # Errors
/// When an import fails.
#[expect(clippy::cast_precision_loss, reason = "counts and sizes of a benchmark")]
pub async fn measure(setup: &Setup, postgres: &Postgres, rows: u64) -> Result<(), BenchError> {
    println!(
        "| | rows | seconds | rows/s | asked for | resident MiB at most | asked for |\n|---|---:|---:|---:|---:|---:|---:|"
    );
    for (name, data, server) in [
        ("PostgreSQL", "import-postgres", Some(postgres)),
        ("SQLite", "import-sqlite", None),
    ] {
        let command = |arguments: &[&str]| {
            let mut command = setup.roundtable(data, arguments);
            if let Some(server) = server {
                command.env("DATABASE_URL", server.url());
            }
            command
        };
        let file = setup.data.join("figures.csv");
        let path = file.to_string_lossy();
        setup.run(&mut command(&["migrate"]))?;
        setup.run(&mut command(&[
            "import",
            "synthetic",
            &path,
            "--rows",
            &rows.to_string(),
            "--with-areas",
        ]))?;
        // The rows of the file, without the headings: an observation is never cut in two.
        let written = fs::read(&file)
            .during("reading the figures")?
            .iter()
            .filter(|byte| **byte == b'\n')
            .count()
            .saturating_sub(1);
        let log = setup.logs.join(format!("{data}.log"));
        let (seconds, bytes) = watch(&mut command(&["import", "ascof", &path]), &log).await?;
        println!(
            "| {name} | {written} | {seconds:.1} | {:.0} | ≥ {ROWS_PER_SECOND} | {:.0} | ≤ {MEBIBYTES} |",
            written as f64 / seconds,
            bytes as f64 / 1_048_576.0,
        );
    }
    Ok(())
}

/// Seconds that a command takes, and the most memory that was resident, in bytes.
async fn watch(command: &mut Command, log: &Path) -> Result<(f64, u64), BenchError> {
    let output = fs::File::create(log).during("creating a log file")?;
    let errors = output.try_clone().during("creating a log file")?;
    let began = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors)
        .spawn()
        .during("starting the import")?;
    let mut peak = 0;
    let status = loop {
        if let Some(status) = child.try_wait().during("waiting for the import")? {
            break status;
        }
        peak = peak.max(high_water_mark(child.id()));
        tokio::time::sleep(GLANCE).await;
    };
    if !status.success() {
        return Err(BenchError::new(format!(
            "the import failed: see {}",
            log.display()
        )));
    }
    Ok((began.elapsed().as_secs_f64(), peak))
}

/// The most memory that was resident in a process so far, in bytes.
fn high_water_mark(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kibibytes.unwrap_or_default() * 1024
}
