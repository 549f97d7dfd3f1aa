//! `roundtable import`: figures out of files.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use entity::id::ImportBatchId;
use entity::outcomes::kinds::ImportKind;
use migration::Migrator;

use super::progress::Progress;
use super::{CliError, output};
use crate::clock::Clock;
use crate::config::Settings;
use crate::domains::imports::directory;
use crate::domains::imports::fault::Fault;
use crate::domains::imports::layout::Layout;
use crate::domains::imports::load::{self, Asked, ImportFailure, Report};
use crate::domains::imports::period::{Period, financial_year};
use crate::domains::imports::synthetic::{self, Injected, Pack};
use crate::domains::outcomes::reference as frameworks;
use crate::domains::parties::reference as areas;
use crate::store::{Store, migrate};

/// The credit for the directory.
const CQC_SOURCE: &str = "Care Quality Commission, Care directory with filters. Contains public sector information licensed under the Open \
                          Government Licence v3.0.";

/// What to import.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// What to import
    #[command(subcommand)]
    pub step: ImportStep,
}

/// What to import.
#[derive(Debug, Subcommand)]
pub enum ImportStep {
    /// Figures in the shape of the open data of the Adult Social Care Outcomes Framework
    #[command(after_help = "\
The file may be packed with gzip, and may be in UTF-8 or Windows-1252. An import that was stopped goes on when it is started again;
a file that was imported before changes nothing. Rows that cannot be used are left out, each with its reason.

Examples:
  roundtable import ascof ascof-2020-21.csv.gz
  roundtable import ascof figures.csv --period 2020-21 --errors refused.csv")]
    Ascof(FileArguments),
    /// Figures in a file of another shape, by a layout of yours
    #[command(after_help = "\
A layout says what the file calls things; the one of `roundtable import layout` is an example to change.

Example:
  roundtable import figures ours.csv --layout ours.toml --period 2023-24 --errors refused.csv")]
    Figures {
        /// What the file calls things (TOML)
        #[arg(long, value_name = "FILE")]
        layout: PathBuf,
        /// The file, and what it does not say itself
        #[command(flatten)]
        file: FileArguments,
    },
    /// Organisations, sites and services from the directory of the Care Quality Commission ("Care directory with filters", saved as CSV)
    #[command(after_help = "\
The file may be packed with gzip, and may be in UTF-8 or Windows-1252. Organisations, sites and services that are new are added, others
are changed where the edition says otherwise, and services that a location is no longer registered for end; what an organisation with
users of its own recorded stays. Names of registered managers and nominated individuals are not read.

Examples:
  roundtable import cqc HSCA_Active_Locations.csv.gz
  roundtable import cqc december.csv --close-departed --errors refused.csv")]
    Cqc {
        /// The file: CSV, packed with gzip or not
        file: PathBuf,
        /// End the codes of locations that this edition no longer has, and the services there
        #[arg(long)]
        close_departed: bool,
        /// Where the file is from, as it is to be credited
        #[arg(long, default_value = CQC_SOURCE)]
        source: String,
        /// Write what was wrong with rows to this file (CSV)
        #[arg(long, value_name = "FILE")]
        errors: Option<PathBuf>,
    },
    /// Print the layout of ASCOF, as an example of one
    Layout,
    /// Write an edition of a directory that never was, with faults that are known, to try `import cqc` with
    SyntheticDirectory {
        /// Where to write the directory
        file: PathBuf,
        /// How many locations
        #[arg(long, default_value_t = 25_000)]
        locations: u64,
        /// Which month's edition, from 0
        #[arg(long, default_value_t = 0)]
        month: u64,
        /// How many locations come and go from month to month
        #[arg(long, default_value_t = 150)]
        churn: u64,
        /// Where the sequence of numbers begins: the same seed makes the same file
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many of 10,000 rows get a fault
        #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(0..=10_000))]
        faults_bp: u64,
    },
    /// Write a file of figures that never were, with faults that are known, to try an import with
    Synthetic {
        /// Where to write the figures
        file: PathBuf,
        /// About how many rows
        #[arg(long, default_value_t = 500_000)]
        rows: u64,
        /// Where the sequence of numbers begins: the same seed makes the same file
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many of 10,000 observations get a fault
        #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(0..=10_000))]
        faults_bp: u64,
        /// Add the areas that the figures are of to this database, so that they can be imported
        #[arg(long)]
        with_areas: bool,
    },
}

