//! Databases with the world in them, and the servers over them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sea_orm::sqlx::{self, Connection as _, PgConnection, SqliteConnection};
use uuid::Uuid;

use crate::contender::{Asked, Contender, Tokens};
use crate::dialect::{Dialect, Shape};
use crate::error::{BenchError, During};
use crate::load::{Connection, Target};
use crate::postgres::Postgres;
use crate::process::{Server, free_port};
use crate::world::{self, MEMBER, STRANGER, VIEWER};

/// Boards, and resources, whose page is asked for in turn.
const PAGES: i64 = 64;
/// Starts over which the cold start is measured.
const STARTS: usize = 9;

/// What the servers need.
#[derive(Debug)]
pub struct Setup {
    /// The product's program.
    pub roundtable: PathBuf,
    /// Where the databases and the keys of the product go.
    pub data: PathBuf,
    /// Where logs go.
    pub logs: PathBuf,
    /// Processes of PostGraphile in each of its turns; none leaves it out.
    pub postgraphile: Vec<usize>,
}

impl Setup {
    /// Migrates and fills both databases.
    ///
    /// # Errors
    /// When a database refuses.
    pub async fn fill(&self, postgres: &Postgres) -> Result<(), BenchError> {
        self.run(
            self.roundtable("postgres", &["migrate"])
                .env("DATABASE_URL", postgres.url()),
        )?;
        world::into_postgres(&mut postgres.connect().await?, world::generate()).await?;
        self.run(&mut self.roundtable("sqlite", &["migrate"]))?;
        let address = format!("sqlite:{}", self.sqlite_file().display());
        let mut sqlite = SqliteConnection::connect(&address).await?;
        world::into_sqlite(&mut sqlite, world::generate()).await?;
        sqlite.close().await?;
        Ok(())
    }

    /// The SQLite database.
    #[must_use]
    pub fn sqlite_file(&self) -> PathBuf {
        self.data.join("sqlite/roundtable.db")
    }

    /// Starts every contender; [`Contender::learn`] waits for them.
    ///
    /// # Errors
    /// When one cannot be started.
    pub async fn contenders(&self, postgres: &Postgres) -> Result<Vec<Contender>, BenchError> {
        let mut contenders = vec![self.product("Roundtable", "postgres", Some(postgres))?];
        let keys = self.keys(&mut contenders[0]).await?;
        contenders.push(self.handwritten("hand-written", postgres, Some(&keys))?);
        contenders.push(self.handwritten("hand-written, open", postgres, None)?);
        for processes in &self.postgraphile {
            contenders.push(self.postgraphile(*processes, postgres)?);
        }
        contenders.push(self.product("Roundtable on SQLite", "sqlite", None)?);
        Ok(contenders)
    }

