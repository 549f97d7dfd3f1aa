//! Training, vacancies and interview panels.

use entity::id::{ApplicationId, BoardId, InterviewPanelId, PersonId, VacancyId};
use entity::panels::kinds::{ApplicationStatus, ConflictAssessment, PanelStatus};
use entity::panels::{
    application, conflict_declaration, equality_tally, interview_panel, moderated_score, panel_decision,
    panel_question, panellist, score, training_record, vacancy,
};

use entity::parties::kinds::Role;
use entity::parties::role_grant;

use super::Oracle;

impl Oracle<'_> {
    /// Everybody who signs in.
    pub(super) fn training_course(&self) -> bool {
        self.viewer.is_known
    }

    /// The person, and the administrator of the organisation that gives the course.
    pub(super) fn training_record(&self, row: &training_record::Model) -> bool {
        let gives = |course: &&entity::panels::training_course::Model| course.id == row.course_id;
        self.viewer.is(row.person_id)
            || self
                .rows
                .training_course
                .iter()
                .find(gives)
                .is_some_and(|course| self.viewer.administers(course.organisation_id))
    }

    fn vacancy_of(&self, id: VacancyId) -> &vacancy::Model {
        self.rows.vacancy.iter().find(|vacancy| vacancy.id == id).unwrap()
    }

    /// Everybody who signs in, once it was announced; before that whoever recruits, and the chair of the seat's board.
    pub(super) fn vacancy(&self, row: &vacancy::Model) -> bool {
        (self.viewer.is_known && row.announced_at.is_some())
            || self.viewer.administers(row.organisation_id)
            || row.board_id.is_some_and(|board| self.viewer.chairs(board))
    }

    fn recruits(&self, vacancy: VacancyId) -> bool {
        self.viewer.administers(self.vacancy_of(vacancy).organisation_id)
    }

    fn has_applied(&self, vacancy: VacancyId) -> bool {
        let own = |of: &application::Model| of.vacancy_id == vacancy && self.viewer.is(of.person_id);
        self.rows.application.iter().any(own)
    }

    /// Their own; and, unless they have applied themselves, those of others: for whoever recruits; for the panel's chair; from
    /// the scoring on the candidates for its panellists and who supports them. Nobody those from whom they are recused.
    pub(super) fn application(&self, row: &application::Model) -> bool {
        let is_me = |person: PersonId| self.viewer.is(person);
        let is_candidate = row.shortlisted_at.is_some() && row.status != ApplicationStatus::Withdrawn;
        let mut panels = self
            .rows
            .interview_panel
            .iter()
            .filter(|panel| panel.vacancy_id == row.vacancy_id);
        let by_the_panel = panels.any(|panel| {
            let has_begun = !matches!(panel.status, PanelStatus::Forming | PanelStatus::Ready);
            self.taking_part(panel.id).any(|who| {
                let supports = who.supporter_person_id.is_some_and(is_me);
                (is_me(who.person_id) && who.chair)
                    || (has_begun && is_candidate && is_me(who.person_id))
                    || (has_begun && is_candidate && supports && !self.is_recused(who.person_id, row))
            })
        });
        let am_recused = self.viewer.person.is_some_and(|me| self.is_recused(me, row));
        is_me(row.person_id)
            || (!self.has_applied(row.vacancy_id)
                && (self.recruits(row.vacancy_id) || (by_the_panel && !am_recused)))
    }

    /// Of an application they see: their own, whoever recruits, and who leads a panel of the vacancy.
    pub(super) fn application_contact(&self, row: &application::Model) -> bool {
        let mut panels = self
            .rows
            .interview_panel
            .iter()
            .filter(|panel| panel.vacancy_id == row.vacancy_id);
        self.viewer.is(row.person_id)
            || self.recruits(row.vacancy_id)
            || panels.any(|panel| self.leads_panel(panel.id))
    }

    fn is_recused(&self, person: PersonId, from: &application::Model) -> bool {
        self.rows.conflict_declaration.iter().any(|of| {
            of.person_id == person
                && of.application_id == Some(from.id)
                && of.assessment == Some(ConflictAssessment::Recuse)
        })
    }

    fn taking_part(&self, panel: InterviewPanelId) -> impl Iterator<Item = &panellist::Model> {
        let of_it = move |who: &&panellist::Model| who.panel_id == panel && who.stood_down_at.is_none();
        self.rows.panellist.iter().filter(of_it)
    }

    fn panel_of(&self, id: InterviewPanelId) -> &interview_panel::Model {
        self.rows
            .interview_panel
            .iter()
            .find(|panel| panel.id == id)
            .unwrap()
    }

    fn leads_panel(&self, panel: InterviewPanelId) -> bool {
        self.taking_part(panel)
            .any(|who| who.chair && self.viewer.is(who.person_id))
    }

    /// Its people and who supports them, whoever recruits, the chair of the board whose seat it is; nobody who has applied.
    pub(super) fn interview_panel(&self, row: &interview_panel::Model) -> bool {
        let vacancy = self.vacancy_of(row.vacancy_id);
        let has_a_part = self.taking_part(row.id).any(|who| {
            self.viewer.is(who.person_id) || who.supporter_person_id.is_some_and(|of| self.viewer.is(of))
        });
        !self.has_applied(row.vacancy_id)
            && (has_a_part
                || self.viewer.administers(vacancy.organisation_id)
                || vacancy.board_id.is_some_and(|board| self.viewer.chairs(board)))
    }

    /// With the panel.
    pub(super) fn panellist(&self, row: &panellist::Model) -> bool {
        self.interview_panel(self.panel_of(row.panel_id))
    }

    /// With the panel.
    pub(super) fn panel_question(&self, row: &panel_question::Model) -> bool {
        self.interview_panel(self.panel_of(row.panel_id))
    }

    /// The person, and whoever assesses it: who leads the panel, unless recused from the candidate; of what a chair declared,
    /// whoever recruits and has not applied; who runs the board, or leads the visit or answers for it.
    pub(super) fn conflict_declaration(&self, row: &conflict_declaration::Model) -> bool {
        self.viewer.is(row.person_id)
            || row
                .panel_id
                .is_some_and(|panel| self.declared_to_panel(row, panel))
            || row
                .board_id
                .is_some_and(|board| self.declared_to_board(row, board))
            || self.declared_to_visit(row)
    }

    /// Who runs the board; of what one of those declared, its host's administrator; nobody recused from the item it is about.
    fn declared_to_board(&self, row: &conflict_declaration::Model, board: BoardId) -> bool {
        let am_recused = row.agenda_item_id.is_some_and(|item| self.am_recused_from(item));
        let runs_it = |grant: &role_grant::Model| {
            grant.board_id == Some(board)
                && matches!(grant.role, Role::Chair | Role::Facilitator)
                && grant.valid_from <= self.now
                && grant.valid_to.is_none_or(|end| end > self.now)
                && self
                    .rows
                    .user_account
                    .iter()
                    .any(|user| Some(user.id) == grant.user_id && user.person_id == row.person_id)
        };
        let hosts = self.viewer.administers(self.board_of(board).host_organisation_id);
        let by_a_chair = self.rows.role_grant.iter().any(runs_it);
        !am_recused && (self.viewer.chairs(board) || (hosts && by_a_chair))
    }

    fn declared_to_panel(&self, row: &conflict_declaration::Model, panel: InterviewPanelId) -> bool {
        let about = self
            .rows
            .application
            .iter()
            .find(|of| Some(of.id) == row.application_id);
        let am_recused =
            about.is_some_and(|about| self.viewer.person.is_some_and(|me| self.is_recused(me, about)));
        let by_a_chair = self
            .rows
            .panellist
            .iter()
            .any(|who| who.panel_id == panel && who.person_id == row.person_id && who.chair);
        let vacancy = self.panel_of(panel).vacancy_id;
        (self.leads_panel(panel) && !am_recused)
            || (by_a_chair && self.recruits(vacancy) && !self.has_applied(vacancy))
    }

    /// Whoever recruits, after the closing time, where nobody can be told.
    pub(super) fn equality_tally(&self, row: &equality_tally::Model) -> bool {
        let is_over = self.vacancy_of(row.vacancy_id).closes_at <= self.now;
        row.people >= 8 && is_over && self.recruits(row.vacancy_id)
    }

    fn application_of(&self, id: ApplicationId) -> &application::Model {
        self.rows.application.iter().find(|of| of.id == id).unwrap()
    }

    fn sits_on_panel(&self, panel: InterviewPanelId) -> bool {
        self.taking_part(panel).any(|who| self.viewer.is(who.person_id))
    }

    /// Of candidates they see: their own, those of whom they support, and, when all are in, those of the others on the panel.
    pub(super) fn score(&self, row: &score::Model) -> bool {
        let who = self
            .rows
            .panellist
            .iter()
            .find(|who| who.id == row.panellist_id)
            .unwrap();
        let by_them =
            self.viewer.is(who.person_id) || who.supporter_person_id.is_some_and(|of| self.viewer.is(of));
        let are_all_in = matches!(
            self.panel_of(row.panel_id).status,
            PanelStatus::Moderating | PanelStatus::Decided
        );
        self.application(self.application_of(row.application_id))
            && (by_them || (are_all_in && self.sits_on_panel(row.panel_id)))
    }

    /// The panel, of candidates they see.
    pub(super) fn moderated_score(&self, row: &moderated_score::Model) -> bool {
        self.application(self.application_of(row.application_id)) && self.sits_on_panel(row.panel_id)
    }

    fn recruits_for(&self, panel: InterviewPanelId) -> bool {
        let vacancy = self.panel_of(panel).vacancy_id;
        self.recruits(vacancy) && !self.has_applied(vacancy)
    }

    /// The panel, of candidates they see; once it has decided the candidate and whoever recruits.
    pub(super) fn panel_decision(&self, row: &panel_decision::Model) -> bool {
        let about = self.application_of(row.application_id);
        let is_decided = self.panel_of(row.panel_id).status == PanelStatus::Decided;
        self.application(about)
            && (self.sits_on_panel(row.panel_id)
                || (is_decided && (self.viewer.is(about.person_id) || self.recruits_for(row.panel_id))))
    }

    /// The panel, and whoever recruits.
    pub(super) fn grounds(&self, row: &panel_decision::Model) -> bool {
        self.sits_on_panel(row.panel_id) || self.recruits_for(row.panel_id)
    }

    /// Whether the viewer sees an application of theirs, or a panel that they have a part in.
    pub(super) fn sees_them_at_a_panel(&self, person: PersonId) -> bool {
        let mut applications = self.rows.application.iter().filter(|of| of.person_id == person);
        let mut parts = self
            .rows
            .panellist
            .iter()
            .filter(|who| who.person_id == person || who.supporter_person_id == Some(person));
        applications.any(|of| self.application(of)) || parts.any(|who| self.panellist(who))
    }
}
