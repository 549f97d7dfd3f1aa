//! What a reader has to know about a chart, in words that stand in the picture, in its description and on its page.

use super::series::{Figure, Reason, Release, Series};
use super::words::{sign, spelt};

/// What signs and stops of lines mean, as far as they are in the chart, and what was rounded.
pub(super) fn of(series: &Series) -> Vec<String> {
    let mut notes: Vec<String> = series.reasons().into_iter().map(meaning).collect();
    if series
        .subjects
        .iter()
        .any(|subject| subject.breaks().next().is_some())
    {
        notes.push(
            "Lines stop where the wording of the question changed: do not compare figures on either side."
                .to_owned(),
        );
    }
    let is_rounded = |figure: Figure| matches!(figure, Figure::Shown { is_rounded: true, .. });
    if series.points().any(|point| is_rounded(point.figure)) {
        notes.push("Figures are rounded, or worked out from rounded counts.".to_owned());
    }
    notes
}

fn meaning(reason: Reason) -> String {
    let means = match reason {
        Reason::Withheld => "withheld, so that nobody can be recognised. It is not zero.",
        Reason::NotAvailable => "not available. It is not zero.",
        Reason::NotApplicable => "does not apply.",
    };
    format!("{} {means}", sign(reason))
}

/// Where the figures are from: the credit that the licence asks for.
pub(super) fn source(series: &Series) -> Option<String> {
    series.source.as_ref().map(|source| format!("Source: {source}"))
}

/// In which release figures stand.
pub(super) fn release(release: &Release) -> String {
    let number = release
        .number
        .map_or_else(String::new, |number| format!(" (release {number})"));
    let day = release
        .published_at
        .map_or_else(String::new, |at| format!(", {}", spelt(at.date_naive())));
    format!("{}{number}{day}", release.title)
}

/// The latest of the releases, and how many others there are.
pub(super) fn published(series: &Series) -> Option<String> {
    let latest = release(series.releases.first()?);
    Some(match series.releases.len() {
        1 => format!("Published in: {latest}."),
        more => format!("Published in: {latest}, and {} more.", more - 1),
    })
}
