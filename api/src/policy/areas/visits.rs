//! Peer-led monitoring visits: who may see and do what (`domain.md` 2.8, 2.10 and 3).
//!
//! | | reviewers of the visit | administrator and commissioners of the responsible organisation | administrator of the provider | provider users | everybody else |
//! |---|---|---|---|---|---|
//! | visit, ratings: planned, visited, draft | read; rate and write | plan, prepare; read | – | – | – |
//! | visit, ratings: at the provider | read | read | read; comment, once | read | – |
//! | visit, ratings, comment: published | read | read | read | read | read |
//! | visit: called off | read | read | read, once sent | read, once sent | – |
//! | text for the provider | read | read | read, once sent | read, once sent | – |
//! | evidence | read | read | read, once sent | – | – |
//! | who reviews | read; leave | write | – | – | – |
//!
//! One of the reviewers leads: they say that the visit took place, send it to the provider, publish it, and call it off once it took
//! place. So whoever pays for a service does not silence those who looked at it; before the visit they call it off, too, and when
//! the lead is recused and nobody else can lead.
//!
//! The responsible organisation is the one that pays for the service; where nobody else pays, the one that provides it: an in-house
//! service is its provider's own. It is kept with the visit: who pays for the service later does not take its visits over.
//!
//! Whoever is recused from a visit neither reads nor writes anything of it as its reviewer. Evidence may name people: the public
//! never reads it, nor do the provider's staff. Who reviewed is not public either: nobody is named who did not agree to it.

use entity::panels::conflict_declaration;
use entity::parties::kinds::Role;
use entity::parties::service;
use entity::visits::{monitoring_visit, peer_reviewer, visit_rating};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{DbBackend, EntityTrait};

use crate::policy::{Denied, GrantScope, Permit, Viewer};
use crate::store::{Rows, Scope, Scoped, StoreError, ViewerFact, WriteSession, has};

/// The viewer was recused from a visit.
pub(super) fn is_recused_from_visit<E: EntityTrait>(rows: &Rows<E>, visit: E::Column) -> Expr {
    let found = rows.exists::<conflict_declaration::Entity>(|own| {
        Condition::all()
            .add(own.matches(conflict_declaration::Column::MonitoringVisitId, rows, visit))
            .add(own.is(conflict_declaration::Column::PersonId, ViewerFact::Person))
            .add(own.column(conflict_declaration::Column::Assessment).eq("RECUSE"))
    });
    has(ViewerFact::Person).and(found)
}

fn is_on<E: EntityTrait>(
    rows: &Rows<E>,
    visit: E::Column,
    of_this_kind: fn(&Rows<peer_reviewer::Entity>) -> Condition,
) -> Expr {
    let found = rows.exists::<peer_reviewer::Entity>(|own| {
        Condition::all()
            .add(own.matches(peer_reviewer::Column::VisitId, rows, visit))
            .add(own.is(peer_reviewer::Column::PersonId, ViewerFact::Person))
            .add(of_this_kind(own))
    });
    has(ViewerFact::Person).and(found)
}

/// The viewer reviews, and is not recused.
fn reviews<E: EntityTrait>(rows: &Rows<E>, visit: E::Column) -> Expr {
    is_on(rows, visit, |_| Condition::all()).and(is_recused_from_visit(rows, visit).not())
}

/// The viewer leads the review, and is not recused.
pub(super) fn leads_visit<E: EntityTrait>(rows: &Rows<E>, visit: E::Column) -> Expr {
    let lead = |own: &Rows<peer_reviewer::Entity>| {
        Condition::all().add(own.column(peer_reviewer::Column::Lead).eq(true))
    };
    is_on(rows, visit, lead).and(is_recused_from_visit(rows, visit).not())
}

/// The visit is one of an organisation that the viewer administers or commissions for.
fn is_organised(visit: &Rows<monitoring_visit::Entity>) -> Condition {
    use monitoring_visit::Column as C;
    Condition::any()
        .add(visit.among(
            C::ResponsibleOrganisationId,
            ViewerFact::AdministeredOrganisations,
        ))
        .add(visit.among(
            C::ResponsibleOrganisationId,
            ViewerFact::CommissionerOrganisations,
        ))
}

