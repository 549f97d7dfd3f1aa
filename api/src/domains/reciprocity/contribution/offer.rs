//! How offers are made and taken back.

use async_graphql::ID;
use entity::id::ContributionId;
use entity::meetings::kinds::MeetingStatus;
use entity::meetings::meeting;
use entity::panels::{interview_panel, training_course};
use entity::parties::kinds::OrganisationStatus;
use entity::parties::{organisation, person};
use entity::private::Private;
use entity::reciprocity::contribution;
use entity::reciprocity::kinds::ContributionStatus;
use sea_orm::Set;
use sea_orm::prelude::DateTimeUtc;

use super::mutation::ContributionOfferInput;
use crate::domains::reciprocity::rules::{
    ContributionSettings, Terms, check_activity, check_agreed_before, check_step, check_terms,
};
use crate::domains::violation::{UserErrorCode as Code, Violations, number, optional_long_text};
use crate::events::Event;
use crate::graphql::patch::{fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::reciprocity as policy;
use crate::store::{StoreError, WriteSession};

const TABLE: &str = "contribution";

/// Something that the organisation did. It stands in the organisation's audit without amounts.
pub(super) fn event(action: &'static str, contribution: &contribution::Model) -> Event {
    Event::new(action, TABLE, contribution.id)
}

/// What an offer is for, as far as the viewer may see it.
#[derive(Debug)]
struct Activity {
    meeting: Option<meeting::Model>,
    panel: Option<interview_panel::Model>,
    course: Option<training_course::Model>,
    words: Option<String>,
    named: usize,
}

async fn activity(
    session: &WriteSession,
    violations: &mut Violations,
    input: &ContributionOfferInput,
    settings: &ContributionSettings,
) -> Result<Activity, StoreError> {
    let longest = usize::try_from(settings.longest_activity).unwrap_or(usize::MAX);
    let words = optional_long_text("activity", input.activity.as_deref(), longest);
    let (meeting, panel, course) = (
        &input.meeting_id,
        &input.interview_panel_id,
        &input.training_course_id,
    );
    let named = [
        meeting.is_some(),
        panel.is_some(),
        course.is_some(),
        !matches!(words, Ok(None)),
    ];
    Ok(Activity {
        named: named.into_iter().filter(|named| *named).count(),
        words: violations.keep(words).flatten(),
        meeting: seen_if_named::<meeting::Entity>(session, violations, "meetingId", meeting.as_ref()).await?,
        panel: seen_if_named::<interview_panel::Entity>(
            session,
            violations,
            "interviewPanelId",
            panel.as_ref(),
        )
        .await?,
        course: seen_if_named::<training_course::Entity>(
            session,
            violations,
            "trainingCourseId",
            course.as_ref(),
        )
        .await?,
    })
}

impl Activity {
    /// When it begins and how long it is thought to take: a meeting says so itself.
    fn when(
        &self,
        violations: &mut Violations,
        input: &ContributionOfferInput,
        settings: &ContributionSettings,
    ) -> (Option<DateTimeUtc>, Option<i32>) {
        let longest = i32::try_from(settings.most_minutes).unwrap_or(i32::MAX);
        let minutes = input.expected_minutes;
        let minutes = minutes.map(|minutes| number("expectedMinutes", minutes, 1..=longest));
        let minutes = violations.keep(minutes.transpose()).flatten();
        if let Some(meeting) = &self.meeting {
            violations.check(input.starts_at.is_none(), Code::RuleBroken, "startsAt", || {
                "A meeting says itself when it begins. Leave this out.".to_owned()
            });
            let length = (meeting.ends_at - meeting.starts_at).num_minutes();
            let length = i32::try_from(length).unwrap_or(longest).clamp(1, longest);
            return (Some(meeting.starts_at), minutes.or(Some(length)));
        }
        if input.meeting_id.is_none() {
            violations.check(input.starts_at.is_some(), Code::Required, "startsAt", || {
                "Say when it begins: what somebody gets is agreed before.".to_owned()
            });
            let is_told = input.expected_minutes.is_some();
            violations.check(is_told, Code::Required, "expectedMinutes", || {
                "Say how many minutes it is thought to take.".to_owned()
            });
        }
        (input.starts_at.map(|at| at.0), minutes)
    }
}

pub(super) async fn offer(
    change: Change<'_>,
    input: &ContributionOfferInput,
    settings: &ContributionSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let activity = activity(session, &mut violations, input, settings).await?;
    let person = seen::<person::Entity>(session, &mut violations, "personId", &input.person_id).await?;
    let field = "organisationId";
    let payer = seen::<organisation::Entity>(session, &mut violations, field, &input.organisation_id).await?;
    let (Some(person), Some(payer)) = (person, payer) else {
        return Err(refused(violations));
    };
    let permit = policy::offer_contribution(change.viewer, payer, person.id.0)?;
    check_parties(&mut violations, &person, permit.model());
    violations.keep(check_activity(activity.named));
    let is_off = |meeting: &meeting::Model| meeting.status == MeetingStatus::Cancelled;
    violations.check(
        !activity.meeting.as_ref().is_some_and(is_off),
        Code::Inactive,
        "meetingId",
        || "This meeting was cancelled.".to_owned(),
    );
    let (starts_at, minutes) = activity.when(&mut violations, input, settings);
    let terms = Terms {
        reward: input.reward.0,
        pence: input.pence,
        credit_minutes: input.time_credit_minutes,
    };
    violations.keep_all(check_terms(&terms, settings));
    let now = session.now();
    let before = starts_at.map(|starts_at| check_agreed_before(input.agreed_before, starts_at, now));
    let before = violations.keep(before.transpose()).flatten();
    violations.into_result()?;

    let row = contribution::ActiveModel {
        id: Set(ContributionId::new()),
        person_id: Set(person.id),
        organisation_id: Set(permit.model().id),
        meeting_id: Set(activity.meeting.map(|meeting| meeting.id)),
        interview_panel_id: Set(activity.panel.map(|panel| panel.id)),
        training_course_id: Set(activity.course.map(|course| course.id)),
        activity: Set(activity.words.map(Private::new)),
        starts_at: Set(starts_at.unwrap_or(now)),
        expected_minutes: Set(minutes.unwrap_or(1)),
        offered_reward: Set(terms.reward),
        offered_pence: Set(terms.pence),
        offered_credit_minutes: Set(terms.credit_minutes),
        status: Set(ContributionStatus::Offered),
        // An offer that comes too late cannot be agreed before any more, whatever is answered.
        agreed_before: Set(before.filter(|before| !before)),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, contribution::Model>(None, &row);
    let contribution = session.insert(&permit, row).await?;
    let event = event("contribution.offer", &contribution).changed(changed);
    Ok(session.record(event, contribution.id.0))
}

fn check_parties(violations: &mut Violations, person: &person::Model, payer: &organisation::Model) {
    violations.check(person.anonymised_at.is_none(), Code::Inactive, "personId", || {
        "This person's details were erased, so nothing is agreed with them any more.".to_owned()
    });
    let is_active = payer.status == OrganisationStatus::Active;
    violations.check(is_active, Code::Inactive, "organisationId", || {
        format!(
            "This organisation is {}. Only an active organisation offers anything.",
            payer.status
        )
    });
}

pub(super) async fn withdraw(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(found) = seen::<contribution::Entity>(session, &mut violations, "id", id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::withdraw_contribution(change.viewer, found)?;
    let before = permit.model();
    fresh(expected_version, before.version)?;
    violations.keep(check_step(before.status, ContributionStatus::Withdrawn));
    violations.into_result()?;
    let row = contribution::ActiveModel {
        status: Set(ContributionStatus::Withdrawn),
        agreed_before: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let contribution = session.update(&permit, before.version, row).await?;
    let event = event("contribution.withdraw", &contribution).changed(changed);
    Ok(session.record(event, contribution.id.0))
}
