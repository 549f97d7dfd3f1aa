//! "You said, we did", and what it goes back to.

use entity::change::kinds::{EffectClaim, FigureKind, YouSaidWeDidSourceKind, YouSaidWeDidStatus};
use entity::change::{feedback, feedback_story, you_said_we_did, you_said_we_did_source};
use entity::gatherings::event_outcome;
use entity::meetings::{board_action, board_decision};
use entity::parties::{organisation, person};
use entity::resources::resource_review;

use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType};
use crate::policy::areas::change::may_answer_for;

impl Declared for you_said_we_did::Entity {
    const NAME: &'static str = "YouSaidWeDid";
    const PREFIX: &'static str = "you_said_we_did";

    fn declare() -> ObjectType {
        use you_said_we_did::Column as C;
        ObjectType::of::<Self>(
            "What people said, and what an organisation did about it or why it did not. Read by everybody once it is published; a \
             draft, and what was withdrawn, by the administrator of the organisation.",
        )
        .column("said", C::Said, "What people said.")
        .column("did", C::Did, "What was done; null when nothing was.")
        .column("whyNot", C::WhyNot, "Why nothing was done, or not everything.")
        .one_of::<YouSaidWeDidStatus>("status", C::Status, "How far it has got.")
        .column(
            "reportedMeasure",
            C::ReportedMeasure,
            "What the figures before and after are about; null when there are none.",
        )
        .column(
            "reportedBefore",
            C::ReportedBefore,
            "The figure before, as somebody reported it, in the form in which they did. `figureKind` says what it is worth.",
        )
        .column(
            "reportedAfter",
            C::ReportedAfter,
            "The figure after, as somebody reported it, in the form in which they did. `effectClaim` says what follows from it.",
        )
        .one_of::<FigureKind>(
            "figureKind",
            C::FigureKind,
            "What sort of figures they are: show it wherever you show them. Null when there are none.",
        )
        .one_of::<EffectClaim>(
            "effectClaim",
            C::EffectClaim,
            "What is claimed about the cause, which is never proof: show it wherever you show the figures. Null when there are \
             none.",
        )
        .column("publishedAt", C::PublishedAt, "When it was published; null for a draft.")
        .column("withdrawnAt", C::WithdrawnAt, "When it was withdrawn; null unless it was.")
        .column("withdrawalReason", C::WithdrawalReason, "Why it was withdrawn.")
        .to_one::<organisation::Entity>("organisation", C::OrganisationId, "The organisation that answers for it.")
        .to_one::<person::Entity>("publishedBy", C::PublishedByPersonId, "Who published it, where you may see them.")
        .to_many::<you_said_we_did_source::Entity>(
            "sources",
            you_said_we_did_source::Column::YouSaidWeDidId,
            "What it goes back to.",
        )
        .to_many::<event_outcome::Entity>(
            "eventOutcomes",
            event_outcome::Column::YouSaidWeDidId,
            "The events of which it came, as far as you may read them.",
        )
        .viewer_can(
            "YouSaidWeDidViewerCan",
            vec![Ability::new(
                "manage",
                &[C::OrganisationId],
                "Change it, name its sources, publish it, withdraw it.",
                |row, viewer| Ok(may_answer_for(viewer, row.id(0)?).into()),
            )],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<YouSaidWeDidStatus>("status", C::Status, "Only in these states.")
        .filter(
            "organisation",
            FilterTest::Is("organisation_id", organisation::Entity::PREFIX),
            "Only of this organisation.",
        )
    }
}

impl Declared for you_said_we_did_source::Entity {
    const NAME: &'static str = "YouSaidWeDidSource";
    const PREFIX: &'static str = "you_said_we_did_source";

    fn declare() -> ObjectType {
        use you_said_we_did_source::Column as C;
        ObjectType::of::<Self>(
            "Something that a “you said, we did” goes back to. Read by whoever may read that; what it names shows itself only to \
             whoever may read it anyway.",
        )
        .one_of::<YouSaidWeDidSourceKind>("kind", C::Kind, "What sort of source it is.")
        .to_one::<you_said_we_did::Entity>("youSaidWeDid", C::YouSaidWeDidId, "What goes back to it.")
        .to_one::<feedback::Entity>("feedback", C::FeedbackId, "The feedback, where you may read its facts.")
        .to_one::<feedback_story::Entity>(
            "story",
            C::StoryId,
            "The anonymised story of the feedback; null where there is none, and once the person has taken their consent back.",
        )
        .to_one::<board_decision::Entity>("boardDecision", C::BoardDecisionId, "The decision, where you may read it.")
        .to_one::<board_action::Entity>("action", C::BoardActionId, "The action, where you may read it.")
        .to_one::<resource_review::Entity>(
            "resourceReview",
            C::ResourceReviewId,
            "What a reviewer said of a resource, where you may read it.",
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<YouSaidWeDidSourceKind>("kind", C::Kind, "Only of these sorts.")
    }
}
