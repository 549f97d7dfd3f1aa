//! Which database, and how patient we are with it.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize, Serializer};

use super::{Report, Section, mask_url};

/// Which database, and how patient we are with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseSettings {
    /// `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME`. Default: not set, which is the SQLite file `roundtable.db`
    /// in `server.data_dir`.
    pub url: Option<DatabaseUrl>,
    /// Connections kept open when there is nothing to do. Default 1.
    pub min_connections: u32,
    /// Most connections for reading open at once. Default 8: a little more than the processors of a usual node and its database. With
    /// more of them the same processors take turns more often: on two, sixteen were measured a fifth slower. SQLite is read
    /// by no more than one connection for each processor and one beside, and written by one.
    pub max_connections: u32,
    /// Most connections for writing open at once, apart from those for reading; PostgreSQL only. At least 2, because work that falls
    /// due by the calendar holds one while it writes by another. Default 8.
    pub max_write_connections: u32,
    /// How long a request waits for a free connection, in seconds. Default 2: then it is better to be told to come back.
    pub acquire_timeout_seconds: u64,
    /// How long one statement may run, in seconds. Default 8: below the time-out of a request, so that the database stops first
    /// and its work is not left running for nobody. On SQLite one second later nobody waits for it any more, but its thread
    /// works on. On PostgreSQL a page with its lists is mostly one statement, and has this time for all of them together.
    pub statement_timeout_seconds: u64,
    /// How long a writer waits for the writer before it, in seconds; SQLite only. Default 5.
    pub busy_timeout_seconds: u64,
    /// Whether PostgreSQL plans each statement once on a connection and keeps that plan, whatever the values (`plan_cache_mode =
    /// force_generic_plan`). Default true: statements are short and always find their rows by an index, so that planning them again would
    /// cost more than it saves. PostgreSQL only.
    pub keep_plans: bool,
    /// What PostgreSQL takes a page out of order to cost, in hundredths of what the next page in order costs (`random_page_cost`).
    /// Default 110: the tables that are read most are held in memory, or lie on a disk without a moving head. At PostgreSQL's own 400
    /// it reads a small table whole to find one row in it. PostgreSQL only.
    pub random_page_cost_percent: u32,
    /// How much of the file each connection keeps in memory, in MiB (`PRAGMA cache_size`). Default 8, where SQLite's own 2 read the upper
    /// pages of indexes again and again; a node has a connection more than processors for reading, and one for writing. SQLite only.
    pub page_cache_mebibytes: u32,
    /// How many facts about accounts (a role, a seat, a partner reached) each node remembers, and what it made of them for those who
    /// call, so that a request asks only whether they still hold. Default 200000, about 40 MiB at the most; 0 loads them at every
    /// request.
    pub account_facts_remembered: u64,
    /// How long a node waits for another that is migrating the same database, in seconds. Default 60.
    pub migration_wait_seconds: u64,
}

/// The server's own jobs hold one connection for their lock, and write by another.
const LEAST_WRITE_CONNECTIONS: u32 = 2;

impl Default for DatabaseSettings {
    fn default() -> Self {
        Self {
            url: None,
            min_connections: 1,
            max_connections: 8,
            max_write_connections: 8,
            acquire_timeout_seconds: 2,
            statement_timeout_seconds: 8,
            busy_timeout_seconds: 5,
            keep_plans: true,
            random_page_cost_percent: 110,
            page_cache_mebibytes: 8,
            account_facts_remembered: 200_000,
            migration_wait_seconds: 60,
        }
    }
}

impl DatabaseSettings {
    /// [`acquire_timeout_seconds`](Self::acquire_timeout_seconds) as a duration.
    #[must_use]
    pub const fn acquire_timeout(&self) -> Duration {
        Duration::from_secs(self.acquire_timeout_seconds)
    }

    /// [`statement_timeout_seconds`](Self::statement_timeout_seconds) as a duration.
    #[must_use]
    pub const fn statement_timeout(&self) -> Duration {
        Duration::from_secs(self.statement_timeout_seconds)
    }

    /// [`busy_timeout_seconds`](Self::busy_timeout_seconds) as a duration.
    #[must_use]
    pub const fn busy_timeout(&self) -> Duration {
        Duration::from_secs(self.busy_timeout_seconds)
    }

