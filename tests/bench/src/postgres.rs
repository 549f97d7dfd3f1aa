//! A PostgreSQL server for the benchmark alone: made in a temporary directory, gone with it.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use sea_orm::sqlx::{self, AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

use crate::error::{BenchError, During};
use crate::process::{Server, Usage, free_port};

/// What differs from the defaults of PostgreSQL. `fsync` stays on. The counting of statements and the logging of plans are
/// loaded and asleep while anything is measured.
const SETTINGS: &str = "
shared_buffers = '256MB'
max_connections = 100
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
shared_preload_libraries = 'pg_stat_statements,auto_explain'
pg_stat_statements.track = none
auto_explain.log_min_duration = -1
";

/// The running server.
#[derive(Debug)]
pub struct Postgres {
    server: Server,
    port: u16,
    log: PathBuf,
    // Last, so that it goes after the server has ended.
    _directory: TempDir,
}

/// One statement as `pg_stat_statements` counted it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Counted {
    /// The text.
    pub query: String,
    /// How often it ran.
    pub calls: i64,
    /// Mean time of planning, in milliseconds, over all calls: a reused plan costs none.
    pub planning_ms: f64,
    /// Mean time of execution, in milliseconds.
    pub execution_ms: f64,
    /// Mean number of rows.
    pub rows: f64,
}

impl Postgres {
    /// Makes and starts a server.
    ///
    /// # Errors
    /// When the programs of PostgreSQL are not installed, or do not start.
    pub async fn start(log: &Path) -> Result<Self, BenchError> {
        let directory = TempDir::with_prefix("roundtable-bench-").during("making a directory")?;
        let owner = owner()?;
        if let Some((user, group)) = owner {
            chown(directory.path(), Some(user), Some(group)).during("giving the directory to postgres")?;
        }
        let data = directory.path().join("data");
        run(as_owner(&mut Command::new(program("initdb")?), owner)
            .args([
                "--auth=trust",
                "--username=bench",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
                "-D",
            ])
            .arg(&data))?;
        let mut settings = fs::OpenOptions::new()
            .append(true)
            .open(data.join("postgresql.conf"))
            .during("writing the settings")?;
        settings
            .write_all(SETTINGS.as_bytes())
            .during("writing the settings")?;
        let port = free_port()?;
        let mut command = Command::new(program("postgres")?);
        let command = as_owner(&mut command, owner)
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string()]);
        // INT is PostgreSQL's fast shutdown.
        let server = Server::start(command, log)?.ended_by("INT");
        let postgres = Self {
            server,
            port,
            log: log.to_owned(),
            _directory: directory,
        };
        let mut maintenance = postgres.when_ready().await?;
        sqlx::raw_sql("CREATE DATABASE bench")
            .execute(&mut maintenance)
            .await?;
        let mut bench = postgres.connect().await?;
        sqlx::raw_sql("CREATE EXTENSION pg_stat_statements")
            .execute(&mut bench)
            .await?;
        Ok(postgres)
    }

    async fn when_ready(&self) -> Result<PgConnection, BenchError> {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            match PgConnection::connect(&self.url_of("postgres")).await {
                Ok(connection) => return Ok(connection),
                Err(error) if Instant::now() > deadline => return Err(error.into()),
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    fn url_of(&self, database: &str) -> String {
        format!("postgres://bench@127.0.0.1:{}/{database}", self.port)
    }

    /// The address of the benchmark's database.
    #[must_use]
    pub fn url(&self) -> String {
        self.url_of("bench")
    }

    /// A connection to it.
    ///
    /// # Errors
    /// When there is none to be had.
    pub async fn connect(&self) -> Result<PgConnection, BenchError> {
        Ok(PgConnection::connect(&self.url()).await?)
    }

    /// What the server has used.
    #[must_use]
    pub fn usage(&self) -> Usage {
        self.server.usage()
    }

    /// Begins to count statements.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn count(&self) -> Result<(), BenchError> {
        self.set(&[
            ("pg_stat_statements.track", "top"),
            ("pg_stat_statements.track_planning", "on"),
        ])
        .await?;
        let mut connection = self.connect().await?;
        sqlx::raw_sql("SELECT pg_stat_statements_reset()")
            .execute(&mut connection)
            .await?;
        Ok(())
    }

    /// Ends counting and says what was counted; statements that only mark transactions are left out of no count.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn counted(&self) -> Result<Vec<Counted>, BenchError> {
        self.set(&[("pg_stat_statements.track", "none")]).await?;
        let mut connection = self.connect().await?;
        let rows: Vec<(String, i64, f64, f64, f64)> = sqlx::query_as(
            "SELECT query, calls, total_plan_time / calls, mean_exec_time, rows::float8 / calls
             FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
             WHERE d.datname = 'bench' AND query NOT LIKE '%pg_stat_statements%' AND query NOT LIKE '%pg_reload_conf%'
                 AND query NOT LIKE 'ALTER SYSTEM%'
             ORDER BY total_plan_time + total_exec_time DESC",
        )
        .fetch_all(&mut connection)
        .await?;
        let counted = |(query, calls, planning_ms, execution_ms, rows)| Counted {
            query,
            calls,
            planning_ms,
            execution_ms,
            rows,
        };
        Ok(rows.into_iter().map(counted).collect())
    }

    /// Begins or ends to write the plan of each statement, with its times and buffers, to the log.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn explain(&self, on: bool) -> Result<(), BenchError> {
        let duration = if on { "0" } else { "-1" };
        self.set(&[
            ("auto_explain.log_analyze", "on"),
            ("auto_explain.log_buffers", "on"),
            ("auto_explain.log_min_duration", duration),
        ])
        .await
    }

    /// Where the log ends now, to cut it there.
    #[must_use]
    pub fn log_length(&self) -> usize {
        fs::metadata(&self.log).map_or(0, |data| usize::try_from(data.len()).unwrap_or_default())
    }

    /// What the log says beyond a length.
    #[must_use]
    pub fn log_from(&self, length: usize) -> String {
        let log = fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(log.get(length..).unwrap_or_default()).into_owned()
    }

    async fn set(&self, settings: &[(&str, &str)]) -> Result<(), BenchError> {
        let mut connection = self.connect().await?;
        for (name, value) in settings {
            let statement = format!("ALTER SYSTEM SET {name} = '{value}'");
            sqlx::raw_sql(AssertSqlSafe(statement))
                .execute(&mut connection)
                .await?;
        }
        sqlx::raw_sql("SELECT pg_reload_conf()")
            .execute(&mut connection)
            .await?;
        // Backends take the new settings with the next statement after the signal has reached them.
        tokio::time::sleep(Duration::from_millis(300)).await;
        Ok(())
    }
}