    /// The product as shipped but for its limit of points a minute, which would end the measurement.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn product(
        &self,
        name: &'static str,
        data: &str,
        postgres: Option<&Postgres>,
    ) -> Result<Contender, BenchError> {
        let port = free_port()?;
        let mut command = self.serving(data, port);
        if let Some(postgres) = postgres {
            command.env("DATABASE_URL", postgres.url());
        }
        let tokens = self.tokens(data)?;
        Contender::start(
            name,
            Dialect::Roundtable,
            port,
            Some(tokens),
            &mut command,
            &self.logs,
        )
    }

    fn serving(&self, data: &str, port: u16) -> Command {
        let mut command = self.roundtable(data, &["serve"]);
        command
            .env("ROUNDTABLE_PORT", port.to_string())
            .env("ROUNDTABLE__HTTP__POINTS_PER_MINUTE", "0");
        command
    }

    /// A command of the product over data of its own.
    #[must_use]
    pub fn roundtable(&self, data: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.roundtable);
        command
            .args(arguments)
            .env_remove("DATABASE_URL")
            .env_remove("RUST_LOG")
            .env("ROUNDTABLE_DATA_DIR", self.data.join(data));
        command
    }

    fn handwritten(
        &self,
        name: &'static str,
        postgres: &Postgres,
        keys: Option<&Path>,
    ) -> Result<Contender, BenchError> {
        let port = free_port()?;
        let mut command = Command::new(std::env::current_exe().during("finding this program")?);
        command.args([
            "handwritten",
            "--port",
            &port.to_string(),
            "--database-url",
            &postgres.url(),
        ]);
        match keys {
            Some(keys) => command.arg("--keys").arg(keys),
            None => command.arg("--open"),
        };
        let tokens = keys.map(|_| self.tokens("postgres")).transpose()?;
        Contender::start(name, Dialect::Handwritten, port, tokens, &mut command, &self.logs)
    }

    /// PostGraphile over PostgreSQL.
    ///
    /// # Errors
    /// When it is not installed or cannot be started.
    pub fn postgraphile(&self, processes: usize, postgres: &Postgres) -> Result<Contender, BenchError> {
        let port = free_port()?;
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("postgraphile");
        let node = program.join("node_modules/.bin/node");
        if !node.exists() {
            let text = format!(
                "PostGraphile is not installed: run `npm ci --prefix {}`",
                program.display()
            );
            return Err(BenchError::new(text));
        }
        let mut command = Command::new(node);
        command
            .arg("server.mjs")
            .current_dir(program)
            .env("NODE_ENV", "production")
            .env("GRAPHILE_ENV", "production")
            .env("PORT", port.to_string())
            .env("WORKERS", processes.to_string())
            .env("DATABASE_URL", postgres.url());
        let name = if processes == 1 {
            "PostGraphile"
        } else {
            "PostGraphile, a process a core"
        };
        Contender::start(name, Dialect::Postgraphile, port, None, &mut command, &self.logs)
    }

    fn tokens(&self, data: &str) -> Result<Tokens, BenchError> {
        Ok(Tokens {
            viewer: self.token(data, VIEWER)?,
            member: self.token(data, MEMBER)?,
        })
    }

    /// A token of the product's own issuer.
    ///
    /// # Errors
    /// When the product gives none.
    pub fn token(&self, data: &str, viewer: &str) -> Result<String, BenchError> {
        let text = self.run(&mut self.roundtable(data, &["token", viewer]))?;
        Ok(text.trim().to_owned())
    }

    /// Runs a command to its end, for what it prints.
    ///
    /// # Errors
    /// With what it says when it fails.
    pub fn run(&self, command: &mut Command) -> Result<String, BenchError> {
        let output = command
            .stdin(Stdio::null())
            .output()
            .during(&format!("running {}", command.get_program().to_string_lossy()))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(BenchError::new(
            String::from_utf8_lossy(&output.stderr).into_owned(),
        ))
    }

    /// The keys that the product publishes, in a file.
    async fn keys(&self, product: &mut Contender) -> Result<PathBuf, BenchError> {
        let keys = product.get("/.well-known/jwks.json").await?;
        let path = self.data.join("keys.json");
        fs::write(&path, keys).during("keeping the keys")?;
        Ok(path)
    }

    /// Milliseconds from the start of the process to the first right answer, over an existing SQLite file.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn cold_starts(&self, like: &Contender) -> Result<Vec<f64>, BenchError> {
        let mut all = Vec::new();
        for _ in 0..STARTS {
            let port = free_port()?;
            let target = Target {
                port,
                ..like.target(Shape::Board)
            };
            let exchange = &like.exchanges(Shape::Board)[0];
            let mut command = self.serving("sqlite", port);
            let began = Instant::now();
            let mut server = Server::start(&mut command, &self.logs.join("cold-start.log"))?;
            let mut connection = loop {
                match Connection::open(port).await {
                    Ok(connection) => break connection,
                    Err(_) if !server.has_ended() => tokio::time::sleep(Duration::from_millis(1)).await,
                    Err(error) => return Err(error),
                }
            };
            let (status, answer) = connection.post(&target, exchange.body.clone()).await?;
            if answer.len() != exchange.answer_bytes {
                return Err(BenchError::new(format!(
                    "a wrong answer after a cold start: {status}"
                )));
            }
            all.push(1_000.0 * began.elapsed().as_secs_f64());
        }
        Ok(all)
    }
}

