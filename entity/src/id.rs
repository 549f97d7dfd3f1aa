//! One identifier type per table, so that the compiler refuses a person where a board is meant.
//!
//! All are UUIDs of version 7 (RFC 9562): they sort by the time they were made, which keeps indexes compact and gives
//! lists a stable last order.

/// Declares identifier types over [`sea_orm::prelude::Uuid`] that work as primary keys and foreign keys.
macro_rules! id {
    ($( $(#[$meta:meta])* $name:ident; )+) => {$(
        $(#[$meta])*
        #[derive(
            Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, sea_orm::DeriveValueType,
        )]
        #[sea_orm(try_getable_array)]
        #[serde(transparent)]
        pub struct $name(pub sea_orm::prelude::Uuid);

        impl $name {
            /// A new identifier, later in order than those made before it.
            #[expect(clippy::new_without_default, reason = "a default that differs each time would mislead")]
            #[must_use]
            pub fn new() -> Self {
                Self(uuid::Uuid::now_v7())
            }
        }

        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, formatter)
            }
        }

        impl From<sea_orm::prelude::Uuid> for $name {
            fn from(uuid: sea_orm::prelude::Uuid) -> Self {
                Self(uuid)
            }
        }

        impl From<$name> for sea_orm::prelude::Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

id! {
    /// Identifies an organisation.
    OrganisationId;
    /// Identifies a code an organisation is known by elsewhere.
    OrganisationIdentifierId;
    /// Identifies a place where an organisation works.
    SiteId;
    /// Identifies a code a site is known by elsewhere.
    SiteIdentifierId;
    /// Identifies a care or support service.
    ServiceId;
    /// Identifies an area: a country, a region, a local authority.
    GeographyId;
    /// Identifies a person.
    PersonId;
    /// Identifies an account with which a person signs in.
    UserId;
    /// Identifies an account with which a computer system signs in.
    ServiceAccountId;
    /// Identifies a secret of a service account.
    ServiceAccountSecretId;
    /// Identifies a tie between a person and an organisation.
    AffiliationId;
    /// Identifies something a person needs in order to take part.
    AccessNeedId;
    /// Identifies a consent a person gave.
    ConsentId;
    /// Identifies a role given to an account.
    RoleGrantId;
    /// Identifies a partnership of organisations.
    PartnershipId;
    /// Identifies the membership of an organisation in a partnership.
    PartnershipMemberId;
    /// Identifies an agreement to share data within a partnership.
    DataSharingAgreementId;
    /// Identifies the place of one organisation in an agreement.
    AgreementPartyId;
    /// Identifies a piece of co-production work.
    InitiativeId;
    /// Identifies a group of people somebody may speak for.
    ConstituencyId;
    /// Identifies a board, commission or group.
    BoardId;
    /// Identifies a seat on a board.
    BoardSeatId;
    /// Identifies the path of a person on to, through and off a board.
    BoardMembershipId;
    /// Identifies one recorded step of a board membership.
    BoardMembershipChangeId;
    /// Identifies a meeting of a board.
    MeetingId;
    /// Identifies a series of meetings.
    MeetingSeriesId;
    /// Identifies an item on the agenda of a meeting.
    AgendaItemId;
    /// Identifies the attendance of a person at a meeting.
    AttendanceId;
    /// Identifies a document for an agenda item.
    PaperId;
    /// Identifies how an access need is met at a meeting.
    AccessNeedMetId;
    /// Identifies a secret address of a person's calendar.
    CalendarFeedId;
    /// Identifies a decision of a board.
    BoardDecisionId;
    /// Identifies something that somebody does for a board.
    ActionId;
    /// Identifies a course that an organisation gives.
    TrainingCourseId;
    /// Identifies that a person completed a course.
    TrainingRecordId;
    /// Identifies what is agreed with somebody for taking part.
    ContributionId;
    /// Identifies a place that somebody is sought for.
    VacancyId;
    /// Identifies an application for a vacancy.
    ApplicationId;
    /// Identifies how many applicants gave one answer about themselves.
    EqualityTallyId;
    /// Identifies an interview panel.
    InterviewPanelId;
    /// Identifies somebody on an interview panel.
    PanellistId;
    /// Identifies a question of an interview panel.
    PanelQuestionId;
    /// Identifies what somebody declared about their interests.
    ConflictDeclarationId;
    /// Identifies a score of a panellist.
    ScoreId;
    /// Identifies a score that a panel agreed on.
    ModeratedScoreId;
    /// Identifies what a panel decided about a candidate.
    PanelDecisionId;
    /// Identifies a file that somebody uploads.
    MediaId;
    /// Identifies a piece of such a file, as it arrived.
    MediaPieceId;
    /// Identifies something that people write together.
    ResourceId;
    /// Identifies a version of a resource.
    ResourceVersionId;
    /// Identifies what somebody did for a version of a resource.
    ContributorId;
    /// Identifies a version of a resource in a format and a language.
    RenditionId;
    /// Identifies what a reviewer thinks of a version of a resource.
    ResourceReviewId;
    /// Identifies that an organisation adopts a version of a resource.
    AdoptionId;
    /// Identifies what came of an adoption, as it was shown at one time.
    AdoptionEvidenceId;
    /// Identifies something that somebody told an organisation.
    FeedbackId;
    /// Identifies the words of a piece of feedback.
    FeedbackAccountId;
    /// Identifies a step that was taken about a piece of feedback.
    FeedbackStepId;
    /// Identifies the anonymised story behind a piece of feedback.
    FeedbackStoryId;
    /// Identifies what was said and what was done about it.
    YouSaidWeDidId;
    /// Identifies what a "you said, we did" goes back to.
    YouSaidWeDidSourceId;
    /// Identifies an event that organisations host.
    EventId;
    /// Identifies an organisation's part in an event.
    EventHostId;
    /// Identifies somebody's place at an event.
    EventAttendanceId;
    /// Identifies what came of an event.
    EventOutcomeId;
    /// Identifies a version of a set of outcomes.
    OutcomeFrameworkId;
    /// Identifies an outcome of a framework.
    OutcomeId;
    /// Identifies what good, ok or not good looks like for an outcome.
    OutcomeDescriptorId;
    /// Identifies what is measured for an outcome.
    IndicatorId;
    /// Identifies how an indicator is worded for a time.
    IndicatorVersionId;
    /// Identifies people told apart by one thing.
    DisaggregationId;
    /// Identifies a revision of a figure.
    ObservationId;
    /// Identifies a target or a baseline.
    IndicatorTargetId;
    /// Identifies figures that came in together.
    ImportBatchId;
    /// Identifies what was wrong with a row of an import.
    ImportErrorId;
    /// Identifies a policy of disclosure control.
    SuppressionPolicyId;
    /// Identifies figures that are published together.
    ReleaseId;
    /// Identifies a figure as a release gives it.
    PublishedFigureId;
    /// Identifies a visit to a service by peer reviewers.
    MonitoringVisitId;
    /// Identifies somebody who goes on such a visit.
    PeerReviewerId;
    /// Identifies how well a service meets an outcome, as its visitors found it.
    VisitRatingId;
    /// Identifies an entry of the audit trail.
    AuditEventId;
    /// Identifies an event waiting to be delivered to subscribers.
    OutboxEventId;
    /// Identifies the kept answer of a request that may be repeated.
    IdempotencyRecordId;
}
