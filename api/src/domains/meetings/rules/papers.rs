//! Papers (`domain.md` 2.2 and 4): each is there in an accessible format some days before the meeting, as many as the board
//! has set itself. A format is accessible when somebody chose it for readers whom the standard one shuts out: all but
//! `STANDARD`. A version of a resource is there in one once a user group has checked a rendition of it.

use chrono::{DateTime, TimeDelta, Utc};
use entity::meetings::kinds::{AgendaItemStatus, MeetingStatus};
use entity::meetings::{agenda_item, paper};
use entity::parties::kinds::InformationFormat;
use entity::resources::kinds::ResourceVersionStatus;

use super::schedule::link;
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, optional_long_text};

/// The longest text of a paper that is kept here, in characters.
pub const LONGEST_BODY: usize = 50_000;
/// The most days before a meeting that a board can ask for papers.
pub const MOST_DAYS: i32 = 60;

/// When the papers of a meeting are due.
#[must_use]
pub fn due_at(starts_at: DateTime<Utc>, days: i32) -> DateTime<Utc> {
    starts_at - TimeDelta::days(days.into())
}

/// What a client sends as a paper.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sent<'a> {
    /// The format.
    pub format: Option<InformationFormat>,
    /// The media type.
    pub media_type: Option<&'a str>,
    /// Where it lies.
    pub url: Option<&'a str>,
    /// Its text.
    pub body: Option<&'a str>,
    /// Whether it is a version of a resource.
    pub pins_version: bool,
    /// Whether it is another format of another paper.
    pub is_another_format: bool,
}

/// Where a document lies, or what it says: one of the two; neither for a version of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The format.
    pub format: InformationFormat,
    /// The media type; absent for a version.
    pub media_type: Option<String>,
    /// Where it lies.
    pub url: Option<String>,
    /// Its text.
    pub body: Option<String>,
}

/// A paper out of what a client sends: a document, or a version of a resource.
///
/// # Errors
/// `REQUIRED` for a document without a format or a media type; `RULE_BROKEN` for a version with any of what a document has, as its
/// renditions are its formats; and what `document` finds.
pub fn paper(sent: Sent<'_>) -> Result<Document, Vec<Violation>> {
    let mut violations = Violations::default();
    if sent.pins_version {
        let is_bare = sent.url.is_none() && sent.body.is_none();
        violations.check(is_bare, Code::RuleBroken, "resourceVersionId", || {
            "A paper is a document or a version of a resource. Send an address, a text, or a version, and no other.".to_owned()
        });
        let is_whole = matches!(sent.format, None | Some(InformationFormat::Standard));
        violations.check(is_whole, Code::RuleBroken, "format", || {
            "A version brings its own formats: its renditions. Leave the format out.".to_owned()
        });
        violations.check(sent.media_type.is_none(), Code::RuleBroken, "mediaType", || {
            "A version has no media type: each of its files has one. Leave it out.".to_owned()
        });
        violations.check(!sent.is_another_format, Code::RuleBroken, "originalId", || {
            "A version brings its own formats. Add it as a paper of its own.".to_owned()
        });
        return violations.into_result_with(Document {
            format: InformationFormat::Standard,
            media_type: None,
            url: None,
            body: None,
        });
    }
    violations.check(sent.format.is_some(), Code::Required, "format", || {
        "Say in which format the document is, such as STANDARD or EASY_READ.".to_owned()
    });
    violations.check(sent.media_type.is_some(), Code::Required, "mediaType", || {
        "Say which media type the document has, such as application/pdf.".to_owned()
    });
    let (media_type, format) = (
        sent.media_type.unwrap_or("text/plain"),
        sent.format.unwrap_or(InformationFormat::Standard),
    );
    let document = violations.keep_all(document(format, media_type, sent.url, sent.body));
    violations.into_result()?;
    document.ok_or_else(Vec::new)
}

