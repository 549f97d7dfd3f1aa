//! Terms that are over end by themselves.

use entity::boards::kinds::{MembershipEndReason, MembershipStage};
use harness::{World, both_databases, uuid};
use roundtable_api::domains::boards::terms::end_terms;
use sea_orm::{ActiveModelTrait, Set};

use super::{actions_since, events, history, membership, stored};

/// Sets the last day of a membership past every rule.
async fn last_day(world: &World, name: &str, on: &str) {
    let row = entity::boards::board_membership::ActiveModel {
        id: Set(uuid("board_membership", name).into()),
        to_on: Set(Some(on.parse().unwrap())),
        ..Default::default()
    };
    row.update(world.connection()).await.unwrap();
}

both_databases! {
    async fn a_term_ends_on_the_day_after_its_last(world: World) {
        let (store, before) = (world.node().app.store(), events(&world).await);
        last_day(&world, "team-up board-member", "2026-03-02").await;
        last_day(&world, "team-up on-leave", "2026-03-03").await;
        assert_eq!(end_terms(store, world.clock().now()).await.unwrap(), 0);
        world.clock().advance_days(1);
        assert_eq!(end_terms(store, world.clock().now()).await.unwrap(), 1);
        let ended = stored(&world, &membership("team-up board-member")).await;
        assert_eq!((ended.stage, ended.end_reason), (MembershipStage::Ended, Some(MembershipEndReason::TermExpired)));
        assert_eq!(ended.to_on.unwrap().to_string(), "2026-03-02");
        world.clock().advance_days(1);
        assert_eq!(end_terms(store, world.clock().now()).await.unwrap(), 1);
        assert_eq!(end_terms(store, world.clock().now()).await.unwrap(), 0);
        assert_eq!(history(&world, &membership("team-up on-leave")).await, ["NOMINATED", "ON_LEAVE", "ENDED"]);

        assert_eq!(actions_since(&world, before).await, ["board_membership.end"; 2]);
        let event = world.rows().await.audit_event.pop().unwrap();
        assert_eq!((event.actor_user_id, event.request_id.as_str()), (None, "job:terms"));
        let step = world.rows().await.board_membership_change;
        let step = step.iter().find(|step| step.to_stage == MembershipStage::Ended && step.changed_at == world.clock().now());
        assert_eq!(step.unwrap().changed_by_user_id, None);
    }

    /// Several nodes look at once: a term ends once.
    async fn a_term_ends_once(world: World) {
        let (store, before) = (world.node().app.store(), events(&world).await);
        last_day(&world, "team-up board-member", "2026-03-01").await;
        last_day(&world, "quiet quiet-member", "2026-03-01").await;
        let now = world.clock().now();
        let (one, other) = tokio::join!(end_terms(store, now), end_terms(store, now));
        assert_eq!(one.unwrap() + other.unwrap(), 2);
        assert_eq!(events(&world).await, before + 2);
    }
}
