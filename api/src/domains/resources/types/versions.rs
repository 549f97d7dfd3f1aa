//! Versions of resources, and what belongs to one: contributors, formats, reviews.

use entity::media::media;
use entity::parties::kinds::InformationFormat;
use entity::parties::{organisation, person};
use entity::reciprocity::contribution;
use entity::resources::kinds::{ContributorRole, ResourceVersionStatus, ReviewVerdict};
use entity::resources::{adoption, contributor, rendition, resource, resource_review, resource_version};

use sea_orm::IdenStatic;

use super::texts;
use crate::domains::resources::best;
use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType, PrivateGroup, Scalar};
use crate::policy::areas::resource_work::{may_manage_contributors, may_review_version, may_write_version};
use crate::policy::areas::resources::{credit_readers, draft_readers, is_stale};

impl Declared for resource_version::Entity {
    const NAME: &'static str = "ResourceVersion";
    const PREFIX: &'static str = "resource_version";

    fn declare() -> ObjectType {
        use resource_version::Column as C;
        ObjectType::of::<Self>(
            "A version of a resource; its text stays as it is from sign-off. Read by everybody once published, even when a later \
             version took its place. Before that by the administrator of the resource's owner, by the chair and facilitator of the \
             board that asked for it, by its designated signer, and by those who contribute to this version. What was withdrawn is \
             read by these, and by the administrators of organisations that adopted it.",
        )
        .column("number", C::Number, "Which version it is, from 1 within the resource.")
        .one_of::<ResourceVersionStatus>("status", C::Status, "How far it has got.")
        .column("title", C::Title, "What it is called.")
        .column("summary", C::Summary, "What it says, in short.")
        .column(
            "body",
            C::Body,
            "What it says, as CommonMark, just as its authors wrote it: show `bodyHtml`, or render it yourself. Null for what is no text.",
        )
        .computed("bodyHtml", "String", vec![(C::Body.as_str(), Scalar::String)], texts::html, texts::HTML)
        .costs(texts::RENDERING)
        .computed("bodyPlain", "String", vec![(C::Body.as_str(), Scalar::String)], texts::plain, texts::PLAIN)
        .costs(texts::RENDERING)
        .computed("bodyWords", "Int", vec![(C::Body.as_str(), Scalar::String)], texts::words, texts::WORDS)
        .costs(texts::RENDERING)
        .column("language", C::Language, "The language it is written in, as a BCP 47 tag.")
        .column("licence", C::Licence, "What others may do with it, such as `CC-BY-4.0`.")
        .column(
            "contentRevision",
            C::ContentRevision,
            "Grows when its title, summary or body changes: what was reviewed or checked before that is out of date.",
        )
        .column("submittedAt", C::SubmittedAt, "When it was handed in for review.")
        .column("signedOffAt", C::SignedOffAt, "When it was signed off.")
        .column("publishedAt", C::PublishedAt, "When it was published.")
        .column("supersededAt", C::SupersededAt, "When a later version took its place.")
        .column("withdrawnAt", C::WithdrawnAt, "When it was withdrawn.")
        .column("withdrawnReason", C::WithdrawnReason, "Why it was withdrawn.")
        .to_one::<resource::Entity>("resource", C::ResourceId, "The resource.")
        .to_one::<person::Entity>(
            "signedOffByPerson",
            C::SignedOffByPersonId,
            "Who signed it off, where you may see them.",
        )
        .to_many::<contributor::Entity>(
            "contributors",
            contributor::Column::ResourceVersionId,
            "Who did what for it.",
        )
        .to_many::<rendition::Entity>(
            "renditions",
            rendition::Column::ResourceVersionId,
            "The formats and languages it is there in, as far as you may read them.",
        )
        .to_many::<resource_review::Entity>(
            "reviews",
            resource_review::Column::ResourceVersionId,
            "What reviewers think of it. Read by those who see it before it is published.",
        )
        .to_many::<adoption::Entity>(
            "adoptions",
            adoption::Column::ResourceVersionId,
            "Who adopted it, as far as you may read it.",
        )
        .batch("bestRendition", best::of_version())
        .viewer_can(
            "ResourceVersionViewerCan",
            vec![
                Ability::when("write", "Change what it says, and its renditions.", may_write_version),
                Ability::when("manageContributors", "Say who contributes to it.", may_manage_contributors),
                Ability::when("review", "Say what you think of it.", may_review_version),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("NUMBER", C::Number, "By number.")
        .order("TITLE", C::Title, "By title.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<ResourceVersionStatus>("status", C::Status, "Only with these statuses.")
        .filter(
            "resource",
            FilterTest::Is("resource_id", resource::Entity::PREFIX),
            "Only of this resource.",
        )
    }
}

impl Declared for contributor::Entity {
    const NAME: &'static str = "Contributor";
    const PREFIX: &'static str = "contributor";

    fn declare() -> ObjectType {
        use contributor::Column as C;
        ObjectType::of::<Self>("Somebody who did something for a version of a resource. Read by whoever may read the version.")
            .one_of::<ContributorRole>("role", C::Role, "What they did.")
            .column("livedExperience", C::LivedExperience, "Whether they did it out of lived experience.")
            .column("lead", C::Lead, "Whether they lead the work.")
            .private(
                "credit",
                PrivateGroup::new(
                    "ContributorCredit",
                    "By which name they are credited. Read by those who see the version before it is published; by others while \
                     the person consents to have their name published (`PUBLISH_NAME`): withdrawn consent counts from the next \
                     read. Organisations stand by their name.",
                    credit_readers,
                )
                .column("name", C::CreditName, "The name; null when the person is not to be named."),
            )
            .to_one_for::<person::Entity>(
                "person",
                C::PersonId,
                credit_readers,
                "The person, where it is one, you may see them and you may read their credit.",
            )
            .to_one::<organisation::Entity>("organisation", C::OrganisationId, "The organisation, where it is one.")
            .to_one::<contribution::Entity>(
                "contribution",
                C::ContributionId,
                "What was agreed with them for it. Read by the person and by the administrator of the organisation that pays.",
            )
            .to_one::<resource_version::Entity>("resourceVersion", C::ResourceVersionId, "The version.")
            .to_one::<resource::Entity>("resource", C::ResourceId, "The resource.")
            .to_many::<resource_review::Entity>(
                "reviews",
                resource_review::Column::ContributorId,
                "Their reviews of the version, as far as you may read them.",
            )
            .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
            .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
            .filter_one_of::<ContributorRole>("role", C::Role, "Only in these roles.")
    }
}

impl Declared for rendition::Entity {
    const NAME: &'static str = "Rendition";
    const PREFIX: &'static str = "rendition";

    fn declare() -> ObjectType {
        use rendition::Column as C;
        ObjectType::of::<Self>(
            "A version of a resource in one format and language: a file or a text. Read by whoever may read the version, once a \
             user group has checked that it works for the people it is made for; before that, and while it is stale, by those who \
             see the version before it is published.",
        )
        .one_of::<InformationFormat>("format", C::Format, "The format it is in.")
        .column("language", C::Language, "The language it is in, as a BCP 47 tag.")
        .column("body", C::Body, "Its text, as CommonMark; null when it is a file.")
        .to_one::<media::Entity>("media", C::MediaId, "The file; null when it is a text.")
        .computed("bodyHtml", "String", vec![(C::Body.as_str(), Scalar::String)], texts::html, texts::HTML)
        .costs(texts::RENDERING)
        .computed("bodyPlain", "String", vec![(C::Body.as_str(), Scalar::String)], texts::plain, texts::PLAIN)
        .costs(texts::RENDERING)
        .column("checkedAt", C::CheckedAt, "When a user group checked it; null while none has.")
        .column(
            "checkedContentRevision",
            C::CheckedContentRevision,
            "The `contentRevision` of the version at which it was checked.",
        )
        .allowed(
            "isStale",
            "Whether it has to be checked: nobody has, or the text of its version changed since.",
            is_stale,
        )
        .to_one::<organisation::Entity>(
            "checkedByOrganisation",
            C::CheckedByOrganisationId,
            "The user group that checked it.",
        )
        .to_one_for::<person::Entity>(
            "checkedByPerson",
            C::CheckedByPersonId,
            draft_readers,
            "Who of the group recorded the check, where you may see them. Read by those who see the version before it is \
             published.",
        )
        .to_one::<resource_version::Entity>("resourceVersion", C::ResourceVersionId, "The version.")
        .to_one::<resource::Entity>("resource", C::ResourceId, "The resource.")
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was added.")
        .filter_one_of::<InformationFormat>("format", C::Format, "Only in these formats.")
    }
}

impl Declared for resource_review::Entity {
    const NAME: &'static str = "ResourceReview";
    const PREFIX: &'static str = "resource_review";

    fn declare() -> ObjectType {
        use resource_review::Column as C;
        ObjectType::of::<Self>(
            "What a reviewer thinks of a version of a resource. Read by those who see the version before it is published, and by \
             nobody else even afterwards.",
        )
        .one_of::<ReviewVerdict>("verdict", C::Verdict, "What they think of it.")
        .column("comment", C::Comment, "What they have to say about it.")
        .column(
            "contentRevision",
            C::ContentRevision,
            "The `contentRevision` of the version that they read: an approval counts for that one.",
        )
        .column("resolution", C::Resolution, "What was done about it; null while it is not settled.")
        .column("resolvedAt", C::ResolvedAt, "When that was settled.")
        .to_one::<contributor::Entity>("contributor", C::ContributorId, "Whose it is.")
        .to_one::<person::Entity>(
            "resolvedByPerson",
            C::ResolvedByPersonId,
            "Who settled it, where you may see them.",
        )
        .to_one::<resource_version::Entity>("resourceVersion", C::ResourceVersionId, "The version.")
        .to_one::<resource::Entity>("resource", C::ResourceId, "The resource.")
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<ReviewVerdict>("verdict", C::Verdict, "Only with these verdicts.")
    }
}
