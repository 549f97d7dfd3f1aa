//! Settings: where they come from, what they may be, and what a wrong one is told.
//!
//! Four layers, each overriding the one before:
//!
//! 1. `api/config.default.toml`, compiled in: every setting with its unit, its default and the reason for it.
//! 2. A file of your own: `--config FILE` or `ROUNDTABLE_CONFIG`. It needs only what differs.
//! 3. A few short environment variables: `ROUNDTABLE_HOST`, `ROUNDTABLE_PORT`, `ROUNDTABLE_DATA_DIR`, `DATABASE_URL`, `RUST_LOG`.
//! 4. Any setting as `ROUNDTABLE__SECTION__KEY`, for example `ROUNDTABLE__DATABASE__MAX_CONNECTIONS=32`. Lists are
//!    separated by commas, or written as TOML: `["a", "b"]`. An empty variable counts as not set.
//!
//! Nothing is ignored: an unknown setting is a mistake, and so is a value of the wrong type. [`Settings::load`] collects
//! *all* mistakes before it gives up, so that nobody has to start a server five times to find five of them.
//!
//! # Adding a section
//!
//! A room owns its settings: a struct with `Default`, `#[serde(default, deny_unknown_fields)]`, and a [`Section`]
//! implementation for what types cannot say. Here it becomes one field of [`Settings`] and one line in
//! `Settings::check`; `config.default.toml` gets its commented entries. A test fails until all agree.

mod database;
mod defaults;
mod load;
mod mask;
mod problem;
mod secret;
mod server;

use std::path::Path;

use serde::{Deserialize, Serialize};

pub use database::{DatabaseKind, DatabaseSettings, DatabaseUrl};
pub use load::Variables;
pub use mask::{MASK, mask_url};
pub use problem::{Problem, Problems, Report, SettingsError};
pub use secret::Secret;
pub use server::ServerSettings;

use crate::telemetry::TelemetrySettings;

/// What a section checks beyond the types of its settings: ranges, pairs that contradict each other, addresses.
pub trait Section {
    /// Reports every setting that cannot be used, and says what would be right. The default reports nothing.
    fn check(&self, report: &mut Report<'_>) {
        let _ = report;
    }
}

/// Every setting of the process, by section. See the [module](self) for where the values come from.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Where the server listens, where it keeps its files, and how large its threads are.
    pub server: ServerSettings,
    /// Which database, and how patient we are with it.
    pub database: DatabaseSettings,
    /// Logs, traces and metrics.
    pub telemetry: TelemetrySettings,
    /// Who may vouch for callers.
    pub auth: crate::auth::AuthSettings,
    /// How long access may last: service accounts, their secrets.
    pub access: crate::domains::parties::rules::access::AccessSettings,
    /// The front door: sizes, time-outs, origins.
    pub http: crate::http::HttpSettings,
    /// How large, deep and costly a document may be.
    pub graphql: crate::graphql::document::DocumentLimits,
    /// Whether the server is a part of a federation.
    pub federation: crate::graphql::FederationSettings,
    /// How much can be agreed for taking part.
    pub contributions: crate::domains::reciprocity::rules::ContributionSettings,
    /// How large meetings may get.
    pub meetings: crate::domains::meetings::settings::MeetingSettings,
    /// How much can be written about vacancies and interview panels.
    pub panels: crate::domains::panels::settings::PanelSettings,
    /// How much can be written about resources, and how long an adoption goes without a look at it.
    pub resources: crate::domains::resources::settings::ResourceSettings,
    /// How long organisations have to answer feedback, and how much can be written about it.
    pub feedback: crate::domains::change::settings::FeedbackSettings,
    /// How large events can be.
    pub events: crate::domains::gatherings::settings::EventSettings,
    /// How much can be written about outcomes, and how many figures come in at once.
    pub outcomes: crate::domains::outcomes::settings::OutcomeSettings,
    /// How much a chart of published figures shows, and how long it is kept.
    pub charts: crate::domains::releases::chart::ChartSettings,
    /// How much of a file of figures is held and written at once.
    pub imports: crate::domains::imports::settings::ImportSettings,
    /// How much can be asked of texts: searching and comparing.
    pub texts: crate::domains::resources::search::settings::TextSettings,
    /// Meetings in people's own calendar programs.
    pub calendar: crate::domains::meetings::calendar_feed::CalendarSettings,
    /// How much can be uploaded, how, and how long it is kept.
    pub media: crate::domains::media::MediaSettings,
    /// Where the bytes of files lie.
    pub objects: crate::objects::ObjectSettings,
    /// What looks for harmful software in them.
    pub scanner: crate::objects::ScannerSettings,
    /// What the server does by itself, and how often.
    pub jobs: crate::jobs::JobSettings,
}

