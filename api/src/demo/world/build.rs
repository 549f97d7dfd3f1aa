//! What the initiatives have in common: organisations, partnerships, agreements, boards, and the way on to a board.

use serde_json::{Value as Json, json};

use crate::demo::acting::FOUNDER;
use crate::demo::step::{Appointment, Step, Waits, What, nothing, with};

/// Days, counted from the visit, on which things begin in all places.
pub(super) mod day {
    pub const ORGANISATIONS: i64 = -400;
    pub const PARTNERSHIPS: i64 = -380;
    pub const ACCEPTED: i64 = -375;
    pub const TOGETHER: i64 = -372;
    pub const AGREEMENT: i64 = -365;
    pub const SIGNED: i64 = -360;
    pub const INITIATIVES: i64 = -350;
    pub const BOARDS: i64 = -340;
    pub const OPENING: i64 = -335;
    /// The day on which agreements end: five years after they begin.
    pub const AGREEMENTS_END: i64 = SIGNED + 5 * 365;
}

/// Every text that describes something made up begins so.
const MARK: &str = "Demonstration data.";

/// A description that says what it is.
pub(super) fn marked(text: &str) -> String {
    format!("{MARK} {text}")
}

/// An organisation: its name in the script, what it is called, its kind, its code, what it does.
pub(super) struct Organisation {
    pub name: &'static str,
    pub called: &'static str,
    pub kind: &'static str,
    pub code: (&'static str, &'static str),
    pub summary: &'static str,
    /// Its administrator: subject, display name, tie.
    pub administrator: (&'static str, &'static str, &'static str),
}

impl Organisation {
    /// It is registered, checked, and handed over to its own administrator.
    pub fn steps(&self) -> Vec<Step> {
        let (scheme, value) = self.code;
        let input = json!({
            "name": self.called,
            "kind": self.kind,
            "nation": "ENGLAND",
            "summary": marked(self.summary),
            "identifier": { "scheme": scheme, "value": value },
        });
        let (subject, display_name, tie) = self.administrator;
        let hand_over = What::HandOver(Appointment {
            organisation: self.name,
            subject,
            display_name,
            tie,
        });
        let pending = Waits::With("status", "PENDING");
        vec![
            Step::make(
                day::ORGANISATIONS,
                FOUNDER,
                "organisationCreate",
                self.name,
                input,
            ),
            Step::act(
                day::ORGANISATIONS,
                FOUNDER,
                "organisationActivate",
                self.name,
                pending,
                nothing(),
            ),
            Step {
                day: day::ORGANISATIONS + 1,
                actor: FOUNDER,
                what: hand_over,
            },
        ]
    }
}

/// Somebody of an organisation, with an account: added by its administrator.
#[derive(Clone, Copy)]
pub(super) struct Someone {
    pub subject: &'static str,
    pub called: &'static str,
    pub tie: &'static str,
}

/// People of one organisation.
pub(super) fn people(administrator: &'static str, organisation: &str, people: &[Someone]) -> Vec<Step> {
    let day = day::ORGANISATIONS + 5;
    let add = |someone: &Someone| {
        let Someone { subject, called, tie } = *someone;
        let name = format!("person.{subject}");
        let person = json!({
            "organisationId": format!("@{organisation}"),
            "affiliationKind": tie,
            "displayName": called,
            "email": format!("{subject}@example.org"),
        });
        let user = json!({
            "organisationId": format!("@{organisation}"),
            "personId": format!("@{name}"),
            "issuer": "@issuer",
            "subject": subject,
        });
        [
            Step::make(day, administrator, "personCreate", name, person),
            Step::make(day, administrator, "userCreate", format!("user.{subject}"), user),
        ]
    };
    people.iter().flat_map(add).collect()
}

/// A role in an organisation, given by its administrator.
pub(super) fn role(
    administrator: &'static str,
    organisation: &str,
    holder: (&str, &str),
    role: &'static str,
) -> Step {
    let (field, name) = holder;
    let input = json!({
        "role": role,
        "scopeType": "ORGANISATION",
        "organisationId": format!("@{organisation}"),
        field: format!("@{name}"),
    });
    let grant = format!("role.{}", name.rsplit('.').next().unwrap_or(name));
    Step::make(
        day::ORGANISATIONS + 6,
        administrator,
        "roleGrantCreate",
        grant,
        input,
    )
}

/// A partnership with an agreement that opens boards and memberships to all its members.
pub(super) struct Partnership {
    pub name: &'static str,
    pub called: &'static str,
    pub purpose: &'static str,
    /// The organisation that leads it, and its administrator.
    pub lead: (&'static str, &'static str),
    /// The others: organisation, administrator, part.
    pub partners: &'static [(&'static str, &'static str, &'static str)],
}

