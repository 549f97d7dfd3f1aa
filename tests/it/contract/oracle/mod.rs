//! Who may read what, restated row by row in plain Rust, from `domain.md` 3 and the tables at the top of the pages in
//! `policy/areas` – not from their SQL. It is slow and simple, and so it can judge what is fast and clever.
//!
//! # A new table
//!
//! Its rule goes into the file of its area and its line into [`Oracle::sees`]; a private group's into
//! [`Oracle::may_read`]. Then rows of it go into [`random`], so that the rule is tried.

mod boards;
mod change;
mod compare;
mod gatherings;
mod media;
mod meetings;
mod outcomes;
mod panels;
mod parties;
mod partnerships;
mod platform;
mod random;
mod reciprocity;
mod releases;
mod resources;
mod search;
mod viewer;
mod visits;

use std::collections::BTreeSet;

use harness::Rows;
use sea_orm::prelude::{Date, DateTimeUtc, Uuid};

pub use compare::ids;
pub use random::everything_open;
pub use viewer::Seen;

/// The judge: all rows, one viewer, one instant.
pub struct Oracle<'a> {
    rows: &'a Rows,
    viewer: &'a Seen,
    now: DateTimeUtc,
    today: Date,
}

impl<'a> Oracle<'a> {
    /// A judge for a viewer.
    pub fn new(rows: &'a Rows, viewer: &'a Seen, now: DateTimeUtc) -> Self {
        Self {
            rows,
            viewer,
            now,
            today: now.date_naive(),
        }
    }

    /// Whether the viewer may read the row of a type.
    pub fn sees(&self, of: &str, id: Uuid) -> bool {
        let rows = self.rows;
        macro_rules! row {
            ($table:ident, $rule:ident) => {
                rows.$table
                    .iter()
                    .any(|row| row.id.0 == id && self.$rule(row))
            };
        }
        match of {
            "Organisation" => row!(organisation, organisation),
            "OrganisationIdentifier" => row!(organisation_identifier, organisation_identifier),
            "Site" => row!(site, site),
            "SiteIdentifier" => row!(site_identifier, site_identifier),
            "Service" => row!(service, service),
            "Geography" => rows.geography.iter().any(|row| row.id.0 == id),
            "Person" => row!(person, person),
            "User" => row!(user_account, user_account),
            "ServiceAccount" => row!(service_account, service_account),
            "Affiliation" => row!(affiliation, affiliation),
            "AccessNeed" => row!(access_need, access_need),
            "Consent" => row!(consent, consent),
            "RoleGrant" => row!(role_grant, role_grant),
            "Partnership" => row!(partnership, partnership),
            "PartnershipMember" => row!(partnership_member, partnership_member),
            "DataSharingAgreement" => row!(data_sharing_agreement, data_sharing_agreement),
            "AgreementParty" => row!(agreement_party, agreement_party),
            "Initiative" => row!(initiative, initiative),
            "Constituency" => rows.constituency.iter().any(|row| row.id.0 == id),
            "Board" => row!(board, board),
            "BoardSeat" => row!(board_seat, board_seat),
            "BoardMembership" => row!(board_membership, board_membership),
            "BoardMembershipChange" => row!(board_membership_change, board_membership_change),
            "Meeting" => row!(meeting, meeting),
            "AgendaItem" => row!(agenda_item, agenda_item),
            "Attendance" => row!(attendance, attendance),
            "BoardDecision" => row!(board_decision, board_decision),
            "Action" => row!(board_action, board_action),
            "MeetingSeries" => row!(meeting_series, meeting_series),
            "Paper" => row!(paper, paper),
            "AccessNeedMet" => row!(access_need_met, access_need_met),
            "CalendarFeed" => row!(calendar_feed, calendar_feed),
            "Media" => row!(media, media),
            "TrainingCourse" => {
                self.training_course() && rows.training_course.iter().any(|row| row.id.0 == id)
            }
            "TrainingRecord" => row!(training_record, training_record),
            "Contribution" => row!(contribution, contribution),
            "Vacancy" => row!(vacancy, vacancy),
            "Application" => row!(application, application),
            "EqualityTally" => row!(equality_tally, equality_tally),
            "InterviewPanel" => row!(interview_panel, interview_panel),
            "Panellist" => row!(panellist, panellist),
            "PanelQuestion" => row!(panel_question, panel_question),
            "ConflictDeclaration" => row!(conflict_declaration, conflict_declaration),
            "PanelScore" => row!(score, score),
            "ModeratedScore" => row!(moderated_score, moderated_score),
            "PanelDecision" => row!(panel_decision, panel_decision),
            "Resource" => row!(resource, resource),
            "ResourceVersion" => row!(resource_version, resource_version),
            "Contributor" => row!(contributor, contributor),
            "Rendition" => row!(rendition, rendition),
            "ResourceReview" => row!(resource_review, resource_review),
            "Adoption" => row!(adoption, adoption),
            "AdoptionEvidence" => row!(adoption_evidence, adoption_evidence),
            "Feedback" => row!(feedback, feedback),
            "FeedbackAccount" => row!(feedback_account, feedback_account),
            "FeedbackStep" => row!(feedback_step, feedback_step),
            "FeedbackStory" => row!(feedback_story, feedback_story),
            "YouSaidWeDid" => row!(you_said_we_did, you_said_we_did),
            "YouSaidWeDidSource" => row!(you_said_we_did_source, you_said_we_did_source),
            "Event" => row!(event, event),
            "EventHost" => row!(event_host, event_host),
            "EventAttendance" => row!(event_attendance, event_attendance),
            "EventOutcome" => row!(event_outcome, event_outcome),
            "OutcomeFramework" => row!(outcome_framework, outcome_framework),
            "Outcome" => row!(outcome, outcome),
            "OutcomeDescriptor" => row!(outcome_descriptor, outcome_descriptor),
            "Indicator" => row!(indicator, indicator),
            "IndicatorVersion" => row!(indicator_version, indicator_version),
            "Disaggregation" => rows.disaggregation.iter().any(|row| row.id.0 == id),
            "Observation" => row!(observation, observation),
            "IndicatorTarget" => row!(indicator_target, indicator_target),
            "ImportBatch" => row!(import_batch, import_batch),
            "ImportError" => row!(import_error, import_error),
            "SuppressionPolicy" => rows.suppression_policy.iter().any(|row| row.id.0 == id),
            "Release" => row!(release, release),
            "PublishedFigure" => row!(published_figure, published_figure),
            "MonitoringVisit" => row!(monitoring_visit, monitoring_visit),
            "PeerReviewer" => row!(peer_reviewer, peer_reviewer),
            "VisitRating" => row!(visit_rating, visit_rating),
            "AuditEvent" => row!(audit_event, audit_event),
            _ => panic!(
                "the oracle knows no rule for `{of}`: restate it in tests/it/contract/oracle (see its mod.rs)"
            ),
        }
    }