/// The same of the visit that a row points to.
pub(super) fn organises_visit<E: EntityTrait>(rows: &Rows<E>, visit: E::Column) -> Expr {
    rows.pointed::<monitoring_visit::Entity>(visit, is_organised)
}

/// The visit was sent to an organisation of the viewer's, which provides the service.
fn was_sent_to(visit: &Rows<monitoring_visit::Entity>, roles: &'static [ViewerFact]) -> Condition {
    use monitoring_visit::Column as C;
    let provides = visit.pointed::<service::Entity>(C::ServiceId, |service| {
        roles.iter().fold(Condition::any(), |any, fact| {
            any.add(service.among(service::Column::ProviderOrganisationId, *fact))
        })
    });
    Condition::all()
        .add(visit.column(C::SentToProviderAt).is_not_null())
        .add(provides)
}

/// Those who read for the provider.
const PROVIDER: &[ViewerFact] = &[
    ViewerFact::AdministeredOrganisations,
    ViewerFact::ProviderUserOrganisations,
];
/// Those who answer for the provider.
const PROVIDER_ADMINISTRATOR: &[ViewerFact] = &[ViewerFact::AdministeredOrganisations];

/// Whoever reads more than the public does.
fn is_insider(visit: &Rows<monitoring_visit::Entity>, provider: &'static [ViewerFact]) -> Condition {
    is_organised(visit)
        .add(reviews(visit, monitoring_visit::Column::Id))
        .add(was_sent_to(visit, provider))
}

impl Scoped for monitoring_visit::Entity {
    /// Everybody, once it is published; before that its reviewers, the responsible organisation and, once it was sent, the provider.
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.column(monitoring_visit::Column::Status).eq("PUBLISHED"))
                .add(is_insider(rows, PROVIDER)),
        )
    }
}

impl Scoped for visit_rating::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, monitoring_visit::Entity>(rows, visit_rating::Column::VisitId)
    }
}

impl Scoped for peer_reviewer::Entity {
    /// Those who review, and the responsible organisation.
    fn scope(rows: &Rows<Self>) -> Scope {
        use peer_reviewer::Column as C;
        Scope::when(
            Condition::any()
                .add(reviews(rows, C::VisitId))
                .add(organises_visit(rows, C::VisitId)),
        )
    }
}

/// Who may read what reviewers say to the provider alone.
#[must_use]
pub fn provider_text_readers(alias: &str, backend: DbBackend) -> Condition {
    is_insider(&Rows::new(alias, backend), PROVIDER)
}

/// Who may read the evidence of a rating: it may name people.
#[must_use]
pub fn evidence_readers(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<visit_rating::Entity>::new(alias, backend);
    let insider = rows.pointed::<monitoring_visit::Entity>(visit_rating::Column::VisitId, |visit| {
        is_insider(visit, PROVIDER_ADMINISTRATOR)
    });
    Condition::all().add(insider)
}

/// Leave to plan a visit, and to say who goes.
#[derive(Debug)]
pub struct OrganiseVisit;
/// Leave to rate what was found, and to write about it.
#[derive(Debug)]
pub struct ReviewService;
/// Leave to lead a visit from one state to the next.
#[derive(Debug)]
pub struct LeadVisit;
/// Leave to comment for the provider.
#[derive(Debug)]
pub struct CommentOnVisit;

/// The organisation that answers for visits to a service: the one that pays for it; where nobody else pays, the one that provides it.
#[must_use]
pub fn responsible_for_visits(service: &service::Model) -> Uuid {
    let payer = service.commissioner_organisation_id;
    payer.unwrap_or(service.provider_organisation_id).0
}

/// Leave to plan a visit to a service: an administrator or commissioner of the organisation that answers for it.
///
/// # Errors
/// [`Denied`] for everybody else.
pub fn plan_visit(
    viewer: &Viewer,
    service: service::Model,
) -> Result<Permit<OrganiseVisit, service::Model>, Denied> {
    let organisation = responsible_for_visits(&service);
    let commissions = viewer.holds(Role::Commissioner, GrantScope::Organisation(organisation));
    Permit::when(viewer.administers(organisation) || commissions, service)
}