impl Partnership {
    pub fn steps(&self) -> Vec<Step> {
        let (lead, lead_admin) = self.lead;
        let input = json!({
            "leadOrganisationId": format!("@{lead}"),
            "name": self.called,
            "purpose": marked(self.purpose),
            "startsOn": day::PARTNERSHIPS,
        });
        let mut steps = vec![Step::make(
            day::PARTNERSHIPS,
            lead_admin,
            "partnershipCreate",
            self.name,
            input,
        )];
        for (organisation, administrator, part) in self.partners {
            let invitation = format!("partner.{}.{organisation}", self.name);
            let input = json!({
                "partnershipId": format!("@{}", self.name),
                "organisationId": format!("@{organisation}"),
                "role": part,
            });
            let invited = Waits::With("status", "INVITED");
            steps.push(Step::make(
                day::PARTNERSHIPS,
                lead_admin,
                "partnershipMemberInvite",
                &invitation,
                input,
            ));
            steps.push(Step::act(
                day::ACCEPTED,
                administrator,
                "partnershipMemberAccept",
                invitation,
                invited,
                nothing(),
            ));
        }
        let forming = Waits::With("terms.status", "FORMING");
        steps.push(Step::act(
            day::TOGETHER,
            lead_admin,
            "partnershipActivate",
            self.name,
            forming,
            nothing(),
        ));
        steps.extend(self.agreement().steps());
        steps
    }

    fn agreement(&self) -> Agreement {
        let partners = self
            .partners
            .iter()
            .map(|(of, administrator, _)| (*of, *administrator));
        Agreement {
            name: format!("agreement.{}", self.name),
            partnership: self.name,
            title: "Who may see our boards",
            purpose: "So that partners see which boards there are and who sits on them.",
            categories: &["BOARDS", "MEMBERSHIPS"],
            parties: std::iter::once(self.lead).chain(partners).collect(),
        }
    }
}

/// What organisations of a partnership open to one another.
pub(super) struct Agreement {
    pub name: String,
    pub partnership: &'static str,
    pub title: &'static str,
    pub purpose: &'static str,
    pub categories: &'static [&'static str],
    /// The organisations that sign it, and their administrators. The first drafts it.
    pub parties: Vec<(&'static str, &'static str)>,
}

impl Agreement {
    /// It is drafted, and signed by all.
    pub fn steps(&self) -> Vec<Step> {
        let organisations: Vec<String> = self.parties.iter().map(|(of, _)| format!("@{of}")).collect();
        let input = json!({
            "partnershipId": format!("@{}", self.partnership),
            "title": self.title,
            "purpose": marked(self.purpose),
            "categories": self.categories,
            "lawfulBasis": "PUBLIC_TASK",
            "startsOn": day::SIGNED,
            "expiresOn": day::AGREEMENTS_END,
            "partyOrganisationIds": organisations,
        });
        let drafted = self.parties.iter().take(1).map(|(_, drafter)| {
            let drafts = "partnershipAgreementCreate";
            Step::make(day::AGREEMENT, drafter, drafts, &self.name, input.clone())
        });
        let sign = |(organisation, administrator): &(&'static str, &'static str)| {
            Step::act(
                day::SIGNED,
                administrator,
                "partnershipAgreementSign",
                &self.name,
                Waits::ForSignatureOf(organisation),
                json!({ "organisationId": format!("@{organisation}") }),
            )
        };
        drafted.chain(self.parties.iter().map(sign)).collect()
    }
}

/// A board with its seats.
pub(super) struct Board {
    pub name: &'static str,
    /// The administrator of its host.
    pub host_admin: &'static str,
    /// Its input: partnership, host, kind, numbers.
    pub input: Json,
    /// Name, label, kind, constituency, vote.
    pub seats: &'static [(
        &'static str,
        &'static str,
        &'static str,
        Option<&'static str>,
        bool,
    )],
    pub at_work: bool,
    pub published: bool,
}

impl Board {
    pub fn steps(self) -> Vec<Step> {
        let by = self.host_admin;
        let mut steps = vec![Step::make(day::BOARDS, by, "boardCreate", self.name, self.input)];
        for (seat, label, kind, constituency, voting) in self.seats {
            let input = json!({
                "boardId": format!("@{}", self.name), "label": label, "kind": kind, "voting": voting,
            });
            let input = match constituency {
                Some(constituency) => with(input, "constituencyId", format!("@{constituency}")),
                None => input,
            };
            steps.push(Step::make(
                day::BOARDS,
                by,
                "boardSeatCreate",
                seat_name(self.name, seat),
                input,
            ));
        }
        if self.at_work {
            let forming = Waits::With("status", "FORMING");
            steps.push(Step::act(
                day::OPENING,
                by,
                "boardActivate",
                self.name,
                forming,
                nothing(),
            ));
        }
        if self.published {
            let hidden = Waits::Without("publishedAt");
            steps.push(Step::act(
                day::OPENING,
                by,
                "boardPublish",
                self.name,
                hidden,
                nothing(),
            ));
        }
        steps
    }
}

pub(super) fn seat_name(board: &str, seat: &str) -> String {
    format!("seat.{board}.{seat}")
}

/// Somebody agrees to something.
pub(super) fn consent(day: i64, subject: &'static str, purpose: &'static str) -> Step {
    let name = format!("consent.{subject}.{}", purpose.to_ascii_lowercase());
    let input = json!({ "purpose": purpose, "method": "ONLINE" });
    Step::make(day, subject, "consentGive", name, input)
}

/// A role on a board, given by its host's administrator.
pub(super) fn board_role(
    day: i64,
    host_admin: &'static str,
    board: &str,
    subject: &str,
    role: &'static str,
) -> Step {
    let input = json!({
        "role": role,
        "scopeType": "BOARD",
        "boardId": format!("@{board}"),
        "personId": format!("@person.{subject}"),
    });
    Step::make(
        day,
        host_admin,
        "roleGrantCreate",
        format!("role.{board}.{subject}"),
        input,
    )
}
