//! How much can be written about resources, and how long an adoption goes without a look at it.

use serde::{Deserialize, Serialize};

use crate::config::{Report, Section};

/// Limits of this area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ResourceSettings {
    /// The longest text of a version or a rendition, in characters. Default 200,000: a book of a hundred pages. A request of
    /// HTTP must be allowed to be longer for such a text to come through.
    pub longest_body: u32,
    /// The longest summary, comment, resolution, reason and evidence, in characters. Default 5,000.
    pub longest_comment: u32,
    /// How many topics a resource can have. Default 20.
    pub most_topics: u32,
    /// How many contributors a version can have. Default 100.
    pub most_contributors: u32,
    /// How many renditions a version can have. Default 60.
    pub most_renditions: u32,
    /// How many months an adoption goes before its adopter looks at it again, when they name no day. Default 12.
    pub review_months: u32,
    /// The most months that they can name. Default 36.
    pub most_review_months: u32,
}

impl Default for ResourceSettings {
    fn default() -> Self {
        Self {
            longest_body: 200_000,
            longest_comment: 5_000,
            most_topics: 20,
            most_contributors: 100,
            most_renditions: 60,
            review_months: 12,
            most_review_months: 36,
        }
    }
}

impl Section for ResourceSettings {
    fn check(&self, report: &mut Report<'_>) {
        report.within("longest_body", self.longest_body, 1_000, 5_000_000, "characters");
        report.within(
            "longest_comment",
            self.longest_comment,
            100,
            100_000,
            "characters",
        );
        report.within("most_topics", self.most_topics, 1, 100, "topics");
        report.within("most_contributors", self.most_contributors, 1, 1_000, "people");
        report.within("most_renditions", self.most_renditions, 1, 500, "renditions");
        report.within(
            "review_months",
            self.review_months,
            1,
            self.most_review_months,
            "months",
        );
        report.within("most_review_months", self.most_review_months, 1, 120, "months");
    }
}

impl ResourceSettings {
    /// The longest text, in characters.
    pub(super) fn body(&self) -> usize {
        count(self.longest_body)
    }

    /// The longest comment, in characters.
    pub(super) fn comment(&self) -> usize {
        count(self.longest_comment)
    }
}

/// A setting that counts something.
pub(super) fn count(setting: u32) -> usize {
    usize::try_from(setting).unwrap_or(usize::MAX)
}
