//! Feedback, stories, and what organisations say they did.

use entity::change::kinds::{FeedbackStatus, YouSaidWeDidStatus};
use entity::change::{
    feedback, feedback_account, feedback_step, feedback_story, you_said_we_did, you_said_we_did_source,
};
use entity::id::{FeedbackId, OrganisationId, PersonId, UserId, YouSaidWeDidId};
use entity::parties::consent;
use entity::parties::kinds::{ConsentPurpose, Role};
use entity::partnerships::kinds::DataCategory;

use super::Oracle;

impl Oracle<'_> {
    fn feedback_of(&self, id: FeedbackId) -> &feedback::Model {
        self.rows.feedback.iter().find(|of| of.id == id).unwrap()
    }

    fn account_of(&self, id: FeedbackId) -> Option<&feedback_account::Model> {
        self.rows.feedback_account.iter().find(|of| of.feedback_id == id)
    }

    fn gave(&self, id: FeedbackId) -> bool {
        let person = self.account_of(id).and_then(|account| account.person_id);
        person.is_some_and(|person| self.viewer.is(person))
    }

    fn deals_with(&self, id: FeedbackId) -> bool {
        self.viewer.administers(self.feedback_of(id).organisation_id)
    }

    /// The organisation acts, or shares feedback with the one that does in some partnership.
    fn shows_feedback(&self, holder: OrganisationId) -> bool {
        let mut partnerships = self.rows.partnership.iter();
        self.viewer.acting == Some(holder)
            || partnerships.any(|of| {
                self.viewer
                    .is_shown(self.rows, (of.id, holder), DataCategory::Feedback, self.now)
            })
    }

    /// The account is the person's.
    pub(super) fn is_account_of(&self, account: Option<UserId>, person: PersonId) -> bool {
        let mut all = self.rows.user_account.iter();
        all.any(|user| Some(user.id) == account && user.person_id == person)
    }

    /// The person; whoever deals with it; under an agreement, whoever provides or pays for the service, for the administrator
    /// of either, the provider's users and the payer's commissioners; the chair of the board it was shared with.
    pub(super) fn feedback(&self, row: &feedback::Model) -> bool {
        let service = self.rows.service.iter().find(|of| Some(of.id) == row.service_id);
        let is_about_theirs = service.is_some_and(|service| {
            let provider = service.provider_organisation_id;
            let by_payer = service.commissioner_organisation_id.is_some_and(|payer| {
                self.viewer.administers(payer) || self.viewer.has_role(Role::Commissioner, payer)
            });
            self.viewer.administers(provider)
                || self.viewer.has_role(Role::ProviderUser, provider)
                || by_payer
        });
        self.gave(row.id)
            || self.deals_with(row.id)
            || (is_about_theirs && self.shows_feedback(row.organisation_id))
            || row.board_id.is_some_and(|board| self.viewer.chairs(board))
    }

    /// The person, and whoever deals with it.
    pub(super) fn feedback_account(&self, row: &feedback_account::Model) -> bool {
        self.gave(row.feedback_id) || self.deals_with(row.feedback_id)
    }

    /// With the facts.
    pub(super) fn feedback_step(&self, row: &feedback_step::Model) -> bool {
        self.feedback(self.feedback_of(row.feedback_id))
    }

    /// The person, and whoever deals with it.
    pub(super) fn step_remark(&self, row: &feedback_step::Model) -> bool {
        self.gave(row.feedback_id) || self.deals_with(row.feedback_id)
    }

    fn agrees_to_story(&self, id: FeedbackId) -> bool {
        self.story_consent(id).is_some()
    }

    fn agrees_to_story_for_everybody(&self, id: FeedbackId) -> bool {
        self.story_consent(id)
            .is_some_and(|consent| consent.grantee_organisation_id.is_none())
    }

    fn story_consent(&self, id: FeedbackId) -> Option<&consent::Model> {
        let named = self.account_of(id).and_then(|account| account.story_consent_id);
        self.rows.consent.iter().find(|consent| {
            Some(consent.id) == named && consent.withdrawn_at.is_none_or(|end| end > self.now)
        })
    }

    fn is_told_to_everybody(&self, id: YouSaidWeDidId) -> bool {
        let mut all = self.rows.you_said_we_did.iter();
        all.any(|of| of.id == id && of.status == YouSaidWeDidStatus::Published)
    }

    /// The person. While they agree: whoever deals with the feedback. Once checked, while they agree for everybody: whoever
    /// reads the facts, and everybody where it is published.
    pub(super) fn feedback_story(&self, row: &feedback_story::Model) -> bool {
        let mut sources = self.rows.you_said_we_did_source.iter();
        let is_shown =
            sources.any(|of| of.story_id == Some(row.id) && self.is_told_to_everybody(of.you_said_we_did_id));
        let reads_facts = self.feedback(self.feedback_of(row.feedback_id));
        let once_checked = row.checked_at.is_some() && (is_shown || reads_facts);
        self.gave(row.feedback_id)
            || (self.agrees_to_story(row.feedback_id) && self.deals_with(row.feedback_id))
            || (self.agrees_to_story_for_everybody(row.feedback_id) && once_checked)
    }

    /// Who wrote and checked a story: the person, and whoever deals with it.
    pub(super) fn story_hands(&self, row: &feedback_story::Model) -> bool {
        self.gave(row.feedback_id) || self.deals_with(row.feedback_id)
    }

    /// Everybody, once published; before and after that the administrator of its organisation.
    pub(super) fn you_said_we_did(&self, row: &you_said_we_did::Model) -> bool {
        row.status == YouSaidWeDidStatus::Published || self.viewer.administers(row.organisation_id)
    }

    /// With what goes back to it.
    pub(super) fn you_said_we_did_source(&self, row: &you_said_we_did_source::Model) -> bool {
        self.sees("YouSaidWeDid", row.you_said_we_did_id.0)
    }

    /// The person lets an organisation know who they are.
    fn lets_know(&self, person: PersonId, organisation: OrganisationId) -> bool {
        use ConsentPurpose as P;
        let lets = |consent: &&consent::Model| {
            matches!(
                consent.purpose,
                P::Contact | P::ShareWithOrganisation | P::PublishName
            ) && consent
                .grantee_organisation_id
                .is_none_or(|grantee| grantee == organisation)
                && consent.withdrawn_at.is_none_or(|end| end > self.now)
        };
        let mut given = self.rows.consent.iter().filter(|of| of.person_id == person);
        given.any(|consent| lets(&consent))
    }

    /// The person has told something to an organisation that the viewer administers: while it is dealt with, or once something was
    /// done about what they said themself; where nothing was done, as far as they consent.
    pub(super) fn was_told_by(&self, person: PersonId) -> bool {
        use FeedbackStatus::{Closed, NoAction};
        let told = || {
            let all = self.rows.feedback_account.iter();
            all.filter(|of| of.person_id == Some(person) && self.deals_with(of.feedback_id))
        };
        let is_refused = |of: &feedback::Model| {
            let mut steps = self.rows.feedback_step.iter();
            of.status == NoAction || steps.any(|step| step.feedback_id == of.id && step.to_status == NoAction)
        };
        let was_refused = told().any(|account| {
            let of = self.feedback_of(account.feedback_id);
            is_refused(of) && !self.lets_know(person, of.organisation_id)
        });
        told().any(|account| {
            let of = self.feedback_of(account.feedback_id);
            let is_dealt_with = !matches!(of.status, NoAction | Closed);
            let is_own = self.is_account_of(account.created_by, person);
            (is_dealt_with && (is_own || !was_refused))
                || (is_own && (!is_refused(of) || self.lets_know(person, of.organisation_id)))
        })
    }
}