/// What is asked for in turn.
///
/// # Errors
/// When the database refuses.
pub async fn asked(connection: &mut PgConnection) -> Result<Asked, BenchError> {
    Ok(Asked {
        boards: measured_boards(connection).await?,
        own_boards: own_boards(connection).await?,
        resources: measured_resources(connection).await?,
        frameworks: measured_frameworks(connection).await?,
        indicators: measured_indicators(connection).await?,
    })
}

/// Boards with 25 members and more that the viewer sees.
async fn measured_boards(connection: &mut PgConnection) -> Result<Vec<Uuid>, BenchError> {
    let boards = sqlx::query_scalar(
        "SELECT b.id FROM board b JOIN board_membership m ON m.board_id = b.id
         WHERE b.name NOT LIKE 'Zeal %' AND b.published_at IS NULL
         GROUP BY b.id HAVING count(*) > 25 ORDER BY b.id LIMIT $1",
    );
    Ok(boards.bind(PAGES).fetch_all(connection).await?)
}

/// The boards on which the member sits.
async fn own_boards(connection: &mut PgConnection) -> Result<Vec<Uuid>, BenchError> {
    let boards = sqlx::query_scalar(
        "SELECT m.board_id FROM board_membership m JOIN user_account u ON u.person_id = m.person_id
         WHERE u.subject = $1 ORDER BY m.board_id",
    );
    Ok(boards.bind(MEMBER).fetch_all(connection).await?)
}

/// Resources with formats, contributors and adopters; the first ones of the world.
async fn measured_resources(connection: &mut PgConnection) -> Result<Vec<Uuid>, BenchError> {
    let resources =
        sqlx::query_scalar("SELECT DISTINCT a.resource_id FROM adoption a ORDER BY a.resource_id LIMIT $1");
    Ok(resources.bind(PAGES).fetch_all(connection).await?)
}

/// The frameworks of the world whose figures are of organisations.
async fn measured_frameworks(connection: &mut PgConnection) -> Result<Vec<Uuid>, BenchError> {
    let frameworks =
        sqlx::query_scalar("SELECT id FROM outcome_framework WHERE code LIKE 'WORLD-%' ORDER BY id");
    Ok(frameworks.fetch_all(connection).await?)
}

/// The indicators whose figures are of the viewer's services.
async fn measured_indicators(connection: &mut PgConnection) -> Result<Vec<Uuid>, BenchError> {
    let indicators = sqlx::query_scalar(
        "SELECT i.id FROM indicator i JOIN outcome_framework f ON f.id = i.framework_id
         WHERE f.code = 'SERVICES' ORDER BY i.id",
    );
    Ok(indicators.fetch_all(connection).await?)
}

/// A stranger, with a token as good as the viewer's, must see nothing of what is measured.
///
/// # Errors
/// When the stranger sees something.
pub async fn check_authorisation(
    setup: &Setup,
    contenders: &[Contender],
    asked: [(Shape, Uuid); 3],
) -> Result<(), BenchError> {
    for contender in contenders {
        let data = if contender.on_postgres {
            "postgres"
        } else {
            "sqlite"
        };
        if contender.target(Shape::Board).token.is_none() {
            continue;
        }
        let stranger = setup.token(data, STRANGER)?;
        for (shape, id) in asked {
            let shown = contender.shown_to(&stranger, shape, id).await?;
            if !shown.is_null() && shown.as_array().is_none_or(|rows| !rows.is_empty()) {
                return Err(BenchError::new(format!(
                    "{} shows a {} to a stranger",
                    contender.name,
                    shape.name()
                )));
            }
        }
    }
    Ok(())
}