impl Settings {
    /// Loads the settings from the default file, the given file and the environment of this process.
    ///
    /// # Errors
    ///
    /// [`SettingsError`] with every problem found: an unreadable file, unknown settings, values that cannot be used.
    pub fn load(file: Option<&Path>) -> Result<Self, SettingsError> {
        Self::load_from(file, &Variables::of_process())
    }

    /// Loads the settings with the given variables in place of the environment.
    ///
    /// # Errors
    ///
    /// As [`Settings::load`].
    pub fn load_from(file: Option<&Path>, variables: &Variables) -> Result<Self, SettingsError> {
        load::load(file, variables)
    }

    /// Lets every section check itself.
    fn check(&self, problems: &mut Problems) {
        self.server.check(&mut problems.section("server"));
        self.database.check(&mut problems.section("database"));
        self.telemetry.check(&mut problems.section("telemetry"));
        self.auth.check(&mut problems.section("auth"));
        self.access.check(&mut problems.section("access"));
        self.http.check(&mut problems.section("http"));
        self.graphql.check(&mut problems.section("graphql"));
        self.federation.check(&mut problems.section("federation"));
        self.contributions.check(&mut problems.section("contributions"));
        self.meetings.check(&mut problems.section("meetings"));
        self.panels.check(&mut problems.section("panels"));
        self.resources.check(&mut problems.section("resources"));
        self.feedback.check(&mut problems.section("feedback"));
        self.events.check(&mut problems.section("events"));
        self.outcomes.check(&mut problems.section("outcomes"));
        self.charts.check(&mut problems.section("charts"));
        self.imports.check(&mut problems.section("imports"));
        self.texts.check(&mut problems.section("texts"));
        self.calendar.check(&mut problems.section("calendar"));
        self.media.check(&mut problems.section("media"));
        self.objects.check(&mut problems.section("objects"));
        self.scanner.check(&mut problems.section("scanner"));
        self.jobs.check(&mut problems.section("jobs"));
    }

    /// The address of the database: the configured one, or a SQLite file in the data directory.
    #[must_use]
    pub fn database_url(&self) -> DatabaseUrl {
        self.database
            .url
            .clone()
            .unwrap_or_else(|| DatabaseUrl::sqlite_file(&self.server.data_dir.join("roundtable.db")))
    }

    /// The effective settings as TOML, secrets and passwords masked; a setting that has no value is absent.
    ///
    /// # Errors
    ///
    /// When a section holds something that TOML cannot express, which the tests exclude.
    pub fn to_masked_toml(&self) -> Result<String, toml::ser::Error> {
        let mut tree = toml::Value::try_from(self)?;
        mask::mask_tree("", &mut tree);
        toml::to_string_pretty(&tree)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_default_file_says_what_the_code_does() {
        let from_file: Settings = toml::from_str(defaults::TEXT).unwrap();
        let (from_file, from_code) = (
            serde_json::to_value(from_file),
            serde_json::to_value(Settings::default()),
        );
        assert_eq!(
            from_file.unwrap(),
            from_code.unwrap(),
            "config.default.toml and the Default implementations differ"
        );
    }

    #[test]
    fn the_default_file_explains_every_setting_and_no_other() {
        let described = defaults::descriptions();
        let documented: BTreeSet<_> = described.keys().cloned().collect();
        let existing: BTreeSet<_> = defaults::known_settings().unwrap().into_iter().collect();
        assert_eq!(
            documented, existing,
            "config.default.toml must mention exactly the settings that exist"
        );
        for (setting, comment) in described {
            assert!(
                comment.contains("efault"),
                "{setting}: the comment in config.default.toml names no default"
            );
        }
    }

    #[test]
    fn without_a_database_url_the_database_is_a_file_in_the_data_directory() {
        let mut settings = Settings::default();
        settings.server.data_dir = "/srv/round table?".into();
        assert_eq!(
            settings.database_url().expose(),
            "sqlite:/srv/round table%3F/roundtable.db?mode=rwc"
        );
    }

    #[test]
    fn the_masked_settings_are_complete_and_hold_no_password() {
        let mut settings = Settings::default();
        settings.database.url = Some(DatabaseUrl::from(
            "postgres://ann:hunter2@db/roundtable".to_owned(),
        ));
        settings.telemetry.otlp_endpoint = Some("https://ann:hunter3@collector:4318".to_owned());
        let text = settings.to_masked_toml().unwrap();
        assert!(!text.contains("hunter"), "{text}");
        assert!(text.contains("postgres://ann:***@db/roundtable"), "{text}");
        assert!(text.contains("port = 8080"), "{text}");
        assert!(!format!("{settings:?}").contains("hunter2"));
    }
}
