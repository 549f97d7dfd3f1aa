//! A resource, from its first draft to publication (`domain.md` 2.6): somebody writes it, somebody with lived experience reviews it,
//! somebody else signs it off, and a user group checks each of its formats.

use serde_json::{Value as Json, json};

use super::build::marked;
use crate::demo::step::{Step, Waits, What, nothing, with};

/// The text is written once, after the resource was begun.
const CONTENT_REVISION: i32 = 2;

/// What is written, and by whom.
pub(super) struct Publication {
    /// Its name in the script, without what sort of object it is.
    pub name: &'static str,
    /// The organisation that answers for it, and its administrator.
    pub owner: (&'static str, &'static str),
    /// The day of the first step; it is published fifty days later.
    pub begins: i64,
    /// What it is: the input of its beginning, without its owner and its signer.
    pub resource: Json,
    pub author: &'static str,
    pub reviewer: &'static str,
    pub signer: &'static str,
    /// The user-led organisation that checks its formats, and its administrator.
    pub group: (&'static str, &'static str),
    /// Who contributes: a subject, or `group`; and their input, without the version and who they are.
    pub contributors: Vec<(&'static str, Json)>,
    /// What it says: summary, body, licence.
    pub text: Json,
    /// What the reviewer asks for, what is done about it, and what they say then.
    pub review: [&'static str; 3],
    /// Format, language, text.
    pub renditions: Vec<(&'static str, &'static str, &'static str)>,
}

impl Publication {
    /// How its version is called in the script.
    pub fn version(&self) -> String {
        format!("resource-version.{}", self.name)
    }

    /// How its first review is called, in which changes are asked for.
    pub fn first_review(&self) -> String {
        format!("review.{}.first", self.name)
    }

    pub fn steps(&self) -> Vec<Step> {
        let mut steps = self.begun();
        steps.extend(self.contributors.iter().map(|of| self.contributor(of)));
        steps.extend(self.written());
        steps.extend(self.reviewed());
        steps.extend(self.renditions.iter().flat_map(|of| self.rendition(of)));
        steps.push(self.moves(50, self.owner.1, "resourceVersionPublish", "SIGNED_OFF"));
        steps
    }

    fn day(&self, after: i64) -> i64 {
        self.begins + after
    }

    fn moves(&self, after: i64, who: &'static str, mutation: &'static str, from: &'static str) -> Step {
        let waits = Waits::With("status", from);
        Step::act(self.day(after), who, mutation, self.version(), waits, nothing())
    }

    fn begun(&self) -> Vec<Step> {
        let (organisation, administrator) = self.owner;
        let resource = format!("resource.{}", self.name);
        let owned = with(
            self.resource.clone(),
            "ownerOrganisationId",
            format!("@{organisation}"),
        );
        let begun = with(owned, "signerPersonId", format!("@person.{}", self.signer));
        let first = What::FirstVersion {
            name: self.version(),
            resource: resource.clone(),
        };
        vec![
            Step::make(self.day(0), administrator, "resourceCreate", resource, begun),
            Step {
                day: self.day(0),
                actor: administrator,
                what: first,
            },
        ]
    }

    fn contributor(&self, (who, input): &(&'static str, Json)) -> Step {
        let name = format!("contributor.{}.{who}", self.name);
        let (field, id) = match *who {
            "group" => ("organisationId", format!("@{}", self.group.0)),
            person => ("personId", format!("@person.{person}")),
        };
        let input = with(input.clone(), "resourceVersionId", format!("@{}", self.version()));
        Step::make(
            self.day(1),
            self.owner.1,
            "contributorAdd",
            name,
            with(input, field, id),
        )
    }

    fn written(&self) -> Vec<Step> {
        let unwritten = Waits::Without("body");
        let writes = "resourceVersionUpdate";
        vec![
            Step::act(
                self.day(10),
                self.author,
                writes,
                self.version(),
                unwritten,
                self.text.clone(),
            ),
            self.moves(15, self.author, "resourceVersionSubmit", "DRAFT"),
        ]
    }

    fn review(&self, after: i64, name: String, verdict: &str, comment: &str) -> Step {
        let input = json!({
            "resourceVersionId": format!("@{}", self.version()),
            "contentRevision": CONTENT_REVISION,
            "verdict": verdict,
            "comment": marked(comment),
        });
        Step::make(self.day(after), self.reviewer, "resourceReviewAdd", name, input)
    }

    fn reviewed(&self) -> Vec<Step> {
        let [asks, settled, approves] = self.review;
        let open = Waits::Without("resolvedAt");
        let settled = json!({ "resolution": marked(settled) });
        vec![
            self.review(20, self.first_review(), "CHANGES", asks),
            Step::act(
                self.day(25),
                self.author,
                "resourceReviewResolve",
                self.first_review(),
                open,
                settled,
            ),
            self.review(28, format!("review.{}.second", self.name), "APPROVE", approves),
            self.moves(30, self.signer, "resourceVersionSignOff", "REVIEW"),
        ]
    }

    /// It is there in a format, and the user group has checked that.
    fn rendition(&self, (format, language, body): &(&'static str, &'static str, &'static str)) -> [Step; 2] {
        let name = format!("rendition.{}.{format}", self.name);
        let input = json!({
            "resourceVersionId": format!("@{}", self.version()),
            "format": format,
            "language": language,
            "body": body,
        });
        let unchecked = Waits::Without("checkedAt");
        let checked = json!({ "contentRevision": CONTENT_REVISION });
        [
            Step::make(self.day(35), self.author, "renditionAdd", name.clone(), input),
            Step::act(
                self.day(45),
                self.group.1,
                "renditionCheck",
                name,
                unchecked,
                checked,
            ),
        ]
    }
}
