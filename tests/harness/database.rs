//! A database for each test, copied from one that is prepared once per process.
//!
//! On a server that is not our own, the two templates stay behind; their names begin with `roundtable_test_`.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, OnceLock};

use migration::{Migrator, MigratorTrait};
use roundtable_api::config::DatabaseUrl;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use crate::porter::Porter;
use crate::postgres::Cluster;
use crate::{postgres, skip, world};

/// One of the databases that Roundtable runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file.
    Sqlite,
    /// A server.
    Postgres,
}

/// What a test's database holds at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// Nothing at all: not even the tables.
    Bare,
    /// The tables, without rows.
    Empty,
    /// The fixed world.
    World,
}

/// A database of a test's own.
#[derive(Clone, Debug)]
pub struct Place {
    engine: Engine,
    address: String,
    folder: PathBuf,
}

impl Engine {
    /// Whether it can be tested here; says so at the end when it cannot.
    ///
    /// # Panics
    /// When it cannot, and everything is required.
    #[must_use]
    pub fn is_available(self) -> bool {
        if self == Self::Sqlite {
            return true;
        }
        match postgres::server() {
            Ok(_) => true,
            Err(why) => {
                skip("PostgreSQL", why);
                false
            }
        }
    }
}

impl Place {
    /// A new database.
    pub async fn new(engine: Engine, template: Template) -> Self {
        let folder = own_folder();
        let address = match engine {
            Engine::Sqlite => {
                let file = folder.join("roundtable.db");
                if let Some(copied) = sqlite_template(template) {
                    std::fs::copy(copied, &file).unwrap();
                }
                DatabaseUrl::sqlite_file(&file).expose().to_owned()
            }
            Engine::Postgres => {
                let server = postgres::server().unwrap();
                let name = own_name(&folder.file_name().unwrap().to_string_lossy());
                let copied = postgres_template(template).unwrap_or("template0");
                manage(&format!("CREATE DATABASE {name} TEMPLATE {copied}")).await;
                server.database(&name)
            }
        };
        Self {
            engine,
            address,
            folder,
        }
    }

    /// The fixed world on a server of the test's own, which removes it when it ends.
    pub async fn on(cluster: &Cluster) -> Self {
        let name = "roundtable";
        manage_on(&cluster.address("postgres"), &format!("CREATE DATABASE {name}")).await;
        let address = cluster.address(name);
        fill(&address, Template::World).await;
        Self {
            engine: Engine::Postgres,
            address,
            folder: own_folder(),
        }
    }

    /// Which database it is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// A folder of its own.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A connection past every rule: for tests, to arrange and to look.
    pub async fn connect(&self) -> DatabaseConnection {
        connect(&self.address).await
    }

    /// Removes it, whoever still uses it.
    pub async fn remove(&self) {
        if self.engine == Engine::Postgres {
            let address = reqwest::Url::parse(&self.address).unwrap();
            let name = address.path().trim_start_matches('/');
            manage(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn connect(address: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(address);
    options.max_connections(2).sqlx_logging(false);
    Database::connect(options)
        .await
        .unwrap_or_else(|error| panic!("the test database {address} cannot be reached: {error}"))
}

async fn manage(statement: &str) {
    manage_on(postgres::server().unwrap().management(), statement).await;
}

async fn manage_on(address: &str, statement: &str) {
    let server = connect(address).await;
    server
        .execute_unprepared(statement)
        .await
        .unwrap_or_else(|error| panic!("`{statement}` failed: {error}"));
    server.close().await.unwrap();
}

/// The folder of this process; a porter removes it.
fn workplace() -> &'static Path {
    static WORKPLACE: LazyLock<(PathBuf, Option<Porter>)> = LazyLock::new(|| {
        let folder = tempfile::Builder::new()
            .prefix("roundtable-tests-")
            .tempdir()
            .unwrap()
            .keep();
        let porter = Porter::engage("rm -rf \"$1\"", &[&folder.to_string_lossy()], None).ok();
        (folder, porter)
    });
    &WORKPLACE.0
}

/// A new folder in it, named by a number.
fn own_folder() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(1);
    let folder = workplace().join(COUNT.fetch_add(1, Ordering::Relaxed).to_string());
    std::fs::create_dir(&folder).unwrap();
    folder
}

/// A name that no other process uses on the same server.
fn own_name(what: &str) -> String {
    static PREFIX: LazyLock<String> =
        LazyLock::new(|| format!("roundtable_test_{}", uuid::Uuid::now_v7().simple()));
    format!("{}_{what}", *PREFIX)
}

fn sqlite_template(template: Template) -> Option<&'static Path> {
    static EMPTY: OnceLock<PathBuf> = OnceLock::new();
    static WORLD: OnceLock<PathBuf> = OnceLock::new();
    let (cell, name) = match template {
        Template::Bare => return None,
        Template::Empty => (&EMPTY, "empty.db"),
        Template::World => (&WORLD, "world.db"),
    };
    Some(cell.get_or_init(|| {
        let file = workplace().join(name);
        prepare(DatabaseUrl::sqlite_file(&file).expose().to_owned(), template);
        file
    }))
}

fn postgres_template(template: Template) -> Option<&'static str> {
    static EMPTY: OnceLock<String> = OnceLock::new();
    static WORLD: OnceLock<String> = OnceLock::new();
    let (cell, name) = match template {
        Template::Bare => return None,
        Template::Empty => (&EMPTY, "empty"),
        Template::World => (&WORLD, "world"),
    };
    Some(cell.get_or_init(|| {
        let name = own_name(name);
        let create = format!("CREATE DATABASE {name}");
        aside(async move { manage(&create).await });
        prepare(postgres::server().unwrap().database(&name), template);
        name
    }))
}

fn prepare(address: String, template: Template) {
    aside(async move { fill(&address, template).await });
}

async fn fill(address: &str, template: Template) {
    let database = connect(address).await;
    Migrator::up(&database, None).await.unwrap();
    if template == Template::World {
        world::rows().insert(&database).await;
    }
    database.close().await.unwrap();
}

/// Runs something to its end on a thread of its own: the caller may be inside a runtime.
fn aside(work: impl Future<Output = ()> + Send + 'static) {
    let run = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
            .block_on(work);
    };
    if let Err(panic) = std::thread::spawn(run).join() {
        std::panic::resume_unwind(panic);
    }
}

/// The names of the tables there are, besides those of the migrator, of the database itself and of full-text search, in the
/// alphabet's order.
pub async fn tables(database: &DatabaseConnection) -> Vec<String> {
    let sql = match database.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' \
             AND name <> 'seaql_migrations' AND name NOT GLOB '*_words*' ORDER BY name"
        }
        _ => {
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' \
             AND tablename <> 'seaql_migrations' AND right(tablename::text, 6) <> '_words' ORDER BY tablename"
        }
    };
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let rows = database.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}