/// A file of figures.
#[derive(Debug, Args)]
pub struct FileArguments {
    /// The file: CSV, packed with gzip or not
    pub file: PathBuf,
    /// The year of the figures, such as 2020-21; read from the name of the file when left out
    #[arg(long, value_parser = year)]
    pub period: Option<Period>,
    /// Where the figures are from, as it is to be credited
    #[arg(long)]
    pub source: Option<String>,
    /// Write what was wrong with rows to this file (CSV)
    #[arg(long, value_name = "FILE")]
    pub errors: Option<PathBuf>,
}

fn year(text: &str) -> Result<Period, String> {
    financial_year(text).ok_or_else(|| "write a year from April to March as 2020-21".to_owned())
}

/// Imports, and prints what became of the rows.
///
/// # Errors
/// When the file or the layout cannot be read, or the database fails.
pub async fn run(settings: Settings, arguments: ImportArguments) -> Result<(), CliError> {
    match arguments.step {
        ImportStep::Ascof(file) => {
            let layout = Layout::ascof()?;
            import(settings, layout, ImportKind::Ascof, file).await
        }
        ImportStep::Figures { layout, file } => {
            let text =
                std::fs::read_to_string(&layout).map_err(|source| CliError::File { path: layout, source })?;
            import(settings, Layout::parse(&text)?, ImportKind::Mapped, file).await
        }
        ImportStep::Cqc {
            file,
            close_departed,
            source,
            errors,
        } => {
            let asked = directory::load::Asked {
                file,
                source,
                close_departed,
                settings: settings.imports.clone(),
            };
            import_directory(settings, asked, errors).await
        }
        ImportStep::SyntheticDirectory {
            file,
            locations,
            month,
            churn,
            seed,
            faults_bp,
        } => {
            let edition = directory::synthetic::Edition {
                locations,
                month,
                churn,
                seed,
                faults_bp,
            };
            synthesise(&file, |to| directory::synthetic::write(edition, to))
        }
        ImportStep::Layout => Ok(output::line(Layout::example())?),
        ImportStep::Synthetic {
            file,
            rows,
            seed,
            faults_bp,
            with_areas,
        } => {
            if with_areas {
                let (store, now) = prepare(&settings).await?;
                load::add_synthetic_areas(&store, now).await?;
                store.close().await.map_err(ImportFailure::from)?;
            }
            let pack = Pack {
                rows,
                seed,
                faults_bp,
            };
            synthesise(&file, |to| synthetic::write(pack, to))
        }
    }
}

async fn import(
    settings: Settings,
    layout: Layout,
    kind: ImportKind,
    arguments: FileArguments,
) -> Result<(), CliError> {
    let (store, now) = prepare(&settings).await?;
    let asked = Asked {
        period: arguments.period.or_else(|| period_of(&arguments.file)),
        source: arguments
            .source
            .or_else(|| layout.credit.clone())
            .unwrap_or_else(|| layout.title.clone()),
        layout: Arc::new(layout),
        kind,
        file: arguments.file,
        settings: settings.imports.clone(),
    };
    let length = std::fs::metadata(&asked.file).map_or(0, |file| file.len());
    let (step, mut before) = (Progress::with_total("Importing", length), 0);
    let loaded = load::load(&store, now, asked, |bytes| {
        step.advance(bytes - before);
        before = bytes;
    });
    let report = loaded.await?;
    step.finish();
    say(&report)?;
    save_errors(&store, now, report.batch, arguments.errors).await?;
    store.close().await.map_err(ImportFailure::from)?;
    Ok(())
}

