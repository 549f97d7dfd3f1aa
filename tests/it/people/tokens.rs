//! What a token can take away: an issuer bound to an organisation vouches for nothing beyond it.

use harness::{World, both_databases, uuid};
use roundtable_api::policy::{ActingOrganisation, IssuerReach, TokenLimits, Viewer};
use roundtable_api::store::AccountKey;

async fn viewer(world: &World, subject: &str, issuer: IssuerReach) -> Viewer {
    let key = AccountKey::User {
        issuer: "urn:roundtable:local".to_owned(),
        subject: subject.to_owned(),
    };
    let token = TokenLimits {
        issuer,
        ..TokenLimits::default()
    };
    let found = world
        .node()
        .app
        .viewer(&key, ActingOrganisation::Only, &token)
        .await;
    found.unwrap().unwrap()
}

both_databases! {
    /// A partner's issuer is found by the organisation's id and by its code, and a mistake in the settings vouches for
    /// nobody's organisation.
    async fn an_issuer_is_bound_by_id_or_code(world: World) {
        let app = &world.node().app;
        let council = uuid("organisation", "ashdown-council");
        let by_id = harness::id("organisation", "ashdown-council");
        for (named, reach) in [
            (None, IssuerReach::Everybody),
            (Some(by_id.as_str()), IssuerReach::Organisation(council)),
            (Some("ods:ASH1"), IssuerReach::Organisation(council)),
            (Some("ods:XYZ9"), IssuerReach::NoOrganisation),
            (Some("a mistake"), IssuerReach::NoOrganisation),
        ] {
            assert_eq!(app.issuer_reach(named).await.unwrap(), reach, "{named:?}");
        }
    }

    /// Roles in other organisations and on the platform do not count with a partner's issuer; those on boards do.
    async fn a_partners_issuer_opens_no_other_organisation(world: World) {
        let council = uuid("organisation", "ashdown-council");
        let fernley = uuid("organisation", "fernley-council");
        let admin = viewer(&world, "council-admin", IssuerReach::Organisation(council)).await;
        assert!(admin.administers(council));
        let admin = viewer(&world, "council-admin", IssuerReach::Organisation(fernley)).await;
        assert!(!admin.administers(council) && admin.acting_organisation().is_none());
        assert!(viewer(&world, "platform-admin", IssuerReach::Everybody).await.is_platform_administrator());
        assert!(!viewer(&world, "platform-admin", IssuerReach::Organisation(council)).await.is_platform_administrator());
        let chair = viewer(&world, "board-chair", IssuerReach::NoOrganisation).await;
        assert!(chair.chairs(uuid("board", "team-up")));
    }
}
