//! The first administrator of an empty platform.

use harness::{Rows, World, both_databases};
use roundtable_api::auth::AuthSettings;
use roundtable_api::domains::parties::accounts::AccountRules;
use roundtable_api::domains::parties::first_administrator::{
    FirstAdministrator, FirstAdministratorError, make,
};
use roundtable_api::domains::parties::rules::access::AccessSettings;
use serde_json::Value;

fn desk() -> FirstAdministrator {
    FirstAdministrator {
        name: "Platform desk".to_owned(),
        issuer: "urn:roundtable:local".to_owned(),
        subject: "platform-desk".to_owned(),
    }
}

fn rules() -> AccountRules {
    AccountRules::new(&AuthSettings::default(), AccessSettings::default())
}

both_databases! {
    /// It is made once, signs in, and the audit names the system.
    async fn it_is_made_once(engine: Engine) {
        let world = World::of(engine, &Rows::default(), |_| ()).await;
        let (store, now) = (world.node().app.store(), world.clock().now());
        let made = make(store, &rules(), now, &desk()).await.unwrap();
        let answer = world.client("platform-desk").query("{ viewer { user { id } grants { role } } }", Value::Null).await;
        assert_eq!(answer.data("/viewer/user/id"), &Value::from(made.user));
        assert_eq!(answer.data("/viewer/grants/0/role"), "PLATFORM_ADMIN");
        let entries = world.rows().await.audit_event;
        let actions: Vec<_> = entries.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(actions, ["person.create", "user.create", "role_grant.create"]);
        assert!(entries.iter().all(|entry| entry.actor_user_id.is_none() && entry.request_id == "job:admin create"));
        let again = make(store, &rules(), now, &desk()).await;
        assert!(matches!(again, Err(FirstAdministratorError::AlreadyThere)), "{again:?}");
        world.close().await;
    }

    /// An issuer that is bound to an organisation, or unknown, makes nobody administrator; nothing is left behind.
    async fn its_issuer_is_everybodys(engine: Engine) {
        let world = World::of(engine, &Rows::default(), |_| ()).await;
        let asked = FirstAdministrator { issuer: "https://elsewhere.test".to_owned(), name: String::new(), ..desk() };
        let refused = make(world.node().app.store(), &rules(), world.clock().now(), &asked).await;
        let Err(FirstAdministratorError::Arguments(message)) = refused else { panic!("{refused:?}") };
        assert!(message.contains("Name is needed") && message.contains("urn:roundtable:local"), "{message}");
        assert_eq!(world.rows().await.person.len(), 0);
        world.close().await;
    }
}