async fn import_directory(
    settings: Settings,
    asked: directory::load::Asked,
    errors: Option<PathBuf>,
) -> Result<(), CliError> {
    let (store, now) = prepare(&settings).await?;
    let length = std::fs::metadata(&asked.file).map_or(0, |file| file.len());
    let (step, mut before) = (Progress::with_total("Importing", length), 0);
    let loaded = directory::load::load(&store, now, asked, |bytes| {
        step.advance(bytes - before);
        before = bytes;
    });
    let report = loaded.await?;
    step.finish();
    if report.was_there {
        output::line("This file was imported before; nothing was changed.")?;
    }
    let done = &report.done;
    for (name, count) in [
        ("import", report.batch.to_string()),
        ("sha256", report.sha256.clone()),
        ("rows read", report.rows_read.to_string()),
        ("rows refused", report.rows_refused.to_string()),
        ("organisations", done.organisations.to_string()),
        ("sites", done.sites.to_string()),
        ("services", done.services.to_string()),
        ("changed", done.changed.to_string()),
        ("ended", done.ended.to_string()),
        ("services gone", done.services_ended.to_string()),
    ] {
        output::line(&format!("{name:<14}{count}"))?;
    }
    if done.is_unsure {
        output::line(
            "Rows were refused whose locations are not known, so no code was ended: mend them, and import the file again.",
        )?;
    }
    for (reason, count) in &report.reasons {
        output::line(&format!("  {reason}  {count}"))?;
    }
    save_errors(&store, now, report.batch, errors).await?;
    store.close().await.map_err(ImportFailure::from)?;
    Ok(())
}

/// Writes what was wrong with rows to a file, where one was named.
async fn save_errors(
    store: &Store,
    now: DateTime<Utc>,
    batch: ImportBatchId,
    path: Option<PathBuf>,
) -> Result<(), CliError> {
    let Some(path) = path else { return Ok(()) };
    let faults = load::errors(store, now, batch).await?;
    let count = faults.len();
    write_errors(&path, faults).map_err(|source| CliError::File {
        path: path.clone(),
        source,
    })?;
    output::line(&format!("errors        {count} in {}", path.display()))?;
    Ok(())
}

/// A database of the form that is needed, with the areas and frameworks that come with the server.
async fn prepare(settings: &Settings) -> Result<(Store, DateTime<Utc>), CliError> {
    let step = Progress::start("Preparing the database");
    migrate::up::<Migrator>(settings).await?;
    let store = Store::open(&settings.database_url(), &settings.database)
        .await
        .map_err(ImportFailure::from)?;
    let now = Clock::System.now();
    areas::load(&store, now).await?;
    frameworks::load(&store, now).await?;
    step.finish();
    Ok((store, now))
}

/// The year in the name of a file, such as `ascof-2020-21.csv.gz`.
fn period_of(file: &Path) -> Option<Period> {
    let name = file.file_name()?.to_str()?;
    let lengths = [9, 7];
    lengths.into_iter().find_map(|length| {
        let starts = 0..=name.len().checked_sub(length)?;
        starts
            .into_iter()
            .find_map(|start| financial_year(name.get(start..start + length)?))
    })
}

fn say(report: &Report) -> Result<(), CliError> {
    if report.was_there {
        output::line("This file was imported before; nothing was changed.")?;
    }
    output::line(&format!("import        {}", report.batch))?;
    output::line(&format!("sha256        {}", report.sha256))?;
    output::line(&format!("rows read     {}", report.rows_read))?;
    output::line(&format!("rows refused  {}", report.rows_refused))?;
    output::line(&format!("observations  {}", report.observations))?;
    if report.unchanged > 0 {
        output::line(&format!("unchanged     {}", report.unchanged))?;
    }
    for (reason, count) in &report.reasons {
        output::line(&format!("  {reason}  {count}"))?;
    }
    Ok(())
}

fn write_errors(path: &Path, faults: Vec<Fault>) -> std::io::Result<()> {
    let mut csv = csv::Writer::from_writer(BufWriter::new(File::create(path)?));
    csv.write_record(["row", "column", "code", "message"])?;
    for fault in faults {
        let column = fault.column.unwrap_or_default();
        csv.write_record([
            fault.row.to_string(),
            column,
            fault.kind.to_string(),
            fault.message,
        ])?;
    }
    csv.flush()
}

fn synthesise(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<Vec<Injected>>,
) -> Result<(), CliError> {
    let failed = |source| CliError::File {
        path: path.to_owned(),
        source,
    };
    let mut file = BufWriter::new(File::create(path).map_err(failed)?);
    let injected = write(&mut file).map_err(failed)?;
    file.flush().map_err(failed)?;
    for fault in injected {
        output::line(&format!("{}\t{}", fault.row, fault.kind))?;
    }
    Ok(())
}
