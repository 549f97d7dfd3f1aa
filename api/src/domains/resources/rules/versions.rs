//! How a version of a resource comes from draft to publication (`domain.md` 2.6): written by people with lived experience among
//! others, approved by them, signed off by somebody who did not write it alone, and published in a format that many can read.

use entity::id::PersonId;
use entity::parties::kinds::InformationFormat;
use entity::resources::kinds::{ContributorRole, ResourceVersionStatus as Status, ReviewVerdict};
use entity::resources::{contributor, rendition, resource_review, resource_version};

use super::renditions::is_checked;
use super::reviews::is_open;
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, transition};

#[cfg(test)]
mod tests;

/// What can become of a version.
#[must_use]
pub const fn legal(status: Status) -> &'static [Status] {
    use Status::{Draft, Published, Review, SignedOff, Superseded, Withdrawn};
    match status {
        Draft => &[Review, Withdrawn],
        Review => &[SignedOff, Withdrawn],
        SignedOff => &[Published, Withdrawn],
        Published => &[Superseded, Withdrawn],
        Superseded => &[Withdrawn],
        Withdrawn => &[],
    }
}

/// A version takes this step.
///
/// # Errors
/// `ILLEGAL_TRANSITION` at `id`, with the steps that could be taken.
pub fn check_step(from: Status, to: Status) -> Result<(), Violation> {
    transition("id", "version", (from, to), legal(from))
}

/// The text of a version changes only until it is signed off.
///
/// # Errors
/// `INACTIVE` at the field.
pub fn check_writable(field: &str, status: Status) -> Result<(), Violation> {
    if matches!(status, Status::Draft | Status::Review) {
        return Ok(());
    }
    let message = format!(
        "This version is {status}, and from sign-off a version stays as it is. Begin another version \
         (resourceVersionDraft) to change something."
    );
    Err(Violation::new(Code::Inactive, field, message))
}

/// Whoever judges a text has read it as it is now.
///
/// # Errors
/// `CONFLICT` at `contentRevision`.
pub fn check_read(read: i32, content_revision: i32) -> Result<(), Violation> {
    if read == content_revision {
        return Ok(());
    }
    let message =
        "The text has changed since you read it. Read it again, and send its contentRevision as it is now.";
    Err(Violation::new(Code::Conflict, "contentRevision", message))
}

/// A resource is worked on in one version at a time.
///
/// # Errors
/// `ALREADY_EXISTS` at the field.
pub fn check_no_open_version(field: &str, open: Option<&resource_version::Model>) -> Result<(), Violation> {
    let Some(open) = open else { return Ok(()) };
    let message = format!(
        "Version {} of this resource is {}. Publish it or withdraw it before you begin another one.",
        open.number, open.status
    );
    Err(Violation::new(Code::AlreadyExists, field, message))
}

/// A version goes into review when it says something, what others may do with it, and who it is from: an author, somebody who
/// leads the work, and somebody with lived experience. They may be one and the same.
///
/// # Errors
/// `REQUIRED` at `id` for each of these.
pub fn check_submission(
    version: &resource_version::Model,
    contributors: &[contributor::Model],
    renditions: usize,
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let is_there = version.body.is_some() || renditions > 0;
    let has_author = contributors.iter().any(|of| of.role == ContributorRole::Author);
    let has_lead = contributors.iter().any(|of| of.lead);
    let has_experience = contributors.iter().any(|of| of.lived_experience);
    for (holds, message) in [
        (
            is_there,
            "There is nothing to review: write its text, or add a rendition.",
        ),
        (
            version.licence.is_some(),
            "Say what others may do with it (licence), such as CC-BY-4.0.",
        ),
        (has_author, "Name at least one author among the contributors."),
        (has_lead, "Name at least one contributor who leads the work."),
        (
            has_experience,
            "Nobody with lived experience contributes yet. What is written together names at least one.",
        ),
    ] {
        violations.check(holds, Code::Required, "id", || message.to_owned());
    }
    violations.into_result()
}

/// Whether a contributor writes the version: they do not review it.
#[must_use]
pub fn writes(of: &contributor::Model) -> bool {
    use ContributorRole::{Author, Designer, Editor};
    of.lead || matches!(of.role, Author | Editor | Designer)
}

/// A version is signed off when somebody with lived experience has approved its text as it is now, nothing is left open in its
/// reviews, and the signer is not the only one who wrote it.
///
/// # Errors
/// `RULE_BROKEN` at `id` for each of these.
pub fn check_sign_off(
    version: &resource_version::Model,
    contributors: &[contributor::Model],
    reviews: &[resource_review::Model],
    signer: Option<PersonId>,
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let has_lived = |review: &&resource_review::Model| {
        contributors
            .iter()
            .any(|of| of.id == review.contributor_id && of.lived_experience)
    };
    let is_approved = reviews
        .iter()
        .filter(|review| review.verdict == ReviewVerdict::Approve)
        .filter(|review| review.content_revision == version.content_revision)
        .any(|review| has_lived(&review));
    violations.check(is_approved, Code::RuleBroken, "id", || {
        "Nobody with lived experience has approved its text as it is now. Ask a reviewer with lived experience to read it."
            .to_owned()
    });
    let open = |verdict| {
        let open = reviews.iter().filter(|review| is_open(review));
        open.filter(|review| review.verdict == verdict).count()
    };
    let rejections = open(ReviewVerdict::Reject);
    violations.check(rejections == 0, Code::RuleBroken, "id", || match rejections {
        1 => "A reviewer says that it should not be published. Only they can take that back.".to_owned(),
        _ => format!(
            "{rejections} reviewers say that it should not be published. Only they can take that back."
        ),
    });
    let changes = open(ReviewVerdict::Changes);
    violations.check(changes == 0, Code::RuleBroken, "id", || {
        match changes {
            1 => "A review asks for changes and is not settled. Say what was done about it (resourceReviewResolve).".to_owned(),
            _ => format!("{changes} reviews ask for changes and are not settled. Say what was done about each (resourceReviewResolve)."),
        }
    });
    let mut writers = contributors.iter().filter(|of| writes(of));
    let is_only_author = signer.is_some() && writers.all(|of| of.person_id == signer);
    violations.check(!is_only_author, Code::RuleBroken, "id", || {
        "You are the only one who wrote it. Nobody signs off what they wrote alone: the owner designates another signer.".to_owned()
    });
    violations.into_result()
}

/// A version is published when it is there in Easy Read or in plain English, checked by a user group as its text is now.
///
/// # Errors
/// `RULE_BROKEN` at `id`.
pub fn check_publication(
    version: &resource_version::Model,
    renditions: &[rendition::Model],
) -> Result<(), Violation> {
    let is_easy = |of: &&rendition::Model| {
        matches!(
            of.format,
            InformationFormat::EasyRead | InformationFormat::PlainEnglish
        )
    };
    if renditions
        .iter()
        .filter(is_easy)
        .any(|of| is_checked(of, version.content_revision))
    {
        return Ok(());
    }
    let message = if renditions.iter().any(|of| is_easy(&of)) {
        "Its Easy Read or plain English rendition has not been checked by a user group as its text is now. Ask a user-led \
         organisation that contributes to check it (renditionCheck)."
    } else {
        "It is not there in Easy Read or in plain English yet. Add such a rendition (renditionAdd), and have a user group check it."
    };
    Err(Violation::new(Code::RuleBroken, "id", message))
}