/// The account that PostgreSQL shall run under: `postgres` when this is root, whom `initdb` refuses.
fn owner() -> Result<Option<(u32, u32)>, BenchError> {
    if id(&["-u"])? != 0 {
        return Ok(None);
    }
    Ok(Some((id(&["-u", "postgres"])?, id(&["-g", "postgres"])?)))
}

fn id(arguments: &[&str]) -> Result<u32, BenchError> {
    let output = Command::new("id")
        .args(arguments)
        .output()
        .during("asking for the user's id")?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim()
        .parse()
        .map_err(|_| BenchError::new("there is no user `postgres` to run PostgreSQL as"))
}

fn as_owner(command: &mut Command, owner: Option<(u32, u32)>) -> &mut Command {
    if let Some((user, group)) = owner {
        command.uid(user).gid(group);
    }
    command.current_dir("/")
}

/// A program of PostgreSQL: on the path, or where Debian puts it.
fn program(name: &str) -> Result<PathBuf, BenchError> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let debian = (15..=18)
        .rev()
        .map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
    std::env::split_paths(&path)
        .chain(debian)
        .map(|directory| directory.join(name))
        .find(|candidate| File::open(candidate).is_ok())
        .and_then(|found| found.canonicalize().ok())
        .ok_or_else(|| {
            BenchError::new(format!(
                "`{name}` is not installed: install PostgreSQL 15 or later"
            ))
        })
}

fn run(command: &mut Command) -> Result<(), BenchError> {
    let what = format!("running {}", command.get_program().to_string_lossy());
    let output = command.output().during(&what)?;
    if output.status.success() {
        Ok(())
    } else {
        Err(BenchError::new(format!(
            "{what}: {}",
            String::from_utf8_lossy(&output.stderr)
        )))
    }
}