/// What was withdrawn is no paper.
///
/// # Errors
/// `INACTIVE` at `resourceVersionId`.
pub fn check_version(status: ResourceVersionStatus) -> Result<(), Violation> {
    if status != ResourceVersionStatus::Withdrawn {
        return Ok(());
    }
    let message = "This version was withdrawn. Choose another one.";
    Err(Violation::new(Code::Inactive, "resourceVersionId", message))
}

/// A document out of what a client sends.
///
/// # Errors
/// `INVALID_FORMAT` for a media type or an address that is none, `TOO_LONG`, `REQUIRED` when there is neither an address nor a
/// text, `RULE_BROKEN` when there are both, or a text that is not of a `text` type.
fn document(
    format: InformationFormat,
    media_type: &str,
    url: Option<&str>,
    body: Option<&str>,
) -> Result<Document, Vec<Violation>> {
    let mut violations = Violations::default();
    let media_type = media_type.trim().to_ascii_lowercase();
    violations.check(
        is_media_type(&media_type),
        Code::InvalidFormat,
        "mediaType",
        || "A media type is written like application/pdf, text/plain or video/mp4.".to_owned(),
    );
    let url = violations.keep(link("url", url)).flatten();
    let body = violations
        .keep(optional_long_text("body", body, LONGEST_BODY))
        .flatten();
    if violations.is_empty() {
        violations.check(url.is_some() || body.is_some(), Code::Required, "url", || {
            "Say where the document lies, or send its text as `body`.".to_owned()
        });
        violations.check(url.is_none() || body.is_none(), Code::RuleBroken, "body", || {
            "Send an address or a text, not both: readers could not tell which one counts.".to_owned()
        });
        let is_text = media_type.starts_with("text/");
        violations.check(body.is_none() || is_text, Code::RuleBroken, "mediaType", || {
            "A text that is sent here has a media type that begins with text/, such as text/plain.".to_owned()
        });
    }
    violations.into_result_with(Document {
        format,
        media_type: Some(media_type),
        url,
        body,
    })
}

/// `type/subtype` by RFC 6838, without parameters.
fn is_media_type(text: &str) -> bool {
    let is_name = |name: &str| {
        (1..=127).contains(&name.len())
            && name.starts_with(|first: char| first.is_ascii_alphanumeric())
            && name
                .chars()
                .all(|character| character.is_ascii_alphanumeric() || "!#$&-^_.+".contains(character))
    };
    text.split_once('/')
        .is_some_and(|(kind, subtype)| is_name(kind) && is_name(subtype))
}

/// Whether a paper can be added to an item, as another format of `original` or as a new one.
///
/// # Errors
/// `INACTIVE` for a meeting that is cancelled or whose minutes are approved, an item that is gone, or an original that was
/// taken back; `NOT_FOUND` for an original of another item; `RULE_BROKEN` for one that is itself another format, or a
/// version of a resource.
pub fn check_new(
    meeting: MeetingStatus,
    item: &agenda_item::Model,
    original: Option<&paper::Model>,
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let is_over = matches!(meeting, MeetingStatus::MinutesApproved | MeetingStatus::Cancelled);
    violations.check(!is_over, Code::Inactive, "agendaItemId", || {
        format!("The meeting is {meeting}, so its papers stay as they are.")
    });
    let is_gone = matches!(
        item.status,
        AgendaItemStatus::Declined | AgendaItemStatus::Withdrawn
    );
    violations.check(!is_gone, Code::Inactive, "agendaItemId", || {
        format!("This item is {}, so it needs no papers.", item.status)
    });
    if let Some(original) = original {
        violations.check(
            original.agenda_item_id == item.id,
            Code::NotFound,
            "originalId",
            || "There is no such paper for this item. Choose one of its papers.".to_owned(),
        );
        violations.check(
            original.resource_version_id.is_none(),
            Code::RuleBroken,
            "originalId",
            || {
                "That paper is a version of a resource. Its other formats are made there, by renditionAdd, and checked by those \
                 who use them."
                    .to_owned()
            },
        );
        violations.check(
            original.original_id.is_none(),
            Code::RuleBroken,
            "originalId",
            || "That paper is another format itself. Name the one it comes from.".to_owned(),
        );
        violations.check(
            original.withdrawn_at.is_none(),
            Code::Inactive,
            "originalId",
            || "That paper was withdrawn. Add a new one.".to_owned(),
        );
    }
    violations.into_result()
}

