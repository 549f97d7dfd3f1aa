//! Settings that would verify the wrong thing are refused before the server starts.

use super::{
    discovery::check_address,
    error::AuthSetupError,
    settings::{AuthSettings, TrustedIssuer},
};
use crate::config::{Report, Section};

/// A setting that cannot be used.
#[derive(Debug)]
pub(super) struct SettingProblem {
    key: String,
    found: String,
    advice: String,
}

impl From<SettingProblem> for AuthSetupError {
    fn from(problem: SettingProblem) -> Self {
        let SettingProblem { key, found, advice } = problem;
        Self::Setting {
            setting: key,
            problem: format!("{found:?}: {advice}"),
        }
    }
}

impl Section for AuthSettings {
    fn check(&self, report: &mut Report<'_>) {
        for problem in problems(self) {
            report.wrong(&problem.key, problem.found, problem.advice);
        }
    }
}

/// Everything that is wrong, in the order of the settings.
pub(super) fn problems(settings: &AuthSettings) -> Vec<SettingProblem> {
    let mut problems = Problems::default();
    let local = &settings.local;
    problems.require(
        !settings.audience.is_empty(),
        "audience",
        "",
        "name this server, as its tokens do in aud",
    );
    problems.require(
        !(local.enabled && local.issuer.is_empty()),
        "local.issuer",
        "",
        "name the issuer, such as urn:roundtable:local",
    );
    for (key, lifetime) in [
        ("local.token_lifetime_seconds", local.token_lifetime_seconds),
        (
            "local.longest_token_lifetime_seconds",
            local.longest_token_lifetime_seconds,
        ),
    ] {
        problems.require(lifetime > 0, key, lifetime, "must be at least 1 second");
    }
    problems.require(
        local.token_lifetime_seconds <= local.longest_token_lifetime_seconds,
        "local.token_lifetime_seconds",
        local.token_lifetime_seconds,
        "must not be more than longest_token_lifetime_seconds",
    );
    let mut names: Vec<&str> = local.enabled.then_some(&*local.issuer).into_iter().collect();
    for (number, trusted) in settings.issuers.iter().enumerate() {
        let key = format!("issuers[{number}].issuer");
        problems.require(
            !names.contains(&&*trusted.issuer),
            &key,
            &trusted.issuer,
            "is configured twice",
        );
        names.push(&trusted.issuer);
        check_issuer(trusted, &format!("issuers[{number}]"), &mut problems);
    }
    problems.0
}

fn check_issuer(trusted: &TrustedIssuer, key: &str, problems: &mut Problems) {
    let has_audience = trusted
        .audience
        .as_ref()
        .is_none_or(|audience| !audience.is_empty());
    problems.require(
        has_audience,
        &format!("{key}.audience"),
        "",
        "name the server, or leave it out",
    );
    let has_organisation = !trusted.organisation.trim().is_empty();
    let advice = "name the partner organisation whose people this issuer may vouch for";
    problems.require(has_organisation, &format!("{key}.organisation"), "", advice);
    let advice = "list at least one, or leave it out";
    problems.require(
        !trusted.algorithms.is_empty(),
        &format!("{key}.algorithms"),
        "[]",
        advice,
    );
    let (name, address) = match &trusted.jwks_uri {
        Some(address) => ("jwks_uri", address),
        None => ("issuer", &trusted.issuer),
    };
    if let Err(advice) = check_address(address) {
        problems.require(false, &format!("{key}.{name}"), address, advice);
    }
}

#[derive(Default)]
struct Problems(Vec<SettingProblem>);

impl Problems {
    fn require(&mut self, is_right: bool, key: &str, found: impl ToString, advice: &str) {
        if !is_right {
            let (key, found, advice) = (key.to_owned(), found.to_string(), advice.to_owned());
            self.0.push(SettingProblem { key, found, advice });
        }
    }
}
