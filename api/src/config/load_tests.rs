//! How settings are loaded: what overrides what, and what a wrong one is told.

use std::io::Write;

use super::*;

fn variables(given: &[(&str, &str)]) -> Variables {
    given
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::Builder::new().suffix(".toml").tempfile().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

fn problems(text: &str, given: &[(&str, &str)]) -> Vec<String> {
    let error = load(Some(file(text).path()), &variables(given)).unwrap_err();
    error.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn nothing_given_is_the_defaults() {
    let settings = load(None, &Variables::default()).unwrap();
    assert_eq!(
        serde_json::to_value(settings).unwrap(),
        serde_json::to_value(Settings::default()).unwrap()
    );
}

#[test]
fn the_long_variable_beats_the_short_one_beats_the_file_beats_the_default() {
    let file = file("[server]\nport = 1001\nhost = '0.0.0.0'\n[database]\nmax_connections = 7\n");
    let short = ("ROUNDTABLE_PORT", "1002");
    let long = ("ROUNDTABLE__SERVER__PORT", "1003");

    assert_eq!(
        load(Some(file.path()), &Variables::default())
            .unwrap()
            .server
            .port,
        1001
    );
    assert_eq!(
        load(Some(file.path()), &variables(&[short])).unwrap().server.port,
        1002
    );
    let settings = load(Some(file.path()), &variables(&[short, long])).unwrap();
    assert_eq!(settings.server.port, 1003);
    assert_eq!(settings.server.host.to_string(), "0.0.0.0");
    assert_eq!(settings.database.max_connections, 7);
    assert_eq!(
        settings.database.min_connections, 1,
        "what nobody mentions keeps its default"
    );
}

#[test]
fn variables_become_what_the_setting_is() {
    let settings = load(
        None,
        &variables(&[
            ("DATABASE_URL", "postgres://db/roundtable"),
            ("RUST_LOG", "warn"),
            ("ROUNDTABLE_DATA_DIR", "2026"),
            ("ROUNDTABLE__TELEMETRY__TRACE_SAMPLE_RATIO", "0.5"),
            ("ROUNDTABLE__TELEMETRY__DURATION_BUCKETS_SECONDS", "0.1, 1, 10"),
            ("ROUNDTABLE_HOST", ""),
        ]),
    )
    .unwrap();
    assert_eq!(
        settings.database.url.unwrap().expose(),
        "postgres://db/roundtable"
    );
    assert_eq!(settings.telemetry.log, "warn");
    assert_eq!(
        settings.server.data_dir.to_str(),
        Some("2026"),
        "a text of digits is still a text"
    );
    assert!((settings.telemetry.trace_sample_ratio - 0.5).abs() < f64::EPSILON);
    assert_eq!(settings.telemetry.duration_buckets_seconds, [0.1, 1.0, 10.0]);
    assert_eq!(
        settings.server.host.to_string(),
        "127.0.0.1",
        "an empty variable is not set"
    );
}

#[test]
fn a_kubernetes_service_link_is_not_a_port() {
    let settings = load(None, &variables(&[("ROUNDTABLE_PORT", "tcp://10.0.0.7:8080")])).unwrap();
    assert_eq!(settings.server.port, 8080);
}

#[test]
fn all_problems_are_told_at_once() {
    let found = problems(
        "[server]\nprot = 1\nworker_stack_mebibytes = 1\n[telemetry]\nformat = 'xml'\n[servre]\n",
        &[
            ("ROUNDTABLE_PORT", "70000"),
            ("ROUNDTABLE__DATABASE__MIN_CONNECTIONS", "99"),
            ("ROUNDTABLE__SERVER", "x"),
        ],
    );
    let expect = |setting: &str, words: &[&str]| {
        let problem = found.iter().find(|problem| problem.starts_with(setting));
        let problem = problem.unwrap_or_else(|| panic!("no problem for {setting} in {found:#?}"));
        for word in words {
            assert!(problem.contains(word), "{word:?} is not in {problem}");
        }
    };
    expect(
        "server.port = 70000",
        &["from ROUNDTABLE_PORT", "from 0 to 65535", "8080"],
    );
    expect("server.prot = 1", &[".toml", "no such setting", "server.port"]);
    expect(
        "server.worker_stack_mebibytes = 1",
        &[".toml", "from 8 to 256 mebibytes"],
    );
    expect("servre", &["no such setting; did you mean server?"]);
    expect("server = \"x\"", &["section"]);
    expect("telemetry.format = \"xml\"", &["`auto`", "`human`", "`json`"]);
    expect(
        "database.min_connections = 99",
        &["ROUNDTABLE__DATABASE__MIN_CONNECTIONS", "8"],
    );
    assert_eq!(found.len(), 7, "{found:#?}");
}

#[test]
fn a_wrong_type_in_a_file_is_not_bent_into_shape() {
    let found = problems("[server]\nport = true\n[database]\nmax_connections = '8'\n", &[]);
    assert_eq!(found.len(), 2, "{found:#?}");
}

#[test]
fn problems_hide_passwords() {
    let url = [("DATABASE_URL", "mysql://ann:hunter2@db/x")];
    let found = problems("", &url);
    assert!(
        found[0].contains("database.url = mysql://ann:***@db/x"),
        "{found:#?}"
    );
    let found = problems("[database]\nurl = ['postgres://ann:hunter2@db/x']", &[]);
    assert!(!found[0].contains("hunter2"), "{found:#?}");
    let found = problems("[database]\nurl = 'postgres://ann:hunter2@db/x", &[]);
    assert!(
        !found[0].contains("hunter2") && found[0].contains("line 2"),
        "{found:#?}"
    );
}

#[test]
fn a_missing_file_is_a_problem_of_its_own_beside_the_others() {
    let error = load(
        Some(Path::new("/nowhere/at-all.toml")),
        &variables(&[("ROUNDTABLE_PORT", "x")]),
    )
    .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("/nowhere/at-all.toml") && text.contains("cannot be read"),
        "{text}"
    );
    assert!(text.contains("server.port = \"x\""), "{text}");
}