/// A paper is withdrawn once.
///
/// # Errors
/// `ILLEGAL_TRANSITION`.
pub fn check_withdrawal(paper: &paper::Model) -> Result<(), Violation> {
    if paper.withdrawn_at.is_none() {
        return Ok(());
    }
    let message = "This paper was withdrawn already, for good. Add a new one instead.";
    Err(Violation::new(Code::IllegalTransition, "id", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes<T>(outcome: Result<T, Vec<Violation>>) -> Vec<String> {
        let told = |violation: Violation| format!("{} {}", violation.code, violation.path.join("."));
        outcome.err().unwrap_or_default().into_iter().map(told).collect()
    }

    #[test]
    fn papers_are_due_some_days_before_the_meeting() {
        let starts_at: DateTime<Utc> = "2026-03-16T10:00:00Z".parse().unwrap();
        assert_eq!(due_at(starts_at, 7).to_rfc3339(), "2026-03-09T10:00:00+00:00");
        assert_eq!(due_at(starts_at, 0), starts_at);
    }

    #[test]
    fn a_paper_is_an_address_or_a_text() {
        let link = Some("https://example.org/paper.pdf");
        let document = |media_type, url, body| {
            codes(paper(Sent {
                format: Some(InformationFormat::EasyRead),
                media_type: Some(media_type),
                url,
                body,
                ..Sent::default()
            }))
        };
        assert_eq!(document("Application/PDF", link, None), [""; 0]);
        assert_eq!(document("text/plain", None, Some("In short: yes.")), [""; 0]);
        assert_eq!(document("text/plain", None, Some("  ")), ["REQUIRED url"]);
        assert_eq!(document("text/plain", link, Some("Text")), ["RULE_BROKEN body"]);
        assert_eq!(
            document("application/pdf", None, Some("Text")),
            ["RULE_BROKEN mediaType"]
        );
        let bare = Sent {
            url: link,
            ..Sent::default()
        };
        assert_eq!(codes(paper(bare)), ["REQUIRED format", "REQUIRED mediaType"]);
    }

    #[test]
    fn a_version_of_a_resource_stands_in_the_place_of_a_document() {
        let version = Sent {
            pins_version: true,
            ..Sent::default()
        };
        assert_eq!(paper(version).unwrap().format, InformationFormat::Standard);
        let both = Sent {
            format: Some(InformationFormat::EasyRead),
            media_type: Some("text/plain"),
            body: Some("Text"),
            is_another_format: true,
            ..version
        };
        assert_eq!(
            codes(paper(both)),
            [
                "RULE_BROKEN resourceVersionId",
                "RULE_BROKEN format",
                "RULE_BROKEN mediaType",
                "RULE_BROKEN originalId"
            ]
        );
        let withdrawn = check_version(ResourceVersionStatus::Withdrawn).unwrap_err();
        assert_eq!(withdrawn.code, Code::Inactive);
        assert_eq!(check_version(ResourceVersionStatus::Draft), Ok(()));
    }

    #[test]
    fn a_media_type_has_a_type_and_a_subtype() {
        for right in [
            "application/pdf",
            "application/vnd.oasis.opendocument.text",
            "video/mp4",
            "image/svg+xml",
        ] {
            assert!(is_media_type(right), "{right}");
        }
        for wrong in [
            "",
            "pdf",
            "application/",
            "/pdf",
            "text/plain; charset=utf-8",
            "a b/c",
            "a/b/c",
        ] {
            assert!(!is_media_type(wrong), "{wrong}");
        }
    }
}