/// Who may prepare a visit: an administrator or commissioner of the responsible organisation.
#[must_use]
pub fn may_organise_visit(alias: &str, backend: DbBackend) -> Condition {
    is_organised(&Rows::new(alias, backend))
}

/// Who may rate what was found and write about it: the reviewers who are not recused.
#[must_use]
pub fn may_review_service(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<monitoring_visit::Entity>::new(alias, backend);
    Condition::all().add(reviews(&rows, monitoring_visit::Column::Id))
}

/// Who may lead a visit on: its lead reviewer, unless recused.
#[must_use]
pub fn may_lead_visit(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<monitoring_visit::Entity>::new(alias, backend);
    Condition::all().add(leads_visit(&rows, monitoring_visit::Column::Id))
}

/// Somebody leads the visit who is not recused.
fn has_a_lead(visit: &Rows<monitoring_visit::Entity>) -> Expr {
    visit.exists::<peer_reviewer::Entity>(|lead| {
        let is_recused = lead.exists::<conflict_declaration::Entity>(|theirs| {
            use conflict_declaration::Column as C;
            Condition::all()
                .add(theirs.matches(C::MonitoringVisitId, lead, peer_reviewer::Column::VisitId))
                .add(theirs.matches(C::PersonId, lead, peer_reviewer::Column::PersonId))
                .add(theirs.column(C::Assessment).eq("RECUSE"))
        });
        Condition::all()
            .add(lead.matches(
                peer_reviewer::Column::VisitId,
                visit,
                monitoring_visit::Column::Id,
            ))
            .add(lead.column(peer_reviewer::Column::Lead).eq(true))
            .add(is_recused.not())
    })
}

/// Who may call a visit off: its lead reviewer; whoever prepares it, while it is planned, and when nobody can lead it any more.
#[must_use]
pub fn may_cancel_visit(alias: &str, backend: DbBackend) -> Condition {
    use monitoring_visit::Column as C;
    let rows = Rows::<monitoring_visit::Entity>::new(alias, backend);
    let is_left = Condition::any()
        .add(rows.column(C::Status).eq("PLANNED"))
        .add(has_a_lead(&rows).not());
    let by_organiser = Condition::all().add(is_organised(&rows)).add(is_left);
    Condition::any().add(leads_visit(&rows, C::Id)).add(by_organiser)
}

/// Who may comment on a visit: an administrator of the organisation that provides the service, once it was sent to them.
#[must_use]
pub fn may_comment_on_visit(alias: &str, backend: DbBackend) -> Condition {
    was_sent_to(&Rows::new(alias, backend), PROVIDER_ADMINISTRATOR)
}

/// Who may declare their interests about a visit: everybody who is to go on it, also who is recused already.
#[must_use]
pub fn may_declare_to_visit(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<monitoring_visit::Entity>::new(alias, backend);
    Condition::all().add(is_on(&rows, monitoring_visit::Column::Id, |_| Condition::all()))
}

type Answer<A, M> = Result<Result<Permit<A, M>, Denied>, StoreError>;

/// Leave to prepare a visit.
///
/// # Errors
/// [`Denied`] unless [`may_organise_visit`]; the database's failure.
pub async fn organise_visit(
    session: &WriteSession,
    visit: monitoring_visit::Model,
) -> Answer<OrganiseVisit, monitoring_visit::Model> {
    let allowed = session
        .allowed::<monitoring_visit::Entity>(visit.id, may_organise_visit)
        .await?;
    Ok(Permit::when(allowed, visit))
}

/// Leave to rate and to write.
///
/// # Errors
/// [`Denied`] unless [`may_review_service`]; the database's failure.
pub async fn review_service(
    session: &WriteSession,
    visit: monitoring_visit::Model,
) -> Answer<ReviewService, monitoring_visit::Model> {
    let allowed = session
        .allowed::<monitoring_visit::Entity>(visit.id, may_review_service)
        .await?;
    Ok(Permit::when(allowed, visit))
}