    /// [`migration_wait_seconds`](Self::migration_wait_seconds) as a duration.
    #[must_use]
    pub const fn migration_wait(&self) -> Duration {
        Duration::from_secs(self.migration_wait_seconds)
    }
}

impl Section for DatabaseSettings {
    fn check(&self, report: &mut Report<'_>) {
        if let Some(url) = &self.url
            && let Err(advice) = url.check()
        {
            report.wrong("url", url, advice);
        }
        report.within("max_connections", self.max_connections, 1, 10_000, "connections");
        report.within(
            "max_write_connections",
            self.max_write_connections,
            LEAST_WRITE_CONNECTIONS,
            10_000,
            "connections",
        );
        let least = self.max_connections.min(self.max_write_connections);
        if self.min_connections > least {
            report.wrong(
                "min_connections",
                self.min_connections,
                format!(
                    "must not be more than database.max_connections and database.max_write_connections, of which the \
                     lesser is {least}"
                ),
            );
        }
        report.within(
            "acquire_timeout_seconds",
            self.acquire_timeout_seconds,
            1,
            600,
            "seconds",
        );
        report.within(
            "statement_timeout_seconds",
            self.statement_timeout_seconds,
            1,
            86_400,
            "seconds",
        );
        report.within(
            "busy_timeout_seconds",
            self.busy_timeout_seconds,
            1,
            600,
            "seconds",
        );
        report.within(
            "random_page_cost_percent",
            self.random_page_cost_percent,
            100,
            10_000,
            "hundredths",
        );
        report.within("page_cache_mebibytes", self.page_cache_mebibytes, 1, 4_096, "MiB");
        report.within(
            "migration_wait_seconds",
            self.migration_wait_seconds,
            1,
            86_400,
            "seconds",
        );
    }
}

/// The kinds of database that Roundtable runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseKind {
    /// One file, no server, one node.
    Sqlite,
    /// A server, for several nodes or real load.
    Postgres,
}

/// The address of a database. Printing, logging or serialising it masks the password; [`DatabaseUrl::expose`] does not.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The address of a SQLite file, created when missing; any characters in the path are fine.
    #[must_use]
    pub fn sqlite_file(path: &Path) -> Self {
        let path = path
            .to_string_lossy()
            .replace('%', "%25")
            .replace('?', "%3F")
            .replace('#', "%23");
        Self(format!("sqlite:{path}?mode=rwc"))
    }

    /// The address with its password, for the driver and nobody else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The kind of database by the scheme; `None` for one that Roundtable does not run on.
    #[must_use]
    pub fn kind(&self) -> Option<DatabaseKind> {
        match self.0.split_once(':')?.0 {
            "sqlite" => Some(DatabaseKind::Sqlite),
            "postgres" | "postgresql" => Some(DatabaseKind::Postgres),
            _ => None,
        }
    }

    /// Says what would be right when the address cannot be used.
    fn check(&self) -> Result<(), String> {
        let forms = "`sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME`";
        if self.kind().is_none() {
            return Err(format!("must be {forms}"));
        }
        if self.0.contains(":memory:") || self.0.contains("mode=memory") {
            return Err("must be a file: a database in memory is lost when its connection closes".to_owned());
        }
        // The driver quotes an address that it cannot parse, password included: such an address must not reach it.
        reqwest::Url::parse(&self.0)
            .map(|_| ())
            .map_err(|error| format!("must be {forms}: {error}"))
    }
}

impl From<String> for DatabaseUrl {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&mask_url(&self.0))
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DatabaseUrl({self})")
    }
}

impl Serialize for DatabaseUrl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_known_by_their_scheme() {
        let kind = |text: &str| DatabaseUrl::from(text.to_owned()).kind();
        assert_eq!(kind("sqlite:data/x.db"), Some(DatabaseKind::Sqlite));
        assert_eq!(kind("postgresql://db/x"), Some(DatabaseKind::Postgres));
        assert_eq!(kind("mysql://db/x"), None);
        assert_eq!(kind("nonsense"), None);
    }

    #[test]
    fn addresses_that_the_driver_would_quote_are_refused() {
        let check = |text: &str| DatabaseUrl::from(text.to_owned()).check();
        assert_eq!(check("postgres://ann:p@db:5432/x"), Ok(()));
        assert_eq!(check("sqlite:data/x.db"), Ok(()));
        assert!(check("postgres://ann:p@db:port/x").is_err());
        assert!(check("sqlite::memory:").is_err());
    }
}
