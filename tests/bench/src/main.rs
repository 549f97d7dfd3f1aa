//! `roundtable-bench`: Roundtable beside a hand-written server and PostGraphile, on the same database, in the same minutes.
//!
//! What is measured and how is told in the README of this folder. In short: [`world`] makes the rows, [`setup`] starts the
//! servers, [`contender`] asks each the same questions, [`answer`] checks that the answers are the same, [`measure`] runs the
//! rounds with the client of [`load`], [`statements`] counts what reached PostgreSQL, [`report`] prints.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use tempfile::TempDir;

mod answer;
mod contender;
mod dialect;
mod error;
mod handwritten;
mod imports;
mod load;
mod measure;
mod postgres;
mod process;
mod published;
mod record;
mod report;
mod search;
mod setup;
mod statements;
mod world;

use contender::Contender;
use dialect::Shape;
use error::{BenchError, During};
use measure::Effort;
use postgres::Postgres;
use report::Report;
use setup::Setup;

/// The allocator of the product.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures Roundtable beside other ways to read the same data.
#[derive(Debug, Parser)]
struct Cli {
    #[command(subcommand)]
    command: Option<Subcommands>,
    #[command(flatten)]
    options: Options,
}

/// What is measured, how long and where.
#[derive(Debug, Args)]
struct Options {
    /// The program to measure
    #[arg(long, default_value = "target/shipping/roundtable")]
    roundtable: PathBuf,
    /// Connections at once
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// Rounds; every contender has a turn in each
    #[arg(long, default_value_t = 9)]
    rounds: usize,
    /// Seconds of a turn
    #[arg(long, default_value_t = 4.0)]
    seconds: f64,
    /// Seconds of load before the first round, for each shape
    #[arg(long, default_value_t = 3.0)]
    warm_up: f64,
    /// Processes of PostGraphile, one contender for each number; 0 leaves it out
    #[arg(long, value_delimiter = ',', default_value = "1,2")]
    postgraphile: Vec<usize>,
    /// What is asked for in the rounds; everything when nothing is named
    #[arg(long, value_delimiter = ',', value_enum)]
    shapes: Vec<Shape>,
    /// Where logs, plans and `bench.json` go, and for the time being the databases
    #[arg(long, default_value = "target/bench")]
    folder: PathBuf,
}

/// The servers that this program can be.
#[derive(Debug, Subcommand)]
enum Subcommands {
    /// Be the hand-written server
    Handwritten(handwritten::Arguments),
    /// Fill both databases and keep PostgreSQL running until this is stopped: for looking at single statements
    Databases,
    /// Measure a page of a search beside a lookup by id, on both databases
    Search,
    /// Measure figures that are recorded one at a time, beside PostGraphile calling an SQL function
    Record,
    /// Measure published series, before and after ten times as many figures were recorded
    Published,
    /// Measure the import of a file of figures, on both databases
    Import {
        /// About how many rows
        #[arg(long, default_value_t = 500_000)]
        rows: u64,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        // On all processors, as the product.
        Some(Subcommands::Handwritten(arguments)) => tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .during("starting the runtime")
            .and_then(|runtime| runtime.block_on(handwritten::serve(arguments))),
        // On one thread: the load shares the machine with the servers.
        command => tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .during("starting the runtime")
            .and_then(|runtime| runtime.block_on(bench(cli.options, command))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("roundtable-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn bench(cli: Options, command: Option<Subcommands>) -> Result<(), BenchError> {
    std::fs::create_dir_all(&cli.folder).during("making the folder")?;
    let folder = cli.folder.canonicalize().during("making the folder")?;
    let data = TempDir::with_prefix_in("data-", &folder).during("making a directory")?;
    let setup = Setup {
        roundtable: cli
            .roundtable
            .canonicalize()
            .during("finding the program to measure (--roundtable)")?,
        data: data.path().to_owned(),
        logs: folder.clone(),
        postgraphile: cli
            .postgraphile
            .into_iter()
            .filter(|processes| *processes > 0)
            .collect(),
    };
    let postgres = Postgres::start(&folder.join("postgres.log")).await?;
    if let Some(Subcommands::Import { rows }) = command {
        return imports::measure(&setup, &postgres, rows).await;
    }
    eprintln!("filling the databases");
    setup.fill(&postgres).await?;
    let effort = Effort {
        connections: cli.connections,
        rounds: cli.rounds,
        seconds: cli.seconds,
        warm_up_seconds: cli.warm_up,
    };
    match command {
        Some(Subcommands::Search) => return search::measure(&setup, &postgres, effort).await,
        Some(Subcommands::Published) => return published::measure(&setup, &postgres, effort).await,
        Some(Subcommands::Record) => return record::measure(&setup, &postgres, effort).await,
        _ => {}
    }
    if command.is_some() {
        println!(
            "PostgreSQL: {}\nSQLite:     {}",
            postgres.url(),
            setup.sqlite_file().display()
        );
        return tokio::signal::ctrl_c().await.during("waiting to be stopped");
    }
    let asked = setup::asked(&mut postgres.connect().await?).await?;
    let mut contenders = setup.contenders(&postgres).await?;
    for contender in &mut contenders {
        contender.learn(&asked).await?;
    }
    check(&contenders)?;
    let hidden = [
        (Shape::Board, asked.boards[0]),
        (Shape::Work, asked.own_boards[0]),
        (Shape::Totals, asked.indicators[0]),
    ];
    setup::check_authorisation(&setup, &contenders, hidden).await?;
    eprintln!("all contenders give the same answers, and nothing to a stranger");
    let mut shapes = cli.shapes;
    if shapes.is_empty() {
        shapes.extend(Shape::ALL);
    }
    let series = measure::rounds(&contenders, &shapes, &postgres, effort).await?;
    let mut counted = Vec::new();
    for contender in contenders.iter().filter(|contender| contender.on_postgres) {
        for shape in Shape::ALL.into_iter().filter(|shape| contender.asks(*shape)) {
            counted.push(statements::count(contender, shape, &postgres).await?);
            statements::explain(contender, shape, &postgres, &folder).await?;
        }
        if contender.name == report::PRODUCT {
            statements::explain_across_boards(contender, &postgres, &folder).await?;
        }
    }
    let cold_starts_ms = match contenders.iter().find(|contender| !contender.on_postgres) {
        Some(sqlite) => setup.cold_starts(sqlite).await?,
        None => Vec::new(),
    };
    let report = Report {
        program: setup.roundtable.display().to_string(),
        effort,
        series,
        statements: counted,
        cold_starts_ms,
    };
    std::fs::write(folder.join("bench.json"), serde_json::to_vec_pretty(&report)?)
        .during("writing bench.json")?;
    println!("{}", report.markdown());
    Ok(())
}

/// All answers of all contenders must be those of the first.
fn check(contenders: &[Contender]) -> Result<(), BenchError> {
    let Some((first, others)) = contenders.split_first() else {
        return Ok(());
    };
    for other in others {
        for shape in Shape::ALL.into_iter().filter(|shape| other.asks(*shape)) {
            for (place, (ours, theirs)) in first.answers(shape).iter().zip(other.answers(shape)).enumerate() {
                if let Some(found) = answer::difference(ours, theirs, "answer") {
                    let text = format!(
                        "{} and {} differ, {} {place}: {found}",
                        first.name,
                        other.name,
                        shape.name()
                    );
                    return Err(BenchError::new(text));
                }
            }
        }
    }
    Ok(())
}
