//! What the mutations of each area change, and which fields of it tests look at.

/// How the names of its mutations begin; what their payloads call their object; which fields tests look at.
pub(super) type Object = (&'static str, &'static str, &'static str);

const PARTNERSHIPS: &[Object] = &[
    (
        "partnershipMember",
        "partnershipMember",
        "version status role joinedOn leftOn organisation { id } viewerCan { accept decline leave }",
    ),
    (
        "partnershipAgreement",
        "dataSharingAgreement",
        "version status title categories dpiaReference terminatedAt terminatedByOrganisation { id } \
         parties { nodes { signedAt organisation { id } signedByUser { id } viewerCan { sign terminate } \
         } }",
    ),
    (
        "partnership",
        "partnership",
        "version name terms { purpose status startsOn endsOn } members { nodes { role status organisation \
         { id } } } viewerCan { update activate close handOverLead inviteMember writeAgreement \
         createInitiative }",
    ),
    (
        "initiative",
        "initiative",
        "version title summary stages rungClaimed principles viewerCan { update }",
    ),
];

const BOARDS: &[Object] = &[
    (
        "boardMembership",
        "boardMembership",
        "version stage fromOn toOn endReason conflictDeclaredAt seat { id } person { id } \
         nominatedByOrganisation { id } path { visibility motivation visitedOn visitWaiverReason \
         decisionWaiverReason } viewerCan { steer accept withdraw declareConflicts decline end }",
    ),
    (
        "boardSeat",
        "boardSeat",
        "version label kind voting closedAt constituency { id } viewerCan { update close }",
    ),
    (
        "board",
        "board",
        "version name status quorum quorumLived minLivedBp termMonths purpose publishedAt viewerCan { \
         update changeStatus publish createSeat nominate }",
    ),
    (
        "constituency",
        "constituency",
        "version code label description viewerCan { update }",
    ),
];

const MEETINGS: &[Object] = &[
    (
        "meetingSeries",
        "meetingSeries",
        "version recurrenceRule meetings { nodes { id title startsAt endsAt status venue } }",
    ),
    (
        "meeting",
        "meeting",
        "version title startsAt endsAt status venue publishedAt cancellationReason minutesApprovedAt \
         joining { onlineUrl } minutes { text } minutesApprovedByMeeting { id } viewerCan { update \
         propose }",
    ),
    (
        "paper",
        "paper",
        "version title format mediaType url body withdrawnAt original { id } resourceVersion { id }",
    ),
    (
        "accessNeedMet",
        "accessNeedMet",
        "version arrangement confirmedAt viewerCan { confirm }",
    ),
    (
        "conflict",
        "conflictDeclaration",
        "version context nature level detail assessment mitigation application { id } board { id } \
         agendaItem { id } assessedBy { id } viewerCan { assess }",
    ),
    (
        "agendaItem",
        "agendaItem",
        "version title summary kind status ordinal confidential declineReason proposedByPerson { id } \
         viewerCan { update answer }",
    ),
    (
        "attendance",
        "attendance",
        "version capacity status person { id } viewerCan { record sendApologies }",
    ),
    (
        "boardDecision",
        "boardDecision",
        "text method outcome votesFor votesAgainst votesAbstain votingPresent livedPresent",
    ),
    (
        "action",
        "action",
        "version title detail dueOn status statusNote closedAt ownerPerson { id } meeting { id } \
         agendaItem { id } viewerCan { update progress }",
    ),
];

const PANELS: &[Object] = &[
    (
        "trainingCourse",
        "trainingCourse",
        "version code title validMonths closedAt viewerCan { update record }",
    ),
    (
        "trainingRecord",
        "trainingRecord",
        "version completedOn expiresOn champion person { id } course { id } viewerCan { update }",
    ),
    (
        "interviewPanel",
        "interviewPanel",
        "version round status moderationThreshold requiredCourse { id } vacancy { id version } \
         questions(first: 50) { nodes { ordinal text weightBp maxScore } } viewerCan { form lead declare \
         }",
    ),
    (
        "panellist",
        "panellist",
        "version capacity chair stoodDownAt person { id } supporter { id } viewerCan { update }",
    ),
    (
        "scoreSheet",
        "interviewPanel",
        "version status scores(first: 50) { totalCount }",
    ),
    ("moderatedScore", "moderatedScore", "score rationale"),
    (
        "panelDecision",
        "panelDecision",
        "outcome feedback grounds { visibility reason }",
    ),
    (
        "vacancy",
        "vacancy",
        "version kind status title opensAt closesAt announcedAt seat { id } viewerCan { manage apply }",
    ),
    (
        "application",
        "application",
        "version status statement mediaUrl contact { visibility details } submittedAt shortlistedAt \
         person { id } viewerCan { answer shortlist }",
    ),
];

const RECIPROCITY: &[Object] = &[(
    "contribution",
    "contribution",
    "version status reward offeredPence acceptedPence acceptedTimeCreditMinutes agreedBefore startsAt \
         expectedMinutes minutes minutesRecordedBy minutesConfirmedAt meeting { id } viewerCan { accept \
         decline donate withdraw recordMinutes confirmMinutes }",
)];

const RESOURCES: &[Object] = &[
    (
        "resourceVersion",
        "resourceVersion",
        "version number status title body contentRevision withdrawnReason",
    ),
    (
        "resourceReview",
        "resourceReview",
        "version verdict contentRevision resolution resolvedAt",
    ),
    (
        "resource",
        "resource",
        "version title status topics versions(first: 10) { nodes { id version number status } }",
    ),
    (
        "contributor",
        "contributor",
        "version role livedExperience lead credit { visibility name }",
    ),
    (
        "rendition",
        "rendition",
        "version format language isStale checkedAt checkedByOrganisation { id }",
    ),
    (
        "adoption",
        "adoption",
        "version status pledgedOn adoptedOn reviewDueOn renewedOn evidence withdrawnReason geography { id \
         } evidenceMedia { id } \
         evidenceShown(orderBy: { field: SHOWN_AT, direction: ASC }) { nodes { id text shownAt media { id } byUser { id } } }",
    ),
    ("consent", "consent", "version withdrawnAt"),
    ("person", "person", "version"),
];

const CHANGE: &[Object] = &[
    (
        "feedbackAccount",
        "feedbackAccount",
        "version storyConsent { id }",
    ),
    (
        "feedbackStory",
        "feedbackStory",
        "version text checkedAt viewerCan { update check }",
    ),
    (
        "feedback",
        "feedback",
        "version source status receivedAt acknowledgeBy acknowledgedAt board { id } accounts { nodes { id \
         version text contact person { id } } } steps(first: 20) { nodes { fromStatus toStatus remark { \
         visibility note } } } stories { nodes { id version text checkedAt } } viewerCan { deal \
         writeStory }",
    ),
    (
        "youSaidWeDidSource",
        "youSaidWeDidSource",
        "version kind story { id }",
    ),
    (
        "youSaidWeDid",
        "youSaidWeDid",
        "version said did whyNot status reportedMeasure reportedBefore reportedAfter figureKind \
         effectClaim publishedAt withdrawalReason viewerCan { manage } sources { nodes { id version kind \
         story { text } feedback { id } } }",
    ),
];

const GATHERINGS: &[Object] = &[
    (
        "eventHost",
        "eventHost",
        "version status organisation { id } viewerCan { answer }",
    ),
    (
        "eventAttendance",
        "eventAttendance",
        "version status confirmedAt registeredByPerson { id } person { id } viewerCan { confirm sendApologies record }",
    ),
    (
        "eventRegister",
        "eventAttendance",
        "version status confirmedAt registeredByPerson { id } person { id } viewerCan { confirm sendApologies record }",
    ),
    (
        "eventOutcome",
        "eventOutcome",
        "version text youSaidWeDid { id } resource { id }",
    ),
    (
        "event",
        "event",
        "version status title capacity startsAt cancellationReason hosts { nodes { status organisation { \
         id } } } joining { visibility onlineUrl } accessNeeds { people communicationSupport } viewerCan \
         { run register }",
    ),
];

/// All of them.
pub(super) const OBJECTS: &[&[Object]] = &[
    PARTNERSHIPS,
    BOARDS,
    MEETINGS,
    PANELS,
    RECIPROCITY,
    RESOURCES,
    CHANGE,
    GATHERINGS,
];