/// Leave to write reaches the ratings of the visit.
///
/// # Errors
/// [`Denied`] for a rating of another visit.
pub fn change_rating(
    visit: &Permit<ReviewService, monitoring_visit::Model>,
    rating: visit_rating::Model,
) -> Result<Permit<ReviewService, visit_rating::Model>, Denied> {
    Permit::when(rating.visit_id == visit.model().id, rating)
}

/// Leave to lead a visit on.
///
/// # Errors
/// [`Denied`] unless [`may_lead_visit`]; the database's failure.
pub async fn lead_visit(
    session: &WriteSession,
    visit: monitoring_visit::Model,
) -> Answer<LeadVisit, monitoring_visit::Model> {
    let allowed = session
        .allowed::<monitoring_visit::Entity>(visit.id, may_lead_visit)
        .await?;
    Ok(Permit::when(allowed, visit))
}

/// Leave to call a visit off.
///
/// # Errors
/// [`Denied`] unless [`may_cancel_visit`]; the database's failure.
pub async fn cancel_visit(
    session: &WriteSession,
    visit: monitoring_visit::Model,
) -> Answer<LeadVisit, monitoring_visit::Model> {
    let allowed = session
        .allowed::<monitoring_visit::Entity>(visit.id, may_cancel_visit)
        .await?;
    Ok(Permit::when(allowed, visit))
}

/// Leave to comment.
///
/// # Errors
/// [`Denied`] unless [`may_comment_on_visit`]; the database's failure.
pub async fn comment_on_visit(
    session: &WriteSession,
    visit: monitoring_visit::Model,
) -> Answer<CommentOnVisit, monitoring_visit::Model> {
    let allowed = session
        .allowed::<monitoring_visit::Entity>(visit.id, may_comment_on_visit)
        .await?;
    Ok(Permit::when(allowed, visit))
}

/// Leave to declare one's interests about a visit.
///
/// # Errors
/// [`Denied`] unless [`may_declare_to_visit`]; the database's failure.
pub async fn declare_to_visit(
    session: &WriteSession,
    visit: monitoring_visit::Model,
) -> Answer<super::conflicts::DeclareConflict, monitoring_visit::Model> {
    let allowed = session
        .allowed::<monitoring_visit::Entity>(visit.id, may_declare_to_visit)
        .await?;
    Ok(Permit::when(allowed, visit))
}

/// Leave to prepare a visit reaches its reviewers.
///
/// # Errors
/// [`Denied`] for somebody of another visit.
pub fn change_reviewer(
    visit: &Permit<OrganiseVisit, monitoring_visit::Model>,
    reviewer: peer_reviewer::Model,
) -> Result<Permit<OrganiseVisit, peer_reviewer::Model>, Denied> {
    Permit::when(reviewer.visit_id == visit.model().id, reviewer)
}

/// Leave to go off a visit: one's own part in it.
///
/// # Errors
/// [`Denied`] for everybody else.
pub fn leave_visit(
    viewer: &Viewer,
    reviewer: peer_reviewer::Model,
) -> Result<Permit<OrganiseVisit, peer_reviewer::Model>, Denied> {
    Permit::when(viewer.person() == Some(reviewer.person_id.0), reviewer)
}

/// Who may make another reviewer lead: whoever prepares the visit.
#[must_use]
pub fn may_change_reviewer(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<peer_reviewer::Entity>::new(alias, backend);
    Condition::all().add(organises_visit(&rows, peer_reviewer::Column::VisitId))
}

/// Who may take a reviewer off a visit: whoever prepares it, and they themselves.
#[must_use]
pub fn may_remove_reviewer(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<peer_reviewer::Entity>::new(alias, backend);
    Condition::any()
        .add(organises_visit(&rows, peer_reviewer::Column::VisitId))
        .add(rows.is(peer_reviewer::Column::PersonId, ViewerFact::Person))
}
