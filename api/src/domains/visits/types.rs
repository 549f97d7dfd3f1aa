//! How monitoring visits look to clients.

use entity::outcomes::kinds::DescriptorLevel;
use entity::outcomes::{outcome, outcome_descriptor, outcome_framework};
use entity::panels::{conflict_declaration, training_course};
use entity::parties::{organisation, person, service};
use entity::visits::kinds::VisitStatus;
use entity::visits::{monitoring_visit, peer_reviewer, visit_rating};

use crate::planner::Catalogue;
use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType, PrivateGroup};
use crate::policy::areas::visits as policy;

/// Adds this area's types and where their reads begin.
#[must_use]
pub fn declare(catalogue: Catalogue) -> Catalogue {
    catalogue
        .with::<monitoring_visit::Entity>()
        .with::<peer_reviewer::Entity>()
        .with::<visit_rating::Entity>()
        .roots::<monitoring_visit::Entity>(
            "monitoringVisit",
            "A visit to a service by peer reviewers, by its id.",
            "monitoringVisits",
            "The visits to services by peer reviewers: those that are published, and what else you may read.",
        )
        .root_one::<peer_reviewer::Entity>(
            "peerReviewer",
            "Somebody who goes on a visit, by their id as a reviewer.",
        )
        .root_one::<visit_rating::Entity>(
            "visitRating",
            "How a visit rates a service by an outcome, by its id.",
        )
}

fn abilities() -> Vec<Ability> {
    vec![
        Ability::when(
            "organise",
            "Change it while it is planned, and say who goes and who leads.",
            policy::may_organise_visit,
        ),
        Ability::when(
            "review",
            "Rate what was found, and write about it.",
            policy::may_review_service,
        ),
        Ability::when(
            "lead",
            "Say that it took place, send it to the provider and publish it, as its lead reviewer.",
            policy::may_lead_visit,
        ),
        Ability::when("cancel", "Call it off.", policy::may_cancel_visit),
        Ability::when(
            "comment",
            "Comment on it for the provider.",
            policy::may_comment_on_visit,
        ),
        Ability::when(
            "declare",
            "Declare your interests about it.",
            policy::may_declare_to_visit,
        ),
    ]
}

fn neighbours(object: ObjectType) -> ObjectType {
    use monitoring_visit::Column as C;
    object
        .to_one::<service::Entity>("service", C::ServiceId, "The service that is visited.")
        .to_one::<outcome_framework::Entity>(
            "framework",
            C::FrameworkId,
            "The framework by whose outcomes the service is rated.",
        )
        .to_one::<organisation::Entity>(
            "responsibleOrganisation",
            C::ResponsibleOrganisationId,
            "The organisation that answers for the visit: when it was planned it paid for the service, or provided it where nobody else pays.",
        )
        .to_one::<training_course::Entity>(
            "requiredCourse",
            C::RequiredCourseId,
            "The course that each reviewer needs, for whoever signs in.",
        )
        .to_many::<peer_reviewer::Entity>(
            "reviewers",
            peer_reviewer::Column::VisitId,
            "Who goes. Read by those who review and by the organisation that answers for the visit.",
        )
        .to_many::<visit_rating::Entity>(
            "ratings",
            visit_rating::Column::VisitId,
            "How well the service meets the outcomes, as the reviewers found it.",
        )
        .to_many::<conflict_declaration::Entity>(
            "declarations",
            conflict_declaration::Column::MonitoringVisitId,
            "What reviewers declared about their interests, as far as you may read it.",
        )
}

impl Declared for monitoring_visit::Entity {
    const NAME: &'static str = "MonitoringVisit";
    const PREFIX: &'static str = "monitoring_visit";

