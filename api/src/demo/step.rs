//! What a script is made of.
//!
//! A step says who does what on which day. In its input a text that begins with `@` stands for the id that an earlier step
//! got: `@board.team-up`. So scripts are data, and the order of what happens is the order of its days.

use serde_json::{Value as Json, json};

/// One thing that somebody does.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// The day, counted from the visit (`calendar`).
    pub day: i64,
    /// Who: a subject of the server's own issuer.
    pub actor: &'static str,
    /// What.
    pub what: What,
}

/// What somebody does.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// Makes an object, whose id is known by a name from then on. The name is also the key that makes repeating it safe.
    Make {
        /// The mutation.
        mutation: &'static str,
        /// The name.
        name: String,
        /// Its input, without the key.
        input: Json,
    },
    /// Does something to an object that waits for it; left out when the object has got further already.
    Act {
        /// The mutation.
        mutation: &'static str,
        /// The object's name.
        on: String,
        /// How the object looks while it waits.
        waits: Waits,
        /// The input, without id and version.
        input: Json,
    },
    /// The platform's administrator hands an organisation they registered over to its own first administrator.
    HandOver(Appointment),
    /// Sets up a computer system's account with its role, today: accounts last a year at most. Left out when there is one.
    ServiceAccount {
        /// Its name in the script.
        name: &'static str,
        /// What the system is called.
        called: &'static str,
        /// The organisation's name in the script.
        organisation: &'static str,
    },
    /// Who was invited to a meeting that is held is recorded as present, but for some who sent apologies. Whose attendance is
    /// recorded already is left out.
    Attend {
        /// The meeting's name.
        meeting: String,
        /// Subjects who sent apologies.
        apologies: &'static [&'static str],
    },
    /// A meeting is prepared for two weeks after the world is loaded. Left out when there is one of that title.
    MeetingToCome {
        /// Its name in the script.
        name: &'static str,
        /// What it is called.
        called: &'static str,
        /// The board's name in the script.
        board: &'static str,
    },
    /// Somebody applies for a vacancy. Left out when they have.
    Apply {
        /// The application's name in the script.
        name: String,
        /// The vacancy's name.
        vacancy: String,
        /// What they write.
        statement: &'static str,
    },
    /// The version that a resource begins with is known by a name.
    FirstVersion {
        /// Its name in the script.
        name: String,
        /// The resource's name.
        resource: String,
    },
    /// Somebody on a panel hands in their scores for a candidate.
    HandIn(Sheet),
    /// Somebody agrees that the story behind their feedback is told. Left out when they have.
    AgreeToStory {
        /// The feedback's name.
        feedback: &'static str,
        /// The consent's name.
        consent: String,
    },
    /// The platform says which council answers for an area. Left out where the server has no such area.
    AnswerForArea {
        /// What the area is called.
        area: &'static str,
        /// The organisation's name in the script.
        organisation: &'static str,
    },
    /// The server ends the terms that are over by then, as it does every day.
    EndTerms,
}

/// How an object looks while something is still to be done to it.
#[derive(Clone, Debug)]
pub(super) enum Waits {
    /// A field has this value; in a group of fields it is written `terms.status`.
    With(&'static str, &'static str),
    /// A field is null.
    Without(&'static str),
    /// An organisation, by its name in the script, is a party that has not signed.
    ForSignatureOf(&'static str),
}

/// The scores of a panellist for a candidate, by names in the script.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// Its own name.
    pub name: String,
    /// The panel.
    pub panel: String,
    /// The panellist.
    pub panellist: String,
    /// The candidate's application.
    pub application: String,
    /// The scores, in the order of the questions.
    pub scores: [i32; 2],
}

/// Who administers an organisation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Appointment {
    /// The organisation's name in the script.
    pub organisation: &'static str,
    /// The subject of its administrator, who is known as `person.<subject>`.
    pub subject: &'static str,
    /// What they are called.
    pub display_name: &'static str,
    /// What ties them to it.
    pub tie: &'static str,
}

impl Step {
    /// Somebody makes an object.
    pub fn make(
        day: i64,
        actor: &'static str,
        mutation: &'static str,
        name: impl Into<String>,
        input: Json,
    ) -> Self {
        let name = name.into();
        Self {
            day,
            actor,
            what: What::Make {
                mutation,
                name,
                input,
            },
        }
    }

    /// Somebody does something to an object.
    pub fn act(
        day: i64,
        actor: &'static str,
        mutation: &'static str,
        on: impl Into<String>,
        waits: Waits,
        input: Json,
    ) -> Self {
        let on = on.into();
        Self {
            day,
            actor,
            what: What::Act {
                mutation,
                on,
                waits,
                input,
            },
        }
    }

    /// For people: which step it is.
    pub fn label(&self) -> String {
        match &self.what {
            What::Make { mutation, name, .. } => format!("{mutation} {name} by {}", self.actor),
            What::Act { mutation, on, .. } => format!("{mutation} on {on} by {}", self.actor),
            What::HandOver(to) => format!("hand {} over to {}", to.organisation, to.subject),
            What::Attend { meeting, .. } => format!("attendance of {meeting} by {}", self.actor),
            What::MeetingToCome { name, .. } => format!("meetingCreate {name} by {}", self.actor),
            What::Apply { name, .. } => format!("applicationSubmit {name} by {}", self.actor),
            What::FirstVersion { name, resource } => format!("{name} of {resource} by {}", self.actor),
            What::HandIn(sheet) => format!("scoreSheetSubmit {} by {}", sheet.name, self.actor),
            What::AgreeToStory { feedback, .. } => {
                format!("consent to the story of {feedback} by {}", self.actor)
            }
            What::AnswerForArea { area, organisation } => format!("{organisation} answers for {area}"),
            What::EndTerms => "end terms that are over".to_owned(),
            What::ServiceAccount { name, .. } => format!("serviceAccountCreate {name} by {}", self.actor),
        }
    }
}

