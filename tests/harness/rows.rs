//! Every table as plain values.

use entity::boards::{
    board, board_membership, board_membership_change, board_seat, constituency, initiative,
};
use entity::change::{
    feedback, feedback_account, feedback_step, feedback_story, you_said_we_did, you_said_we_did_source,
};
use entity::gatherings::{event, event_attendance, event_host, event_outcome};
use entity::media::{loose_object, media, media_piece};
use entity::meetings::{
    access_need_met, agenda_item, attendance, board_action, board_decision, calendar_feed, meeting,
    meeting_series, paper,
};
use entity::outcomes::{
    disaggregation, import_batch, import_error, indicator, indicator_target, indicator_version, observation,
    outcome, outcome_descriptor, outcome_framework,
};
use entity::panels::{
    application, conflict_declaration, equality_tally, interview_panel, moderated_score, panel_decision,
    panel_question, panellist, score, training_course, training_record, vacancy,
};
use entity::parties::{
    access_need, affiliation, consent, geography, organisation, organisation_identifier, person, role_grant,
    service, service_account, service_account_secret, site, site_identifier, user_account,
};
use entity::partnerships::{agreement_party, data_sharing_agreement, partnership, partnership_member};
use entity::platform::{access_version, audit_event, idempotency_record, outbox_event, setting};
use entity::reciprocity::contribution;
use entity::releases::{published_figure, release, suppression_policy};
use entity::resources::{
    adoption, adoption_evidence, contributor, rendition, resource, resource_review, resource_version,
};
use entity::visits::{monitoring_visit, peer_reviewer, visit_rating};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, DatabaseConnection, EntityName, EntityTrait, IntoActiveModel,
};

macro_rules! tables {
    ($($table:ident),+ $(,)?) => {
        /// The rows of every table; the fields have the tables' names and stand in an order in which they can be filled.
        #[derive(Clone, Debug, Default)]
        pub struct Rows {
            $(
                #[doc = concat!("The rows of `", stringify!($table), "`.")]
                pub $table: Vec<$table::Model>,
            )+
        }

        impl Rows {
            /// The names of all tables, in an order in which they can be filled.
            #[must_use]
            pub fn tables() -> Vec<&'static str> {
                vec![$($table::Entity.table_name()),+]
            }

            /// Puts every row into the database.
            ///
            /// # Panics
            /// When the database refuses one.
            pub async fn insert(&self, database: &DatabaseConnection) {
                $(insert::<$table::Entity, $table::ActiveModel>(database, &self.$table).await;)+
            }

            /// Reads every row of the database.
            ///
            /// # Panics
            /// When one cannot be read.
            pub async fn load(database: &DatabaseConnection) -> Self {
                Self {
                    $($table: load::<$table::Entity>(database).await,)+
                }
            }
        }
    };
}

// Parents before children.
tables! {
    organisation,
    geography,
    person,
    user_account,
    partnership,
    partnership_member,
    initiative,
    constituency,
    board,
    board_seat,
    board_membership,
    board_membership_change,
    meeting_series,
    meeting,
    agenda_item,
    attendance,
    board_decision,
    board_action,
    calendar_feed,
    service_account,
    service_account_secret,
    role_grant,
    organisation_identifier,
    site,
    site_identifier,
    service,
    affiliation,
    access_need,
    access_need_met,
    consent,
    data_sharing_agreement,
    agreement_party,
    training_course,
    training_record,
    vacancy,
    media,
    media_piece,
    loose_object,
    application,
    equality_tally,
    interview_panel,
    panellist,
    panel_question,
    score,
    moderated_score,
    panel_decision,
    contribution,
    resource,
    resource_version,
    paper,
    contributor,
    rendition,
    resource_review,
    adoption,
    adoption_evidence,
    feedback,
    feedback_account,
    feedback_step,
    feedback_story,
    you_said_we_did,
    you_said_we_did_source,
    event,
    event_host,
    event_attendance,
    event_outcome,
    outcome_framework,
    outcome,
    outcome_descriptor,
    indicator,
    indicator_version,
    disaggregation,
    import_batch,
    import_error,
    observation,
    indicator_target,
    suppression_policy,
    release,
    published_figure,
    monitoring_visit,
    peer_reviewer,
    visit_rating,
    conflict_declaration,
    audit_event,
    outbox_event,
    idempotency_record,
    setting,
    access_version,
}

async fn insert<E, A>(database: &DatabaseConnection, rows: &[E::Model])
where
    E: EntityTrait,
    E::Model: IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
{
    for row in rows {
        // One by one: a refusal then names its row.
        let inserted = E::insert(row.clone().into_active_model())
            .exec_without_returning(database)
            .await;
        inserted.unwrap_or_else(|error| {
            panic!("`{}` refuses {row:?}: {error}", E::default().table_name());
        });
    }
}

async fn load<E: EntityTrait>(database: &DatabaseConnection) -> Vec<E::Model> {
    let rows = E::find().all(database).await;
    rows.unwrap_or_else(|error| panic!("`{}` cannot be read: {error}", E::default().table_name()))
}