    /// Whether the viewer, who sees the row, may read a private group of it.
    pub fn may_read(&self, group: &str, id: Uuid) -> bool {
        let rows = self.rows;
        macro_rules! row {
            ($table:ident, $rule:ident) => {
                rows.$table
                    .iter()
                    .any(|row| row.id.0 == id && self.$rule(row))
            };
        }
        match group {
            "PersonContact" => row!(person, contact),
            "PartnershipTerms" => row!(partnership, terms),
            "PanelDecisionGrounds" => row!(panel_decision, grounds),
            "ApplicationContact" => row!(application, application_contact),
            "ContributorCredit" | "Contributor.person" => row!(contributor, credit),
            "Rendition.checkedByPerson" => row!(rendition, who_checked),
            "BoardMembershipPath" => row!(board_membership, path),
            "MeetingJoining" => row!(meeting, joining),
            "FeedbackStepRemark" | "FeedbackStep.byUser" => row!(feedback_step, step_remark),
            "FeedbackStory.writtenBy" | "FeedbackStory.checkedBy" => row!(feedback_story, story_hands),
            "EventJoining" => row!(event, event_joining),
            "MeetingMinutes" => row!(meeting, minutes),
            "MonitoringVisitForProvider" => row!(monitoring_visit, text_for_provider),
            "VisitRatingGrounds" => row!(visit_rating, evidence),
            "BoardMembershipChangeAccount" => row!(board_membership_change, account),
            _ => panic!(
                "the oracle knows no readers of the private group `{group}`: restate them in tests/it/contract/oracle"
            ),
        }
    }

    /// Those of the ids whose rows the viewer may read.
    pub fn seen(&self, of: &str, ids: impl IntoIterator<Item = Uuid>) -> BTreeSet<Uuid> {
        ids.into_iter().filter(|id| self.sees(of, *id)).collect()
    }
}