/// How a mutation's object is called in its payload and in the schema. The first that the mutation's name begins with.
const OBJECTS: &[(&str, &str, &str)] = &[
    ("partnershipMember", "partnershipMember", "PartnershipMember"),
    (
        "partnershipAgreement",
        "dataSharingAgreement",
        "DataSharingAgreement",
    ),
    ("partnership", "partnership", "Partnership"),
    ("initiative", "initiative", "Initiative"),
    ("boardMembership", "boardMembership", "BoardMembership"),
    ("boardSeat", "boardSeat", "BoardSeat"),
    ("boardDecision", "boardDecision", "BoardDecision"),
    ("board", "board", "Board"),
    ("meeting", "meeting", "Meeting"),
    ("agendaItem", "agendaItem", "AgendaItem"),
    ("paper", "paper", "Paper"),
    ("attendance", "attendance", "Attendance"),
    ("action", "action", "Action"),
    ("vacancy", "vacancy", "Vacancy"),
    ("application", "application", "Application"),
    ("interviewPanel", "interviewPanel", "InterviewPanel"),
    ("scoreSheet", "interviewPanel", "InterviewPanel"),
    ("panellist", "panellist", "Panellist"),
    ("panelDecision", "panelDecision", "PanelDecision"),
    ("conflict", "conflictDeclaration", "ConflictDeclaration"),
    ("trainingCourse", "trainingCourse", "TrainingCourse"),
    ("trainingRecord", "trainingRecord", "TrainingRecord"),
    ("constituency", "constituency", "Constituency"),
    ("organisation", "organisation", "Organisation"),
    ("site", "site", "Site"),
    ("serviceAccount", "serviceAccount", "ServiceAccount"),
    ("service", "service", "Service"),
    ("person", "person", "Person"),
    ("user", "user", "User"),
    ("roleGrant", "roleGrant", "RoleGrant"),
    ("affiliation", "affiliation", "Affiliation"),
    ("feedbackAccount", "feedbackAccount", "FeedbackAccount"),
    ("feedbackStory", "feedbackStory", "FeedbackStory"),
    ("feedback", "feedback", "Feedback"),
    ("youSaidWeDidSource", "youSaidWeDidSource", "YouSaidWeDidSource"),
    ("youSaidWeDid", "youSaidWeDid", "YouSaidWeDid"),
    ("eventHost", "eventHost", "EventHost"),
    ("eventAttendance", "eventAttendance", "EventAttendance"),
    ("eventRegister", "eventAttendance", "EventAttendance"),
    ("eventOutcome", "eventOutcome", "EventOutcome"),
    ("event", "event", "Event"),
    ("consent", "consent", "Consent"),
    ("accessNeed", "accessNeed", "AccessNeed"),
    ("resourceVersion", "resourceVersion", "ResourceVersion"),
    ("resourceReview", "resourceReview", "ResourceReview"),
    ("resource", "resource", "Resource"),
    ("contributor", "contributor", "Contributor"),
    ("contribution", "contribution", "Contribution"),
    ("rendition", "rendition", "Rendition"),
    ("adoption", "adoption", "Adoption"),
    ("outcomeFramework", "outcomeFramework", "OutcomeFramework"),
    ("outcomeDescriptor", "outcomeDescriptor", "OutcomeDescriptor"),
    ("outcome", "outcome", "Outcome"),
    ("indicatorVersion", "indicatorVersion", "IndicatorVersion"),
    ("indicatorTarget", "indicatorTarget", "IndicatorTarget"),
    ("indicator", "indicator", "Indicator"),
    ("observation", "observation", "Observation"),
    ("geography", "geography", "Geography"),
    ("release", "release", "Release"),
    ("monitoringVisit", "monitoringVisit", "MonitoringVisit"),
    ("visitRating", "monitoringVisit", "MonitoringVisit"),
    ("peerReviewer", "peerReviewer", "PeerReviewer"),
];

/// The payload's field and the type of a mutation's object.
pub(super) fn object_of(mutation: &str) -> (&'static str, &'static str) {
    OBJECTS
        .iter()
        .find(|(prefix, ..)| mutation.starts_with(prefix))
        .map_or(("node", "Node"), |(_, field, object)| (field, object))
}

/// The document of a mutation.
pub(super) fn document_of(mutation: &str) -> String {
    let (field, _) = object_of(mutation);
    let input = format!("{}{}Input", mutation[..1].to_ascii_uppercase(), &mutation[1..]);
    format!(
        "mutation ($input: {input}!) {{ {mutation}(input: $input) {{ {field} {{ id }} userErrors {{ code message path }} }} }}"
    )
}

/// An input with another field.
pub(super) fn with(mut input: Json, name: &str, value: impl Into<Json>) -> Json {
    if let Json::Object(fields) = &mut input {
        fields.insert(name.to_owned(), value.into());
    }
    input
}

/// An empty input.
pub(super) fn nothing() -> Json {
    json!({})
}