    fn declare() -> ObjectType {
        use monitoring_visit::Column as C;
        let object = ObjectType::of::<Self>(
            "A visit to a service, in-house or commissioned, by people with lived experience who were trained for it: peer reviewers. \
             They rate the service by each outcome of a framework, with evidence. The provider comments once; then the lead reviewer \
             publishes it, and it never changes. Read by everybody once it is published; before that by its reviewers, by the \
             administrator and the commissioners of the organisation that answers for it and, once it was sent to them, by the \
             administrator and the provider users of the organisation that provides the service.",
        )
        .one_of::<VisitStatus>("status", C::Status, "How far it has got.")
        .column(
            "visitedOn",
            C::VisitedOn,
            "The day of the visit: the one that is planned, then the one on which it took place.",
        )
        .column("textForPublic", C::TextForPublic, "What the reviewers say to everybody.")
        .private(
            "forProvider",
            PrivateGroup::new(
                "MonitoringVisitForProvider",
                "What the reviewers say to the provider alone. Read as the visit is before it is published; never by the public.",
                policy::provider_text_readers,
            )
            .column("text", C::TextForProvider, "What they say."),
        )
        .column("sentToProviderAt", C::SentToProviderAt, "When the provider was first able to read it; null before that.")
        .column("commentDueAt", C::CommentDueAt, "Until when the provider can comment; null until it is sent to them.")
        .column("providerComment", C::ProviderComment, "What the provider says to it; null where it has not commented.")
        .column("providerCommentedAt", C::ProviderCommentedAt, "When the provider commented.")
        .column("publishedAt", C::PublishedAt, "When it was published; null unless it was.")
        .column("cancellationReason", C::CancellationReason, "Why it was called off; null unless it was.");
        neighbours(object)
            .viewer_can("MonitoringVisitViewerCan", abilities())
            .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
            .order("VISITED_ON", C::VisitedOn, "By the day of the visit.")
            .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
            .filter_one_of::<VisitStatus>("status", C::Status, "Only in these states.")
            .filter(
                "service",
                FilterTest::Is("service_id", service::Entity::PREFIX),
                "Only to this service.",
            )
            .filter(
                "framework",
                FilterTest::Is("framework_id", outcome_framework::Entity::PREFIX),
                "Only rated by this framework.",
            )
            .filter(
                "responsibleOrganisation",
                FilterTest::Is("responsible_organisation_id", organisation::Entity::PREFIX),
                "Only those that this organisation answers for.",
            )
            .filter(
                "visitedFrom",
                FilterTest::FromDay("visited_on"),
                "Only on this day or later.",
            )
            .filter(
                "visitedUntil",
                FilterTest::UntilDay("visited_on"),
                "Only on this day or earlier.",
            )
    }
}

impl Declared for peer_reviewer::Entity {
    const NAME: &'static str = "PeerReviewer";
    const PREFIX: &'static str = "peer_reviewer";

    fn declare() -> ObjectType {
        use peer_reviewer::Column as C;
        ObjectType::of::<Self>(
            "Somebody who goes on a monitoring visit. Read by those who review, unless they are recused, and by the administrator and \
             the commissioners of the organisation that answers for the visit.",
        )
        .column("lead", C::Lead, "Whether they lead it.")
        .to_one::<monitoring_visit::Entity>("visit", C::VisitId, "The visit.")
        .to_one::<person::Entity>("person", C::PersonId, "The person.")
        .viewer_can(
            "PeerReviewerViewerCan",
            vec![
                Ability::when("makeLead", "Make them lead the visit.", policy::may_change_reviewer),
                Ability::when("remove", "Take them off the visit.", policy::may_remove_reviewer),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when they were added.")
    }
}

impl Declared for visit_rating::Entity {
    const NAME: &'static str = "VisitRating";
    const PREFIX: &'static str = "visit_rating";

    fn declare() -> ObjectType {
        use visit_rating::Column as C;
        ObjectType::of::<Self>(
            "How well a service meets an outcome, as its peer reviewers found it. Read by whoever may read the visit; its evidence by \
             fewer.",
        )
        .one_of::<DescriptorLevel>("level", C::Level, "How well the outcome is met: the thumb.")
        .private(
            "grounds",
            PrivateGroup::new(
                "VisitRatingGrounds",
                "What the rating rests on. It may name people: read by those who review, by the administrator and the commissioners of \
                 the organisation that answers for the visit and, once it was sent to them, by the administrator of the organisation \
                 that provides the service.",
                policy::evidence_readers,
            )
            .column("evidence", C::Evidence, "What the reviewers saw and heard."),
        )
        .to_one::<monitoring_visit::Entity>("visit", C::VisitId, "The visit.")
        .to_one::<outcome::Entity>("outcome", C::OutcomeId, "The outcome.")
        .to_one::<outcome_descriptor::Entity>(
            "descriptor",
            C::DescriptorId,
            "What that level looks like, in the words of the framework.",
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was first given.")
        .filter_one_of::<DescriptorLevel>("level", C::Level, "Only of these levels.")
        .filter("outcome", FilterTest::Is("outcome_id", outcome::Entity::PREFIX), "Only by this outcome.")
    }
}
