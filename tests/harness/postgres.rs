//! The PostgreSQL server of the tests: the one that is named, or one of our own for as long as this process lives.

use std::ffi::OsStr;
use std::fmt::Write;
use std::fs;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use crate::porter::Porter;

/// Names a server whose user may create databases.
const NAMED: &str = "ROUNDTABLE_TEST_POSTGRES_URL";

/// The settings of our own servers: they outlive no power cut, and need no network.
const SETTINGS: &str = "fsync = off
full_page_writes = off
max_connections = 300
shared_buffers = 64MB
listen_addresses = ''
";
/// The one that all tests share may lose everything.
const FORGETFUL: &str = "synchronous_commit = off\n";
/// One that is killed keeps what it has to, and nothing longer than that: what nobody waits for is written very late.
const MINDFUL: &str = "wal_writer_delay = 10s\nwal_writer_flush_after = 1GB\n";

/// A server that takes the databases of tests.
pub(crate) struct Server {
    address: String,
    /// Our own server.
    _cluster: Option<Cluster>,
}

/// A PostgreSQL server of our own. It ends with this process.
pub struct Cluster {
    home: PathBuf,
    control: Program,
    /// Stops it and tidies up.
    _porter: Porter,
}

/// The server, started with its first use; or why there is none.
pub(crate) fn server() -> Result<&'static Server, &'static str> {
    static SERVER: LazyLock<Result<Server, String>> = LazyLock::new(|| match std::env::var(NAMED) {
        Ok(address) if !address.is_empty() => Ok(Server {
            address,
            _cluster: None,
        }),
        _ => Cluster::with(FORGETFUL).map(|cluster| Server {
            address: cluster.address("postgres"),
            _cluster: Some(cluster),
        }),
    });
    SERVER.as_ref().map_err(String::as_str)
}

impl Server {
    /// The address of a database of this server.
    pub(crate) fn database(&self, name: &str) -> String {
        let mut address = reqwest::Url::parse(&self.address)
            .unwrap_or_else(|error| panic!("{NAMED} is not an address: {error}"));
        address.set_path(name);
        address.into()
    }

    /// The address of the database from which others are managed.
    pub(crate) fn management(&self) -> &str {
        &self.address
    }
}

impl Cluster {
    /// One to [kill](Self::kill): it has on the disk what it promised to have there, and nothing else.
    ///
    /// # Errors
    /// Why there can be none here.
    pub fn mortal() -> Result<Self, String> {
        Self::with(MINDFUL)
    }

    /// The address of a database.
    #[must_use]
    pub fn address(&self, database: &str) -> String {
        format!(
            "postgres://postgres@localhost/{database}?host={}",
            self.home.display()
        )
    }

    /// Ends all of its processes in the middle of whatever they do.
    ///
    /// # Errors
    /// When it was not running.
    pub fn kill(&self) -> Result<(), String> {
        self.control
            .run(["stop", "--silent", "--mode=immediate", "--pgdata", &self.data()].map(OsStr::new))
    }

    /// Starts it, as after a crash when it was killed, and waits until it answers.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(&self) -> Result<(), String> {
        let (data, log) = (self.data(), self.home.join("log"));
        let arguments = ["start", "--silent", "--wait", "--pgdata", &data, "--log"].map(OsStr::new);
        self.control.run(arguments.into_iter().chain([log.as_os_str()]))
    }

    fn data(&self) -> String {
        self.home.join("data").to_string_lossy().into_owned()
    }

    /// A new one that runs with more settings.
    fn with(settings: &str) -> Result<Self, String> {
        let programs = programs().ok_or_else(|| {
            format!("install PostgreSQL 15 or later, or name a server in {NAMED}: there is no initdb in PATH or /usr/lib/postgresql")
        })?;
        let user = user()?;
        let home = tempfile::Builder::new()
            .prefix("roundtable-postgres-")
            .tempdir()
            .map_err(|error| format!("no directory for PostgreSQL: {error}"))?
            .keep();
        if let Some((user, group)) = user {
            chown(&home, Some(user), Some(group)).map_err(|error| error.to_string())?;
        }
        let own = |name: &str| Program {
            path: programs.join(name),
            user,
        };
        let control = programs.join("pg_ctl");
        let stop =
            "\"$1\" stop --silent --mode=immediate --pgdata=\"$2/data\" >/dev/null 2>&1\nrm -rf \"$2\"";
        let arguments = [control.to_string_lossy(), home.to_string_lossy()];
        let porter =
            Porter::engage(stop, &[&arguments[0], &arguments[1]], user).map_err(|error| error.to_string())?;
        let cluster = Self {
            control: own("pg_ctl"),
            home,
            _porter: porter,
        };
        let data = cluster.data();
        own("initdb").run(
            [
                "--auth=trust",
                "--username=postgres",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
                "--pgdata",
                &data,
            ]
            .map(OsStr::new),
        )?;
        let file = Path::new(&data).join("postgresql.conf");
        let mut all = fs::read_to_string(&file).map_err(|error| error.to_string())?;
        let _ = writeln!(
            all,
            "{SETTINGS}{settings}unix_socket_directories = '{}'",
            cluster.home.display()
        );
        fs::write(file, all).map_err(|error| error.to_string())?;
        cluster.start()?;
        Ok(cluster)
    }
}

/// Where initdb is.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<_> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    debian.sort();
    std::env::split_paths(&path)
        .chain(debian.into_iter().rev())
        .find(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file())
}

/// The user to run as, when it must not be this one: PostgreSQL refuses to be root.
fn user() -> Result<Option<(u32, u32)>, String> {
    let ask = |arguments: &[&str]| {
        let answer = Command::new("id").args(arguments).output().ok()?;
        String::from_utf8(answer.stdout).ok()?.trim().parse::<u32>().ok()
    };
    if ask(&["-u"]) != Some(0) {
        return Ok(None);
    }
    ["postgres", "nobody"]
        .into_iter()
        .find_map(|name| ask(&["-u", name]).zip(ask(&["-g", name])))
        .map(Some)
        .ok_or_else(|| "PostgreSQL refuses to run as root, and there is no user postgres".to_owned())
}

struct Program {
    path: PathBuf,
    user: Option<(u32, u32)>,
}

impl Program {
    fn run<'a>(&self, arguments: impl IntoIterator<Item = &'a OsStr>) -> Result<(), String> {
        let mut command = Command::new(&self.path);
        command
            .args(arguments)
            .current_dir(Path::new("/"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        let output = command.output().map_err(|error| error.to_string())?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("{} failed: {}", self.path.display(), said.trim()))
    }
}
